// The wasm module on this thread: loading, calling, and starting afresh after a panic.

import instantiate, { initSync as instantiateSync, analyze as analyzeInWasm, __wbg_reset_state } from '../dist/pressmark.js';
import { InternalError, InvalidOptionError, LoadError, NotInitializedError, errorFromData } from './errors.js';
import { unpack } from './unpack.js';

/** Written out in one expression: bundlers find the file by this pattern. */
const defaultUrl = () => new URL('../dist/pressmark_bg.wasm', import.meta.url);

let state = 'none';
let loading;

export const isReady = () => state === 'ready';

export function init(source) {
  if (state === 'ready') return Promise.resolve();
  // Concurrent calls share one load; a failed one may be tried again.
  loading ??= load(source).finally(() => (loading = undefined));
  return loading;
}

async function load(source) {
  const module = ours(await compile(source));
  if (state === 'ready') return;
  try {
    // Where files are read, engines have no limit for what is made at once, and asking whether a module is a Response loads Node's
    // whole fetch, 15 ms of a start.
    if (fileSystem()) instantiateSync({ module });
    else await instantiate({ module_or_path: module });
  } catch (error) {
    throw loadError(error);
  }
  state = 'ready';
}

export function initSync(source) {
  if (state === 'ready') return;
  try {
    instantiateSync({ module: ours(source instanceof WebAssembly.Module ? source : new WebAssembly.Module(source)) });
  } catch (error) {
    throw loadError(error);
  }
  state = 'ready';
}

/** Refuses another program's module before it takes the place of ours, which could not be loaded any more. */
function ours(module) {
  if (WebAssembly.Module.exports(module).some(({ name }) => name === 'analyze')) return module;
  throw new LoadError('load-failed', 'this is WebAssembly, but not the recogniser');
}

/** Turns any {@link WasmSource} into a compiled module. */
export async function compile(source) {
  let { wasm, integrity, signal } = isOptions(source) ? source : { wasm: source };
  wasm = await (wasm ?? defaultUrl());
  if (wasm instanceof WebAssembly.Module) return wasm;
  try {
    if (wasm instanceof ArrayBuffer || ArrayBuffer.isView(wasm)) return await WebAssembly.compile(wasm);
    if (wasm instanceof URL || typeof wasm === 'string') {
      const bytes = readFile(wasm);
      if (bytes) return await WebAssembly.compile(bytes);
    }
    const response = typeof Response === 'function' && wasm instanceof Response ? wasm : await fetchWasm(wasm, integrity, signal);
    return await compileResponse(response);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw loadError(error, wasm);
  }
}

function isOptions(source) {
  return source !== null && typeof source === 'object' && Object.getPrototypeOf(source) === Object.prototype;
}

function fetchWasm(wasm, integrity, signal) {
  return fetch(wasm, { credentials: 'same-origin', signal, ...(integrity ? { integrity } : {}) });
}

async function compileResponse(response) {
  if (!response.ok) {
    throw new LoadError('load-failed', `${response.url} answered ${response.status} ${response.statusText}`.trim());
  }
  const type = response.headers.get('Content-Type') ?? '';
  if (type.startsWith('application/wasm') && typeof WebAssembly.compileStreaming === 'function') {
    return await WebAssembly.compileStreaming(response);
  }
  // A server without the MIME type costs some speed, not the function.
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes[0] !== 0 || bytes[1] !== 0x61) {
    throw new LoadError('load-failed', `${response.url} is not WebAssembly`, {
      hint: type.includes('html')
        ? 'the server answered with a page: copy pressmark_bg.wasm to where the script looks for it, or pass its URL to init'
        : `its Content-Type is ${type || 'absent'}`,
    });
  }
  return await WebAssembly.compile(bytes);
}

/** The bytes of a `file:` URL where the runtime is Node, Bun or Deno; undefined elsewhere. */
function readFile(url) {
  const href = String(url);
  if (!href.startsWith('file:')) return undefined;
  return fileSystem()?.readFileSync(new URL(href));
}

/** No import of node:fs: bundlers for the browser would trip over it. */
function fileSystem() {
  return globalThis.process?.getBuiltinModule?.('node:fs');
}

function loadError(error, wasm) {
  if (error instanceof LoadError) return error;
  const message = String(error?.message ?? error);
  if (/unsafe-eval|Content Security Policy|disallowed by embedder/i.test(message)) {
    return new LoadError('csp-blocked', 'the page’s Content Security Policy forbids WebAssembly', {
      hint: "add 'wasm-unsafe-eval' to script-src, or use createAnnotator: its worker is not bound by the page’s policy",
      cause: error,
    });
  }
  const where = wasm instanceof URL || typeof wasm === 'string' ? ` from ${wasm}` : '';
  return new LoadError('load-failed', `the recogniser could not be loaded${where}: ${message}`, { cause: error });
}

/** The phases of an analysis in order, and how much of its time lies behind when each begins, in a long text. */
const PHASES = new Map([
  ['load', 0],
  ['read', 0],
  ['names', 0.1],
  ['identity', 0.6],
  ['quotes', 0.7],
  ['done', 1],
]);
const NAMES = [...PHASES.keys()];
const SHARES = [...PHASES.values()];

/** A phase as callers are told, of which a `part` lies behind: how many lie behind it, of how many, and the share of the whole. */
export function progressAt(phase, part = 0) {
  const done = NAMES.indexOf(phase);
  const share = SHARES[done] + part * ((SHARES[done + 1] ?? 1) - SHARES[done]);
  return { phase, done, total: NAMES.length - 1, share };
}

const OPTION_NAMES = ['types', 'quotes', 'minConfidence', 'knownEntities', 'explain', 'maxLength'];
/** Options of the asynchronous calls, which mean nothing to the wasm. */
const OWN_NAMES = ['signal', 'onProgress'];

/** The caller's options as plain data for the wasm. */
export function wasmOptions(options) {
  if (options === undefined || options === null) return undefined;
  if (typeof options !== 'object') throw new InvalidOptionError(`options must be an object, not ${typeof options}`);
  const plain = {};
  for (const key of Object.keys(options)) {
    if (OWN_NAMES.includes(key) || options[key] === undefined) continue;
    if (!OPTION_NAMES.includes(key)) {
      throw new InvalidOptionError(`there is no option ${JSON.stringify(key)}; there are ${OPTION_NAMES.join(', ')}`);
    }
    plain[key] = options[key];
  }
  return plain;
}

/** `onStage` hears the name of each stage before it begins, and on the way through a long text how much of it lies behind. */
export function analyze(text, options, onStage) {
  if (typeof text !== 'string') throw new InvalidOptionError(`the text must be a string, not ${text === null ? 'null' : typeof text}`);
  const plain = wasmOptions(options);
  if (state !== 'ready') {
    const bytes = readFile(defaultUrl());
    if (!bytes) throw new NotInitializedError();
    initSync(bytes);
  }
  try {
    return unpack(analyzeInWasm(text, plain, onStage));
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) {
      // A panic leaves the instance in an unknown state; its memory is dropped with it.
      __wbg_reset_state();
      throw new InternalError(error);
    }
    throw error?.code ? errorFromData(error) : error;
  }
}
