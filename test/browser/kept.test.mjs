// A language that a version dropped keeps its pages: the interface in the language of the reader, around a text in another.
import { check } from './lib/checks.mjs';
import { eachPage, own, versionPages } from './lib/world.mjs';

const DIRECTIONS = { en: 'ltr', ms: 'ltr', ar: 'rtl' };
// At addresses that stay; old.test.mjs looks at what old ones show.
const staying = versionPages(own).filter((page) => !page.old);
const kept = staying.filter((page) => page.fallback);

check('every language in which a notice has a version keeps the address and the list of versions', async (checks) => {
  for (const { path } of staying) {
    const [, prefix, notice] = /^\/((?:ms\/|ar\/)?)([a-z-]+)\//.exec(path);
    for (const rest of ['', 'versions/']) checks.ok(own.entry(`/${prefix}${notice}/${rest}`)?.layout, `/${prefix}${notice}/${rest} is not there`);
  }
  checks.equal(kept.map((page) => page.path).sort(), ['/ar/cookies/', '/ms/cookies/', '/saudi-arabia/'], 'pages with a text in another language');
});

// In the browser: every run of words with the language and direction that it has by its marks, and as it is laid out.
function runs() {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: parent, textContent } = walker.currentNode;
    const words = textContent.trim();
    const text = Boolean(parent.closest('h1, .title-lead, .changes > p, .text, .notes, .section-number, .section-heading, .contents-heading'));
    const marked = parent.closest('[dir], bdi');
    if (words) found.push({ words, text, lang: parent.closest('[lang]').lang, dir: marked.dir, laid: getComputedStyle(marked).direction });
  }
  return found;
}

const LATIN = /\p{Script=Latin}/u;
const ARABIC = /\p{Script=Arabic}/u;
const NUMBER = /^[A-Z]?\.?[\d.]*$/;
const ADDRESS = /^\S+@\S+$/;

check('all words of the text, and no others, are in its language and direction', async (checks) => {
  await eachPage(kept, {}, async (page, { address, lang, textLang }) => {
    checks.ok(lang !== textLang, `${address}: ${lang}, ${textLang}`);
    await page.goto(address);
    const all = await page.evaluate(runs);
    checks.ok(all.filter(({ text }) => text).length > 20, `${address}: the text was not found`);
    for (const { words, text, lang: named, dir, laid } of all) {
      const where = `${address}: “${words}” stands in ${named}, ${dir}, ${laid}`;
      if (text) {
        checks.ok(named === textLang, where);
        checks.ok(NUMBER.test(words) || ADDRESS.test(words) || (dir === DIRECTIONS[textLang] && laid === dir), where);
      }
      if (ARABIC.test(words)) checks.ok(named === 'ar' && laid === 'rtl', where);
      else if (LATIN.test(words) && !text) checks.ok(laid === 'ltr', where);
    }
  });
});

check('the reader is told first, in the own language, and led to both texts', async (checks) => {
  await eachPage(kept, {}, async (page, { address, lang, textLang, path, languages, links, permanent }) => {
    await page.goto(address);
    const told = await page.$eval('.fallback', (box) => ({
      lang: box.closest('[lang]').lang,
      visible: box.checkVisibility(),
      above: box.getBoundingClientRect().bottom <= document.querySelector('h1').getBoundingClientRect().top,
      first: document.querySelector('main').innerText.startsWith(box.innerText.slice(0, 20)),
      links: [...box.querySelectorAll('a')].map((a) => new URL(a.href).pathname),
    }));
    checks.equal([told.lang, told.visible, told.above, told.first], [lang, true, true, true], address);
    const source = languages.find((choice) => choice.lang === textLang);
    checks.ok(told.links.includes(source.to), `${address}: no link to ${source.to}`);
    const last = told.links.map((to) => own.entry(to)).find((entry) => entry.lang === lang);
    checks.equal([last?.state, last?.textLang], ['state-superseded', lang], `${address}: the last version in the language`);
    checks.ok(last.links.some((link) => link.url === address), `${last.address} does not lead to ${path}`);
    checks.equal(links.filter(({ rel }) => rel === 'canonical').map(({ url }) => new URL(url).pathname), [source.to], `${address}: canonical`);
    checks.equal(own.entry(permanent)?.lang, textLang, `${address}: permanent address`);
    checks.equal(await page.$$eval('.section-missing', (labels) => labels.length), 0, `${address}: said again`);
  });
});

check('a text begins on its own side, and titles of lists on that of the page', async (checks) => {
  for (const viewport of [{ width: 360, height: 640 }, { width: 1280, height: 800 }]) {
    await eachPage(kept, { viewport }, async (page, { address, textLang }) => {
      await page.goto(address);
      const sides = await page.evaluate(() => {
        const words = (selector) => {
          const range = document.createRange();
          range.selectNodeContents(document.querySelector(selector));
          return range.getBoundingClientRect();
        };
        const { left, right } = document.querySelector('.version-text').getBoundingClientRect();
        return ['h1', '.title-lead', '.changes > p', '.preamble > p', '.section .text > p'].map((selector) => {
          const box = words(selector);
          return { selector, ltr: Math.abs(box.left - left), rtl: Math.abs(box.right - right) };
        });
      });
      for (const side of sides) checks.ok(side[DIRECTIONS[textLang]] < 4, `${address}, ${viewport.width}: ${JSON.stringify(side)}`);
    });
    await eachPage([own.entry('/ar/')], { viewport }, async (page, { address }) => {
      await page.goto(address);
      const gap = await page.evaluate(() => {
        const range = document.createRange();
        range.selectNodeContents(document.querySelector('h1'));
        return document.querySelector('.entries').getBoundingClientRect().right - range.getBoundingClientRect().right;
      });
      checks.ok(Math.abs(gap) < 4, `${address}, ${viewport.width}: the title stands ${gap} px from the side`);
    });
  }
});
