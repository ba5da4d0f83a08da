// The page's state in one place. Modules read it and subscribe to the keys they show.

const listeners = [];

export const state = {
  /** @type {{title: string, text: string, url?: string, sample?: string} | null} */
  source: null,
  /** As the recogniser gave it. */
  raw: null,
  /** With the reader's corrections: what is shown. */
  annotation: null,
  edits: [],
  /** @type {{kind: 'entity'|'quote', id: string} | null} */
  selected: null,
  /** Which of the selected entity's mentions. */
  occurrence: 0,
  tab: 'names',
  search: '',
  hiddenTypes: new Set(),
  minConfidence: 0,
  editing: false,
};

export function update(patch) {
  const changed = Object.keys(patch).filter((key) => state[key] !== patch[key]);
  if (!changed.length) return;
  Object.assign(state, patch);
  for (const { keys, listener } of listeners) if (keys.some((key) => changed.includes(key))) listener(state, changed);
}

/** Calls `listener` after any of `keys` has changed. */
export function on(keys, listener) {
  listeners.push({ keys, listener });
}

export const entityById = (id) => state.annotation?.entities.find((entity) => entity.id === id);
export const quoteById = (id) => state.annotation?.quotes.find((quote) => quote.id === id);

/** The words of a quote, pieces joined. */
export const quoteText = (quote) => quote.pieces.map(({ start, end }) => state.source.text.slice(start, end).trim()).join(' … ');

/** Whether the reader wants to see this entity at all. */
export function entityIsShown(entity) {
  return !state.hiddenTypes.has(entity.type) && entity.mentions.some((mention) => mention.confidence >= state.minConfidence);
}

export const quoteIsShown = (quote) => quote.confidence >= state.minConfidence;
