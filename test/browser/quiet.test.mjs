// Pages are silent: no script but their own, no message, no request elsewhere, nothing kept on the visitor's device.
import { check } from './lib/checks.mjs';
import { serve } from './lib/server.mjs';
import { eachPage, own, sample, withPage } from './lib/world.mjs';

// The scripts of each kind of page.
const SCRIPTS = { 'page-version': ['cite'], 'page-versions': ['days'], 'page-compare': ['compare'] };

for (const [name, site] of Object.entries({ own, sample })) {
  check(`no message, error, script of others or request elsewhere: ${name}`, async (checks) => {
    await eachPage(site.pages, {}, async (page, entry) => {
      const heard = [];
      const listeners = {
        console: (message) => heard.push(`console: ${message.text()}`),
        pageerror: (error) => heard.push(`error: ${error.message}`),
        // The browser fetches the icon in its own time and gives it up when the test goes on to the next page.
        requestfailed: (request) => {
          const left = request.failure()?.errorText === 'net::ERR_ABORTED' && /\/icon\.[^/]*$/.test(request.url());
          if (!left) heard.push(`failed: ${request.url()}`);
        },
        request: (request) => {
          const url = new URL(request.url());
          if (url.protocol !== 'data:' && url.origin !== site.origin) heard.push(`request: ${url}`);
        },
        response: (response) => {
          if (response.status() >= 400) heard.push(`${response.status()}: ${response.url()}`);
        },
      };
      for (const [event, listener] of Object.entries(listeners)) page.on(event, listener);
      await page.goto(entry.address, { waitUntil: 'load' });
      for (const [event, listener] of Object.entries(listeners)) page.off(event, listener);
      checks.none(heard, entry.address);
      const found = await page.evaluate(() => ({
        inline: document.querySelectorAll('script:not([src], [type="application/ld+json"])').length,
        scripts: [...document.querySelectorAll('script[src]')].map(({ src, defer, integrity, parentElement }) => [src, defer && /^sha256-.{44}$/.test(integrity) && parentElement === document.head]),
        handlers: [...document.querySelectorAll('*')].filter((e) => e.getAttributeNames().some((n) => n.startsWith('on'))).length,
        styles: document.querySelectorAll('style, [style]').length,
        sheets: [...document.styleSheets].filter((sheet) => sheet.cssRules.length > 0).length,
        stored: localStorage.length + sessionStorage.length,
      }));
      const { scripts, ...rest } = found;
      checks.equal(rest, { inline: 0, handlers: 0, styles: 0, sheets: 1, stored: 0 }, entry.address);
      const single = await page.$('.page-compare:not(:has(.compare-ask))'); // where there is but one version, there is nothing to compare
      const wanted = single ? [] : (SCRIPTS[entry.layout] ?? []);
      checks.equal(scripts.length, wanted.length, `${entry.address}: scripts`);
      for (const [i, script] of wanted.entries()) {
        const [src, good] = scripts[i] ?? [];
        checks.ok(good && new RegExp(`^${site.origin}${site.base}assets/${script}\\.min\\.[0-9a-f]{64}\\.js$`).test(src), `${entry.address}: ${src} is not the script ${script} with its hash`);
      }
      checks.equal(await page.context().cookies(), [], `${entry.address}: cookies`);
    });
  });
}

check('pages are the same without JavaScript', async (checks) => {
  await eachPage([...own.samples, ...sample.samples], { javaScriptEnabled: false }, async (page, { address, headings }) => {
    await page.goto(address);
    const visible = await page.locator('h1:visible, h2:visible, h3:visible, h4:visible, h5:visible, h6:visible').allTextContents();
    checks.ok(headings.length > 0, `${address}: no headings`);
    checks.equal(visible, headings, address);
  });
});

// The icon that a browser asks for: /favicon.ico where a page names none.
async function iconAsked(site) {
  let tell;
  const asked = new Promise((resolve) => (tell = resolve));
  const server = await serve(site.folder, site.base, { heard: (address) => /icon/.test(address) && tell(address) });
  try {
    return await withPage({}, async (page) => {
      await page.goto(server.home);
      return asked;
    });
  } finally {
    await server.close();
  }
}

for (const [name, site] of Object.entries({ own, sample })) {
  check(`the icon is the site's own: ${name}`, async (checks) => {
    const icons = new Set(site.pages.map(({ links }) => links.filter(({ rel }) => rel === 'icon').map(({ to }) => to).join(' ')));
    checks.equal(icons.size, 1, `${[...icons].join(', ')}: icons`);
    const [icon] = icons;
    checks.ok(new RegExp(`^${site.base}assets/icon\\.[0-9a-f]{64}\\.svg$`).test(icon), `${icon} is no address of an icon`);
    checks.equal(await iconAsked(site), icon, 'asked for');
  });
}
