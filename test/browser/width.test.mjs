// No page is wider than the screen; what is wide scrolls by itself.
import { check } from './lib/checks.mjs';
import { eachPage, own, sample } from './lib/world.mjs';

const WIDTHS = [320, 360, 768, 1280];

check(`no horizontal scrolling at ${WIDTHS.join(', ')} px`, async (checks) => {
  await eachPage([...own.pages, ...sample.samples], {}, async (page, { address }) => {
    await page.goto(address);
    await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      const wide = await page.evaluate(() => {
        const root = document.documentElement;
        if (root.scrollWidth <= root.clientWidth) return null;
        const out = [...document.querySelectorAll('main *, header *, footer *')].find((element) => {
          const box = element.getBoundingClientRect();
          return !element.closest('.table') && (box.right > root.clientWidth + 1 || box.left < -1);
        });
        return `${root.scrollWidth} px, first ${out?.localName}.${out?.className}: ${out?.textContent.trim().slice(0, 60)}`;
      });
      checks.ok(!wide, `${address} at ${width} px: ${wide}`);
    }
  });
});
