// node run.mjs FOLDER PART…
// Measures the parts one after the other, prints each one's table, keeps what it found in FOLDER/PART.json, and writes
// RESULTS.md anew from all that lies there: a part that is interrupted is measured again by its name alone.
// `cargo xtask bench` builds what is needed and tells by the environment where it is.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { machine, program } from './machine.mjs';

/** In the order of the report. Each exports `title`, `measure(context)` and `report(found)`. */
const PARTS = ['speed', 'start', 'growth', 'memory', 'stages', 'instructions', 'page', 'cost'];

const [folder, ...wanted] = process.argv.slice(2);
const { env } = process;
const context = {
  folder,
  texts: env.PRESSMARK_BENCH_TEXTS,
  native: env.PRESSMARK_BENCH_NATIVE,
  python: env.PRESSMARK_BENCH_PYTHON,
  valgrind: env.PRESSMARK_BENCH_VALGRIND,
  chromium: env.PRESSMARK_CHROMIUM,
  page: env.PRESSMARK_PAGE,
  check: env.PRESSMARK_BENCH_CHECK === '1',
  say: (line) => console.error(line),
};

mkdirSync(folder, { recursive: true });
let failed = false;
for (const name of PARTS.filter((part) => wanted.includes(part))) {
  const part = await import(`./parts/${name}.mjs`);
  console.error(`${name} …`);
  const start = performance.now();
  try {
    const found = await part.measure(context);
    const seconds = Math.round((performance.now() - start) / 1000);
    const record = { when: new Date().toISOString().slice(0, 16).replace('T', ' '), seconds, machine: machine(), program: program(), found };
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(record, undefined, 1)}\n`);
    console.log(`\n## ${part.title}\n\n${part.report(found)}`);
    if (found.failures?.length) failed = true;
  } catch (error) {
    // One part that cannot be measured takes no other with it.
    failed = true;
    console.error(`${name}: ${error.stack}`);
  }
}
if (!context.check) writeFileSync(new URL('RESULTS.md', import.meta.url), await results());
process.exitCode = failed ? 1 : 0;

async function results() {
  const sections = [];
  for (const name of PARTS) {
    let record;
    try {
      record = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
    } catch {
      continue;
    }
    const { title, report } = await import(`./parts/${name}.mjs`);
    sections.push(`## ${title}\n\n${report(record.found)}\n<sub>${record.when} UTC, ${record.seconds} s; ${record.machine}; ${record.program}</sub>\n`);
  }
  return `# Measured\n\n\`cargo xtask bench\` writes this page; \`cargo xtask bench --only ${PARTS[0]}\` one part of it. Figures are the middle of some rounds with\nthe least and the greatest in brackets. Where nothing else is said, seconds are those that the processor spent on the program: other\nprograms on the machine lengthen those of the clock. Machines differ: take the ratios.\n\n${sections.join('\n')}`;
}
