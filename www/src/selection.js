// On narrow screens: what is selected, at the lower edge, so that the article stays in sight.

import { $, h } from './dom.js';
import { step } from './reader.js';
import { entityById, on, quoteById, quoteText, state, update } from './store.js';
import { typeClass } from './types.js';

const bar = $('#selection');

function show() {
  const { selected } = state;
  bar.hidden = !selected;
  document.body.classList.toggle('has-selection-bar', Boolean(selected));
  if (!selected) return bar.replaceChildren();
  const isEntity = selected.kind === 'entity';
  const found = isEntity ? entityById(selected.id) : quoteById(selected.id);
  if (!found) return bar.replaceChildren();
  const open = h(
    'button',
    { type: 'button', class: `selection-name${isEntity ? ` type-${typeClass(found.type)}` : ''}`, onclick: () => document.body.classList.add('sheet-open') },
    h('span', { class: 'selection-title' }, isEntity ? found.name : (found.speaker?.text ?? 'Speaker not told')),
    h('span', { class: 'selection-note' }, isEntity ? `${state.occurrence + 1} of ${found.mentions.length}` : `“${quoteText(found).slice(0, 60)}…”`),
  );
  bar.replaceChildren(...[
    open,
    isEntity && h('button', { type: 'button', class: 'icon', 'aria-label': 'Previous mention in the text', onclick: () => step(-1) }, '‹'),
    isEntity && h('button', { type: 'button', class: 'icon', 'aria-label': 'Next mention in the text', onclick: () => step(1) }, '›'),
    h('button', { type: 'button', class: 'icon', 'aria-label': 'Deselect', onclick: () => update({ selected: null }) }, '×'),
  ].filter(Boolean));
}

on(['selected', 'occurrence', 'annotation'], show);
