// The package as it is published: `node pack.mjs NODE_MODULES PACKAGE OUTFOLDER`. Scripts lose their comments and spaces and nothing
// else: each keeps its path, so that what is tried here, bundled there and named in a README is one module everywhere.
import { cpSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, source, target] = process.argv.slice(2);
const { transformSync } = createRequire(pathToFileURL(`${modules}/`))('esbuild');

const { files } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
for (const pattern of ['package.json', ...files]) for (const path of matching(pattern)) pack(path);

/** Paths that an entry of the manifest's `files` means. */
function matching(pattern) {
  if (!pattern.endsWith('*')) return [pattern];
  const folder = dirname(pattern);
  return readdirSync(join(source, folder)).map((name) => `${folder}/${name}`).filter((path) => path.startsWith(pattern.slice(0, -1)));
}

function pack(path) {
  const from = join(source, path);
  if (statSync(from).isDirectory()) return readdirSync(from).forEach((name) => pack(`${path}/${name}`));
  const to = join(target, path);
  mkdirSync(dirname(to), { recursive: true });
  if (!path.endsWith('.js')) return cpSync(from, to);
  // Nothing is rewritten for older engines: what people wrote is what runs.
  writeFileSync(to, transformSync(readFileSync(from, 'utf8'), { format: 'esm', target: 'esnext', minify: true, legalComments: 'none', logLevel: 'warning' }).code);
}
