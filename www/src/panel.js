// The side panel: tabs, search, filters. On narrow screens it is a sheet at the lower edge.

import { onCopied } from './copy.js';
import { dates, showDates } from './dates.js';
import { $, h } from './dom.js';
import { filters } from './filters.js';
import { links, showLinks } from './links.js';
import { names, showNames } from './names.js';
import { quotes, showQuotes } from './quotes.js';
import { entityIsShown, on, quoteIsShown, state, update } from './store.js';

const TABS = [
  { id: 'names', isList: true, title: 'Names', body: names, show: showNames, count: () => state.annotation?.entities.filter(entityIsShown).length },
  { id: 'quotes', isList: true, title: 'Quotes', body: quotes, show: showQuotes, count: () => state.annotation?.quotes.filter(quoteIsShown).length },
  { id: 'links', title: 'Links', body: links, show: showLinks },
  { id: 'dates', isList: true, title: 'Dates', body: dates, show: showDates },
];

const search = h('input', { type: 'search', id: 'search', class: 'search', placeholder: 'Find a name or words said', 'aria-label': 'Find a name or words said', autocomplete: 'off', spellcheck: false });
search.addEventListener('input', () => update({ search: search.value }));

const tabs = new Map(
  TABS.map(({ id, title }) => [
    id,
    h('button', { type: 'button', role: 'tab', id: `tab-${id}`, 'aria-controls': 'tab-body', onclick: () => pick(id) }, h('span', {}, title), h('span', { class: 'tab-count' })),
  ]),
);
const close = h('button', { type: 'button', class: 'icon sheet-close', 'aria-label': 'Close the list', onclick: () => document.body.classList.remove('sheet-open') }, '×');
const tablist = h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'What to list' }, ...tabs.values());
tablist.addEventListener('keydown', (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const index = TABS.findIndex(({ id }) => id === state.tab);
  const { id } = TABS[(index + step + TABS.length) % TABS.length];
  update({ tab: id });
  tabs.get(id).focus();
});
const body = h('div', { class: 'tab-body', id: 'tab-body', role: 'tabpanel', tabIndex: 0 });

function pick(id) {
  // On a narrow screen the tabs alone are seen until one is picked, and the same one again puts the sheet away.
  document.body.classList.toggle('sheet-open', state.tab !== id || !document.body.classList.contains('sheet-open'));
  update({ tab: id });
}

export function mountPanel({ say }) {
  onCopied(say);
  $('#panel').append(h('div', { class: 'panel-head' }, h('div', { class: 'tab-row' }, tablist, close), h('div', { class: 'panel-tools' }, search, filters)), body);
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
  $('#panel').dataset.tab = current.id;
  // Built anew in parts: to bring back all that stood there would be one long task.
  const before = body.firstElementChild;
  if (current.isList && before !== current.body) current.body.replaceChildren();
  body.replaceChildren(current.body);
  if (before && before !== current.body) body.scrollTop = 0;
  current.show();
}

/** On paper names and quotes stand one after the other. */
matchMedia('print').addEventListener('change', ({ matches }) => {
  if (!matches) return showTab();
  body.replaceChildren(names, quotes);
  showNames({ whole: true });
  showQuotes({ onPaper: true });
});

function showCounts() {
  for (const { id, count } of TABS) $('.tab-count', tabs.get(id)).textContent = count ? (count() ?? '') : '';
}

/** What is selected in the article is in sight in the panel. */
async function follow() {
  const { selected } = state;
  if (!selected) return;
  // Graph and dates show a selection themselves.
  const tab = selected.kind === 'entity' ? 'names' : 'quotes';
  if (state.tab !== tab && ['names', 'quotes'].includes(state.tab)) update({ tab });
  const find = () => [...body.querySelectorAll(`[data-${selected.kind}]`)].find((one) => one.dataset[selected.kind] === selected.id);
  let element = find();
  if (!element) {
    // It may stand in a part of the list that is still to come.
    await TABS.find(({ id }) => id === state.tab)?.show();
    if (state.selected !== selected) return;
    element = find();
  }
  if (!element) return;
  const box = element.getBoundingClientRect();
  const frame = body.getBoundingClientRect();
  if (box.top >= frame.top && box.bottom <= frame.bottom) return;
  // Only the list moves: the article has its own place.
  body.scrollTop += box.top - frame.top - Math.max(12, Math.min(120, (frame.height - box.height) / 2));
}

on(['tab'], showTab);
on(['annotation', 'hiddenTypes', 'confidence'], showCounts);
on(['search'], () => search.value !== state.search && (search.value = state.search));
on(['selected'], follow);
