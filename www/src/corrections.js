// The reader's corrections: replayed over what the recogniser found, kept per text, taken back and done again.

import { applyEdits } from '../npm/index.js';
import { keep, kept } from './settings.js';
import { state, update } from './store.js';

const keyOf = (hash) => `pressmark:edits:${hash}`;

/** SHA-256 of a text, in hexadecimal: what its corrections are kept under. */
export async function hashOf(text) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The corrections that this browser has of a text. */
export function editsOf(hash) {
  const edits = kept(keyOf(hash));
  return Array.isArray(edits) ? edits : [];
}

/** Corrections that are none, from a file of somebody else's, must not cost the article. */
export function corrected(raw, edits) {
  try {
    return applyEdits(raw, edits);
  } catch {
    return raw;
  }
}

function replay(edits, undone, selected) {
  const annotation = corrected(state.raw, edits);
  const still = selected && [...annotation.entities, ...annotation.quotes].some(({ id }) => id === selected.id);
  keep(keyOf(state.source.hash), edits.length ? edits : undefined);
  update({ edits, undone, annotation, selected: still ? selected : null, occurrence: 0 });
}

/** Makes one correction; `selected` is what stands out afterwards. */
export function correct(edit, selected = state.selected) {
  replay([...state.edits, edit], [], selected);
}

export function undo() {
  if (state.edits.length) replay(state.edits.slice(0, -1), [...state.undone, state.edits.at(-1)], state.selected);
}

export function redo() {
  if (state.undone.length) replay([...state.edits, state.undone.at(-1)], state.undone.slice(0, -1), state.selected);
}
