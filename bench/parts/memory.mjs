// Peak memory of one process that reads one text.
import { fields, script } from '../children.mjs';
import { megabytes, short, table } from '../numbers.mjs';

export const title = 'Peak memory';

const RUNS = [
  ['Pressmark', 'pressmark', 10_000_000],
  ['Pressmark', 'pressmark', 1_000_000],
  ['wink-nlp', 'wink', 1_000_000],
  ['compromise/three', 'compromise', 1_000_000],
];

export async function measure({ texts }) {
  const runs = [];
  for (const [name, key, bytes] of RUNS) {
    const [[length, before, after, wasmBefore, wasmAfter]] = await fields(process.execPath, [script('memory.mjs'), key, texts, bytes]);
    runs.push({ name, length: Number(length), before: Number(before), after: Number(after), wasm: [Number(wasmBefore), Number(wasmAfter)] });
  }
  return { runs };
}

export function report({ runs }) {
  const rows = runs.map(({ name, length, before, after, wasm: [wasmBefore, wasmAfter] }) => [
    name,
    megabytes(length),
    megabytes(before),
    megabytes(after),
    `${short((after - before) / length)} ×`,
    wasmAfter ? `${megabytes(wasmBefore)} → ${megabytes(wasmAfter)}` : '–',
    wasmAfter ? `${short((wasmAfter - wasmBefore) / length)} ×` : '–',
  ]);
  const head = ['', 'one text of', 'process, loaded', 'process, peak', 'more, over the text', 'wasm memory', 'more, over the text'];
  return `${table(head, rows)}\nThe process's peak holds the text itself, the result as JavaScript objects, and what the collector has not collected yet.\n`;
}
