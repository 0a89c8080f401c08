// Each page says which language it is in and leads to the same page in the others.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { check } from './lib/checks.mjs';
import { here } from './lib/sites.mjs';
import { eachPage, own, sample, stayingPages } from './lib/world.mjs';

const OWN = {
  en: { dir: 'ltr', name: 'English' },
  ms: { dir: 'ltr', name: 'Bahasa Malaysia' },
  ar: { dir: 'rtl', name: 'العربية' },
};

// The home page offers all languages, so it tells which prefixes of addresses belong to which.
function prefixes(site) {
  const home = site.entry(site.home);
  return home.languages.map(({ lang, dir, to }) => ({ lang, dir, prefix: new URL(to, site.home).pathname }));
}

function localeOf(site, path) {
  const own = prefixes(site).filter(({ prefix }) => path.startsWith(prefix));
  return own.sort((a, b) => b.prefix.length - a.prefix.length)[0];
}

for (const [name, site] of Object.entries({ own, sample })) {
  check(`language and direction: ${name}`, async (checks) => {
    for (const page of stayingPages(site)) {
      const { lang, dir } = localeOf(site, page.path);
      checks.equal([page.lang, page.dir], [lang, dir], page.address);
    }
  });

  check(`the language switcher leads there and back: ${name}`, async (checks) => {
    for (const page of stayingPages(site)) {
      const { prefix } = localeOf(site, page.path);
      const rest = page.layout === 'page-notfound' ? '' : page.path.slice(prefix.length);
      // What a translation said before leads to the version in the other languages, as it reads there now.
      const elsewhere = page.earlier ? rest.replace(/-s\d+\/$/, '/') : rest;
      // Those with a type are other forms of the page.
      const alternates = page.links.filter((link) => link.rel === 'alternate' && link.type === '').map((link) => link.url);
      if (page.languages.length === 0) {
        checks.equal(alternates, [], `${page.address}: other languages without a switcher`);
        const others = prefixes(site).filter((other) => other.prefix !== prefix && site.entry(other.prefix + rest));
        checks.none(others.map((other) => other.lang), `${page.address}: not offered`);
        continue;
      }
      checks.ok(page.languages.length > 1, `${page.address}: a choice of one`);
      const current = page.languages.filter((choice) => choice.current);
      checks.equal(current.map((choice) => choice.lang), [page.lang], `${page.address}: marked`);
      if (page.layout !== 'page-notfound') {
        // Pages that show source text are no translations, and what a translation said before is not offered.
        const translated = page.fallback || page.earlier ? [] : page.languages.filter((choice) => !choice.missing);
        const offered = translated.length > 1 ? translated.map((choice) => new URL(choice.to, page.address).href) : [];
        // The last one is for readers of other languages.
        checks.equal(alternates.slice(0, -1), offered, `${page.address}: alternates`);
        checks.ok(offered.length === 0 || offered.includes(alternates.at(-1)), `${page.address}: ${alternates.at(-1)} is for readers of other languages`);
      }
      for (const choice of page.languages) {
        const there = site.entry(choice.to);
        const where = `${page.address}, ${choice.name}`;
        if (!checks.ok(there?.status === 200, `${where}: ${choice.to} does not exist`)) continue;
        const locale = localeOf(site, there.path);
        checks.equal([choice.lang, choice.hreflang, choice.dir], [there.lang, there.lang, there.dir], where);
        checks.equal(choice.missing !== '', there.fallback, `${where}: said to be not translated`);
        const wanted = choice.current ? rest : elsewhere;
        checks.equal(there.path.slice(locale.prefix.length), wanted, `${where}: another page`);
        if (page.layout !== 'page-notfound') {
          const back = there.languages.find((other) => other.lang === page.lang);
          checks.equal(back && new URL(back.to, there.address).pathname, prefix + wanted, `${where}: the way back`);
        }
      }
    }
  });
}

for (const [name, site] of Object.entries({ own, sample })) {
  check(`links to pages in another language say so: ${name}`, async (checks) => {
    let strange = 0;
    for (const page of site.pages) {
      for (const { element, hreflang, inside, to, url } of page.links) {
        const there = element === 'a' && inside && site.entry(url);
        if (!there?.lang) continue;
        if (there.lang !== page.lang) strange += 1;
        checks.ok(hreflang === there.lang || (hreflang === '' && there.lang === page.lang), `${page.address}: ${to}: ${hreflang || 'nothing'}, but it is in ${there.lang}`);
      }
    }
    checks.ok(strange > site.pages.length, `${strange} links`);
  });
}

check('the previous and the next version, and sentences on them, name the language where it is another', async (checks) => {
  const LANGUAGES = { en: { ar: 'Arabic' }, ms: { en: 'Inggeris' }, ar: { en: 'الإنجليزية' } };
  let named = 0;
  await eachPage(own.pages.filter((page) => page.layout === 'page-version'), {}, async (page, { address, lang }) => {
    await page.goto(address);
    const links = await page.$$eval('.neighbours a[rel], .state > p:not(.state-more) a, .retired a:has(time)', (all) => all.map((a) => ({
      hreflang: a.hreflang,
      words: (a.rel ? a : a.closest('p, li')).innerText,
      link: a.innerText,
    })));
    for (const { hreflang, words, link } of links) {
      const language = LANGUAGES[lang][hreflang];
      checks.equal(Boolean(language), hreflang !== '', `${address}: ${hreflang}`);
      for (const other of Object.values(LANGUAGES[lang])) {
        const behind = words.slice(words.indexOf(link));
        checks.equal(behind.includes(other), other === language, `${address}: ${words}`);
      }
      if (language) named += 1;
    }
  });
  checks.ok(named > 5, `${named} links`);
});

check('languages are named in their own words', async (checks) => {
  const offered = own.entry(own.home).languages;
  checks.equal(offered.map((choice) => choice.lang), Object.keys(OWN), 'the languages');
  for (const page of own.pages) {
    checks.equal(page.dir, OWN[page.lang]?.dir, page.address);
    for (const choice of page.languages) {
      checks.equal([choice.name, choice.dir], [OWN[choice.lang]?.name, OWN[choice.lang]?.dir], page.address);
    }
  }
});

// The words of the furniture that stand for themselves, by language.
async function furniture() {
  const messages = {};
  for (const lang of Object.keys(OWN)) {
    const text = await readFile(path.join(here, '../../i18n', `${lang}.toml`), 'utf8');
    messages[lang] = [...text.matchAll(/^(?:one|other) = "([^"{]{3,})"$/gm)].map((match) => match[1]);
  }
  return messages;
}

// In the browser: every element that names a language, and every run of words with the language and direction it has.
function languagesOf() {
  const name = (element) => `${element.localName}.${element.className}: ${element.textContent.trim().slice(0, 60)}`;
  const marked = [...document.body.querySelectorAll('[lang]')].map((element) => ({ name: name(element), lang: element.lang, dir: element.dir }));
  const runs = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: parent, textContent } = walker.currentNode;
    const words = textContent.trim();
    const authors = Boolean(parent.closest('.text, .notes, code'));
    if (words) runs.push({ words, authors, lang: parent.closest('[lang]').lang, dir: parent.closest('[dir], bdi').dir });
  }
  return { marked, runs };
}

const LATIN = /\p{Script=Latin}/u;
const ARABIC = /\p{Script=Arabic}/u;

for (const [name, site] of Object.entries({ own, sample })) {
  check(`words in another language say so, and in which direction they run: ${name}`, async (checks) => {
    const messages = await furniture();
    for (const [lang, list] of Object.entries(messages)) checks.ok(list.length > 20, `${lang}: messages not found`);
    await eachPage(site.pages, {}, async (page, { address }) => {
      await page.goto(address);
      const { marked, runs } = await page.evaluate(languagesOf);
      checks.none(marked.filter(({ lang, dir }) => OWN[lang]?.dir !== dir).map((element) => `${element.name} (${element.lang}, ${element.dir})`), address);
      const strange = runs.filter(({ words, authors, lang, dir }) => {
        if (authors) return false;
        if (ARABIC.test(words)) return lang !== 'ar' || dir === 'ltr';
        // Names and addresses have no language, but a direction.
        if (LATIN.test(words) && lang === 'ar') return dir === 'rtl';
        return !messages[lang].includes(words) && Object.values(messages).some((list) => list.includes(words));
      });
      checks.none(strange.map(({ words, lang, dir }) => `“${words}” stands in ${lang}, ${dir}`), address);
    });
  });
}

check('emphasis is strong in scripts without slanted letters', async (checks) => {
  let strong = 0;
  await eachPage(sample.pages.filter((page) => page.layout === 'page-version'), {}, async (page, { address }) => {
    await page.goto(address);
    const all = await page.$$eval('em', (ems) => ems.map((em) => {
      const { fontStyle, fontWeight } = getComputedStyle(em);
      return { lang: em.closest('[lang]').lang, fontStyle, fontWeight };
    }));
    for (const { lang, fontStyle, fontWeight } of all) {
      if (lang === 'ar') strong += 1;
      checks.equal([fontStyle, fontWeight], lang === 'ar' ? ['normal', '700'] : ['italic', '400'], `${address}: ${lang}`);
    }
  });
  checks.ok(strong > 0, 'emphasis in Arabic');
});

check('addresses run from left to right', async (checks) => {
  const arabic = own.pages.filter((page) => page.lang === 'ar' && page.layout === 'page-version');
  await eachPage(arabic, {}, async (page, { address }) => {
    await page.goto(address);
    const wrong = await page.$$eval('a', (all) => {
      const shown = all.filter((a) => /^\S+(@|:\/\/)\S+$/.test(a.textContent.trim()));
      return { count: shown.length, rtl: shown.filter((a) => getComputedStyle(a.querySelector('bdi') ?? a).direction !== 'ltr').map((a) => a.textContent) };
    });
    checks.ok(wrong.count > 0, `${address}: no address`);
    checks.none(wrong.rtl, address);
  });
});
