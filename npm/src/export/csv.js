// Tables for spreadsheets: RFC 4180, and no cell that a spreadsheet would run.

import { quoteText } from '../shares.js';

export function entitiesToCSV(text, annotation, options) {
  return table(
    ['id', 'type', 'name', 'aliases', 'roles', 'acronym', 'value', 'known_id', 'salience', 'mentions', 'first_start', 'first_end'],
    annotation.entities.map(({ id, type, name, aliases, roles, acronym, value, knownId, salience, mentions }) => [
      id,
      type,
      name,
      aliases.join('; '),
      roles.join('; '),
      acronym,
      value,
      knownId,
      salience,
      mentions.length,
      mentions[0]?.start,
      mentions[0]?.end,
    ]),
    options,
  );
}

export function quotesToCSV(text, annotation, options) {
  return table(
    ['id', 'kind', 'medium', 'speaker', 'speaker_id', 'speaker_confidence', 'quote', 'cue', 'addressee', 'parent', 'flags', 'start', 'end', 'confidence'],
    annotation.quotes.map((quote) => [
      quote.id,
      quote.kind,
      quote.medium,
      quote.speaker?.text,
      quote.speaker?.entity,
      quote.speaker?.confidence,
      quoteText(text, quote),
      quote.cue?.lemma,
      quote.addressee?.text,
      quote.parent,
      quote.flags.join('; '),
      quote.pieces[0]?.start,
      quote.pieces.at(-1)?.end,
      quote.confidence,
    ]),
    options,
  );
}

function table(head, rows, { bom = false } = {}) {
  return (bom ? '\uFEFF' : '') + [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value) {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return String(value);
  // Spreadsheets read these beginnings, also behind spaces and in full width, as formulas: an apostrophe makes them text.
  const safe = /^\s*[=+\-@＝＋－＠|%]|^[\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n;']|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
