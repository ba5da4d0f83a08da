// A long annotation cut into messages, so that reading one never blocks the page for long.

/** Mentions, pieces, sentences or blocks in one message: structured clone reads so many in about two milliseconds. */
const WEIGHT = 2000;

/** Pieces of an annotation in order; {@link joinParts} puts them together again. */
export function* partsOf(annotation) {
  const { blocks, sentences, entities, quotes, ...rest } = annotation;
  let part = { ...rest };
  let weight = 0;
  for (const [field, items] of Object.entries({ blocks, sentences, entities, quotes })) {
    part[field] = [];
    for (const item of items) {
      const { mentions } = item;
      if (mentions && mentions.length > WEIGHT) {
        // One entity with very many mentions goes over several messages.
        for (let from = 0; from < mentions.length; from += WEIGHT) {
          part[field].push(from === 0 ? { ...item, mentions: mentions.slice(0, WEIGHT) } : { more: mentions.slice(from, from + WEIGHT) });
          yield part;
          part = { [field]: [] };
          weight = 0;
        }
        continue;
      }
      part[field].push(item);
      weight += 1 + (mentions?.length ?? 0);
      if (weight >= WEIGHT) {
        yield part;
        part = { [field]: [] };
        weight = 0;
      }
    }
  }
  yield part;
}

/** Adds one part to the annotation so far. */
export function joinParts(annotation, part) {
  for (const [field, value] of Object.entries(part)) {
    if (!Array.isArray(value)) annotation[field] = value;
    else {
      annotation[field] ??= [];
      for (const item of value) {
        if (item.more) {
          const { mentions } = annotation[field].at(-1);
          for (const mention of item.more) mentions.push(mention);
        } else annotation[field].push(item);
      }
    }
  }
  return annotation;
}
