// node growth.mjs TEXTS.jsonl
// Nanoseconds of the processor per byte of texts of 1 KB, 10 KB … 10 MB in wasm, a line each: length, nanoseconds, those of the clock.
import { load } from './peers.mjs';
import { joined } from './texts.mjs';

const all = Buffer.from(joined(process.argv[2], 10_000_000));
const read = await load('pressmark');
const part = (from, length) => all.subarray(from, from + length).toString();
read(part(0, 500_000));
for (const length of [1_000, 10_000, 100_000, 1_000_000, 10_000_000]) {
  const repeats = Math.min(200, Math.max(1, 1_000_000 / length));
  const parts = Array.from({ length: repeats }, (_, repeat) => part((repeat * length) % (all.length - length + 1), length));
  let best = [Infinity, Infinity];
  for (let round = 0; round < (length > 1e6 ? 2 : 3); round++) {
    const [used, start] = [process.cpuUsage(), performance.now()];
    for (const text of parts) read(text);
    const { user, system } = process.cpuUsage(used);
    best = [Math.min(best[0], (user + system) * 1e3), Math.min(best[1], (performance.now() - start) * 1e6)];
  }
  console.log([length, ...best.map((nanoseconds) => nanoseconds / repeats / length)].join('\t'));
}
