// The finds as lists of buttons: what painted highlights are to the eye, these are to a screen reader and to the keyboard.

import { TYPE_LABELS } from './render.js';
import { quoteText } from './shares.js';

/** Items shown at once in each list; the rest comes on demand. */
const FIRST = 100;

/** On its own the list is seen only while it has the focus, as a skip link is. */
const HIDDEN = `:host{all:initial}
section{position:fixed;inset-block-start:0;inset-inline-end:0;z-index:2147483647;box-sizing:border-box;inline-size:min(24rem,100vw);max-block-size:100vh;overflow:auto;padding:1rem;background:Canvas;color:CanvasText;border:1px solid;font:1rem/1.5 system-ui,sans-serif}
section:not(:focus-within){position:absolute;inline-size:1px;block-size:1px;padding:0;border:0;overflow:hidden;clip-path:inset(50%);white-space:nowrap}`;

/** The list by itself: for the place that we make and for the custom element. */
export const LIST_STYLE = `h2,h3{font-size:1em;margin:.75em 0 .25em}ul{list-style:none;margin:0;padding:0}
button{font:inherit;color:inherit;background:none;border:0;padding:.15em .25em;text-align:start;cursor:pointer;inline-size:100%;min-block-size:24px}
button:hover,button:focus-visible{text-decoration:underline}button:focus-visible{outline:2px solid;outline-offset:1px}
.pm-facts{font-size:.9em;font-style:italic}button[aria-pressed=true]{font-weight:bold}`;

/** Fills a container of its own with the finds of a highlighting. */
export class ListTwin {
  element;
  #host;
  #owner;
  #document;
  #occurrence = new Map();

  /** `place`: an element that is filled; without one, a list of its own after `root`, seen while it has the focus. */
  constructor(owner, root, place) {
    this.#owner = owner;
    this.#document = root.ownerDocument;
    this.element = this.#document.createElement('section');
    this.element.setAttribute('aria-label', 'Names and quotes in this article');
    this.element.className = 'pm-list';
    this.element.setAttribute('part', 'list');
    this.element.addEventListener('keydown', (event) => this.#key(event));
    if (place) {
      // The caller's place has the caller's styles.
      this.#host = this.element;
      place.append(this.element);
      return;
    }
    this.#host = this.#document.createElement('div');
    const shadow = this.#host.attachShadow({ mode: 'open' });
    const sheet = new (this.#document.defaultView.CSSStyleSheet)();
    sheet.replaceSync(`${HIDDEN}\n${LIST_STYLE}`);
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(this.element);
    if (root.localName === 'body' || !root.parentElement) root.append(this.#host);
    else root.after(this.#host);
  }

  /** Arrows lead through the list, Escape lets go of what was chosen. */
  #key(event) {
    const buttons = [...this.element.querySelectorAll('button')];
    const at = buttons.indexOf(event.target);
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape') {
      this.#press(undefined);
      this.#owner.activate(null);
      return;
    }
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    buttons[Math.min(buttons.length - 1, Math.max(0, to))].focus();
  }

  #press(button) {
    for (const other of this.element.querySelectorAll('[aria-pressed=true]')) other.setAttribute('aria-pressed', 'false');
    button?.setAttribute('aria-pressed', 'true');
  }

  contains(node) {
    return this.#host === node || this.#host.contains(node);
  }

  remove() {
    this.#host.remove();
  }

  update(text, annotation, { types, quotes, minConfidence = 0 }) {
    const wanted = types && new Set(types);
    const focused = this.element.getRootNode().activeElement?.closest?.('.pm-list') === this.element ? this.element.getRootNode().activeElement.dataset.id : undefined;
    const children = [this.#make('h2', 'Names and quotes in this article')];
    const entities = annotation.entities.filter(({ type, mentions }) => (!wanted || wanted.has(type)) && mentions.some(({ confidence }) => confidence >= minConfidence));
    for (const [type, label] of Object.entries(TYPE_LABELS)) {
      const items = entities.filter((entity) => entity.type === type);
      if (items.length) children.push(...this.#group(label, items, (entity) => this.#entity(entity)));
    }
    const shown = quotes === false ? [] : annotation.quotes.filter(({ confidence }) => confidence >= minConfidence);
    if (shown.length) children.push(...this.#group('Quotes', shown, (quote) => this.#quote(text, quote)));
    if (children.length === 1) children.push(this.#make('p', 'Nothing was found.'));
    this.element.replaceChildren(...children);
    if (focused) this.element.querySelector(`[data-id="${focused}"]`)?.focus({ preventScroll: true });
  }

  #group(label, items, make) {
    const list = this.#make('ul');
    const add = (from) => {
      list.append(...items.slice(from, from + FIRST).map((item) => this.#make('li', make(item))));
      if (items.length <= from + FIRST) return;
      const more = this.#make('button', `${items.length - from - FIRST} more`);
      const row = this.#make('li', more);
      more.addEventListener('click', () => {
        row.remove();
        add(from + FIRST);
        list.children[from + FIRST]?.querySelector('button')?.focus();
      });
      list.append(row);
    };
    add(0);
    const heading = this.#make('h3', label);
    heading.setAttribute('part', 'heading');
    return [heading, list];
  }

  #entity(entity) {
    const { id, name, roles, mentions } = entity;
    const facts = [...roles.slice(0, 2), mentions.length > 1 ? `${mentions.length} mentions` : '1 mention'].join(', ');
    return this.#button(id, { kind: 'entity', entity }, [name, this.#facts(facts)]);
  }

  #quote(text, quote) {
    const words = quoteText(text, quote);
    const short = words.length > 160 ? `${words.slice(0, 160).replace(/\s+\S*$/, '')} …` : words;
    return this.#button(quote.id, { kind: 'quote', quote }, [quote.kind === 'indirect' ? short : `“${short}”`, this.#facts(quote.speaker?.text ?? 'Speaker not told')]);
  }

  #facts(words) {
    const facts = this.#make('span', ` ${words}`);
    facts.className = 'pm-facts';
    facts.setAttribute('part', 'facts');
    return facts;
  }

  /** Each press goes to the next mention and then round again. */
  #button(id, found, content) {
    const button = this.#make('button', ...content);
    button.dataset.id = id;
    button.setAttribute('part', found.kind === 'entity' ? `item entity ${found.entity.type.toLowerCase()}` : 'item quote');
    button.setAttribute('aria-pressed', 'false');
    button.addEventListener('click', (event) => {
      const index = this.#occurrence.get(id) ?? 0;
      this.#occurrence.set(id, index + 1);
      this.#press(button);
      const range = this.#owner.activate(id, index);
      const detail = { found: [found], range, originalEvent: event };
      // The caller may scroll in a way of its own.
      if (this.#owner.dispatchEvent(new CustomEvent('select', { detail, cancelable: true })) && range) reveal(range);
    });
    return button;
  }

  #make(tag, ...children) {
    const element = this.#document.createElement(tag);
    if (tag === 'button') element.type = 'button';
    element.append(...children);
    return element;
  }
}

function reveal(range) {
  const element = range.startContainer.parentElement;
  const window = element?.ownerDocument.defaultView;
  const { top, bottom } = range.getBoundingClientRect();
  if (!window || (top >= 0 && bottom <= window.innerHeight)) return;
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  element.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
}
