// What hostile texts cost: ten megabytes of each kind. The table stands in SECURITY.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { fields } from '../children.mjs';
import { short, table } from '../numbers.mjs';

export const title = 'Cost of hostile texts';

const PAGE = new URL('../../SECURITY.md', import.meta.url);
/** Milliseconds after which a text is given up: its cost outgrows it. */
const PATIENCE = 120_000;
const [START, END] = ['<!-- cost: cargo xtask bench --cost -->', '<!-- /cost -->'];

export async function measure({ native, check, say }) {
  const kinds = (await fields(native, ['hostile'])).map(([kind]) => kind);
  const run = async (kind, length) => {
    try {
      return (await fields(native, ['cost', kind, String(length)], { timeout: PATIENCE }))[0].map(Number);
    } catch (error) {
      if (!error.killed) throw error;
      return [Infinity, 0, length];
    }
  };
  const rows = [];
  for (const kind of kinds) {
    const [small, , smallLength] = await run(kind, 1_000_000);
    const [large, bytes, length] = await run(kind, 10_000_000);
    rows.push({ kind, seconds: large, growth: large / length / (small / smallLength), memory: bytes / length });
    say(`  ${kind}: ${short(large)} s`);
  }
  const failures = rows.filter(({ seconds }) => seconds === Infinity).map(({ kind }) => kind);
  if (!check) {
    const text = readFileSync(PAGE, 'utf8');
    const [start, end] = [text.indexOf(START), text.indexOf(END)];
    if (start < 0 || end < 0) throw new Error('SECURITY.md has lost the marks of its table of costs');
    writeFileSync(PAGE, `${text.slice(0, start + START.length)}\n${costs(rows)}${text.slice(end)}`);
  }
  return { rows, failures };
}

const costs = (rows) =>
  table(
    ['10 MB of', 'seconds', 'per byte, 10 MB over 1 MB', 'peak memory over the text'],
    rows.map(({ kind, seconds, growth, memory }) =>
      Number.isFinite(seconds) ? [kind, short(seconds), growth.toFixed(2), `${memory.toFixed(1)} ×`] : [kind, `over ${PATIENCE / 1000}`, '–', '–'],
    ),
  );

export function report({ rows: all }) {
  const rows = all.filter(({ seconds }) => Number.isFinite(seconds));
  const most = (key) => rows.reduce((most, row) => (row[key] > most[key] ? row : most));
  const [slow, grown, large] = [most('seconds'), most('growth'), most('memory')];
  return `${rows.length} kinds of text made to hurt, 10 MB of each: at most ${short(slow.seconds)} s (${slow.kind}), ${grown.growth.toFixed(2)} × as much per byte as 1 MB (${grown.kind}), ${large.memory.toFixed(1)} × the text in memory (${large.kind}). The table is in [SECURITY.md](../SECURITY.md).\n`;
}
