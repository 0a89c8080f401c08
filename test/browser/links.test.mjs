// Every link inside the site leads to a page that exists and to a place on it that exists, and so does what machines are told.
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { htmlFiles } from './lib/crawl.mjs';
import { check } from './lib/checks.mjs';
import { own, sample, withPage } from './lib/world.mjs';

// In the browser: what a sitemap, or a list of them, names.
function readSitemap(text) {
  const xml = new DOMParser().parseFromString(text, 'application/xml');
  const loc = (element) => [...element.children].find((child) => child.localName === 'loc')?.textContent.trim() ?? '';
  return {
    broken: xml.querySelector('parsererror') !== null,
    sitemaps: [...xml.querySelectorAll('sitemap')].map(loc),
    urls: [...xml.querySelectorAll('url')].map((url) => ({
      loc: loc(url),
      alternates: [...url.children].filter((child) => child.localName === 'link').map((link) => ({ lang: link.getAttribute('hreflang'), to: link.getAttribute('href') })),
    })),
  };
}

const OUTSIDE = /^(https?|mailto|tel|data):/;

for (const [name, site] of Object.entries({ own, sample })) {
  check(`links and fragments: ${name}`, async (checks) => {
    for (const page of site.pages) {
      for (const link of page.links) {
        if (!link.inside) {
          checks.ok(OUTSIDE.test(link.url), `${page.address}: ${link.to} is no address`);
          continue;
        }
        const target = site.entry(link.url);
        const arrived = checks.equal(target?.status, 200, `${page.address}: ${link.to}`);
        const fragment = decodeURIComponent(new URL(link.url).hash.slice(1));
        if (arrived && fragment) {
          checks.ok(target.ids?.includes(fragment), `${page.address}: ${link.to} has no such place`);
        }
      }
    }
  });

  check(`ids are unique: ${name}`, async (checks) => {
    for (const { address, ids } of site.pages) {
      checks.none(ids.filter((id, i) => ids.indexOf(id) !== i), `${address}: used twice`);
    }
  });

  check(`every page can be reached: ${name}`, async (checks) => {
    const reached = new Set(site.pages.map((page) => page.path.slice(site.base.length).replace(/(^|\/)$/, '$1index.html')));
    const built = await htmlFiles(site.folder);
    checks.none(built.filter((file) => !reached.has(file)), 'no link leads there');
  });

  check(`links of every kind are among them: ${name}`, async (checks) => {
    const kinds = {
      'a style sheet': ({ rel, url }) => rel === 'stylesheet' && url.endsWith('.css'),
      'an icon': ({ rel, url }) => rel === 'icon' && url.endsWith('.svg'),
      'an address to keep': ({ rel }) => rel === 'canonical',
      'a translation': ({ rel, hreflang, type }) => rel === 'alternate' && hreflang && type === '',
      'a feed': ({ type, url }) => type === 'application/atom+xml' && url.endsWith('/feed.xml'),
      'a text as a file': ({ rel, type, url }) => rel === 'alternate' && type === 'text/markdown' && url.endsWith('/notice.md'),
      'a neighbour': ({ rel }) => rel === 'next' || rel === 'prev',
      'a list of sealed files': ({ url }) => url.endsWith('/SHA256SUMS'),
      'an attachment': ({ url }) => /\/versions\/.*\/files\//.test(url),
      'a place on the page itself': ({ to }) => to.startsWith('#'),
      'a place on another page': ({ element, to }) => element === 'a' && /^\/.*#/.test(to),
    };
    const links = site.pages.flatMap((page) => page.links).filter((link) => link.inside);
    for (const [kind, is] of Object.entries(kinds)) checks.ok(links.some(is), `${kind}: none on any page`);
  });

  check(`the sealed files are there, byte for byte: ${name}`, async (checks) => {
    const lists = site.entries.map(({ address }) => address).filter((address) => address.endsWith('/SHA256SUMS'));
    checks.ok(lists.length > 0, 'no lists of sealed files');
    for (const list of lists) {
      const lines = (await (await fetch(list)).text()).trimEnd().split('\n');
      for (const line of lines) {
        const [hash, file] = line.split('  ');
        const response = await fetch(new URL(file, list));
        const found = createHash('sha256').update(Buffer.from(await response.arrayBuffer())).digest('hex');
        checks.equal([response.status, found], [200, hash], `${file} in ${list}`);
      }
    }
  });

  check(`what search engines are told exists: ${name}`, async (checks) => {
    await withPage({}, async (page) => {
      const robots = await fetch(site.url('robots.txt'));
      checks.ok([200, 404].includes(robots.status), `robots.txt: ${robots.status}`);
      const named = robots.status === 200 ? [...(await robots.text()).matchAll(/^Sitemap: *(\S+)$/gim)].map((match) => match[1]) : [];
      const files = (await readdir(site.folder)).filter((file) => /^sitemap.*\.xml$/.test(file)).map((file) => site.url(file));
      const queue = [...new Set([...named, ...files])];
      const reached = new Set(named);
      for (const sitemap of queue) {
        const response = await fetch(sitemap);
        if (!checks.equal(response.status, 200, sitemap)) continue;
        const { broken, sitemaps, urls } = await page.evaluate(readSitemap, await response.text());
        checks.ok(!broken, `${sitemap} is no XML`);
        for (const to of sitemaps) {
          reached.add(to);
          if (!queue.includes(to)) queue.push(to);
        }
        for (const { loc, alternates } of urls) {
          const there = site.entry(loc);
          checks.ok(there?.layout, `${sitemap}: ${loc} is no page`);
          for (const { lang, to } of alternates) {
            const other = site.entry(to);
            checks.ok(other?.layout && (lang === 'x-default' || lang === other.lang), `${sitemap}: ${to} is no page in ${lang}`);
          }
        }
      }
      checks.none(files.filter((file) => !reached.has(file)), 'sitemaps that robots.txt does not lead to');
    });
  });
}
