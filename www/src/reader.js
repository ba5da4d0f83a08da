// The article itself: blocks as real headings and paragraphs, marks inside, speakers in the margin.

import { render } from '../npm/index.js';
import { $, h, inSlices, presented } from './dom.js';
import { placeLabels } from './labels.js';
import { entityById, mentionIsShown, on, quoteById, quoteIsShown, state, update } from './store.js';
import { TYPES, typeClass } from './types.js';

const article = $('#article');
/**
 * Some blocks in one element: a browser that skips what is out of sight looks at these, for thousands of single blocks would
 * cost it more than they save. What is corrected, filtered and selected is shown in those alone that are near the window
 * (`isNear`), and in the others once they come near: however long the article is, a change costs what the reader sees of it.
 * @typedef {{block: object, runIn?: object, tag: string, start: number, element?: Element}} Part
 * @typedef {{element: Element, start: number, end: number, blocks: Part[], isNear: boolean, written?: object, isStale: boolean}} Chunk
 * @type {Chunk[]} in text order
 */
let chunks = [];
let chunkOfElement = new WeakMap();
let running;

/** Chunks of a long article, about, and the fewest blocks of one. */
const CHUNKS = 600;
const FEWEST = 8;
/** Letters of a line and its height in pixels, about, from which the height of what was never in sight is told. */
const LETTERS = 62;
const LINE = 31;
/** Whether the browser tells what it skips. Where it does not, nothing is far. */
const tells = 'ContentVisibilityAutoStateChangeEvent' in globalThis;

/** The element of an entity's mention; of one that is cut, the first. */
export function mentionElement(entityId, index) {
  const mention = entityById(entityId)?.mentions[index];
  return mention && readied(mention.start)?.querySelector(`mark[data-entity="${CSS.escape(entityId)}"][data-mention="${index}"]`);
}

export function quoteElement(quoteId) {
  const quote = quoteById(quoteId);
  return quote && readied(quote.pieces[0].start)?.querySelector(`.pm-quote[data-quote="${CSS.escape(quoteId)}"]`);
}

/** The chunk that an offset stands in, or the one before it. */
export function chunkOf(offset) {
  let low = 0;
  let high = chunks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (chunks[middle].start <= offset) low = middle;
    else high = middle - 1;
  }
  return chunks[low];
}

/** The element of that chunk, as the article is now. */
function readied(offset) {
  const chunk = chunkOf(offset);
  if (chunk) ready(chunk);
  return chunk?.element;
}

function ready(chunk) {
  if (chunk.written !== state.annotation) {
    write(chunk);
    if (chunk.isNear) placeLabels(laidOut);
  }
  if (chunk.isStale) dress(chunk);
}

/** The parts of the article that the browser has laid out; on paper that is all of it. */
const laidOut = (onPaper) => chunks.filter(({ isNear }) => isNear || onPaper).map(({ element }) => element);

/**
 * Builds the article anew: at once what the window shows, and the rest when that is on the screen. Long ones grow in slices, of
 * which `told` hears; the promise is kept when all of it stands. `above`: pixels that the reader has scrolled and keeps.
 */
export async function showArticle({ told, above = 0 } = {}) {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  const { source, annotation } = state;
  chunks = [];
  chunkOfElement = new WeakMap();
  let target = document.createDocumentFragment();
  let isShown = false;
  let waiting = 0;
  let chunk;
  let lines = 0;
  let seenHeadline = false;
  let runIn;
  const blocks = annotation.blocks.length ? annotation.blocks : [{ kind: 'paragraph', start: 0, end: source.text.length }];
  const size = Math.max(FEWEST, Math.ceil(blocks.length / CHUNKS));
  // Heights are told from letters, so what lies above is counted twice to be there for certain.
  let untilFull = innerHeight + 2 * above;
  const close = () => {
    if (!chunk) return;
    const height = Math.round(lines * LINE);
    chunk.element.style.containIntrinsicBlockSize = `auto ${height}px`;
    untilFull -= height;
    ready(chunk);
    target.append(chunk.element);
    chunk = undefined;
  };
  const flush = () => {
    // The rest follows in pieces: each costs the whole page a layout.
    if (isShown) article.append(target);
    else article.replaceChildren(target);
    isShown = true;
    waiting = 0;
    target = document.createDocumentFragment();
  };
  await inSlices(
    blocks,
    (block, index) => {
      const tag = block.kind === 'headline' ? (seenHeadline ? 'h2' : 'h1') : 'p';
      seenHeadline ||= block.kind === 'headline';
      if (block.kind === 'dateline' && blocks[index + 1]?.kind === 'paragraph') {
        // A dateline is the paragraph's own beginning.
        runIn = block;
        return undefined;
      }
      const { start } = runIn ?? block;
      if (!chunk) {
        chunk = { element: h('div', { class: 'chunk' }), start, end: block.end, blocks: [], isNear: !tells, isStale: false };
        chunks.push(chunk);
        chunkOfElement.set(chunk.element, chunk);
        lines = 0;
      }
      chunk.end = block.end;
      chunk.blocks.push({ block, runIn, tag, start });
      runIn = undefined;
      lines += Math.ceil((block.end - block.start) / LETTERS) + 0.7;
      waiting++;
      if (chunk.blocks.length < size && (isShown || lines * LINE < untilFull)) return undefined;
      close();
      if (isShown ? waiting < 150 : untilFull > 0) return undefined;
      const isFirst = !isShown;
      flush();
      told?.(index / blocks.length);
      return isFirst ? presented() : undefined;
    },
    signal,
  );
  if (signal.aborted) return;
  close();
  flush();
}

/** Shows the article as it is corrected: its blocks stay, the names and quotes in them change. */
export function renewArticle() {
  for (const chunk of chunks) if (chunk.isNear) ready(chunk);
}

/** Characters of a text that are shown before anything is known of it: more than fits a window. */
const PLAIN = 8000;

/** Shows the beginning of a text as it is, line by line, while its names and quotes are being found. */
export function showPlain(text) {
  running?.abort();
  chunks = [];
  const lines = text.slice(0, PLAIN).split(/\n+/).filter((line) => line.trim());
  article.replaceChildren(...lines.map((line, index) => (index === 0 && line.length < 200 ? h('h1', { class: 'block block-headline' }, line) : h('p', { class: 'block block-paragraph' }, line))));
}

/** Writes the blocks of a chunk. */
function write(chunk) {
  const { source, annotation } = state;
  chunk.written = annotation;
  for (const part of chunk.blocks) {
    const { block, runIn, tag } = part;
    const { kind, start, end } = block;
    const element = h(tag, { class: `block block-${kind}`, dataset: { start } });
    if (runIn) element.append(h('span', { class: 'run-in' }, render(source.text, annotation, { start: runIn.start, end: runIn.end })), ' ');
    element.append(render(source.text, annotation, { start, end }));
    label(element, block);
    if (part.element) part.element.replaceWith(element);
    else chunk.element.append(element);
    part.element = element;
  }
  const { selected, hiddenTypes, confidence } = state;
  // Most articles are new, with nothing to hide and nothing to light.
  chunk.isStale = Boolean(selected) || hiddenTypes.size > 0 || Object.values(confidence).some(Boolean);
}

const PRONOUN = /^(?:he|she|they|it|i|we|you|his|her|their|its|my|our|who)$/i;

/** The speaker's name stands in the margin once in a row, not at every piece. */
function label(element, { start, end }) {
  let last;
  for (const piece of element.querySelectorAll('.pm-quote')) {
    if (piece.classList.contains('pm-nested') || piece.parentElement.closest('.pm-quote')) continue;
    const speaker = piece.dataset.speaker;
    if (speaker && speaker !== last) {
      piece.classList.add('labelled');
      const told = quoteById(piece.dataset.quote)?.speaker;
      if (told && told.start >= start && told.end <= end && !PRONOUN.test(state.source.text.slice(told.start, told.end))) piece.classList.add('told');
    }
    last = speaker;
  }
}

/** Shows what the legend and the sliders exclude and what is selected, in one chunk; the text stays. */
function dress(chunk) {
  const { element } = chunk;
  chunk.isStale = false;
  const { selected, occurrence } = state;
  const hidden = TYPES.filter(([type]) => state.hiddenTypes.has(type)).map(([type]) => ` hide-${typeClass(type)}`);
  const className = `chunk${hidden.join('')}${selected ? ' has-selection' : ''}`;
  if (element.className !== className) element.className = className;
  const isFiltered = Object.values(state.confidence).some(Boolean);
  const quote = selected?.kind === 'quote' ? quoteById(selected.id) : undefined;
  const litEntity = selected?.kind === 'entity' ? selected.id : quote?.speaker?.entity;
  for (const mark of element.getElementsByTagName('mark')) {
    const { entity: id, mention } = mark.dataset;
    const entity = isFiltered ? entityById(id) : undefined;
    show(mark, 'doubtful', entity && !mentionIsShown(entity, entity.mentions[mention]));
    show(mark, 'lit', id === litEntity);
    show(mark, 'current', selected?.kind === 'entity' && id === litEntity && Number(mention) === occurrence && !mark.classList.contains('pm-continued'));
  }
  for (const span of element.querySelectorAll('span[data-quote]')) {
    const { quote: id } = span.dataset;
    const isOwn = id === quote?.id;
    if (!span.classList.contains('pm-quote')) {
      show(span, 'lit', isOwn);
      continue;
    }
    const found = isFiltered || selected ? quoteById(id) : undefined;
    show(span, 'doubtful', isFiltered && found && !quoteIsShown(found));
    show(span, 'lit', isOwn || (selected?.kind === 'entity' && found?.speaker?.entity === selected.id));
    show(span, 'current', isOwn);
  }
}

function show(element, name, isSo) {
  // Most stay as they are, and asking costs the browser less than telling it.
  if (element.classList.contains(name) !== Boolean(isSo)) element.classList.toggle(name);
}

/** Shows the filter and the selection anew where the reader is. */
function dressAll() {
  for (const chunk of chunks) {
    chunk.isStale = true;
    if (chunk.isNear) ready(chunk);
  }
}

article.addEventListener(
  'contentvisibilityautostatechange',
  ({ target, skipped }) => {
    const chunk = chunkOfElement.get(target);
    if (!chunk) return;
    chunk.isNear = !skipped;
    if (skipped) return;
    ready(chunk);
    placeLabels(laidOut);
  },
  { capture: true },
);
// On paper everything is near.
addEventListener('beforeprint', () => chunks.forEach(ready));

/** Brings an element into view, calmly, below the bar. */
export function scrollTo(element) {
  if (!element) return;
  const { top, bottom } = element.getBoundingClientRect();
  if (top > innerHeight * 0.15 && bottom < innerHeight * 0.8) return;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  element.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
}

/** Selects an entity at one of its mentions and shows the place. */
export function selectEntity(id, occurrence = 0, { scroll = true } = {}) {
  update({ selected: { kind: 'entity', id }, occurrence });
  if (scroll) scrollTo(mentionElement(id, occurrence));
}

export function selectQuote(id, { scroll = true } = {}) {
  update({ selected: { kind: 'quote', id }, occurrence: 0 });
  if (scroll) scrollTo(quoteElement(id));
}

/** The next or previous mention of the selected entity that is not hidden. */
export function step(direction) {
  const { selected, occurrence } = state;
  if (selected?.kind !== 'entity') return;
  const entity = entityById(selected.id);
  const { mentions } = entity;
  for (let count = 1; count <= mentions.length; count++) {
    const index = (occurrence + direction * count + mentions.length * count) % mentions.length;
    if (mentionIsShown(entity, mentions[index])) return selectEntity(selected.id, index);
  }
}

let ordered;
let orderedOf;

/** Every mention in text order, as `[entity, index]`. */
function mentionsInOrder() {
  if (orderedOf !== state.annotation) {
    orderedOf = state.annotation;
    ordered = (orderedOf?.entities ?? [])
      .flatMap((entity) => entity.mentions.map((mention, index) => [entity, index, mention]))
      .sort(([, , a], [, , b]) => a.start - b.start);
  }
  return ordered.filter(([entity, , mention]) => mentionIsShown(entity, mention));
}

/** Where going on from nothing starts: the first block that the reader sees. */
function offsetInSight() {
  const isSeen = ({ element }) => element.getBoundingClientRect().bottom > 80;
  // What is far away is not laid out for this: only the blocks of the chunk in sight are looked at.
  const chunk = chunks.find(isSeen);
  return (chunk?.blocks.find(isSeen) ?? chunk)?.start ?? 0;
}

/** The next mention of whatever name, in text order. */
export function stepAny(direction) {
  const all = mentionsInOrder();
  const { selected, occurrence } = state;
  const here = selected?.kind === 'entity' ? all.findIndex(([entity, index]) => entity.id === selected.id && index === occurrence) : -1;
  const from = here >= 0 ? here + direction : direction > 0 ? all.findIndex(([, , { start }]) => start >= offsetInSight()) : all.findLastIndex(([, , { start }]) => start < offsetInSight());
  const next = all[(from + all.length) % all.length];
  if (next) selectEntity(next[0].id, next[1]);
}

/** The next quote in text order. */
export function stepQuote(direction) {
  const all = (state.annotation?.quotes ?? []).filter(quoteIsShown);
  const here = state.selected?.kind === 'quote' ? all.findIndex(({ id }) => id === state.selected.id) : -1;
  const from = here >= 0 ? here + direction : Math.max(0, all.findIndex(({ pieces: [{ start }] }) => start >= offsetInSight()));
  const next = all[(from + all.length) % all.length];
  if (next) selectQuote(next.id);
}

article.addEventListener('click', (event) => {
  if (state.editing) return;
  if (!getSelection().isCollapsed) return;
  const mark = event.target.closest('mark');
  // A click on the name in the margin is a click on the quote's box that lies outside its text.
  const piece = event.target.closest('.pm-quote');
  const isHidden = (element) => getComputedStyle(element).getPropertyValue('--shown').trim() === '0';
  if (mark && !isHidden(mark)) selectEntity(mark.dataset.entity, Number(mark.dataset.mention), { scroll: false });
  else if (piece) selectQuote(piece.dataset.quote, { scroll: false });
  else update({ selected: null });
});

on(['selected', 'occurrence', 'hiddenTypes', 'confidence'], dressAll);
// Where the text is written there are no blocks.
on(['editing'], () => {
  if (!state.editing) return;
  running?.abort();
  chunks = [];
});
