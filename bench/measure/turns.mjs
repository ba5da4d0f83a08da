// node turns.mjs PEER TEXTS.jsonl
// Loads a peer and the texts, prints "ready", and then waits for its turns. A line with a number of bytes on standard input
// makes it read the first texts up to so many bytes. The answer is a line: seconds of the processor, seconds of the clock,
// bytes. The processor's are those to compare: other programs that run beside this one do not count.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { load, versionOf } from './peers.mjs';

const [name, file] = process.argv.slice(2);
const texts = readFileSync(file, 'utf8').trimEnd().split('\n').map((line) => {
  const { text } = JSON.parse(line);
  return { text, bytes: Buffer.byteLength(text) };
});
const read = await load(name);
console.log(['ready', '', '', versionOf(name)].join('\t'));
for await (const line of createInterface({ input: process.stdin })) {
  const wanted = Number(line);
  let bytes = 0;
  const [used, start] = [process.cpuUsage(), performance.now()];
  for (let index = 0; bytes < wanted; index++) {
    const each = texts[index % texts.length];
    read(each.text);
    bytes += each.bytes;
  }
  const { user, system } = process.cpuUsage(used);
  console.log([(user + system) / 1e6, (performance.now() - start) / 1e3, bytes].join('\t'));
}
