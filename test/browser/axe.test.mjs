// Accessibility, as far as a program can tell: axe-core on every page of our own site and on one of each kind of the
// sample's, in light and in dark.
import axe from 'axe-core';
import { check } from './lib/checks.mjs';
import { eachPage, own, sample } from './lib/world.mjs';

const TAGS = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] };
// Nothing but colours differs in the dark, so no other rule has to run twice.
const COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

async function findings(page, runOnly) {
  const { violations } = await page.evaluate(
    (only) => window.axe.run(document, { runOnly: only, resultTypes: ['violations'], preload: false }),
    runOnly,
  );
  return violations.map(({ id, help, nodes }) => {
    const [first] = nodes;
    return `${id} (${help}), ${nodes.length} times, first ${first.target}: ${first.any[0]?.message ?? first.html}`;
  });
}

check('axe-core finds nothing in light and in dark', async (checks) => {
  await eachPage([...own.pages, ...sample.samples], {}, async (page, { address }) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(address);
    // What is folded up is as much part of the page as the rest.
    await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
    await page.evaluate(axe.source);
    checks.none(await findings(page, TAGS), `${address}, light`);
    await page.emulateMedia({ colorScheme: 'dark' });
    checks.none(await findings(page, COLOURS), `${address}, dark`);
  });
});
