// Instructions of each stage by callgrind: other programs do not move them, so that small changes show.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fields } from '../children.mjs';
import { percent, short, table } from '../numbers.mjs';
import { STAGES } from './stages.mjs';

export const title = 'Instructions';

/** What is compared: this many instructions per byte at the last baseline. */
const BASELINE = fileURLToPath(new URL('../instructions.tsv', import.meta.url));
const TEXTS = fileURLToPath(new URL('../fixed.jsonl', import.meta.url));
/** In the order of the table; `first` is what is done once in a process. */
const COUNTED = ['first', ...STAGES, 'whole'];
/** A greater change than this is told. */
const LIMIT = 0.03;

export async function measure({ folder, native, valgrind, check, say }) {
  if (!valgrind) throw new Error('valgrind is missing');
  const output = join(folder, 'callgrind.out');
  await fields(valgrind, ['--tool=callgrind', '--quiet', `--callgrind-out-file=${output}`, native, 'count', TEXTS], {
    // Where the stack begins depends on it: nothing of the caller's.
    env: {},
  });
  const counts = inclusive(readFileSync(output, 'utf8'));
  const bytes = readFileSync(TEXTS, 'utf8').trimEnd().split('\n').reduce((sum, line) => sum + Buffer.byteLength(JSON.parse(line).text), 0);
  const compiler = (await fields('rustc', ['--version']))[0][0].split(' (')[0];
  const now = { compiler, bytes, counts };
  const baseline = readBaseline();
  const failures = [];
  if (check && baseline) {
    for (const [stage, count] of Object.entries(counts)) {
      const change = count / baseline.counts[stage] - 1;
      if (Math.abs(change) > LIMIT) failures.push(`${stage}: ${change > 0 ? '+' : ''}${percent(change)}`);
    }
    for (const line of failures) say(`  instructions changed by more than ${percent(LIMIT)}: ${line}`);
    if (baseline.compiler !== compiler) say(`  the baseline was counted with ${baseline.compiler}, this with ${compiler}`);
  }
  if (!check) writeBaseline(now);
  return { ...now, before: baseline, failures };
}

/** Instructions of each stage's function with all that it calls, from callgrind's file. */
function inclusive(profile) {
  const names = new Map();
  const nameOf = (field) => {
    const [, id, name] = /^\((\d+)\)(?: (.*))?$/.exec(field);
    if (name !== undefined) names.set(id, name);
    return names.get(id);
  };
  const sums = {};
  let called;
  for (const line of profile.split('\n')) {
    if (line.startsWith('fn=')) nameOf(line.slice(3));
    else if (line.startsWith('cfn=')) called = nameOf(line.slice(4));
    else if (line.startsWith('calls=')) continue;
    else if (called) {
      // The line after a call: where, and what the call cost with all that it called.
      const stage = /::(?:stage_)?(\w+)(?:::h[\da-f]+)?$/.exec(called)?.[1];
      if (/stages::(stage_\w+|whole)/.test(called)) sums[stage] = (sums[stage] ?? 0) + Number(line.split(' ')[1]);
      called = undefined;
    }
  }
  const missing = COUNTED.filter((stage) => !sums[stage]);
  if (missing.length) throw new Error(`callgrind has seen no ${missing.join(', ')}`);
  return Object.fromEntries(COUNTED.map((stage) => [stage, sums[stage]]));
}

function readBaseline() {
  let lines;
  try {
    lines = readFileSync(BASELINE, 'utf8').trimEnd().split('\n');
  } catch {
    return undefined;
  }
  const [head, ...rows] = lines.filter((line) => !line.startsWith('#')).map((line) => line.split('\t'));
  return { compiler: head[1], bytes: Number(head[2]), counts: Object.fromEntries(rows.map(([stage, count]) => [stage, Number(count)])) };
}

function writeBaseline({ compiler, bytes, counts }) {
  const rows = Object.entries(counts).map(([stage, count]) => `${stage}\t${count}\n`);
  writeFileSync(BASELINE, `# Instructions of each stage over bench/fixed.jsonl; \`cargo xtask bench --check\` compares, \`--only instructions\` counts anew.\ncounted with\t${compiler}\t${bytes}\n${rows.join('')}`);
}

export function report({ compiler, bytes, counts, before }) {
  const rows = Object.entries(counts).map(([stage, count]) => [
    stage === 'first' ? 'once in a process, and a first short text' : stage,
    count.toLocaleString('en-GB'),
    stage === 'first' ? '–' : short(count / bytes),
    stage === 'first' ? '–' : percent(count / counts.whole),
    before?.counts[stage] ? `${count >= before.counts[stage] ? '+' : ''}${percent(count / before.counts[stage] - 1)}` : '–',
  ]);
  return `${table(['', 'instructions', 'per byte', 'share', 'since the baseline before'], rows)}\nNative, ${compiler}, ${short(bytes / 1e3)} KB of articles that stay as they are (\`bench/fixed.jsonl\`).\n`;
}
