// What takes longest to come is asked for first, from the head of the page: the worker, the wasm, the article to begin with.

import { scriptURL } from './trusted.js';

/** The package's worker, bundled beside this file. */
const start = () => new Worker(scriptURL(new URL('./worker.js', import.meta.url)), { type: 'module', name: 'pressmark' });

const WASM = new URL('../npm/dist/pressmark_bg.wasm', import.meta.url);
let first = start();

/** The worker that starts meanwhile; a new one for whoever asks again, as after a text that was cancelled. */
export function worker() {
  const mine = first ?? start();
  first = undefined;
  return mine;
}

async function compiled() {
  const response = await fetch(WASM);
  const isPlain = response.ok && response.headers.get('Content-Type')?.startsWith('application/wasm');
  return isPlain ? WebAssembly.compileStreaming(response) : WASM;
}

/** Compiled once, and used by every worker; its address where that fails: the package then loads it, and tells why it cannot. */
export const wasm = compiled().catch(() => WASM);

const address = new URLSearchParams(location.hash.slice(1));

/** The samples there are. Without them, pasting and opening work all the same. */
export const samples = fetch('./samples/index.json').then((response) => response.json(), () => []);

const asked = new Map();

/** A sample's text; rejects with why there is none. */
export function sampleText(file) {
  const text = asked.get(file) ?? fetch(`./samples/${file}`).then((response) => (response.ok ? response.text() : Promise.reject(new Error(String(response.status)))));
  asked.delete(file);
  return text;
}

/** The sample that the page opens on; undefined where the address names something else. */
export const firstSample = address.has('article') ? undefined : samples.then((all) => all.find(({ id }) => id === address.get('sample')) ?? all[0]);

firstSample?.then((sample) => {
  if (!sample) return;
  const text = sampleText(sample.file);
  // Whoever takes it hears of a failure.
  text.catch(() => {});
  asked.set(sample.file, text);
});
