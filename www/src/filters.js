// The legend, which is also the switch for each type, and the slider that hides doubtful finds.

import { h } from './dom.js';
import { entityIsShown, on, state, update } from './store.js';
import { TYPES, typeClass } from './types.js';

const legend = h('ul', { class: 'legend', 'aria-label': 'Types shown' });
const slider = h('input', { type: 'range', id: 'confidence', min: '0', max: '0.95', step: '0.05', value: '0' });
const hidden = h('output', { class: 'filter-hidden', for: 'confidence' });

export const filters = h(
  'div',
  { class: 'filters' },
  legend,
  h('div', { class: 'filter-confidence' }, h('label', { for: 'confidence' }, 'Sure at least'), slider, hidden),
);

slider.addEventListener('input', () => update({ minConfidence: Number(slider.value) }));

function toggle(type) {
  const next = new Set(state.hiddenTypes);
  if (!next.delete(type)) next.add(type);
  update({ hiddenTypes: next });
}

function showLegend() {
  const counts = new Map();
  for (const entity of state.annotation?.entities ?? []) counts.set(entity.type, (counts.get(entity.type) ?? 0) + 1);
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

function showHidden() {
  slider.value = String(state.minConfidence);
  const entities = state.annotation?.entities ?? [];
  const names = entities.filter((entity) => !state.hiddenTypes.has(entity.type) && !entityIsShown(entity)).length;
  const quotes = (state.annotation?.quotes ?? []).filter((quote) => quote.confidence < state.minConfidence).length;
  slider.setAttribute('aria-valuetext', `${Math.round(state.minConfidence * 100)} per cent`);
  const parts = [names && `${names} ${names === 1 ? 'name' : 'names'}`, quotes && `${quotes} ${quotes === 1 ? 'quote' : 'quotes'}`].filter(Boolean);
  hidden.textContent = parts.length ? `${parts.join(', ')} hidden` : state.minConfidence ? `${Math.round(state.minConfidence * 100)}%` : 'all shown';
}

on(['annotation', 'hiddenTypes'], showLegend);
on(['annotation', 'hiddenTypes', 'minConfidence'], showHidden);
