// Speakers in the margin: where two would stand in each other's way, the lower one moves down.

import { painted } from './dom.js';

/** Letters that fit a line of the margin, and the height of a line in pixels, as the style sheet has them. */
const LETTERS = 15;
const LINE = 15.6;
const GAP = 9;

let parts = () => [];
let asked = false;

/** `laidOut(onPaper)` gives the article's parts that are laid out, in text order: only they are measured. */
export function placeLabels(laidOut) {
  parts = laidOut;
  ask();
}

function ask() {
  if (asked) return;
  asked = true;
  // After the frame: what is measured is laid out by then.
  painted().then(() => {
    asked = false;
    place(parts(matchMedia('print').matches));
  });
}

function place(some) {
  const labels = some.flatMap((block) => [...block.querySelectorAll('.labelled')]);
  // First all is read, then all is written: one layout, however many labels.
  const tops = labels.map((piece) => piece.getClientRects()[0]?.top ?? 0);
  let free = -Infinity;
  labels.forEach((piece, index) => {
    const nudge = Math.max(0, free - tops[index]);
    free = tops[index] + nudge + linesOf(piece.dataset.speaker) * LINE + GAP;
    if (nudge || piece.style.length) piece.style.setProperty('--nudge', `${nudge.toFixed(1)}px`);
  });
}

function linesOf(name) {
  let lines = 1;
  let used = 0;
  for (const word of name.split(/\s+/)) {
    if (used && used + 1 + word.length > LETTERS) {
      lines++;
      used = word.length;
    } else used += word.length + (used ? 1 : 0);
  }
  return lines;
}

addEventListener('resize', ask, { passive: true });
matchMedia('print').addEventListener('change', ({ matches }) => matches && place(parts(true)));
