// What leaves the package: valid by its own schema and by other people's standards, and harmless where it is opened.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import * as pressmark from '../../npm/index.js';
import { STYLE, STYLE_HASH } from '../../npm/src/export/html.js';

const { analyze, entitiesToCSV, quoteText, quotesToCSV, speakerShares, textFragment, toHTML, toJSON, toMarkdown, toWebAnnotation } = pressmark;

const TEXT = `Porto rebuilds 👷 its bridge

The mayor of Porto, Ana Ruiz, spoke on Tuesday. “We will rebuild,” Ruiz said. “It will take two years.”

A senior official said that the Red Cross (RC) would help. Ruiz added: “He told me ‘never again’ twice.”`;
const annotation = analyze(TEXT, { explain: true });

/** An annotation by hand: what a text of the worst kind would give. */
function byHand(text, name, { speaker = name, quote } = {}) {
  const at = text.indexOf(name);
  const span = { start: at, end: at + name.length };
  const said = quote === undefined ? -1 : text.indexOf(quote);
  return {
    schema: 1,
    length: text.length,
    blocks: [{ kind: 'paragraph', start: 0, end: text.length }],
    sentences: [{ start: 0, end: text.length }],
    entities: [{ id: 'e1', type: 'PERSON', name, aliases: [name], roles: [name], salience: 0.5, mentions: [{ ...span, kind: 'name', confidence: 1 }] }],
    quotes: said < 0 ? [] : [{ id: 'q1', kind: 'direct', medium: 'speech', pieces: [{ start: said, end: said + quote.length }], speaker: { entity: 'e1', ...span, text: speaker, confidence: 1 }, cue: null, flags: [], confidence: 1 }],
  };
}

// ---- JSON

const schema = JSON.parse(readFileSync(new URL('../../npm/annotation.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema);
const assertValid = (value) => assert.ok(validate(value), JSON.stringify(validate.errors, null, 1));

test('annotations are valid by the schema', () => {
  assertValid(annotation);
  assertValid(analyze(''));
  assertValid(analyze(TEXT, { quotes: false, types: ['PLACE'], knownEntities: [{ name: 'Ana Ruiz', type: 'PERSON', id: '7' }] }));
  assertValid(JSON.parse(toJSON(TEXT, annotation)));
  assertValid(JSON.parse(toJSON(TEXT, annotation, { includeText: false })));
});

test('the schema refuses what is no annotation', () => {
  for (const wrong of [{}, { ...annotation, schema: 2 }, { ...annotation, more: 1 }, { ...annotation, length: -1 }, { ...annotation, entities: [{ ...annotation.entities[0], type: 'HUMAN' }] }]) {
    assert.equal(validate(wrong), false);
  }
});

test('schema and declarations name the same values', () => {
  const declarations = readFileSync(new URL('../../npm/dist/pressmark.d.ts', import.meta.url), 'utf8');
  const union = (name) => [...declarations.match(new RegExp(`export type ${name} =([^;]+);`))[1].matchAll(/'([^']+)'/g)].map(([, value]) => value);
  const { block, entityType, mention, quote } = schema.$defs;
  assert.deepEqual(block.properties.kind.enum, union('BlockKind'));
  assert.deepEqual(entityType.enum, union('EntityType'));
  assert.deepEqual(mention.properties.kind.enum, union('MentionKind'));
  assert.deepEqual(quote.properties.kind.enum, union('QuoteKind'));
  assert.deepEqual(quote.properties.medium.enum, union('Medium'));
  assert.deepEqual(quote.properties.flags.items.enum, union('QuoteFlag'));
  const fields = (name) => [...declarations.match(new RegExp(`export interface ${name} [^{]*\\{([^]*?)\\n\\}`))[1].matchAll(/^ +readonly (\w+)\??:/gm)].map(([, field]) => field);
  for (const [name, definition] of [['Block', block], ['Entity', schema.$defs.entity], ['Mention', mention], ['Quote', quote], ['Speaker', schema.$defs.speaker], ['Cue', schema.$defs.cue]]) {
    assert.deepEqual(Object.keys(definition.properties).filter((field) => field !== 'start' && field !== 'end').sort(), fields(name).sort(), name);
  }
});

test('JSON comes back as it went', () => {
  const { text, ...rest } = JSON.parse(toJSON(TEXT, annotation));
  assert.equal(text, TEXT);
  assert.deepEqual(rest, annotation);
});

// ---- Web Annotations

test('Web Annotations have what the vocabulary asks for', () => {
  const page = toWebAnnotation(TEXT, annotation, { source: 'https://example.org/a' });
  assert.equal(page['@context'], 'http://www.w3.org/ns/anno.jsonld');
  assert.equal(page.type, 'AnnotationPage');
  const mentions = annotation.entities.reduce((sum, entity) => sum + entity.mentions.length, 0);
  assert.equal(page.items.length, mentions + annotation.quotes.length);
  const ids = new Set([page.id]);
  const codePoints = [...TEXT];
  for (const item of page.items) {
    assert.match(item.id, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.ok(!ids.has(item.id), 'ids are unique');
    ids.add(item.id);
    assert.equal(item.type, 'Annotation');
    assert.ok(['identifying', 'describing'].includes(item.motivation));
    for (const body of item.body) assert.ok(body.type === 'TextualBody' && body.value && ['identifying', 'classifying', 'describing'].includes(body.purpose));
    for (const { source, selector } of [item.target].flat()) {
      const [quote, position] = selector;
      assert.equal(source, 'https://example.org/a');
      assert.equal(quote.type, 'TextQuoteSelector');
      assert.equal(position.type, 'TextPositionSelector');
      assert.equal(codePoints.slice(position.start, position.end).join(''), quote.exact);
      assert.ok(TEXT.includes(quote.prefix + quote.exact + quote.suffix));
      assert.ok(quote.prefix.length <= 32 && quote.suffix.length <= 32);
    }
  }
});

test('positions are code points, or UTF-16 where that is wanted; ids are the same on every run', () => {
  const options = { source: 'https://example.org/a' };
  const text = '😀😀 Ana Ruiz spoke.';
  const found = byHand(text, 'Ana Ruiz');
  const position = (extra) => toWebAnnotation(text, found, { ...options, ...extra }).items[0].target.selector[1];
  assert.deepEqual(position(), { type: 'TextPositionSelector', start: 3, end: 11 });
  assert.deepEqual(position({ positions: 'utf16' }), { type: 'TextPositionSelector', start: 5, end: 13 });
  assert.deepEqual(toWebAnnotation(text, found, options), toWebAnnotation(text, found, options));
  assert.notEqual(toWebAnnotation(text, found, options).items[0].id, toWebAnnotation(text, found, { source: 'https://example.org/b' }).items[0].id);
  assert.throws(() => toWebAnnotation(text, found), { code: 'invalid-option' });
  assert.throws(() => toWebAnnotation(text, found, { ...options, positions: 'bytes' }), { code: 'invalid-option' });
});

test('context of a selector never holds half a pair', () => {
  const text = `${'😀'.repeat(40)} Ana Ruiz ${'😀'.repeat(40)}`;
  const [quote] = toWebAnnotation(text, byHand(text, 'Ana Ruiz'), { source: 'urn:x' }).items[0].target.selector;
  assert.equal(quote.prefix, Buffer.from(quote.prefix).toString());
  assert.equal(quote.suffix, Buffer.from(quote.suffix).toString());
});

// ---- CSV

/** Reads RFC 4180. */
function parse(csv) {
  const rows = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

test('tables have a row each, and every row as many cells as the head', () => {
  for (const [csv, items] of [[entitiesToCSV(TEXT, annotation), annotation.entities], [quotesToCSV(TEXT, annotation), annotation.quotes]]) {
    const [head, ...rows] = parse(csv);
    assert.deepEqual(rows.map(([id]) => id), items.map(({ id }) => id));
    for (const row of rows) assert.equal(row.length, head.length);
  }
  const [head, ...rows] = parse(quotesToCSV(TEXT, annotation));
  assert.deepEqual(rows.map((row) => row[head.indexOf('quote')]), annotation.quotes.map((quote) => quoteText(TEXT, quote)));
});

test('cells with commas, quotation marks and line ends come back as they were', () => {
  const name = 'Ruiz, "Ana"\nMaria; Lee';
  const [, row] = parse(entitiesToCSV(name, byHand(name, name)));
  assert.equal(row[2], name);
});

test('no cell is a formula', () => {
  for (const name of ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', ' =1', '＝1', '|calc', '=HYPERLINK("http://x")']) {
    const [, row] = parse(entitiesToCSV(name, byHand(name, name)));
    for (const cell of [row[2], row[3], row[4]]) assert.equal(cell, `'${name}`);
    const text = `${name} said: "${name}"`;
    const [, quote] = parse(quotesToCSV(text, byHand(text, name, { quote: name })));
    for (const cell of quote) assert.doesNotMatch(cell, /^\s*[=+@＝|-]/);
  }
});

test('a byte order mark goes before where it is wanted', () => {
  assert.ok(entitiesToCSV(TEXT, annotation, { bom: true }).startsWith('\uFEFFid,'));
  assert.ok(entitiesToCSV(TEXT, annotation).startsWith('id,'));
});

// ---- HTML and Markdown

test('the policy of an exported page allows its own style and nothing else', () => {
  assert.equal(STYLE_HASH, createHash('sha256').update(STYLE).digest('base64'), 'STYLE_HASH in html.js has to follow STYLE');
  const markup = toHTML(TEXT, annotation);
  assert.ok(markup.includes(`default-src 'none'; style-src 'sha256-${STYLE_HASH}'`));
  assert.ok(markup.includes(`<style>${STYLE}</style>`));
});

test('an exported page is well nested and says every word', () => {
  const markup = toHTML(TEXT, annotation);
  const open = [];
  for (const [, close, tag] of markup.replace(/<!doctype html>|<style>[^]*?<\/style>/g, '').matchAll(/<(\/?)([a-z0-9]+)[^>]*>/g)) {
    if (['meta', 'br'].includes(tag)) continue;
    if (close) assert.equal(open.pop(), tag);
    else open.push(tag);
  }
  assert.deepEqual(open, []);
  const words = markup.match(/<article>([^]*)<\/article>/)[1].replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
  const plain = (text) => text.replace(/\s+/g, '');
  assert.equal(plain(words), plain(TEXT));
});

test('markup in a text is text in an export', () => {
  const name = '<img src=x onerror=alert(1)> "Ana" & \'Ruiz\' [a](javascript:b) `c` **d** # e';
  const text = `${name} said: “${name}”\n# heading\n1. list\n- list`;
  const found = byHand(text, name, { quote: name });
  const markup = toHTML(text, found, { title: name, url: 'javascript:alert(1)', lang: '"><script>' });
  assert.doesNotMatch(markup.replace(/<style>[^]*?<\/style>/, ''), /<img|<script|javascript:alert/);
  assert.doesNotMatch(markup, /="[^"]*"Ana"/);
  const markdown = toMarkdown(text, found, { title: name, article: true });
  assert.doesNotMatch(markdown, /(?<!\\)[<`\[]/);
  assert.doesNotMatch(markdown.replace(/^#{1,3} /gm, ''), /^\s*(#|\d+\.|-\s(?!\*\*))/m);
});

test('Markdown has every name under its type and every quote under its speaker', () => {
  const markdown = toMarkdown(TEXT, annotation, { title: 'Porto', url: 'https://example.org/a' });
  assert.ok(markdown.startsWith('# Porto\n\n<https://example.org/a>\n'));
  for (const { name } of annotation.entities) assert.ok(markdown.includes(`**${name}**`), name);
  const text = 'Ana Ruiz said: “We *will*.”';
  assert.match(toMarkdown(text, byHand(text, 'Ana Ruiz', { quote: 'We *will*.' })), /## Quotes\n\n### Ana Ruiz\n\n> “We \\\*will\\\*\.”\n$/);
});

// ---- links

test('a link names short words in full, with context where they stand twice', () => {
  const text = 'Ana Ruiz met Jon Berg in Porto. Later Jon Berg met Lea Kim in Porto.';
  const link = (words, from = 0) => {
    const start = text.indexOf(words, from);
    return decodeURIComponent(textFragment(text, { start, end: start + words.length }));
  };
  assert.equal(link('Ana Ruiz'), ':~:text=Ana Ruiz');
  assert.equal(link('Jon Berg'), ':~:text=Jon Berg');
  assert.equal(link('Jon Berg', 20), ':~:text=Later-,Jon Berg');
});

test('a link over long words or paragraphs names their beginning and end', () => {
  const words = `It begins here and ${'goes on and '.repeat(20)}ends at last`;
  assert.equal(decodeURIComponent(textFragment(words, { start: 0, end: words.length })), ':~:text=It begins here and goes,on and ends at last');
  const two = 'The first paragraph.\n\nThe second one.';
  assert.equal(decodeURIComponent(textFragment(two, { start: 0, end: two.length })), ':~:text=The first paragraph.,The second one.');
});

test('a link names whole words and escapes what has a meaning of its own', () => {
  assert.equal(decodeURIComponent(textFragment('Syrian troops', { start: 0, end: 5 })), ':~:text=Syrian');
  assert.equal(textFragment('Al-Assad, & co', { start: 0, end: 14 }), ':~:text=Al%2DAssad%2C%20%26%20co');
  assert.equal(textFragment('Ana', { start: 1, end: 1 }), ':~:text=Ana');
  assert.equal(textFragment('', { start: 0, end: 0 }), '');
  assert.doesNotThrow(() => textFragment('a \ud800 b', { start: 0, end: 5 }));
});

test('a speaker’s share counts what stands in marks, once, also inside a reported clause', () => {
  const text = 'She said that both “were tired, very tired”. “He told me ‘no’,” Ruiz said.';
  const piece = (words) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });
  const quote = (id, kind, words, speaker, parent) => ({ id, kind, pieces: [piece(words)], speaker: { entity: speaker, text: speaker }, parent });
  const quotes = [
    quote('q1', 'indirect', 'both “were tired, very tired”', 'e1'),
    quote('q2', 'partial', 'were tired, very tired', 'e1', 'q1'),
    quote('q3', 'direct', 'He told me ‘no’,', 'e2'),
    quote('q4', 'direct', 'no', 'e3', 'q3'),
  ];
  const shares = speakerShares(text, { quotes });
  assert.deepEqual(shares.map(({ entity, words, share }) => [entity, words, share]), [['e1', 4, 0.5], ['e2', 4, 0.5], ['e3', 0, 0]]);
});
