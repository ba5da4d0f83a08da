// Whatever comes in, a result or a typed error comes out, and the next text is read as if nothing had been.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { InvalidOptionError, PressmarkError, TextTooLongError, analyze } from '../../npm/index.js';

const MAXIMUM = 32 * 2 ** 20;
const ORDINARY = '“We will rebuild,” said Ana Ruiz, the mayor of Porto.';
const expected = JSON.stringify(analyze(ORDINARY));

afterEach(() => assert.equal(JSON.stringify(analyze(ORDINARY)), expected, 'an ordinary text is read as before'));

/** The same bytes on every run. */
function rubbish(length) {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}

const HOSTILE = {
  'an empty text': '',
  'one letter': 'a',
  'one quotation mark': '“',
  'one space': ' ',
  'half a pair of surrogates': '\ud83d',
  'a thousand NUL characters': '\0'.repeat(1000),
  '10 MB of straight quotation marks': '"'.repeat(10_000_000),
  '10 MB of opening quotation marks': '“'.repeat(10_000_000),
  '10 MB of apostrophes': "'".repeat(10_000_000),
  '10 MB of marks of all kinds': '“\'"‘»”«’ '.repeat(Math.ceil(10_000_000 / 9)),
  'a token of 10 MB': 'a'.repeat(10_000_000),
  'a name of 10 MB': 'Ana '.repeat(2_500_000),
  'a million open brackets': '(['.repeat(500_000),
  'a million empty lines': '\n'.repeat(1_000_000),
  'a hundred thousand paragraphs of one mark': '"\n'.repeat(100_000),
  'binary rubbish read as UTF-8': new TextDecoder().decode(rubbish(1 << 20)),
  'binary rubbish read as UTF-16': new TextDecoder('utf-16le').decode(rubbish(1 << 20)),
  'binary rubbish as half pairs and all': String.fromCharCode(...new Uint16Array(rubbish(1 << 16).buffer)),
};

for (const [what, text] of Object.entries(HOSTILE)) {
  test(`${what} gives an annotation of its length`, () => {
    assert.equal(analyze(text).length, text.length);
  });
}

test('a text over the limit is refused with both lengths', () => {
  assert.throws(
    () => analyze('a'.repeat(MAXIMUM + 1)),
    (error) => {
      assert.ok(error instanceof TextTooLongError && error instanceof PressmarkError && error instanceof Error);
      assert.deepEqual([error.code, error.length, error.maximum], ['text-too-long', MAXIMUM + 1, MAXIMUM]);
      return true;
    },
  );
});

test('the limit counts bytes of UTF-8', () => {
  assert.equal(analyze('é', { maxLength: 2 }).length, 1);
  assert.throws(() => analyze('é', { maxLength: 1 }), { code: 'text-too-long', length: 2, maximum: 1 });
});

test('a text that is no string is refused', () => {
  for (const text of [undefined, null, 7, {}, [], Symbol('text'), new String('text')]) {
    assert.throws(() => analyze(text), InvalidOptionError);
  }
});

test('an option of the wrong type is refused and named', () => {
  for (const options of [
    { types: ['HUMAN'] },
    { types: 'PERSON' },
    { quotes: 'yes' },
    { minConfidence: 'high' },
    { maxLength: -1 },
    { maxLength: 0.5 },
    { knownEntities: [{ name: 'Ana Ruiz' }] },
    { knownEntities: [{ type: 'PERSON' }] },
    { languages: ['en'] },
    'quotes',
    7,
  ]) {
    assert.throws(() => analyze(ORDINARY, options), InvalidOptionError, JSON.stringify(options));
  }
});

test('absent options are defaults', () => {
  for (const options of [undefined, null, {}, { types: undefined, quotes: undefined }]) {
    assert.equal(JSON.stringify(analyze(ORDINARY, options)), expected);
  }
});

test('an annotation is plain data', () => {
  const annotation = analyze(ORDINARY, { explain: true });
  assert.deepEqual(structuredClone(annotation), annotation);
  assert.deepEqual(JSON.parse(JSON.stringify(annotation)), annotation);
});
