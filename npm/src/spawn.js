// One worker, wherever we are: browsers, Deno, Bun, Node; with Trusted Types; from another origin.

import { WorkerError } from './errors.js';
import { trustedScriptURL } from './trusted.js';

/** Starts a worker and returns `{post, terminate, ref, unref}`. `choice` is the caller's own: a URL, a TrustedScriptURL or a function. */
export function spawn(choice, { message, error }) {
  const threads = typeof Worker === 'undefined' ? globalThis.process?.getBuiltinModule?.('node:worker_threads') : undefined;
  if (threads) {
    const worker = new threads.Worker(choice && choice !== true ? choice : new URL('./worker.js', import.meta.url));
    worker.on('message', message);
    worker.on('error', error);
    return {
      post: (data) => worker.postMessage(data),
      terminate: () => void worker.terminate(),
      ref: () => worker.ref(),
      unref: () => worker.unref(),
    };
  }
  if (typeof Worker === 'undefined') throw new WorkerError('there are no workers here');
  const worker = create(choice);
  worker.addEventListener('message', ({ data }) => message(data));
  worker.addEventListener('messageerror', () => error(new WorkerError('a message could not be read')));
  worker.addEventListener('error', (event) => {
    event.preventDefault?.();
    error(new WorkerError(event.message || 'the worker script could not be loaded', { cause: event.error }));
  });
  return { post: (data) => worker.postMessage(data), terminate: () => worker.terminate() };
}

function create(choice) {
  if (typeof choice === 'function') return choice();
  const options = { type: 'module', name: 'pressmark' };
  if (choice && choice !== true) return new Worker(choice, options);
  const address = ownAddress();
  if (address && new URL(address).origin !== globalThis.location?.origin) {
    // Browsers start no worker from another origin, but a local one may import from there.
    const local = URL.createObjectURL(new Blob([`import ${JSON.stringify(address)};`], { type: 'text/javascript' }));
    return new Worker(trustedScriptURL(local), options);
  }
  if (address && globalThis.trustedTypes) {
    try {
      return new Worker(trustedScriptURL(address), options);
    } catch {
      // No policy of ours is allowed; where Trusted Types are not enforced, the plain way still works.
    }
  }
  // Written out in one expression: bundlers find the worker by this pattern.
  return new Worker(new URL('./worker.js', import.meta.url), { type: 'module', name: 'pressmark' });
}

/** The worker's address where this file is served as it is; bundled code lives elsewhere, and its bundler knows the worker. */
function ownAddress() {
  const own = import.meta.url;
  // webpack writes the path of the source on the machine that built it here. As published, this is a part of pressmark.js.
  return /^https?:.*\/src\/(spawn|pressmark)\.js$/.test(own) ? own.replace(/\w+\.js$/, 'worker.js') : undefined;
}
