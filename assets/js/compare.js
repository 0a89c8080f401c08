// Draws what differs between any two versions of a notice, on the page where these are chosen. The first part finds, in their
// notice.json, what package redline finds in the texts; that package says why. Words come cut, so that there is no rule for them here.
'use strict';

(() => {
  const MOST_EDITS = 4000;
  const MOST_PAIRS = 1 << 20;
  const MOST_JOINED = 4;
  const NOWHERE = -(1 << 30);

  const signs = new Set(); // words without a letter or a digit
  const isWord = (word) => !signs.has(word);
  const trimmed = (word) => word.replace(/^ /, '');
  let counted; // words of the section that is being compared, by what became of them

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

  function flat(notice) {
    const part = (own, section, title, lengths, parent) => ({
      section, anchor: section?.anchor ?? '', title: cut([title], lengths)[0], parent, digest: own.digest, links: own.links ?? [], missing: !!own.missing,
      blocks: (own.blocks ?? []).map((b) => ({ in: b.in ?? [], head: b.head, row: !!b.cells, cells: cut(b.cells ?? [b.text], b.words) })),
    });
    const start = part(notice.start, undefined, notice.title, notice.titleWords, -1);
    if (notice.description) start.blocks.unshift({ in: [], row: false, cells: cut([notice.description], notice.descriptionWords) });
    return [start, ...notice.sections.map((s) => part(s, s, s.title, s.titleWords, (s.parent ?? -1) + 1 || -1))];
  }

  function compare(older, newer) {
    const a = flat(older);
    const b = flat(newer);
    const m = match(a, b, newer.moved ?? {});
    const all = [];
    b.forEach((part, j) => {
      const i = m.older[j];
      const s = i < 0 ? alone('added', part) : changed(a[i], part);
      if (m.moved[j]) s.moved = true;
      all.push(s);
      for (const gone of m.goneAfter[j] ?? []) {
        const to = m.newer[gone];
        all.push(to < 0 ? alone('removed', a[gone]) : section('away', a[gone], b[to], same(a[gone].title)));
      }
    });
    return all;
  }

  // Lists without anything in them, and numbers that are 0, are absent.
  function section(kind, a, b, title, blocks = [], links = []) {
    const place = (part) => part?.section && (({ anchor, number, level }) => ({ anchor, number, level }))(part.section);
    const list = (all) => (all.length ? all : undefined);
    return {
      kind, moved: undefined, old: place(a), new: place(b), title: list(title), blocks: list(blocks),
      inserted: counted?.inserted || undefined, deleted: counted?.deleted || undefined, links: list(links),
    };
  }

  function comparing(make) {
    counted = { inserted: 0, deleted: 0 };
    const made = make();
    counted = undefined;
    return made;
  }

  const alone = (kind, part) => comparing(() => {
    const isNew = kind === 'added';
    const title = whole(isNew ? 'inserted' : 'deleted', part.title);
    const blocks = isNew ? draw([], part.blocks) : draw(part.blocks, []);
    return section(kind, isNew ? undefined : part, isNew ? part : undefined, title, blocks, isNew ? linkChanges([], part.links) : linkChanges(part.links, []));
  });

  function changed(a, b) {
    if (a.missing !== b.missing) return section(b.missing ? 'untranslated' : 'translated', a, b, same(b.title));
    if (a.title.text === b.title.text && isEqual(a.blocks, b.blocks, (x, y) => keyOf(x) === keyOf(y))) {
      return a.digest === b.digest ? section('same', a, b, same(b.title)) : section('marked', a, b, same(b.title), [], linkChanges(a.links, b.links));
    }
    return comparing(() => {
      const title = compareLine(a.title, b.title);
      return section('changed', a, b, title, draw(a.blocks, b.blocks), linkChanges(a.links, b.links));
    });
  }

  const isEqual = (a, b, same) => a.length === b.length && a.every((one, i) => same(one, b[i]));

  function linkChanges(a, b) {
    const all = [];
    walk(edits(a, b), (i, j) => {
      if (j < 0) all.push({ deleted: a[i] });
      else if (i < 0) all.push({ inserted: b[j] });
    });
    return all;
  }

  function match(a, b, movedTo) {
    const m = { older: b.map(() => -1), newer: a.map(() => -1), moved: b.map(() => false), goneAfter: {} };
    const at = new Map(b.map((part, j) => [part.anchor, j]));
    const pair = (i, j) => { [m.older[j], m.newer[i]] = [i, j]; };
    a.forEach((part, i) => { if (at.has(part.anchor)) pair(i, at.get(part.anchor)); });
    a.forEach((part, i) => {
      const j = at.get(movedTo[part.anchor]);
      if (movedTo[part.anchor] && j !== undefined && m.newer[i] < 0 && m.older[j] < 0) pair(i, j);
    });
    findMoved(m, a, b);
    let last = 0;
    a.forEach((_, i) => {
      const j = m.newer[i];
      if (j >= 0 && !m.moved[j]) last = Math.max(last, j);
      else (m.goneAfter[last] ??= []).push(i);
    });
    return m;
  }

  function findMoved(m, a, b) {
    m.older.forEach((i, j) => {
      if (i < 0 || j === 0) return;
      const before = a[i].parent;
      const now = b[j].parent;
      m.moved[j] = before < 0 !== now < 0 || (before >= 0 && m.newer[before] !== now);
    });
    const stays = heaviest(m, b);
    m.older.forEach((i, j) => {
      const along = b[j].parent >= 0 && !stays[b[j].parent];
      if (i >= 0 && !stays[j] && !along) m.moved[j] = true;
    });
  }

  function heaviest(m, b) {
    const best = b.map(() => ({ weight: 0, before: -1 }));
    let end = -1;
    m.older.forEach((i, j) => {
      if (i < 0 || m.moved[j]) return;
      for (let k = 0; k < j; k++) {
        if (m.older[k] >= 0 && m.older[k] < i && best[k].weight > best[j].weight) best[j] = { weight: best[k].weight, before: k };
      }
      best[j].weight += 1 + b[j].blocks.length;
      if (end < 0 || best[j].weight > best[end].weight) end = j;
    });
    const stays = b.map(() => false);
    for (let j = end; j >= 0; j = best[j].before) stays[j] = true;
    return stays;
  }

  function draw(a, b) {
    const pairs = pairBlocks(a, b);
    const places = new Map();
    const element = (place) => place.split(' ')[0];
    pairs.forEach((j, i) => {
      if (j < 0) return;
      for (let n = 1; n <= a[i].in.length && n <= b[j].in.length && element(a[i].in[n - 1]) === element(b[j].in[n - 1]); n++) {
        const key = a[i].in.slice(0, n).join('/');
        if (!places.has(key)) places.set(key, b[j].in.slice(0, n));
      }
    });
    const placeOf = (old) => {
      let n = old.length;
      while (n > 0 && !places.has(old.slice(0, n).join('/'))) n--;
      return [...(places.get(old.slice(0, n).join('/')) ?? []), ...old.slice(n).map((place) => `${element(place)} ${-place.split(' ')[1]}`)];
    };
    const all = [];
    let next = 0;
    const inserted = (to) => {
      for (; next < to; next++) all.push(block(b[next], b[next].in, b[next].cells.map((cell) => whole('inserted', cell)), 'new'));
    };
    pairs.forEach((j, i) => {
      if (j < 0) {
        all.push(block(a[i], placeOf(a[i].in), a[i].cells.map((cell) => whole('deleted', cell)), 'old'));
        return;
      }
      inserted(j);
      all.push(block(b[j], b[j].in, cells(a[i].cells, b[j].cells)));
      next = j + 1;
    });
    inserted(b.length);
    return all;
  }

  function block(from, places, pieces, only) {
    const own = from.row ? { cells: pieces } : { text: pieces[0] };
    return { only, in: places.length ? places : undefined, head: from.head, ...own };
  }

  const plain = (blocks) => blocks.map((b) => block(b, b.in, b.cells.map(same)));

  function cells(a, b) {
    if (a.length === b.length) return a.map((cell, i) => compareLine(cell, b[i]));
    const all = [];
    let next = 0;
    const asBlocks = (list) => list.map((cell) => ({ in: [], row: false, cells: [cell] }));
    pairBlocks(asBlocks(a), asBlocks(b)).forEach((j, i) => {
      if (j < 0) {
        all.push(whole('deleted', a[i]));
        return;
      }
      for (; next < j; next++) all.push(whole('inserted', b[next]));
      all.push(compareLine(a[i], b[j]));
      next = j + 1;
    });
    for (; next < b.length; next++) all.push(whole('inserted', b[next]));
    return all;
  }

  const keyOf = (b) => (b.row ? '\0' : '') + b.cells.map((cell) => cell.text).join('\0');

  function pairBlocks(a, b) {
    const pairs = a.map(() => -1);
    const between = pairing(a, b, pairs);
    let [a0, b0] = [0, 0];
    walk(edits(a.map(keyOf), b.map(keyOf)), (i, j) => {
      if (i < 0 || j < 0) return;
      pairs[i] = j;
      between(a0, i, b0, j);
      [a0, b0] = [i + 1, j + 1];
    });
    between(a0, a.length, b0, b.length);
    return pairs;
  }

  // The words of a block are a bag: each with how often it is there.
  function bagOf(block) {
    const bag = { size: 0, of: new Map() };
    for (const word of block.cells.flatMap((cell) => cell.words).filter(isWord).map(trimmed)) {
      bag.size++;
      bag.of.set(word, (bag.of.get(word) ?? 0) + 1);
    }
    return bag;
  }

  function pairing(a, b, pairs) {
    const bags = new Map();
    const bag = (one) => bags.get(one) ?? bags.set(one, bagOf(one)).get(one);
    const common = (x, y) => {
      if (x.row !== y.row) return 0;
      const [p, q] = [bag(x), bag(y)];
      let n = 0;
      for (const [word, times] of p.of) n += Math.min(times, q.of.get(word) ?? 0);
      return 5 * n < p.size + q.size ? 0 : n;
    };
    return (a0, a1, b0, b1) => {
      const [n, m] = [a1 - a0, b1 - b0];
      if (n * m === 0 || n * m > MOST_PAIRS) return;
      const shared = new Int32Array(n * m);
      const best = new Int32Array((n + 1) * (m + 1));
      const at = (i, j) => i * (m + 1) + j;
      for (let i = n - 1; i >= 0; i--) {
        for (let j = m - 1; j >= 0; j--) {
          const c = (shared[i * m + j] = common(a[a0 + i], b[b0 + j]));
          best[at(i, j)] = Math.max(best[at(i + 1, j)], best[at(i, j + 1)], c && c + best[at(i + 1, j + 1)]);
        }
      }
      for (let i = 0, j = 0; i < n && j < m;) {
        const c = shared[i * m + j];
        if (c > 0 && best[at(i, j)] === c + best[at(i + 1, j + 1)]) pairs[a0 + i++] = b0 + j++;
        else if (best[at(i, j)] === best[at(i + 1, j)]) i++;
        else j++;
      }
    };
  }

  function edits(a, b) {
    const marks = { deleted: a.map(() => false), inserted: b.map(() => false) };
    const zero = a.length + b.length;
    const forth = new Int32Array(2 * zero + 3);
    const back = new Int32Array(2 * zero + 3);
    const between = (a0, a1, b0, b1) => {
      while (a0 < a1 && b0 < b1 && a[a0] === b[b0]) [a0, b0] = [a0 + 1, b0 + 1];
      while (a0 < a1 && b0 < b1 && a[a1 - 1] === b[b1 - 1]) [a1, b1] = [a1 - 1, b1 - 1];
      const found = a0 < a1 && b0 < b1 && middle(a0, a1, b0, b1);
      if (!found) {
        marks.deleted.fill(true, a0, a1);
        marks.inserted.fill(true, b0, b1);
        return;
      }
      between(a0, found[0], b0, found[1]);
      between(found[0], a1, found[1], b1);
    };
    const middle = (a0, a1, b0, b1) => {
      const [n, m] = [a1 - a0, b1 - b0];
      const delta = n - m;
      const step = (reached, d, k) => {
        let x = reached[zero + k + 1];
        if (k !== -d && (k === d || x <= reached[zero + k - 1])) x = reached[zero + k - 1] + 1;
        return x > n || x - k > m ? NOWHERE : x;
      };
      forth[zero + 1] = back[zero + 1] = 0;
      for (let d = 0; d <= (n + m + 1) >> 1 && d <= MOST_EDITS / 2; d++) {
        for (let k = -d; k <= d; k += 2) {
          let x = step(forth, d, k);
          while (x >= 0 && x < n && x - k < m && a[a0 + x] === b[b0 + x - k]) x++;
          forth[zero + k] = x;
          const o = delta - k;
          if (delta % 2 && o > -d && o < d && x + back[zero + o] >= n) return [a0 + x, b0 + x - k];
        }
        for (let k = -d; k <= d; k += 2) {
          let x = step(back, d, k);
          while (x >= 0 && x < n && x - k < m && a[a1 - 1 - x] === b[b1 - 1 - x + k]) x++;
          back[zero + k] = x;
          const o = delta - k;
          if (!(delta % 2) && o >= -d && o <= d && x + forth[zero + o] >= n) return [a1 - x, b1 - x + k];
        }
      }
      return undefined;
    };
    between(0, a.length, 0, b.length);
    return marks;
  }

  function walk({ deleted, inserted }, visit) {
    for (let i = 0, j = 0; i < deleted.length || j < inserted.length;) {
      if (deleted[i]) visit(i++, -1);
      else if (inserted[j]) visit(-1, j++);
      else visit(i++, j++);
    }
  }

  function piece(op, words) {
    if (counted && op !== 'equal') counted[op] += words.filter(isWord).length;
    return { [op]: words.join('') };
  }

  const whole = (op, line) => (line.text ? [piece(op, line.words)] : []);
  const same = (line) => whole('equal', line);

  function compareLine(a, b) {
    if (a.text === b.text) return same(a);
    if (!a.text || !b.text) return [...whole('deleted', a), ...whole('inserted', b)];
    const hunks = hunksOf(edits(a.words, b.words));
    hunks.forEach((_, i) => slide(hunks, i, a.words, b.words));
    const all = [];
    let at = 0;
    const add = (op, words) => { if (words.length) all.push(piece(op, words)); };
    for (const h of join(hunks, a.words, b.words)) {
      add('equal', a.words.slice(at, h.a0));
      add('deleted', a.words.slice(h.a0, h.a1));
      add('inserted', b.words.slice(h.b0, h.b1));
      at = h.a1;
    }
    add('equal', a.words.slice(at));
    return all;
  }

  function hunksOf({ deleted, inserted }) {
    const hunks = [];
    for (let i = 0, j = 0; i < deleted.length || j < inserted.length;) {
      const [a0, b0] = [i, j];
      while (deleted[i]) i++;
      while (inserted[j]) j++;
      if (a0 < i || b0 < j) hunks.push({ a0, a1: i, b0, b1: j });
      while (i < deleted.length && j < inserted.length && !deleted[i] && !inserted[j]) [i, j] = [i + 1, j + 1];
    }
    return hunks;
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
      const rank = startsWell(words, from + n);
      if (rank > best || (rank === best && n <= 0)) [by, best] = [n, rank];
    }
    for (const end of ['a0', 'a1', 'b0', 'b1']) h[end] += by;
  }

  function startsWell(words, at) {
    if (at === 0 || '.!?。！？؟'.includes(words[at - 1])) return 2;
    return isWord(words[at - 1]) ? 0 : 1;
  }

  function join(hunks, a, b) {
    const out = [];
    for (const h of hunks) {
      const last = out[out.length - 1];
      if (last && joined(last, h, a, b)) [last.a1, last.b1] = [h.a1, h.b1];
      else out.push({ ...h });
    }
    return out;
  }

  function joined(g, h, a, b) {
    if ((g.a0 === g.a1 && h.a0 === h.a1) || (g.b0 === g.b1 && h.b0 === h.b1)) return false;
    const count = (words) => words.filter(isWord).reduce((n, word) => n + [...trimmed(word)].length, 0);
    const most = ({ a0, a1, b0, b1 }) => Math.max(count(a.slice(a0, a1)), count(b.slice(b0, b1)));
    const letters = count(a.slice(g.a1, h.a0));
    return letters === 0 || (letters <= MOST_JOINED && 2 * letters <= most(g) && 2 * letters <= most(h));
  }

  const escaped = (text) => text.replace(/[&<>"']/g, (c) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': '#34', "'": '#39' }[c]};`);

  const lineHTML = (pieces = []) => pieces.map((p) => Object.entries(p).map(([op, text]) => {
    const tag = { deleted: 'del', inserted: 'ins' }[op];
    return tag ? `<${tag}>${escaped(text)}</${tag}>` : escaped(text);
  })).flat().join('');

  function blocksHTML(blocks = []) {
    let html = '';
    const open = [];
    const inside = () => open[open.length - 1]?.split(' ')[0];
    const close = (keep) => {
      for (; open.length > keep; open.pop()) html += `</${inside() === 'notes' ? 'ol' : inside()}>\n`;
    };
    for (const b of blocks) {
      const places = b.in ?? [];
      let keep = 0;
      while (keep < open.length && open[keep] === places[keep]) keep++;
      close(keep);
      for (const place of places.slice(keep)) {
        const [element, number] = place.split(' ');
        if (element === 'notes') html += '<ol class="redline-notes">\n';
        else if (element === 'li' && inside() !== 'ul') html += `<li value="${Math.abs(number)}">`;
        else html += `<${element}>`;
        open.push(place);
      }
      if (b.cells) {
        const [start, end] = b.head ? ['<th scope="col">', '</th>'] : ['<td>', '</td>'];
        html += `<tr>${b.cells.map((cell) => start + lineHTML(cell) + end).join('')}</tr>\n`;
      } else if (inside() === 'pre') {
        html += `${lineHTML(b.text)}\n`;
      } else if (inside() === 'dt') {
        html += lineHTML(b.text);
      } else {
        html += `<p>${lineHTML(b.text)}</p>\n`;
      }
    }
    close(0);
    return html;
  }

  if (typeof module !== 'undefined') module.exports = { compare, blocksHTML, lineHTML };
})();
