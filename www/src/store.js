// The page's state in one place. Modules read it and subscribe to the keys they show.

const listeners = [];

/** The key of quotes among the thresholds; the others are entity types. */
export const QUOTE = 'QUOTE';

export const state = {
  /** @type {{title: string, text: string, url?: string, sample?: string, hash?: string} | null} */
  source: null,
  /** As the recogniser gave it. */
  raw: null,
  /** With the reader's corrections: what is shown. */
  annotation: null,
  /** The reader's corrections, in order, and those taken back that can be done again. */
  edits: [],
  undone: [],
  /** @type {{kind: 'entity'|'quote', id: string} | null} */
  selected: null,
  /** Which of the selected entity's mentions. */
  occurrence: 0,
  tab: 'names',
  search: '',
  hiddenTypes: new Set(),
  /** Least confidence shown, by type and for quotes; 0 where absent. */
  confidence: {},
  /** What the graph shows: names in one sentence, or speakers and whom they speak about. */
  graph: 'together',
  editing: false,
};

export function update(patch) {
  for (const tell of assign(patch)) tell();
}

/** Changes the state and gives the calls that tell whoever listens, for a change that is much to show at once. */
export function assign(patch) {
  const changed = Object.keys(patch).filter((key) => state[key] !== patch[key]);
  if (!changed.length) return [];
  Object.assign(state, patch);
  return listeners.filter(({ keys }) => keys.some((key) => changed.includes(key))).map(({ listener }) => () => listener(state, changed));
}

/** Calls `listener` after any of `keys` has changed. */
export function on(keys, listener) {
  listeners.push({ keys, listener });
}

let indexed;
let byId = new Map();

function find(id) {
  if (indexed !== state.annotation) {
    indexed = state.annotation;
    byId = new Map([...(indexed?.entities ?? []), ...(indexed?.quotes ?? [])].map((one) => [one.id, one]));
  }
  return byId.get(id);
}

export const entityById = find;
export const quoteById = find;

/** The words of a quote, pieces joined. */
export const quoteText = (quote) => quote.pieces.map(({ start, end }) => state.source.text.slice(start, end).trim()).join(' … ');

/** Least confidence at which finds of this type are shown. */
export const least = (type) => (Object.hasOwn(state.confidence, type) ? state.confidence[type] : 0);

export const mentionIsShown = (entity, mention) => !state.hiddenTypes.has(entity.type) && mention.confidence >= least(entity.type);

/** Whether the reader wants to see this entity at all. */
export const entityIsShown = (entity) => entity.mentions.some((mention) => mentionIsShown(entity, mention));

export const quoteIsShown = (quote) => quote.confidence >= least(QUOTE);
