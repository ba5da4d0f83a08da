// Analysis off the main thread: a worker (or a few), a queue, cancelling, and the main thread as the way out.

import * as engine from './engine.js';
import { ClosedError, LoadError, PressmarkError, WorkerError, errorFromData } from './errors.js';
import { readHTML } from './html.js';
import { joinParts } from './parts.js';
import { spawn } from './spawn.js';

export function createAnnotator(options = {}) {
  return new Annotator(options);
}

class Annotator {
  #options;
  #queue = [];
  #workers = [];
  #size;
  #closed = false;
  #onMain = false;
  #workerSource;
  /** Why the last worker did not start, where that is not hidden by working on this thread. */
  #failure;

  constructor(options) {
    this.#options = options;
    this.#size = Math.max(1, options.workers ?? 1);
    this.#onMain = options.worker === false;
  }

  get thread() {
    return this.#onMain ? 'main' : 'worker';
  }

  /** Loads what the first analysis needs. */
  async warm() {
    if (this.#closed) throw new ClosedError();
    if (!this.#onMain) {
      if (await this.#start()) return;
      if (!this.#onMain) throw this.#failure ?? new ClosedError();
    }
    await engine.init(this.#options.wasm);
  }

  analyze(text, options = {}) {
    const { signal, onProgress } = options;
    return new Promise((resolve, reject) => {
      if (this.#closed) throw new ClosedError();
      signal?.throwIfAborted();
      // Wrong options are told at once, not after the worker has started.
      const job = { text, options: engine.wasmOptions(options), onProgress, resolve, reject, signal };
      job.abort = () => this.#abort(job);
      signal?.addEventListener('abort', job.abort, { once: true });
      this.#queue.push(job);
      this.#pump();
    });
  }

  async analyzeHTML(input, options = {}) {
    const { extract, url, ...rest } = options;
    // The DOM is read here, where it lives; the text alone goes to the worker.
    const page = readHTML(input, { extract, url });
    return { ...page, annotation: await this.analyze(page.text, rest) };
  }

  async *analyzeMany(items, options = {}) {
    const width = this.#onMain ? 1 : (options.concurrency ?? defaultConcurrency());
    const { concurrency, ...each } = options;
    const before = this.#size;
    this.#size = Math.max(this.#size, width);
    const source = items[Symbol.asyncIterator]?.() ?? items[Symbol.iterator]();
    const pending = [];
    const take = async () => {
      const { done, value: item } = await source.next();
      if (done) return undefined;
      const text = typeof item === 'string' ? item : item.text;
      try {
        return { item, annotation: await this.analyze(text, each) };
      } catch (error) {
        // One bad text does not end the batch; a cancelled batch does.
        if (each.signal?.aborted || error instanceof ClosedError) throw error;
        return { item, error };
      }
    };
    try {
      for (;;) {
        each.signal?.throwIfAborted();
        while (pending.length < width) {
          const next = take();
          next.catch(() => {});
          pending.push(next);
        }
        const result = await pending.shift();
        if (result === undefined) return;
        yield result;
      }
    } finally {
      await source.return?.();
      this.#size = before;
      while (this.#workers.length > this.#size) {
        const idle = this.#workers.findIndex((worker) => !worker.job);
        if (idle < 0) break;
        this.#workers.splice(idle, 1)[0].handle.terminate();
      }
    }
  }

  async close() {
    if (this.#closed) return;
    this.#closed = true;
    const jobs = [...this.#queue, ...this.#workers.flatMap((worker) => worker.job ?? [])];
    this.#queue = [];
    for (const worker of this.#workers) worker.handle?.terminate();
    this.#workers = [];
    for (const job of jobs) this.#settle(job, 'reject', new ClosedError());
  }

  [Symbol.asyncDispose ?? Symbol('asyncDispose')]() {
    return this.close();
  }

  #settle(job, how, value) {
    job.signal?.removeEventListener('abort', job.abort);
    job[how](value);
  }

  #abort(job) {
    const waiting = this.#queue.indexOf(job);
    if (waiting >= 0) this.#queue.splice(waiting, 1);
    const worker = this.#workers.find((candidate) => candidate.job === job);
    if (worker) this.#discard(worker);
    this.#settle(job, 'reject', job.signal.reason);
    this.#pump();
  }

  /** The wasm call cannot be interrupted, so its whole thread goes. */
  #discard(worker) {
    worker.handle?.terminate();
    this.#workers = this.#workers.filter((other) => other !== worker);
  }

  #pump() {
    if (this.#closed || !this.#queue.length) return;
    if (this.#onMain) return void this.#runOnMain();
    const idle = this.#workers.find((worker) => worker.ready && !worker.job);
    if (idle) this.#run(idle, this.#queue.shift());
    else if (this.#workers.filter((worker) => !worker.ready).length < Math.min(this.#queue.length, this.#size - this.#busy())) this.#start();
    if (this.#queue.length && idle) this.#pump();
  }

  #busy() {
    return this.#workers.filter((worker) => worker.job).length;
  }

  /** Starts one worker; undefined where workers cannot be had, and then everything runs on this thread. */
  async #start() {
    const worker = { handle: undefined, ready: false, job: undefined, timer: undefined };
    this.#workers.push(worker);
    try {
      tell(this.#queue[0], 'load');
      this.#workerSource ??= await workerSource(this.#options.wasm);
      // Closed meanwhile: a worker that starts now would never be ended.
      if (!this.#workers.includes(worker)) return undefined;
      await new Promise((resolve, reject) => {
        worker.handle = spawn(this.#options.worker, {
          message: (message) => {
            if (message.type === 'ready') resolve();
            else if (message.job === undefined) reject(errorFromData(message.error));
            else this.#receive(worker, message);
          },
          error: (error) => {
            reject(error);
            this.#fail(worker, error);
          },
        });
        worker.handle.post({ type: 'init', source: this.#workerSource });
      });
      if (!this.#workers.includes(worker)) return undefined;
      worker.ready = true;
      this.#pump();
      // A worker that only waits keeps no process alive.
      if (!worker.job) this.#rest(worker);
      return worker;
    } catch (error) {
      this.#discard(worker);
      if (this.#closed) return undefined;
      if (error instanceof LoadError && error.code === 'load-failed' && this.#options.worker !== undefined) {
        this.#rejectAll(error);
        return undefined;
      }
      if (typeof this.#options.worker === 'object' || typeof this.#options.worker === 'function') {
        // The caller named a worker: hiding its failure would hide a mistake.
        this.#rejectAll(error instanceof PressmarkError ? error : new WorkerError(`the worker did not start: ${error.message}`, { cause: error }));
        return undefined;
      }
      this.#onMain = true;
      this.#pump();
      return undefined;
    }
  }

  #rejectAll(error) {
    this.#failure = error;
    const jobs = this.#queue;
    this.#queue = [];
    for (const job of jobs) this.#settle(job, 'reject', error);
  }

  #run(worker, job) {
    worker.job = job;
    job.result = {};
    job.id = worker.jobs = (worker.jobs ?? 0) + 1;
    clearTimeout(worker.timer);
    worker.handle.ref?.();
    worker.handle.post({ type: 'analyze', job: job.id, text: job.text, options: job.options, progress: Boolean(job.onProgress) });
  }

  #receive(worker, message) {
    const { job } = worker;
    if (!job || message.job !== job.id) return;
    if (message.type === 'part') joinParts(job.result, message.part);
    else if (message.type === 'progress') tell(job, message.stage, message.part);
    else {
      worker.job = undefined;
      if (message.type === 'done') {
        tell(job, 'done');
        this.#settle(job, 'resolve', job.result);
      } else this.#settle(job, 'reject', errorFromData(message.error));
      this.#rest(worker);
      this.#pump();
    }
  }

  /** An idle worker keeps nothing alive and, if the caller wishes, goes after a while. */
  #rest(worker) {
    worker.handle.unref?.();
    const { idleTimeout } = this.#options;
    if (idleTimeout === undefined || worker.job) return;
    worker.timer = setTimeout(() => worker.job || this.#discard(worker), idleTimeout);
    worker.timer.unref?.();
  }

  #fail(worker, error) {
    const { job } = worker;
    this.#discard(worker);
    if (job) this.#settle(job, 'reject', new WorkerError(`the worker died: ${error?.message ?? error}`, { cause: error }));
    this.#pump();
  }

  #running = false;

  async #runOnMain() {
    if (this.#running) return;
    this.#running = true;
    while (this.#queue.length) {
      const job = this.#queue[0];
      try {
        if (!engine.isReady()) tell(job, 'load');
        await engine.init(this.#options.wasm);
        // Lets the page paint and the signal arrive before the thread is taken.
        await new Promise((resolve) => setTimeout(resolve));
        if (this.#queue[0] !== job) continue;
        const annotation = engine.analyze(job.text, job.options, job.onProgress && ((stage, part) => tell(job, stage, part)));
        tell(job, 'done');
        this.#settle(job, 'resolve', annotation);
      } catch (error) {
        this.#settle(job, 'reject', error);
      }
      if (this.#queue[0] === job) this.#queue.shift();
    }
    this.#running = false;
  }
}

/** A listener that throws is the page's bug, and no reason to lose a result. */
function tell(job, phase, part) {
  try {
    job?.onProgress?.(engine.progressAt(phase, part));
  } catch (error) {
    globalThis.reportError?.(error);
  }
}

/** What `init` accepts, as something a message can carry. */
async function workerSource(source) {
  if (source === undefined) return undefined;
  const plain = Object.getPrototypeOf(source) === Object.prototype ? source : { wasm: source };
  const wasm = await plain.wasm;
  if (wasm === undefined || typeof wasm === 'string' || wasm instanceof URL) {
    // A relative URL means the page's, not the worker's.
    const base = globalThis.document?.baseURI ?? globalThis.location?.href;
    return { wasm: wasm === undefined ? undefined : new URL(wasm, base).href, integrity: plain.integrity };
  }
  return { wasm: await engine.compile({ ...plain, wasm }) };
}

function defaultConcurrency() {
  return Math.min(4, Math.max(1, (globalThis.navigator?.hardwareConcurrency ?? 2) - 1));
}
