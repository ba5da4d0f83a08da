// W3C Web Annotations (JSON-LD): one for each mention and each quote.

import { InvalidOptionError } from '../errors.js';

/** Length of the context in a TextQuoteSelector, as Hypothesis and Apache Annotator have it. */
const CONTEXT = 32;

export function toWebAnnotation(text, annotation, options = {}) {
  const { source, positions = 'codepoint', generator = 'Pressmark', created } = options;
  if (typeof source !== 'string' || !source) throw new InvalidOptionError('toWebAnnotation needs the option source: the IRI of the text');
  if (positions !== 'codepoint' && positions !== 'utf16') throw new InvalidOptionError("positions is 'codepoint' or 'utf16'");
  const position = positions === 'utf16' ? (offset) => offset : codePoints(text);
  const about = { ...(created ? { created } : {}), generator: { type: 'Software', name: generator } };
  const target = (span) => ({
    source,
    selector: [
      {
        type: 'TextQuoteSelector',
        exact: text.slice(span.start, span.end),
        prefix: text.slice(whole(text, Math.max(0, span.start - CONTEXT), 1), span.start),
        suffix: text.slice(span.end, whole(text, Math.min(text.length, span.end + CONTEXT), -1)),
      },
      { type: 'TextPositionSelector', start: position(span.start), end: position(span.end) },
    ],
  });
  const note = (value, purpose) => ({ type: 'TextualBody', value, purpose, format: 'text/plain' });
  const items = [];
  for (const entity of annotation.entities) {
    for (const mention of entity.mentions) {
      items.push({
        id: iri('mention', source, text.slice(mention.start, mention.end), mention.start, entity.type),
        type: 'Annotation',
        motivation: 'identifying',
        ...about,
        body: [note(entity.name, 'identifying'), note(entity.type, 'classifying'), ...entity.roles.map((role) => note(role, 'describing'))],
        target: target(mention),
      });
    }
  }
  for (const quote of annotation.quotes) {
    const { speaker } = quote;
    items.push({
      id: iri('quote', source, ...quote.pieces.map(({ start, end }) => text.slice(start, end)), quote.pieces[0].start),
      type: 'Annotation',
      motivation: 'describing',
      ...about,
      body: [
        note(speaker ? `Quote of ${speaker.text}` : 'Quote; the speaker is not told', 'describing'),
        note(`${quote.kind} quote`, 'classifying'),
        ...(speaker ? [note(speaker.text, 'identifying')] : []),
      ],
      target: quote.pieces.length === 1 ? target(quote.pieces[0]) : quote.pieces.map(target),
    });
  }
  return {
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    id: iri('page', source, text),
    type: 'AnnotationPage',
    items,
  };
}

/** From UTF-16 to code points, which is what the vocabulary counts. */
function codePoints(text) {
  if (!/[\ud800-\udbff][\udc00-\udfff]/.test(text)) return (offset) => offset;
  const counts = new Uint32Array(text.length + 1);
  let count = 0;
  for (let index = 0; index < text.length; index++) {
    counts[index] = count;
    const isSecondHalf = index > 0 && isHigh(text.charCodeAt(index - 1)) && isLow(text.charCodeAt(index));
    if (!isSecondHalf) count++;
    else counts[index] = count;
  }
  counts[text.length] = count;
  return (offset) => counts[offset];
}

const isHigh = (unit) => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit) => unit >= 0xdc00 && unit < 0xe000;

/** Context never begins or ends with half a pair. */
function whole(text, at, step) {
  const cuts = at > 0 && at < text.length && isHigh(text.charCodeAt(at - 1)) && isLow(text.charCodeAt(at));
  return cuts ? at + step : at;
}

/** The same content has the same IRI on every run: a UUID of version 8 from a hash of 128 bits. */
function iri(...parts) {
  const hash = hash128(parts.join('\u0000'));
  const hex = hash.map((word) => word.toString(16).padStart(8, '0')).join('');
  const variant = ((parseInt(hex[16], 16) & 3) | 8).toString(16);
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Four lanes of FNV-1a over UTF-16 with different seeds, mixed at the end: against collisions, not against attackers. */
function hash128(text) {
  const lanes = [0x811c9dc5, 0x01000193, 0x9e3779b9, 0x85ebca6b];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    for (let lane = 0; lane < 4; lane++) lanes[lane] = Math.imul(lanes[lane] ^ (unit + lane * 0x101), 0x01000193 + lane * 2);
  }
  return lanes.map((lane) => {
    let word = lane;
    word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
    word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
    return (word ^ (word >>> 16)) >>> 0;
  });
}
