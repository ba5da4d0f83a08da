// One key for each thing that is done often. Off where somebody writes, and off altogether where the reader wants it so.

import { redo, undo } from './corrections.js';
import { $ } from './dom.js';
import { step, stepAny, stepQuote } from './reader.js';
import { settings } from './settings.js';
import { state, update } from './store.js';

export const KEYS = [
  ['j', 'next mention of the selected name, or the next name', () => (isEntity() ? step(1) : stepAny(1))],
  ['k', 'previous mention', () => (isEntity() ? step(-1) : stepAny(-1))],
  ['J', 'next name in the text, whoever it is', () => stepAny(1)],
  ['K', 'previous name in the text', () => stepAny(-1)],
  ['q', 'next quote', () => stepQuote(1)],
  ['Q', 'previous quote', () => stepQuote(-1)],
  ['/', 'search', () => ($('#search').focus(), $('#search').select())],
  ['1', 'names', () => update({ tab: 'names' })],
  ['2', 'quotes', () => update({ tab: 'quotes' })],
  ['3', 'links', () => update({ tab: 'links' })],
  ['4', 'dates', () => update({ tab: 'dates' })],
  ['u', 'take the last correction back', undo],
  ['U', 'do it again', redo],
  ['e', 'edit the text', () => $('#edit').click()],
  ['?', 'this list', () => $('#help').click()],
];

const isEntity = () => state.selected?.kind === 'entity';

export function mountKeyboard() {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const writes = event.target.closest?.('input:not([type="range"], [type="checkbox"]), textarea, select, [contenteditable]');
    if (event.key === 'Escape' && !document.querySelector('dialog[open], [popover]:popover-open')) {
      if (writes?.id === 'search' && writes.value) return void update({ search: '' });
      if (writes) return writes.blur();
      document.body.classList.remove('sheet-open');
      return void update({ selected: null });
    }
    if (writes || document.querySelector('dialog[open]')) return;
    // While a text is read there is no article to go through.
    if (state.editing || $('#panel').inert) return;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'z' && (state.edits.length || state.undone.length)) {
      event.preventDefault();
      return event.shiftKey ? redo() : undo();
    }
    if (!settings.shortcuts || event.ctrlKey || event.metaKey || event.altKey) return;
    const [, , act] = KEYS.find(([key]) => key === event.key) ?? [];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
