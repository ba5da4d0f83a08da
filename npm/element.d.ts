/**
 * Importing this module defines `<press-article>`, which shows the names and quotes of the article inside it:
 *
 * ```html
 * <script type="module" src="/node_modules/pressmark/element.js"></script>
 * <press-article><h1>…</h1><p>…</p></press-article>
 * ```
 *
 * Attributes: `types` ("PERSON PLACE"), `quotes` ("off"), `min-confidence` (0 to 1), `mode` ("css", "mark"), `list` ("none"),
 * `wasm` and `worker` (addresses; "off" for no worker). Slots: the article; `before`, `after`. Parts: `text`, `block`, `side`,
 * `list`, `heading`, `item`, `entity`, `quote`, `facts`, `status`. Events: see {@link PressArticleEventMap}.
 *
 * @module
 */

import type { Annotation, Edit, EntityType, FoundDetail, Highlighting } from './index.js';

/** The events of {@link PressArticle}; they bubble, out of shadow trees too. */
export interface PressArticleEventMap {
  /** The article is read and its finds are shown. */
  'pressmark-annotated': CustomEvent<{ readonly annotation: Annotation; readonly text: string }>;
  /** A click on something that is highlighted. */
  'pressmark-click': CustomEvent<FoundDetail>;
  /** The pointer has come to something else, or left. */
  'pressmark-hover': CustomEvent<FoundDetail>;
  /** Something was chosen in the list; `preventDefault()` keeps the page from scrolling there. */
  'pressmark-select': CustomEvent<FoundDetail>;
  /** The article could not be read. */
  'pressmark-error': CustomEvent<{ readonly error: Error }>;
}

/** `<press-article>`. */
export class PressArticle extends HTMLElement {
  /** Attributes that are followed. */
  static readonly observedAttributes: readonly string[];
  /** Defines the element under another name as well. */
  static define(name?: string): void;
  /** The article as plain text. Setting it shows it in place of what is inside the tag; null goes back to that. */
  get text(): string | null;
  set text(value: string | null | undefined);
  /** What was found, with the corrections in `edits`. Setting it shows an annotation that you have already. */
  get annotation(): Annotation | null;
  set annotation(value: Annotation | null | undefined);
  /** Corrections, applied to whatever is found. */
  get edits(): readonly Edit[];
  set edits(value: Iterable<Edit> | null | undefined);
  /** Kept when the finds are shown. */
  readonly ready: Promise<Annotation>;
  /** The highlights, once there are any. */
  readonly highlighting: Highlighting | null;
  /** The attribute `types`. */
  get types(): EntityType[] | null;
  set types(value: Iterable<EntityType> | null | undefined);
  /** The attribute `min-confidence`. */
  minConfidence: number;
  /** Whether quotes are shown: the attribute `quotes` is not "off". */
  quotes: boolean;
  /** Reads the article anew, as it is now. */
  analyze(): Promise<Annotation>;
  /** Called by the browser. */
  connectedCallback(): void;
  /** Called by the browser. */
  disconnectedCallback(): void;
  /** Called by the browser. */
  attributeChangedCallback(name: string, before: string | null, now: string | null): void;
  /** Listens. */
  addEventListener<K extends keyof PressArticleEventMap>(type: K, listener: (this: PressArticle, event: PressArticleEventMap[K]) => void, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  /** Listens no longer. */
  removeEventListener<K extends keyof PressArticleEventMap>(type: K, listener: (this: PressArticle, event: PressArticleEventMap[K]) => void, options?: boolean | EventListenerOptions): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'press-article': PressArticle;
  }
}
