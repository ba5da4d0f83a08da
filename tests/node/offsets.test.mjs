// Offsets slice the caller's own string, whatever it holds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze } from '../../npm/index.js';

const NAME = 'Antonio Guterres';
const SAID = 'We will not leave';

/** Every span of an annotation, with what its slice has to be where the annotation itself tells. */
function* spansOf(annotation) {
  for (const block of annotation.blocks) yield { span: block };
  for (const span of annotation.sentences) yield { span };
  for (const { name, aliases, acronym, mentions } of annotation.entities) {
    for (const mention of mentions) {
      const named = mention.kind === 'name' || mention.kind === 'acronym' || mention.kind === 'handle';
      yield { span: mention, expected: named ? [name, ...aliases, acronym] : undefined };
    }
  }
  for (const { pieces, speaker, cue, addressee } of annotation.quotes) {
    for (const span of pieces) yield { span };
    for (const span of [speaker, cue, addressee]) if (span) yield { span };
  }
}

/** Reads `text` and checks every span against it. */
function read(text) {
  const annotation = analyze(text, { knownEntities: [{ name: NAME, type: 'PERSON' }] });
  assert.equal(annotation.length, text.length);
  for (const { span, expected } of spansOf(annotation)) {
    assert.ok(0 <= span.start && span.start < span.end && span.end <= text.length, JSON.stringify(span));
    const slice = text.slice(span.start, span.end);
    assert.equal(slice, slice.trim(), 'no span begins or ends with white space');
    // A span that cut a pair of surrogates would not be the text that was analysed.
    const cutsPair = (at) => /[\ud800-\udbff]$/.test(text.slice(0, at)) && /^[\udc00-\udfff]/.test(text.slice(at));
    assert.ok(!cutsPair(span.start) && !cutsPair(span.end), `${JSON.stringify(span)} cuts ${slice}`);
    // The annotation holds U+FFFD where the caller's string holds half a pair.
    if (expected) assert.ok(expected.includes(slice.toWellFormed?.() ?? slice), `${slice} is none of ${expected}`);
  }
  return annotation;
}

/** The same sentence behind every kind of text that shifts offsets. */
const BEFORE = {
  'nothing': '',
  'Latin letters with accents': 'Élysée, Škoda, naïve façade. ',
  'combining marks': 'Cafe\u0301 de\u0301ja\u0300 vu, A\u030a\u0323. ',
  'emoji': 'Good 👍🏽 morning 👩‍👩‍👧‍👦 from 🇺🇳. ',
  'letters beyond the first plane': '𝒜 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 headline in 𐌲𐌿𐍄𐌹𐍃𐌺. ',
  'text from right to left': 'كتب الرئيس «سنعود» اليوم. שלום עליכם. ',
  'marks of direction': '\u202Bשלום\u202C \u2067مرحبا\u2069 \u200Etext\u200F. ',
  'a byte order mark': '\uFEFF',
  'zero-width characters': 'zero\u200Bwidth\u200D\u2060joiners. ',
  'a lone high surrogate': 'Broken \ud83d here. ',
  'a lone low surrogate': 'Broken \ude00 here. ',
  'surrogates in the wrong order': 'Broken \ude00\ud83d here. ',
  'NUL and other controls': 'Null \0 bell \x07 escape \x1b. ',
  'line ends of every kind': 'Unix\nWindows\r\nMac\rLine\u2028Paragraph\u2029',
  'ten thousand astral letters': `${'😀'.repeat(10_000)}. `,
};

for (const [what, before] of Object.entries(BEFORE)) {
  test(`a name and a quote are found at their place behind ${what}`, () => {
    const text = `${before}\n\n“${SAID},” ${NAME} said on Tuesday.`;
    const annotation = read(text);
    const mentions = annotation.entities.flatMap((entity) => entity.mentions);
    const at = text.indexOf(NAME);
    assert.ok(mentions.some(({ start, end }) => start === at && end === at + NAME.length), 'the name');
    const quoteAt = text.indexOf(SAID);
    const pieces = annotation.quotes.flatMap((quote) => quote.pieces);
    assert.ok(
      pieces.some(({ start, end }) => start === quoteAt && /^We will not leave,?$/.test(text.slice(start, end))),
      'the quote',
    );
  });
}

test('half a pair of surrogates inside a name, a quote or at either end keeps every offset', () => {
  for (const half of ['\ud83d', '\ude00']) {
    read(`${half}${NAME} said: “${SAID}.”${half}`);
    read(`“We ${half} will not leave,” Antonio${half} Guterres said.`);
    read(`“${SAID},” Anto${half}nio Guterres said.`);
    read(half);
  }
});

test('every prefix of a text with pairs of surrogates is read', () => {
  const text = `👩‍👩‍👧 “${SAID}, 😀” ${NAME} said in 𝒜bu Dhabi. “שלום”`;
  for (let end = 0; end <= text.length; end++) read(text.slice(0, end));
});
