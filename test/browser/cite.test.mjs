// A section can be cited: the line that is copied names it, its version and its address for good.
import axe from 'axe-core';
import { check } from './lib/checks.mjs';
import { own, sample, versionPages, withPage } from './lib/world.mjs';

const MAY_COPY = { permissions: ['clipboard-read', 'clipboard-write'] };

// Values on pages from right to left stand between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE.
const apart = (line) => line.replaceAll('[', '\u2068').replaceAll(']', '\u2069');

// Clicks the button of a section, by its anchor, and returns what was copied.
async function cited(page, anchor) {
  await page.evaluate(() => navigator.clipboard.writeText('nothing'));
  await page.click(`[id="${anchor}"] > .section-head > .cite`);
  await page.waitForFunction(() => document.querySelector('.cite-said').textContent !== '');
  return page.evaluate(() => navigator.clipboard.readText());
}

check('what is copied, in the languages and at the places of a version', async (checks) => {
  const at = own.home;
  const lines = [
    ['terms/2025-06-01/', 'use', `Terms of Use, version 2025-06-01, section 1, “Using the services” (English), effective June 1, 2025: ${at}terms/2025-06-01/#use`],
    ['terms/', 'use', `Terms of Use, version 2025-06-01, section 1, “Using the services” (English), effective June 1, 2025: ${at}terms/2025-06-01/#use`],
    ['terms/2025-06-01/', 'california', `Terms of Use, version 2025-06-01, appendix B, “California” (English), effective June 1, 2025: ${at}terms/2025-06-01/#california`],
    ['ar/terms/2025-06-01/', 'use', apart(`[شروط الاستخدام]، النسخة [2025-06-01]، القسم [1]، «[استخدام الخدمات]» ([العربية])، تاريخ السريان 1 يونيو 2025: ${at}ar/terms/2025-06-01/#use`)],
    // Not translated: the language shown is named.
    ['ms/cookies/2026-02-01/', 'europe', `Notis Kuki (semua perkhidmatan), versi 2026-02-01, Lampiran A, “Europe” (Inggeris), berkuat kuasa 1 Februari 2026: ${at}ms/cookies/2026-02-01/#europe`],
    // Shown in place of a text in Arabic, which stays at the address of what is shown.
    ['ar/cookies/', 'europe', apart(`[Cookie Notice (all services)]، النسخة [2025-03-01]، الملحق [A]، «[Europe]» ([الإنجليزية])، تاريخ السريان 1 مارس 2025: ${at}cookies/2025-03-01/#europe`)],
    ['terms/2025-06-01-s0/', 'use', `Terms of Use, version 2025-06-01-s0, section 1, “Using the services” (English), effective June 1, 2025: ${at}terms/2025-06-01-s0/#use`],
    ['beta/2025-12-20/', null, new RegExp(`^.+, version 2025-12-20, section 1, “.+” \\(English\\), announced for December 20, 2025, never effective: ${at}beta/2025-12-20/#`)],
  ];
  await withPage(MAY_COPY, async (page) => {
    for (const [below, anchor, line] of lines) {
      await page.goto(own.url(`/${below}`));
      const of = anchor ?? (await page.$eval('.section', (section) => section.id));
      const found = await cited(page, of);
      checks.ok(typeof line === 'string' ? found === line : line.test(found), `${below}: ${found}`);
    }
  });
});

// The line as it must be, by what the page says elsewhere.
const parts = () => {
  const text = (element) => element.textContent.replace(/\s+/g, ' ').trim();
  return {
    title: text(document.querySelector('h1')),
    effective: text(document.querySelector('.facts time')),
    permanent: document.querySelector('.facts-permanent a').textContent.trim(),
    dir: document.documentElement.dir,
    sections: [...document.querySelectorAll('.section')].map((section) => ({
      anchor: section.id,
      number: text(section.querySelector('.section-number')),
      heading: text(section.querySelector('.section-heading')),
      lang: section.closest('[lang]').lang,
    })),
  };
};

const LANGUAGES = { en: { en: 'English', ar: 'Arabic' }, ms: { ms: 'Bahasa Malaysia', en: 'Inggeris' }, ar: { ar: 'العربية', en: 'الإنجليزية' } };

check('each section of one page of each kind names itself, its language and the address that stays', async (checks) => {
  const pages = own.samples.filter(({ layout }) => layout === 'page-version');
  await withPage(MAY_COPY, async (page) => {
    for (const { address, lang } of pages) {
      await page.goto(address);
      const { title, effective, permanent, dir, sections } = await page.evaluate(parts);
      for (const { anchor, number, heading, lang: shown } of sections) {
        const line = await cited(page, anchor);
        const plain = line.replace(/[\u2068\u2069]/g, '');
        const where = `${address}#${anchor}`;
        checks.ok(plain.startsWith(title) && plain.endsWith(`: ${permanent}#${anchor}`), `${where}: ${line}`);
        for (const words of [number, heading, effective, `(${LANGUAGES[lang][shown]})`]) checks.ok(plain.includes(words), `${where}: ${line} lacks ${words}`);
        const isolates = [line.split('\u2068').length, line.split('\u2069').length];
        checks.ok(isolates[0] === isolates[1] && (dir === 'ltr' || isolates[0] === 6), `${where}: ${isolates} isolates`);
      }
    }
  });
  checks.ok(pages.length > 10, 'pages');
});

check('every section of every page has a button with a name of its own', async (checks) => {
  await withPage({}, async (page) => {
    for (const { address } of [...versionPages(own), ...versionPages(sample)]) {
      await page.goto(address);
      const found = await page.evaluate(() => ({
        sections: document.querySelectorAll('.section').length,
        names: [...document.querySelectorAll('.section > .section-head > .cite')].map((button) => button.getAttribute('aria-label')),
        wrong: [...document.querySelectorAll('.cite')].filter((button) => !button.getAttribute('aria-label').includes(button.closest('.section').querySelector('.section-number').textContent)).length,
        templates: document.querySelectorAll('main template').length,
      }));
      checks.equal([found.names.length, new Set(found.names).size, found.wrong, found.templates], [found.sections, found.sections, 0, 1], address);
    }
  });
});

check('from the keyboard: the button follows the link of its section, is seen, and says what it did', async (checks) => {
  await withPage(MAY_COPY, async (page) => {
    for (const prefix of ['/', '/ms/', '/ar/']) {
      await page.goto(own.url(`${prefix}terms/`));
      await page.focus('#use > .section-head > .section-link');
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => [document.activeElement.className, getComputedStyle(document.activeElement).outlineStyle !== 'none']);
      checks.equal(focused, ['cite', true], prefix);
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => document.querySelector('.cite-said').textContent !== '');
      const said = await page.$eval('.cite-said', (p) => [p.getAttribute('role'), p.checkVisibility(), p.textContent === p.dataset.said]);
      checks.equal(said, ['status', true, true], `${prefix}: what is said`);
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'], preload: false }));
      checks.none(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), prefix);
    }
  });
});

check('where the browser refuses, the line stands in a box, selected', async (checks) => {
  await withPage({}, async (page) => {
    for (const how of ['refused', 'absent']) {
      await page.addInitScript((absent) => {
        if (absent) Object.defineProperty(navigator, 'clipboard', { value: undefined });
        else navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));
      }, how === 'absent');
      for (const prefix of ['/', '/ar/']) {
        await page.goto(own.url(`${prefix}terms/2025-06-01/`));
        await page.click('#use > .section-head > .cite');
        const box = page.locator('.cite-box');
        checks.ok(await box.isVisible(), `${how}: no box`);
        const field = await page.$eval('.cite-box textarea', (t) => [t.value.slice(t.selectionStart, t.selectionEnd) === t.value, t.value.endsWith('#use'), t === document.activeElement, t.readOnly]);
        checks.equal(field, [true, true, true, true], `${how}, ${prefix}: the field`);
        await page.evaluate(axe.source);
        const { violations } = await page.evaluate(() => window.axe.run(document.querySelector('dialog'), { resultTypes: ['violations'], preload: false }));
        checks.none(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), `${how}, ${prefix}`);
        await page.keyboard.press('Escape');
        checks.ok(!(await box.isVisible()), `${how}: still open`);
        checks.ok(await page.evaluate(() => document.activeElement.matches('#use > .section-head > .cite')), `${how}: the focus is not back`);
        await page.click('#use > .section-head > .cite');
        await page.click('.cite-box button');
        checks.ok(!(await box.isVisible()), `${how}: not closed by its button`);
      }
    }
  });
});

check('without JavaScript there is the link alone', async (checks) => {
  await withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(own.url('/terms/'));
    checks.equal([await page.locator('.cite, .cite-said, .cite-box').count(), await page.locator('#use > .section-head > .section-link').isVisible()], [0, true], 'terms');
  });
});
