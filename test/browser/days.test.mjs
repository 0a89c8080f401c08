// A day is answered with the version that applied on it: by the script, and without it by the table.
import axe from 'axe-core';
import { check } from './lib/checks.mjs';
import { own, sample, withPage } from './lib/world.mjs';

const LOCALES = { en: '/', ms: '/ms/', ar: '/ar/' };
const versions = (prefix, notice) => own.url(`${prefix}${notice}/versions/`);

// In the browser: the last answer.
const answered = () => {
  const answer = document.querySelector('.days-answer');
  return {
    role: answer.getAttribute('role'),
    visible: answer.checkVisibility(),
    words: [...answer.children].map((p) => p.textContent.trim()),
    links: [...answer.querySelectorAll('a')].map((a) => [new URL(a.href).pathname, a.hreflang]),
    days: [...answer.querySelectorAll('time')].map((time) => time.dateTime),
    left: answer.querySelectorAll('[data-put]').length,
    on: new URL(location.href).search,
  };
};

async function ask(page, day, how = 'click') {
  await page.fill('.days-field input', day);
  if (how === 'click') await page.click('.days-field button');
  else await page.press('.days-field input', how);
  return page.evaluate(answered);
}

check('each day of the table is answered as the table has it, in every language', async (checks) => {
  const pages = [...own.pages, ...sample.pages].filter(({ layout }) => layout === 'page-versions');
  await withPage({}, async (page) => {
    for (const { address } of pages) {
      await page.goto(address);
      const rows = await page.$$eval('.days tbody tr', (all) => all.map((row) => ({
        ...row.dataset,
        links: [...row.querySelectorAll('td a')].map((a) => [new URL(a.href).pathname, a.hreflang]),
        otherwise: row.dataset.otherwise !== undefined,
      })));
      const next = (day, by) => new Date(Date.parse(day) + by * 86_400_000).toISOString().slice(0, 10);
      checks.equal([rows[0].to, rows.at(-1).from], ['', ''], `${address}: ends`);
      for (const [i, row] of rows.entries()) {
        if (i > 0) checks.equal(next(row.to, 1), rows[i - 1].from, `${address}: a gap`);
        for (const day of [row.from || next(row.to, -400), row.to || next(row.from || '2020-01-01', 400)]) {
          const found = await ask(page, day);
          const where = `${address}, ${day}`;
          checks.equal([found.role, found.visible, found.left, found.on], ['status', true, 0, `?on=${day}`], where);
          checks.equal(found.links, row.links, `${where}: links`);
          checks.equal(found.words.length, row.otherwise ? 2 : 1, `${where}: sentences`);
          checks.equal(found.days[0], day, `${where}: the day in words`);
        }
      }
    }
  });
  checks.ok(pages.length > 10, 'pages');
});

check('the words of the answers, in English and in Arabic', async (checks) => {
  await withPage({}, async (page) => {
    await page.goto(versions('/', 'support'));
    checks.equal((await ask(page, '2025-07-05')).words, [
      'On July 5, 2025, the version of July 1, 2025 applied.',
      'By what was known then, this site showed the version of January 1, 2024 as the one in force.',
    ], 'retroactive');
    checks.equal((await ask(page, '2025-07-14')).words, ['On July 14, 2025, the version of July 1, 2025 applied.'], 'published');
    checks.equal((await ask(page, '2023-12-31')).words, ['On December 31, 2023, no version applies yet: the first one applies from January 1, 2024.'], 'before');
    checks.equal((await ask(page, '2199-03-01')).words, ['On March 1, 2199, the version of July 1, 2025 applies, as announced so far.'], 'ahead');
    await page.goto(versions('/', 'beta'));
    checks.equal((await ask(page, '2025-11-10')).words, ['On November 10, 2025, no version applies any more: the last day of the notice is November 9, 2025.'], 'ended');
    checks.equal((await ask(page, '2025-12-01')).links, [], 'a cancelled version');
    await page.goto(versions('/ar/', 'terms'));
    const [words] = (await ask(page, '2024-02-03')).words;
    checks.ok(/^في 3 فبراير 2024 كانت نسخة 1 يناير 2024 .*هي السارية\.$/.test(words), words);
    const style = await page.$eval('.days-answer p', (p) => [getComputedStyle(p).direction, p.closest('[lang]').lang]);
    checks.equal(style, ['rtl', 'ar'], 'direction');
  });
});

check('the address carries the day, into the other languages too', async (checks) => {
  await withPage({}, async (page) => {
    for (const [locale, prefix] of Object.entries(LOCALES)) {
      const address = `${versions(prefix, 'terms')}?on=2025-06-01`;
      await page.goto(address);
      checks.equal(await page.inputValue('.days-field input'), '2025-06-01', `${locale}: the field`);
      const found = await page.evaluate(answered);
      checks.equal([found.links[0][0], found.days[0]], [`${prefix}terms/2025-06-01/`, '2025-06-01'], locale);
      const languages = await page.$$eval('.languages a', (all) => all.map((a) => new URL(a.href).search));
      checks.ok(languages.length === 3 && languages.every((query) => query === '?on=2025-06-01'), `${locale}: ${languages}`);
      const entries = await page.evaluate(() => history.length);
      await ask(page, '2024-06-01', 'Enter');
      checks.equal(await page.evaluate(() => [location.search, history.length]), ['?on=2024-06-01', entries], `${locale}: the next day`);
    }
  });
});

check('what is no day is answered in words', async (checks) => {
  await withPage({}, async (page) => {
    const impossible = ['There is no such day. Days have a day, a month and a year of four digits.'];
    for (const [query, words] of [['', []], ['?on=', ['Enter a day.']], ['?on=2025-02-29', impossible], ['?on=yesterday', impossible], ['?on=12025-01-01', impossible], ['?on=%3Cb%3E', impossible]]) {
      await page.goto(versions('/', 'terms') + query);
      const found = await page.evaluate(answered);
      checks.equal([found.words, found.links], [words, []], query);
    }
    const empty = await ask(page, '');
    checks.equal([empty.words, empty.on], [['Enter a day.'], ''], 'an empty field');
    await page.focus('.days-field input');
    await page.keyboard.type('0231'); // the 31st of February, of no year yet
    await page.click('.days-field button');
    checks.equal((await page.evaluate(answered)).words, impossible, 'half a day');
  });
});

check('the field can be used from the keyboard, has its name, and axe-core finds nothing', async (checks) => {
  await withPage({ viewport: { width: 360, height: 800 } }, async (page) => {
    for (const [locale, prefix] of Object.entries(LOCALES)) {
      await page.goto(versions(prefix, 'terms'));
      const button = page.locator('.days-field button');
      await page.locator('.days-field input').focus();
      for (let i = 0; i < 8 && !(await button.evaluate((b) => b === document.activeElement)); i += 1) await page.keyboard.press('Tab');
      checks.ok(await button.evaluate((b) => b === document.activeElement && getComputedStyle(b).outlineStyle !== 'none'), `${locale}: the button`);
      await page.fill('.days-field input', '2025-08-01');
      await button.press('Enter');
      checks.ok((await page.evaluate(answered)).links.length === 1, `${locale}: no answer`);
      await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'], preload: false }));
      checks.none(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), locale);
      checks.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${locale}: wider than the screen`);
    }
  });
});

check('without JavaScript the table answers, and nothing that needs it is there', async (checks) => {
  await withPage({ javaScriptEnabled: false }, async (page) => {
    for (const [locale, prefix] of Object.entries(LOCALES)) {
      await page.goto(`${versions(prefix, 'terms')}?on=2025-06-01`);
      checks.equal(await page.locator('.days-ask').isVisible(), false, `${locale}: the field`);
      await page.click('.days summary');
      checks.ok(await page.locator('.days table').isVisible(), `${locale}: the table`);
      checks.ok((await page.locator('.days caption').innerText()).length > 0, `${locale}: caption`);
      checks.equal([await page.locator('.days thead th[scope=col]').count(), await page.locator('.days tbody th[scope=row]').count()], [2, await page.locator('.days tbody tr').count()], locale);
      checks.ok((await page.locator('.days-zone').innerText()).includes('Asia/Kuala_Lumpur'), `${locale}: ${await page.locator('.days-zone').innerText()}`);
    }
  });
});
