// The text and the spans over it as a well-nested sequence: what every renderer of text goes by.

import { layersWithin } from './spans.js';

/**
 * Calls `text(from, to)`, `enter(layer, isStart)` and `leave(layer)` in an order in which elements nest. A span that would
 * overlap another is cut: it is left and entered again, then with `isStart` false.
 */
export function walk(text, annotation, { start = 0, end = text.length, types, quotes = true, minConfidence = 0 }, out) {
  const wanted = types && new Set(types);
  const isShown = ({ kind, entity, mention, quote }) =>
    kind === 'mention'
      ? (!wanted || wanted.has(entity.type)) && entity.mentions[mention].confidence >= minConfidence
      : quotes && quote.confidence >= minConfidence;
  /** Open spans, outermost first. */
  const open = [];
  let at = start;

  const write = (until) => {
    if (until > at) out.text(at, until);
    at = Math.max(at, until);
  };
  const enter = (layer) => {
    open.push(layer);
    out.enter(layer, layer.start >= at);
  };
  const closeUntil = (position) => {
    while (open.length) {
      // The span that ends first may stand below others that go on: those are cut and opened again after it.
      let first = 0;
      for (let index = 1; index < open.length; index++) if (open[index].end <= open[first].end) first = index;
      const { end: next } = open[first];
      if (next > position) return;
      write(next);
      const closed = open.splice(first);
      for (let index = closed.length - 1; index >= 0; index--) out.leave(closed[index]);
      for (const layer of closed.slice(1)) if (layer.end > at) enter(layer);
    }
  };

  for (const layer of layersWithin(annotation, start, end)) {
    if (layer.end <= layer.start || !isShown(layer)) continue;
    const from = Math.max(layer.start, start);
    closeUntil(Math.min(from, end));
    write(from);
    enter(layer);
  }
  closeUntil(end);
  write(end);
  // Spans that go on behind the end.
  while (open.length) out.leave(open.pop());
}
