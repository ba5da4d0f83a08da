// Everything but the custom element, which is defined by importing 'pressmark/element'.

export { analyze, init, initSync, isReady } from './src/engine.js';
export { analyzeHTML } from './src/analyze-html.js';
export { readHTML } from './src/html.js';
export { mapText } from './src/text-map.js';
export { createAnnotator } from './src/annotator.js';
export { TYPE_LABELS, render } from './src/render.js';
export { highlight } from './src/highlight.js';
export { applyEdits } from './src/edits.js';
export { quoteText, speakerShares } from './src/shares.js';
export { toJSON } from './src/export/json.js';
export { entitiesToCSV, quotesToCSV } from './src/export/csv.js';
export { toMarkdown } from './src/export/markdown.js';
export { toHTML } from './src/export/html.js';
export { toWebAnnotation } from './src/export/web-annotation.js';
export { textFragment } from './src/export/fragment.js';
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
