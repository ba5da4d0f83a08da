// The dates of the article as a time line: those with a calendar value in order, the others as the text tells them.

import { h } from './dom.js';
import { selectEntity } from './reader.js';
import { entityIsShown, on, state } from './store.js';

export const dates = h('div', { class: 'dates' });

const FORMATS = {
  10: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }),
  7: new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }),
};
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' });

/** `{key, label, year}` of an ISO value; undefined where it is no date on the calendar. `XXXX` is a year not told. */
export function readDate(value) {
  const [, year, month, day] = /^(\d{4}|XXXX)(?:-(\d{2})(?:-(\d{2}))?)?/.exec(value ?? '') ?? [];
  if (!year) return undefined;
  const short = [year, month, day].filter(Boolean).join('-');
  if (year === 'XXXX') {
    if (!month) return undefined;
    const date = new Date(Date.UTC(2000, month - 1, day ?? 1));
    return { key: short, label: (day ? DAY : MONTH).format(date), year: undefined };
  }
  const date = new Date(Date.UTC(Number(year), (month ?? 1) - 1, day ?? 1));
  if (Number.isNaN(date.getTime())) return undefined;
  return { key: short, label: FORMATS[short.length]?.format(date) ?? year, year };
}

export function showDates() {
  const found = (state.annotation?.entities ?? []).filter((entity) => entity.type === 'DATE' && entityIsShown(entity)).map((entity) => ({ entity, date: readDate(entity.value) }));
  const told = found.filter(({ date }) => date?.year).sort((a, b) => (a.date.key < b.date.key ? -1 : a.date.key > b.date.key ? 1 : 0));
  const yearless = found.filter(({ date }) => date && !date.year).sort((a, b) => (a.date.key < b.date.key ? -1 : 1));
  const others = found.filter(({ date }) => !date);
  if (!found.length) return dates.replaceChildren(h('p', { class: 'empty' }, state.hiddenTypes.has('DATE') ? 'Dates are hidden in the legend.' : 'No dates were found in this text.'));
  dates.replaceChildren(
    ...[section('On the calendar', told, true), section('Year not told', yearless, true), section('As the article tells it', others, false)].filter(Boolean),
  );
}

function section(title, items, isLine) {
  if (!items.length) return null;
  const id = `dates-${title.replaceAll(' ', '-').toLowerCase()}`;
  return h(
    'section',
    { 'aria-labelledby': id },
    h('h2', { class: 'group-title', id }, title),
    h(
      'ol',
      { class: isLine ? 'timeline' : 'timeline loose' },
      ...items.slice(0, 200).map(({ entity, date }) => {
        const isSelected = state.selected?.id === entity.id;
        return h(
            'li',
            { class: 'timeline-item' },
            h(
              'button',
              { type: 'button', class: 'timeline-date', dataset: { entity: entity.id, focus: `date-${entity.id}` }, 'aria-current': isSelected ? 'true' : undefined, onclick: () => selectEntity(entity.id) },
              h('span', { class: 'timeline-label' }, date?.label ?? entity.name),
              date && entity.name !== date.label && h('span', { class: 'timeline-words' }, entity.name),
              h('span', { class: 'timeline-context' }, contextOf(entity.mentions[0])),
            ),
          );
      }),
    ),
  );
}

/** The sentence that holds the date, cut to a line or two. */
function contextOf({ start, end }) {
  const { text } = state.source;
  const { sentences } = state.annotation;
  const sentence = sentences.find((one) => one.start <= start && one.end >= end);
  const words = text.slice(sentence?.start ?? Math.max(0, start - 60), sentence?.end ?? end + 60).replace(/\s+/g, ' ');
  return words.length > 110 ? `${words.slice(0, 108).replace(/\s\S*$/, '')} …` : words;
}

on(['annotation', 'selected', 'hiddenTypes', 'confidence'], () => {
  if (state.tab !== 'dates') return;
  const focus = document.activeElement?.dataset?.focus;
  showDates();
  if (focus) dates.querySelector(`[data-focus="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });
});
