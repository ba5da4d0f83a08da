// A page has changed its words: which finds still stand, and where.

/** `{annotation, lost}`: the finds of `before` at their places in `after`; spans in paragraphs that are gone are left out. */
export function carryOver(annotation, before, after) {
  const shift = shifts(before, after);
  let lost = 0;
  const move = (span) => {
    const by = shift(span.start, span.end);
    if (by === undefined) {
      lost++;
      return undefined;
    }
    return by === 0 ? span : { ...span, start: span.start + by, end: span.end + by };
  };
  const all = (spans) => spans.map(move).filter(Boolean);
  const entities = annotation.entities.map((entity) => ({ ...entity, mentions: all(entity.mentions) })).filter(({ mentions }) => mentions.length);
  const kept = new Set(entities.map(({ id }) => id));
  const speaker = (one) => {
    if (!one) return one;
    const by = shift(one.start, one.end);
    if (by === undefined) return null;
    return { ...one, start: one.start + by, end: one.end + by, entity: kept.has(one.entity) ? one.entity : null };
  };
  const quotes = [];
  for (const quote of annotation.quotes) {
    const pieces = all(quote.pieces);
    if (!pieces.length) continue;
    const { addressee, ...rest } = quote;
    const moved = { ...rest, pieces, speaker: speaker(quote.speaker), cue: quote.cue && quote.cue.start !== undefined ? speaker(quote.cue) : null };
    if (moved.cue) delete moved.cue.entity;
    const to = speaker(addressee);
    quotes.push(to ? { ...moved, addressee: to } : moved);
  }
  const ids = new Set(quotes.map(({ id }) => id));
  for (const quote of quotes) if (quote.parent && !ids.has(quote.parent)) delete quote.parent;
  // Blocks that repeat others name them by their place in the list: a gone one takes the remark with it.
  const blocks = annotation.blocks.map((block) => {
    const by = shift(block.start, block.end);
    return by === undefined ? undefined : { ...block, start: block.start + by, end: block.end + by };
  });
  const index = new Map();
  blocks.forEach((block, at) => block && index.set(at, index.size));
  const keptBlocks = blocks.filter(Boolean).map(({ duplicateOf, ...block }) => (index.has(duplicateOf) ? { ...block, duplicateOf: index.get(duplicateOf) } : block));
  const sentences = annotation.sentences
    .map((sentence) => {
      const by = shift(sentence.start, sentence.end);
      return by === undefined ? undefined : { start: sentence.start + by, end: sentence.end + by };
    })
    .filter(Boolean);
  return { annotation: { ...annotation, length: after.length, blocks: keptBlocks, sentences, entities, quotes }, lost };
}

/** How far a span has moved; undefined where its paragraph has changed. Whole paragraphs are compared, each old one with the next equal new one. */
function shifts(before, after) {
  const places = new Map();
  for (const { start, words } of paragraphs(after)) {
    if (places.has(words)) places.get(words).push(start);
    else places.set(words, [start]);
  }
  const moved = [];
  let least = -1;
  for (const paragraph of paragraphs(before)) {
    const candidates = places.get(paragraph.words);
    // In order where that is possible; a paragraph that moved up is found as well.
    const at = candidates?.findIndex((start) => start > least) ?? -1;
    if (candidates?.length) {
      const [start] = candidates.splice(Math.max(0, at), 1);
      least = Math.max(least, start);
      moved.push({ start: paragraph.start, end: paragraph.start + paragraph.words.length, by: start - paragraph.start });
    }
  }
  moved.sort((a, b) => a.start - b.start);
  return (start, end) => {
    let low = 0;
    let high = moved.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (moved[middle].start <= start) low = middle;
      else high = middle - 1;
    }
    const first = moved[low];
    if (!first || start < first.start || start >= first.end) return undefined;
    // A quote over paragraphs stays whole only where all of it moved alike.
    for (let index = low; moved[index] && moved[index].start < end; index++) if (moved[index].by !== first.by) return undefined;
    const last = moved[Math.min(moved.length - 1, lastBefore(moved, low, end))];
    return end <= last.end ? first.by : undefined;
  };
}

function lastBefore(moved, from, end) {
  let index = from;
  while (index + 1 < moved.length && moved[index + 1].start < end) index++;
  return index;
}

function* paragraphs(text) {
  for (const match of text.matchAll(/[^\n]+/g)) yield { start: match.index, words: match[0] };
}
