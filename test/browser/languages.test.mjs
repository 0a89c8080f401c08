// Each page says which language it is in and leads to the same page in the others.
import { check } from './lib/checks.mjs';
import { own, sample } from './lib/world.mjs';

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
    for (const page of site.pages) {
      const { lang, dir } = localeOf(site, page.path);
      checks.equal([page.lang, page.dir], [lang, dir], page.address);
    }
  });

  check(`the language switcher leads there and back: ${name}`, async (checks) => {
    for (const page of site.pages) {
      const { prefix } = localeOf(site, page.path);
      const rest = page.layout === 'page-notfound' ? '' : page.path.slice(prefix.length);
      const alternates = page.links.filter((link) => link.rel === 'alternate').map((link) => link.url);
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
        checks.equal(alternates, page.languages.map((choice) => new URL(choice.to, page.address).href), `${page.address}: alternates`);
      }
      for (const choice of page.languages) {
        const there = site.entry(choice.to);
        const where = `${page.address}, ${choice.name}`;
        if (!checks.ok(there?.status === 200, `${where}: ${choice.to} does not exist`)) continue;
        const locale = localeOf(site, there.path);
        checks.equal([choice.lang, choice.hreflang, choice.dir], [there.lang, there.lang, there.dir], where);
        checks.equal(there.path.slice(locale.prefix.length), rest, `${where}: another page`);
        if (page.layout !== 'page-notfound') {
          const back = there.languages.find((other) => other.lang === page.lang);
          checks.equal(back && new URL(back.to, there.address).pathname, page.path, `${where}: the way back`);
        }
      }
    }
  });
}

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
