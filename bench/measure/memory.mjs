// node memory.mjs PEER TEXTS.jsonl BYTES
// Reads one text of BYTES bytes. Prints its bytes, the process's peak memory in bytes before and after, and for Pressmark the
// size of the wasm's memory before and after; the latter never shrinks, so it is the peak.
import { readFileSync } from 'node:fs';
import { load } from './peers.mjs';
import { joined } from './texts.mjs';

const [name, file, bytes] = process.argv.slice(2);
const text = joined(file, Number(bytes));
let memory;
WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(...parts) {
    super(...parts);
    memory = this.exports.memory;
  }
};
const read = await load(name);
read('The mayor spoke.');
const peak = () => process.resourceUsage().maxRSS * 1024;
const wasm = () => memory?.buffer.byteLength ?? 0;
const before = [peak(), wasm()];
read(text);
console.log([Buffer.byteLength(text), before[0], peak(), before[1], wasm()].join('\t'));
