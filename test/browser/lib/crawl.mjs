// Reads a whole site over HTTP, from its home page on, following every link inside it.
import { readdir } from 'node:fs/promises';
import path from 'node:path';

// Runs in the browser, whose parser is the one that counts.
function readPage(html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const unfolded = (element) => !element.closest('details:not([open])');
  const state = [...(page.querySelector('main .state')?.classList ?? [])];
  // Years in words of the page that are no date for machines. Names of versions and addresses are in <bdi>; the words
  // of authors are their own; an option of a list can hold no element; and how many words changed is no year.
  const unmarkedDates = () => {
    const words = page.createTreeWalker(page.querySelector('main'), NodeFilter.SHOW_TEXT);
    const found = [];
    while (words.nextNode()) {
      const { parentElement: parent, textContent } = words.currentNode;
      if (/[12\u0661\u0662][\d\u0660-\u0669]{3}/.test(textContent) && !parent.closest('time, bdi, code, option, .text, .notes, .section-heading, .redline-summary > p')) {
        found.push(textContent.trim());
      }
    }
    return found;
  };
  return {
    lang: page.documentElement.lang,
    dir: page.documentElement.dir,
    layout: page.body.className,
    // On a page whose text is in another language than its interface.
    fallback: page.querySelector('.fallback') !== null,
    // On the page of a text as it was before it was mended or corrected, of a version with a correction, and of a translation that was
    // published after its version.
    earlier: page.querySelector('.earlier') !== null,
    corrected: page.querySelector('.corrections') !== null,
    late: page.querySelector('.reading a[href$="/SHA256SUMS"]') !== null,
    textLang: page.querySelector('h1')?.closest('[lang]').lang,
    state: page.body.classList.contains('page-version') ? (state.find((name) => name.startsWith('state-')) ?? '') : '',
    ids: [...page.querySelectorAll('[id]')].map((element) => element.id),
    links: [...page.querySelectorAll('[href], [src]')].map((element) => ({
      element: element.localName,
      rel: element.getAttribute('rel') ?? '',
      hreflang: element.getAttribute('hreflang') ?? '',
      type: element.getAttribute('type') ?? '',
      to: element.getAttribute('href') ?? element.getAttribute('src'),
    })),
    headings: [...page.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(unfolded).map((heading) => heading.textContent),
    times: [...page.querySelectorAll('time')].map((time) => ({ date: time.dateTime, words: time.textContent.trim() })),
    unmarkedDates: unmarkedDates(),
    old: page.querySelector('main .old a')?.getAttribute('href'),
    permanent: page.querySelector('.facts-permanent a')?.getAttribute('href'),
    sections: [...page.querySelectorAll('main section.section')].map((section) => ({
      anchor: section.id,
      permalink: section.querySelector(':scope > .section-head .section-link')?.getAttribute('href'),
      aliases: [...section.querySelectorAll(':scope > .section-alias')].map((alias) => alias.id),
    })),
    retired: [...page.querySelectorAll('.retired li[id]')].map((item) => item.id),
    languages: [...page.querySelectorAll('.languages a')].map((a) => {
      const name = a.querySelector('[lang]') ?? a;
      return {
        name: name.textContent.trim(),
        lang: name.lang,
        hreflang: a.hreflang,
        dir: name.dir,
        to: a.getAttribute('href'),
        current: a.getAttribute('aria-current'),
        missing: a.querySelector('.languages-missing')?.textContent.trim() ?? '',
      };
    }),
  };
}

// Nothing links to old addresses, below home; they are given.
export async function crawl(browser, home, old = []) {
  const parser = await browser.newPage();
  const { origin } = new URL(home);
  const found = new Map();
  const queue = [];
  const visit = (address) => {
    if (!found.has(address)) {
      found.set(address, null);
      queue.push(address);
    }
  };
  visit(home);
  for (const { address } of old) visit(new URL(address.slice(1), home).href);
  while (queue.length > 0) {
    const address = queue.shift();
    const response = await fetch(address);
    const body = await response.text();
    const entry = { address, path: new URL(address).pathname, status: response.status };
    found.set(address, entry);
    if (response.status !== 200 || !response.headers.get('content-type').startsWith('text/html')) continue;
    Object.assign(entry, await parser.evaluate(readPage, body));
    // Nothing links to the page for addresses that do not exist; it stands beside each home page.
    if (entry.layout === 'page-notices') visit(new URL('404.html', address).href);
    for (const link of entry.links) {
      link.url = new URL(link.to, response.url).href;
      const url = new URL(link.url);
      url.hash = '';
      link.inside = url.origin === origin;
      if (link.inside) visit(url.href);
    }
  }
  await parser.close();
  return [...found.values()];
}

export async function htmlFiles(folder, below = '') {
  const entries = await readdir(path.join(folder, below), { withFileTypes: true });
  const files = await Promise.all(
    entries.map((entry) => {
      const name = path.posix.join(below, entry.name);
      if (entry.isDirectory()) return htmlFiles(folder, name);
      return /\.html?$/i.test(name) ? [name] : [];
    }),
  );
  return files.flat();
}
