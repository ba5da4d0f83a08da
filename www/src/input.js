// How an article comes in: a sample, the clipboard, a file.

import { readHTML } from '../npm/index.js';
import { $, h } from './dom.js';
import { sampleText, samples } from './early.js';
import { on, state } from './store.js';

/** Longest file that is opened. */
const LARGEST = 32 << 20;
const ACCEPTED = '.txt,.html,.htm,.md,.docx,.json,text/plain,text/html,text/markdown,application/json';

let open;

/** `opened` is called with `{title, text, url?, sample?}`; `failed` with a sentence. */
export function mountInput({ opened, failed }) {
  open = opened;
  const select = h('select', { id: 'sample' }, h('option', { value: '' }, 'Choose a sample …'));
  const file = h('input', { type: 'file', id: 'file', class: 'visually-hidden', accept: ACCEPTED, tabIndex: -1, 'aria-hidden': 'true' });
  const dialog = pasteDialog();
  $('#source').append(
    h('label', { class: 'visually-hidden', for: 'sample' }, 'Sample article'),
    select,
    h('button', { type: 'button', class: 'button', id: 'paste', onclick: () => dialog.showModal() }, 'Paste'),
    h('button', { type: 'button', class: 'button', id: 'open', onclick: () => file.click() }, 'Open'),
    file,
    dialog,
  );
  samples.then((all) => select.append(...all.map(({ id, title }) => h('option', { value: id }, title))));
  // It tells what stands there, not what is being read.
  on(['source'], () => (select.value = state.source.sample ?? ''));
  const openSample = async (id) => {
    const sample = (await samples).find((one) => one.id === id);
    if (!sample) return;
    select.value = id;
    let text;
    try {
      text = await sampleText(sample.file);
    } catch (error) {
      return void failed(`The sample could not be loaded: ${error.message}`);
    }
    await opened({ title: sample.title, text, sample: id });
  };
  select.addEventListener('change', () => openSample(select.value));
  file.addEventListener('change', async () => {
    if (file.files[0]) await openFile(file.files[0], failed);
    file.value = '';
  });
  addEventListener('dragover', (event) => {
    if (event.target.closest?.('.editor, textarea, input')) return;
    if (![...event.dataTransfer.types].some((type) => ['Files', 'text/plain', 'text/html'].includes(type))) return;
    event.preventDefault();
    document.body.classList.add('dropping');
  });
  addEventListener('dragleave', (event) => event.relatedTarget || document.body.classList.remove('dropping'));
  addEventListener('drop', async (event) => {
    if (event.target.closest?.('.editor, textarea, input')) return;
    event.preventDefault();
    document.body.classList.remove('dropping');
    const [dropped] = event.dataTransfer.files;
    if (dropped) await openFile(dropped, failed);
    else fromClipboard(event.dataTransfer);
  });
  addEventListener('paste', (event) => {
    if (event.target.closest?.('input, textarea, [contenteditable]')) return;
    fromClipboard(event.clipboardData);
  });
  return { openSample };
}

/** Rich text where it keeps the words, since it knows its paragraphs; else plain text. */
function fromClipboard(data) {
  const markup = data.getData('text/html');
  const plain = data.getData('text/plain');
  const { text, title, url } = markup ? readHTML(markup) : {};
  if (text?.trim() && text.length >= plain.length * 0.6) openText(text, { title, url });
  else if (plain.trim()) openText(plain.replace(/\r\n?/g, '\n'));
}

function openText(text, { title, url } = {}) {
  open({ title: title || firstLine(text), text, url: webAddress(url) });
}

const firstLine = (text) => text.trim().split('\n', 1)[0].slice(0, 80);
const webAddress = (url) => (typeof url === 'string' && /^https?:\/\/\S+$/i.test(url.trim()) && URL.canParse(url.trim()) ? new URL(url.trim()).href : undefined);

async function openFile(file, failed) {
  if (file.size > LARGEST) return failed(`${file.name} is larger than 32 MB.`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const ending = /\.([a-z]+)$/i.exec(file.name)?.[1].toLowerCase();
  try {
    if (ending === 'docx') {
      const { readDocx } = await import('./docx.js');
      return openText(await readDocx(bytes));
    }
    const content = decode(bytes);
    if (ending === 'json') return openAnnotation(JSON.parse(content), file.name);
    if (ending === 'html' || ending === 'htm' || file.type === 'text/html') {
      const { title, text, url } = readHTML(content);
      return openText(text, { title: title || file.name, url });
    }
    const text = content.replace(/\r\n?/g, '\n');
    if (!text.trim()) return failed(`${file.name} holds no text.`);
    openText(ending === 'md' ? withoutMarkdown(text) : text);
  } catch (error) {
    failed(`${file.name} could not be read: ${error.message}`);
  }
}

/** UTF-8 and UTF-16 by their marks; what is no UTF-8 is taken for the old Western encoding. */
function decode(bytes) {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
  if (utf16) return new TextDecoder(utf16).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** What was saved here as JSON: nothing is analysed, corrections come along. */
function openAnnotation(saved, name) {
  const { text, title, url, raw, edits, ...annotation } = saved;
  if (typeof text !== 'string' || annotation.schema !== 1 || ![annotation.entities, annotation.quotes, annotation.blocks, annotation.sentences].every(Array.isArray)) {
    throw new Error('it is no annotation with its text');
  }
  open({ title: title || firstLine(text) || name, text, url: webAddress(url), annotation: raw ?? annotation, edits: raw && Array.isArray(edits) ? edits : [] });
}

/** The words of Markdown: its signs would be read as part of them. */
function withoutMarkdown(text) {
  return text
    .replace(/^---\n[^]*?\n---\n/, '')
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+)/gm, '')
    .replace(/(\*\*|__)(?=\S)([^]*?\S)\1/g, '$2')
    .replace(/(^|[\s("“‘])[*_](?=\S)([^*_\n]*\S)[*_](?=[\s)"”’.,;:!?]|$)/gm, '$1$2')
    .replace(/`([^`\n]+)`/g, '$1');
}

function pasteDialog() {
  const area = h('textarea', { id: 'paste-text', rows: 12, 'aria-label': 'Text of the article', placeholder: 'Paste the article here, as messy as it is.' });
  const address = h('input', { type: 'url', id: 'paste-url', placeholder: 'https://', autocomplete: 'off' });
  let rich;
  // What a browser puts beside the plain words is kept until the text is changed by hand.
  area.addEventListener('paste', (event) => {
    const markup = event.clipboardData.getData('text/html');
    const { text, url } = markup ? readHTML(markup) : {};
    if (!text?.trim() || text.length < event.clipboardData.getData('text/plain').length * 0.6) return;
    event.preventDefault();
    area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end');
    rich = url;
    if (url && !address.value) address.value = url;
  });
  const dialog = h(
    'dialog',
    { class: 'dialog', 'aria-labelledby': 'paste-title' },
    h('h2', { id: 'paste-title' }, 'Read an article'),
    area,
    h('p', { class: 'dialog-field' }, h('label', { for: 'paste-url' }, 'Its address, for links to quotes (not needed)'), address),
    h('p', { class: 'dialog-note' }, 'The text stays in this page: nothing is sent anywhere.'),
    h(
      'div',
      { class: 'dialog-actions' },
      h('button', { type: 'button', class: 'quiet', onclick: () => dialog.close() }, 'Cancel'),
      h('button', { type: 'button', class: 'primary', id: 'paste-read', onclick: () => read() }, 'Read it'),
    ),
  );
  const read = () => {
    if (!area.value.trim()) return area.focus();
    dialog.close();
    openText(area.value, { url: address.value || rich });
    area.value = address.value = '';
    rich = undefined;
  };
  area.addEventListener('keydown', (event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && read());
  return dialog;
}
