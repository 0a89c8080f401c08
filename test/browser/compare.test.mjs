// Any two versions are compared in the browser: the same result as that of the program, and the same drawing as on its pages.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import axe from 'axe-core';
import { check } from './lib/checks.mjs';
import { here } from './lib/sites.mjs';
import { own, sample, withPage } from './lib/world.mjs';

const root = path.resolve(here, '../..');
const { flat, compare, blocksHTML, lineHTML } = createRequire(import.meta.url)('../../assets/js/compare.js');

// Pairs of texts, each with what package redline finds in them.
async function* pairs(...args) {
  const program = spawn('go', ['run', './test/pairs', ...args], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => program.once('close', resolve));
  for await (const line of createInterface({ input: program.stdout })) yield JSON.parse(line);
  const code = await ended;
  if (code !== 0) throw new Error(`go run ./test/pairs ${args.join(' ')} ends with ${code}`);
}

async function same(checks, ...args) {
  const kinds = new Set();
  for await (const { name, older, newer, sections, html } of pairs(...args)) {
    const found = compare(flat(older), flat(newer), newer.moved ?? {});
    checks.ok(isDeepStrictEqual(JSON.parse(JSON.stringify(found)), sections), `${name}: the script finds other changes`);
    const drawn = found.map((section) => ({ heading: lineHTML(section.title), body: blocksHTML(section.blocks) }));
    checks.equal(drawn, html, `${name}: drawn`);
    for (const { kind } of sections) kinds.add(kind);
  }
  return kinds;
}

check('the script finds in random texts what the program finds', async (checks) => {
  const kinds = await same(checks, '-random', '200');
  checks.equal([...kinds].sort(), ['added', 'away', 'changed', 'marked', 'removed', 'same', 'translated', 'untranslated'], 'kinds');
});

for (const [name, site] of Object.entries({ own, sample })) {
  check(`the script finds between any two versions what the program finds: ${name}`, async (checks) => {
    await same(checks, '-built', site.folder);
  });
}

if (process.env.PLACARD_HISTORY) {
  check('the script finds in the history of a repository what the program finds', async (checks) => {
    await same(checks, '-history', process.env.PLACARD_HISTORY);
  });
}

const pagesOf = (site, layout) => site.pages.filter((page) => page.layout === layout);
const comparing = (site, notice, prefix = '/') => site.url(`${prefix.slice(1)}${notice}/compare/`);
const settled = (page) => page.waitForFunction(() => document.querySelector('.compare-result section') !== null);

// In the browser: what the drawing of a redline is made of, whatever white space stands between its elements.
const drawing = () => {
  const parts = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.textContent.replace(/\s+/g, ' ').trim();
    const attributes = [...node.attributes].map(({ name, value }) => `${name}=${value}`).sort();
    return [node.localName, attributes.join(' '), ...[...node.childNodes].map(parts).filter((part) => part !== '')];
  };
  return [...document.querySelectorAll('.redline-summary, .redline-whole')].map(parts);
};

// The redlines of versions, without those of what was added to one: their addresses, and the names of the two versions.
async function redlines(page, site) {
  const all = [];
  for (const { address } of pagesOf(site, 'page-redline').filter(({ path: at }) => !/-s\d+\/changes\/$/.test(at))) {
    await page.goto(address);
    const [to, from] = await page.$$eval('.redline-links a', (links) => links.map((a) => a.pathname.split('/').at(-2)));
    all.push({ address, from, to, compare: new URL(`../../compare/?from=${from}&to=${to}`, address).href, drawn: await page.evaluate(drawing) });
  }
  return all;
}

for (const [name, site] of Object.entries({ own, sample })) {
  check(`neighbours are drawn as on the page of their changes: ${name}`, async (checks) => {
    await withPage({}, async (page) => {
      const all = await redlines(page, site);
      for (const { address, compare: to, drawn } of all) {
        await page.goto(to);
        await settled(page);
        const found = await page.evaluate(drawing);
        for (const [i, part] of drawn.entries()) {
          part.forEach((own, n) => checks.equal(found[i][n], own, `${address}: part ${i}, ${n}`));
          checks.equal(found[i].length, part.length, `${address}: part ${i}`);
        }
      }
      checks.ok(all.length > 5, 'pages');
    });
  });
}
