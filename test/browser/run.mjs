// Builds both sites, serves them, starts the browser, runs every *.test.mjs beside this file, and puts all away again.
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { chromium } from 'playwright-core';
import { countOf } from './lib/checks.mjs';
import { launchOptions } from './lib/chromium.mjs';
import { crawl } from './lib/crawl.mjs';
import { oldAddresses } from './lib/old.mjs';
import { serve } from './lib/server.mjs';
import { buildOwn, buildSample, here, placard, releases } from './lib/sites.mjs';

const begun = Date.now();
const undo = [];

async function prepare() {
  const options = launchOptions();
  const temporary = await mkdtemp(path.join(tmpdir(), 'placard-browser-'));
  undo.push(() => rm(temporary, { recursive: true, force: true }));

  const folders = { own: path.join(temporary, 'own-built'), sample: path.join(temporary, 'sample-built') };
  // The sample stands below a path, so that addresses which forget the path of the base URL are found.
  const servers = { own: await serve(folders.own), sample: await serve(folders.sample, '/legal/') };
  undo.push(() => servers.own.close(), () => servers.sample.close());

  const program = await placard(temporary);
  await buildOwn(program, temporary, folders.own, servers.own.home);
  await buildSample(program, folders.sample, servers.sample.home);

  const launched = await chromium.launchServer(options);
  undo.push(() => launched.close());
  const browser = await chromium.connect(launched.wsEndpoint());
  const sites = {};
  for (const name of ['own', 'sample']) {
    const { home } = servers[name];
    const old = await oldAddresses(folders[name]);
    sites[name] = { home, folder: folders[name], old, entries: await crawl(browser, home, old) };
  }
  await browser.close();

  const handed = path.join(temporary, 'handed.json');
  await writeFile(handed, JSON.stringify({ browser: launched.wsEndpoint(), ...sites, ...(await releases()) }));
  process.env.PLACARD_BROWSER_TESTS = handed;
  return sites;
}

async function runTests() {
  const wanted = process.argv.slice(2);
  const files = (await readdir(here))
    .filter((name) => name.endsWith('.test.mjs') && (wanted.length === 0 || wanted.includes(name)))
    .map((name) => path.join(here, name));
  if (files.length === 0) throw new Error(`No file of tests has the name ${wanted.join(', ')}.`);
  let checks = 0;
  let failed = false;
  const events = run({ files, concurrency: 2, timeout: 600_000 });
  events.on('test:diagnostic', ({ message }) => (checks += countOf(message)));
  events.on('test:fail', () => (failed = true));
  const report = events.compose(new spec());
  for await (const text of report) process.stdout.write(text);
  return { checks, failed };
}

try {
  const sites = await prepare();
  const { checks, failed } = await runTests();
  const pages = Object.values(sites).map((site) => site.entries.filter((entry) => entry.layout !== undefined).length);
  const seconds = ((Date.now() - begun) / 1000).toFixed(0);
  console.log(`${pages[0]} pages of the tests' own site, ${pages[1]} of the sample; ${checks} checks in ${seconds} s: ${failed ? 'FAILED' : 'good'}`);
  if (failed) process.exitCode = 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  for (const step of undo.reverse()) await step();
}
