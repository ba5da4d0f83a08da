// The buttons at the right: correct back and forth, edit, save, help.

import { entitiesToCSV, quotesToCSV, toHTML, toJSON, toMarkdown, toWebAnnotation } from '../npm/index.js';
import { copy } from './copy.js';
import { redo, undo } from './corrections.js';
import { $, h } from './dom.js';
import { KEYS } from './keyboard.js';
import { namesAsText } from './names.js';
import { keepSettings, settings } from './settings.js';
import { on, state } from './store.js';
import { hashOfView } from './view.js';

const about = () => ({ title: state.source.title, url: state.source.url });

/** The name of a text that has no address: its own hash (RFC 6920). */
function identifier(hash) {
  const bytes = hash.match(/../g).map((pair) => parseInt(pair, 16));
  return `ni:///sha-256;${btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
}

/** What can be saved: title, note, file ending, media type, content. */
export const FORMATS = [
  ['JSON', 'everything found, with the text and your corrections; opens here again', 'json', 'application/json', (text, annotation) => toJSON(text, { ...annotation, ...about(), raw: state.edits.length ? state.raw : undefined, edits: state.edits })],
  ['Web Annotation', 'JSON-LD as the W3C has it', 'jsonld', 'application/ld+json', (text, annotation) => JSON.stringify(toWebAnnotation(text, annotation, { source: state.source.url ?? identifier(state.source.hash) }), undefined, 2)],
  ['Names as CSV', 'for spreadsheets', 'names.csv', 'text/csv', (text, annotation) => entitiesToCSV(text, annotation, { bom: true })],
  ['Quotes as CSV', 'for spreadsheets', 'quotes.csv', 'text/csv', (text, annotation) => quotesToCSV(text, annotation, { bom: true })],
  ['HTML', 'a page by itself', 'html', 'text/html', (text, annotation) => toHTML(text, annotation, about())],
  ['Markdown', 'names and quotes as notes', 'md', 'text/markdown', (text, annotation) => toMarkdown(text, annotation, about())],
];

function save(ending, type, content) {
  const name = state.source.title.normalize('NFKD').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 60).toLowerCase() || 'article';
  const address = URL.createObjectURL(new Blob([content], { type }));
  h('a', { href: address, download: `${name}.${ending}` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export function mountActions({ say, failed }) {
  const help = helpDialog();
  const item = (id, title, note, act) =>
    h('li', {}, h('button', { type: 'button', id, onclick: () => (menu.hidePopover(), act()) }, h('span', {}, title), h('span', { class: 'menu-note' }, note)));
  const menu = h(
    'div',
    { class: 'menu', id: 'save-menu', popover: 'auto' },
    h(
      'ul',
      {},
      ...FORMATS.map(([title, note, ending, type, content]) =>
        item(`save-${ending.replace('.', '-')}`, title, note, () => {
          try {
            save(ending, type, content(state.source.text, state.annotation));
            say(`${title} saved.`);
          } catch (error) {
            failed(error.message);
          }
        }),
      ),
    ),
    h(
      'ul',
      {},
      item('copy-names', 'Copy all names', 'as lines', () => copy(namesAsText(), 'All names copied.')),
      item('copy-view', 'Copy link to this view', 'without the text', () => copy(`${location.origin}${location.pathname}#${hashOfView()}`, 'Link copied.')),
      item('print', 'Print', 'article with its marks, names and quotes', () => print()),
    ),
  );
  const back = h('button', { type: 'button', class: 'icon', id: 'undo', 'aria-label': 'Take the last correction back', title: 'Take the last correction back (u)', onclick: undo }, '↶');
  const again = h('button', { type: 'button', class: 'icon', id: 'redo', 'aria-label': 'Do the correction again', title: 'Do the correction again (U)', onclick: redo }, '↷');
  const buttons = h(
    'span',
    { class: 'bar-buttons' },
    h('button', { type: 'button', class: 'button', id: 'edit', 'aria-pressed': 'false' }, 'Edit'),
    h('button', { type: 'button', class: 'button', id: 'save', popovertarget: 'save-menu' }, 'Save'),
    h('button', { type: 'button', class: 'icon', id: 'help', 'aria-label': 'Keyboard and help', onclick: () => help.showModal() }, '?'),
  );
  $('#actions').append(back, again, buttons, menu, help);
  const showBack = () => {
    back.hidden = again.hidden = !state.edits.length && !state.undone.length;
    back.disabled = !state.edits.length;
    again.disabled = !state.undone.length;
  };
  showBack();
  on(['edits', 'undone'], showBack);
}

function helpDialog() {
  const box = h('input', { type: 'checkbox', id: 'shortcuts', checked: settings.shortcuts });
  box.addEventListener('change', () => {
    settings.shortcuts = box.checked;
    keepSettings();
  });
  const dialog = h(
    'dialog',
    { class: 'dialog help', 'aria-labelledby': 'help-title' },
    h('h2', { id: 'help-title' }, 'Keyboard'),
    h(
      'dl',
      { class: 'keys' },
      ...KEYS.map(([key, what]) => h('div', {}, h('dt', {}, h('kbd', {}, key)), h('dd', {}, what))),
      h('div', {}, h('dt', {}, h('kbd', {}, 'Esc')), h('dd', {}, 'deselect')),
    ),
    h('p', { class: 'dialog-check' }, box, h('label', { for: 'shortcuts' }, 'Single keys do this')),
    h(
      'p',
      { class: 'dialog-note' },
      'Pressmark reads the article on this machine: the text never leaves this page. It finds names and quotes by statistics and rules, so it errs at times; what you correct is kept in this browser, for this text alone. ',
      h('a', { href: './embed.html' }, 'See it inside another page'),
      '.',
    ),
    h('div', { class: 'dialog-actions' }, h('button', { type: 'button', class: 'primary', onclick: () => dialog.close() }, 'Close')),
  );
  return dialog;
}
