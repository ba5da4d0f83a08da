// The article itself: blocks as real headings and paragraphs, marks inside, speakers in the margin.

import { render } from '../npm/index.js';
import { $, h, inSlices } from './dom.js';
import { placeLabels } from './labels.js';
import { entityById, mentionIsShown, on, quoteById, quoteIsShown, state, update } from './store.js';
import { TYPES, typeClass } from './types.js';

const article = $('#article');
let marks = new Map();
let pieces = new Map();
/**
 * Some blocks in one element: a browser that skips what is out of sight looks at these, for thousands of single blocks would
 * cost it more than they save.
 * @typedef {{element: Element, start: number, end: number, blocks: {element: Element, start: number}[]}} Chunk
 * @type {Chunk[]} in text order
 */
let chunks = [];
let running;

/** Chunks of a long article, about, and the fewest blocks of one. */
const CHUNKS = 400;
const FEWEST = 8;
/** Letters of a line and its height in pixels, about, from which the height of what was never in sight is told. */
const LETTERS = 62;
const LINE = 31;

/** Elements of an entity's mentions, in text order; a mention that is cut has several elements, the first counts. */
export const mentionElement = (entityId, index) => marks.get(entityId)?.[index];
export const quoteElement = (quoteId) => pieces.get(quoteId)?.[0];

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

/** Builds the article anew. Long ones grow in slices, of which `told` hears; the promise is kept when all of it stands. */
export async function showArticle(told) {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  const { source, annotation } = state;
  marks = new Map();
  pieces = new Map();
  chunks = [];
  let target = document.createDocumentFragment();
  let isShown = false;
  let waiting = 0;
  let chunk;
  let lines = 0;
  let seenHeadline = false;
  let runIn;
  const blocks = annotation.blocks.length ? annotation.blocks : [{ kind: 'paragraph', start: 0, end: source.text.length }];
  const size = Math.max(FEWEST, Math.ceil(blocks.length / CHUNKS));
  const close = () => {
    if (!chunk) return;
    chunk.element.style.containIntrinsicBlockSize = `auto ${Math.round(lines * LINE)}px`;
    target.append(chunk.element);
    chunk = undefined;
  };
  const flush = () => {
    // What fits the window stands at once; the rest follows below it, in pieces: each costs the whole page a layout.
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
        return;
      }
      const element = h(tag, { class: `block block-${block.kind}`, dataset: { start: block.start } });
      const { start } = runIn ?? block;
      if (runIn) element.append(h('span', { class: 'run-in' }, render(source.text, annotation, { start, end: runIn.end })), ' ');
      runIn = undefined;
      element.append(render(source.text, annotation, { start: block.start, end: block.end }));
      collect(element);
      label(element, block);
      if (!chunk) {
        chunks.push((chunk = { element: h('div', { class: 'chunk' }), start, end: block.end, blocks: [] }));
        lines = 0;
      }
      chunk.end = block.end;
      chunk.element.append(element);
      chunk.blocks.push({ element, start });
      lines += Math.ceil((block.end - block.start) / LETTERS) + 0.7;
      waiting++;
      if (chunk.blocks.length < size) return;
      close();
      if (waiting < (isShown ? 150 : 30)) return;
      flush();
      told?.(index / blocks.length);
    },
    signal,
  );
  if (signal.aborted) return;
  close();
  flush();
  placeLabels(chunks.map(({ element }) => element).filter((element) => element.querySelector('.labelled')));
  applyFilter();
  applySelection();
}

function collect(element) {
  for (const mark of element.querySelectorAll('mark')) {
    const { entity, mention } = mark.dataset;
    let list = marks.get(entity);
    if (!list) marks.set(entity, (list = []));
    list[Number(mention)] ??= mark;
  }
  for (const piece of element.querySelectorAll('.pm-quote')) {
    const { quote } = piece.dataset;
    let list = pieces.get(quote);
    if (!list) pieces.set(quote, (list = []));
    list.push(piece);
  }
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

/** What `applyFilter` has hidden one by one. */
let doubtful = [];

/** Hides what the legend or the confidence sliders exclude; the text stays. */
export function applyFilter() {
  for (const [type] of TYPES) article.classList.toggle(`hide-${typeClass(type)}`, state.hiddenTypes.has(type));
  for (const element of doubtful) element.classList.remove('doubtful');
  doubtful = [];
  if (!Object.values(state.confidence).some(Boolean)) return;
  for (const entity of state.annotation?.entities ?? []) {
    entity.mentions.forEach((mention, index) => {
      const mark = mentionElement(entity.id, index);
      if (mark && !mentionIsShown(entity, mention)) doubtful.push(mark);
    });
  }
  for (const quote of state.annotation?.quotes ?? []) if (!quoteIsShown(quote)) doubtful.push(...(pieces.get(quote.id) ?? []));
  for (const element of doubtful) element.classList.add('doubtful');
}

let lit = [];

function light(element, ...classes) {
  if (!element) return;
  element.classList.add(...classes);
  lit.push([element, classes]);
}

/** The selected entity with its quotes, or the selected quote with its speaker, stand out; the rest steps back. */
export function applySelection() {
  for (const [element, classes] of lit) element.classList.remove(...classes);
  lit = [];
  const { selected } = state;
  article.classList.toggle('has-selection', Boolean(selected));
  if (!selected) return;
  if (selected.kind === 'entity') {
    for (const mark of marks.get(selected.id) ?? []) light(mark, 'lit');
    for (const quote of state.annotation.quotes) {
      if (quote.speaker?.entity === selected.id) for (const piece of pieces.get(quote.id) ?? []) light(piece, 'lit');
    }
    light(mentionElement(selected.id, state.occurrence), 'current');
    return;
  }
  const quote = quoteById(selected.id);
  for (const piece of pieces.get(selected.id) ?? []) light(piece, 'lit', 'current');
  for (const part of article.querySelectorAll(`.pm-speaker[data-quote="${selected.id}"], .pm-cue[data-quote="${selected.id}"]`)) light(part, 'lit');
  if (quote?.speaker?.entity) for (const mark of marks.get(quote.speaker.entity) ?? []) light(mark, 'lit');
}

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

on(['selected', 'occurrence'], applySelection);
on(['hiddenTypes', 'confidence'], applyFilter);
