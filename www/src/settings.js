// What the reader has set stays set: types, thresholds, shortcuts. Kept in this browser only.

import { on, state, update } from './store.js';

const KEY = 'pressmark:settings';

/** Storage may be forbidden or full: then nothing is kept. */
export function keep(key, value) {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // The page works without.
  }
}

export function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? undefined;
  } catch {
    return undefined;
  }
}

export const settings = { shortcuts: true };

export function recallSettings() {
  const { hidden, confidence, shortcuts } = kept(KEY) ?? {};
  if (typeof shortcuts === 'boolean') settings.shortcuts = shortcuts;
  update({
    hiddenTypes: new Set(Array.isArray(hidden) ? hidden.filter((type) => typeof type === 'string') : []),
    confidence: Object.fromEntries(Object.entries(confidence ?? {}).filter(([, value]) => value > 0 && value < 1)),
  });
}

export function keepSettings() {
  keep(KEY, { hidden: [...state.hiddenTypes], confidence: state.confidence, shortcuts: settings.shortcuts });
}

on(['hiddenTypes', 'confidence'], keepSettings);
