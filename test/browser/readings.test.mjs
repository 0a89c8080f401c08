// A translation says when it was published, and what it said before it was mended; a version, what was corrected in it, and why.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { check } from './lib/checks.mjs';
import { eachPage, own, releases, supplements, versionPages, withPage } from './lib/world.mjs';

const PREFIX = { en: '/', ms: '/ms/', ar: '/ar/' };
const SAYS = {
  en: { published: 'This English text was published on', earlier: 'This is what the English text of this version said' },
  ms: { published: 'Teks Bahasa Malaysia ini diterbitkan pada', earlier: 'Ini ialah teks Bahasa Malaysia bagi versi ini' },
  ar: { published: 'نُشر هذا النص باللغة العربية في', earlier: 'هذا ما كان عليه نص هذه النسخة باللغة العربية' },
};

const sourceOf = (notice) => (notice === 'saudi-arabia' ? 'ar' : 'en');

// What a translation of a version said, the newest last: what was sealed with it, and in each of its supplements.
function readingsOf({ notice, version, published, untranslated = [] }, lang) {
  const later = supplements.filter((one) => one.notice === notice && one.version === version);
  const all = [{ published, locales: untranslated.includes(lang) ? [] : [lang] }, ...later];
  const readings = all.map((one, i) => ({ ...one, name: `${version}-s${i}`, late: i > 0 })).filter(({ locales }) => locales.includes(lang));
  const at = (i) => `${PREFIX[lang]}${notice}/${i + 1 < readings.length ? readings[i].name : version}/`;
  return readings.map((reading, i) => ({
    ...reading,
    lang,
    path: at(i),
    release: { notice, version, published },
    stands: at(readings.length - 1),
    before: i > 0 && { published: readings[i - 1].published, path: at(i - 1) },
    after: i + 1 < readings.length && { ...readings[i + 1], path: at(i + 1) },
  }));
}

const texts = releases.flatMap((release) => Object.keys(SAYS).flatMap((lang) => readingsOf(release, lang)).filter(({ stands }) => own.entry(stands)));
const earlier = texts.filter(({ after }) => after);
// Of a text that came with a correction that says it.
const readings = texts.filter(({ lang, release, reason }) => lang !== sourceOf(release.notice) && !reason);
const errata = supplements.filter(({ reason }) => reason);

check('a translation says when it was published, and leads to what was sealed with it', async (checks) => {
  for (const lang of ['ms', 'ar']) checks.ok(readings.some((one) => one.lang === lang && one.late), `${lang}: none is late`);
  await eachPage(readings, {}, async (page, { path: address, lang, published, late, before, name, release }) => {
    await page.goto(own.url(address));
    const line = await page.$eval('.reading', (p) => ({
      lang: p.closest('[lang]').lang,
      visible: p.checkVisibility(),
      words: p.innerText,
      dates: [...p.querySelectorAll('time')].map((time) => time.dateTime),
      links: [...p.querySelectorAll('a')].map((a) => new URL(a.href).pathname),
    }));
    checks.equal([line.lang, line.visible], [lang, true], address);
    checks.ok(line.words.startsWith(SAYS[lang].published), `${address}: ${line.words}`);
    checks.equal(line.dates, [published, late && release.published, before && before.published].filter(Boolean), `${address}: dates`);
    const sealed = late && `/versions/${release.notice}/${name}/SHA256SUMS`;
    const redline = before && `${PREFIX[lang]}${release.notice}/${name}/changes/`;
    checks.equal(line.links, [before && before.path, redline, sealed].filter(Boolean), `${address}: links`);
    for (const link of line.links) checks.equal(own.entry(link)?.status, 200, `${address}: ${link}`);
  });
});

check('every translation says so that did not come with a correction, and no other text', async (checks) => {
  await eachPage(versionPages(own), {}, async (page, { address, textLang, permanent }) => {
    const [notice] = permanent.split('/').slice(-3);
    const corrected = texts.some(({ path: at, reason }) => reason && own.url(at) === own.url(permanent));
    await page.goto(address);
    const lines = await page.$$eval('.reading', (all) => all.map((line) => line.textContent));
    checks.equal(lines.length, textLang === sourceOf(notice) || corrected ? 0 : 1, address);
    await page.goto(own.url(permanent));
    checks.equal(await page.$$eval('.reading', (all) => all.map((line) => line.textContent)), lines, `${address}: otherwise than ${permanent}`);
  });
});

check('what a translation said before it was mended stays, and says that it is the earlier text', async (checks) => {
  checks.equal(own.pages.filter((page) => page.earlier).map((page) => page.path).sort(), earlier.map((one) => one.path).sort(), 'pages');
  await eachPage(earlier, {}, async (page, { path: address, lang, published, after }) => {
    await page.goto(own.url(address));
    const box = await page.$eval('.earlier', (div) => ({
      lang: div.closest('[lang]').lang,
      visible: div.checkVisibility(),
      first: document.querySelector('main').innerText.startsWith(div.innerText.slice(0, 20)),
      words: div.innerText,
      dates: [...div.querySelectorAll('time')].map((time) => time.dateTime),
      links: [...div.querySelectorAll('a')].map((a) => new URL(a.href).pathname),
    }));
    checks.equal([box.lang, box.visible, box.first], [lang, true, true], address);
    checks.ok(box.words.startsWith(SAYS[lang].earlier), `${address}: ${box.words}`);
    checks.equal(box.dates, [published, after.published, after.published], `${address}: dates`);
    checks.equal(box.links, [after.path], `${address}: the text that took its place`);
    const [wrong, right] = after.mended[`index.${lang}.md`];
    const said = async () => (await page.locator('.version-text').innerText()).replace(/\s+/g, ' ');
    checks.ok((await said()).includes(wrong), `${address} does not say “${wrong}”`);
    await page.click('.earlier a');
    checks.ok((await said()).includes(right), `${page.url()} does not say “${right}”`);
    await page.click(`.reading a[href="${address}"], .correction a[href="${address}"]`);
    checks.equal(page.url(), own.url(address), 'the way back');
  });
});

check('a version says in all its languages what was corrected, and no other does', async (checks) => {
  checks.ok(errata.some(({ notice }) => sourceOf(notice) === 'ar') && errata.some(({ locales }) => locales.length > 1), 'errata');
  await eachPage(versionPages(own), {}, async (page, { address, lang, permanent, earlier: isEarlier }) => {
    const [notice, name] = permanent.split('/').slice(-3);
    const [version, number = Infinity] = name.split('-s');
    const ofVersion = supplements.filter((one) => one.notice === notice && one.version === version);
    const want = ofVersion.map((one, i) => ({ ...one, name: `${version}-s${i + 1}` })).slice(0, isEarlier ? Number(number) : undefined).filter(({ reason }) => reason);
    await page.goto(address);
    const said = await page.$$eval('.correction', (all) => all.map((one) => ({
      visible: one.checkVisibility(),
      day: one.querySelector('time').dateTime,
      reason: one.querySelector('bdi').textContent,
      lang: one.querySelector('bdi').closest('[lang]').lang,
      dir: one.querySelector('bdi').closest('[dir]').dir,
      before: [new URL(one.querySelector('a').href).pathname, one.querySelector('a').hreflang],
      sealed: new URL(one.querySelector('.correction-sealed').href).pathname,
    })));
    const source = sourceOf(notice);
    checks.equal(said, want.map(({ published, reason, locales, name: of }) => {
      const inIt = locales.includes(lang) ? lang : source;
      const before = texts.find((text) => text.lang === inIt && text.release.notice === notice && text.name === of).before;
      return {
        visible: true, day: published, reason, lang: source, dir: source === 'ar' ? 'rtl' : 'ltr',
        before: [before.path, inIt === lang ? '' : inIt], sealed: `/versions/${notice}/${of}/SHA256SUMS`,
      };
    }), address);
  });
});

check('search engines are led to the text that stands', async (checks) => {
  const files = (await readdir(own.folder)).filter((file) => /^sitemap.*\.xml$/.test(file));
  const sitemaps = (await Promise.all(files.map((file) => readFile(path.join(own.folder, file), 'utf8')))).join('\n');
  const canonical = (address) => own.entry(address).links.filter(({ rel }) => rel === 'canonical').map(({ url }) => url);
  await withPage({}, async (page) => {
    for (const { path: address, stands } of earlier) {
      await page.goto(own.url(address));
      checks.equal(await page.$$eval('meta[name=robots]', (all) => all.map((meta) => meta.content)), ['noindex'], `${address}: robots`);
      checks.equal(canonical(address), canonical(stands), `${address}: canonical`);
      checks.ok(!sitemaps.includes(`>${own.url(address)}<`), `${address} is in the sitemap`);
      checks.ok(sitemaps.includes(`>${canonical(stands)[0]}<`), `${canonical(stands)[0]} is not in the sitemap`);
      await page.goto(own.url(stands));
      checks.equal(await page.$$eval('meta[name=robots]', (all) => all.length), 0, `${stands}: robots`);
    }
  });
});
