// Puts the page together: an article comes in, the worker reads it, the views show it.

import { createAnnotator } from '../npm/index.js';
import { $, h } from './dom.js';
import { mountInput } from './input.js';
import { mountPanel } from './panel.js';
import { showArticle } from './reader.js';
import { state, update } from './store.js';

const annotator = createAnnotator();
const status = $('#status');
let reading;

async function opened(source) {
  reading?.abort();
  reading = new AbortController();
  const { signal } = reading;
  const cancel = h('button', { type: 'button', class: 'quiet', onclick: () => reading.abort() }, 'Cancel');
  // A short article is read before anybody could read this line.
  const patience = setTimeout(() => status.replaceChildren('Reading the article … ', cancel), 200);
  try {
    const started = performance.now();
    const raw = await annotator.analyze(source.text, { signal });
    update({ source, raw, annotation: raw, edits: [], selected: null, occurrence: 0, search: '' });
    await showArticle();
    performance.measure('pressmark: text to highlights', { start: started });
    document.title = `${source.title} – Pressmark`;
    const { entities, quotes } = raw;
    status.textContent = `${entities.length} names and ${quotes.length} quotes found.`;
    scrollTo({ top: 0 });
  } catch (error) {
    if (signal.aborted) {
      if (reading.signal === signal) status.textContent = 'Cancelled.';
      return;
    }
    failed(error.message);
  } finally {
    clearTimeout(patience);
  }
}

function failed(message) {
  status.replaceChildren(h('span', { class: 'problem' }, message));
}

mountPanel();
const { openSample, samples } = await mountInput({ opened, failed });
annotator.warm().catch((error) => failed(error.message));

/** The article that the address names, such as one that `serve --article` puts beside the page; from this site only. */
async function namedArticle() {
  const path = new URLSearchParams(location.hash.slice(1)).get('article');
  const url = path && new URL(path, location.href);
  if (!url || url.origin !== location.origin) return undefined;
  const response = await fetch(url);
  if (!response.ok) return void failed(`${path} could not be loaded: ${response.status}`);
  const text = await response.text();
  return { title: text.trim().split('\n', 1)[0].slice(0, 80), text };
}

const named = await namedArticle();
if (state.source === null) {
  if (named) await opened(named);
  else if (samples.length) await openSample(samples[0].id);
}
