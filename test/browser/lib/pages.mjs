// The pages of a site that was crawled.

export class Site {
  constructor({ home, folder, entries }) {
    Object.assign(this, { home, folder, entries, origin: new URL(home).origin, base: new URL(home).pathname });
    this.pages = entries.filter((entry) => entry.layout !== undefined);
  }

  // One page for each kind in each locale: for each layout, of versions for each state, and with the text in another language.
  get samples() {
    const kinds = new Map();
    for (const page of this.pages) {
      const kind = [page.layout, page.state, page.fallback && 'fallback'].filter(Boolean).join('-');
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
