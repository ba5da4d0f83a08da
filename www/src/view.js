// The view in the address, so that a link or a reload shows it again. The text itself is never part of it.

import { selectEntity, selectQuote } from './reader.js';
import { entityById, on, quoteById, state, update } from './store.js';
import { TYPES } from './types.js';

const TABS = ['names', 'quotes', 'links', 'dates'];

let timer;
let recalled = false;

/** The view as an address's hash. */
export function hashOfView() {
  const view = new URLSearchParams();
  const { source, selected, occurrence, tab, graph } = state;
  if (source?.sample) view.set('sample', source.sample);
  else if (source?.named) view.set('article', source.named);
  if (tab !== 'names') view.set('tab', tab);
  if (tab === 'links' && graph !== 'together') view.set('graph', graph);
  if (selected) view.set('at', selected.kind === 'entity' && occurrence ? `${selected.id}.${occurrence}` : selected.id);
  return view.toString();
}

/** Restores what the address says, once: later the address follows the view. */
export function recallView() {
  if (recalled) return write();
  recalled = true;
  const view = new URLSearchParams(location.hash.slice(1));
  const hidden = view.get('hide')?.split(',').filter((type) => TYPES.some(([known]) => known === type));
  if (hidden) update({ hiddenTypes: new Set(hidden) });
  if (view.get('graph') === 'about') update({ graph: 'about' });
  const [, id, occurrence] = /^([eq][\d@]+)(?:\.(\d+))?$/.exec(view.get('at') ?? '') ?? [];
  if (id?.startsWith('e') && Number(occurrence ?? 0) < (entityById(id)?.mentions.length ?? 0)) selectEntity(id, Number(occurrence ?? 0));
  else if (id?.startsWith('q') && quoteById(id)) selectQuote(id);
  if (TABS.includes(view.get('tab'))) update({ tab: view.get('tab') });
  write();
}

function write() {
  clearTimeout(timer);
  const hash = hashOfView();
  if (recalled && location.hash.slice(1) !== hash) history.replaceState(null, '', `#${hash}`);
}

on(['selected', 'occurrence', 'tab', 'graph'], () => {
  clearTimeout(timer);
  timer = setTimeout(write, 150);
});
