// An unknown address, however deep, gives a page that leads on.
import { check } from './lib/checks.mjs';
import { eachPage, own, sample } from './lib/world.mjs';

for (const [name, site] of Object.entries({ own, sample })) {
  check(`unknown addresses: ${name}`, async (checks) => {
    const unknown = ['no-such-page', 'no-such-notice/1999-12-31/deeper/', 'ms/no/such/page/'].map((path) => site.url(site.base + path));
    await eachPage(unknown, {}, async (page, address) => {
      const response = await page.goto(address);
      checks.equal(response.status(), 404, address);
      const found = await page.evaluate(() => ({
        layout: document.body.className,
        title: document.querySelector('h1')?.checkVisibility(),
        styled: [...document.styleSheets].every((sheet) => sheet.cssRules.length > 0) && document.styleSheets.length > 0,
        robots: document.querySelector('meta[name=robots]')?.content,
        links: [...document.querySelectorAll('[href], [src]')].map((element) => element.href ?? element.src),
        ids: [...document.querySelectorAll('[id]')].map((element) => element.id),
      }));
      checks.equal([found.layout, found.title, found.styled, found.robots], ['page-notfound', true, true, 'noindex'], address);
      checks.ok(found.links.includes(site.home), `${address}: no link to the home page`);
      for (const link of found.links) {
        const [to, fragment] = link.split('#');
        if (to === address) checks.ok(found.ids.includes(fragment), `${address}: ${link}`);
        else checks.equal(site.entry(link)?.status, 200, `${address}: ${link}`);
      }
    });
  });
}
