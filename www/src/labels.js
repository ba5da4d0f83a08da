// Speakers in the margin: where two would stand in each other's way, the lower one moves down.

/** Letters that fit a line of the margin, and the height of a line in pixels, as the style sheet has them. */
const LETTERS = 15;
const LINE = 15.6;
const GAP = 9;

let blocks = [];
const inSight = new Set();
let asked = false;

// Only what is in sight is measured: what is far is not laid out at all.
const observer = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) inSight.add(target);
    else inSight.delete(target);
  }
  ask();
});

/** The article's parts with names in the margin, in text order. */
export function placeLabels(labelled) {
  observer.disconnect();
  inSight.clear();
  blocks = labelled;
  for (const block of blocks) observer.observe(block);
}

function ask() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    place(blocks.filter((block) => inSight.has(block)));
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
matchMedia('print').addEventListener('change', ({ matches }) => matches && place(blocks));
