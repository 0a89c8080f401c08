// The pages forbid the browser whatever they do not need, and are the same for it.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { check } from './lib/checks.mjs';
import { serve } from './lib/server.mjs';
import { here } from './lib/sites.mjs';
import { eachPage, own, sample, withPage } from './lib/world.mjs';

const ELSEWHERE = 'https://elsewhere.example';
const EVIL = `<script>window.ran = true</script>
<script src="${ELSEWHERE}/script.js"></script>
<style>body { margin: 50px }</style>
<link rel="stylesheet" href="${ELSEWHERE}/style.css">
<p id="styled" style="margin: 50px" onclick="window.ran = true">words</p>
<img src="${ELSEWHERE}/pixel.png" alt="">
<iframe src="${ELSEWHERE}/frame.html"></iframe>
<object data="${ELSEWHERE}/object.svg"></object>
<video src="${ELSEWHERE}/film.mp4"></video>
<base href="${ELSEWHERE}/">
<form id="form" method="post" action="${ELSEWHERE}/form"><input name="a"></form>`;

const REFUSED = [
  'script-src-elem inline', `script-src-elem ${ELSEWHERE}/script.js`, 'script-src-attr inline',
  'style-src-elem inline', `style-src-elem ${ELSEWHERE}/style.css`, 'style-src-attr inline',
  `img-src ${ELSEWHERE}/pixel.png`, `media-src ${ELSEWHERE}/film.mp4`, `frame-src ${ELSEWHERE}`, `object-src ${ELSEWHERE}`,
  `connect-src ${ELSEWHERE}/data.json`, 'script-src eval',
  `base-uri ${ELSEWHERE}/`, `form-action ${ELSEWHERE}/form`,
];

// In the browser: what it refuses is kept from the first moment of a page on.
function listen() {
  window.refused = [];
  document.addEventListener('securitypolicyviolation', (event) => window.refused.push(`${event.effectiveDirective} ${event.blockedURI}`));
}

// Opens the page and returns what was refused, and what the console said of it.
async function open(page, address) {
  const said = [];
  await page.addInitScript(listen);
  const hear = (message) => said.push(message.text());
  page.on('console', hear);
  await page.goto(address);
  page.off('console', hear);
  return [...(await page.evaluate(() => window.refused)), ...said];
}

// The headers that docs/hosting.md gives for every address, from the text for hosts that read _headers.
async function headersOf() {
  const text = await readFile(path.join(here, '../../docs/hosting.md'), 'utf8');
  const [, block] = /```\n\/\*\n((?: {2}\S.*\n)+)/.exec(text);
  return Object.fromEntries(block.trim().split('\n').map((line) => line.trim().split(/: (.*)/).slice(0, 2)));
}

for (const [name, site] of Object.entries({ own, sample })) {
  check(`the policy stands before all else, and no page offends it: ${name}`, async (checks) => {
    await eachPage(site.pages, {}, async (page, { address }) => {
      checks.none(await open(page, address), address);
      const head = await page.evaluate(() => [...document.head.children].slice(0, 2).map((element) => element.outerHTML));
      checks.equal(head[0], '<meta charset="utf-8">', address);
      checks.ok(/^<meta http-equiv="content-security-policy" content="default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'">$/.test(head[1]), `${address}: ${head[1]}`);
    });
  });

  check(`what was put into a page does nothing: ${name}`, async (checks) => {
    const layouts = new Map(site.pages.map((entry) => [entry.layout, entry]));
    for (const { address } of layouts.values()) {
      await withPage({}, async (page) => {
        await page.addInitScript(listen);
        const asked = [];
        await page.route(`${ELSEWHERE}/**`, (route) => {
          asked.push(route.request().url());
          return route.abort();
        });
        await page.route(address, async (route) => {
          const response = await route.fetch();
          return route.fulfill({ response, body: (await response.text()).replace(/<main[^>]*>/, `$&${EVIL}`) });
        });
        await page.goto(address);
        // What a script of the page itself may not do either.
        await page.evaluate((elsewhere) => document.querySelector('#styled').addEventListener('click', () => {
          fetch(`${elsewhere}/data.json`).catch(() => null);
          try {
            window.ran = Function('return true')();
          } catch {
            window.caught = true;
          }
        }), ELSEWHERE);
        await page.click('#styled');
        await page.evaluate(() => document.querySelector('#form').requestSubmit());
        // The browser tells of some only after the page is loaded.
        await page.waitForFunction((all) => all.every((one) => window.refused.includes(one)), REFUSED, { timeout: 120_000 }).catch(() => null);
        const told = await page.evaluate(() => window.refused);
        checks.none(REFUSED.filter((one) => !told.includes(one)), `${address}: not refused`);
        const found = await page.evaluate(() => ({
          ran: window.ran ?? false,
          margins: [document.body, document.querySelector('#styled')].map((element) => getComputedStyle(element).margin),
          base: document.baseURI,
        }));
        checks.equal(found, { ran: false, margins: ['0px', '0px'], base: address }, address);
        checks.none(asked, `${address}: asked elsewhere`);
      });
    }
  });

  check(`the headers of docs/hosting.md offend no page: ${name}`, async (checks) => {
    const headers = await headersOf();
    checks.ok(/frame-ancestors 'none'/.test(headers['Content-Security-Policy']), 'no header against frames');
    const server = await serve(site.folder, site.base, { headers });
    try {
      await eachPage(site.samples, {}, async (page, { path: below }) => {
        const address = server.origin + below;
        checks.none(await open(page, address), address);
        const styled = await page.evaluate(() => [...document.styleSheets].every((sheet) => sheet.cssRules.length > 0));
        checks.ok(styled, `${address}: no style`);
      });
    } finally {
      await server.close();
    }
  });
}

check('a page opened as a file is not refused by its own policy', async (checks) => {
  await eachPage(own.samples.filter((entry) => entry.path.endsWith('/')), {}, async (page, entry) => {
    await page.addInitScript(listen);
    await page.goto(pathToFileURL(path.join(own.folder, entry.path, 'index.html')).href);
    checks.equal(await page.evaluate(() => window.refused), [], `${entry.address}, as a file`);
  });
});
