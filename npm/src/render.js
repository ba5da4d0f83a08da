// Text that we own to safe DOM: real elements, text nodes only, never innerHTML.

import { walk } from './walk.js';

export function render(text, annotation, options = {}) {
  const { document = globalThis.document } = options;
  const fragment = document.createDocumentFragment();
  let parent = fragment;
  walk(text, annotation, options, {
    text: (from, to) => parent.append(text.slice(from, to)),
    enter: (layer, isStart) => {
      const element = elementFor(document, layer, isStart);
      parent.append(element);
      parent = element;
    },
    leave: () => (parent = parent.parentNode),
  });
  return fragment;
}

function elementFor(document, layer, isStart) {
  const element = document.createElement(layer.kind === 'mention' ? 'mark' : 'span');
  element.className = classOf(layer, isStart);
  for (const [name, value] of Object.entries(dataOf(layer))) element.dataset[name] = value;
  if (layer.kind === 'mention') element.title = labelOf(layer);
  return element;
}

/** The classes of a span's element. */
export function classOf({ kind, entity, quote, mention }, isStart) {
  const classes =
    kind === 'mention'
      ? ['pm-mention', `pm-${entity.type.toLowerCase()}`, `pm-${entity.mentions[mention].kind}`]
      : kind === 'quote'
        ? ['pm-quote', `pm-${quote.kind}`]
        : [`pm-${kind}`];
  if (kind === 'quote' && quote.parent) classes.push('pm-nested');
  // A span that is cut by a paragraph or by another span carries its label once.
  if (!isStart) classes.push('pm-continued');
  return classes.join(' ');
}

/** The `data-` attributes of a span's element. */
function dataOf({ kind, entity, quote, mention, piece }) {
  if (kind === 'mention') return { entity: entity.id, mention: String(mention) };
  const data = { quote: quote.id };
  if (kind === 'quote') {
    data.piece = String(piece);
    if (quote.speaker) data.speaker = quote.speaker.text;
    if (quote.speaker?.entity) data.speakerEntity = quote.speaker.entity;
  }
  return data;
}

/** What a mention is, in words: "Person: Ana Ruiz". */
export const labelOf = ({ entity }) => `${typeLabel(entity.type)}: ${entity.name}`;

/** A type in English; one that is none, as in a file from elsewhere, as it is. */
export const typeLabel = (type) => (Object.hasOwn(TYPE_LABELS, type) ? TYPE_LABELS[type] : String(type));

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
