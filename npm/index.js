// Everything but the custom element, which is defined by importing 'pressmark/element'.

export { analyze, init, initSync, isReady } from './src/engine.js';
export { analyzeHTML } from './src/analyze-html.js';
export { readHTML } from './src/html.js';
export { mapText } from './src/text-map.js';
export { createAnnotator } from './src/annotator.js';
export { TYPE_LABELS, render } from './src/render.js';
export { quoteText, speakerShares } from './src/shares.js';
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
