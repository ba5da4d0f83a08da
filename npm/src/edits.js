// A reader's corrections: a list beside the annotation, replayed over it. Nothing is changed in place.

import { InvalidOptionError } from './errors.js';
import { TYPE_LABELS } from './render.js';

export function applyEdits(annotation, edits) {
  let result = annotation;
  for (const edit of edits) {
    const apply = Object.hasOwn(OPERATIONS, edit?.op) ? OPERATIONS[edit.op] : undefined;
    if (!apply) throw new InvalidOptionError(`there is no edit ${JSON.stringify(edit?.op)}; there are ${Object.keys(OPERATIONS).join(', ')}`);
    // An edit of something that is not there (any more) means nothing: the text may have changed since.
    result = apply(result, edit) ?? result;
  }
  return result;
}

const OPERATIONS = {
  dismiss(annotation, { id }) {
    if (find(annotation.quotes, id)) {
      const { parent } = find(annotation.quotes, id);
      const quotes = annotation.quotes
        .filter((quote) => quote.id !== id)
        // What stood inside it stands inside its parent now.
        .map((quote) => (quote.parent === id ? withOptional(quote, 'parent', parent) : quote));
      return { ...annotation, quotes };
    }
    if (!find(annotation.entities, id)) return undefined;
    const entities = annotation.entities.filter((entity) => entity.id !== id);
    // The words beside the cue still stand in the text: the speaker stays, without an entity.
    return mapSpeakers({ ...annotation, entities }, (speaker) => (speaker.entity === id ? { ...speaker, entity: null } : speaker));
  },

  retype(annotation, { id, type }) {
    if (!Object.hasOwn(TYPE_LABELS, type)) throw new InvalidOptionError(`there is no type ${JSON.stringify(type)}`);
    return changeEntity(annotation, id, (entity) => ({ ...entity, type }));
  },

  rename(annotation, { id, name }) {
    const entity = find(annotation.entities, id);
    const wanted = typeof name === 'string' ? name.trim() : '';
    if (!wanted) throw new InvalidOptionError('rename needs a name');
    if (!entity) return undefined;
    const aliases = unique([entity.name, ...entity.aliases]).filter((alias) => alias !== wanted);
    return renameSpeakers(changeEntity(annotation, id, () => ({ ...entity, name: wanted, aliases })), id, wanted);
  },

  merge(annotation, { id, into }) {
    const from = find(annotation.entities, id);
    const to = find(annotation.entities, into);
    if (!from || !to || id === into) return undefined;
    const merged = {
      ...from,
      ...to,
      aliases: unique([...to.aliases, from.name, ...from.aliases]).filter((alias) => alias !== to.name),
      roles: unique([...to.roles, ...from.roles]),
      salience: Math.max(from.salience, to.salience),
      mentions: [...from.mentions, ...to.mentions].sort(byStart),
    };
    const entities = annotation.entities.filter((entity) => entity.id !== id).map((entity) => (entity.id === into ? merged : entity));
    return mapSpeakers({ ...annotation, entities: entities.sort(byFirstMention) }, (speaker) =>
      speaker.entity === id ? { ...speaker, entity: into, text: merged.name } : speaker,
    );
  },

  split(annotation, { id, start, name }) {
    const entity = find(annotation.entities, id);
    const mention = entity?.mentions.find((one) => one.start === start);
    // The only mention cannot be split from itself.
    if (!mention || entity.mentions.length < 2) return undefined;
    const wanted = typeof name === 'string' ? name.trim() : '';
    if (!wanted) throw new InvalidOptionError('split needs a name');
    const fresh = { id: `${id}@${start}`, type: entity.type, name: wanted, aliases: [], roles: [], salience: 0, mentions: [mention] };
    const rest = { ...entity, mentions: entity.mentions.filter((one) => one !== mention) };
    const entities = [...annotation.entities.filter((one) => one !== entity), rest, fresh].sort(byFirstMention);
    return mapSpeakers({ ...annotation, entities }, (speaker) =>
      speaker.entity === id && speaker.start === start ? { ...speaker, entity: fresh.id, text: wanted } : speaker,
    );
  },

  speaker(annotation, { id, entity: entityId, text }) {
    if (!find(annotation.quotes, id)) return undefined;
    const entity = entityId == null ? undefined : find(annotation.entities, entityId);
    if (entityId != null && !entity) return undefined;
    const quotes = annotation.quotes.map((quote) => {
      if (quote.id !== id) return quote;
      const name = entity?.name ?? (typeof text === 'string' ? text.trim() : '');
      if (!name) return { ...quote, speaker: null };
      // The place is the mention nearest to the quote; the old place serves a speaker without an entity.
      const near = entity ? nearest(entity.mentions, quote.pieces[0].start) : (quote.speaker ?? quote.pieces[0]);
      return { ...quote, speaker: { entity: entity?.id ?? null, start: near.start, end: near.end, text: name, confidence: 1 } };
    });
    return { ...annotation, quotes };
  },
};

const find = (list, id) => list.find((one) => one.id === id);
const unique = (list) => [...new Set(list)];
const byStart = (a, b) => a.start - b.start || a.end - b.end;
const byFirstMention = (a, b) => (a.mentions[0]?.start ?? 0) - (b.mentions[0]?.start ?? 0);

function nearest(mentions, offset) {
  return mentions.reduce((best, one) => (Math.abs(one.start - offset) < Math.abs(best.start - offset) ? one : best));
}

function withOptional(object, key, value) {
  const { [key]: _, ...rest } = object;
  return value === undefined ? rest : { ...rest, [key]: value };
}

function changeEntity(annotation, id, change) {
  if (!find(annotation.entities, id)) return undefined;
  return { ...annotation, entities: annotation.entities.map((entity) => (entity.id === id ? change(entity) : entity)) };
}

function renameSpeakers(annotation, id, name) {
  return mapSpeakers(annotation, (speaker) => (speaker.entity === id ? { ...speaker, text: name } : speaker));
}

function mapSpeakers(annotation, change) {
  const quotes = annotation.quotes.map((quote) => {
    const speaker = quote.speaker && change(quote.speaker);
    const addressee = quote.addressee && change(quote.addressee);
    return speaker === quote.speaker && addressee === quote.addressee ? quote : { ...quote, speaker, ...(addressee ? { addressee } : {}) };
  });
  return { ...annotation, quotes };
}
