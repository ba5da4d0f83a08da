// Text that we own to safe DOM: real elements, text nodes only, never innerHTML.

import { layersWithin } from './spans.js';

export function render(text, annotation, options = {}) {
  const { document = globalThis.document, start = 0, end = text.length, types, quotes = true } = options;
  const wanted = types && new Set(types);
  const fragment = document.createDocumentFragment();
  /** Open elements, outermost first: each ends at its layer's end. */
  const open = [];
  let at = start;

  const parent = () => (open.length ? open[open.length - 1].element : fragment);
  const write = (until) => {
    if (until > at) parent().append(text.slice(at, until));
    at = Math.max(at, until);
  };
  const enter = (layer) => {
    const element = elementFor(document, layer, annotation, layer.start >= at);
    parent().append(element);
    open.push({ layer, element });
  };
  const closeUntil = (position) => {
    while (open.length) {
      // The element that ends first may stand below others that go on: those are cut and opened again after it.
      let first = 0;
      for (let index = 1; index < open.length; index++) if (open[index].layer.end <= open[first].layer.end) first = index;
      const { end: next } = open[first].layer;
      if (next > position) return;
      write(next);
      const cut = open.splice(first).slice(1);
      for (const { layer } of cut) if (layer.end > at) enter(layer);
    }
  };

  for (const layer of layersWithin(annotation, start, end)) {
    if (layer.kind === 'mention' ? wanted && !wanted.has(layer.entity.type) : !quotes) continue;
    if (layer.end <= layer.start) continue;
    const from = Math.max(layer.start, start);
    closeUntil(Math.min(from, end));
    write(from);
    enter(layer);
  }
  closeUntil(end);
  write(end);
  return fragment;
}

function elementFor(document, layer, annotation, isStart) {
  const { kind, entity, quote } = layer;
  const element = document.createElement(kind === 'mention' ? 'mark' : 'span');
  if (kind === 'mention') {
    const mention = entity.mentions[layer.mention];
    element.className = `pm-mention pm-${entity.type.toLowerCase()} pm-${mention.kind}`;
    element.dataset.entity = entity.id;
    element.dataset.mention = String(layer.mention);
    element.title = `${TYPE_LABELS[entity.type]}: ${entity.name}`;
  } else {
    element.className = kind === 'quote' ? `pm-quote pm-${quote.kind}` : `pm-${kind}`;
    element.dataset.quote = quote.id;
    if (kind === 'quote') {
      element.dataset.piece = String(layer.piece);
      if (quote.parent) element.classList.add('pm-nested');
      if (quote.speaker) {
        element.dataset.speaker = quote.speaker.text;
        if (quote.speaker.entity) element.dataset.speakerEntity = quote.speaker.entity;
      }
    }
  }
  // A span that is cut by a paragraph or by another span carries its label once.
  if (!isStart) element.classList.add('pm-continued');
  return element;
}

/** What each type is called in English, for labels. */
export const TYPE_LABELS = {
  PERSON: 'Person',
  ORGANIZATION: 'Organisation',
  PLACE: 'Place',
  GROUP: 'Group',
  EVENT: 'Event',
  WORK: 'Work',
  PRODUCT: 'Product',
  DATE: 'Date',
  MONEY: 'Money',
  PERCENT: 'Percentage',
  QUANTITY: 'Quantity',
};
