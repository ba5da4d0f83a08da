// What is in the tarball: each file by name, so that nothing comes along or stays behind unseen.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** As it is published. */
const PACKAGE = join(process.env.PRESSMARK_PACKED ?? fileURLToPath(new URL('../../target/npm', import.meta.url)), '/');
const manifest = JSON.parse(readFileSync(`${PACKAGE}package.json`, 'utf8'));
const [{ files }] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'], { cwd: PACKAGE, encoding: 'utf8', shell: process.platform === 'win32' }));

test('the tarball holds these files and no others', () => {
  assert.deepEqual(files.map(({ path }) => path).sort(), [
    'LICENSE-APACHE',
    'LICENSE-MIT',
    'README.md',
    'annotation.schema.json',
    'dist/pressmark.d.ts',
    'dist/pressmark_bg.wasm',
    'dist/pressmark_bg.wasm.d.ts',
    'element.d.ts',
    'element.js',
    'index.d.ts',
    'index.js',
    'package.json',
    'src/engine.js',
    'src/pressmark.js',
    'src/worker.d.ts',
    'src/worker.js',
  ]);
});

test('everything that the manifest names is there', () => {
  const named = Object.values(manifest.exports).flatMap((entry) => (typeof entry === 'string' ? entry : Object.values(entry)));
  const paths = new Set(files.map(({ path }) => `./${path}`));
  for (const path of [...named, manifest.types]) assert.ok(paths.has(path), path);
});

test('the manifest asks for nothing to be installed or run', () => {
  for (const key of ['dependencies', 'optionalDependencies', 'peerDependencies', 'scripts', 'bin']) assert.equal(manifest[key], undefined, key);
});

test('the package has the version of the core', () => {
  const cargo = readFileSync(new URL('../../Cargo.toml', import.meta.url), 'utf8');
  assert.equal(manifest.version, /^version = "(.+)"$/m.exec(cargo)[1]);
});

test('its scripts do what the readable ones do', async () => {
  const [published, readable] = await Promise.all([`${PACKAGE}index.js`, new URL('../../npm/index.js', import.meta.url)].map((path) => import(path instanceof URL ? path : pathToFileURL(path))));
  assert.deepEqual(Object.keys(published), Object.keys(readable));
  const text = '“We will rebuild,” said Ana Ruiz, the mayor of Porto. She thanked the Red Cross.';
  assert.deepEqual(published.analyze(text), readable.analyze(text));
  assert.throws(() => published.analyze(7), { name: 'InvalidOptionError', code: 'invalid-option' });
});
