// Each version says how its text is checked: with the hash that its list of sealed files has, and with commands that work.
import { createHash } from 'node:crypto';
import { check } from './lib/checks.mjs';
import { eachPage, own, sample, versionPages } from './lib/world.mjs';

for (const [name, site] of Object.entries({ own, sample })) {
  check(`a text is checked by what its page says: ${name}`, async (checks) => {
    const seals = {};
    const seal = async (address) => {
      seals[address] ??= fetch(address).then(async (answer) => createHash('sha256').update(Buffer.from(await answer.arrayBuffer())).digest('hex'));
      return seals[address];
    };
    await eachPage(versionPages(site), {}, async (page, { address }) => {
      await page.goto(address);
      const folded = await page.$eval('.check details', (details) => details.open);
      await page.click('.check summary');
      const said = await page.$eval('.check', (box) => ({
        visible: box.querySelector('pre').checkVisibility(),
        lines: [...box.querySelectorAll('pre')].flatMap((pre) => pre.innerText.split('\n')),
        log: box.querySelector('a').href,
      }));
      checks.equal([folded, said.visible, said.lines.length], [false, true, 3], address);
      const [hash, curl, sh] = said.lines;
      const sealed = await page.evaluate(() => {
        const inPage = document.documentElement.lang;
        const shown = document.querySelector('h1').lang || inPage;
        const corrections = [...document.querySelectorAll('.correction')].filter((one) => (one.querySelector('a').hreflang || inPage) === shown);
        const link = document.querySelector('.reading-sealed') ?? corrections.at(-1)?.querySelector('.correction-sealed') ?? document.querySelector('.facts-seal a');
        return link.href;
      });
      checks.equal(hash, await seal(sealed), `${address}: ${sealed}`);
      const log = await (await fetch(said.log)).text();
      checks.ok(log.includes(` ${hash} `), `${address}: ${said.log} has no ${hash}`);
      const script = curl.replace('curl -sO ', '');
      checks.equal(sh, `sh verify.sh ${script.replace('/versions/verify.sh', '')}`, address);
      checks.ok((await (await fetch(script)).text()).startsWith('#!/bin/sh\n'), `${address}: ${script}`);
    });
  });
}
