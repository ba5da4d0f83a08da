// <press-article>: an article with its names and quotes shown. Importing this file defines the element, where there is a DOM.

import { createAnnotator } from './src/annotator.js';
import { applyEdits } from './src/edits.js';
import { InvalidOptionError } from './src/errors.js';
import { highlight } from './src/highlight.js';
import { asideIn } from './src/html.js';
import { LIST_STYLE } from './src/list.js';
import { mapBlocks, mapText } from './src/text-map.js';

const STYLE = `:host{display:block}
:host([hidden]){display:none}
.text>*{white-space:pre-line}
.text .promo,.text .repeated{opacity:.75}
.text .caption,.text .credit,.text .byline{font-size:.9em}
.status{font-style:italic}.status:empty{display:none}
:host([list=none]) .side{display:none}
${LIST_STYLE}`;

let sheet;
/** One worker serves all elements of a page that want the same wasm; it goes when it was idle for a while. */
const annotators = new Map();

function annotatorFor(wasm, worker) {
  const key = `${wasm ?? ''} ${worker ?? ''}`;
  if (!annotators.has(key)) {
    annotators.set(key, createAnnotator({ wasm: wasm ?? undefined, worker: worker === 'off' ? false : (worker ?? undefined), idleTimeout: 60_000 }));
  }
  return annotators.get(key);
}

// Where there is no DOM the import still works: servers render the tag, and the browser fills it.
const Base = globalThis.HTMLElement ?? class {};

export class PressArticle extends Base {
  static observedAttributes = ['types', 'quotes', 'min-confidence', 'mode', 'wasm', 'worker'];

  #text;
  #annotation = null;
  #shown = null;
  #edits = [];
  #highlighting = null;
  #running;
  #ready = deferred();
  #article;
  #side;
  #status;
  #slot;
  #queued = false;
  #given = false;
  /** The text that the annotation is of. */
  #read;

  /** Defines the element under a name of your own. */
  static define(name = 'press-article') {
    // A constructor stands for one name only.
    if (!customElements.get(name)) customElements.define(name, name === 'press-article' ? PressArticle : class extends PressArticle {});
  }

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: 'open' });
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
    }
    shadow.adoptedStyleSheets = [sheet];
    const make = (tag, name) => {
      const element = this.ownerDocument.createElement(tag);
      element.className = name;
      element.setAttribute('part', name);
      return element;
    };
    this.#article = make('div', 'text');
    this.#slot = this.ownerDocument.createElement('slot');
    this.#status = make('p', 'status');
    this.#status.setAttribute('role', 'status');
    this.#side = make('div', 'side');
    const before = this.ownerDocument.createElement('slot');
    before.name = 'before';
    const after = this.ownerDocument.createElement('slot');
    after.name = 'after';
    this.#article.append(this.#slot);
    shadow.append(before, this.#article, this.#status, this.#side, after);
    this.#slot.addEventListener('slotchange', () => this.#text === undefined && !this.#highlighting && this.#readPage().text !== this.#read && this.#schedule());
  }

  connectedCallback() {
    // A property that was set before the element was defined hides the accessor of the class.
    for (const name of ['text', 'annotation', 'edits']) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
    this.#schedule();
  }

  disconnectedCallback() {
    // An element that only moves is back before the next task.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#running?.abort();
      this.#clear();
    });
  }

  attributeChangedCallback(name, before, now) {
    if (before === now || !this.isConnected) return;
    if (this.#highlighting && (name === 'types' || name === 'quotes' || name === 'min-confidence')) this.#highlighting.show(this.#filter());
    else this.#schedule();
  }

  get text() {
    return this.#text ?? this.#highlighting?.text ?? null;
  }

  set text(value) {
    if (value !== null && value !== undefined && typeof value !== 'string') throw new InvalidOptionError('the text must be a string');
    this.#text = value ?? undefined;
    this.#annotation = null;
    this.#given = false;
    this.#schedule();
  }

  get annotation() {
    return this.#highlighting?.annotation ?? this.#shown;
  }

  set annotation(value) {
    this.#annotation = value ?? null;
    this.#given = Boolean(value);
    this.#schedule();
  }

  get edits() {
    return this.#edits;
  }

  set edits(value) {
    this.#edits = [...(value ?? [])];
    if (!this.#annotation || !this.#highlighting) return;
    this.#shown = applyEdits(this.#annotation, this.#edits);
    this.#highlighting.update(this.#shown);
    this.#tell('annotated', { annotation: this.#shown, text: this.text });
  }

  get ready() {
    return this.#ready.promise;
  }

  get highlighting() {
    return this.#highlighting;
  }

  get types() {
    return this.getAttribute('types')?.split(/[\s,]+/).filter(Boolean) ?? null;
  }

  set types(value) {
    if (value) this.setAttribute('types', [...value].join(' '));
    else this.removeAttribute('types');
  }

  get minConfidence() {
    return Number(this.getAttribute('min-confidence')) || 0;
  }

  set minConfidence(value) {
    this.setAttribute('min-confidence', String(value));
  }

  get quotes() {
    return this.getAttribute('quotes') !== 'off';
  }

  set quotes(value) {
    if (value) this.removeAttribute('quotes');
    else this.setAttribute('quotes', 'off');
  }

  /** Reads the article anew, as it is now. */
  analyze() {
    if (!this.#given) this.#annotation = null;
    this.#schedule();
    return this.ready;
  }

  #filter() {
    return { types: this.types ?? undefined, quotes: this.quotes, minConfidence: this.minConfidence };
  }

  /** Several properties and attributes set in a row are one change. */
  #schedule() {
    if (!this.isConnected || this.#queued) return;
    this.#queued = true;
    if (this.#ready.settled) this.#ready = deferred();
    queueMicrotask(() => {
      this.#queued = false;
      if (this.isConnected) this.#run();
    });
  }

  async #run() {
    this.#running?.abort();
    const running = (this.#running = new AbortController());
    const ready = this.#ready;
    try {
      this.#clear();
      const owned = this.#text !== undefined;
      const page = owned ? { text: this.#text } : this.#readPage();
      const known = this.#read;
      this.#read = page.text;
      if (owned) this.#write(this.#text, lines(this.#text));
      else if (!this.#slot.isConnected) this.#article.replaceChildren(this.#slot);
      if (!page.text.trim()) {
        // A parser may still be bringing the words.
        this.#status.textContent = '';
        return;
      }
      if (!this.#given && page.text !== known) this.#annotation = null;
      if (!this.#annotation) {
        this.#status.textContent = 'Reading the article …';
        const annotator = annotatorFor(this.getAttribute('wasm'), this.getAttribute('worker'));
        this.#annotation = await annotator.analyze(page.text, { signal: running.signal });
      }
      if (running.signal.aborted) return;
      this.#shown = applyEdits(this.#annotation, this.#edits);
      const target = owned ? this.#write(page.text, this.#shown.blocks) : page.map;
      this.#status.textContent = '';
      this.#highlighting = highlight(target, this.#shown, {
        ...this.#filter(),
        mode: this.getAttribute('mode') ?? 'auto',
        list: this.#side,
        root: owned ? this.#article : this,
      });
      for (const name of ['click', 'hover', 'select']) {
        this.#highlighting.addEventListener(name, (event) => this.#tell(name, event.detail, event));
      }
      // The finds that still stand are moved at once; what the new words hold is found after.
      this.#highlighting.addEventListener('change', () => this.#given || this.#schedule());
      await this.#highlighting.ready;
      if (running.signal.aborted) return;
      ready.resolve(this.#shown);
      this.#tell('annotated', { annotation: this.#shown, text: page.text });
    } catch (error) {
      if (running.signal.aborted) return;
      this.#status.textContent = `The names and quotes could not be found: ${error.message}`;
      ready.reject(error);
      this.#tell('error', { error });
    }
  }

  /** What is inside the tag, other than what is put into the named slots. */
  #readPage() {
    const isAside = asideIn([this]);
    const map = mapText(this, { skip: (element) => (element.parentNode === this && element.hasAttribute('slot')) || isAside(element) });
    return { text: map.text, map };
  }

  /** Shows text of our own, block by block, and returns its map. */
  #write(text, blocks) {
    const kinds = blocks.length ? blocks : lines(text);
    let hasHeadline = false;
    const elements = kinds.map(({ kind, start, end }) => {
      // Headings of ours start below the page's own.
      const element = this.ownerDocument.createElement(kind === 'headline' ? (hasHeadline ? 'h3' : 'h2') : 'p');
      hasHeadline ||= kind === 'headline';
      element.className = kind;
      element.setAttribute('part', `block ${kind}`);
      element.append(text.slice(start, end));
      return element;
    });
    this.#article.replaceChildren(...elements);
    return mapBlocks(text, kinds, elements);
  }

  #clear() {
    this.#highlighting?.clear();
    this.#highlighting = null;
  }

  #tell(name, detail, cause) {
    const event = new CustomEvent(`pressmark-${name}`, { detail, bubbles: true, composed: true, cancelable: Boolean(cause?.cancelable) });
    if (!this.dispatchEvent(event)) cause?.preventDefault();
  }
}

/** The lines of a text, as long as nothing is known of its blocks. */
function lines(text) {
  return [...text.matchAll(/[^\r\n]*\S[^\r\n]*/g)].map(({ index, 0: line }) => ({ kind: 'paragraph', start: index, end: index + line.length }));
}

function deferred() {
  const result = { settled: false };
  result.promise = new Promise((resolve, reject) => {
    result.resolve = (value) => ((result.settled = true), resolve(value));
    result.reject = (error) => ((result.settled = true), reject(error));
  });
  // Whoever does not wait is told by the event.
  result.promise.catch(() => {});
  return result;
}

if (globalThis.customElements && globalThis.HTMLElement) PressArticle.define();
