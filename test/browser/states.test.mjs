// Pages say where a version stands, with dates that machines can read.
import { check } from './lib/checks.mjs';
import { asOf, eachPage, own, releases, sample, versionPages, withPage } from './lib/world.mjs';

const versions = releases.filter(({ notice }) => notice === 'terms').map(({ version }) => version);
const scheduled = versions.filter((version) => version > asOf);
const [superseded, current] = versions.filter((version) => version <= asOf);
const LOCALES = { en: '/', ms: '/ms/', ar: '/ar/' };

const dayBefore = (day) => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);

async function stateAt(page, address) {
  await page.goto(own.url(address));
  return page.$eval('main .state', (state) => ({
    visible: state.checkVisibility(),
    code: [...state.classList].find((name) => name.startsWith('state-') && name !== 'state-followed'),
    dates: [...state.querySelectorAll('time')].map((time) => time.dateTime),
    links: [...state.querySelectorAll('a')].map((a) => new URL(a.href).pathname),
    permanent: new URL(document.querySelector('.facts-permanent a').href).pathname,
  }));
}

check('a superseded version says since when and leads to the current one', async (checks) => {
  await withPage({}, async (page) => {
    for (const locale of ['en', 'ms']) {
      const prefix = LOCALES[locale];
      const state = await stateAt(page, `${prefix}terms/${superseded}/`);
      checks.equal([state.code, state.visible], ['state-superseded', true], locale);
      checks.equal(state.dates.sort(), [superseded, dayBefore(current), current].sort(), `${locale}: dates`);
      checks.ok(state.links.includes(`${prefix}terms/${current}/`), `${locale}: no link to the version that replaced it`);
      checks.ok(state.links.includes(`${prefix}terms/`), `${locale}: no link to the current version`);
    }
  });
});

check('a scheduled version says from when', async (checks) => {
  await withPage({}, async (page) => {
    for (const [locale, prefix] of Object.entries(LOCALES)) {
      const state = await stateAt(page, `${prefix}terms/${scheduled[0]}/`);
      const { published } = releases.find(({ version }) => version === scheduled[0]);
      checks.equal([state.code, state.visible], ['state-scheduled', true], locale);
      checks.equal(state.dates.sort(), [published, scheduled[0], current].sort(), `${locale}: dates`);
      checks.equal(state.links, [`${prefix}terms/${current}/`], `${locale}: links`);
    }
  });
});

check('the address of a notice shows the version in force', async (checks) => {
  await withPage({}, async (page) => {
    for (const [locale, prefix] of Object.entries(LOCALES)) {
      const state = await stateAt(page, `${prefix}terms/`);
      checks.equal([state.code, state.visible], ['state-in-force', true], locale);
      checks.equal(state.permanent, `${prefix}terms/${current}/`, `${locale}: permanent address`);
      checks.ok(state.dates.includes(current), `${locale}: ${state.dates}`);
      checks.ok(state.links.includes(`${prefix}terms/${scheduled[0]}/`), `${locale}: no link to the version that follows`);
      const itself = await stateAt(page, `${prefix}terms/${current}/`);
      checks.equal([itself.code, itself.permanent], [state.code, state.permanent], `${locale}: the same at its own address`);
    }
  });
});

check('the list of versions has them all, the newest first', async (checks) => {
  await withPage({}, async (page) => {
    for (const [locale, prefix] of Object.entries(LOCALES)) {
      await page.goto(own.url(`${prefix}terms/versions/`));
      const listed = await page.$$eval('.entry', (entries) => entries.map((entry) => entry.querySelector('h2 time').dateTime));
      checks.equal(listed, [...versions].reverse(), locale);
    }
  });
});

check('all dates are marked as such', async (checks) => {
  for (const { address, times, unmarkedDates } of [...own.pages, ...sample.pages]) {
    checks.none(unmarkedDates, `${address}: dates without <time>`);
    for (const { date, words } of times) {
      checks.ok(/^\d{4}-\d{2}-\d{2}$/.test(date) && words.length > 6, `${address}: ${date} ${words}`);
    }
  }
});

check('what is not translated is labelled, in its own language and direction', async (checks) => {
  const arabic = versionPages(own).filter((page) => page.lang === 'ar' && page.path.startsWith('/ar/terms/'));
  await eachPage(arabic, {}, async (page, { address }) => {
    await page.goto(address);
    const missing = await page.$eval('#disputes', (section) => {
      const label = section.querySelector('.section-missing');
      const link = section.querySelector('.section-link');
      const style = (element) => [element.closest('[lang]').lang, element.closest('[dir]').dir, getComputedStyle(element).direction];
      return {
        section: [section.lang, section.dir],
        text: style(section.querySelector('.text')),
        notes: style(section.querySelector('.notes')),
        link: style(link),
        label: [...style(label), label.checkVisibility(), label.textContent.length > 10],
      };
    });
    checks.equal(missing, {
      section: ['en', 'ltr'],
      text: ['en', 'ltr', 'ltr'],
      notes: ['en', 'ltr', 'ltr'],
      link: ['ar', 'rtl', 'rtl'],
      label: ['ar', 'rtl', 'rtl', true, true],
    }, address);
    // The appendix that was not translated at all says so once, not again for each of its parts.
    checks.equal(await page.$$eval('#california .section-missing', (labels) => labels.length), 1, `${address}: appendix`);
    const translated = await page.$$eval('.section:not([lang])', (all) => all.filter((s) => s.querySelector(':scope > .section-missing')).length);
    checks.equal(translated, 0, `${address}: labelled although translated`);
  });
  checks.equal(arabic.length, 4, 'pages in Arabic');
});

check('what was translated from another source text is labelled, and leads to the source', async (checks) => {
  const arabic = versionPages(own).filter((page) => page.lang === 'ar' && page.path.startsWith('/ar/terms/'));
  let stale = 0;
  await eachPage(arabic, {}, async (page, { address, path }) => {
    await page.goto(address);
    const labels = await page.$$eval('.section-stale', (all) => all.map((label) => ({
      in: label.closest('section')?.id ?? '',
      style: [label.closest('[lang]').lang, getComputedStyle(label).direction, label.checkVisibility()],
      link: [new URL(label.querySelector('a').href).pathname, new URL(label.querySelector('a').href).hash, label.querySelector('a').hreflang],
    })));
    if (path !== '/ar/terms/2026-01-01/') return checks.equal(labels, [], address);
    stale = labels.length;
    const style = ['ar', 'rtl', true];
    const source = '/terms/2026-01-01/';
    return checks.equal(labels, [
      { in: '_changes', style, link: [source, '#_changes', 'en'] },
      { in: '', style, link: [source, '#_top', 'en'] },
      { in: 'use', style, link: [source, '#use', 'en'] },
    ], address);
  });
  checks.equal(stale, 3, 'labels');
});

check('each section of a translation leads to the same one in the text that prevails', async (checks) => {
  const pages = versionPages(own).filter((page) => page.path.startsWith('/ms/terms/') || page.path.startsWith('/terms/'));
  await eachPage(pages, {}, async (page, { address, lang, path }) => {
    await page.goto(address);
    const wrong = await page.$$eval('.section', (all, here) => all.filter((section) => {
      const link = section.querySelector(':scope > .section-head > .section-original');
      const own = !section.querySelector(':scope > .section-missing') && !section.lang;
      return !!link !== (here.lang === 'ms' && own) || link && (new URL(link.href).hash !== `#${section.id}` || new URL(link.href).pathname !== here.path.replace('/ms/', '/').replace(/-s\d+\/$/, '/'));
    }).map((section) => section.id), { lang, path });
    checks.none(wrong, address);
  });
  checks.ok(pages.length > 3, 'pages');
});

check('a version that never applied says so and leads to what is there', async (checks) => {
  const [postponed, cancelled] = ['2025-12-01', '2025-12-20'];
  await withPage({}, async (page) => {
    for (const [locale, prefix] of Object.entries(LOCALES)) {
      const first = await stateAt(page, `${prefix}beta/${postponed}/`);
      checks.equal([first.code, first.visible], ['state-cancelled', true], locale);
      checks.equal(first.dates, ['2025-10-06', postponed, '2025-10-20', cancelled], `${locale}: dates of the postponed one`);
      checks.equal(first.links, [`${prefix}beta/${cancelled}/`, `${prefix}beta/`], `${locale}: links of the postponed one`);
      const second = await stateAt(page, `${prefix}beta/${cancelled}/`);
      checks.equal([second.code, second.visible], ['state-cancelled', true], locale);
      checks.equal(second.dates, ['2025-10-20', cancelled, '2025-11-03'], `${locale}: dates of the cancelled one`);
      checks.equal(second.links, [`${prefix}beta/`], `${locale}: links of the cancelled one`);
      const reason = await page.$eval('.state-more bdi', (bdi) => [bdi.textContent, bdi.closest('[lang]').lang, getComputedStyle(bdi).direction]);
      checks.equal(reason, ['Nothing new will be tried.', 'en', 'ltr'], `${locale}: the reason`);
    }
  });
});

check('a notice that has ended says since when and leads to the one to read instead', async (checks) => {
  await withPage({}, async (page) => {
    for (const [locale, prefix] of Object.entries(LOCALES)) {
      const state = await stateAt(page, `${prefix}beta/`);
      checks.equal([state.code, state.visible], ['state-withdrawn', true], locale);
      checks.equal(state.dates, ['2025-01-01', '2025-11-09'], `${locale}: dates`);
      checks.equal(state.links, [`${prefix}terms/`], `${locale}: links`);
      const dead = await page.$$eval('#secrecy', (all) => all.length);
      checks.equal(dead, 1, `${locale}: what only a cancelled version had`);
    }
  });
});
