// A test that looks at many pages says everything that it finds wrong, not only the first.
import assert from 'node:assert/strict';
import test from 'node:test';
import { isDeepStrictEqual, inspect } from 'node:util';

export class Checks {
  count = 0;
  faults = [];

  ok(condition, fault) {
    this.count += 1;
    if (!condition) this.faults.push(fault);
    return Boolean(condition);
  }

  equal(actual, expected, what) {
    return this.ok(isDeepStrictEqual(actual, expected), `${what}: ${inspect(actual)}, expected ${inspect(expected)}`);
  }

  none(list, what) {
    return this.ok(list.length === 0, `${what}:\n    ${list.join('\n    ')}`);
  }
}

// The runner adds up these lines.
export const countOf = (line) => Number(/^(\d+) checks$/.exec(line)?.[1] ?? 0);

export function check(name, body) {
  test(name, async (t) => {
    const checks = new Checks();
    await body(checks);
    t.diagnostic(`${checks.count} checks`);
    assert.ok(checks.count > 0, 'nothing was checked');
    assert.ok(checks.faults.length === 0, `\n${checks.faults.join('\n')}`);
  });
}
