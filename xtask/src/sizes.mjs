// Prints one line for each file of the package that code runs from: path, bytes, bytes in gzip, bytes in brotli.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const [folder, npm] = process.argv.slice(2);
// Node refuses to start npm's .cmd file on Windows without a shell; the arguments hold nothing from outside.
const listing = execFileSync(npm, ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'], {
  cwd: folder,
  encoding: 'utf8',
  shell: process.platform === 'win32',
});
for (const { path } of JSON.parse(listing)[0].files) {
  if (!/\.(js|mjs|css|wasm|bin)$/.test(path)) continue;
  const content = readFileSync(join(folder, path));
  const brotli = brotliCompressSync(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
  });
  console.log([path, content.length, gzipSync(content, { level: 9 }).length, brotli.length].join('\t'));
}
