// Where the browser is and how it is started.
import { existsSync } from 'node:fs';
import path from 'node:path';

const NAMES = ['chromium', 'google-chrome', 'chromium-browser', 'google-chrome-stable'];

function find() {
  if (process.env.CHROMIUM) {
    if (!existsSync(process.env.CHROMIUM)) {
      throw new Error(`CHROMIUM names ${process.env.CHROMIUM}, but there is no such file.`);
    }
    return process.env.CHROMIUM;
  }
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const candidates = ['/usr/bin/chromium', ...NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)))];
  const found = candidates.find((file) => existsSync(file));
  if (!found) {
    throw new Error('No Chromium found. Install it (Debian and Ubuntu: apt-get install chromium), or name a Chromium or Chrome in the environment variable CHROMIUM.');
  }
  return found;
}

export function launchOptions() {
  const args = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
  // Chromium refuses to run as root inside its sandbox.
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  return { executablePath: find(), args };
}
