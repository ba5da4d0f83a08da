// What holds for every text, asked of the wasm; and that the wasm gives what the native program gives, value for value.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { analyze, applyEdits, entitiesToCSV, quotesToCSV, speakerShares, textFragment, toHTML, toJSON, toMarkdown, toWebAnnotation } from '../../npm/index.js';

const ROOT = new URL('../../', import.meta.url);
const RUNS = Number(process.env.PRESSMARK_RUNS ?? 300);

/** The words of our own corpus, without the marks of its annotation as far as tests of texts need it. */
const ARTICLES = ['train', 'dev', 'briefs'].flatMap((split) => {
  const folder = new URL(`corpus/${split}/`, ROOT);
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.txt')).sort();
  return files.map((name) => {
    const source = readFileSync(new URL(name, folder), 'utf8');
    const body = source.slice(source.indexOf('\n===\n') + 5);
    const text = body
      .replace(/%[a-z]+%/g, '')
      .replace(/<<\d*[^|>]*\|?|>>/g, '')
      .replace(/\{([^{}|]*)\|[^{}]*\}/g, '$1');
    return { id: `${split}/${name}`, text };
  });
});
const SENTENCES = ARTICLES.flatMap(({ text }) => text.match(/[^.\n]+[.\n]?/g) ?? []).map((sentence) => sentence.trim()).filter((sentence) => sentence.length > 3);

const FRAGMENTS = [
  ...'“”"\'‘’«»()[]—-,.…:;?! \n',
  ...['``', "''", '\r\n', '\u2028', '\u00a0', '\u200b', '\ufeff', '\u202e', '\0', '\ud83d', '\ude00', '😀', '👩‍👩‍👧', 'e\u0301', 'İ', 'ß', 'שלום', '東京'],
  ...['said', 'told reporters', 'according to', 'he', 'She', 'I', 'President', 'Mr.', 'the minister', 'Ana Ruiz', 'Ruiz', 'Qais al-Khaz’ali', 'UN', '(UN)', 'U.S.', 'Porto', 'Kenyan'],
  ...['@ana', '#a', 'Tuesday', 'March 3, 2024', '$3 million', '40%', 'Q:', 'By', '(photo credit: AP)', 'KISUMU (Reuters) —', '<p>', '&quot;', 'https://a.b/c'],
];

const fragment = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...FRAGMENTS) },
  { weight: 2, arbitrary: fc.constantFrom(...SENTENCES) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...SENTENCES), fc.nat(80), fc.nat(80)).map(([sentence, from, length]) => sentence.slice(from, from + length)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  // Strings of JavaScript may hold half a pair of surrogates.
  { weight: 1, arbitrary: fc.array(fc.nat(0xffff), { maxLength: 8 }).map((units) => String.fromCharCode(...units)) },
);
const text = fc.array(fc.tuple(fragment, fc.constantFrom('', ' ', ' ', '\n\n')), { maxLength: 40 }).map((pieces) => pieces.flat().join(''));
const holds = (property, runs = RUNS) => fc.assert(property, { numRuns: runs, seed: process.env.PRESSMARK_SEED ? Number(process.env.PRESSMARK_SEED) : undefined });

const cutsPair = (text, at) => /[\ud800-\udbff]/.test(text[at - 1] ?? '') && /[\udc00-\udfff]/.test(text[at] ?? '');

function checkSpans(text, spans, what) {
  for (const { start, end } of spans) {
    assert.ok(Number.isInteger(start) && 0 <= start && start < end && end <= text.length, `${what} ${start}–${end} of ${text.length}`);
    assert.ok(!cutsPair(text, start) && !cutsPair(text, end), `${what} ${start}–${end} cuts a pair`);
  }
  for (let index = 1; index < spans.length; index++) assert.ok(spans[index - 1].end <= spans[index].start, `${what}s overlap or are out of order`);
}

function check(text, annotation) {
  assert.equal(annotation.length, text.length);
  checkSpans(text, annotation.blocks, 'block');
  checkSpans(text, annotation.sentences, 'sentence');
  const mentions = annotation.entities.flatMap((entity) => entity.mentions);
  checkSpans(text, mentions.toSorted?.((a, b) => a.start - b.start) ?? [...mentions].sort((a, b) => a.start - b.start), 'mention');
  const isInside = (span) => annotation.blocks.some(({ start, end }) => start <= span.start && span.end <= end);
  const words = text.toWellFormed?.() ?? text;
  for (const { name, aliases, acronym, mentions } of annotation.entities) {
    assert.ok(mentions.length > 0 && mentions.every(isInside));
    for (const { kind, start, end } of mentions) {
      if (kind !== 'pronoun' && kind !== 'nominal') assert.ok([name, ...aliases, acronym].includes(words.slice(start, end)), `${words.slice(start, end)} is none of ${name}’s names`);
    }
  }
  const ids = new Set(annotation.entities.map(({ id }) => id));
  assert.equal(ids.size, annotation.entities.length);
  annotation.quotes.forEach((quote, index) => {
    assert.equal(quote.id, `q${index + 1}`);
    assert.ok(quote.pieces.length > 0 && quote.pieces.every(isInside));
    checkSpans(text, quote.pieces, 'piece');
    for (const who of [quote.speaker, quote.addressee]) {
      if (!who) continue;
      checkSpans(text, [who], 'speaker');
      assert.ok(who.entity === null || who.entity === undefined || ids.has(who.entity));
    }
    if (quote.cue) checkSpans(text, [quote.cue], 'cue');
    if (quote.parent) {
      const parent = annotation.quotes.slice(0, index).find(({ id }) => id === quote.parent);
      assert.ok(parent?.pieces.some(({ start, end }) => start <= quote.pieces[0].start && quote.pieces[0].end <= end), `${quote.id} stands inside its parent`);
    }
  });
}

test('every text keeps every promise', () => holds(fc.property(text, (text) => check(text, analyze(text)))));

test('the same text gives the same bytes, in a fresh order of texts too', () =>
  holds(
    fc.property(text, text, (one, other) => {
      const before = JSON.stringify(analyze(one));
      analyze(other);
      assert.equal(JSON.stringify(analyze(one)), before);
    }),
    RUNS / 3,
  ));

test('every export takes every text, and what is JSON stays JSON', () =>
  holds(
    fc.property(text, fc.string(), (text, title) => {
      const annotation = analyze(text);
      toHTML(text, annotation, { title });
      toMarkdown(text, annotation, { title });
      entitiesToCSV(text, annotation);
      quotesToCSV(text, annotation);
      speakerShares(text, annotation);
      JSON.parse(toJSON(text, annotation));
      JSON.parse(JSON.stringify(toWebAnnotation(text, annotation, { source: 'https://news.example/' })));
      for (const quote of annotation.quotes) textFragment(text, quote.pieces[0]);
    }),
    RUNS / 3,
  ));

test('exported HTML has no markup but its own', () => {
  const own = /^<\/?(?:!doctype|html|head|meta|title|style|body|main|article|section|h[1-6]|p|a|mark|span|table|caption|thead|tbody|tr|th|td|blockquote|footer|cite|ul|ol|li|em|strong|time|small|br|hr|figure|figcaption|dl|dt|dd|div|header)[\s/>]/i;
  const hostile = fc.array(fc.constantFrom('<', '>', '"', "'", '&', '<script>', '</p>', '<!--', '-->', ']]>', '\0', 'Ana Ruiz', '“', '”', ' said ', '\n', '&lt;', '&#60;', '<img src=x onerror=x()>'), { maxLength: 30 }).map((pieces) => pieces.join(''));
  holds(
    fc.property(hostile, hostile, (text, title) => {
      const markup = toHTML(text, analyze(text), { title, url: title });
      for (const [tag] of markup.replace(/<style>[^]*?<\/style>/, '').matchAll(/<[^>]*>?/g)) {
        assert.match(tag, own);
        assert.doesNotMatch(tag, /\son\w+\s*=\s*[^"]/i);
      }
    }),
  );
});

test('corrections of any kind give an annotation or a typed error', () => {
  const word = fc.oneof(fc.constantFrom('dismiss', 'retype', 'rename', 'merge', 'split', 'add', 'toString', '__proto__', 'constructor', 'e1', 'e2', 'q1', 'PERSON'), fc.string());
  const edit = fc.oneof(fc.dictionary(fc.constantFrom('op', 'id', 'into', 'type', 'name', 'mention', 'start', 'end', 'speaker', '__proto__'), fc.oneof(word, fc.integer(), fc.constant(null))), fc.anything());
  const source = '“We will stay,” Ana Ruiz of Porto said. Tom Baker left.';
  const annotation = analyze(source);
  const before = JSON.stringify(annotation);
  holds(
    fc.property(fc.array(edit, { maxLength: 5 }), (edits) => {
      try {
        const result = applyEdits(annotation, edits);
        assert.ok([result.entities, result.quotes, result.blocks, result.sentences].every(Array.isArray));
      } catch (error) {
        assert.equal(error.code, 'invalid-option', error.stack);
      }
      assert.equal(JSON.stringify(annotation), before, 'what is corrected is a copy');
      assert.equal({}.polluted, undefined);
    }),
  );
});

// The native program: `cargo xtask test` builds it and names it.
const native = process.env.PRESSMARK_NATIVE;

test('the wasm gives what the native program gives, value for value, over every corpus', { skip: native && process.env.PRESSMARK_ALL ? false : 'takes minutes: PRESSMARK_ALL=1 cargo xtask test' }, async (t) => {
  const documents = [...ARTICLES];
  const shared = new URL('../shared/corpora/', ROOT);
  if (existsSync(shared)) {
    for (const entry of readdirSync(shared, { recursive: true }).filter((name) => name.endsWith('.jsonl')).sort()) {
      const lines = readFileSync(new URL(entry, shared), 'utf8').split('\n').filter(Boolean);
      lines.forEach((line, index) => documents.push({ id: `${entry}:${index + 1}`, text: JSON.parse(line).text }));
    }
  } else t.diagnostic('left out: ../shared/corpora is absent');
  documents.push({ id: 'surrogates', text: 'A \ud83d B “\ude00” C 😀 said Ana Ruiz.' }, { id: 'empty', text: '' });

  const child = spawn(native, ['annotate', '--jsonl'], { cwd: fileURLToPath(ROOT), stdio: ['pipe', 'pipe', 'inherit'] });
  const failed = new Promise((_, reject) => child.on('error', reject));
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  child.stdin.end(documents.map(({ id, text }) => `${JSON.stringify({ doc_id: id, text })}\n`).join(''));
  const status = await Promise.race([new Promise((resolve) => child.on('close', resolve)), failed]);
  assert.equal(status, 0);
  const lines = Buffer.concat(chunks).toString().split('\n').filter(Boolean);
  assert.equal(lines.length, documents.length);
  let bytes = 0;
  documents.forEach(({ id, text }, index) => {
    const expected = `{"doc_id":${JSON.stringify(id)},"annotation":${JSON.stringify(analyze(text))}}`;
    // "0.0" there is "0" here: written anew by one hand.
    const found = JSON.stringify(JSON.parse(lines[index]));
    if (found !== expected) assert.fail(`${id} differs: ${difference(found, expected)}`);
    bytes += text.length;
  });
  t.diagnostic(`${documents.length} documents, ${bytes} characters, all equal`);
});

function difference(native, wasm) {
  let at = 0;
  while (native[at] === wasm[at]) at++;
  return `native …${native.slice(Math.max(0, at - 60), at + 60)}… wasm …${wasm.slice(Math.max(0, at - 60), at + 60)}…`;
}
