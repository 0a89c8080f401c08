// Whoever follows a link from before Placard sees the page and the clause that the link meant, and where they stand for good.
import { check } from './lib/checks.mjs';
import { eachPage, own, sample } from './lib/world.mjs';

// Where the old fragments of the tests' own site lead, by the version to which the old address leads: the id of the section, of the
// line at the end of the page that says what became of a section, or "top". Where it leads to the version in force, sections of
// announced versions have a line too.
const LANDS = {
  '2024-01-01': { 'contacts.2c_notices.2c_and_revisions': 'messages', '1.2,conduct': 'conduct', نقاط: 'points', Security: 'top' },
  '2025-06-01': { 'contacts.2c_notices.2c_and_revisions': 'contact', '1.2,conduct': 'conduct', نقاط: 'points', Security: 'top' },
  current: { 'contacts.2c_notices.2c_and_revisions': 'contact', '1.2,conduct': 'conduct', نقاط: 'points', Security: 'security' },
};

// In the browser: where the address has led.
function arrived() {
  const fragment = decodeURIComponent(location.hash.slice(1));
  const target = document.querySelector(':target');
  const place = target?.closest('section.section, .retired li, .version-head');
  if (!target || !place) return { fragment, id: target?.id };
  const words = place.querySelector(':scope > .section-head, h1') ?? place;
  const box = words.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + 10, box.top + box.height / 2);
  return {
    fragment,
    id: target.id,
    place: place.id || 'top',
    seen: box.top >= 0 && box.bottom <= innerHeight && (words.contains(top) || Boolean(top?.contains(words))),
    marked: getComputedStyle(words).backgroundColor !== 'rgba(0, 0, 0, 0)',
    wide: document.documentElement.scrollWidth - innerWidth,
  };
}

const url = (site, { address }) => site.url(address.slice(1));
const prefix = (site, locale) => site.base + (locale === 'en' ? '' : `${locale}/`);

for (const [name, site] of Object.entries({ own, sample })) {
  check(`an old address has the page of its version, and names the one that stays: ${name}`, async (checks) => {
    checks.ok(site.old.length > 0, 'no old addresses');
    checks.equal(site.pages.filter((page) => page.old).length, site.old.length, 'pages that say that they are at an old address');
    // Also without scripts, of which there are none.
    await eachPage(site.old, { javaScriptEnabled: false }, async (page, old) => {
      const address = url(site, old);
      await page.goto(address);
      checks.equal(page.url(), address, 'the browser stays');
      const stays = `${prefix(site, old.locale)}${old.notice}/${old.version ? `${old.version}/` : ''}`;
      const line = page.locator('.old');
      checks.equal(await line.locator('a').getAttribute('href'), stays, `${address}: the address that stays`);
      checks.equal(await line.locator('a').innerText(), site.origin + stays, `${address}: the words of the link`);
      checks.ok(await line.isVisible(), `${address}: the line on top is not seen`);
      const { y } = await line.boundingBox();
      const title = await page.locator('h1').boundingBox();
      checks.ok(y < title.y, `${address}: the line stands below the title`);
      checks.equal(await page.locator('html').getAttribute('lang'), old.locale, `${address}: language`);
      checks.ok((await line.innerText()).startsWith({ en: 'You came here by', ms: 'Anda tiba di sini', ar: 'وصلت إلى هذه الصفحة' }[old.locale]), `${address}: ${await line.innerText()}`);
      // The words are those of the page that stays.
      const text = await page.locator('.version-text').innerText();
      const facts = await page.locator('.facts').innerText();
      await page.goto(site.url(stays));
      checks.equal(await page.locator('.version-text').innerText(), text, `${address}: text`);
      checks.equal(await page.locator('.facts').innerText(), facts, `${address}: facts`);
      checks.equal(await page.locator('.old').count(), 0, `${stays}: says that it is old`);
    });
  });

  check(`search engines are told the address that stays: ${name}`, async (checks) => {
    for (const old of site.old) {
      const page = site.entry(url(site, old));
      const canonical = ({ links }) => links.filter(({ rel }) => rel === 'canonical').map((link) => link.url);
      const stays = site.entry(page.old);
      checks.equal([canonical(page), page.permanent], [canonical(stays), stays.permanent], `${page.address}: beside ${page.old}`);
      checks.ok(site.entry(canonical(page)[0])?.old === undefined, `${page.address}: ${canonical(page)} is old`);
      checks.none(page.links.filter(({ rel, type }) => rel === 'alternate' && type === '').map((link) => link.url), `${page.address}: alternates`);
    }
  });

  for (const viewport of [{ width: 360, height: 640 }, { width: 1280, height: 800 }]) {
    check(`the clause of an old link is in sight and marked at ${viewport.width} px: ${name}`, async (checks) => {
      await eachPage(site.old, { viewport }, async (page, old) => {
        for (const { fragment, anchor } of old.fragments) {
          const place = site === own ? LANDS[old.version ?? 'current'][fragment] : anchor;
          // As it stands, and on the wide screen also as a browser writes it and with every sign encoded.
          const encoded = [...new TextEncoder().encode(fragment)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
          for (const written of viewport.width < 1000 ? [fragment] : [fragment, encodeURIComponent(fragment), encoded]) {
            await page.goto('about:blank');
            await page.goto(`${url(site, old)}#${written}`);
            checks.equal(await page.evaluate(arrived), { fragment, id: fragment, place, seen: true, marked: place !== 'top', wide: 0 }, page.url());
          }
        }
      });
    });
  }
}

check('an old fragment leads to its clause at the addresses that stay too, where the version was sealed with it', async (checks) => {
  const versions = [...own.pages, ...sample.pages].filter((page) => page.old === undefined && page.ids.includes('contacts.2c_notices.2c_and_revisions'));
  checks.ok(versions.length > 3, `${versions.length} pages`);
  await eachPage(versions, {}, async (page, { address }) => {
    await page.goto(`${address}#contacts.2c_notices.2c_and_revisions`);
    const { place, seen, marked } = await page.evaluate(arrived);
    checks.equal([place, seen, marked], ['contact', true, true], address);
  });
});

check('an old address without the slash at its end leads on with its fragment', async (checks) => {
  const folders = own.old.filter(({ address }) => address.endsWith('/'));
  checks.ok(folders.length > 1, 'no folders');
  await eachPage(folders, {}, async (page, old) => {
    await page.goto(`${url(own, old).slice(0, -1)}#1.2,conduct`);
    checks.equal(page.url(), `${url(own, old)}#1.2,conduct`, 'address');
    checks.equal((await page.evaluate(arrived)).place, 'conduct', page.url());
  });
});
