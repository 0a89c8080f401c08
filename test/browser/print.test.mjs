// On paper: the text and what state it was in, black on white, without what can only be clicked.
import { check } from './lib/checks.mjs';
import { eachPage, own, sample } from './lib/world.mjs';

// In the browser.
function paper() {
  const shown = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
  const folded = [...document.querySelectorAll('main details:not(nav *, .redline-same) > :not(summary)')];
  const { color, backgroundColor } = getComputedStyle(document.documentElement);
  return {
    navigation: shown('nav, .skip, .section-link, .cite, .cite-said, .cite-box, .days-ask, .compare-ask, .reading-sealed, .foot').map((element) => element.className),
    titles: shown('h1').length,
    states: shown('.state').length,
    fallbacks: shown('.fallback').length,
    earlier: shown('.earlier').length,
    folded: folded.filter((element) => element.getBoundingClientRect().height === 0).length,
    colors: [color, backgroundColor],
  };
}

check('printed from a light and a dark screen', async (checks) => {
  await eachPage([...own.samples, ...sample.samples], {}, async (page, { address, layout, fallback, earlier }) => {
    await page.emulateMedia({ media: null });
    await page.goto(address);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ media: 'print', colorScheme });
      const found = await page.evaluate(paper);
      const where = `${address}, ${colorScheme}`;
      checks.equal(found.navigation, [], `${where}: navigation`);
      checks.equal(found.titles, 1, `${where}: titles`);
      checks.ok(found.states > 0 || ['page-notfound', 'page-sections', 'page-compare'].includes(layout), `${where}: no state`);
      checks.equal(found.fallbacks, fallback ? 1 : 0, `${where}: said to be in another language`);
      checks.equal(found.earlier, earlier ? 1 : 0, `${where}: said to be an earlier text`);
      checks.equal(found.folded, 0, `${where}: parts that stay folded up`);
      checks.equal(found.colors, ['rgb(0, 0, 0)', 'rgb(255, 255, 255)'], `${where}: ink and paper`);
    }
  });
});

check('pages become PDF', async (checks) => {
  await eachPage(own.samples, {}, async (page, { address }) => {
    await page.goto(address);
    const pdf = await page.pdf();
    checks.equal(pdf.subarray(0, 5).toString(), '%PDF-', address);
  });
});
