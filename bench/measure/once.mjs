// node once.mjs PEER ARTICLE.txt
// Prints the milliseconds from nothing loaded to the first article read: of the processor, and of the clock, which other
// programs lengthen; then how many of the clock's were over when it was loaded.
import { readFileSync } from 'node:fs';

const [name, file] = process.argv.slice(2);
const text = readFileSync(file, 'utf8');
const start = performance.now();
const used = process.cpuUsage();
const { load } = await import('./peers.mjs');
const read = await load(name);
const loaded = performance.now();
read(text);
const { user, system } = process.cpuUsage(used);
console.log([(user + system) / 1000, performance.now() - start, loaded - start].join('\t'));
