// Time per byte as the text grows.
import { fields, script } from '../children.mjs';
import { short, table } from '../numbers.mjs';

export const title = 'Growth';

export async function measure({ native, texts }) {
  const series = { wasm: {}, native: {}, marks: {} };
  for (const [length, nanoseconds] of await fields(process.execPath, [script('growth.mjs'), texts])) series.wasm[length] = Number(nanoseconds);
  for (const [kind, length, nanoseconds] of await fields(native, ['growth', texts])) series[kind === 'news' ? 'native' : kind][length] = Number(nanoseconds);
  return series;
}

export function report(series) {
  const lengths = Object.keys(series.wasm).map(Number).sort((a, b) => a - b);
  const name = (length) => (length < 1e6 ? `${length / 1e3} KB` : `${length / 1e6} MB`);
  const rows = [['news, wasm', series.wasm], ['news, native', series.native], ['quotation marks alone, native', series.marks]].map(([what, times]) => [
    what,
    ...lengths.map((length) => short(times[length])),
    short(times[10_000_000] / times[10_000]),
  ]);
  return `${table(['nanoseconds per byte', ...lengths.map(name), '10 MB over 10 KB'], rows)}\nThe fastest of three rounds, of two for 10 MB. Longer texts of news hold the same articles again and again, as no article has 10 MB.\n`;
}
