// The strip beside the scroll bar: quotes as bands, the selected name's mentions as lines, the window as a frame.

import { $, painted } from './dom.js';
import { chunkOf, mentionElement, scrollTo } from './reader.js';
import { entityById, mentionIsShown, on, quoteById, quoteIsShown, state } from './store.js';

const article = $('#article');
const canvas = $('#minimap');
const context = canvas.getContext('2d');
/** Quotes and mentions as they were drawn last: while the reader scrolls, only the window's frame moves over them. */
const strip = document.createElement('canvas');
let isStale = true;
let asked = false;

function ask() {
  // A long article that still grows is drawn when it stands.
  if (asked || article.ariaBusy === 'true') return;
  asked = true;
  // After the frame: the page is laid out then, and what the reader asked for is painted first.
  painted().then(() => {
    asked = false;
    draw();
  });
}

function renew() {
  isStale = true;
  ask();
}

/** Places of chunks, each read once for a drawing. */
let boxes = new Map();

/** Where an offset stands, as a part of the page's height; told from its chunk alone, so that nothing far away is laid out. */
function placeOf(offset, height) {
  const chunk = chunkOf(offset);
  if (!chunk) return undefined;
  const { element, start, end } = chunk;
  let box = boxes.get(element);
  if (!box) boxes.set(element, (box = { top: element.offsetTop, height: element.offsetHeight }));
  return (box.top + box.height * ((offset - start) / Math.max(1, end - start))) / height;
}

function draw() {
  // Another one may be on its way by now.
  if (article.ariaBusy === 'true') return;
  const { clientWidth: width, clientHeight: visible } = canvas;
  if (!width || !visible) return;
  const ratio = devicePixelRatio || 1;
  const height = document.documentElement.scrollHeight;
  // What comes into sight gets its real height: the strip is as long as the page is now.
  if (isStale || strip.height !== Math.round(visible * ratio) || height !== drawnHeight) drawStrip(width, visible, ratio, height);
  canvas.width = strip.width;
  canvas.height = strip.height;
  if (!state.annotation || state.editing) return;
  context.drawImage(strip, 0, 0);
  context.scale(ratio, ratio);
  context.strokeStyle = getComputedStyle(document.documentElement).getPropertyValue('--ink-2').trim();
  context.globalAlpha = 0.35;
  context.strokeRect(0.5, (scrollY / height) * visible + 0.5, width - 1, Math.max(8, (innerHeight / height) * visible - 1));
}

let drawnHeight;

function drawStrip(width, visible, ratio, height) {
  isStale = false;
  drawnHeight = height;
  boxes = new Map();
  strip.width = Math.round(width * ratio);
  strip.height = Math.round(visible * ratio);
  const context = strip.getContext('2d');
  context.scale(ratio, ratio);
  const { annotation, selected } = state;
  if (!annotation || state.editing) return;
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  const [theirs, others] = [colour('accent'), colour('strip-quote')];
  const at = (offset) => placeOf(offset, height) * visible;
  const isTheirs = (quote) => selected && (selected.id === quote.id || quote.speaker?.entity === selected.id);
  for (const quote of annotation.quotes) {
    if (!quoteIsShown(quote) || quote.parent) continue;
    context.fillStyle = isTheirs(quote) ? theirs : others;
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

on(['annotation', 'selected', 'occurrence', 'confidence', 'hiddenTypes', 'editing'], renew);
addEventListener('scroll', ask, { passive: true });
addEventListener('resize', renew, { passive: true });
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', renew);
new ResizeObserver(renew).observe(article);
new MutationObserver(renew).observe(article, { attributeFilter: ['aria-busy'] });
