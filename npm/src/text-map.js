// The words of a piece of DOM as one string, and the way back from offsets to places in the DOM.

const BLOCKS = new Set(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE CENTER DD DETAILS DIALOG DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HGROUP HR LI MAIN MENU NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL'.split(
    ' ',
  ),
);
const NEVER_TEXT = new Set('SCRIPT STYLE NOSCRIPT TEMPLATE SVG MATH IFRAME OBJECT EMBED AUDIO VIDEO CANVAS SELECT DATALIST OPTION INPUT TEXTAREA METER PROGRESS HEAD TITLE META LINK'.split(' '));

const SPACE = /[ \t\n\f\r]/;

/** Reads the text under `roots` (an element, a Range or several elements). `skip` tells elements to leave out. */
export function mapText(roots, { skip } = {}) {
  const map = new TextMap();
  map.again = () => mapText(roots, { skip });
  const collector = new Collector(map);
  for (const root of Array.isArray(roots) ? roots : [roots]) {
    if (isRange(root)) collector.range(root, skip);
    else collector.element(root, skip);
    collector.breakBlock();
  }
  map.text = collector.finish();
  return map;
}

/**
 * The map of text that is shown block by block: `elements[i]` holds exactly `text.slice(blocks[i].start, blocks[i].end)`, in
 * whatever text nodes. Its offsets are those of `text`.
 */
export function mapBlocks(text, blocks, elements) {
  const map = new TextMap();
  map.text = text;
  map.again = () => mapBlocks(text, blocks, elements);
  blocks.forEach(({ start }, index) => {
    const walker = elements[index].ownerDocument.createTreeWalker(elements[index], 4);
    let textStart = start;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      map.runs.push({ node, nodeStart: 0, textStart, length: node.length });
      textStart += node.length;
    }
  });
  return map;
}

const isRange = (value) => typeof value.startContainer === 'object';

class TextMap {
  text = '';
  /** Runs in text order: characters textStart… are node's characters nodeStart…, `length` of them. */
  runs = [];
  /** Reads the same piece of DOM as it is now. */
  again;
  #byNode;

  /** The DOM range of a span of `text`; null when the DOM no longer has it. */
  toRange(span) {
    const place = this.#place(span);
    if (!place) return null;
    const range = place.startContainer.ownerDocument.createRange();
    range.setStart(place.startContainer, place.startOffset);
    range.setEnd(place.endContainer, place.endOffset);
    return range;
  }

  /** As {@link toRange}, for thousands of spans: it costs the page nothing when its DOM changes. */
  toStaticRange(span) {
    const place = this.#place(span);
    return place && new (place.startContainer.ownerDocument.defaultView ?? globalThis).StaticRange(place);
  }

  #place({ start, end }) {
    const first = this.runs[this.#runAt(start)];
    const last = this.runs[this.#runAt(Math.max(start, end - 1))];
    if (!first || !last || !first.node.isConnected || !last.node.isConnected) return null;
    const startOffset = first.nodeStart + Math.min(first.length, Math.max(0, start - first.textStart));
    const endOffset = last.nodeStart + Math.min(last.length, Math.max(0, end - last.textStart));
    if (startOffset > first.node.length || endOffset > last.node.length) return null;
    return { startContainer: first.node, startOffset, endContainer: last.node, endOffset };
  }

  /** The parts of text nodes that a span covers: `node.data.slice(from, to)`, one after the other. */
  segmentsOf({ start, end }) {
    const segments = [];
    for (let index = this.#runAt(start); index < this.runs.length && this.runs[index].textStart < end; index++) {
      const { node, nodeStart, textStart, length } = this.runs[index];
      const from = nodeStart + Math.max(0, start - textStart);
      const to = nodeStart + Math.min(length, end - textStart);
      if (from >= to) continue;
      const before = segments.at(-1);
      // Runs of one node are parted by white space alone, which belongs to the span.
      if (before?.node === node) before.to = to;
      else segments.push({ node, from, to });
    }
    return segments;
  }

  /** The offset in `text` of a place in the DOM; null when it lies outside. */
  toOffset(node, offset) {
    if (node.nodeType !== 3) {
      const text = node.childNodes[offset] ?? node;
      const inner = text.nodeType === 3 ? text : text.ownerDocument.createTreeWalker(text, 4).nextNode();
      return inner ? this.toOffset(inner, 0) : null;
    }
    if (!this.#byNode) {
      this.#byNode = new Map();
      for (const run of this.runs) {
        if (this.#byNode.has(run.node)) this.#byNode.get(run.node).push(run);
        else this.#byNode.set(run.node, [run]);
      }
    }
    const runs = this.#byNode.get(node);
    if (!runs) return null;
    let result = runs[0].textStart;
    for (const run of runs) {
      if (run.nodeStart > offset) break;
      result = run.textStart + Math.min(run.length, offset - run.nodeStart);
    }
    return result;
  }

  /** Whether every text node still says what it said. */
  isCurrent() {
    return this.runs.every(({ node, nodeStart, length, textStart }) => {
      if (!node.isConnected || nodeStart + length > node.length) return false;
      const now = node.data.slice(nodeStart, nodeStart + length);
      return now === this.text.slice(textStart, textStart + length) || now.replace(/[\t\n\f\r]/g, ' ') === this.text.slice(textStart, textStart + length);
    });
  }

  #runAt(offset) {
    let low = 0;
    let high = this.runs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.runs[middle].textStart <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

class Collector {
  #map;
  #text = [];
  #length = 0;
  /** What stands between the last word and the next: nothing, a space, a line break, a paragraph break. */
  #gap = '';

  constructor(map) {
    this.#map = map;
  }

  finish() {
    return this.#text.join('');
  }

  breakBlock() {
    this.#gap = '\n\n';
  }

  /** A walk without recursion: pages nest deeper than stacks. */
  element(root, skip) {
    if (root.nodeType === 9) root = root.body ?? root.documentElement;
    let node = root;
    while (node) {
      let descend = false;
      if (node.nodeType === 3) this.#take(node, 0, node.length);
      else if (node.nodeType === 1) {
        const name = node.localName.toUpperCase();
        if (name === 'BR') this.#gap = this.#gap === '\n\n' ? '\n\n' : this.#gap === '\n' ? '\n\n' : '\n';
        else if (!(NEVER_TEXT.has(name) || node.hidden || (node !== root && skip?.(node)))) {
          if (BLOCKS.has(name)) this.breakBlock();
          descend = true;
        }
      } else if (node.nodeType === 11) descend = true;
      if (descend && node.firstChild) {
        node = node.firstChild;
        continue;
      }
      while (node !== root && !node.nextSibling) {
        node = node.parentNode;
        if (node.nodeType === 1 && BLOCKS.has(node.localName.toUpperCase())) this.breakBlock();
      }
      if (node === root) return;
      if (node.nodeType === 1 && BLOCKS.has(node.localName.toUpperCase())) this.breakBlock();
      node = node.nextSibling;
    }
  }

  range(range, skip) {
    const walker = range.commonAncestorContainer.ownerDocument.createTreeWalker(range.commonAncestorContainer, 5);
    let node = range.commonAncestorContainer;
    while (node) {
      if (node.nodeType === 3) {
        if (range.intersectsNode(node)) {
          const from = node === range.startContainer ? range.startOffset : 0;
          const to = node === range.endContainer ? range.endOffset : node.length;
          this.#take(node, from, to);
        }
        node = walker.nextNode();
        continue;
      }
      const name = node.localName?.toUpperCase();
      if (BLOCKS.has(name)) this.breakBlock();
      if (name === 'BR') this.#gap = '\n';
      if (name && (NEVER_TEXT.has(name) || skip?.(node))) {
        while (node && !walker.nextSibling()) node = walker.parentNode();
        node = node && walker.currentNode;
      } else node = walker.nextNode();
    }
  }

  #take(node, from, to) {
    const { data } = node;
    const keepSpace = node.parentElement?.closest('pre');
    let at = from;
    while (at < to) {
      if (SPACE.test(data[at]) && !keepSpace) {
        if (this.#gap === '') this.#gap = ' ';
        at++;
        continue;
      }
      // A run goes on over single spaces, so that a paragraph is one run and not one a word.
      let end = at + 1;
      while (end < to && (keepSpace || !SPACE.test(data[end]) || (end + 1 < to && !SPACE.test(data[end + 1])))) end++;
      if (this.#length) {
        this.#text.push(this.#gap);
        this.#length += this.#gap.length;
      }
      this.#gap = '';
      const run = data.slice(at, end);
      this.#map.runs.push({ node, nodeStart: at, textStart: this.#length, length: end - at });
      this.#text.push(keepSpace ? run : run.replace(/[\t\n\f\r]/g, ' '));
      this.#length += end - at;
      at = end;
    }
  }
}
