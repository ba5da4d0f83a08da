// Browsers compile a second time, for speed, what of the wasm has run often, and do that beside whatever made it run once more.
// The first article is read some more times while the reader looks at it, so that this is done before the next one comes.

import { $, idle, pause } from './dom.js';
import { state } from './store.js';

/** Rounds after which the next article has a third of that work left, and characters that are read in each: a few milliseconds. */
const ROUNDS = 6;
const LETTERS = 6000;
/** Milliseconds in which the page that was just opened has the machine for itself, and those between two rounds. */
const LATER = 400;
const PAUSE = 50;

export async function warmUp(annotator) {
  const first = state.source;
  await pause(LATER);
  for (let round = 0; round < ROUNDS; round++) {
    await idle();
    // Whoever brings an article has it done by that; and on the page's own thread it would be in the way.
    if (!first || state.source !== first || state.editing || $('#article').ariaBusy === 'true' || annotator.thread !== 'worker') return;
    try {
      await annotator.analyze(first.text.slice(0, LETTERS));
    } catch {
      // Who has a text read is told what is wrong.
      return;
    }
    await pause(PAUSE);
  }
}
