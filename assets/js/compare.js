// Draws what differs between any two versions of a notice, on the page where these are chosen. The first part finds in their
// notice.json what package redline finds in the texts; that package says why. Words come cut, so that there is no rule for them here.
'use strict';

(() => {
  const MOST_EDITS = 4000;
  const MOST_PAIRS = 1 << 20;
  const MOST_JOINED = 4;
  const NOWHERE = -(1 << 30);

  const PARTS = Symbol(); // of a section: what it is in either text, for drawing alone
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

  const block = (b) => ({ in: [], ...b, isRow: !!b.cells, cells: cut(b.cells ?? [b.text], b.words) });

  // The sections of a notice, after the words before the first one.
  function flat(notice) {
    const part = (own, from, place) => ({
      links: [], ...own, place, from, parent: from.parent + 1 || -1, anchor: from.anchor ?? '', title: cut([from.title], from.titleWords)[0],
      blocks: (own.blocks ?? []).map(block),
    });
    const start = part(notice.start, notice);
    if (notice.description) start.blocks.unshift(block({ text: notice.description, words: notice.descriptionWords }));
    return [start, ...notice.sections.map((s) => part(s, s, { anchor: s.anchor, number: s.number, level: s.level }))];
  }

  function compare(a, b, movedTo) {
    const { older, newer, moved } = match(a, b, movedTo);
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
    const s = { kind, old: a?.place, new: b?.place, title: filled(title), blocks: filled(blocks), links: filled(links), ...counted, [PARTS]: [a, b] };
    counted = {};
    return s;
  }

  const alone = (kind, a, b) => section(kind, a, b, b ? whole('inserted', b.title) : whole('deleted', a.title), draw(a?.blocks ?? [], b?.blocks ?? []));

  function changed(a, b) {
    const kept = (kind, links) => section(kind, a, b, whole('equal', b.title), [], links);
    const key = (part) => [part.title.text, ...part.blocks.map(keyOf)].join('\n');
    if (!a.from.missing !== !b.from.missing) return kept(`${b.from.missing ? 'un' : ''}translated`);
    if (key(a) === key(b) && a.digest === b.digest) return kept('same');
    const links = linkChanges(a.links, b.links);
    return key(a) === key(b) ? kept('marked', links) : section('changed', a, b, compareLine(a.title, b.title), draw(a.blocks, b.blocks), links);
  }

  const linkChanges = (a, b) => merge(edits(a, b), b.length, (i) => ({ deleted: a[i] }), (j) => ({ inserted: b[j] })).filter(Boolean);

  function match(a, b, movedTo) {
    const older = b.map(() => -1);
    const newer = a.map(() => -2); // other than the parent of what has none
    const at = new Map(b.map((part, j) => [part.anchor, j]));
    for (const named of [(anchor) => anchor, (anchor) => movedTo[anchor]]) {
      a.forEach((part, i) => {
        const j = at.get(named(part.anchor));
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
    return { older, newer, moved };
  }

  const elementOf = (place) => place.split(' ')[0];
  const numberOf = (place) => place.split(' ')[1];

  function draw(a, b) {
    const pairs = pairBlocks(a, b);
    const places = new Map(); // where those of the older text are in the newer one
    pairs.forEach((j, i) => {
      a[i].in.every((place, n, older) => {
        const newer = (b[j]?.in ?? []).slice(0, n + 1);
        const key = older.slice(0, n + 1).join();
        const isSame = elementOf(newer[n] ?? '') === elementOf(place);
        if (isSame && !places.has(key)) places.set(key, newer);
        return isSame;
      });
    });
    const placeOf = (older) => {
      const place = older[older.length - 1];
      return places.get(older.join()) ?? (place ? [...placeOf(older.slice(0, -1)), `${elementOf(place)} ${-numberOf(place)}`] : []);
    };
    return merge(pairs, b.length,
      (i) => drawn(a[i], placeOf(a[i].in), wholes('deleted', a[i].cells), 'old'),
      (j) => drawn(b[j], b[j].in, wholes('inserted', b[j].cells), 'new'),
      (i, j) => drawn(b[j], b[j].in, cells(a[i].cells, b[j].cells)));
  }

  const drawn = ({ head, isRow }, places, pieces, only) => ({ only, in: filled(places), head, [isRow ? 'cells' : 'text']: isRow ? pieces : pieces[0] });

  function cells(a, b) {
    if (a.length === b.length) return a.map((line, i) => compareLine(line, b[i]));
    const blocks = (lines) => lines.map((line) => ({ in: [], cells: [line] }));
    return draw(blocks(a), blocks(b)).map(({ text }) => text);
  }

  const keyOf = (b) => (b.isRow ? '\0' : '') + b.cells.map((line) => line.text).join('\0');

  // Visits what of both lists stands between two pairs.
  function gaps(pairs, length, visit) {
    let [a0, b0] = [0, 0];
    [...pairs, length].forEach((b1, a1) => {
      if (b1 < 0) return;
      visit(a0, a1, b0, b1);
      [a0, b0] = [a1 + 1, b1 + 1];
    });
  }

  function pairBlocks(a, b) {
    const pairs = edits(a.map(keyOf), b.map(keyOf));
    const bags = new Map();
    const bag = (one) => bags.get(one) ?? bags.set(one, onlyWords(one.cells.flatMap((line) => line.words))).get(one);
    const common = (x, y) => {
      if (x.isRow !== y.isRow) return 0;
      const left = new Map();
      for (const word of bag(x)) left.set(word, (left.get(word) ?? 0) + 1);
      const n = bag(y).filter((word) => left.get(word) && left.set(word, left.get(word) - 1)).length;
      return 5 * n < bag(x).length + bag(y).length ? 0 : n;
    };
    // Of two blocks, how many words these have in common, and the most of all pairs from them on.
    const shared = a.map(() => []);
    const best = [...a, 0].map(() => []);
    gaps(pairs, b.length, (a0, a1, b0, b1) => {
      if ((a1 - a0) * (b1 - b0) > MOST_PAIRS) return;
      const from = (i, j) => best[i][j] ?? 0;
      for (let i = a1 - 1; i >= a0; i--) {
        for (let j = b1 - 1; j >= b0; j--) {
          const n = (shared[i][j] = common(a[i], b[j]));
          best[i][j] = Math.max(from(i + 1, j), from(i, j + 1), n && n + from(i + 1, j + 1));
        }
      }
      for (let i = a0, j = b0; i < a1 && j < b1;) {
        const n = shared[i][j];
        if (n && best[i][j] === n + from(i + 1, j + 1)) pairs[i++] = j++;
        else if (best[i][j] === from(i + 1, j)) i++;
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
      const middle = a0 < a1 && b0 < b1 && middleOf(a0, a1, b0, b1);
      if (!middle) return;
      between(a0, middle[0], b0, middle[1]);
      between(middle[0], a1, middle[1], b1);
    };
    const middleOf = (a0, a1, b0, b1) => {
      const [n, m] = [a1 - a0, b1 - b0];
      ways[0][zero + 1] = ways[1][zero + 1] = 0;
      for (let d = 0; 2 * d <= n + m + 1 && d <= MOST_EDITS / 2; d++) {
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
              return isForth ? [a0 + x, b0 + x - k] : [a1 - x, b1 - x + k];
            }
          }
        }
      }
      return undefined;
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
  const wholes = (op, lines) => lines.map((line) => whole(op, line));

  function compareLine(one, other) {
    if (one.text === other.text) return whole('equal', one);
    const [a, b] = [one.words, other.words];
    const hunks = [];
    gaps(edits(a, b), b.length, (a0, a1, b0, b1) => { if (a0 < a1 || b0 < b1) hunks.push({ a0, a1, b0, b1 }); });
    hunks.forEach((_, at) => slide(hunks, at, a, b));
    const all = [];
    let from = 0;
    for (const { a0, a1, b0, b1 } of [...join(hunks, a, b), { a0: a.length, b0: b.length }]) {
      const words = { equal: a.slice(from, a0), deleted: a.slice(a0, a1), inserted: b.slice(b0, b1) };
      for (const op in words) if (words[op][0]) all.push(piece(op, words[op]));
      from = a1;
    }
    return all;
  }

  function slide(hunks, at, a, b) {
    const h = hunks[at];
    if (h.b0 < h.b1 && h.a0 < h.a1) return;
    const [words, from, to] = h.b0 === h.b1 ? [a, h.a0, h.a1] : [b, h.b0, h.b1];
    const least = from - h.a0 + (hunks[at - 1]?.a1 ?? 0);
    const most = at + 1 < hunks.length ? to + hunks[at + 1].a0 - h.a1 : words.length;
    let [back, forth, by, best] = [0, 0, 0, 0];
    while (from + back > least && words[from + back - 1] === words[to + back - 1]) back--;
    while (to + forth < most && words[from + forth] === words[to + forth]) forth++;
    for (let n = back; n <= forth; n++) {
      const before = words[from + n - 1] ?? '.';
      const rank = '.!?。！？؟'.includes(before) ? 2 : +signs.has(before);
      if (rank > best || (rank === best && n <= 0)) [by, best] = [n, rank];
    }
    for (const end in h) h[end] += by;
  }

  function join(hunks, a, b) {
    const out = [];
    const letters = (words) => [...onlyWords(words).join('')].length;
    const most = (h) => Math.max(letters(a.slice(h.a0, h.a1)), letters(b.slice(h.b0, h.b1)));
    for (const h of hunks) {
      const g = out[out.length - 1];
      const between = g && letters(a.slice(g.a1, h.a0));
      if (g && (g.a0 < g.a1 || h.a0 < h.a1) && (g.b0 < g.b1 || h.b0 < h.b1) &&
        (!between || (between <= MOST_JOINED && 2 * between <= Math.min(most(g), most(h))))) [g.a1, g.b1] = [h.a1, h.b1];
      else out.push(h);
    }
    return out;
  }

  const escaped = (text) => text.replace(/[&<>"']/g, (c) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt' }[c] ?? `#${c.charCodeAt()}`};`);

  let mark = (tag, text) => `<${tag}>${text}</${tag}>`;
  const pieceHTML = (op, text) => (op === 'equal' ? text : mark(op.slice(0, 3), text)); // <del>, <ins>
  const lineHTML = (pieces = []) => pieces.map((p) => Object.keys(p).map((op) => pieceHTML(op, escaped(p[op])))).join('');

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
      const [start, end] = b.head ? ['th scope="col"', 'th'] : ['td', 'td'];
      if (b.cells) html += `<tr>${b.cells.map((cell) => `<${start}>${lineHTML(cell)}</${end}>`).join('')}</tr>\n`;
      else html += { pre: `${line}\n`, dt: line }[inside()] ?? `<p>${line}</p>\n`;
    }
    close(0);
    return html;
  }

  if (!globalThis.document) {
    module.exports = { flat, compare, blocksHTML, lineHTML };
    return;
  }

  // The second part draws as layouts/_partials/redline.html does. All words and elements stand in the template of the page, with {} for
  // what is put in.
  const $ = (selector) => document.querySelector(selector);
  const template = $('#_compare');
  if (!template) return; // there is but one version
  const element = (name) => template.content.querySelector(`[data-word="${name}"]`);
  const word = (name, ...values) => element(name)?.innerHTML.replace(/\{\}/g, () => values.shift()) ?? '';
  mark = word;
  const listed = (all) => all.join(template.dataset.separator);

  // A message with a number, in the plural form that the number takes.
  function count(name, n) {
    const form = (number) => new Intl.PluralRules(document.documentElement.lang).select(number);
    const { value, innerHTML } = [...element(name).children].find((one) => form(+one.value) === form(n));
    return innerHTML.replace(value, n);
  }

  const named = ({ anchor, from, title }, text = title.text) => (anchor ? `<bdi dir="ltr">${from.number}</bdi> ${escaped(text)}` : word('start'));
  const linked = (part, text) => `<a href="#${part.anchor || '_start'}">${named(part, text)}</a>`;
  const placed = ({ from }, name) => {
    const all = from.jurisdictions?.map((code) => word(name === 'for' ? 'strong' : 'plain', word(`place-${code}`)));
    return all ? word(name, listed(all)) : '';
  };

  // What the summary lists a section for.
  const KINDS = template.dataset.kinds.split(' ');
  function happened({ kind, moved, blocks, [PARTS]: [a, b] }) {
    const isChanged = kind === 'changed';
    const other = { changed: isChanged && /<(ins|del)/.test(blocksHTML(blocks)), renamed: isChanged && a.title.text !== b.title.text, moved };
    return KINDS.filter((one) => other[one] ?? one === kind);
  }

  function sectionHTML(s, moved) {
    const { kind, blocks, links, [PARTS]: [a, b = a] } = s;
    if (kind === 'away') return word('away', linked(b, a.title.text));
    const { number, level = 2 } = b.from;
    const labels = happened(s);
    const body = blocksHTML(blocks ?? b.blocks.map((own) => drawn(own, own.in, wholes('equal', own.cells))));
    return word('section', kind + (s.moved ? ' redline-moved' : ''), b.anchor || '_start',
      labels[0] ? word('label', listed(labels.map((one) => word(one)))) + placed(b, 'for') : '', level,
      number ? `${word('number', number)} ` : '', lineHTML(s.title),
      (labels[0] && a && a.from.number !== number ? word('oldnumber', a.from.number) : '') +
      (kind === 'removed' ? (moved ? word('into', linked(moved)) : '') + word(`now-${a.anchor}`) : '') + word(`note-${kind}`) +
      (body && word('text', body.replace(/<table>[^]*?<\/table>/g, (table) => word('table', table)))) + (links ? word('links', links.map((link) => lineHTML([link])).join('</bdi></li><li><bdi dir="ltr">')) : ''));
  }

  function resultHTML(older, newer) {
    const b = flat(newer);
    const movedTo = newer.moved ?? {};
    const all = compare(flat(older), b, movedTo);
    const sums = ['inserted', 'deleted'].map((name) => [name, all.reduce((n, s) => n + (s[name] ?? 0), 0)]);
    const partOf = (s) => s[PARTS][1] ?? s[PARTS][0];
    const lists = KINDS.map((kind) => {
      const own = all.filter((s) => happened(s).includes(kind)).map(partOf);
      return own[0] ? word('list', kind, word(kind), own.map((part) => `${linked(part)} ${placed(part, 'places')}`).join('</dd><dd>')) : '';
    }).join('');
    let text = '';
    let same = [];
    const fold = () => {
      if (same[0]) text += word('folded', count('same', same.length), listed(same.map((s) => named(partOf(s)))), same.map(sectionHTML).join(''));
      same = [];
    };
    for (const s of all) {
      if (s.kind === 'same' && !s.moved) same.push(s);
      else {
        fold();
        text += sectionHTML(s, b.find(({ anchor }) => anchor && anchor === movedTo[partOf(s).anchor]));
      }
    }
    fold();
    const numbers = sums.some(([, n]) => n) ? `<p>${listed(sums.map((sum) => count(...sum)))}</p>` : '';
    return word('result', lists ? `${numbers}<dl>${lists}</dl>` : word('nothing'), (lists && word('key')) + text);
  }

  const ask = $('.compare-ask');
  const [from, to] = ask.querySelectorAll('select');
  const page = (name) => $(`[data-version="${name}"] a`);
  let shown; // the part of the address that is shown

  // Shows what the address asks for; whichever way round it is asked, the older version is on the older side.
  async function show() {
    const search = (shown = location.search);
    const say = (html, drawing = '') => {
      $('.compare-result').innerHTML = drawing;
      $('.compare-status').innerHTML = html;
    };
    const asked = new URLSearchParams(search);
    const order = [...to.options].map(({ value }) => value); // the newest first
    const names = [from, to].map((side) => asked.get(side.name) ?? side.value).sort((a, b) => order.indexOf(b) - order.indexOf(a));
    const unknown = names.find((name) => !order.includes(name));
    if (!asked.has('from')) return say('');
    if (unknown !== undefined) return say(word('unknown', escaped(unknown)));
    const [older, newer] = ([from.value, to.value] = names);
    if (older === newer) return say(word('identical'));
    say(word('loading'));
    try {
      // What is no JSON, or another one, cannot be read; that too is a failure.
      const notices = await Promise.all(names.map(async (name) => (await fetch(`${page(name).href}notice.json`)).json()));
      if (shown !== search) return;
      say(word('lead').replace('{newer}', page(newer).outerHTML).replace('{older}', page(older).outerHTML), resultHTML(...notices));
      if (location.hash) location.replace(location.href); // to the section, which is there now
    } catch {
      if (shown === search) say(word('failed'));
    }
  }

  ask.querySelector('button').addEventListener('click', () => {
    const search = `?from=${from.value}&to=${to.value}`;
    if (search !== location.search) history.pushState(null, '', search);
    show();
  });
  // Going to a section of the page is no other question.
  addEventListener('popstate', () => { if (location.search !== shown) show(); });
  ask.hidden = false;
  show();
})();
