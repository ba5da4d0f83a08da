// Puts the page together: an article comes in, the worker reads it, the views show it.

import { createAnnotator } from '../npm/index.js';
import * as early from './early.js';
import { mountActions } from './actions.js';
import { corrected, editsOf, hashOf } from './corrections.js';
import { $, breathe, h, painted } from './dom.js';
import { mountEditor } from './editor.js';
import { mountInput } from './input.js';
import { mountKeyboard } from './keyboard.js';
import './minimap.js';
import { startOffline } from './offline.js';
import { mountPanel } from './panel.js';
import { renewArticle, showArticle, showPlain } from './reader.js';
import './selection.js';
import { recallSettings } from './settings.js';
import { assign, on, state } from './store.js';
import { recallView } from './view.js';
import { warmUp } from './warming.js';

const annotator = createAnnotator({ worker: early.worker, wasm: early.wasm });
const article = $('#article');
const panel = $('#panel');
const status = $('#status');
const LONG = 200_000;
/** Characters that are read before anybody would look how far that has come: nothing is told on the way. */
const SHORT = 20_000;
/** The recogniser's share of the time until a long article stands; the other is that of its marks. */
const READ = 0.7;
/** Milliseconds after which a text that is still being read is shown as it is. */
const PATIENCE = 120;
let reading;
/** Whether the article shown is a text that is still being read. */
let isPlain = false;

function setPlain(isSo) {
  isPlain = isSo;
  // Until then the panel, and what is edited and saved, is about another article, or none.
  panel.inert = $('#actions').inert = isSo;
}

let isScrolled = false;
addEventListener('scroll', () => (isScrolled = true), { passive: true });

/** Back to the head of the article; a page that stands there is not laid out to find that out. */
function toHead() {
  if (isScrolled) scrollTo({ top: 0 });
  isScrolled = false;
}

/** Reads an article and shows it. `source.annotation` is given when somebody has read it before. */
async function opened(source) {
  reading?.abort();
  reading = new AbortController();
  const { signal } = reading;
  article.setAttribute('aria-busy', 'true');
  // What is read at once shows itself; a text that takes longer can be seen meanwhile.
  const glance = setTimeout(() => {
    if (source.quiet) return;
    showPlain(source.text);
    setPlain(true);
    toHead();
  }, PATIENCE);
  const bar = h('progress', { 'aria-label': 'Reading the article', max: 1 });
  // A short article is read before anybody could read this line.
  const patience = setTimeout(() => showProgress(source, bar, reading), 200);
  // The last part of the bar is the page's own work.
  const onProgress = source.text.length > SHORT ? ({ phase, share }) => phase !== 'load' && (bar.value = share * READ) : undefined;
  try {
    const start = performance.now();
    const [raw, hash] = await Promise.all([source.annotation ?? annotator.analyze(source.text, { signal, onProgress }), hashOf(source.text)]);
    if (signal.aborted) throw signal.reason;
    clearTimeout(glance);
    const edits = source.edits ?? editsOf(hash);
    const { annotation: _, edits: __, ...rest } = source;
    const annotation = edits.length ? corrected(raw, edits) : raw;
    const telling = assign({ source: { ...rest, hash }, raw, annotation, edits, undone: [], selected: null, occurrence: 0, search: '', editing: false });
    setPlain(false);
    if (!source.quiet) toHead();
    const standing = showArticle({ told: (share) => (bar.value = READ + share * (1 - READ)), above: isScrolled ? scrollY : 0 });
    await painted();
    performance.measure('pressmark: text to highlights', { start });
    // The article's first lines are on the screen before the panel is built, and each part of that is a task of its own.
    await painted();
    for (const tell of telling) {
      if (signal.aborted) return;
      tell();
      await breathe();
    }
    await standing;
    if (signal.aborted) return;
    document.title = `${source.title} – Pressmark`;
    status.replaceChildren(found());
    recallView();
    article.setAttribute('aria-busy', 'false');
  } catch (error) {
    if (reading.signal !== signal) return;
    // The article that stood here before is still the one that all else is about.
    const standing = isPlain && state.source && showArticle();
    setPlain(false);
    await standing;
    if (reading.signal !== signal) return;
    article.setAttribute('aria-busy', 'false');
    if (signal.aborted) status.textContent = 'Cancelled: the text was not read.';
    else failed(error.message);
  } finally {
    clearTimeout(glance);
    clearTimeout(patience);
  }
}

function showProgress(source, bar, controller) {
  const size = source.text.length > LONG ? ` (${(source.text.length / 1e6).toFixed(1)} million characters)` : '';
  status.replaceChildren(
    `Reading the article${size} `,
    bar,
    h('button', { type: 'button', class: 'quiet', id: 'cancel', onclick: () => controller.abort(new DOMException('Cancelled', 'AbortError')) }, 'Cancel'),
  );
}

const some = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

function found() {
  const { entities, quotes } = state.annotation;
  const corrections = state.edits.length ? `, ${some(state.edits.length, 'correction')}` : '';
  return `${some(entities.length, 'name')} and ${some(quotes.length, 'quote')} found${corrections}.`;
}

function failed(message) {
  status.replaceChildren(h('span', { class: 'problem', role: 'alert' }, message));
}

function say(message) {
  status.textContent = message;
}

on(['edits'], (_, changed) => {
  // A new text shows itself; a correction alone changes the one that stands.
  if (changed.includes('source')) return;
  renewArticle();
  say(found());
});

annotator.warm().catch((error) => failed(error.message));
recallSettings();
mountPanel({ say });
mountActions({ say, failed });
mountKeyboard();
mountEditor({ annotator, opened });
const { openSample } = mountInput({ opened, failed });

/** The article that the address names, such as one that `serve --article` puts beside the page; from this site only. */
async function namedArticle(path) {
  const url = new URL(path, location.href);
  if (url.origin !== location.origin) return undefined;
  const response = await fetch(url).catch((error) => ({ status: error.message }));
  if (!response.ok) return void failed(`${path} could not be loaded: ${response.status}`);
  const text = await response.text();
  return { title: text.trim().split('\n', 1)[0].slice(0, 80), text, named: path };
}

const address = new URLSearchParams(location.hash.slice(1));
const named = address.has('article') ? await namedArticle(address.get('article')) : undefined;
// Whoever was quicker with a paste keeps what was pasted.
const sample = named ? undefined : await (early.firstSample ?? early.samples.then(([first]) => first));
if (!reading) {
  if (named) await opened(named);
  else if (sample) await openSample(sample.id);
}
performance.mark('pressmark: interactive');
warmUp(annotator);
startOffline({ say });

// For the tests: the one state that all modules share.
export { update } from './store.js';
