// Everything but the custom element, which is defined by importing 'pressmark/element'.

export { analyze, init, initSync, isReady } from './src/engine.js';
export { createAnnotator } from './src/annotator.js';
export { TYPE_LABELS, render } from './src/render.js';
export {
  ClosedError,
  InternalError,
  InvalidOptionError,
  LoadError,
  NotInitializedError,
  PressmarkError,
  TextTooLongError,
  WorkerError,
} from './src/errors.js';
