// What the runner hands to the files of tests: the browser that runs already, and the two sites with their pages.
import { readFileSync } from 'node:fs';
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { Site } from './pages.mjs';

const handed = JSON.parse(readFileSync(process.env.PLACARD_BROWSER_TESTS, 'utf8'));

export const own = new Site(handed.own);
export const sample = new Site(handed.sample);
export const { asOf, releases, supplements } = handed;

export const versionPages = (site) => site.pages.filter((page) => page.layout === 'page-version');
// The pages at addresses that stay.
export const stayingPages = (site) => site.pages.filter((page) => page.old === undefined);

let browser;
before(async () => {
  browser = await chromium.connect(handed.browser);
});
after(() => browser.close());

// Runs use(page) in a context of its own.
export async function withPage(options, use) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  try {
    return await use(await context.newPage());
  } finally {
    await context.close();
  }
}

// Runs use(page, item) for every item, in a few tabs at a time.
export async function eachPage(items, options, use) {
  const queue = [...items];
  const tab = () =>
    withPage(options, async (page) => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await use(page, item);
    });
  await Promise.all([tab(), tab()]);
}
