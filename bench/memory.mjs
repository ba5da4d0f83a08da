// node memory.mjs PEER TEXTS.jsonl BYTES
// Reads one text of BYTES bytes. Prints the process's peak memory in bytes before and after, and for Pressmark the size of
// the wasm's memory before and after; the latter never shrinks, so it is the peak.
import { readFileSync } from 'node:fs';
import { peers } from './peers.mjs';

const [name, file, bytes] = process.argv.slice(2);
let text = '';
const texts = readFileSync(file, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line).text);
for (let index = 0; text.length < bytes; index++) text += `${texts[index % texts.length]}\n\n`;
text = Buffer.from(text.slice(0, bytes)).toString();
let memory;
const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (...parts) => {
  const result = await instantiate(...parts);
  memory = (result.instance ?? result).exports.memory;
  return result;
};
const read = await peers[name]();
read('The mayor spoke.');
const peak = () => process.resourceUsage().maxRSS * 1024;
const wasm = () => memory?.buffer.byteLength ?? 0;
const before = [peak(), wasm()];
read(text);
console.log([Buffer.byteLength(text), before[0], peak(), before[1], wasm()].join('\t'));
