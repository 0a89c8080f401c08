// Any two versions are compared in the browser: the same result as that of the program, and the same drawing as on its pages.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import axe from 'axe-core';
import { check } from './lib/checks.mjs';
import { here } from './lib/sites.mjs';
import { own, sample, withPage } from './lib/world.mjs';

const pagesOf = (site, layout) => site.pages.filter((page) => page.layout === layout);
const root = path.resolve(here, '../..');

// What the first part of the script defines, which needs no page.
const script = readFileSync(path.join(root, 'assets/js/compare.js'), 'utf8');
const [first] = script.split('  // The second part ');
const { flat, compare, blocksHTML, lineHTML } = Function(`${first} return { flat, compare, blocksHTML, lineHTML }; })();`.replace('(() => {', 'return (() => {'))();

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
    const said = JSON.parse(JSON.stringify(found, (key, value) => (key === 'parts' ? undefined : value)));
    checks.ok(isDeepStrictEqual(said, sections), `${name}: the script finds other changes`);
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

// Two texts with a table each, of which no row is in the other.
function tables(rows) {
  let state = 1;
  const random = (below) => (state = (state * 48271) % 2147483647) % below;
  const words = (n) => Array.from({ length: n }, () => ` w${random(3000)}`);
  const row = () => {
    const cells = [words(2), words(40), words(1)];
    return { in: ['table 1'], cells: cells.map((cell) => cell.join('')), words: cells.flat().map(({ length }) => length) };
  };
  return [0, 1].map(() => ({
    title: 'T', titleWords: [1], description: '', descriptionWords: [], start: { digest: '' },
    sections: [{ anchor: 'a', number: '1', level: 2, title: 'A', titleWords: [1], digest: String(random(1e9)), blocks: Array.from({ length: rows }, row) }],
  }));
}

check('a long table that was replaced as a whole does not hold up the page', async (checks) => {
  const [older, newer] = tables(1000).map(flat);
  const before = process.cpuUsage();
  const [, section] = compare(older, newer, {});
  const { user } = process.cpuUsage(before);
  checks.ok(section.inserted > 10_000, 'the words of the table');
  checks.ok(user < 2_000_000, `it takes ${user / 1000} ms`);
});

check('the script is small', async (checks) => {
  const [page] = pagesOf(own, 'page-compare');
  const [script] = page.links.filter(({ element }) => element === 'script');
  const { length } = new TextEncoder().encode(await (await fetch(script.url)).text());
  checks.ok(length < 10_000, `it has ${length} bytes`);
});
const comparing = (site, notice, prefix = '/') => site.url(`${prefix.slice(1)}${notice}/compare/`);
const settled = (page) => page.waitForFunction(() => document.querySelector('.compare-result section') !== null);

// In the browser: what the drawing of a redline is made of, whatever white space stands between its elements, and wherever a link to another language leads.
const drawing = () => {
  const parts = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.textContent.replace(/\s+/g, ' ').trim();
    // What is not translated has a language on the page alone: notice.json does not tell which.
    if (node.localName === 'span' && node.lang && node.parentNode.localName === 'a') return node.textContent;
    const attributes = [...node.attributes].filter(({ name }) => (name !== 'href' || !node.hreflang) && !(['lang', 'dir'].includes(name) && node.parentNode.localName === 'h3' && !node.className)).map(({ name, value }) => `${name}=${value}`).sort();
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

// In the browser: what the page shows of a comparison.
const shown = () => {
  const [from, to] = document.querySelectorAll('.compare-ask select');
  const status = document.querySelector('.compare-status');
  return {
    from: from.value, to: to.value, search: location.search,
    status: status.textContent.trim(), role: status.getAttribute('role'),
    lead: [...status.querySelectorAll('a')].map((a) => a.pathname.split('/').at(-2)),
    focus: document.activeElement.id || document.activeElement.localName,
    sections: document.querySelectorAll('.compare-result .redline-section').length,
    left: document.querySelector('.compare-result').textContent.includes('{'),
  };
};

// The versions of a notice in the lists of its page, the newest first.
const listed = (page) => page.$$eval('#_compare_to option', (options) => options.map(({ value }) => value));

check('two versions are chosen from the keyboard, and the address carries them', async (checks) => {
  await withPage({}, async (page) => {
    await page.goto(comparing(own, 'terms'));
    const [newest, middle, oldest] = await listed(page);
    const first = await page.evaluate(shown);
    checks.equal([first.from, first.to, first.status, first.sections], [oldest, middle, '', 0], 'at first: not the announced one');
    await page.focus('#_compare_from');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await settled(page);
    const found = await page.evaluate(shown);
    checks.equal([found.from, found.to, found.search], [oldest, middle, `?from=${oldest}&to=${middle}`], 'chosen');
    checks.equal([found.lead, found.role, found.focus, found.left], [[middle, oldest], 'status', 'button', false], 'told');
    checks.ok(found.status.includes('compared word by word') && found.sections > 3, `${found.status}, ${found.sections} sections`);

    await page.selectOption('#_compare_to', newest);
    await page.click('.compare-ask button');
    await page.waitForFunction((to) => document.querySelector('.compare-status a')?.pathname.includes(to), newest);
    await page.click('.redline-list a');
    checks.ok(/#./.test(page.url()), `${page.url()}: a section of the summary`);
    checks.ok((await page.evaluate(shown)).sections > 3, 'the drawing stays while one goes about in it');
    await page.goBack();
    await page.goBack();
    await page.waitForFunction((to) => document.querySelector('.compare-status a')?.pathname.includes(to), middle);
    checks.equal((await page.evaluate(shown)).to, middle, 'back');
    await page.goBack();
    await page.waitForFunction(() => document.querySelector('.compare-status').textContent === '');
    checks.equal((await page.evaluate(shown)).sections, 0, 'back at the beginning');
    await page.goForward();
    await settled(page);
    checks.equal((await page.evaluate(shown)).from, oldest, 'forth');
  });
});

check('what each version was is told: in the lists, and of the two that are compared', async (checks) => {
  await withPage({}, async (page) => {
    const said = () => page.$$eval('#_compare_to option', (all) => all.map(({ textContent }) => textContent.trim()));
    for (const [prefix, never] of [['/', / – never applied$/], ['/ms/', / – tidak pernah berkuat kuasa$/]]) {
      await page.goto(comparing(own, 'beta', prefix));
      checks.equal((await said()).map((name) => never.test(name)), [true, true, false], `${prefix}beta`);
      const [from, to] = (await listed(page)).reverse();
      const { from: older, to: newer } = await page.evaluate(shown);
      checks.equal([older, newer], [from, to], `${prefix}beta: the one that applied is chosen`);
      await page.click('.compare-ask button');
      await settled(page);
      checks.equal(await page.$$eval('.compare-states .state', (all) => all.map(({ classList }) => classList[1])), ['state-cancelled', 'state-withdrawn'], `${prefix}beta: states`);
    }
    for (const [prefix, announced, applies] of [['/', / – announced on November 3, 2025$/, /^Applies from/], ['/ms/', / – diumumkan pada /, /^Berkuat kuasa mulai/], ['/ar/', / – أُعلن عنها في /, /^تسري اعتبارًا من/]]) {
      await page.goto(comparing(own, 'terms', prefix));
      const names = await listed(page);
      const [newest, oldest] = [names[0], names.at(-1)];
      const [first, ...others] = await said();
      checks.ok(announced.test(first) && others.length > 0 && !others.some((name) => name.includes('–')), `${prefix}: ${first}, ${others}`);
      await page.selectOption('#_compare_from', oldest);
      await page.selectOption('#_compare_to', newest);
      await page.click('.compare-ask button');
      await settled(page);
      const states = await page.$$eval('.compare-states .state', (all) => all.map(({ className, textContent }) => [className.split(' ')[1], textContent.trim()]));
      checks.equal([states[0][0], states.length], ['state-scheduled', 2], `${prefix}: states`);
      checks.ok(applies.test(states[0][1]), `${prefix}: ${states[0][1]}`);
    }
  });
});

check('a section that does not match the source text is not among those without changes', async (checks) => {
  await withPage({}, async (page) => {
    const address = comparing(own, 'terms', '/ar/');
    await page.goto(address);
    const [newest, older] = await listed(page);
    await page.goto(`${address}?from=${older}&to=${newest}`);
    await settled(page);
    const links = await page.$$eval('.redline-section .redline-note a[hreflang]', (all) => all.map((a) => [a.closest('section').id, a.closest('details'), a.href]));
    checks.ok(links.length > 0, 'sections that are not up to date');
    for (const [id, folded, href] of links) checks.equal([folded, href], [null, `${comparing(own, 'terms')}?from=${older}&to=${newest}#${id}`], id);
  });
});

check('a shared address is answered: the other way round, the same twice, and versions that there are not', async (checks) => {
  await withPage({}, async (page) => {
    await page.goto(comparing(own, 'terms'));
    const [newest, , oldest] = await listed(page);
    const open = async (search) => {
      await page.goto(comparing(own, 'terms') + search);
      await page.waitForFunction(() => document.querySelector('.compare-status').textContent !== '' && !document.querySelector('.compare-status').textContent.includes('being fetched'));
      return page.evaluate(shown);
    };
    const turned = await open(`?from=${newest}&to=${oldest}#use`);
    checks.equal([turned.from, turned.to, turned.lead], [oldest, newest, [newest, oldest]], 'the other way round');
    checks.ok(await page.$eval('#use', (section) => section.getBoundingClientRect().top < innerHeight), 'the section of the address is in sight');
    const twice = await open(`?from=${newest}&to=${newest}`);
    checks.ok(twice.status.startsWith('That is the same version twice.') && twice.sections === 0, twice.status);
    const unknown = await open('?from=2019-01-01&to=<b>x</b>');
    checks.ok(unknown.status.startsWith('There is no version 2019-01-01 of this notice in English.') && unknown.sections === 0, unknown.status);
    const markup = await open(`?from=${newest}&to=<b>x</b>`);
    checks.ok(markup.status.includes('<b>x</b>'), `${markup.status}: what the address says is no HTML`);
  });
});

check('a text that cannot be fetched is told, and asked for again', async (checks) => {
  await withPage({}, async (page) => {
    await page.goto(comparing(own, 'terms'));
    let answer = (route) => route.fulfill({ status: 404, contentType: 'text/html', body: '<!doctype html>' });
    await page.route('**/notice.json', (route) => answer(route));
    const failed = () => page.waitForFunction(() => document.querySelector('.compare-status').textContent.includes('could not be fetched'));
    for (const other of [answer, (route) => route.abort(), (route) => route.fulfill({ status: 200, contentType: 'application/json', body: '{' })]) {
      answer = other;
      await page.click('.compare-ask button');
      await failed();
      checks.equal((await page.evaluate(shown)).sections, 0, 'nothing is drawn');
    }
    let go;
    const waiting = new Promise((resolve) => (go = resolve));
    answer = async (route) => {
      await waiting;
      await route.continue();
    };
    await page.click('.compare-ask button');
    checks.ok((await page.evaluate(shown)).status.includes('being fetched'), 'while it waits');
    go();
    await settled(page);
    checks.equal((await page.evaluate(shown)).lead.length, 2, 'drawn at last');
  });
});

check('it asks for two texts of its own language, and for nothing else', async (checks) => {
  await withPage({}, async (page) => {
    const asked = [];
    const address = comparing(own, 'terms', '/ms/');
    await page.goto(address);
    page.on('request', (request) => !/\/icon\.[^/]*$/.test(request.url()) && asked.push(request.url()));
    const [newest, , oldest] = await listed(page);
    await page.selectOption('#_compare_from', oldest);
    await page.selectOption('#_compare_to', newest);
    await page.click('.compare-ask button');
    await settled(page);
    checks.equal(asked.sort(), [oldest, newest].map((name) => own.url(`ms/terms/${name}/notice.json`)), 'requests');
    checks.equal(await page.evaluate(() => document.cookie + localStorage.length + sessionStorage.length), '00', 'kept');
  });
});

check('without JavaScript each version leads to what it changed, and there is nothing to choose', async (checks) => {
  for (const [name, site] of Object.entries({ own, sample })) {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      for (const { address } of pagesOf(site, 'page-compare')) {
        await page.goto(address);
        checks.equal(await page.locator('.compare-ask:visible').count(), 0, `${name}: ${address}: the lists`);
        const links = await page.$$eval('.compare-versions li', (items) => items.map((item) => [...item.querySelectorAll('a')].map((a) => a.pathname)));
        checks.ok(links.length > 0 && links.at(-1).length === 1, `${address}: versions`);
        for (const [version, changes] of links) checks.ok(changes === undefined || changes === `${version}changes/`, `${address}: ${changes}`);
        checks.ok(links.flat().every((link) => site.entry(link)?.status === 200), `${address}: a link leads nowhere`);
      }
    });
  }
});

check('the result is accessible and narrow enough, in every language, in light and in dark', async (checks) => {
  const pages = [...pagesOf(own, 'page-compare'), ...pagesOf(sample, 'page-compare')];
  let drawnPages = 0;
  await withPage({ viewport: { width: 360, height: 740 } }, async (page) => {
    for (const { address, lang, dir } of pages) {
      await page.goto(address);
      if ((await page.$('.compare-ask')) === null) {
        checks.ok(await page.isVisible('.compare p'), `${address}: says that there is one version`);
        continue;
      }
      await page.selectOption('#_compare_from', (await listed(page)).at(-1));
      await page.click('.compare-ask button');
      await settled(page);
      drawnPages += 1;
      const found = await page.evaluate(() => ({
        wide: document.documentElement.scrollWidth,
        lang: document.documentElement.lang,
        dir: getComputedStyle(document.querySelector('.redline-whole')).direction,
        left: document.querySelector('.compare-result').textContent.includes('{}'),
      }));
      checks.equal(found, { wide: 360, lang, dir, left: false }, address);
      await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
      await page.evaluate(axe.source);
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'], preload: false }));
        checks.none(violations.map(({ id, nodes }) => `${id}: ${nodes[0].target}`), `${address}, ${colorScheme}`);
      }
    }
  });
  checks.ok(drawnPages > 6, 'pages');
});
