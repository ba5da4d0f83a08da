// Finds shown in a live page: painted by the CSS Custom Highlight API, which leaves the page's DOM alone, or with <mark>.

import { ListTwin } from './list.js';
import { carryOver } from './remap.js';
import { classOf, labelOf } from './render.js';
import { layersWithin } from './spans.js';
import { adopt } from './styles.js';
import { mapText } from './text-map.js';

/** What is painted, bottom to top; each has one highlight in the registry, shared by everything on the page. */
const TYPES = ['person', 'organization', 'place', 'group', 'event', 'work', 'product', 'date', 'money', 'percent', 'quantity'];
/** A page waits this long, in milliseconds, until its own changes are followed. */
const SETTLE = 100;
/** Slices of work on the page's thread, in milliseconds. */
const SLICE = 8;

export function highlight(target, annotation, options = {}) {
  return new Highlighting(target, annotation, options);
}

class Highlighting extends EventTarget {
  #options;
  #map;
  #root;
  #annotation;
  #filter;
  #painter;
  #observer;
  #list;
  #generation = 0;
  #timer;
  #cleared = new AbortController();
  #hovered = '';
  #active = null;
  #scheme;

  /** Kept when everything is painted; long articles are painted in slices. */
  ready;
  /** How many spans the page no longer holds, since it changed its text. */
  lost = 0;

  constructor(target, annotation, options) {
    super();
    this.#options = options;
    const isMap = typeof target?.toRange === 'function' && Array.isArray(target.runs);
    this.#map = isMap ? target : mapText(target, { skip: options.skip });
    this.#root = options.root ?? (isMap ? commonRoot(target) : rootOf(target));
    this.#annotation = annotation;
    const { types, quotes = true, minConfidence = 0 } = options;
    this.#filter = { types, quotes, minConfidence };
    const window = this.#root.ownerDocument.defaultView;
    this.#scheme = window?.matchMedia?.('(forced-colors: active)');
    this.#scheme?.addEventListener('change', this.#repaint, { signal: this.#cleared.signal });
    this.#listen();
    if (options.list !== false) {
      this.#list = new ListTwin(this, this.#root, options.list);
      this.#list.update(this.#map.text, annotation, this.#filter);
    }
    this.#paint();
  }

  get mode() {
    return this.#painter?.mode ?? this.#choose();
  }

  get annotation() {
    return this.#annotation;
  }

  get text() {
    return this.#map.text;
  }

  get map() {
    return this.#map;
  }

  /** The list's element; null where the caller wanted none. */
  get list() {
    return this.#list?.element ?? null;
  }

  /** Whether the page has changed its text since it was analysed. */
  get stale() {
    return this.lost > 0;
  }

  show(filter) {
    this.#filter = { ...this.#filter, ...filter };
    this.#list?.update(this.#map.text, this.#annotation, this.#filter);
    this.#paint();
  }

  update(annotation, map) {
    this.#annotation = annotation;
    if (map) this.#map = map;
    this.lost = 0;
    this.#active = null;
    this.#list?.update(this.#map.text, annotation, this.#filter);
    this.#paint();
  }

  rangesOf(id) {
    return this.#spansOf(id).map((span) => this.#map.toRange(span)).filter(Boolean);
  }

  activate(id, index = 0) {
    const spans = id === null ? [] : this.#spansOf(id);
    const span = spans[((index % spans.length) + spans.length) % spans.length];
    const range = span ? this.#map.toRange(span) : null;
    this.#active = range ? span : null;
    this.#painter?.active(this.#active);
    return range;
  }

  at(x, y) {
    return this.#found(this.#layersAt(x, y));
  }

  clear() {
    if (this.#cleared.signal.aborted) return;
    this.#cleared.abort();
    clearTimeout(this.#timer);
    this.#generation++;
    this.#observer?.disconnect();
    this.#painter?.clear();
    this.#list?.remove();
  }

  [Symbol.dispose ?? Symbol('dispose')]() {
    this.clear();
  }

  #spansOf(id) {
    const entity = this.#annotation.entities.find((one) => one.id === id);
    if (entity) return entity.mentions;
    return this.#annotation.quotes.find((one) => one.id === id)?.pieces ?? [];
  }

  #choose() {
    const { mode = 'auto' } = this.#options;
    if (mode !== 'auto') return mode === 'css' && !hasHighlights(this.#root) ? 'mark' : mode;
    // Forced colours paint no highlights; <mark> keeps the system's own colours.
    return hasHighlights(this.#root) && !this.#scheme?.matches ? 'css' : 'mark';
  }

  #repaint = () => {
    this.#painter?.clear();
    this.#painter = undefined;
    // Marks have split text nodes: the places are read anew.
    this.#remap();
    this.#paint();
  };

  #paint() {
    const generation = ++this.#generation;
    this.#observer?.disconnect();
    const mode = this.#choose();
    if (this.#painter?.mode !== mode) {
      this.#painter?.clear();
      this.#painter = mode === 'css' ? new HighlightPainter(this.#root, this.#options) : new MarkPainter(this.#root, this.#options);
    }
    this.#painter.reset();
    if (mode === 'mark') this.#remap();
    this.ready = this.#paintSlices(generation).catch((error) => {
      // Whoever waits is told; whoever does not is not troubled by an unhandled rejection.
      this.dispatchEvent(new CustomEvent('error', { detail: error }));
    });
  }

  async #paintSlices(generation) {
    const layers = layersWithin(this.#annotation, 0, Number.MAX_SAFE_INTEGER).filter(this.#isShown());
    const painter = this.#painter;
    let until = performance.now() + SLICE;
    let count = 0;
    for (const _ of painter.steps(layers, this.#map)) {
      if ((++count & 31) || performance.now() < until) continue;
      await breathe();
      if (generation !== this.#generation) return;
      until = performance.now() + SLICE;
    }
    // Marks have taken the text nodes' place: spans are found in the new ones.
    if (painter.mode === 'mark') this.#remap();
    if (this.#active) painter.active(this.#active);
    this.#observe();
    this.dispatchEvent(new CustomEvent('painted', { detail: { spans: layers.length } }));
  }

  /** Whether a layer is painted under the present filter. */
  #isShown() {
    const { types, quotes, minConfidence } = this.#filter;
    const wanted = types && new Set(types);
    return ({ kind, entity, mention, quote, start, end }) => {
      if (end <= start) return false;
      if (kind === 'mention') return (!wanted || wanted.has(entity.type)) && entity.mentions[mention].confidence >= minConfidence;
      return kind === 'quote' && quotes && quote.confidence >= minConfidence;
    };
  }

  #observe() {
    if (this.#options.observe === false || this.#cleared.signal.aborted) return;
    const { MutationObserver } = this.#root.ownerDocument.defaultView ?? globalThis;
    this.#observer ??= new MutationObserver((records) => {
      if (records.every(({ target }) => this.#list?.contains(target))) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#follow(), SETTLE);
    });
    this.#observer.observe(this.#root, { childList: true, characterData: true, subtree: true });
  }

  /** The page has changed: the same finds at their new places. */
  #follow() {
    if (this.#cleared.signal.aborted) return;
    const before = this.#map.text;
    this.#painter?.reset();
    this.#remap();
    const after = this.#map.text;
    if (before !== after) {
      const carried = carryOver(this.#annotation, before, after);
      this.#annotation = carried.annotation;
      this.lost += carried.lost;
      this.#list?.update(after, this.#annotation, this.#filter);
      this.dispatchEvent(new CustomEvent('change', { detail: { text: after, lost: carried.lost } }));
    }
    this.#paint();
  }

  #remap() {
    this.#map = this.#map.again();
  }

  #listen() {
    const { signal } = this.#cleared;
    let frame;
    this.#root.addEventListener('click', (event) => this.#tell('click', event, this.#layersAt(event.clientX, event.clientY)), { signal });
    this.#root.addEventListener(
      'pointermove',
      (event) => {
        // Once a frame is enough for the eye.
        frame ??= requestAnimationFrame(() => {
          frame = undefined;
          if (!signal.aborted) this.#hover(event);
        });
      },
      { signal, passive: true },
    );
    this.#root.addEventListener('pointerleave', (event) => this.#hover(event, []), { signal, passive: true });
  }

  #hover(event, layers = this.#layersAt(event.clientX, event.clientY)) {
    const key = layers.map(({ kind, start }) => `${kind}${start}`).join();
    if (key === this.#hovered) return;
    this.#hovered = key;
    this.#tell('hover', event, layers, true);
  }

  #tell(type, event, layers, always = false) {
    if (!layers.length && !always) return;
    const found = this.#found(layers);
    const inner = layers.at(-1);
    const detail = { found, range: inner ? this.#map.toRange(inner) : null, originalEvent: event };
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** Entities and quotes, innermost first. */
  #found(layers) {
    return layers.map(({ kind, entity, quote, mention }) => (kind === 'mention' ? { kind: 'entity', entity, mention: entity.mentions[mention] } : { kind: 'quote', quote })).reverse();
  }

  #layersAt(x, y) {
    const place = caretAt(this.#root, x, y);
    if (!place) return [];
    const offset = this.#map.toOffset(place.node, place.offset);
    if (offset === null) return [];
    const isShown = this.#isShown();
    // A caret stands between two letters; either may be the one under the pointer.
    return layersWithin(this.#annotation, Math.max(0, offset - 1), offset + 1).filter((layer) => {
      if (!isShown(layer)) return false;
      const range = this.#map.toRange(layer);
      return range && [...range.getClientRects()].some(({ left, right, top, bottom }) => left <= x && x <= right && top <= y && y <= bottom);
    });
  }
}

/** Paints with the registry of highlights, which belongs to the whole page: only our own ranges are ever touched. */
class HighlightPainter {
  mode = 'css';
  #registry;
  #window;
  #own = new Map();
  #names;
  #style;

  constructor(root, { prefix = 'pm', styles }) {
    this.#window = root.ownerDocument.defaultView;
    this.#registry = this.#window.CSS.highlights;
    this.#names = (name) => `${prefix}-${name}`;
    this.#style = adopt(root, prefix, styles);
  }

  *steps(layers, map) {
    for (const layer of layers) {
      const range = map.toStaticRange(layer);
      if (range) this.#put(layer.kind === 'mention' ? layer.entity.type.toLowerCase() : layer.quote.kind === 'indirect' ? 'reported' : 'quote', range, layer);
      yield;
    }
  }

  #put(name, range, layer) {
    const full = this.#names(name);
    let own = this.#own.get(full);
    if (!own) this.#own.set(full, (own = new Map()));
    own.set(layer, range);
    let shared = this.#registry.get(full);
    if (!shared) {
      shared = new this.#window.Highlight();
      // Names above quotes, what is active above all.
      shared.priority = name === 'active' ? 2 : TYPES.includes(name) ? 1 : 0;
      this.#registry.set(full, shared);
    }
    shared.add(range);
  }

  active(span) {
    this.#drop(this.#names('active'));
    if (!span) return;
    for (const own of this.#own.values()) {
      for (const [layer, range] of own) if (layer.start === span.start && layer.end === span.end) return this.#put('active', range, { span });
    }
  }

  #drop(full) {
    const shared = this.#registry.get(full);
    for (const range of this.#own.get(full)?.values() ?? []) shared?.delete(range);
    if (shared && shared.size === 0) this.#registry.delete(full);
    this.#own.delete(full);
  }

  reset() {
    for (const name of [...this.#own.keys()]) this.#drop(name);
  }

  clear() {
    this.reset();
    this.#style.release();
  }
}

/** Paints with elements. What it replaces it puts back, the very same nodes. */
class MarkPainter {
  mode = 'mark';
  #document;
  #done = [];
  #style;
  #prefix;

  constructor(root, { prefix = 'pm', styles }) {
    this.#document = root.ownerDocument;
    this.#prefix = prefix;
    this.#style = adopt(root, prefix, styles);
  }

  /** A text node is taken apart once, when all its spans are known. */
  *steps(layers, map) {
    /** Text node → the spans in it. */
    const spansIn = new Map();
    for (const layer of layers) {
      for (const { node, from, to } of map.segmentsOf(layer)) {
        let spans = spansIn.get(node);
        if (!spans) spansIn.set(node, (spans = []));
        spans.push({ layer, from, to });
      }
      yield;
    }
    for (const [node, spans] of spansIn) {
      this.#replace(node, spans);
      yield;
    }
  }

  #replace(node, spans) {
    if (!node.parentNode) return;
    const cuts = [...new Set(spans.flatMap(({ from, to }) => [from, to]).concat(0, node.length))].sort((a, b) => a - b);
    const pieces = [];
    for (let index = 0; index + 1 < cuts.length; index++) {
      const [from, to] = [cuts[index], cuts[index + 1]];
      let piece = this.#document.createTextNode(node.data.slice(from, to));
      // Inner spans first: the shortest lies closest to the words.
      const here = spans.filter((span) => span.from <= from && to <= span.to).sort((a, b) => a.layer.end - a.layer.start - (b.layer.end - b.layer.start));
      for (const { layer, from: start } of here) piece = this.#wrap(piece, layer, from === start);
      pieces.push(piece);
    }
    node.replaceWith(...pieces);
    this.#done.push({ node, pieces });
  }

  #wrap(piece, layer, isStart) {
    const element = this.#document.createElement(layer.kind === 'mention' ? 'mark' : 'span');
    element.className = classOf(layer, isStart).replaceAll('pm-', `${this.#prefix}-`);
    element.dataset[layer.kind === 'mention' ? 'entity' : 'quote'] = (layer.entity ?? layer.quote).id;
    element.dataset.start = String(layer.start);
    if (layer.kind === 'mention') element.title = labelOf(layer);
    element.append(piece);
    return element;
  }

  active(span) {
    const name = `${this.#prefix}-active`;
    for (const { pieces } of this.#done) {
      for (const piece of pieces) {
        if (piece.nodeType !== 1) continue;
        for (const element of [piece, ...piece.querySelectorAll('[data-start]')]) element.classList.toggle(name, span !== null && element.dataset.start === String(span.start));
      }
    }
  }

  reset() {
    for (const { node, pieces } of this.#done.reverse()) {
      const [first, ...rest] = pieces.filter((piece) => piece.parentNode);
      if (!first) continue;
      // Where the page has changed the words, they stay as they are.
      if (rest.length + 1 === pieces.length && pieces.map((piece) => piece.textContent).join('') === node.data) {
        first.replaceWith(node);
        for (const piece of rest) piece.remove();
      } else {
        for (const piece of [first, ...rest]) piece.nodeType === 1 && piece.replaceWith(piece.textContent);
      }
    }
    this.#done = [];
  }

  clear() {
    this.reset();
    this.#style.release();
  }
}

function hasHighlights(root) {
  const window = root.ownerDocument.defaultView;
  return typeof window?.Highlight === 'function' && Boolean(window.CSS?.highlights);
}

const rootOf = (target) => {
  const node = target.nodeType ? target : target.commonAncestorContainer;
  if (node.nodeType === 9) return node.body ?? node.documentElement;
  return node.nodeType === 1 ? node : (node.parentElement ?? node.host);
};

function commonRoot(map) {
  const [first] = map.runs;
  const last = map.runs.at(-1);
  if (!first) throw new TypeError('the text map is empty');
  const range = first.node.ownerDocument.createRange();
  range.setStart(first.node, 0);
  range.setEnd(last.node, last.node.length);
  return rootOf(range);
}

function caretAt(root, x, y) {
  const document = root.ownerDocument;
  const scope = root.getRootNode();
  if (document.caretPositionFromPoint) {
    const position = document.caretPositionFromPoint(x, y, scope !== document && scope.host ? { shadowRoots: [scope] } : undefined);
    return position && { node: position.offsetNode, offset: position.offset };
  }
  const range = document.caretRangeFromPoint?.(x, y);
  return range && { node: range.startContainer, offset: range.startOffset };
}

const breathe = () => (globalThis.scheduler?.yield ? globalThis.scheduler.yield() : new Promise((resolve) => setTimeout(resolve)));
