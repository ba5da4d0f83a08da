// The dates of the article as a time line: those with a calendar value in order, the others as the text tells them.

import { $, h } from './dom.js';
import { fill, show } from './listing.js';
import { selectEntity } from './reader.js';
import { entityIsShown, on, state } from './store.js';

/** Dates of a part that are built at once; the rest follow on demand. */
const FIRST = 60;
const expanded = new Set();

export const dates = h('div', { class: 'dates' });

const formats = new Map();

/** A date in words, of which a year, month and day are told or not. Formats are made when they are first needed: that takes long. */
function inWords(date, { year, month, day }) {
  const key = `${Boolean(year)} ${Boolean(day)}`;
  if (!month) return String(year);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat('en-GB', { day: day && 'numeric', month: 'long', year: year && 'numeric', timeZone: 'UTC' }));
  return formats.get(key).format(date);
}

/** `{key, label, year}` of an ISO value; undefined where it is no date on the calendar. `XXXX` is a year not told. */
export function readDate(value) {
  const [, year, month, day] = /^(\d{4}|XXXX)(?:-(\d{2})(?:-(\d{2}))?)?/.exec(value ?? '') ?? [];
  if (!year) return undefined;
  const short = [year, month, day].filter(Boolean).join('-');
  if (year === 'XXXX') {
    if (!month) return undefined;
    const date = new Date(Date.UTC(2000, month - 1, day ?? 1));
    return { key: short, label: inWords(date, { month, day }), year: undefined };
  }
  const date = new Date(Date.UTC(Number(year), (month ?? 1) - 1, day ?? 1));
  if (Number.isNaN(date.getTime())) return undefined;
  return { key: short, label: inWords(date, { year, month, day }), year };
}

export function showDates() {
  const found = (state.annotation?.entities ?? []).filter((entity) => entity.type === 'DATE' && entityIsShown(entity)).map((entity) => ({ entity, date: readDate(entity.value) }));
  const told = found.filter(({ date }) => date?.year).sort((a, b) => (a.date.key < b.date.key ? -1 : a.date.key > b.date.key ? 1 : 0));
  const yearless = found.filter(({ date }) => date && !date.year).sort((a, b) => (a.date.key < b.date.key ? -1 : 1));
  const others = found.filter(({ date }) => !date);
  const sections = [
    { key: 'On the calendar', found: told, isLine: true },
    { key: 'Year not told', found: yearless, isLine: true },
    { key: 'As the article tells it', found: others, isLine: false },
  ].filter(({ found }) => found.length);
  if (sections.length) return show(dates, fill(dates, sections, { build: section, inside: line }));
  const empty = { key: 'empty', version: state.hiddenTypes.has('DATE') ? 'Dates are hidden in the legend.' : 'No dates were found in this text.' };
  return show(dates, fill(dates, [empty], { build: ({ version }) => h('p', { class: 'empty' }, version) }));
}

function section({ key: title, isLine }) {
  const id = `dates-${title.replaceAll(' ', '-').toLowerCase()}`;
  return h(
    'section',
    { 'aria-labelledby': id },
    h('h2', { class: 'group-title', id }, title),
    h('ol', { class: isLine ? 'timeline' : 'timeline loose' }),
    h('button', { type: 'button', class: 'quiet', hidden: true, onclick: () => (expanded.add(title), showDates()) }),
  );
}

function* line(element, { key, found }) {
  const shown = expanded.has(key) ? found : found.slice(0, FIRST);
  // The selected date is there even when it is far down.
  const selected = found.find(({ entity }) => entity.id === state.selected?.id);
  if (selected && !shown.includes(selected)) shown.push(selected);
  const more = element.lastElementChild;
  more.hidden = shown.length === found.length;
  more.textContent = `Show all ${found.length}`;
  const items = shown.map(({ entity, date }) => ({ key: entity.id, of: entity, version: entity === selected?.entity ? 'selected' : '', date }));
  yield* fill($('.timeline', element), items, { build: item });
}

function item({ of: entity, version, date }) {
  return h(
    'li',
    { class: 'timeline-item' },
    h(
      'button',
      { type: 'button', class: 'timeline-date', dataset: { entity: entity.id, focus: `date-${entity.id}` }, 'aria-current': version ? 'true' : undefined, onclick: () => selectEntity(entity.id) },
      h('span', { class: 'timeline-label' }, date?.label ?? entity.name),
      date && entity.name !== date.label && h('span', { class: 'timeline-words' }, entity.name),
      h('span', { class: 'timeline-context' }, contextOf(entity.mentions[0])),
    ),
  );
}

/** The sentence that holds the date, cut to a line or two. */
function contextOf({ start, end }) {
  const { text } = state.source;
  const { sentences } = state.annotation;
  const sentence = sentenceAt(sentences, start);
  const words = text.slice(sentence?.start ?? Math.max(0, start - 60), Math.max(end, sentence?.end ?? end + 60)).replace(/\s+/g, ' ');
  return words.length > 110 ? `${words.slice(0, 108).replace(/\s\S*$/, '')} …` : words;
}

/** The sentence that an offset stands in; they are in text order. */
function sentenceAt(sentences, offset) {
  let low = 0;
  let high = sentences.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sentences[middle].end > offset) high = middle;
    else low = middle + 1;
  }
  return sentences[low]?.start <= offset ? sentences[low] : undefined;
}

on(['annotation', 'selected', 'hiddenTypes', 'confidence'], () => state.tab === 'dates' && showDates());
