// What is published is right HTML, CSS and SVG: by the checker of the W3C (vnu, which needs Java) and by html-validate.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { HtmlValidate } from 'html-validate';
import { check } from './lib/checks.mjs';
import { htmlFiles } from './lib/crawl.mjs';
import { own, sample } from './lib/world.mjs';

const vnu = createRequire(import.meta.url)('vnu-jar');

// What vnu says that is no fault of the pages. All else, warnings too, is one.
const KNOWN = [
  // It reads files, and a file has no host that 'self' could mean. policy.test.mjs has the browser's word on it.
  /^Resource violates Content Security Policy \(meta tag\): external (?:stylesheet|script)/,
  // It takes data for a script; a browser asks the policy only of what it would run. quiet.test.mjs finds every other script.
  /^Inline script violates Content Security Policy \(meta tag\)/,
  // It does not know these yet; a browser that does not either shows the list of contents without a mark.
  /^CSS: “scroll-target-group”: Property “scroll-target-group” doesn't exist\.$/,
  /^CSS: Unknown pseudo-element or pseudo-class “:target-current”$/,
];

// Its guess of languages is off: it takes Malay for Indonesian. languages.test.mjs looks at lang.
const OPTIONS = ['--also-check-css', '--also-check-svg', '--no-langdetect', '--format', 'json'];

function runVnu(targets) {
  return new Promise((done, failed) => {
    execFile('java', ['-jar', vnu, ...OPTIONS, ...targets], { maxBuffer: 1 << 26 }, (error, out, said) => {
      if (error?.code === 'ENOENT') {
        failed(new Error('No Java found. Install it (Debian and Ubuntu: apt-get install default-jre-headless).'));
        return;
      }
      try {
        done(JSON.parse(said).messages);
      } catch {
        failed(new Error(`vnu: ${said || error}`));
      }
    });
  });
}

async function published(folder) {
  // It knows no scripts; a browser says what is wrong with those (quiet.test.mjs).
  const assets = (await readdir(path.join(folder, 'assets'))).filter((name) => !name.endsWith('.js')).map((name) => `assets/${name}`);
  return [...(await htmlFiles(folder)), ...assets].map((name) => path.join(folder, name));
}

// Files with a fault each, which show that vnu looks.
const WRONG = {
  'wrong.html': '<!doctype html><html lang="en"><title>Wrong</title><p><div></p>',
  'wrong.css': 'p { colour: red }',
  'wrong.svg': '<svg xmlns="http://www.w3.org/2000/svg"><p/></svg>',
};

check('vnu finds nothing', async (checks) => {
  const files = [...(await published(own.folder)), ...(await published(sample.folder))];
  const folder = await mkdtemp(path.join(tmpdir(), 'placard-vnu-'));
  try {
    const wrong = Object.keys(WRONG).map((name) => path.join(folder, name));
    for (const file of wrong) await writeFile(file, WRONG[path.basename(file)]);
    const faults = new Map([...files, ...wrong].map((file) => [file, []]));
    for (const { url, lastLine, lastColumn, message } of await runVnu([...faults.keys()])) {
      if (KNOWN.some((known) => known.test(message))) continue;
      faults.get(decodeURIComponent(url.replace(/^file:(\/\/)?/, ''))).push(`${lastLine}:${lastColumn}: ${message}`);
    }
    for (const file of files) checks.none(faults.get(file), file);
    for (const file of wrong) checks.ok(faults.get(file).length > 0, `nothing found in ${path.basename(file)}`);
  } finally {
    await rm(folder, { recursive: true });
  }
});

const validate = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // HTML leaves it open; the pages have it in one way.
    'doctype-style': ['error', { style: 'lowercase' }],
    // Ids of the furniture begin with "_", so that they never clash with an anchor.
    'valid-id': ['error', { relaxed: true }],
    // HTML leaves it open; the rows of a redline, of which some are of one text alone, have none.
    'prefer-tbody': 'off',
  },
});

for (const [name, site] of Object.entries({ own, sample })) {
  check(`html-validate finds nothing: ${name}`, async (checks) => {
    for (const file of await htmlFiles(site.folder)) {
      const { results } = await validate.validateFile(path.join(site.folder, file));
      const messages = results.flatMap((result) => result.messages);
      checks.none(messages.map(({ line, column, ruleId, message }) => `${line}:${column}: ${message} (${ruleId})`), file);
    }
  });
}
