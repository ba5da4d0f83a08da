// The corpus's own markup as an annotation, so that the page is tested on what a perfect reading would give it,
// whatever the recogniser does today.
import { readFileSync } from 'node:fs';

const CORPUS = new URL('../../corpus/', import.meta.url);
const ESCAPED = /^\\(?:u\{([0-9A-Fa-f]+)\}|([^]))/;

/** `{title, text, annotation}` of a corpus file such as `dev/al-tirana-incinerator`. */
export function gold(name) {
  const file = readFileSync(new URL(`${name}.txt`, CORPUS), 'utf8');
  const body = file.slice(file.indexOf('\n===\n') + 5).replace(/\n$/, '');
  const { text, blocks, mentions, quotes, labels } = parse(body);
  const entities = entitiesOf(text, mentions);
  const annotation = {
    schema: 1,
    length: text.length,
    blocks,
    sentences: sentencesOf(text, blocks),
    entities,
    quotes: quotesOf(text, quotes, labels, entities),
  };
  const headline = blocks.find(({ kind }) => kind === 'headline');
  return { title: headline ? text.slice(headline.start, headline.end) : name, text, annotation };
}

function parse(body) {
  let text = '';
  let at = 0;
  const blocks = [];
  const mentions = [];
  const quotes = [];
  const labels = [];
  const stack = [];
  let block;
  const closeBlock = () => {
    if (block && text.slice(block.start).trim()) blocks.push({ ...block, end: block.start + text.slice(block.start).trimEnd().length });
    block = undefined;
  };
  while (at < body.length) {
    const rest = body.slice(at);
    const kind = /^%([a-z]+)%/.exec(rest);
    const quote = /^<<(x|\d+)([^|>]*)\|/.exec(rest);
    const escape = ESCAPED.exec(rest);
    if (escape) {
      text += escape[1] ? String.fromCodePoint(parseInt(escape[1], 16)) : escape[2];
      at += escape[0].length;
    } else if (kind) {
      closeBlock();
      block = { kind: kind[1], start: text.length };
      at += kind[0].length;
    } else if (quote) {
      stack.push({ type: 'quote', number: quote[1], words: quote[2].trim().split(/\s+/).filter(Boolean), start: text.length });
      at += quote[0].length;
    } else if (rest.startsWith('>>') && stack.at(-1)?.type === 'quote') {
      const { number, words, start } = stack.pop();
      const parent = stack.findLast((open) => open.type === 'quote' && open.number !== 'x');
      if (number !== 'x') quotes.push({ number, words, start, end: text.length, parent: parent?.number });
      at += 2;
    } else if (rest[0] === '{') {
      stack.push({ type: 'label', start: text.length });
      at += 1;
    } else if (rest[0] === '|' && stack.at(-1)?.type === 'label') {
      const end = body.indexOf('}', at);
      const { start } = stack.pop();
      for (const label of body.slice(at + 1, end).split(';')) read(label.trim(), { start, end: text.length });
      at = end + 1;
    } else {
      if (rest[0] === '\n') closeBlock();
      else if (!block && rest[0].trim()) block = { kind: 'paragraph', start: text.length };
      text += rest[0];
      at += 1;
    }
  }
  closeBlock();
  return { text, blocks, mentions, quotes, labels };

  function read(label, span) {
    const role = /^([sca])(\d+)(?:=(.*))?$/.exec(label);
    if (role) return void labels.push({ role: role[1], number: role[2], lemma: role[3], ...span });
    const words = label.split(/\s+/);
    const type = /^[A-Z]+$/.test(words[0]) ? words.shift() : undefined;
    const isValue = ['DATE', 'MONEY', 'PERCENT', 'QUANTITY'].includes(type);
    const surface = text.slice(span.start, span.end);
    const kinds = ['name', 'acronym', 'handle', 'nominal', 'pronoun'];
    const kind = words.find((word) => kinds.includes(word)) ?? (surface.startsWith('@') ? 'handle' : /^[A-Z]{2,}$/.test(surface) ? 'acronym' : 'name');
    const [first] = words.filter((word) => !kinds.includes(word));
    mentions.push({ type, key: isValue ? `${type}:${first ?? surface}` : first, value: isValue ? first : undefined, kind, ...span });
  }
}

function entitiesOf(text, mentions) {
  const byKey = new Map();
  for (const { key, type, value, start, end, kind } of mentions.sort((a, b) => a.start - b.start)) {
    let entity = byKey.get(key);
    if (!entity) byKey.set(key, (entity = { id: `e${byKey.size + 1}`, key, type, name: '', aliases: [], roles: [], salience: 0, mentions: [] }));
    entity.type ??= type;
    if (value) entity.value = value;
    // Doubtful where the text only hints, so that the slider has something to hide.
    entity.mentions.push({ start, end, kind, confidence: { name: 0.95, acronym: 0.9, handle: 0.85, nominal: 0.6, pronoun: 0.55 }[kind] });
  }
  const entities = [...byKey.values()];
  const most = Math.max(...entities.map(({ mentions: all }) => all.length));
  for (const entity of entities) {
    const names = entity.mentions.filter(({ kind }) => kind === 'name').map(({ start, end }) => text.slice(start, end));
    const all = names.length ? names : entity.mentions.map(({ start, end }) => text.slice(start, end));
    entity.name = all.reduce((longest, name) => (name.length > longest.length ? name : longest));
    const others = entity.mentions.filter(({ kind }) => kind !== 'pronoun' && kind !== 'nominal').map(({ start, end }) => text.slice(start, end));
    entity.aliases = [...new Set(others)].filter((name) => name !== entity.name);
    entity.salience = Math.round((entity.mentions.length / most) * 100) / 100;
    delete entity.key;
  }
  for (const [key, entity] of byKey) Object.defineProperty(entity, 'key', { value: key, enumerable: false });
  return entities;
}

function quotesOf(text, pieces, labels, entities) {
  const byNumber = new Map();
  for (const { number, words, start, end, parent } of pieces.sort((a, b) => a.start - b.start || b.end - a.end)) {
    let quote = byNumber.get(number);
    if (!quote) {
      const kind = words.find((word) => ['direct', 'partial', 'indirect'].includes(word)) ?? 'direct';
      const medium = words.find((word) => ['post', 'document'].includes(word)) ?? 'speech';
      const flags = words.filter((word) => ['unclosed', 'mismatched', 'stray-mark', 'negated'].includes(word));
      quote = { id: `q${byNumber.size + 1}`, kind, medium, pieces: [], speaker: null, cue: null, flags, confidence: kind === 'indirect' ? 0.7 : 0.9 };
      if (parent) quote.parent = parent;
      byNumber.set(number, quote);
    }
    quote.pieces.push({ start, end });
  }
  for (const quote of byNumber.values()) if (quote.parent) quote.parent = byNumber.get(quote.parent)?.id;
  for (const { role, number, lemma, start, end } of labels) {
    const quote = byNumber.get(number);
    if (!quote) continue;
    if (role === 'c') quote.cue ??= { start, end, lemma: lemma ?? text.slice(start, end) };
    else {
      const entity = entities.find(({ mentions }) => mentions.some((mention) => mention.start === start && mention.end === end));
      const speaker = { entity: entity?.id ?? null, start, end, text: entity?.name ?? text.slice(start, end), confidence: 0.9 };
      if (role === 's') quote.speaker ??= speaker;
      else quote.addressee ??= speaker;
    }
  }
  for (const quote of byNumber.values()) {
    const parent = [...byNumber.values()].find(({ id }) => id === quote.parent);
    if (!quote.speaker && parent?.speaker) quote.speaker = parent.speaker;
  }
  return [...byNumber.values()];
}

/** Roughly: good enough to say that two names stand in one sentence. */
function sentencesOf(text, blocks) {
  return blocks.flatMap(({ start, end }) => {
    const sentences = [];
    for (const match of text.slice(start, end).matchAll(/[^.!?]+(?:[.!?]+["”’)]*|$)\s*/g)) {
      sentences.push({ start: start + match.index, end: start + match.index + match[0].trimEnd().length });
    }
    return sentences;
  });
}
