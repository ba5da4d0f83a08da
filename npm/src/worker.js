// The worker's side: loads the wasm on its own thread and answers one job at a time. No top-level await (it breaks some builds).

import { analyze, init } from './engine.js';
import { errorToData } from './errors.js';
import { partsOf } from './parts.js';

// Node's worker threads have a port of their own; browsers, Deno and Bun speak through the global scope.
const port = globalThis.process?.getBuiltinModule?.('node:worker_threads')?.parentPort ?? globalThis;
const listen = port === globalThis ? (receive) => (globalThis.onmessage = ({ data }) => receive(data)) : (receive) => port.on('message', receive);
const send = (message) => port.postMessage(message);

listen(async (message) => {
  const { job } = message;
  try {
    if (message.type === 'init') {
      await init(message.source);
      send({ type: 'ready' });
      return;
    }
    const onStage = message.progress ? (stage, part) => send({ type: 'progress', job, stage, part }) : undefined;
    const annotation = analyze(message.text, message.options, onStage);
    for (const part of partsOf(annotation)) send({ type: 'part', job, part });
    send({ type: 'done', job });
  } catch (error) {
    send({ type: 'error', job, error: errorToData(error) });
  }
});
