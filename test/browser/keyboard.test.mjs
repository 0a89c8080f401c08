// The page can be used from the keyboard.
import { check } from './lib/checks.mjs';
import { eachPage, own, sample } from './lib/world.mjs';

const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    const box = element.getBoundingClientRect();
    return {
      id: element.id,
      skip: element.matches('a.skip'),
      inMain: document.querySelector('main').contains(element) && element.localName !== 'main',
      inSight: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight,
      marked: getComputedStyle(element).outlineStyle !== 'none',
      name: `${element.localName} ${element.textContent.trim().slice(0, 40)}`,
    };
  });

check('the first key leads past the furniture, and the focus is always seen', async (checks) => {
  await eachPage([...own.samples, ...sample.samples], {}, async (page, { address }) => {
    await page.goto(address);
    await page.keyboard.press('Tab');
    const first = await focused(page);
    checks.ok(first.skip && first.inSight && first.marked, `${address}: first is ${first.name}`);
    await page.keyboard.press('Enter');
    checks.equal((await focused(page)).id, '_main', `${address}: after the skip link`);
    await page.keyboard.press('Tab');
    const inside = await focused(page);
    checks.ok(inside.inMain && inside.inSight && inside.marked, `${address}: next is ${inside.name}`);
    await page.keyboard.press('Tab');
    const next = await focused(page);
    checks.ok(next.inSight && next.marked, `${address}: the focus on ${next.name} is not seen`);
  });
});
