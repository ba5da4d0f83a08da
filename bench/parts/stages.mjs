// Time of each stage and of the whole, natively, by criterion.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fields } from '../children.mjs';
import { percent, short, table } from '../numbers.mjs';

export const title = 'Stages, native';

export const STAGES = ['text', 'lexicon', 'names', 'identity', 'quotes', 'attribution'];

const ALONE = 'quotes and attribution alone';

export async function measure({ folder, native, texts }) {
  const output = join(folder, 'criterion');
  await fields(native, ['stages', texts, output]);
  const found = {};
  for (const stage of [...STAGES, ALONE, 'whole']) {
    const read = (file) => JSON.parse(readFileSync(join(output, 'stages', stage, 'new', file), 'utf8'));
    const { iters, times } = read('sample.json');
    const { throughput } = read('benchmark.json');
    const each = times.map((time, sample) => time / iters[sample] / 1e9);
    found[stage] = { seconds: read('estimates.json').median.point_estimate / 1e9, least: Math.min(...each), most: Math.max(...each) };
    found.bytes = throughput.Bytes;
  }
  return found;
}

export function report({ bytes, whole, [ALONE]: alone, ...stages }) {
  const sum = STAGES.reduce((sum, stage) => sum + stages[stage].seconds, 0);
  // What the whole does beyond them is to put the result together.
  const rest = { seconds: whole.seconds - sum };
  const row = (name, { seconds, least, most }) => [
    name,
    least === undefined ? short((seconds * 1e9) / bytes) : `${short((seconds * 1e9) / bytes)} (${short((least * 1e9) / bytes)}–${short((most * 1e9) / bytes)})`,
    percent(seconds / whole.seconds),
    seconds > 0 ? short(bytes / seconds / 1e6) : '–',
    least > 0 ? short(bytes / least / 1e6) : '–',
  ];
  const rows = [...STAGES.map((stage) => row(stage, stages[stage])), row('the rest: putting the result together', rest), row('whole', whole), row(ALONE, alone)];
  return `${table(['', 'nanoseconds per byte', 'share', 'MB/s', 'in the fastest sample'], rows)}\nBy criterion, over ${short(bytes / 1e6)} MB of articles, one after the other through all stages: a stage finds its data in the processor’s\ncache, as in use. The last line: these two where all texts have been through the stages before, so that their code is in the cache.\nWhat other programs take of the processor’s caches lengthens all but the fastest sample.\n`;
}
