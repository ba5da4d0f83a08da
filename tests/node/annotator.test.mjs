// Analysis off the main thread: same results, cancelling, progress, batches, and no promise left hanging.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ClosedError, InvalidOptionError, LoadError, TextTooLongError, WorkerError, analyze, createAnnotator } from '../../npm/index.js';

const TEXT = '“We will rebuild,” said Ana Ruiz, the mayor of Porto, to the Red Cross. ';
/** Takes a worker long enough that one can stop it. */
const LONG = TEXT.repeat(10_000);
const open = [];
const make = (options) => {
  const annotator = createAnnotator(options);
  open.push(annotator);
  return annotator;
};
after(() => Promise.all(open.map((annotator) => annotator.close())));

for (const worker of [undefined, false]) {
  const where = worker === false ? 'on this thread' : 'in a worker';

  test(`${where} a text gives what analyze gives`, async () => {
    const annotator = make({ worker });
    const options = { types: ['PERSON', 'PLACE'], explain: true };
    assert.deepEqual(await annotator.analyze(TEXT, options), analyze(TEXT, options));
    assert.equal(annotator.thread, worker === false ? 'main' : 'worker');
  });

  test(`${where} a text of many thousand mentions comes whole`, async () => {
    const text = TEXT.repeat(2000);
    assert.deepEqual(await make({ worker }).analyze(text), analyze(text));
  });

  test(`${where} progress goes from loading to done and never back`, async () => {
    const seen = [];
    await make({ worker }).analyze(TEXT.repeat(100), { onProgress: (progress) => seen.push(progress) });
    const order = ['load', 'read', 'names', 'identity', 'quotes', 'done'];
    const phases = seen.map(({ phase }) => phase);
    assert.deepEqual(phases.filter((phase) => phase !== 'load'), order.slice(1));
    for (const { phase, done, total } of seen) assert.deepEqual([done, total], [order.indexOf(phase), 5]);
    assert.equal(seen.at(-1).share, 1);
  });

  test(`${where} a long text is told of inside its phases`, async () => {
    const shares = [];
    await make({ worker }).analyze(TEXT.repeat(5000), { onProgress: ({ phase, share }) => shares.push([phase, share]) });
    const within = shares.filter(([phase], index) => shares.findIndex(([other]) => other === phase) !== index);
    assert.ok(within.filter(([phase]) => phase === 'names').length > 3, `names are told of on the way: ${shares.join('; ')}`);
    shares.forEach(([, share], index) => assert.ok(share >= (shares[index - 1]?.[1] ?? 0) && share <= 1, `never back: ${shares.join('; ')}`));
  });

  test(`${where} a listener that throws harms nothing`, async () => {
    const onProgress = () => {
      throw new Error('from the listener');
    };
    assert.deepEqual(await make({ worker }).analyze(TEXT, { onProgress }), analyze(TEXT));
  });

  test(`${where} errors are of their class`, async () => {
    const annotator = make({ worker });
    await assert.rejects(annotator.analyze(TEXT, { maxLength: 3 }), (error) => error instanceof TextTooLongError && error.maximum === 3);
    await assert.rejects(annotator.analyze(TEXT, { langauge: 'en' }), InvalidOptionError);
    await assert.rejects(annotator.analyze(TEXT, { minConfidence: 'high' }), InvalidOptionError);
    await assert.rejects(annotator.analyze(7), InvalidOptionError);
    assert.equal((await annotator.analyze(TEXT)).length, TEXT.length, 'and the next text is read');
  });

  test(`${where} a signal that is aborted already reads nothing`, async () => {
    const reason = new Error('never mind');
    await assert.rejects(make({ worker }).analyze(TEXT, { signal: AbortSignal.abort(reason) }), reason);
  });

  test(`${where} closing rejects what is waiting, and what comes after`, async () => {
    const annotator = make({ worker });
    const waiting = [annotator.analyze(LONG), annotator.analyze(TEXT)];
    const settled = Promise.allSettled(waiting);
    await annotator.close();
    for (const { status, reason } of await settled) assert.ok(status === 'rejected' && reason instanceof ClosedError);
    await assert.rejects(annotator.analyze(TEXT), ClosedError);
    await assert.rejects(annotator.warm(), ClosedError);
    await annotator.close();
  });

  test(`${where} a batch comes in order; a text that fails does not end it`, async () => {
    const items = [TEXT, { text: 'Ana Ruiz', id: 7 }, 'x'.repeat(200), { text: TEXT }];
    const seen = [];
    for await (const result of make({ worker }).analyzeMany(items, { maxLength: 150 })) seen.push(result);
    assert.deepEqual(seen.map(({ item }) => item), items);
    assert.deepEqual(seen.map(({ error }) => error?.code), [undefined, undefined, 'text-too-long', undefined]);
    assert.deepEqual(seen[0].annotation, analyze(TEXT));
  });
}

test('a signal ends a running analysis with its own reason, and the next text is read', async () => {
  const annotator = make();
  await annotator.warm();
  const controller = new AbortController();
  const reason = new Error('never mind');
  const running = annotator.analyze(LONG, { signal: controller.signal, onProgress: ({ phase }) => phase === 'read' && setImmediate(() => controller.abort(reason)) });
  await assert.rejects(running, reason);
  assert.equal((await annotator.analyze(TEXT)).length, TEXT.length);
});

test('a signal takes a waiting text out of the queue and leaves the others', async () => {
  const annotator = make();
  const controller = new AbortController();
  const first = annotator.analyze(TEXT);
  const second = annotator.analyze(TEXT, { signal: controller.signal });
  const third = annotator.analyze(`${TEXT}.`);
  const rejected = assert.rejects(second, { name: 'AbortError' });
  controller.abort();
  await rejected;
  assert.equal((await first).length, TEXT.length);
  assert.equal((await third).length, TEXT.length + 1);
});

test('a batch ends with its signal, and asks its source for no more', async () => {
  const controller = new AbortController();
  let asked = 0;
  let closed = false;
  const source = (function* () {
    try {
      for (;;) {
        asked++;
        yield TEXT;
      }
    } finally {
      closed = true;
    }
  })();
  const seen = [];
  await assert.rejects(async () => {
    for await (const result of make().analyzeMany(source, { signal: controller.signal, concurrency: 2 })) {
      seen.push(result);
      if (seen.length === 5) controller.abort();
    }
  }, { name: 'AbortError' });
  assert.equal(seen.length, 5);
  assert.ok(asked < 20 && closed);
});

test('a batch that is left early closes its source', async () => {
  let closed = false;
  const source = (async function* () {
    try {
      for (;;) yield TEXT;
    } finally {
      closed = true;
    }
  })();
  for await (const { annotation } of make().analyzeMany(source)) {
    assert.ok(annotation);
    break;
  }
  assert.ok(closed);
});

test('a hundred texts at once over several workers give each its own result', async () => {
  const annotator = make({ workers: 3 });
  const texts = Array.from({ length: 100 }, (_, index) => `${'x'.repeat(index)} ${TEXT}`);
  const results = await Promise.all(texts.map((text) => annotator.analyze(text)));
  assert.deepEqual(results.map(({ length }) => length), texts.map(({ length }) => length));
});

test('a worker that is not there, or dies, is told and not waited for', async () => {
  await assert.rejects(make({ worker: new URL('./no-such-worker.mjs', import.meta.url) }).analyze(TEXT), WorkerError);
  await assert.rejects(make({ worker: new URL('data:text/javascript,throw new Error("died")') }).analyze(TEXT), WorkerError);
});

test('wasm that is not there is told where a worker is wanted', async () => {
  const annotator = make({ worker: true, wasm: new URL('./no-such.wasm', import.meta.url) });
  await assert.rejects(annotator.warm(), LoadError);
  await assert.rejects(annotator.analyze(TEXT), LoadError);
});

test('a process ends by itself: after closing at once, and with a worker that waits', () => {
  const program = `import { createAnnotator } from 'pressmark';
    const closed = createAnnotator();
    closed.analyze('Ana Ruiz').catch(() => {});
    await closed.close();
    await createAnnotator().warm();
    console.log('end');`;
  const cwd = fileURLToPath(new URL('../../npm/', import.meta.url));
  // The time is what a process that hangs is killed after.
  assert.equal(execFileSync(process.execPath, ['--input-type=module', '--eval', program], { cwd, encoding: 'utf8', timeout: 60_000 }), 'end\n');
});

test('bytes and modules reach the worker', async () => {
  const bytes = readFileSync(new URL('../../npm/dist/pressmark_bg.wasm', import.meta.url));
  for (const wasm of [bytes, await WebAssembly.compile(bytes), { wasm: Promise.resolve(bytes) }]) {
    assert.equal((await make({ wasm }).analyze(TEXT)).length, TEXT.length);
  }
});

test('an idle worker goes after its time and comes again when needed', async () => {
  const annotator = make({ idleTimeout: 10 });
  await annotator.analyze(TEXT);
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal((await annotator.analyze(TEXT)).length, TEXT.length);
});
