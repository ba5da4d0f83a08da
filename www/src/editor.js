// Writing in the article: the browser keeps the text, highlights are painted over it, so nothing flickers while it is read anew.

import { $, h } from './dom.js';
import { on, state, update } from './store.js';
import { TYPES, typeClass } from './types.js';

/** Pause in writing, in milliseconds, after which the text is read anew. */
const PAUSE = 120;

const article = $('#article');
let field;
let timer;
let reading;
let asked;

export function mountEditor({ annotator, opened }) {
  $('#edit').addEventListener('click', () => (state.editing ? finish(opened) : start(annotator)));
  on(['editing'], () => {
    $('#edit').textContent = state.editing ? 'Done' : 'Edit';
    $('#edit').setAttribute('aria-pressed', String(state.editing));
    document.body.classList.toggle('editing', state.editing);
    if (!state.editing) stop();
  });
}

function start(annotator) {
  if (!state.source) return;
  field = h('div', { class: 'editor', id: 'editor', role: 'textbox', 'aria-multiline': 'true', 'aria-label': 'Text of the article', spellcheck: true });
  field.contentEditable = 'plaintext-only';
  // Browsers without it have the ordinary kind; pasting is held to plain text below.
  if (field.contentEditable !== 'plaintext-only') field.contentEditable = 'true';
  field.append(state.source.text);
  field.addEventListener('paste', (event) => {
    event.preventDefault();
    event.stopPropagation();
    document.execCommand('insertText', false, event.clipboardData.getData('text/plain'));
  });
  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => readAnew(annotator), PAUSE);
  });
  article.replaceChildren(field);
  update({ editing: true, selected: null });
  field.focus({ preventScroll: true });
  paint(state.annotation, segments(field));
}

/** Reads what stands there now. What is painted stays until the new result is there. */
async function readAnew(annotator) {
  reading?.abort();
  reading = new AbortController();
  const { signal } = reading;
  const mine = (asked = {});
  const parts = segments(field);
  try {
    const annotation = await annotator.analyze(parts.text, { signal });
    if (mine !== asked || !state.editing) return;
    // The source's hash is that of another text by now; corrections are not kept until the text is done.
    update({ source: { ...state.source, text: parts.text }, raw: annotation, annotation });
    paint(annotation, parts);
  } catch (error) {
    if (!signal.aborted) $('#status').textContent = error.message;
  }
}

/** The text of the field and its text nodes with their offsets: line breaks may be characters or elements. */
function segments(root) {
  let text = '';
  const nodes = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) {
      nodes.push({ node, start: text.length });
      text += node.data;
    } else if (node.localName === 'br') text += '\n';
    else if (node.localName === 'div' && text && !text.endsWith('\n')) text += '\n';
  }
  return { text, nodes };
}

const NAMES = [...TYPES.map(([type]) => `pressmark-edit-${typeClass(type)}`), 'pressmark-edit-quote'];

function paint(annotation, { nodes }) {
  if (!globalThis.CSS?.highlights) return;
  const ranges = new Map(NAMES.map((name) => [name, []]));
  const at = (offset) => {
    let index = nodes.findLastIndex(({ start }) => start <= offset);
    if (index < 0) index = 0;
    return nodes[index] && [nodes[index].node, Math.min(offset - nodes[index].start, nodes[index].node.length)];
  };
  const add = (name, { start, end }) => {
    const from = at(start);
    const to = at(end);
    if (!from || !to) return;
    const range = document.createRange();
    range.setStart(...from);
    range.setEnd(...to);
    ranges.get(name).push(range);
  };
  for (const { type, mentions } of annotation.entities) {
    for (const mention of mentions) if (mention.kind !== 'pronoun' && mention.kind !== 'nominal') add(`pressmark-edit-${typeClass(type)}`, mention);
  }
  for (const { kind, pieces } of annotation.quotes) if (kind !== 'indirect') for (const piece of pieces) add('pressmark-edit-quote', piece);
  // All at once: no frame shows the text without its marks.
  for (const [name, list] of ranges) CSS.highlights.set(name, new Highlight(...list));
}

function stop() {
  clearTimeout(timer);
  reading?.abort();
  asked = undefined;
  for (const name of NAMES) globalThis.CSS?.highlights?.delete(name);
}

function finish(opened) {
  const { text } = segments(field);
  const { title, url } = state.source;
  stop();
  opened({ title: text.trim().split('\n', 1)[0].slice(0, 80) || title, text, url, quiet: true });
}
