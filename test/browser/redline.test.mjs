// What a version, a mended translation or a correction changed: said by section, with the words marked, for readers who see, hear or print it.
import { check } from './lib/checks.mjs';
import { eachPage, own, releases, sample, supplements, withPage } from './lib/world.mjs';

const PREFIX = { en: '/', ms: '/ms/', ar: '/ar/' };
const redlines = (site) => site.pages.filter((page) => page.layout === 'page-redline');
const sections = (site) => site.pages.filter((page) => page.layout === 'page-sections');

// In the browser: the heading and the text of each section by its id, letters alone, without footnotes, and without what one of the two texts
// has not.
const wordsOf = ([sections, heading, text, without]) =>
  [...document.querySelectorAll(sections)].map((section) => {
    const parts = [section.querySelector(heading), section.querySelector(text)].map((part) => part?.cloneNode(true));
    for (const part of parts) part?.querySelectorAll(`${without}, .redline-notes, sup`).forEach((other) => other.remove());
    return [section.id, parts.map((part) => part?.textContent.replace(/\s+/g, '') ?? '').join(': ')];
  });

check('there is a page for each version with one before it in the language, and for each text that was mended or corrected', async (checks) => {
  const there = new Set(redlines(own).map((page) => page.path));
  const cancelled = ['beta/2025-12-01', 'beta/2025-12-20'];
  for (const lang of Object.keys(PREFIX)) {
    const offered = (notice, version) => own.entry(`${PREFIX[lang]}${notice}/${version}/`)?.status === 200;
    const versions = releases.filter(({ notice, version }) => offered(notice, version));
    for (const { notice, version } of versions) {
      const before = versions.some((other) => other.notice === notice && other.version < version && !cancelled.includes(`${notice}/${other.version}`));
      checks.equal(there.has(`${PREFIX[lang]}${notice}/${version}/changes/`), before, `${lang}: changes of ${notice} ${version}`);
    }
  }
  for (const { notice, version, locales, reason } of supplements.filter(({ mended }) => mended)) {
    const number = supplements.filter((one) => one.notice === notice && one.version === version).findIndex((one) => one.reason === reason && one.locales === locales) + 1;
    for (const lang of locales) checks.ok(there.has(`${PREFIX[lang]}${notice}/${version}-s${number}/changes/`), `${lang}: changes of ${notice} ${version}-s${number}`);
  }
});

check('words are marked by lines, not by colour alone, on a screen in light and in dark, and on paper', async (checks) => {
  const marked = [...own.samples, ...sample.samples].filter((page) => page.layout === 'page-redline');
  checks.ok(new Set(marked.map(({ lang }) => lang)).size === 3, 'a language has no redline');
  for (const [media, colorScheme] of [['screen', 'light'], ['screen', 'dark'], ['print', 'light']]) {
    await eachPage(marked, { colorScheme }, async (page, { address }) => {
      await page.emulateMedia({ media });
      await page.goto(address);
      const lines = await page.$$eval('.redline-section ins, .redline-section del', (all) =>
        all.map((element) => `${element.localName} ${getComputedStyle(element).textDecorationLine} ${getComputedStyle(element).color === getComputedStyle(element).backgroundColor}`),
      );
      checks.none(lines.filter((line) => !['ins underline false', 'del line-through false'].includes(line)), `${address}, ${media}, ${colorScheme}`);
    });
  }
});

check('whoever hears the page hears what each mark says, in the language of the page', async (checks) => {
  await eachPage(redlines(own), {}, async (page, { address, lang }) => {
    await page.goto(address);
    const marks = await page.$$eval('.redline-section ins, .redline-section del', (all) =>
      all.map((element) => [element.localName, element.dataset.mark, getComputedStyle(element, '::before').content, getComputedStyle(element, '::before').position]),
    );
    const words = { en: { ins: 'added', del: 'removed' }, ms: { ins: 'ditambah', del: 'dibuang' }, ar: { ins: 'مضاف', del: 'محذوف' } }[lang];
    checks.none(marks.filter(([name, mark, content, position]) => mark !== words[name] || !content.includes(mark) || position !== 'absolute').map(String), address);
    const client = await page.context().newCDPSession(page);
    const { nodes } = await client.send('Accessibility.getFullAXTree');
    const heard = nodes.map((node) => node.name?.value ?? '').join(' ');
    if (marks.length > 0) checks.ok(heard.includes(`[${marks[0][1]}: `), `${address}: nothing is said before a mark`);
  });
});

check('without what was removed a section says what the newer text says, without what was added what the older one said', async (checks) => {
  const pages = redlines(own).concat(redlines(sample));
  checks.ok(pages.length > 15, `only ${pages.length} pages`);
  await eachPage(pages, {}, async (page, { address }) => {
    await page.goto(address);
    const texts = await page.$$eval('.redline-links a', (all) => all.map((a) => a.href));
    const said = [];
    for (const without of ['del', 'ins']) said.push(new Map(await page.evaluate(wordsOf, ['.redline-section', ':scope > h3 > span:last-child', ':scope > .text', without])));
    const silent = await page.$$eval('.redline-translated, .redline-untranslated', (all) => all.map(({ id }) => id));
    for (const [i, text] of texts.entries()) {
      await page.goto(text);
      const all = await page.evaluate(wordsOf, ['main section.section:not(:has(> .section-missing), .section:has(> .section-missing) *)', ':scope > .section-head .section-heading', ':scope > .text', 'none']);
      checks.ok(all.length > 0, `${text} has no sections`);
      for (const [id, words] of all.filter(([id]) => said[i].has(id) && !silent.includes(id))) checks.equal(said[i].get(id), words, `${address}#${id}, ${['newer', 'older'][i]} text`);
      const shown = all.filter(([id]) => said[i].has(id)).length;
      checks.ok(shown * 2 > all.length, `${address} has only ${shown} of the ${all.length} sections of ${text}`);
    }
  });
});

check('what did not change is folded up, and can be unfolded from the keyboard', async (checks) => {
  const page = redlines(sample).find(({ path }) => path.endsWith('/privacy/2021-02-09/changes/') && !path.includes('/ms/'));
  await withPage({}, async (tab) => {
    await tab.goto(page.address);
    const folded = tab.locator('details.redline-same').first();
    const summary = (await folded.locator('summary').textContent()).trim();
    checks.ok(summary.startsWith('Without changes: Beginning, 1 '), `${summary}: the beginning is no section`);
    checks.equal(await folded.locator('.redline-section').first().isVisible(), false, 'folded up');
    await folded.locator('summary').focus();
    await tab.keyboard.press('Enter');
    checks.equal(await folded.locator('.redline-section').first().isVisible(), true, 'unfolded');
    checks.equal(await tab.locator('.redline-section:not(.redline-same) .text').first().isVisible(), true, 'a changed section');
  });
});

check('the summary leads to each section that changed, and says what happened to it', async (checks) => {
  await eachPage(redlines(own).concat(redlines(sample)), {}, async (page, { address }) => {
    await page.goto(address);
    const wrong = await page.$$eval('.redline-list dd a', (all) =>
      all.filter((a) => {
        const to = document.getElementById(decodeURIComponent(new URL(a.href).hash.slice(1)));
        return !to?.checkVisibility() || !to.querySelector('.redline-label')?.textContent.includes(a.closest('div').querySelector('dt').textContent);
      }).map((a) => a.outerHTML),
    );
    checks.none(wrong, address);
    checks.equal(await page.$$eval('.redline-label', (all) => all.length > 0), await page.$$eval('.redline-list', (all) => all.length > 0), `${address}: a summary`);
  });
});

check('each section over time leads to the section, and to each change of it', async (checks) => {
  checks.equal([...new Set(sections(own).map(({ lang }) => lang))].sort(), ['ar', 'en', 'ms'], 'languages');
  await eachPage(sections(own).concat(sections(sample)), {}, async (page, { address }) => {
    await page.goto(address);
    const lives = await page.$$eval('.life', (all) => all.map((life) => ({ id: life.id, title: life.querySelector('h2 a').href, events: [...life.querySelectorAll('li a')].map((a) => a.href) })));
    checks.ok(lives.length > 0, address);
    checks.equal(new Set(lives.map(({ id }) => id)).size, lives.length, `${address}: a section stands twice`);
    const site = address.startsWith(own.home) ? own : sample;
    for (const { id, title, events } of lives) {
      checks.ok(events.length > 0, `${address}#${id}: nothing is said`);
      for (const to of [title, ...events]) {
        const { hash } = new URL(to);
        checks.ok(site.entry(to)?.ids.includes(hash.slice(1)), `${address}#${id} leads to ${to}`);
      }
    }
  });
});
