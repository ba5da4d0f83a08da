// The articles as one text.
import { readFileSync } from 'node:fs';

/** All articles after each other, again and again, up to about so many bytes. */
export function joined(file, bytes) {
  const texts = readFileSync(file, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line).text);
  const parts = [];
  for (let index = 0, length = 0; length < bytes; index++) {
    const text = `${texts[index % texts.length]}\n\n`;
    parts.push(text);
    length += Buffer.byteLength(text);
  }
  return Buffer.from(parts.join('')).subarray(0, bytes).toString().replace(/\ufffd+$/, '');
}
