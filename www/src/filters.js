// The legend, which is also the switch for each type, and the sliders that hide doubtful finds.

import { h } from './dom.js';
import { QUOTE, entityIsShown, least, on, quoteIsShown, state, update } from './store.js';
import { TYPES, typeClass } from './types.js';

const legend = h('ul', { class: 'legend', 'aria-label': 'Types shown' });
const slider = h('input', { type: 'range', id: 'confidence', min: '0', max: '0.95', step: '0.05', value: '0' });
const hidden = h('output', { class: 'filter-hidden', for: 'confidence' });
const each = h('div', { class: 'filter-each' });
const details = h('details', { class: 'filter-details' }, h('summary', {}, 'Each type by itself'), each);

export const filters = h(
  'div',
  { class: 'filters' },
  legend,
  h('div', { class: 'filter-confidence' }, h('label', { for: 'confidence' }, 'Sure at least'), slider, hidden),
  details,
);

const ALL = [...TYPES, [QUOTE, 'Quotes']];

slider.addEventListener('input', () => update({ confidence: Object.fromEntries(ALL.map(([type]) => [type, Number(slider.value)])) }));

function toggle(type) {
  const next = new Set(state.hiddenTypes);
  if (!next.delete(type)) next.add(type);
  update({ hiddenTypes: next });
}

function countTypes() {
  const counts = new Map();
  for (const entity of state.annotation?.entities ?? []) counts.set(entity.type, (counts.get(entity.type) ?? 0) + 1);
  return counts;
}

function showLegend() {
  const counts = countTypes();
  const focused = document.activeElement?.dataset?.type;
  legend.replaceChildren(
    ...TYPES.filter(([type]) => counts.has(type)).map(([type, plural]) =>
      h(
        'li',
        {},
        h(
          'button',
          {
            type: 'button',
            class: `legend-type type-${typeClass(type)}`,
            dataset: { type },
            'aria-pressed': String(!state.hiddenTypes.has(type)),
            onclick: () => toggle(type),
          },
          h('span', { class: 'legend-name' }, plural),
          h('span', { class: 'legend-count' }, String(counts.get(type))),
        ),
      ),
    ),
  );
  if (focused) legend.querySelector(`[data-type="${focused}"]`)?.focus();
}

/** The sliders are built once for a text and then only moved: the one that is dragged must stay. */
function buildSliders() {
  const counts = countTypes();
  each.replaceChildren(
    ...ALL.filter(([type]) => counts.has(type) || (type === QUOTE && state.annotation?.quotes.length)).map(([type, plural]) => {
      const id = `confidence-${typeClass(type)}`;
      const input = h('input', { type: 'range', id, min: '0', max: '0.95', step: '0.05', dataset: { threshold: type } });
      input.addEventListener('input', () => update({ confidence: { ...state.confidence, [type]: Number(input.value) } }));
      return h('div', { class: 'filter-one' }, h('label', { for: id }, plural), input, h('output', { for: id }));
    }),
  );
  showSliders();
}

const percent = (value) => `${Math.round(value * 100)}%`;

function showSliders() {
  const values = ALL.map(([type]) => least(type));
  const common = values.every((value) => value === values[0]) ? values[0] : undefined;
  slider.value = String(common ?? Math.min(...values));
  slider.setAttribute('aria-valuetext', common === undefined ? 'differs by type' : percent(common));
  for (const input of each.querySelectorAll('input')) {
    const value = least(input.dataset.threshold);
    input.value = String(value);
    input.setAttribute('aria-valuetext', percent(value));
    input.nextElementSibling.textContent = value ? percent(value) : 'all';
  }
  const entities = state.annotation?.entities ?? [];
  const names = entities.filter((entity) => !state.hiddenTypes.has(entity.type) && !entityIsShown(entity)).length;
  const quotes = (state.annotation?.quotes ?? []).filter((quote) => !quoteIsShown(quote)).length;
  const parts = [names && `${names} ${names === 1 ? 'name' : 'names'}`, quotes && `${quotes} ${quotes === 1 ? 'quote' : 'quotes'}`].filter(Boolean);
  hidden.textContent = parts.length ? `${parts.join(', ')} hidden` : common ? percent(common) : 'all shown';
}

on(['annotation', 'hiddenTypes'], showLegend);
on(['annotation'], buildSliders);
on(['annotation', 'hiddenTypes', 'confidence'], showSliders);
