// Makes the two sites under test: the one of these tests, release by release, and the sample of the repository.
import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const here = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const root = path.resolve(here, '../..');
const sources = path.join(here, 'site');

async function run(program, args, options) {
  try {
    return await promisify(execFile)(program, args, options);
  } catch (error) {
    throw new Error(`${path.basename(program)} ${args.join(' ')}\n${error.stdout || ''}${error.stderr || error.message}`);
  }
}

export async function placard(temporary) {
  if (process.env.PLACARD) return path.resolve(process.env.PLACARD);
  const program = path.join(temporary, process.platform === 'win32' ? 'placard.exe' : 'placard');
  await run('go', ['build', '-o', program, '.'], { cwd: root });
  return program;
}

export const releases = async () => JSON.parse(await readFile(path.join(sources, 'releases.json'), 'utf8'));

const atNoon = (day) => ({ env: { ...process.env, SOURCE_DATE_EPOCH: String(Date.parse(`${day}T12:00:00Z`) / 1000) } });

// The folder of a version holds what is new or different since the version before; "without" names what is gone, "untranslated" the
// languages in which it is not released, and "stale" the parts whose translation is said to be of another source text, as lines of
// translation.sum begin; "retroactive" is why a version applies from a day before it is published. Notices that are published on one day link to each other, so the drafts of a day are all in place before the
// first of them is released. "acts" are what becomes of announced versions and notices, after the releases of their day.
async function archive(program, folder, list, supplements, acts) {
  await mkdir(folder, { recursive: true });
  await cp(path.join(sources, 'config.toml'), path.join(folder, 'config.toml'));
  for (const day of [...new Set([...list, ...supplements, ...acts].map(({ published }) => published))].sort()) {
    const ofDay = list.filter((release) => release.published === day);
    for (const { notice, version, without = [] } of ofDay) {
      for (const gone of without) await rm(path.join(folder, 'content', notice, gone));
      await cp(path.join(sources, notice, version), path.join(folder, 'content', notice), { recursive: true });
    }
    for (const { notice, version, stale = [], untranslated = [], retroactive } of ofDay) {
      await run(program, ['translate', 'accept', notice, '--all-locales', '--dir', folder]);
      const sum = path.join(folder, 'content', notice, 'translation.sum');
      for (const part of stale) {
        const recorded = await readFile(sum, 'utf8');
        const other = recorded.replace(new RegExp(`^${part} [0-9a-f]{64}$`, 'm'), `${part} ${'0'.repeat(64)}`);
        if (other === recorded) throw new Error(`${notice}: translation.sum has no ${part}`);
        await writeFile(sum, other);
      }
      const without = untranslated.flatMap((locale) => ['--without', locale]);
      const why = retroactive ? ['--retroactive', retroactive] : [];
      await run(program, ['release', notice, '--effective', version, ...without, ...why, '--yes', '--dir', folder], atNoon(day));
    }
    for (const supplement of supplements.filter(({ published }) => published === day)) await supply(program, folder, supplement);
    for (const { command } of acts.filter(({ published }) => published === day)) {
      await run(program, [...command, '--yes', '--dir', folder], atNoon(day));
    }
  }
}

// Adds translations to a sealed version, or mends them: "mended" has, by file, words and what takes their place, and "without" what
// stays untranslated of all that there is to translate. What has a "reason" is an erratum, and the first of its languages that which prevails;
// its translations are said to be up to date.
async function supply(program, folder, { notice, version, published, locales, reason, mended = {}, without = [] }) {
  if (reason) await run(program, ['reopen', notice, version, '--erratum', '--dir', folder]);
  for (const locale of reason ? locales.slice(1) : locales) await run(program, ['reopen', notice, version, '--locale', locale, '--dir', folder]);
  const draft = path.join(folder, 'content', notice, 'supplements', version);
  for (const gone of without) await rm(path.join(draft, gone));
  for (const [name, [before, after]] of Object.entries(mended)) {
    const file = path.join(draft, name);
    const text = await readFile(file, 'utf8');
    if (!text.includes(before)) throw new Error(`${notice} ${version}: ${name} has no “${before}”`);
    await writeFile(file, text.replace(before, after));
  }
  if (reason) await run(program, ['translate', 'accept', notice, '--all-locales', '--supplement', version, '--dir', folder]);
  const why = reason ? ['--reason', reason] : [];
  await run(program, ['release', notice, '--supplement', version, ...why, '--yes', '--dir', folder], atNoon(published));
}

export async function buildOwn(program, temporary, out, baseURL) {
  const folder = path.join(temporary, 'own');
  const { asOf, releases: list, supplements, acts } = await releases();
  await archive(program, folder, list, supplements, acts);
  await run(program, ['build', '--as-of', asOf, '--out', out, '--base-url', baseURL, '--dir', folder]);
}

export async function buildSample(program, out, baseURL) {
  await run(program, ['build', '--out', out, '--base-url', baseURL, '--dir', root]);
}
