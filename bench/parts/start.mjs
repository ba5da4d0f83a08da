// Cold start: from nothing loaded to the first article read, each time in a new process.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fields, script } from '../children.mjs';
import { middle, short, spread, table } from '../numbers.mjs';

export const title = 'Cold start';

const ROUNDS = 9;
const PEERS = [['Pressmark', 'pressmark'], ['wink-nlp', 'wink'], ['compromise/three', 'compromise']];

export async function measure({ folder, texts }) {
  const words = (text) => text.split(/\s+/).length;
  const articles = readFileSync(texts, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line).text);
  // As long as a long article: our own are shorter, so some after each other.
  let article = '';
  for (const text of articles) if (words(article) < 1000) article += `${text}\n\n`;
  const file = join(folder, 'article.txt');
  writeFileSync(file, article);
  const peers = PEERS.map(([name, key]) => ({ name, key, used: [], clock: [], loaded: [] }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const peer of peers) {
      const [[used, clock, loaded]] = await fields(process.execPath, [script('once.mjs'), peer.key, file]);
      peer.used.push(Number(used));
      peer.clock.push(Number(clock));
      peer.loaded.push(Number(loaded));
    }
  }
  return { words: words(article), peers };
}

export function report({ words, peers }) {
  const [own] = peers;
  const rows = peers.map((peer) => [
    peer.name,
    spread(peer.used),
    spread(peer.clock),
    short(middle(peer.loaded)),
    spread(peer.used.map((used, round) => own.used[round] / used)),
    spread(peer.clock.map((clock, round) => own.clock[round] / clock)),
  ]);
  const head = ['import, init, first article', 'ms of the processor', 'ms of the clock', 'of them loading', 'Pressmark takes … of it', '… by the clock'];
  return `${table(head, rows)}\nNode, one new process each time, in turn; ${words} words. The processor's milliseconds hold those of compilers in other threads.\n`;
}
