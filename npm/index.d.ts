/// <reference lib="esnext.disposable" />

/**
 * Pressmark reads an English news article on the reader's own machine and finds who is who, and who said what.
 *
 * All offsets are UTF-16 code units into the exact string you passed, end-exclusive: `text.slice(start, end)`.
 *
 * ```js
 * import { analyze, init } from 'pressmark';
 * await init();
 * const { entities, quotes } = analyze('“We will rebuild,” said Ana Ruiz, the mayor of Porto.');
 * ```
 *
 * @module
 */

import type { Annotation, Entity, EntityType, Mention, Options, Quote, Span } from './dist/pressmark.js';

export type {
  Annotation,
  Block,
  BlockKind,
  Cue,
  Entity,
  EntityType,
  KnownEntity,
  Medium,
  Mention,
  MentionKind,
  Options,
  Quote,
  QuoteFlag,
  QuoteKind,
  Span,
  Speaker,
} from './dist/pressmark.js';

// ---- loading

/** Where the wasm comes from: its address, a response, its bytes, or a module that is compiled already. */
export type WasmSource =
  | URL
  | string
  | Request
  | Response
  | ArrayBuffer
  | ArrayBufferView<ArrayBuffer>
  | WebAssembly.Module
  | PromiseLike<Response | ArrayBuffer | ArrayBufferView<ArrayBuffer> | WebAssembly.Module>;

/** How to load the wasm. */
export interface LoadOptions {
  /** Where it comes from; by default the file beside the package's scripts. */
  wasm?: WasmSource;
  /** Subresource integrity of the file, as in `<script integrity>`: `sha384-…`. Only for addresses. */
  integrity?: string;
  /** Ends the download. */
  signal?: AbortSignal;
}

/**
 * Loads the wasm for {@link analyze} on this thread. Calls after the first cost nothing, and a failed one may be repeated.
 * Not needed in Node, Bun and Deno, nor for {@link createAnnotator}.
 *
 * @throws {LoadError} when the file cannot be fetched or the page's policy forbids WebAssembly.
 */
export function init(source?: WasmSource | LoadOptions): Promise<void>;

/**
 * As {@link init}, for those who have the bytes or the module at hand, such as edge runtimes. Browsers refuse large modules
 * here on the main thread.
 *
 * @throws {LoadError} when it is no such module.
 */
export function initSync(source: BufferSource | WebAssembly.Module): void;

/** Whether {@link analyze} can be called. */
export function isReady(): boolean;

// ---- analysing

/**
 * Finds the blocks, sentences, entities and quotes of an article, on this thread: about a millisecond for a page of text.
 *
 * @throws {NotInitializedError} before {@link init}, where that is needed.
 * @throws {TextTooLongError} when the text is longer than `maxLength`.
 * @throws {InvalidOptionError} when an option is unknown or wrong.
 * @throws {InternalError} on a bug of ours; the next text is read as if nothing had been.
 */
export function analyze(text: string, options?: Options | null): Annotation;

/** How a page is read. */
export interface HTMLOptions {
  /** Chooses what is the article, such as a readability library; by default stated rules do. */
  extract?: (root: Document | Element) => Element | readonly Element[];
  /** Address of the page; by default what it says of itself. */
  url?: string;
}

/** An article read from a page. */
export interface HTMLText {
  /** The words, one paragraph a line pair; navigation, scripts and advertisements left out. */
  readonly text: string;
  /** The title of the article. */
  readonly title: string;
  /** Its address, where the page says one. */
  readonly url: string | undefined;
  /** From offsets in `text` to places in the page. */
  readonly map: TextMap;
}

/** An article read from a page, with what was found in it. */
export interface HTMLAnnotation extends HTMLText {
  /** What was found; offsets into `text`. */
  readonly annotation: Annotation;
}

/**
 * Reads the article of a page, without analysing it. Markup is parsed inert: nothing in it runs or loads. Needs a DOM.
 *
 * @throws {InvalidOptionError} when `input` is neither markup nor a node.
 */
export function readHTML(input: string | Document | Element, options?: HTMLOptions): HTMLText;

/** {@link readHTML} and {@link analyze}: `result.map.toRange(mention)` is the mention's place in the page. */
export function analyzeHTML(input: string | Document | Element, options?: Options & HTMLOptions): HTMLAnnotation;

// ---- off the main thread

/** How far an analysis is. */
export interface Progress {
  /**
   * What begins: `load`: the wasm is fetched; `read`: blocks, words and sentences; `names`; `identity`: which names are one;
   * `quotes`, with their speakers; `done`: the result is there. `load` and `quotes` are left out where there is nothing to do.
   */
  readonly phase: 'load' | 'read' | 'names' | 'identity' | 'quotes' | 'done';
  /** How many phases lie behind. */
  readonly done: number;
  /** How many there are. */
  readonly total: number;
  /** How much of the work lies behind, 0 to 1, about as time goes: what a bar shows. Long texts are told of inside their phases too. */
  readonly share: number;
}

/** Options of one analysis off the main thread. */
export interface AsyncOptions extends Options {
  /** Ends the analysis: the promise is rejected with the signal's reason at once, and the worker's thread is free within 50 ms. */
  signal?: AbortSignal;
  /** Is told how far the analysis is. */
  onProgress?: (progress: Progress) => void;
}

/** Options of a batch. */
export interface ManyOptions extends AsyncOptions {
  /** Texts that are read at the same time, each by a worker; by default one less than the machine has cores, at most 4. */
  concurrency?: number;
}

/** One text of a batch: what was found, or why it could not be read. */
export type ManyResult<T> = { readonly item: T; readonly annotation: Annotation; readonly error?: undefined } | { readonly item: T; readonly annotation?: undefined; readonly error: PressmarkError };

/** Something with the shape of a browser's `TrustedScriptURL`. */
export interface TrustedScriptURLLike {
  /** The address. */
  toString(): string;
}

/** How an annotator works. */
export interface AnnotatorOptions {
  /**
   * Absent or `true`: a worker of our own, or this thread where there are none. `false`: this thread. Else the worker to use:
   * its address, or a function that starts it, as `() => new Worker(new URL('pressmark/worker', import.meta.url), {type: 'module'})`.
   */
  worker?: boolean | string | URL | TrustedScriptURLLike | (() => Worker);
  /** How many workers read at the same time; 1 by default. */
  workers?: number;
  /** Where the wasm comes from, as for {@link init}. */
  wasm?: WasmSource | LoadOptions;
  /** Milliseconds after which an idle worker and its memory are let go; by default they are kept. */
  idleTimeout?: number;
}

/** Analyses off the main thread. Nothing is loaded before the first use. */
export interface Annotator extends AsyncDisposable {
  /** Where texts are read: `main` where workers cannot be had or are not wanted. */
  readonly thread: 'worker' | 'main';
  /** Loads what the first analysis needs. */
  warm(): Promise<void>;
  /** As {@link analyze}. Texts wait for each other, first come, first served. */
  analyze(text: string, options?: AsyncOptions): Promise<Annotation>;
  /** As {@link analyzeHTML}: the page is read here, its text analysed in the worker. */
  analyzeHTML(input: string | Document | Element, options?: AsyncOptions & HTMLOptions): Promise<HTMLAnnotation>;
  /** Reads many texts, with several workers; results come in the order of the texts. A text that fails does not end the batch. */
  analyzeMany<T extends string | { readonly text: string }>(items: Iterable<T> | AsyncIterable<T>, options?: ManyOptions): AsyncGenerator<ManyResult<T>, void, undefined>;
  /** Ends the workers. What is still waiting is rejected with {@link ClosedError}. */
  close(): Promise<void>;
}

/** Makes an {@link Annotator}. */
export function createAnnotator(options?: AnnotatorOptions): Annotator;

// ---- text of a page

/** The words of a piece of DOM as one string, and the way between its offsets and the DOM. */
export interface TextMap {
  /** The words. White space is collapsed as the page shows it; blocks are parted by an empty line. */
  readonly text: string;
  /** The place of a span in the page; null when the page no longer holds it. */
  toRange(span: Span): Range | null;
  /** As `toRange`, for thousands of spans: a StaticRange costs the page nothing when its DOM changes. */
  toStaticRange(span: Span): StaticRange | null;
  /** The offset of a place in the page; null when it was not read. */
  toOffset(node: Node, offset: number): number | null;
  /** The parts of text nodes that a span covers, as `node.data.slice(from, to)`. */
  segmentsOf(span: Span): { node: Text; from: number; to: number }[];
  /** Whether the page still says what it said. */
  isCurrent(): boolean;
}

/** Which elements are left out of a text map. */
export interface MapOptions {
  /** Tells an element to leave out, with all in it. */
  skip?: (element: Element) => boolean;
}

/** Reads the words of elements or ranges as they stand, without a choice of what is the article. */
export function mapText(roots: Node | Range | readonly (Node | Range)[], options?: MapOptions): TextMap;

// ---- showing

/** What is shown of an annotation. */
export interface Filter {
  /** Types of entities; all when absent. */
  types?: readonly EntityType[];
  /** Whether quotes are shown; true when absent. */
  quotes?: boolean;
  /** Mentions and quotes below this confidence (0 to 1) are not shown. */
  minConfidence?: number;
}

/** How {@link render} writes. */
export interface RenderOptions extends Filter {
  /** Where to start in the text: to render block by block. */
  start?: number;
  /** Where to end. */
  end?: number;
  /** The document that makes the elements. */
  document?: Document;
}

/**
 * Text of your own as safe DOM: `<mark class="pm-mention pm-person pm-name" data-entity="e1" data-mention="0">` for names,
 * `<span class="pm-quote pm-direct" data-quote="q1">` for quotes, `pm-speaker` and `pm-cue` beside them; all else text nodes.
 * A span that is cut by a block or by another span goes on in an element of class `pm-continued`.
 */
export function render(text: string, annotation: Annotation, options?: RenderOptions): DocumentFragment;

/** How {@link highlight} paints. */
export interface HighlightOptions extends Filter, MapOptions {
  /**
   * `css`: the CSS Custom Highlight API, which leaves the page's DOM alone. `mark`: `<mark>` elements. `auto`: `css`, but
   * `mark` where the API is absent or the reader's system forces its colours.
   */
  mode?: 'auto' | 'css' | 'mark';
  /** Beginning of highlight, class and property names: `pm` gives `::highlight(pm-person)` and `--pm-person`. */
  prefix?: string;
  /** `default`: a sheet of ours; `none`: your own rules; or a sheet to adopt. */
  styles?: 'default' | 'none' | CSSStyleSheet;
  /**
   * The list of finds for screen readers and keyboards: absent, a list of our own after the article, seen while it has the
   * focus; an element, which is filled; `false` when you show such a list yourself.
   */
  list?: Element | false;
  /** Whether changes of the page are followed; true when absent. */
  observe?: boolean;
  /** The element that is watched and listened to; by default the smallest that holds all of the text. */
  root?: Element;
}

/** An entity or a quote at a place of the page. */
export type Found = { readonly kind: 'entity'; readonly entity: Entity; readonly mention?: Mention } | { readonly kind: 'quote'; readonly quote: Quote };

/** Detail of the events `click`, `hover` and `select` of a {@link Highlighting}. */
export interface FoundDetail {
  /** What is there, innermost first; empty when the pointer has left. */
  readonly found: readonly Found[];
  /** Where the innermost is. */
  readonly range: Range | null;
  /** What the reader did. */
  readonly originalEvent: Event;
}

/** The events of a {@link Highlighting}. */
export interface HighlightEventMap {
  /** A click on something that is highlighted. */
  click: CustomEvent<FoundDetail>;
  /** The pointer has come to something else, or left. */
  hover: CustomEvent<FoundDetail>;
  /** Something was chosen in the list; `preventDefault()` keeps the page from scrolling there. */
  select: CustomEvent<FoundDetail>;
  /** All spans are painted. */
  painted: CustomEvent<{ readonly spans: number }>;
  /** The page has changed its words; `lost` spans are no longer in it. Analyse anew where that matters, and call `update`. */
  change: CustomEvent<{ readonly text: string; readonly lost: number }>;
  /** Painting has failed. */
  error: CustomEvent<unknown>;
}

/** Highlights in a page, until `clear`. */
export interface Highlighting extends Disposable {
  /** How it is painted at present. */
  readonly mode: 'css' | 'mark';
  /** Kept when all spans are painted: long articles are painted in slices that leave the page responsive. */
  readonly ready: Promise<void>;
  /** What is shown, at the places where the page has it now. */
  readonly annotation: Annotation;
  /** The page's words, as they are now. */
  readonly text: string;
  /** From offsets to places, as they are now. */
  readonly map: TextMap;
  /** The list's element, for styles of your own; null without a list. */
  readonly list: Element | null;
  /** Whether the page has changed words since they were analysed. */
  readonly stale: boolean;
  /** Spans that the page no longer holds. */
  readonly lost: number;
  /** Shows less or more. */
  show(filter: Filter): void;
  /** Shows another annotation, of `map`'s text where the page was read anew. */
  update(annotation: Annotation, map?: TextMap): void;
  /** The places of an entity's mentions or of a quote's pieces. */
  rangesOf(id: string): Range[];
  /** Lets one mention stand out, by entity or quote and number (round and round); null for none. Scrolling is yours. */
  activate(id: string | null, index?: number): Range | null;
  /** What is highlighted at a place of the window, innermost first. */
  at(x: number, y: number): Found[];
  /** Takes everything back: highlights, marks, list, style sheet, listeners. */
  clear(): void;
  /** Listens. */
  addEventListener<K extends keyof HighlightEventMap>(type: K, listener: (event: HighlightEventMap[K]) => void, options?: boolean | AddEventListenerOptions): void;
  /** Listens no longer. */
  removeEventListener<K extends keyof HighlightEventMap>(type: K, listener: (event: HighlightEventMap[K]) => void, options?: boolean | EventListenerOptions): void;
}

/**
 * Shows an annotation in a live page. `target` is what was analysed: the element or range whose {@link mapText} text it was,
 * or the map itself. Colours are custom properties: `--pm-person`, `--pm-person-background`, `--pm-quote`, `--pm-active` …
 */
export function highlight(target: Element | Range | TextMap, annotation: Annotation, options?: HighlightOptions): Highlighting;

// ---- correcting

/** A reader's correction. Ids are those of the annotation that it is applied to. */
export type Edit =
  /** It is no entity, or no quote. */
  | { readonly op: 'dismiss'; readonly id: string }
  /** It is an entity of another type. */
  | { readonly op: 'retype'; readonly id: string; readonly type: EntityType }
  /** It is called otherwise; the old name becomes an alias. */
  | { readonly op: 'rename'; readonly id: string; readonly name: string }
  /** It is the same as `into`, which keeps its id, name and type. */
  | { readonly op: 'merge'; readonly id: string; readonly into: string }
  /** The mention that starts at `start` is somebody else, whose id becomes `${id}@${start}`. */
  | { readonly op: 'split'; readonly id: string; readonly start: number; readonly name: string }
  /** The quote's speaker is this entity, or somebody without an entity called `text`, or (neither) unknown. */
  | { readonly op: 'speaker'; readonly id: string; readonly entity?: string | null; readonly text?: string };

/**
 * The annotation with corrections, in their order. The annotation given is not changed; edits of what is not there are
 * passed over, so a kept list can be replayed after the text was analysed anew.
 *
 * @throws {InvalidOptionError} when an edit is no edit.
 */
export function applyEdits(annotation: Annotation, edits: readonly Edit[]): Annotation;

// ---- reading the result

/** What each type is called in English, in the order in which types are shown. */
export const TYPE_LABELS: Readonly<Record<EntityType, string>>;

/** The words of a quote; `separator` (" … ") stands where the writer interrupts. */
export function quoteText(text: string, quote: Quote, separator?: string): string;

/** How much somebody speaks. */
export interface SpeakerShare {
  /** The entity's id; null for speakers without an entity. */
  readonly entity: string | null;
  /** What the speaker is called; null for quotes whose speaker the text does not tell. */
  readonly name: string | null;
  /** The speaker's quotes, in text order. */
  readonly quotes: readonly Quote[];
  /** Words in quotation marks; reported clauses are the writer's own words and do not count. */
  readonly words: number;
  /** Part of all quoted words, 0 to 1. */
  readonly share: number;
}

/** Who speaks how much, most words first, quotes of unknown speakers last. */
export function speakerShares(text: string, annotation: Annotation): SpeakerShare[];

// ---- exporting

/** How {@link toJSON} writes. */
export interface JSONOptions {
  /** Whether the text is part of it, as `text`: offsets mean nothing without it. True when absent. */
  includeText?: boolean;
  /** Spaces of indentation; 2 when absent. */
  indent?: number;
}

/** The annotation as JSON, as `pressmark/annotation.schema.json` describes it. */
export function toJSON(text: string, annotation: Annotation, options?: JSONOptions): string;

/** How tables are written. */
export interface CSVOptions {
  /** Whether a byte order mark goes before: Excel needs it to read letters beyond ASCII. False when absent. */
  bom?: boolean;
}

/** A table of entities, a row each (RFC 4180). No cell is read as a formula: an apostrophe stands before such. */
export function entitiesToCSV(text: string, annotation: Annotation, options?: CSVOptions): string;

/** A table of quotes with their speakers, a row each. */
export function quotesToCSV(text: string, annotation: Annotation, options?: CSVOptions): string;

/** How {@link toMarkdown} writes. */
export interface MarkdownOptions {
  /** The heading. */
  title?: string;
  /** Address of the article. */
  url?: string;
  /** Whether the article's own text is part of it; false when absent. */
  article?: boolean;
}

/** Names by type and quotes by speaker, as Markdown. */
export function toMarkdown(text: string, annotation: Annotation, options?: MarkdownOptions): string;

/** How {@link toHTML} writes. */
export interface HTMLExportOptions {
  /** The title; by default the article's headline. */
  title?: string;
  /** Address of the article. */
  url?: string;
  /** Language of the article; `en` when absent. */
  lang?: string;
}

/** One HTML file with the article, its names and its quotes: no script, no request, a strict policy, fit for print. */
export function toHTML(text: string, annotation: Annotation, options?: HTMLExportOptions): string;

/** How {@link toWebAnnotation} writes. */
export interface WebAnnotationOptions {
  /** The IRI of the text: the address of the article. */
  source: string;
  /** What positions count: `codepoint`, as the W3C's model has it, when absent; `utf16` for Hypothesis and Recogito. */
  positions?: 'codepoint' | 'utf16';
  /** Name of the program that is named as generator; `Pressmark` when absent. */
  generator?: string;
  /** When it was made, as ISO 8601; left out when absent, so that the same text gives the same page. */
  created?: string;
}

/** A piece of text about the target of a {@link WebAnnotation}. */
export interface WebAnnotationBody {
  /** What kind of body it is. */
  readonly type: 'TextualBody';
  /** The text. */
  readonly value: string;
  /** Why it is said. */
  readonly purpose: 'identifying' | 'classifying' | 'describing';
  /** Its media type. */
  readonly format: 'text/plain';
}

/** A place in the article, by its words and by its position. */
export interface WebAnnotationTarget {
  /** The article. */
  readonly source: string;
  /** Two ways to find the place. */
  readonly selector: readonly [
    { readonly type: 'TextQuoteSelector'; readonly exact: string; readonly prefix: string; readonly suffix: string },
    { readonly type: 'TextPositionSelector'; readonly start: number; readonly end: number },
  ];
}

/** A mention or a quote as the W3C's Web Annotation model has it. */
export interface WebAnnotation {
  /** The same for the same content. */
  readonly id: string;
  /** What it is. */
  readonly type: 'Annotation';
  /** A mention identifies, a quote's speaker describes. */
  readonly motivation: 'identifying' | 'describing';
  /** When it was made, where the caller has said so. */
  readonly created?: string;
  /** Which program made it. */
  readonly generator: { readonly type: 'Software'; readonly name: string };
  /** What is said about the place. */
  readonly body: readonly WebAnnotationBody[];
  /** The place; several for a quote with several pieces. */
  readonly target: WebAnnotationTarget | readonly WebAnnotationTarget[];
}

/** A page of Web Annotations (JSON-LD). */
export interface WebAnnotationPage {
  /** The vocabulary. */
  readonly '@context': 'http://www.w3.org/ns/anno.jsonld';
  /** The same for the same text. */
  readonly id: string;
  /** What it is. */
  readonly type: 'AnnotationPage';
  /** One for each mention and each quote. */
  readonly items: readonly WebAnnotation[];
}

/**
 * Every mention and quote as a W3C Web Annotation, with TextQuoteSelector and TextPositionSelector.
 *
 * @throws {InvalidOptionError} without a source.
 */
export function toWebAnnotation(text: string, annotation: Annotation, options: WebAnnotationOptions): WebAnnotationPage;

/** The end of an address that leads to these words: `:~:text=…`, to go behind a `#`. Empty for an empty span. */
export function textFragment(text: string, span: Span): string;

// ---- what can go wrong

/** What tells errors apart, also behind a message port. */
export type ErrorCode = 'load-failed' | 'csp-blocked' | 'not-initialized' | 'text-too-long' | 'invalid-option' | 'internal' | 'worker-failed' | 'closed';

/** Every error of this package. */
export class PressmarkError extends Error {
  /** What went wrong, for programs. */
  readonly code: ErrorCode;
  /** What to do about it, for people; part of the message too. */
  readonly hint: string | undefined;
}

/** The wasm could not be loaded: `load-failed`, or `csp-blocked` by the page's policy. */
export class LoadError extends PressmarkError {
  /** What went wrong, for programs. */
  readonly code: 'load-failed' | 'csp-blocked';
}

/** {@link analyze} was called before {@link init}. */
export class NotInitializedError extends PressmarkError {
  /** What went wrong, for programs. */
  readonly code: 'not-initialized';
}

/** The text is longer than `maxLength`. */
export class TextTooLongError extends PressmarkError {
  /** What went wrong, for programs. */
  readonly code: 'text-too-long';
  /** The text's length in bytes of UTF-8. */
  readonly length: number;
  /** The longest allowed, in bytes of UTF-8. */
  readonly maximum: number;
}

/** An argument or option is unknown or of the wrong kind. */
export class InvalidOptionError extends PressmarkError {
  /** What went wrong, for programs. */
  readonly code: 'invalid-option';
}

/** A bug of ours. The recogniser was started afresh; the text that did it is worth a report. */
export class InternalError extends PressmarkError {
  /** What went wrong, for programs. */
  readonly code: 'internal';
}

/** The worker did not start or has died. */
export class WorkerError extends PressmarkError {
  /** What went wrong, for programs. */
  readonly code: 'worker-failed';
}

/** The annotator was closed. */
export class ClosedError extends PressmarkError {
  /** What went wrong, for programs. */
  readonly code: 'closed';
}
