// A reader's corrections change what they say and nothing else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../npm/index.js';

const mention = (start, end = start + 3) => ({ start, end, kind: 'name', confidence: 1 });
const entity = (id, name, starts, more = {}) => ({ id, type: 'PERSON', name, aliases: [], roles: [], salience: 0.5, mentions: starts.map((start) => mention(start)), ...more });
const quote = (id, start, speaker, more = {}) => ({ id, kind: 'direct', medium: 'speech', pieces: [{ start, end: start + 5 }], speaker, cue: null, flags: [], confidence: 1, ...more });
const by = (entity, start, text) => ({ entity, start, end: start + 3, text, confidence: 0.5 });

const annotation = Object.freeze({
  schema: 1,
  length: 200,
  blocks: [],
  sentences: [],
  entities: [entity('e1', 'Ana Ruiz', [0, 50], { roles: ['mayor'] }), entity('e2', 'A. Ruiz', [20, 90], { salience: 0.9, roles: ['mayor', 'doctor'] }), entity('e3', 'Jon Berg', [30])],
  quotes: [quote('q1', 60, by('e1', 50, 'Ana Ruiz')), quote('q2', 70, by('e2', 90, 'A. Ruiz'), { addressee: by('e1', 50, 'Ana Ruiz') }), quote('q3', 71, null, { parent: 'q2' })],
});
const before = JSON.stringify(annotation);
const apply = (...edits) => {
  const result = applyEdits(annotation, edits);
  assert.equal(JSON.stringify(annotation), before, 'the annotation given is not changed');
  return result;
};
const find = ({ entities, quotes }, id) => [...entities, ...quotes].find((one) => one.id === id);

test('no edits give the same annotation', () => assert.equal(apply(), annotation));

test('a dismissed entity goes; who spoke is still told by the words in the text', () => {
  const result = apply({ op: 'dismiss', id: 'e1' });
  assert.equal(find(result, 'e1'), undefined);
  assert.deepEqual(find(result, 'q1').speaker, by(null, 50, 'Ana Ruiz'));
  assert.equal(find(result, 'q2').addressee.entity, null);
  assert.equal(find(result, 'e2'), find(annotation, 'e2'), 'what is not concerned is the very same');
});

test('a dismissed quote goes; what stood in it stands by itself', () => {
  const result = apply({ op: 'dismiss', id: 'q2' });
  assert.equal(find(result, 'q2'), undefined);
  assert.ok(!('parent' in find(result, 'q3')));
});

test('a type is changed', () => assert.equal(find(apply({ op: 'retype', id: 'e3', type: 'PLACE' }), 'e3').type, 'PLACE'));

test('a name is changed wherever it stands, and the old one is kept as alias', () => {
  const result = apply({ op: 'rename', id: 'e1', name: ' Ana Maria Ruiz ' });
  assert.equal(find(result, 'e1').name, 'Ana Maria Ruiz');
  assert.deepEqual(find(result, 'e1').aliases, ['Ana Ruiz']);
  assert.equal(find(result, 'q1').speaker.text, 'Ana Maria Ruiz');
});

test('two entities become one, with all that was known of both', () => {
  const result = apply({ op: 'merge', id: 'e2', into: 'e1' });
  const merged = find(result, 'e1');
  assert.equal(find(result, 'e2'), undefined);
  assert.deepEqual(merged.mentions.map(({ start }) => start), [0, 20, 50, 90]);
  assert.deepEqual(merged.aliases, ['A. Ruiz']);
  assert.deepEqual(merged.roles, ['mayor', 'doctor']);
  assert.equal(merged.salience, 0.9);
  assert.deepEqual([find(result, 'q2').speaker.entity, find(result, 'q2').speaker.text], ['e1', 'Ana Ruiz']);
  // Order of first mention.
  assert.deepEqual(apply({ op: 'merge', id: 'e1', into: 'e3' }).entities.map(({ id }) => id), ['e3', 'e2']);
});

test('one mention becomes an entity of its own', () => {
  const result = apply({ op: 'split', id: 'e1', start: 50, name: 'Eva Ruiz' });
  assert.deepEqual(find(result, 'e1').mentions.map(({ start }) => start), [0]);
  assert.deepEqual(find(result, 'e1@50').mentions.map(({ start }) => start), [50]);
  assert.equal(find(result, 'q1').speaker.entity, 'e1@50');
});

test('a speaker is an entity, a name, or nobody', () => {
  const speaker = (edit) => find(apply({ op: 'speaker', id: 'q1', ...edit }), 'q1').speaker;
  assert.deepEqual(speaker({ entity: 'e2' }), { entity: 'e2', start: 90, end: 93, text: 'A. Ruiz', confidence: 1 });
  assert.deepEqual(speaker({ text: 'a spokesman' }), { entity: null, start: 50, end: 53, text: 'a spokesman', confidence: 1 });
  assert.equal(speaker({}), null);
});

test('edits follow one another', () => {
  const result = apply({ op: 'merge', id: 'e2', into: 'e1' }, { op: 'rename', id: 'e1', name: 'Mayor Ruiz' }, { op: 'dismiss', id: 'e3' });
  assert.deepEqual(result.entities.map(({ name }) => name), ['Mayor Ruiz']);
  assert.equal(find(result, 'q2').speaker.text, 'Mayor Ruiz');
});

test('edits of what is not there are passed over', () => {
  for (const edit of [{ op: 'dismiss', id: 'x' }, { op: 'retype', id: 'x', type: 'PLACE' }, { op: 'rename', id: 'x', name: 'y' }, { op: 'merge', id: 'x', into: 'e1' }, { op: 'merge', id: 'e1', into: 'e1' }, { op: 'merge', id: 'e1', into: 'x' }, { op: 'split', id: 'e3', start: 30, name: 'y' }, { op: 'speaker', id: 'x' }, { op: 'speaker', id: 'q1', entity: 'x' }]) {
    assert.equal(apply(edit), annotation, JSON.stringify(edit));
  }
});

test('what is no edit is refused', () => {
  for (const edit of [{}, null, { op: 'explode', id: 'e1' }, { op: 'retype', id: 'e1', type: 'HUMAN' }, { op: 'retype', id: 'e1', type: 'toString' }, { op: 'rename', id: 'e1', name: ' ' }, { op: 'rename', id: 'e1' }]) {
    assert.throws(() => applyEdits(annotation, [edit]), { code: 'invalid-option' }, JSON.stringify(edit));
  }
});
