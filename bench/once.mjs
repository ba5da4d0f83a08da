// node once.mjs PEER ARTICLE.txt
// Prints the milliseconds from nothing loaded to the first article read: of the clock, and of the processor, which other
// programs do not lengthen.
import { readFileSync } from 'node:fs';

const [name, file] = process.argv.slice(2);
const text = readFileSync(file, 'utf8');
const start = performance.now();
const used = process.cpuUsage();
const { peers } = await import('./peers.mjs');
const read = await peers[name]();
read(text);
const { user, system } = process.cpuUsage(used);
console.log([performance.now() - start, (user + system) / 1000].join('\t'));
