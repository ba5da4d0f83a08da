// The side panel: tabs, search, filters.

import { $, h } from './dom.js';
import { filters } from './filters.js';
import { names, showNames } from './names.js';
import { quotes, showQuotes } from './quotes.js';
import { entityIsShown, on, quoteIsShown, state, update } from './store.js';

const TABS = [
  { id: 'names', title: 'Names', body: names, show: showNames, count: () => state.annotation?.entities.filter(entityIsShown).length },
  { id: 'quotes', title: 'Quotes', body: quotes, show: showQuotes, count: () => state.annotation?.quotes.filter(quoteIsShown).length },
];

const search = h('input', { type: 'search', id: 'search', class: 'search', placeholder: 'Find a name or words said', 'aria-label': 'Find a name or words said' });
search.addEventListener('input', () => update({ search: search.value }));

const tabs = new Map(
  TABS.map(({ id, title }) => [
    id,
    h('button', { type: 'button', role: 'tab', id: `tab-${id}`, 'aria-controls': 'tab-body', onclick: () => update({ tab: id }) }, h('span', {}, title), h('span', { class: 'tab-count' })),
  ]),
);
const tablist = h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'What to list' }, ...tabs.values());
tablist.addEventListener('keydown', (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const index = TABS.findIndex(({ id }) => id === state.tab);
  const { id } = TABS[(index + step + TABS.length) % TABS.length];
  update({ tab: id });
  tabs.get(id).focus();
});
const body = h('div', { class: 'tab-body', id: 'tab-body', role: 'tabpanel', tabIndex: -1 });

export function mountPanel() {
  $('#panel').append(h('div', { class: 'panel-head' }, tablist, search, filters), body);
  showTab();
  showCounts();
}

function showTab() {
  const current = TABS.find(({ id }) => id === state.tab) ?? TABS[0];
  for (const [id, tab] of tabs) {
    tab.setAttribute('aria-selected', String(id === current.id));
    tab.tabIndex = id === current.id ? 0 : -1;
  }
  body.setAttribute('aria-labelledby', `tab-${current.id}`);
  body.replaceChildren(current.body);
  current.show();
}

function showCounts() {
  for (const { id, count } of TABS) $('.tab-count', tabs.get(id)).textContent = count ? (count() ?? '') : '';
}

/** What is selected in the article is in sight in the panel. */
function follow() {
  const { selected } = state;
  if (!selected) return;
  const tab = selected.kind === 'entity' ? 'names' : 'quotes';
  if (state.tab !== tab) update({ tab });
  const element = $(`.tab-body [data-${selected.kind}="${selected.id}"]`);
  if (!element) return;
  const box = element.getBoundingClientRect();
  const frame = $('#panel').getBoundingClientRect();
  if (box.top < frame.top + 60 || box.bottom > Math.min(frame.bottom, innerHeight)) element.scrollIntoView({ block: 'nearest' });
}

on(['tab'], showTab);
on(['annotation', 'hiddenTypes', 'minConfidence'], showCounts);
on(['selected'], follow);
