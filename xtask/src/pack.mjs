// The package as it is published: `node pack.mjs NODE_MODULES PACKAGE OUTFOLDER`. What can be imported keeps its path; the modules
// behind it, of which each would cost its importer a millisecond and a page a request, become the few that they share.
import { cpSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, source, target] = process.argv.slice(2);
const { buildSync } = createRequire(pathToFileURL(`${modules}/`))('esbuild');

/** The name of a part that scripts share, as the bundler gives it. */
const SHARED = /\bpart-[A-Z0-9]{8}\.js\b/;

const { exports, files } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
for (const pattern of ['package.json', ...files]) for (const path of matching(pattern)) copy(path);
bundle(Object.values(exports).map((path) => path.default ?? path).filter(isScript));

/** Paths that an entry of the manifest's `files` means. */
function matching(pattern) {
  if (!pattern.endsWith('*')) return [pattern];
  const folder = dirname(pattern);
  return readdirSync(join(source, folder)).map((name) => `${folder}/${name}`).filter((path) => path.startsWith(pattern.slice(0, -1)));
}

function copy(path) {
  const from = join(source, path);
  if (statSync(from).isDirectory()) return readdirSync(from).forEach((name) => copy(`${path}/${name}`));
  if (isScript(path)) return;
  mkdirSync(dirname(join(target, path)), { recursive: true });
  cpSync(from, join(target, path));
}

function isScript(path) {
  return path.endsWith('.js');
}

function bundle(entries) {
  const { outputFiles } = buildSync({
    absWorkingDir: source,
    entryPoints: entries,
    outbase: source,
    outdir: target,
    // Beside the worker's script and the folder of the wasm, to which addresses in shared modules are relative.
    chunkNames: 'src/part-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    // Nothing is rewritten for older engines: what people wrote is what runs.
    target: 'esnext',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    write: false,
  });
  // By name, as bundlers' settings may have to tell them apart: what loads the wasm, and the rest.
  const names = new Map();
  for (const { path, text } of outputFiles.filter(({ path }) => SHARED.test(path))) {
    const name = text.includes('pressmark_bg.wasm') ? 'engine.js' : 'pressmark.js';
    if ([...names.values()].includes(name)) throw new Error(`two parts would be ${name}`);
    names.set(basename(path), name);
  }
  for (const { path, text } of outputFiles) {
    const name = names.get(basename(path)) ?? basename(path);
    const folder = dirname(path);
    if (folder !== join(target, 'src') && text.includes('import.meta')) throw new Error(`${name} has an address of a shared module's`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), text.replaceAll(new RegExp(SHARED, 'g'), (name) => names.get(name)));
  }
}
