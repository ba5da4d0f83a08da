// Correcting a card or a quote: type, name, one thing or two, who speaks, nothing at all.

import { correct } from './corrections.js';
import { h } from './dom.js';
import { entityById, state } from './store.js';
import { TYPES } from './types.js';

/** Whether the part for corrections stands open: it stays so from card to card. */
let isOpen = false;

/** `build` gives what stands inside, once that is open: a choice among hundreds of names costs more than the card around it. */
function part(build) {
  const body = h('div', { class: 'correct-body' });
  const details = h('details', { class: 'correct', open: isOpen }, h('summary', {}, 'Correct'), body);
  const fill = () => body.firstChild ?? body.append(...build().filter(Boolean));
  if (isOpen) fill();
  details.addEventListener('toggle', () => {
    isOpen = details.open;
    if (isOpen) fill();
  });
  return details;
}

const field = (id, name, control) => h('p', { class: 'correct-field' }, h('label', { for: id }, name), control);

const byName = (a, b) => a.name.localeCompare(b.name);

function choose(id, options, chosen, picked) {
  const select = h('select', { id, dataset: { focus: id } }, ...options.map(([value, name]) => h('option', { value, selected: value === chosen }, name)));
  select.addEventListener('change', () => picked(select.value));
  return select;
}

export const correctEntity = (entity) => part(() => entityFields(entity));
export const correctQuote = (quote) => part(() => quoteFields(quote));

function entityFields(entity) {
  const { id } = entity;
  const others = state.annotation.entities.filter((one) => one.id !== id).sort((a, b) => (b.type === entity.type) - (a.type === entity.type) || byName(a, b));
  const name = h('input', { id: 'correct-name', value: entity.name, autocomplete: 'off' });
  const rename = () => name.value.trim() && name.value.trim() !== entity.name && correct({ op: 'rename', id, name: name.value.trim() });
  name.addEventListener('change', rename);
  const mention = entity.mentions[state.occurrence] ?? entity.mentions[0];
  const surface = state.source.text.slice(mention.start, mention.end);
  return [
    field('correct-type', 'Type', choose('correct-type', TYPES.map(([type, plural]) => [type, plural]), entity.type, (type) => correct({ op: 'retype', id, type }))),
    field('correct-name', 'Name', name),
    others.length > 0 &&
      field(
        'correct-merge',
        'Same as',
        choose('correct-merge', [['', 'Choose …'], ...others.slice(0, 400).map((one) => [one.id, one.name])], '', (into) => into && correct({ op: 'merge', id, into }, { kind: 'entity', id: into })),
      ),
    h(
      'p',
      { class: 'correct-actions' },
      entity.mentions.length > 1 &&
        h(
          'button',
          { type: 'button', class: 'small', id: 'correct-split', onclick: () => correct({ op: 'split', id, start: mention.start, name: surface }, { kind: 'entity', id: `${id}@${mention.start}` }) },
          `Mention ${state.occurrence + 1} is somebody else`,
        ),
      h('button', { type: 'button', class: 'small', id: 'correct-dismiss', onclick: () => correct({ op: 'dismiss', id }, null) }, 'Not a name'),
    ),
  ];
}

function quoteFields(quote) {
  const { id, speaker } = quote;
  const speaking = ['PERSON', 'ORGANIZATION', 'GROUP', 'PLACE', 'WORK'];
  const known = state.annotation.entities.filter(({ type }) => speaking.includes(type)).sort((a, b) => speaking.indexOf(a.type) - speaking.indexOf(b.type) || byName(a, b));
  const isAnonymous = speaker && !speaker.entity;
  const options = [['', 'Not told'], ...(isAnonymous ? [['text', speaker.text]] : []), ...known.slice(0, 400).map((one) => [one.id, one.name])];
  const chosen = speaker ? (speaker.entity && entityById(speaker.entity) ? speaker.entity : 'text') : '';
  return [
    field(
      'correct-speaker',
      'Speaker',
      choose('correct-speaker', options, chosen, (value) => correct({ op: 'speaker', id, ...(value === 'text' ? { text: speaker.text } : { entity: value || null }) })),
    ),
    h('p', { class: 'correct-actions' }, h('button', { type: 'button', class: 'small', id: 'correct-no-quote', onclick: () => correct({ op: 'dismiss', id }, null) }, 'Not a quote')),
  ];
}
