// The strip beside the scroll bar: quotes as bands, the selected name's mentions as lines, the window as a frame.

import { $ } from './dom.js';
import { blockOf, scrollTo, mentionElement } from './reader.js';
import { entityById, mentionIsShown, on, quoteById, quoteIsShown, state } from './store.js';

const canvas = $('#minimap');
const context = canvas.getContext('2d');
let asked = false;

function ask() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    draw();
  });
}

/** Where an offset stands, as a part of the page's height; told from its block alone, so that nothing far away is laid out. */
function placeOf(offset, height) {
  const block = blockOf(offset);
  if (!block) return undefined;
  const { element, start, end } = block;
  return (element.offsetTop + element.offsetHeight * ((offset - start) / Math.max(1, end - start))) / height;
}

function draw() {
  const { clientWidth: width, clientHeight: visible } = canvas;
  if (!width || !visible) return;
  const ratio = devicePixelRatio || 1;
  canvas.width = width * ratio;
  canvas.height = visible * ratio;
  context.scale(ratio, ratio);
  const { annotation, selected } = state;
  if (!annotation || state.editing) return;
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  const height = document.documentElement.scrollHeight;
  const at = (offset) => placeOf(offset, height) * visible;
  const isTheirs = (quote) => selected && (selected.id === quote.id || quote.speaker?.entity === selected.id);
  for (const quote of annotation.quotes) {
    if (!quoteIsShown(quote) || quote.parent) continue;
    context.fillStyle = colour(isTheirs(quote) ? 'accent' : 'strip-quote');
    for (const { start, end } of quote.pieces) {
      const top = at(start);
      if (Number.isFinite(top)) context.fillRect(width - 5, top, 3, Math.max(2, at(end - 1) - top));
    }
  }
  const id = selected?.kind === 'entity' ? selected.id : selected ? quoteById(selected.id)?.speaker?.entity : undefined;
  const entity = id && entityById(id);
  if (entity) {
    context.fillStyle = colour(entity.type.toLowerCase());
    entity.mentions.forEach((mention, index) => {
      if (!mentionIsShown(entity, mention)) return;
      const isCurrent = selected.kind === 'entity' && index === state.occurrence;
      context.fillRect(isCurrent ? 0 : 2, at(mention.start) - 1, isCurrent ? width : width - 8, isCurrent ? 3 : 2);
    });
  }
  context.strokeStyle = colour('ink-2');
  context.globalAlpha = 0.35;
  context.strokeRect(0.5, (scrollY / height) * visible + 0.5, width - 1, Math.max(8, (innerHeight / height) * visible - 1));
}

canvas.addEventListener('pointerdown', (event) => {
  const part = (event.clientY - canvas.getBoundingClientRect().top) / canvas.clientHeight;
  const { selected } = state;
  const entity = selected?.kind === 'entity' && entityById(selected.id);
  const height = document.documentElement.scrollHeight;
  // Near a line of the selected name the click means that mention; elsewhere the place.
  const near = entity && entity.mentions.findIndex(({ start }) => Math.abs(placeOf(start, height) - part) * canvas.clientHeight < 4);
  if (entity && near >= 0) scrollTo(mentionElement(entity.id, near));
  else scrollBy({ top: part * height - innerHeight / 2 - scrollY, behavior: 'instant' });
});

on(['annotation', 'selected', 'occurrence', 'confidence', 'hiddenTypes', 'editing'], ask);
addEventListener('scroll', ask, { passive: true });
addEventListener('resize', ask, { passive: true });
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', ask);
new ResizeObserver(ask).observe($('#article'));
