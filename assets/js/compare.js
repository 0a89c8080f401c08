// Draws what differs between any two versions of a notice, on the page where these are chosen. The first part finds in their
// notice.json what package redline finds in the texts; that package says why. Words come cut, so that there is no rule for them here.
'use strict';

(() => {
  const MOST_STEPS = 2000; // each is an edit from either end
  const MOST_PAIRS = 1 << 20;
  const MOST_JOINED = 4;
  const NOWHERE = -1e9;

  const signs = new Set(); // words without a letter or a digit
  const onlyWords = (words) => words.filter((word) => !signs.has(word)).map((word) => word.replace(/^ /, ''));
  let counted = {}; // words of the section that is being compared, by what became of them

  function cut(texts, lengths) {
    let next = 0;
    return texts.map((text) => {
      const words = [];
      for (let at = 0; at < text.length; next++) {
        const word = text.slice(at, (at += Math.abs(lengths[next])));
        if (lengths[next] < 0) signs.add(word);
        words.push(word);
      }
      return { text, words };
    });
  }

  const block = (b) => ({ in: [], ...b, row: !!b.cells, cells: cut(b.cells ?? [b.text], b.words) });

  // The sections of a notice, after the words before the first one.
  function flat(notice) {
    const part = (own, from, place) => ({
      links: [], ...own, place, parent: from.parent + 1 || -1, anchor: from.anchor ?? '', title: cut([from.title], from.titleWords)[0],
      blocks: [from.description && { text: from.description, words: from.descriptionWords }, ...(own.blocks ?? [])].filter(Boolean).map(block),
    });
    return [part(notice.start, notice), ...notice.sections.map((s) => part(s, s, { anchor: s.anchor, number: s.number, level: s.level }))];
  }

  function compare(a, b, movedTo) {
    const [older, newer, moved] = match(a, b, movedTo);
    const gone = b.map(() => []);
    let last = 0;
    a.forEach((part, i) => {
      const j = newer[i];
      if (j >= 0 && !moved[j]) last = Math.max(last, j);
      else gone[last].push(j < 0 ? alone('removed', part) : section('away', part, b[j], whole('equal', part.title)));
    });
    return b.flatMap((part, j) => {
      const s = older[j] < 0 ? alone('added', undefined, part) : changed(a[older[j]], part);
      if (moved[j]) s.moved = true;
      return [s, ...gone[j]];
    });
  }

  const filled = (list) => (list?.length ? list : undefined);

  function section(kind, a, b, title, blocks, links) {
    const s = { kind, old: a?.place, new: b?.place, title: filled(title), blocks: filled(blocks), links: filled(links), ...counted, parts: [a, b] };
    counted = {};
    return s;
  }

  const alone = (kind, a, b) => section(kind, a, b, b ? whole('inserted', b.title) : whole('deleted', a.title), draw(a?.blocks ?? [], b?.blocks ?? []));

  function changed(a, b) {
    const kept = (kind, links) => section(kind, a, b, whole('equal', b.title), [], links);
    const key = (part) => [part.title.text, ...part.blocks.map(keyOf)].join('\n');
    if (!a.missing !== !b.missing) return kept(`${b.missing ? 'un' : ''}translated`);
    if (b.missing || key(a) === key(b) && a.digest === b.digest) return kept('same');
    const links = linkChanges(a.links, b.links);
    return key(a) === key(b) ? kept('marked', links) : section('changed', a, b, compareLine(a.title, b.title), draw(a.blocks, b.blocks), links);
  }

  const linkChanges = (a, b) => merge(edits(a, b), b.length, (i) => ({ deleted: a[i] }), (j) => ({ inserted: b[j] })).filter(Boolean);

  function match(a, b, movedTo) {
    const older = b.map(() => -1);
    const newer = a.map(() => -2); // other than the parent of what has none
    for (const named of [(anchor) => anchor, (anchor) => movedTo[anchor]]) {
      a.forEach((part, i) => {
        const j = b.findIndex(({ anchor }) => anchor === named(part.anchor));
        if (newer[i] < 0 && older[j] < 0) [older[j], newer[i]] = [i, j];
      });
    }
    const [moved, weight, before, stays] = [[], [], [], []];
    let end = -1;
    b.forEach((part, j) => {
      const parent = a[older[j]]?.parent;
      weight[j] = 0;
      moved[j] = older[j] >= 0 && j > 0 && (parent < 0 ? parent : newer[parent]) !== part.parent;
      if (older[j] < 0 || moved[j]) return;
      for (let k = 0; k < j; k++) {
        if (older[k] >= 0 && older[k] < older[j] && weight[k] > weight[j]) [weight[j], before[j]] = [weight[k], k];
      }
      weight[j] += 1 + part.blocks.length;
      if (end < 0 || weight[j] > weight[end]) end = j;
    });
    for (; end >= 0; end = before[end]) stays[end] = true;
    b.forEach((part, j) => {
      if (older[j] >= 0 && !stays[j] && (part.parent < 0 || stays[part.parent])) moved[j] = true;
    });
    return [older, newer, moved];
  }

  const elementOf = (place) => place.split(' ')[0];
  const numberOf = (place) => place.split(' ')[1];

  function draw(a, b) {
    const pairs = pairBlocks(a, b);
    const places = {}; // where those of the older text are in the newer one
    pairs.forEach((j, i) => {
      a[i].in.every((place, n, older) => {
        const newer = (b[j]?.in ?? []).slice(0, n + 1);
        const key = older.slice(0, n + 1).join();
        const isSame = elementOf(newer[n] ?? '') === elementOf(place);
        if (isSame) places[key] = places[key] ?? newer;
        return isSame;
      });
    });
    const placeOf = (older) => {
      const place = older[older.length - 1];
      return places[older.join()] ?? (place ? [...placeOf(older.slice(0, -1)), `${elementOf(place)} ${-numberOf(place)}`] : []);
    };
    return merge(pairs, b.length,
      (i) => entire('deleted', a[i], 'old', placeOf(a[i].in)),
      (j) => entire('inserted', b[j], 'new'),
      (i, j) => drawn(b[j], b[j].in, cells(a[i].cells, b[j].cells)));
  }

  const drawn = ({ head, row }, places, pieces, only) => ({ only, in: filled(places), head, [row ? 'cells' : 'text']: row ? pieces : pieces[0] });

  const entire = (op, from, only, places = from.in) => drawn(from, places, from.cells.map((line) => whole(op, line)), only);

  function cells(a, b) {
    if (a.length === b.length) return a.map((line, i) => compareLine(line, b[i]));
    const blocks = (lines) => lines.map((line) => ({ in: [], cells: [line] }));
    return draw(blocks(a), blocks(b)).map(({ text }) => text);
  }

  const keyOf = (b) => (b.row ? '\0' : '') + b.cells.map((line) => line.text).join('\0');

  // Visits what of both lists stands between two pairs.
  function gaps(pairs, length, visit) {
    let [a0, b0] = [0, 0];
    [...pairs, length].forEach((b1, a1) => {
      if (b1 < 0) return;
      visit(a0, a1, b0, b1);
      [a0, b0] = [a1 + 1, b1 + 1];
    });
  }

  // The words of a block, each as its number, sorted.
  const numbers = new Map();
  function bag(one) {
    const number = (word) => numbers.get(word) ?? numbers.set(word, numbers.size).size - 1;
    return one.bag ?? (one.bag = Int32Array.from(onlyWords(one.cells.flatMap((line) => line.words)), number).sort());
  }

  function pairBlocks(a, b) {
    const pairs = edits(a.map(keyOf), b.map(keyOf));
    const common = (x, y) => {
      if (x.row !== y.row) return 0;
      const [one, other] = [bag(x), bag(y)];
      let n = 0;
      for (let p = 0, q = 0; p < one.length && q < other.length;) {
        const by = one[p] - other[q];
        n += !by;
        p += by <= 0;
        q += by >= 0;
      }
      return 5 * n < one.length + other.length ? 0 : n;
    };
    gaps(pairs, b.length, (a0, a1, b0, b1) => {
      if ((a1 - a0) * (b1 - b0) > MOST_PAIRS) return;
      // The most words that pairs of blocks have in common from two blocks on, row by row.
      const best = new Int32Array((a1 - a0 + 1) * (b1 - b0 + 1));
      const at = (i, j) => (i - a0) * (b1 - b0 + 1) + j - b0;
      const paired = (i, j) => {
        const n = common(a[i], b[j]);
        return n && n + best[at(i + 1, j + 1)];
      };
      for (let i = a1; i-- > a0;) {
        for (let j = b1; j-- > b0;) best[at(i, j)] = Math.max(best[at(i + 1, j)], best[at(i, j + 1)], paired(i, j));
      }
      for (let i = a0, j = b0; i < a1 && j < b1;) {
        const most = best[at(i, j)];
        if (most && most === paired(i, j)) pairs[i++] = j++;
        else if (most === best[at(i + 1, j)]) i++;
        else j++;
      }
    });
    return pairs;
  }

  // For each of a the place in b of what is the same, or -1.
  function edits(a, b) {
    const pairs = a.map(() => -1);
    const zero = a.length + b.length;
    const ways = [0, 1].map(() => new Int32Array(2 * zero + 3));
    const between = (a0, a1, b0, b1) => {
      while (a0 < a1 && b0 < b1 && a[a0] === b[b0]) pairs[a0++] = b0++;
      while (a0 < a1 && b0 < b1 && a[a1 - 1] === b[b1 - 1]) pairs[--a1] = --b1;
      const [n, m] = [a1 - a0, b1 - b0];
      if (!n || !m) return;
      ways[0][zero + 1] = ways[1][zero + 1] = 0;
      for (let d = 0; 2 * d <= n + m + 1 && d <= MOST_STEPS; d++) {
        for (const isForth of [1, 0]) {
          const [reached, others] = isForth ? ways : [ways[1], ways[0]];
          for (let k = -d; k <= d; k += 2) {
            const at = zero + k;
            let x = reached[at + 1];
            if (k !== -d && (k === d || x <= reached[at - 1])) x = reached[at - 1] + 1;
            if (x > n || x - k > m) x = NOWHERE;
            while (x >= 0 && x < n && x - k < m && (isForth ? a[a0 + x] === b[b0 + x - k] : a[a1 - 1 - x] === b[b1 - 1 - x + k])) x++;
            reached[at] = x;
            if (((n - m) & 1) === isForth && Math.abs(n - m - k) <= d - isForth && x + others[zero + n - m - k] >= n) {
              const [a2, b2] = isForth ? [a0 + x, b0 + x - k] : [a1 - x, b1 - x + k];
              between(a0, a2, b0, b2);
              between(a2, a1, b2, b1);
              return;
            }
          }
        }
      }
    };
    between(0, a.length, 0, b.length);
    return pairs;
  }

  // What is made of each that is in one list alone, and of each pair, in the order of reading.
  function merge(pairs, length, onlyOlder, onlyNewer, both) {
    const all = [];
    let next = 0;
    const newer = (to) => { while (next < to) all.push(onlyNewer(next++)); };
    pairs.forEach((j, i) => {
      newer(j);
      all.push(j < 0 ? onlyOlder(i) : both?.(i, next));
      if (j >= 0) next++;
    });
    newer(length);
    return all;
  }

  function piece(op, words) {
    const n = op === 'equal' ? 0 : onlyWords(words).length;
    if (n) counted[op] = (counted[op] ?? 0) + n;
    return { [op]: words.join('') };
  }

  const whole = (op, line) => (line.text ? [piece(op, line.words)] : []);

  function compareLine(one, other) {
    if (one.text === other.text) return whole('equal', one);
    const [a, b] = [one.words, other.words];
    const hunks = [];
    gaps(edits(a, b), b.length, (...hunk) => { if (hunk[0] < hunk[1] || hunk[2] < hunk[3]) hunks.push(hunk); });
    hunks.forEach((_, at) => slide(hunks, at, a, b));
    const all = [];
    let from = 0;
    for (const [a0, a1, b0, b1] of [...join(hunks, a, b), [a.length, a.length, b.length]]) {
      const words = { equal: a.slice(from, a0), deleted: a.slice(a0, a1), inserted: b.slice(b0, b1) };
      for (const op in words) if (words[op][0]) all.push(piece(op, words[op]));
      from = a1;
    }
    return all;
  }

  // A hunk is words of a line, from a0 to a1, in the place of which there are others, from b0 to b1.
  function slide(hunks, at, a, b) {
    const [a0, a1, b0, b1] = hunks[at];
    if (a0 < a1 && b0 < b1) return;
    const [words, from, to] = a0 < a1 ? [a, a0, a1] : [b, b0, b1];
    const least = from - a0 + (hunks[at - 1]?.[1] ?? 0);
    const most = hunks[at + 1] ? to + hunks[at + 1][0] - a1 : words.length;
    let [back, forth, by, best] = [0, 0, 0, 0];
    while (from + back > least && words[from + back - 1] === words[to + back - 1]) back--;
    while (to + forth < most && words[from + forth] === words[to + forth]) forth++;
    for (let n = back; n <= forth; n++) {
      const before = words[from + n - 1] ?? '.';
      const rank = '.!?。！？؟'.includes(before) ? 2 : +signs.has(before);
      if (rank > best || (rank === best && n <= 0)) [by, best] = [n, rank];
    }
    hunks[at] = hunks[at].map((end) => end + by);
  }

  function join(hunks, a, b) {
    const out = [hunks[0]];
    const letters = (words) => [...onlyWords(words).join('')].length;
    const most = ([a0, a1, b0, b1]) => Math.max(letters(a.slice(a0, a1)), letters(b.slice(b0, b1)));
    for (const h of hunks.slice(1)) {
      const g = out[out.length - 1];
      const between = letters(a.slice(g[1], h[0]));
      if ((g[0] < g[1] || h[0] < h[1]) && (g[2] < g[3] || h[2] < h[3]) &&
        (!between || (between <= MOST_JOINED && 2 * between <= Math.min(most(g), most(h))))) [g[1], g[3]] = [h[1], h[3]];
      else out.push(h);
    }
    return out;
  }

  const each = (all, draw, separator = '') => all.map(draw).join(separator);
  const escaped = (text) => text.replace(/[&<>"']/g, (c) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt' }[c] ?? `#${c.charCodeAt()}`};`);

  let mark = (tag, text) => `<${tag}>${text}</${tag}>`;
  const lineHTML = (pieces = []) => each(pieces, (p) => {
    const [op] = Object.keys(p);
    const text = escaped(p[op]);
    return op === 'equal' ? text : mark(op.slice(0, 3), text); // <del>, <ins>
  });

  function blocksHTML(blocks = []) {
    let html = '';
    const open = [];
    const inside = () => elementOf(open[open.length - 1] ?? '');
    const close = (keep) => {
      for (; open.length > keep; open.pop()) html += `</${inside().replace('notes', 'ol')}>\n`;
    };
    for (const b of blocks) {
      const places = b.in ?? [];
      let keep = 0;
      while (keep < open.length && open[keep] === places[keep]) keep++;
      close(keep);
      for (const place of places.slice(keep)) {
        const element = elementOf(place);
        const value = element === 'li' && inside() !== 'ul' ? ` value="${Math.abs(numberOf(place))}"` : '';
        html += element === 'notes' ? '<ol class="redline-notes">\n' : `<${element}${value}>`;
        open.push(place);
      }
      const line = lineHTML(b.text);
      const tag = b.head ? 'th scope="col"' : 'td';
      if (b.cells) html += `<tr>${each(b.cells, (cell) => `<${tag}>${lineHTML(cell)}</${tag.slice(0, 2)}>`)}</tr>\n`;
      else html += { pre: `${line}\n`, dt: line }[inside()] ?? `<p>${line}</p>\n`;
    }
    close(0);
    return html;
  }

  // The second part draws as layouts/_partials/redline.html does. All words and elements stand in the template of the page, with {} for
  // what is put in.
  const $ = (selector, within = document) => within.querySelector(selector);
  const template = $('#_compare');
  const element = (name) => $(`[data-word="${name}"]`, template.content);
  const word = (name, ...values) => element(name)?.innerHTML.replace(/{}/g, () => values.shift()) ?? '';
  mark = word;
  const listed = (all, draw) => each(all, draw, template.dataset.separator);

  // A message with a number, in the plural form that the number takes.
  function count(name, n) {
    const form = (number) => new Intl.PluralRules(document.documentElement.lang).select(number);
    const { value, innerHTML } = [...element(name).children].find((one) => form(one.value) === form(n));
    return innerHTML.replace(value, n);
  }

  const named = ({ anchor, number, title }, text = title.text) => (anchor ? `<bdi dir="ltr">${number}</bdi> ${escaped(text)}` : word('start'));
  const linked = (part, text) => `<a href="#${part.anchor || '_start'}">${named(part, text)}</a>`;
  const placed = ({ jurisdictions }, name) => (jurisdictions ? word(name, listed(jurisdictions, (code) => word(`${name}-${code}`))) : '');

  // What the summary lists a section for.
  const KINDS = template.dataset.kinds.split(' ');
  function happened({ kind, moved, title, blocks, parts: [, b] }) {
    const differs = (html) => kind === 'changed' && /<ins|<del/.test(html);
    const other = { changed: differs(blocksHTML(blocks)), renamed: differs(lineHTML(title)), moved, untranslated: b?.missing, stale: b?.stale };
    return kind === 'away' ? [] : KINDS.filter((one) => other[one] ?? one === kind);
  }

  function sectionHTML(s, moved) {
    const { kind, blocks, links, parts: [a, b = a] } = s;
    if (kind === 'away') return word('away', linked(b, a.title.text));
    const { number, level = 2 } = b;
    const labels = happened(s);
    const id = b.anchor || '_start';
    const body = blocksHTML(blocks ?? b.blocks.map((own) => entire('equal', own)));
    return word('section', kind + (s.moved ? ' redline-moved' : ''), id,
      labels[0] ? word('label', listed(labels, (one) => word(one))) + placed(b, 'for') : '', level,
      number ? `${word('number', number)} ` : '', lineHTML(s.title),
      (labels[0] && a && a.number !== number ? word('oldnumber', a.number) : '') +
      (kind === 'removed' ? (moved ? word('into', linked(moved)) : '') + word(`now-${a.anchor}`) : '') + each(labels, (one) => word(`note-${one}`, `${asked()}#${id}`)) +
      (body && word('text', body.replace(/<table>[^]*?<\/table>/g, (table) => word('table', table)))) +
      (links ? word('links', each(links, (link) => word('link', lineHTML([link])))) : ''));
  }

  function resultHTML(older, newer) {
    const b = flat(newer);
    const movedTo = newer.moved ?? {};
    const all = compare(flat(older), b, movedTo);
    const total = (name) => all.reduce((n, s) => n + (s[name] ?? 0), 0);
    const partOf = ({ parts: [a, b = a] }) => b;
    const lists = each(KINDS, (kind) => {
      const own = all.filter((s) => happened(s).includes(kind)).map(partOf);
      return own[0] ? word('list', kind, word(kind), each(own, (part) => `${linked(part)} ${placed(part, 'places')}`, '</dd><dd>')) : '';
    });
    let text = '';
    let same = []; // sections in a row to which nothing happened
    for (const s of [...all, 0]) {
      if (s.kind === 'same' && !happened(s)[0]) {
        same.push(s);
        continue;
      }
      if (same[0]) text += word('folded', listed(same, (one) => named(partOf(one))), each(same, (one) => sectionHTML(one)));
      same = [];
      if (s) text += sectionHTML(s, b.find(({ anchor }) => anchor === movedTo[partOf(s).anchor]));
    }
    const totals = total('inserted') + total('deleted') ? `<p>${listed(['inserted', 'deleted'], (name) => count(name, total(name)))}</p>` : '';
    return word('result', lists ? `${totals}<dl>${lists}</dl>` : word('nothing'), (lists && word('key')) + text);
  }

  const ask = $('.compare-ask');
  const [from, to, button] = ask.querySelectorAll('select, button');
  const asked = () => `?from=${from.value}&to=${to.value}`;
  const page = (name) => $(`[data-version="${name}"] a`);
  let shown; // the part of the address that is shown

  // Shows what the address asks for; whichever way round it is asked, the older version is on the older side.
  async function show() {
    const search = (shown = location.search);
    const say = (html, drawing = '') => {
      $('.compare-result').innerHTML = drawing;
      $('.compare-status').innerHTML = html;
    };
    const wanted = new URLSearchParams(search);
    const at = (name) => [...to.options].findIndex(({ value }) => value === name); // the newest first
    const names = [from, to].map((side) => wanted.get(side.name) ?? side.value).sort((a, b) => at(b) - at(a));
    const unknown = names.find((name) => at(name) < 0);
    if (!wanted.has('from')) return say('');
    if (unknown != null) return say(word('unknown', escaped(unknown)));
    const [older, newer] = ([from.value, to.value] = names);
    if (older === newer) return say(word('identical'));
    say(word('loading'));
    try {
      // What is no JSON, or another one, cannot be read; that too is a failure.
      const notices = await Promise.all(names.map(async (name) => (await fetch(`${page(name).href}notice.json`)).json()));
      if (shown !== search) return;
      say(word('lead', word(`state-${newer}`) + word(`state-${older}`)).replace(/{(\w+)}/g, (_, side) => page({ older, newer }[side]).outerHTML), resultHTML(...notices));
      if (location.hash) location.replace(location.href); // to the section, which is there now
    } catch {
      if (shown === search) say(word('failed'));
    }
  }

  button.onclick = () => {
    if (asked() !== location.search) history.pushState(null, '', asked());
    show();
  };
  // Going to a section of the page is no other question.
  window.onpopstate = () => { if (location.search !== shown) show(); };
  ask.hidden = false;
  show();
})();
