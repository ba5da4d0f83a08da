// A module that is damaged is a typed error at the start, or a defined result: never a hang, never undefined behaviour. And a
// panic in a worker costs its own text alone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { createAnnotator, init } from '../../npm/index.js';

const WASM = readFileSync(new URL('../../npm/dist/pressmark_bg.wasm', import.meta.url));
const TEXT = '“We will rebuild,” said Ana Ruiz, the mayor of Porto.';

const ENGINE = new URL('../../npm/src/engine.js', import.meta.url).href;

/** Loads `wasm` in a thread of its own, since a module that works is kept; tells each step's outcome, then reads by the right one. */
function attempt(wasm) {
  const program = `
    const { parentPort, workerData } = require('node:worker_threads');
    (async () => {
      const { wasm, right, text } = workerData;
      const engine = await import(${JSON.stringify(ENGINE)});
      const told = {};
      const tell = async (step, act) => { try { told[step] = await act(); } catch (error) { told[step] = error.code ?? String(error.stack); } };
      await tell('init', async () => (await engine.init({ wasm }), 'loaded'));
      if (told.init === 'loaded') for (const step of ['first', 'second']) await tell(step, () => engine.analyze(text).length);
      else await tell('right', async () => (await engine.init({ wasm: right }), engine.analyze(text).length));
      parentPort.postMessage(told);
    })();`;
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { eval: true, workerData: { wasm, right: WASM, text: TEXT } });
    worker.on('message', (told) => (resolve(told), worker.terminate()));
    worker.on('error', reject);
  });
}

const flipped = (at, bit = 1) => {
  const bytes = Buffer.from(WASM);
  bytes[at] ^= bit;
  return bytes;
};

const HOPELESS = {
  'nothing': Buffer.alloc(0),
  'half a header': WASM.subarray(0, 4),
  'a header and nothing else': WASM.subarray(0, 8),
  'a module that is cut in half': WASM.subarray(0, WASM.length >> 1),
  'a module without its last byte': WASM.subarray(0, -1),
  'another magic number': flipped(1),
  'another version of WebAssembly': flipped(4, 2),
  'a page of HTML': Buffer.from('<!doctype html><title>404</title>'),
  'another module': Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]),
  'a text': 'file:///no/such/file.wasm',
};

for (const [what, wasm] of Object.entries(HOPELESS)) {
  test(`${what} is a LoadError, and the right module loads afterwards`, async () => {
    assert.deepEqual(await attempt(wasm), { init: 'load-failed', right: TEXT.length });
  });
}

test('the built-in data damaged anywhere gives annotations or a typed error', async () => {
  // The data section is the last large one: words, weights. Code is validated by the engine and left out here.
  let state = 7;
  const random = (below) => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) % below;
  const from = Math.floor(WASM.length * 0.6);
  const outcomes = new Map();
  const place = /PMLX|PMARKNER|PMQT/g;
  const headers = [...WASM.toString('latin1').matchAll(place)].map(({ index }) => index);
  const places = [...headers.flatMap((at) => [at + 5, at + 17, at + 29]), ...Array.from({ length: 4 }, () => from + random(WASM.length - from))];
  // A module is compiled for each: a handful, every kind of place among them.
  for (const at of places.slice(-16)) {
    const told = await attempt(flipped(Math.min(at, WASM.length - 1), 1 << random(8)));
    const outcome = told.init === 'loaded' ? String(told.second) : told.init;
    assert.ok([String(TEXT.length), 'load-failed', 'internal'].includes(outcome), JSON.stringify(told));
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  assert.ok(outcomes.get(String(TEXT.length)) > 0, 'most flips only change a weight');
});

// `cargo xtask test` builds a module that panics on one text.
const folder = process.env.PRESSMARK_PANIC_PROBE;
const skip = folder ? false : 'PRESSMARK_PANIC_PROBE is not set: run cargo xtask test';

test('a panic in a worker rejects its own text; those before, beside and after it are read', { skip }, async () => {
  await init();
  const annotator = createAnnotator({ wasm: readFileSync(join(folder, 'pressmark_bg.wasm')), workers: 2 });
  try {
    const expected = JSON.stringify(await annotator.analyze(TEXT));
    for (let time = 0; time < 3; time++) {
      const all = await Promise.allSettled([annotator.analyze(TEXT), annotator.analyze('panic, please'), annotator.analyze(TEXT), annotator.analyze('panic, please'), annotator.analyze(TEXT)]);
      assert.deepEqual(all.map(({ status }) => status), ['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled']);
      for (const { value, reason } of all) {
        if (value) assert.equal(JSON.stringify(value), expected);
        else {
          assert.equal(reason.code, 'internal');
          assert.match(reason.message, /panicked at/);
        }
      }
      assert.equal(annotator.thread, 'worker', 'nobody falls back to the main thread');
    }
    const batch = [];
    for await (const result of annotator.analyzeMany([TEXT, 'panic, please', TEXT])) batch.push(result.error?.code ?? result.annotation.length);
    assert.deepEqual(batch, [TEXT.length, 'internal', TEXT.length]);
  } finally {
    await annotator.close();
  }
});

test('a text that is being read is cancelled, and the next one is read', async () => {
  const annotator = createAnnotator({ wasm: WASM });
  try {
    await annotator.warm();
    const controller = new AbortController();
    const long = annotator.analyze('“We stay,” Ana Ruiz said. '.repeat(800_000), { signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    await assert.rejects(long, { name: 'AbortError' });
    assert.equal((await annotator.analyze(TEXT)).length, TEXT.length);
  } finally {
    await annotator.close();
  }
});
