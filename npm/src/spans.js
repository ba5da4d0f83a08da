// The annotation as one list of spans over the text, in an order in which they nest.

/** @typedef {{start: number, end: number, kind: 'mention'|'quote'|'speaker'|'cue', rank: number, entity?: object, mention?: number, quote?: object, piece?: number}} Layer */

const cache = new WeakMap();

/** Every mention, quote piece, speaker and cue, outer spans first; `reach[i]` is the furthest end among the first i + 1. */
export function layersOf(annotation) {
  let entry = cache.get(annotation);
  if (!entry) cache.set(annotation, (entry = build(annotation)));
  return entry;
}

function build(annotation) {
  const layers = [];
  for (const quote of annotation.quotes) {
    quote.pieces.forEach(({ start, end }, piece) => layers.push({ start, end, kind: 'quote', rank: 0, quote, piece }));
    const { speaker, cue } = quote;
    if (speaker) layers.push({ start: speaker.start, end: speaker.end, kind: 'speaker', rank: 1, quote });
    if (cue) layers.push({ start: cue.start, end: cue.end, kind: 'cue', rank: 3, quote });
  }
  for (const entity of annotation.entities) {
    entity.mentions.forEach(({ start, end }, mention) => layers.push({ start, end, kind: 'mention', rank: 2, entity, mention }));
  }
  layers.sort((a, b) => a.start - b.start || b.end - a.end || a.rank - b.rank);
  const reach = new Float64Array(layers.length);
  let furthest = 0;
  layers.forEach((layer, index) => (reach[index] = furthest = Math.max(furthest, layer.end)));
  return { layers, reach };
}

/** The layers that overlap `start..end`, outer ones first. */
export function layersWithin(annotation, start, end) {
  const { layers, reach } = layersOf(annotation);
  // The first layer that can reach into the range; a binary search, since `reach` never falls.
  let low = 0;
  let high = layers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (reach[middle] > start) high = middle;
    else low = middle + 1;
  }
  const found = [];
  for (let index = low; index < layers.length && layers[index].start < end; index++) {
    if (layers[index].end > start) found.push(layers[index]);
  }
  return found;
}
