// The cards: one for each person, organisation, place … with its mentions at hand.

import { speakerShares } from '../npm/index.js';
import { correctEntity } from './correcting.js';
import { copy } from './copy.js';
import { $, h } from './dom.js';
import { fill, numberOf, show } from './listing.js';
import { selectEntity, selectQuote, step } from './reader.js';
import { entityIsShown, mentionIsShown, on, quoteText, state, update } from './store.js';
import { TYPES, typeClass } from './types.js';

/** Cards of a type that are built at once; the rest follow on demand. */
const FIRST = 25;
const expandedTypes = new Set();

export const names = h('div', { class: 'names' });

const matches = (entity, search) =>
  !search || [entity.name, ...entity.aliases, ...entity.roles].some((name) => name.toLowerCase().includes(search));

const order = (a, b) => b.salience - a.salience || b.mentions.length - a.mentions.length || a.mentions[0].start - b.mentions[0].start;

export function shownEntities() {
  const search = state.search.trim().toLowerCase();
  return (state.annotation?.entities ?? []).filter((entity) => entityIsShown(entity) && matches(entity, search));
}

/** `whole`: nothing waits for the next frame. */
export function showNames({ whole = false } = {}) {
  const shown = shownEntities();
  const groups = TYPES.map(([type, plural]) => ({ key: type, plural, entities: shown.filter((entity) => entity.type === type).sort(order) })).filter(({ entities }) => entities.length);
  const items = groups.length ? groups : [{ key: 'empty', version: emptyLine() }];
  return show(names, fill(names, items, { build: groups.length ? group : ({ version }) => h('p', { class: 'empty' }, version), inside: groups.length ? cards : undefined }), { whole });
}

function emptyLine() {
  if (!state.annotation) return 'Names appear here once an article is read.';
  if (state.search) return `No name contains “${state.search}”.`;
  return state.annotation.entities.length ? 'All names are hidden by the filters above.' : 'No names were found in this text.';
}

function group({ key: type, plural }) {
  const title = `group-${typeClass(type)}`;
  const copyAll = () => copy(shownEntities().filter((entity) => entity.type === type).sort(order).map(({ name }) => name).join('\n'), `${plural} copied.`);
  return h(
    'section',
    { class: `group type-${typeClass(type)}`, 'aria-labelledby': title },
    h('h2', { id: title, class: 'group-title' }, h('span', { class: 'type-sign' }, plural), h('span', { class: 'group-count' })),
    h('button', { type: 'button', class: 'group-copy', 'aria-label': `Copy all ${plural.toLowerCase()}`, dataset: { focus: `copy-${type}` }, onclick: copyAll }, 'Copy'),
    h('ul', { class: 'cards' }),
    h('button', { type: 'button', class: 'quiet', hidden: true, onclick: () => (expandedTypes.add(type), showNames()) }),
  );
}

function* cards(section, { key: type, entities }) {
  $('.group-count', section).textContent = String(entities.length);
  const { selected, occurrence, annotation } = state;
  const all = expandedTypes.has(type) || entities.length <= FIRST;
  const visible = all ? entities : entities.slice(0, FIRST);
  // The selected card is there even when it is far down.
  if (selected?.kind === 'entity' && !visible.some(({ id }) => id === selected.id)) {
    const far = entities.find(({ id }) => id === selected.id);
    if (far) visible.push(far);
  }
  const more = section.lastElementChild;
  more.hidden = all;
  more.textContent = `Show all ${entities.length}`;
  const items = visible.map((entity) => ({
    key: entity.id,
    of: entity,
    version: entity.id === selected?.id ? `${numberOf(annotation)} ${occurrence}` : String(mentionsShown(entity)),
  }));
  yield* fill($('.cards', section), items, { build: ({ of }) => card(of) });
}

const mentionsShown = (entity) => entity.mentions.filter((mention) => mentionIsShown(entity, mention)).length;

function card(entity) {
  const isSelected = state.selected?.kind === 'entity' && state.selected.id === entity.id;
  return h(
    'li',
    { class: `card${isSelected ? ' selected' : ''}`, dataset: { entity: entity.id } },
    h(
      'button',
      {
        type: 'button',
        class: 'card-head',
        dataset: { focus: `entity-${entity.id}` },
        'aria-expanded': String(isSelected),
        onclick: () => (isSelected ? update({ selected: null }) : selectEntity(entity.id)),
      },
      h('span', { class: 'card-name' }, entity.name),
      entity.roles.length > 0 && h('span', { class: 'card-role' }, entity.roles[0]),
      h('span', { class: 'card-count' }, h('span', { class: 'visually-hidden' }, 'mentions: '), String(mentionsShown(entity))),
      h('span', { class: 'card-salience', title: `Weight in the article: ${Math.round(entity.salience * 100)} of 100`, vars: { value: entity.salience } }),
    ),
    isSelected && details(entity),
  );
}

function details(entity) {
  const { mentions } = entity;
  const own = state.annotation.quotes.filter((quote) => quote.speaker?.entity === entity.id);
  // Words that a reported clause quotes stand in its line already.
  const spoken = own.filter(({ parent }) => !own.some(({ id }) => id === parent));
  const share = spoken.length ? speakerShares(state.source.text, state.annotation).find((one) => one.entity === entity.id) : undefined;
  return h(
    'div',
    { class: 'card-body' },
    h(
      'div',
      { class: 'occurrences', role: 'group', 'aria-label': `Mentions of ${entity.name}` },
      h('button', { type: 'button', class: 'icon', 'aria-label': 'Previous mention', dataset: { focus: 'previous' }, onclick: () => step(-1) }, '‹'),
      h('span', {}, `${state.occurrence + 1} of ${mentions.length}`),
      h('button', { type: 'button', class: 'icon', 'aria-label': 'Next mention', dataset: { focus: 'next' }, onclick: () => step(1) }, '›'),
    ),
    h('p', { class: 'context' }, ...context(mentions[state.occurrence] ?? mentions[0])),
    entity.aliases.length > 0 && h('p', { class: 'fact' }, h('span', { class: 'fact-name' }, 'Also '), entity.aliases.slice(0, 12).join(', ')),
    entity.roles.length > 1 && h('p', { class: 'fact' }, h('span', { class: 'fact-name' }, 'Called '), entity.roles.join('; ')),
    entity.value && h('p', { class: 'fact' }, h('span', { class: 'fact-name' }, 'Date '), entity.value),
    spoken.length > 0 &&
      h(
        'div',
        { class: 'card-quotes' },
        h('p', { class: 'fact' }, h('span', { class: 'fact-name' }, 'Says '), `${Math.round(share.share * 100)}% of all quoted words`),
        h(
          'ul',
          {},
          ...spoken
            .slice(0, 5)
            .map((quote) => h('li', {}, h('button', { type: 'button', class: 'quote-line', onclick: () => selectQuote(quote.id) }, shorten(quoteText(quote), 110)))),
        ),
        spoken.length > 5 && h('p', { class: 'fact' }, `and ${spoken.length - 5} more under Quotes`),
      ),
    correctEntity(entity),
  );
}

/** The words around a mention, the mention itself in bold. */
function context({ start, end }) {
  const { text } = state.source;
  const from = Math.max(0, start - 60);
  const to = Math.min(text.length, end + 60);
  const before = text.slice(from, start).split('\n').at(-1);
  const after = text.slice(end, to).split('\n')[0];
  // Within a paragraph the window begins in the middle of a word.
  const isCut = from > 0 && before.length === start - from;
  return [
    isCut ? `…${before.replace(/^\S*\s/, '')}` : before,
    h('b', {}, text.slice(start, end)),
    after.replace(/\s\S*$/, to < text.length && after.length === to - end ? '…' : '$&'),
  ];
}

/** The names of a type as lines, as they are copied. */
export const namesAsText = () =>
  TYPES.flatMap(([type, plural]) => {
    const entities = shownEntities().filter((entity) => entity.type === type).sort(order);
    return entities.length ? [plural, ...entities.map(({ name, roles }) => `  ${name}${roles.length ? `, ${roles[0]}` : ''}`), ''] : [];
  }).join('\n');

export const shorten = (text, length) => (text.length <= length ? text : `${text.slice(0, length).replace(/\s\S*$/, '')} …`);

on(['annotation', 'selected', 'occurrence', 'hiddenTypes', 'confidence', 'search'], () => state.tab === 'names' && showNames());
