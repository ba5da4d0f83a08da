// How an article comes in: a sample, the clipboard, a file.

import { readHTML } from '../npm/index.js';
import { $, h } from './dom.js';

/** Longest file that is opened. */
const LARGEST = 32 << 20;

let open;

/** `opened` is called with `{title, text, url?, sample?}`; `failed` with a sentence. */
export async function mountInput({ opened, failed }) {
  open = opened;
  const select = h('select', { id: 'sample' }, h('option', { value: '' }, 'Choose a sample …'));
  const file = h('input', { type: 'file', id: 'file', class: 'visually-hidden', accept: '.txt,.html,.htm,text/plain,text/html', tabIndex: -1, 'aria-hidden': 'true' });
  const dialog = pasteDialog();
  $('#source').append(
    h('label', { class: 'visually-hidden', for: 'sample' }, 'Sample article'),
    select,
    h('button', { type: 'button', class: 'button', id: 'paste', onclick: () => dialog.showModal() }, 'Paste'),
    h('button', { type: 'button', class: 'button', id: 'open', onclick: () => file.click() }, 'Open'),
    file,
    dialog,
  );
  const samples = await (await fetch('./samples/index.json')).json();
  for (const { id, title } of samples) select.append(h('option', { value: id }, title));
  const openSample = async (id) => {
    const sample = samples.find((one) => one.id === id);
    if (!sample) return;
    select.value = id;
    const response = await fetch(`./samples/${sample.file}`);
    if (response.ok) opened({ title: sample.title, text: await response.text(), sample: id });
    else failed(`The sample could not be loaded: ${response.status}`);
  };
  select.addEventListener('change', () => openSample(select.value));
  file.addEventListener('change', async () => {
    if (file.files[0]) await openFile(file.files[0], failed);
    file.value = '';
  });
  addEventListener('dragover', (event) => {
    if (![...event.dataTransfer.types].some((type) => type === 'Files' || type === 'text/plain')) return;
    event.preventDefault();
    document.body.classList.add('dropping');
  });
  addEventListener('dragleave', (event) => event.relatedTarget || document.body.classList.remove('dropping'));
  addEventListener('drop', async (event) => {
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
  return { openSample, samples };
}

function fromClipboard(data) {
  const markup = data.getData('text/html');
  const plain = data.getData('text/plain');
  const text = plain || (markup && readHTML(markup).text);
  if (text?.trim()) openText(text);
}

function openText(text, title) {
  document.querySelector('#sample').value = '';
  open({ title: title ?? firstLine(text), text });
}

const firstLine = (text) => text.trim().split('\n', 1)[0].slice(0, 80);

async function openFile(file, failed) {
  if (file.size > LARGEST) return failed(`${file.name} is larger than 32 MB.`);
  const content = new TextDecoder().decode(await file.arrayBuffer());
  if (/\.html?$/i.test(file.name) || file.type === 'text/html') {
    const { title, text } = readHTML(content);
    openText(text, title || file.name);
  } else openText(content.replace(/\r\n?/g, '\n'), firstLine(content) || file.name);
}

function pasteDialog() {
  const area = h('textarea', { id: 'paste-text', rows: 12, 'aria-label': 'Text of the article', placeholder: 'Paste the article here, as messy as it is.' });
  const dialog = h(
    'dialog',
    { class: 'dialog', 'aria-labelledby': 'paste-title' },
    h('h2', { id: 'paste-title' }, 'Read an article'),
    area,
    h(
      'div',
      { class: 'dialog-actions' },
      h('button', { type: 'button', class: 'quiet', onclick: () => dialog.close() }, 'Cancel'),
      h('button', { type: 'button', class: 'primary', id: 'paste-read', onclick: () => read() }, 'Read it'),
    ),
    h('p', { class: 'dialog-note' }, 'The text stays in this page: nothing is sent anywhere.'),
  );
  const read = () => {
    if (!area.value.trim()) return area.focus();
    dialog.close();
    openText(area.value);
    area.value = '';
  };
  area.addEventListener('keydown', (event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && read());
  return dialog;
}
