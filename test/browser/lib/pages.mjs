// The pages of a site that was crawled.

export class Site {
  // old is what the notices say of their old addresses (old.mjs).
  constructor({ home, folder, entries, old = [] }) {
    Object.assign(this, { home, folder, entries, old, origin: new URL(home).origin, base: new URL(home).pathname });
    this.pages = entries.filter((entry) => entry.layout !== undefined);
  }

  // One page for each kind in each locale: for each layout, of versions for each state, with the text in another language, at old
  // addresses, with a translation that came late or was mended, and with a correction.
  get samples() {
    const kinds = new Map();
    for (const page of this.pages) {
      const kind = [page.layout, page.state, page.fallback && 'fallback', page.old && 'old', page.earlier && 'earlier', page.corrected && 'corrected', page.late && 'late'].filter(Boolean).join('-');
      const key = `${kind} ${page.lang}`;
      if (!kinds.has(key)) kinds.set(key, { ...page, kind });
    }
    return [...kinds.values()];
  }

  entry(address) {
    const url = new URL(address, this.home);
    url.hash = '';
    return this.entries.find((entry) => entry.address === url.href);
  }

  url(address) {
    return new URL(address, this.home).href;
  }
}
