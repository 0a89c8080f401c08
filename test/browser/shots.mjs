// Pictures of one page of each kind in each locale, for looking at:
// node shots.mjs [FOLDER OF A BUILT SITE] [--out FOLDER]
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { launchOptions } from './lib/chromium.mjs';
import { crawl } from './lib/crawl.mjs';
import { oldAddresses } from './lib/old.mjs';
import { Site } from './lib/pages.mjs';
import { serve } from './lib/server.mjs';
import { buildOwn, here, placard } from './lib/sites.mjs';

const { values, positionals } = parseArgs({ options: { out: { type: 'string' } }, allowPositionals: true });
const out = path.resolve(values.out ?? path.join(here, 'shots'));
const undo = [];

async function open(folder) {
  const server = await serve(folder);
  undo.push(() => server.close());
  return { ...server, folder };
}

async function openSite() {
  if (positionals.length > 0) return open(path.resolve(positionals[0]));
  const temporary = await mkdtemp(path.join(tmpdir(), 'placard-shots-'));
  undo.push(() => rm(temporary, { recursive: true, force: true }));
  const folder = path.join(temporary, 'built');
  const server = await open(folder);
  await buildOwn(await placard(temporary), temporary, folder, server.home);
  return server;
}

async function shoot(browser, { address, lang, kind }) {
  const name = path.join(out, `${kind}-${lang}`);
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 1280]) {
      const page = await browser.newPage({ colorScheme, viewport: { width, height: 800 } });
      await page.goto(address);
      await page.screenshot({ path: `${name}-${width}-${colorScheme}.png`, fullPage: true });
      if (colorScheme === 'light' && width === 1280) await writeFile(`${name}.pdf`, await page.pdf());
      await page.close();
    }
  }
}

try {
  const server = await openSite();
  const browser = await chromium.launch(launchOptions());
  undo.push(() => browser.close());
  const { samples } = new Site({ home: server.home, entries: await crawl(browser, server.home, await oldAddresses(server.folder)) });
  if (samples.length === 0) throw new Error('No pages found. Is this the folder of a site built for the root of a host?');
  await mkdir(out, { recursive: true });
  for (const sample of samples) await shoot(browser, sample);
  console.log(`${samples.length * 4} pictures and ${samples.length} PDF files in ${out}`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  for (const step of undo.reverse()) await step();
}
