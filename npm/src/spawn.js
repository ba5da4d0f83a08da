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
  if (choice && choice !== true) return new Worker(choice, { type: 'module', name: 'pressmark' });
  try {
    // Written out in one expression: bundlers find the worker by this pattern.
    return new Worker(new URL('./worker.js', import.meta.url), { type: 'module', name: 'pressmark' });
  } catch (refused) {
    // Bundled code lives in another file than this one; there only the caller knows the worker's address.
    const own = import.meta.url;
    if (!own.endsWith('/spawn.js')) throw refused;
    const address = own.replace(/spawn\.js$/, 'worker.js');
    if (new URL(address).origin !== globalThis.location?.origin) {
      // Browsers start no worker from another origin, but a local one may import from there.
      const local = URL.createObjectURL(new Blob([`import ${JSON.stringify(address)};`], { type: 'text/javascript' }));
      return new Worker(trustedScriptURL(local), { type: 'module', name: 'pressmark' });
    }
    return new Worker(trustedScriptURL(address), { type: 'module', name: 'pressmark' });
  }
}
