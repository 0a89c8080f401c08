// Every link inside the site leads to a page that exists and to a place on it that exists.
import { htmlFiles } from './lib/crawl.mjs';
import { check } from './lib/checks.mjs';
import { own, sample } from './lib/world.mjs';

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
}
