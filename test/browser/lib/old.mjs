// What the sealed notices of a built site say of the addresses and fragments by which they were known before.
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const entries = (toml, name) =>
  toml
    .split(/^(?=\[\[)/m)
    .filter((entry) => entry.startsWith(`[[${name}]]`))
    .map((entry) => Object.fromEntries([...entry.matchAll(/^([a-z]+) = "(.*)"$/gm)].map(([, key, value]) => [key, value])));

// The newest version of a notice is the one that counts; what was added to it later says nothing of addresses.
export async function oldAddresses(folder) {
  const log = await readFile(path.join(folder, 'versions/LOG'), 'utf8');
  const newest = new Map();
  for (const line of log.trimEnd().split('\n')) {
    const [, kind, notice, name] = line.split(' ');
    if (kind === 'version') newest.set(notice, name);
  }
  const all = [];
  for (const [notice, name] of newest) {
    const toml = await readFile(path.join(folder, 'versions', notice, name, 'notice.toml'), 'utf8');
    const [, source] = /^source-locale = "(.*)"$/m.exec(toml);
    const fragments = entries(toml, 'old-fragment');
    for (const entry of entries(toml, 'old-address')) all.push({ notice, locale: source, fragments, ...entry });
  }
  return all;
}
