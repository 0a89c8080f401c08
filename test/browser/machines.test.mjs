// What is told to programs: feeds, read by a parser of feeds; TimeMaps, lists of versions, texts as files and data of schema.org.
import { parseAtomFeed } from 'feedsmith';
import { check } from './lib/checks.mjs';
import { eachPage, own, sample, versionPages, withPage } from './lib/world.mjs';

const text = async (address) => {
  const response = await fetch(address);
  return response.status === 200 ? response.text() : '';
};

// The addresses with this end that the pages of a site lead to.
const reached = (site, end) => [...new Set(site.entries.map(({ address }) => address).filter((address) => address.endsWith(end)))];

// In the browser: what a page says besides its words.
function readHead() {
  const link = (rel, type) => document.querySelector(`link[rel="${rel}"][type="${type}"]`)?.href;
  const blocks = [...document.querySelectorAll('script:not([src])')];
  return {
    title: document.querySelector('h1').textContent.trim(),
    lang: document.querySelector('h1').lang || document.documentElement.lang,
    fallback: document.querySelector('.fallback') !== null,
    blocks: blocks.map(({ type, textContent }) => ({ type, textContent })),
    plain: link('alternate', 'text/plain'),
    markdown: link('alternate', 'text/markdown'),
    timemap: link('timemap', 'application/link-format'),
    feed: link('alternate', 'application/atom+xml'),
    headings: [...document.querySelectorAll('.section')].map((section) => ({
      anchor: section.id,
      number: section.querySelector('.section-number').textContent,
      words: section.querySelector('.section-heading').textContent,
    })),
  };
}

const letters = (words) => words.normalize('NFC').replace(/[^\p{L}\p{N}\p{M}]/gu, '');

for (const [name, site] of Object.entries({ own, sample })) {
  check(`feeds: ${name}`, async (checks) => {
    const feeds = reached(site, '/feed.xml');
    const lists = site.pages.filter(({ layout }) => layout === 'page-versions' || layout === 'page-notices');
    checks.equal(feeds.length, lists.length, 'one feed for each list of versions, and for each home page');
    const locales = new Map();
    const feedIDs = new Set();
    for (const address of feeds) {
      const source = await text(address);
      const broken = await withPage({}, (page) => page.evaluate((xml) => new DOMParser().parseFromString(xml, 'application/xml').querySelector('parsererror')?.textContent, source));
      if (!checks.equal(broken, undefined, `${address} is no XML`)) continue;
      const feed = parseAtomFeed(source);
      const lang = /xml:lang="([^"]+)"/.exec(source)[1];
      checks.ok(!feedIDs.has(feed.id), `${address}: the ID ${feed.id} is that of another feed`);
      feedIDs.add(feed.id);
      checks.ok(feed.title.value && feed.entries.length > 0, `${address}: no title or no entries`);
      checks.equal(feed.updated, feed.entries[0]?.updated, `${address}: updated`);
      const self = feed.links.find(({ rel }) => rel === 'self');
      checks.equal(self?.href, address, `${address}: self`);
      const page = site.entry(feed.links.find(({ rel }) => rel === 'alternate').href);
      checks.equal([page?.status, page?.lang], [200, lang], `${address}: the page that it is of`);
      const ids = feed.entries.map(({ id }) => id);
      checks.none(ids.filter((id, i) => ids.indexOf(id) !== i), `${address}: IDs used twice`);
      let before = Infinity;
      for (const entry of feed.entries) {
        const at = Date.parse(entry.updated);
        checks.ok(at <= before, `${address}: ${entry.title.value} is newer than the one above it`);
        before = at;
        checks.equal(locales.get(entry.id) ?? lang, lang, `${address}: ${entry.id} is in another language elsewhere`);
        locales.set(entry.id, lang);
        checks.ok(entry.title.value && entry.authors?.[0]?.name && entry.published, `${address}: ${entry.id} lacks something`);
        const target = site.entry(entry.links.find(({ rel }) => rel === 'alternate').href);
        checks.ok(target?.layout === 'page-version', `${address}: ${entry.title.value} leads to no version`);
        for (const { href } of entry.links.filter(({ rel }) => rel === 'related')) checks.equal(site.entry(href)?.layout, 'page-redline', `${address}: ${href}`);
        const links = await withPage({}, (tab) => tab.evaluate((html) => [...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('a')].map((a) => a.getAttribute('href')), entry.content.value));
        checks.none(links.filter((to) => !/^(https?|mailto|tel):/.test(to)), `${address}: links without a host`);
      }
    }
  });

  check(`TimeMaps: ${name}`, async (checks) => {
    const maps = reached(site, '/timemap.link');
    checks.ok(maps.length > 0, 'none');
    for (const address of maps) {
      const links = (await text(address)).trim().split(/,\n/).map((line) => /^<([^>]+)>; rel="([^"]+)"(?:; type="[^"]+")?(?:; datetime="([^"]+)")?$/.exec(line));
      if (!checks.ok(links.every(Boolean), `${address}: lines of another form`)) continue;
      const [original, self, ...mementos] = links.map(([, to, rel, datetime]) => ({ to, rel, datetime }));
      checks.equal([original.rel, self.rel, self.to], ['original', 'self', address], address);
      checks.equal(site.entry(original.to)?.status, 200, `${address}: ${original.to}`);
      let before = -Infinity;
      for (const { to, rel, datetime } of mementos) {
        checks.ok(/\bmemento$/.test(rel) && new Date(datetime).toUTCString() === datetime && Date.parse(datetime) >= before, `${address}: ${to} ${rel} ${datetime}`);
        before = Date.parse(datetime);
        checks.equal(site.entry(to)?.layout, 'page-version', `${address}: ${to}`);
      }
      if (mementos.length > 0) checks.ok(mementos[0].rel.startsWith('first') && mementos.at(-1).rel.includes('last'), `${address}: first and last`);
    }
  });

  check(`lists of versions: ${name}`, async (checks) => {
    for (const address of site.pages.filter(({ layout }) => layout === 'page-versions').map((page) => page.address.replace(/versions\/$/, 'versions.json'))) {
      const list = JSON.parse((await text(address)) || '{}');
      if (!checks.ok(list.versions?.length > 0, `${address}: no versions`)) continue;
      const schema = JSON.parse((await text(list.$schema)) || '{}');
      checks.equal(schema.$schema, 'https://json-schema.org/draft/2020-12/schema', `${address}: ${list.$schema}`);
      for (const version of list.versions) {
        const page = site.entry(version.page);
        checks.equal(page?.state, `state-${version.state}`, `${version.page}: its state`);
        if (version.changes) checks.equal(site.entry(version.changes)?.layout, 'page-redline', `${address}: ${version.changes}`);
      }
    }
  });

  check(`texts as files, and data of schema.org: ${name}`, async (checks) => {
    await eachPage(versionPages(site), {}, async (page, { address, old }) => {
      await page.goto(address);
      const head = await page.evaluate(readHead);
      checks.equal(head.blocks.map(({ type }) => type), head.fallback ? [] : ['application/ld+json'], `${address}: scripts`);
      if (!head.fallback) {
        const data = JSON.parse(head.blocks[0].textContent);
        checks.equal([data['@type'], data.name, data.inLanguage], ['DigitalDocument', head.title, head.lang], address);
        checks.equal(site.entry(data.url)?.status, 200, `${address}: ${data.url}`);
      }
      if (old === undefined) checks.ok(head.plain && head.markdown, `${address} leads to no files`);
      const [plain, markdown] = [await text(head.plain), await text(head.markdown)];
      const said = letters(plain);
      for (const { anchor, number, words } of head.headings) {
        checks.ok(said.includes(letters(number + words)), `${head.plain} has no ${number} ${words}`);
        checks.ok(markdown.includes(` ${number} `) && markdown.includes(` {#${anchor}}\n`), `${head.markdown} has no ${number} {#${anchor}}`);
      }
      checks.ok(plain.startsWith(`${head.title.slice(0, 20)}`) && markdown.startsWith('---\ntitle: '), `${address}: its files begin otherwise`);
    });
  });
}
