// Whoever follows a link to a clause sees that clause, under an address that stays.
import { check } from './lib/checks.mjs';
import { eachPage, own, sample, versionPages } from './lib/world.mjs';

// In the browser: what is wrong with the place that the address leads to. A clause is seen if its first words are in
// the window and nothing lies on them.
function seen(anchor) {
  const target = document.getElementById(anchor);
  if (!target) return 'there is no such place';
  const words = target.matches('li') ? target : target.closest('section').querySelector('.section-heading');
  const box = words.getClientRects()[0];
  if (!box || box.width === 0) return 'it is not displayed';
  if (box.top < 0 || box.bottom > innerHeight) return `it lies outside of the window, at ${Math.round(box.top)}`;
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return words.contains(top) || top?.contains(words) ? '' : `${top?.localName}.${top?.className} lies on it`;
}

async function followAll(page, anchors) {
  const faults = [];
  for (const anchor of anchors) {
    await page.evaluate((hash) => { location.hash = hash; }, anchor);
    const fault = await page.evaluate(seen, anchor);
    if (fault) faults.push(`#${anchor}: ${fault}`);
  }
  return faults;
}

for (const [name, site] of Object.entries({ own, sample })) {
  check(`permalinks lead to the version's own address: ${name}`, async (checks) => {
    for (const { address, textLang, permanent, sections } of versionPages(site)) {
      checks.ok(sections.length > 1, `${address}: no sections`);
      checks.equal(site.entry(permanent)?.lang, textLang, `${address}: language of ${permanent}`);
      for (const { anchor, permalink } of sections) checks.equal(permalink, `${permanent}#${anchor}`, address);
    }
  });

  for (const viewport of [{ width: 360, height: 640 }, { width: 1280, height: 800 }]) {
    check(`the clause is in sight at ${viewport.width} px: ${name}`, async (checks) => {
      const pages = site.samples.filter((entry) => entry.layout === 'page-version');
      await eachPage(pages, { viewport }, async (page, { address, sections, retired }) => {
        const anchors = [...sections.flatMap(({ anchor, aliases }) => [anchor, ...aliases]), ...retired];
        // The last one is opened as a visitor from elsewhere does, the others from the page itself.
        await page.goto(`${address}#${anchors.pop()}`);
        const opened = await page.evaluate(seen, decodeURIComponent(new URL(page.url()).hash.slice(1)));
        checks.ok(!opened, `${page.url()}: ${opened}`);
        checks.none(await followAll(page, anchors), address);
      });
    });
  }
}

check('moved and retired anchors have a place', async (checks) => {
  const since = versionPages(own).filter((page) => page.ids.includes('contact'));
  checks.ok(since.length > 0, 'no page has the new section');
  await eachPage(since, {}, async (page, { address }) => {
    await page.goto(address);
    checks.none(await followAll(page, ['messages', 'points']), address);
    checks.equal(await page.$eval('#messages', (alias) => alias.closest('section').id), 'contact', address);
    const last = await page.$eval('#points a', (a) => a.href);
    const there = own.entry(last);
    checks.ok(there?.ids.includes('points'), `${address}: ${last} has no section of that name`);
    checks.equal(there?.state, 'state-superseded', `${address}: state of ${last}`);
  });
});
