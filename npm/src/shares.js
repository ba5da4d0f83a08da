// Who speaks how much.

const WORD = /[\p{L}\p{N}]+(?:['’.,-][\p{L}\p{N}]+)*/gu;

export function countWords(text) {
  let count = 0;
  for (const _ of text.matchAll(WORD)) count++;
  return count;
}

export function quoteText(text, quote, separator = ' … ') {
  return quote.pieces.map(({ start, end }) => text.slice(start, end).trim()).join(separator);
}

export function speakerShares(text, annotation) {
  const speakers = new Map();
  const quotes = new Map(annotation.quotes.map((quote) => [quote.id, quote]));
  // Reported clauses are the writer's words, but for what they quote; words inside an inner quote were spoken by the outer speaker.
  const isCounted = ({ kind, parent }) => {
    if (kind === 'indirect') return false;
    // A damaged file may have quotes around each other without end.
    for (let outer = quotes.get(parent), depth = 0; outer && depth < 20; outer = quotes.get(outer.parent), depth++) {
      if (outer.kind !== 'indirect') return false;
    }
    return true;
  };
  let total = 0;
  for (const quote of annotation.quotes) {
    const { speaker } = quote;
    // Speakers without an entity are one where the text calls them by the same words.
    const key = speaker ? (speaker.entity ?? `text:${speaker.text.toLowerCase()}`) : '';
    let entry = speakers.get(key);
    if (!entry) {
      entry = { entity: speaker?.entity ?? null, name: speaker?.text ?? null, quotes: [], words: 0, share: 0 };
      speakers.set(key, entry);
    }
    entry.quotes.push(quote);
    if (isCounted(quote)) {
      const words = quote.pieces.reduce((sum, { start, end }) => sum + countWords(text.slice(start, end)), 0);
      entry.words += words;
      total += words;
    }
  }
  for (const entry of speakers.values()) entry.share = total ? entry.words / total : 0;
  return [...speakers.values()].sort((a, b) => (a.name === null) - (b.name === null) || b.words - a.words || b.quotes.length - a.quotes.length);
}
