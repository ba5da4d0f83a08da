// Steady speed beside the peers: all are loaded, and then they take turns.
import { Asked, script } from '../children.mjs';
import { megabytes, middle, short, spread, table } from '../numbers.mjs';

export const title = 'Speed beside others';

const ROUNDS = 5;

/** How much each reads in a turn, so that turns take about as long: the first articles of the same mixed order. */
const PEERS = [
  { name: 'Pressmark, wasm in Node', key: 'pressmark', bytes: 2_000_000 },
  { name: 'Pressmark, native', key: 'native', bytes: 2_000_000 },
  { name: 'wink-nlp', key: 'wink', bytes: 2_000_000 },
  { name: 'compromise/three', key: 'compromise', bytes: 150_000 },
  { name: 'spaCy small, one thread', key: 'spacy', bytes: 60_000 },
];

export async function measure({ native, python, texts, say }) {
  const start = ({ key }) => {
    if (key === 'native') return new Asked(native, ['turns', texts]);
    if (key === 'spacy') return python ? new Asked(python, [script('turns.py'), texts]) : undefined;
    return new Asked(process.execPath, [script('turns.mjs'), key, texts]);
  };
  const peers = [];
  const missing = [];
  let tokensPerByte;
  for (const peer of PEERS) {
    const child = start(peer);
    if (!child) {
      missing.push(peer.name);
      continue;
    }
    try {
      const [, tokens, bytes, version] = await child.hear();
      if (peer.key === 'native') tokensPerByte = tokens / bytes;
      // Once without counting: compilers in the programs have then seen all of it.
      await child.ask(peer.bytes);
      peers.push({ ...peer, child, version, used: [], clock: [] });
    } catch (error) {
      child.end();
      if (peer.key === 'pressmark' || peer.key === 'native') throw error;
      missing.push(`${peer.name} (${error.message})`);
    }
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const peer of peers) {
      const [used, clock, bytes] = (await peer.child.ask(peer.bytes)).map(Number);
      peer.used.push(bytes / used);
      peer.clock.push(bytes / clock);
    }
    say(`  round ${round + 1} of ${ROUNDS}`);
  }
  for (const { child } of peers) child.end();
  return { tokensPerByte, missing, peers: peers.map(({ child, ...peer }) => peer) };
}

export function report({ tokensPerByte, missing, peers }) {
  const own = peers.find(({ key }) => key === 'pressmark');
  const ratios = (peer, which) => peer[which].map((speed, round) => own[which][round] / speed);
  const rows = peers.map((peer) => [
    peer.version ? `${peer.name} ${peer.version}` : peer.name,
    spread(peer.used.map((speed) => speed / 1e6)),
    short(middle(peer.used) * tokensPerByte),
    peer === own ? '1' : spread(ratios(peer, 'used')),
    peer === own ? '1' : spread(ratios(peer, 'clock')),
    megabytes(peer.bytes),
  ]);
  const head = ['', 'MB/s', 'tokens/s', 'Pressmark (wasm) is … × as fast', '… by the clock', 'read in a turn'];
  return `${table(head, rows)}
One turn each, again and again, in one run, each article by itself; ratios are of turns of one round. Tokens are Pressmark's: one in ${short(1 / tokensPerByte)} bytes.
wink-nlp: its whole pipeline, which finds no names and no quotes. compromise: people, places, organisations, quotations. spaCy: its
whole pipeline, without quotes.${missing.length ? ` Not measured, for it is not there: ${missing.join('; ')}.` : ''}\n`;
}
