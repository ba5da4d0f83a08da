// The package as others meet it: packed, installed, built by each tool and run. One test is one cell of the matrix.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

/** As it is published. */
const PACKAGE = join(process.env.PRESSMARK_PACKED ?? fileURLToPath(new URL('../../target/npm', import.meta.url)), '/');
const require = createRequire(import.meta.url);
const run = promisify(execFile);
/** What every app reads and has to find. */
const TEXT = '“We will rebuild,” said Ana Ruiz, the mayor of Porto.';

let place, tarball, browser;

before(async () => {
  place = mkdtempSync(join(tmpdir(), 'pressmark-matrix-'));
  const npm = (args, cwd) => execFileSync('npm', [...args, '--ignore-scripts', '--loglevel=error'], { cwd, encoding: 'utf8' });
  const [{ filename }] = JSON.parse(npm(['pack', '--json', '--pack-destination', place], PACKAGE));
  tarball = join(place, filename);
  writeFileSync(join(place, 'package.json'), '{"name": "apps", "private": true, "type": "module"}');
  npm(['install', '--offline', '--no-audit', '--no-fund', tarball], place);
  browser = await chromium.launch({ executablePath: process.env.PRESSMARK_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'] });
});

after(async () => {
  await browser?.close();
  rmSync(place, { recursive: true, force: true });
});

/** A folder with files, beside the installed package. */
function app(name, files) {
  const folder = join(place, name);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

const TYPES = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.html': 'text/html' };

async function serve(folder) {
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${server.address().port}/`, close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))) };
}

/** Opens a page and waits for what the app found. */
async function visit(address) {
  const page = await browser.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('response', (response) => response.status() >= 400 && !/favicon/.test(response.url()) && problems.push(`${response.status()} ${response.url()}`));
  try {
    await page.goto(address);
    await page.waitForFunction(() => globalThis.result, undefined, { timeout: 30_000 });
    check(await page.evaluate(() => globalThis.result));
    assert.deepEqual(problems, []);
  } catch (error) {
    throw new Error(`${error.message}\n${problems.join('\n')}`, { cause: error });
  } finally {
    await page.close();
  }
}

async function visitFolder(folder, path = '') {
  const server = await serve(folder);
  try {
    await visit(server.address + path);
  } finally {
    await server.close();
  }
}

function check({ sync, inWorker, thread, element }) {
  const expected = { names: ['Ana Ruiz', 'Porto'], quotes: 1 };
  assert.deepEqual(sync, expected);
  assert.deepEqual(inWorker, expected);
  assert.equal(thread, 'worker');
  if (element !== undefined) assert.equal(element, true);
}

const SUMMARY = `const summary = ({ entities, quotes }) => ({ names: entities.map(({ name }) => name).filter((name) => /Ana|Porto/.test(name)), quotes: quotes.length });`;

/** The program of every browser app; \`how\` holds the options that a tool without support for assets needs. */
const browserApp = (how = '{}', imports = '') => `
import { analyze, createAnnotator, init } from 'pressmark';
import 'pressmark/element';
${imports}
${SUMMARY}
const how = ${how};
const annotator = createAnnotator(how);
await init(how.wasm);
const inWorker = summary(await annotator.analyze(${JSON.stringify(TEXT)}));
globalThis.result = { sync: summary(analyze(${JSON.stringify(TEXT)})), inWorker, thread: annotator.thread, element: customElements.get('press-article') !== undefined };
`;

const PAGE = (script) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>App</title><link rel="icon" href="data:,"></head><body><script type="module" src="${script}"></script></body></html>`;

const RUNTIME_APP = `
import { analyze, createAnnotator } from 'pressmark';
import 'pressmark/element';
${SUMMARY}
const annotator = createAnnotator();
const inWorker = summary(await annotator.analyze(${JSON.stringify(TEXT)}));
const result = { sync: summary(analyze(${JSON.stringify(TEXT)})), inWorker, thread: annotator.thread };
await annotator.close();
console.log(JSON.stringify(result));
`;

// ---- runtimes

async function runApp(program, args, folder) {
  const { stdout } = await run(program, args, { cwd: folder, timeout: 60_000, env: { ...process.env, NO_COLOR: '1' } });
  check(JSON.parse(stdout.trim().split('\n').at(-1)));
}

test('Node', async () => {
  await runApp(process.execPath, ['main.js'], app('node', { 'main.js': RUNTIME_APP }));
});

test('Node, from CommonJS by import()', async () => {
  const folder = app('node-cjs', { 'main.cjs': `import('pressmark').then(({ analyze }) => { if (!analyze('Ana Ruiz spoke.').entities.length) process.exit(1); });` });
  await run(process.execPath, ['main.cjs'], { cwd: folder });
});

test('Node, a worker thread of the app’s own', async () => {
  const folder = app('node-worker', {
    'main.js': `import { Worker } from 'node:worker_threads';
new Worker(new URL('./own.js', import.meta.url)).on('message', (count) => process.exit(count ? 0 : 1)).on('error', (error) => { throw error; });`,
    'own.js': `import { parentPort } from 'node:worker_threads';
import { analyze } from 'pressmark';
parentPort.postMessage(analyze('Ana Ruiz spoke.').entities.length);`,
  });
  await run(process.execPath, ['main.js'], { cwd: folder, timeout: 60_000 });
});

/** Their packages carry the program itself in a package for each platform. */
function program(name, candidates) {
  for (const candidate of candidates) {
    try {
      return require.resolve(candidate);
    } catch {
      // Another platform's.
    }
  }
  return undefined;
}
const PLATFORM = 'its package holds no program for this platform';
const ARCH = process.arch === 'arm64' ? 'aarch64' : 'x64';
// Where scripts of packages may run, bun's own has moved the program out of its platform's package.
const bun = program('bun', [`@oven/bun-${process.platform}-${ARCH}/bin/bun`, 'bun/bin/bun.exe']);
const deno = program('deno', [`@deno/${process.platform}-${process.arch}-glibc/deno`, `@deno/${process.platform}-${process.arch}/deno`]);

test('Bun', { skip: bun ? false : PLATFORM }, async () => {
  await runApp(bun, ['main.js'], app('bun', { 'main.js': RUNTIME_APP }));
});

test('Deno', { skip: deno ? false : PLATFORM }, async () => {
  const folder = app('deno', { 'main.js': RUNTIME_APP });
  await runApp(deno, ['run', '--cached-only', '--no-prompt', '--allow-read', '--allow-env', 'main.js'], folder);
});

test('a server renders a page that imports it, without a DOM', async () => {
  const folder = app('ssr', {
    'main.js': `import * as pressmark from 'pressmark';
import * as element from 'pressmark/element';
if (typeof document !== 'undefined') throw new Error('there is a DOM');
const text = ${JSON.stringify(TEXT)};
console.log(pressmark.toHTML(text, pressmark.analyze(text)).includes('<mark'), typeof element.PressArticle);`,
  });
  const { stdout } = await run(process.execPath, ['main.js'], { cwd: folder });
  assert.equal(stdout.trim(), 'true function');
});

// ---- browsers without a build

test('a page with an import map, no build', async () => {
  const map = { imports: { pressmark: '/node_modules/pressmark/index.js', 'pressmark/element': '/node_modules/pressmark/element.js' } };
  app('plain', { 'index.html': PAGE('/plain/main.js').replace('<script', `<script type="importmap">${JSON.stringify(map)}</script><script`), 'main.js': browserApp() });
  await visitFolder(place, 'plain/');
});

test('a page’s own module worker, no build', async () => {
  app('own-worker', {
    'index.html': PAGE('/own-worker/main.js'),
    'main.js': `const worker = new Worker('/own-worker/worker.js', { type: 'module' });
worker.onmessage = ({ data }) => (globalThis.result = data);`,
    'worker.js': `import { analyze, init } from '/node_modules/pressmark/index.js';
${SUMMARY}
await init();
const found = summary(analyze(${JSON.stringify(TEXT)}));
postMessage({ sync: found, inWorker: found, thread: 'worker' });`,
  });
  await visitFolder(place, 'own-worker/');
});

// ---- bundlers

test('Vite, built', async () => {
  const { build } = await import('vite');
  const folder = app('vite', { 'index.html': PAGE('/main.js'), 'main.js': browserApp() });
  await build({ root: folder, logLevel: 'error', configFile: false, build: { target: 'es2022' } });
  await visitFolder(join(folder, 'dist'));
});

test('Vite, while developing', async () => {
  const { createServer } = await import('vite');
  const folder = app('vite-dev', { 'index.html': PAGE('/main.js'), 'main.js': browserApp() });
  // As the README says: the dependency is served as it is, not bundled beforehand.
  const server = await createServer({ root: folder, logLevel: 'error', configFile: false, optimizeDeps: { exclude: ['pressmark'] }, server: { host: '127.0.0.1', port: 0, hmr: false, fs: { allow: [place] } } });
  try {
    await server.listen();
    await visit(`http://127.0.0.1:${server.httpServer.address().port}/`);
  } finally {
    await server.close();
  }
});

test('webpack 5', async () => {
  const { default: webpack } = await import('webpack');
  const folder = app('webpack', { 'main.js': browserApp(), 'out/index.html': PAGE('/main.js') });
  const stats = await promisify(webpack)({ mode: 'production', context: folder, entry: './main.js', output: { path: join(folder, 'out'), filename: 'main.js' } });
  assert.ok(!stats.hasErrors() && !stats.compilation.warnings.some(({ name }) => !/Size|Limit/.test(`${name}`)), stats.toString({ all: false, errors: true, warnings: true }));
  await visitFolder(join(folder, 'out'));
});

test('Rollup, with the worker as an entry', async () => {
  const { rollup } = await import('rollup');
  const { nodeResolve } = await import('@rollup/plugin-node-resolve');
  const { importMetaAssets } = await import('@web/rollup-plugin-import-meta-assets');
  const how = `{ worker: new URL('./worker.js', import.meta.url) }`;
  const folder = app('rollup', { 'main.js': browserApp(how), 'entry-worker.js': `import 'pressmark/worker';`, 'out/index.html': PAGE('/main.js') });
  const bundle = await rollup({
    input: { main: join(folder, 'main.js'), worker: join(folder, 'entry-worker.js') },
    plugins: [nodeResolve(), importMetaAssets({ include: '**/engine.js' })],
    onwarn: (warning) => {
      throw new Error(warning.message);
    },
  });
  await bundle.write({ dir: join(folder, 'out'), format: 'es' });
  await bundle.close();
  await visitFolder(join(folder, 'out'));
});

test('esbuild, with the worker as an entry and the wasm as a file', async () => {
  const esbuild = await import('esbuild');
  const how = `{ worker: new URL('./worker.js', import.meta.url), wasm: new URL(wasm, import.meta.url) }`;
  const folder = app('esbuild', { 'main.js': browserApp(how, `import wasm from 'pressmark/pressmark.wasm';`), 'worker.js': `import 'pressmark/worker';`, 'out/index.html': PAGE('/main.js') });
  const { warnings } = await esbuild.build({ entryPoints: [join(folder, 'main.js'), join(folder, 'worker.js')], bundle: true, minify: true, format: 'esm', target: 'es2022', loader: { '.wasm': 'file' }, outdir: join(folder, 'out'), logLevel: 'silent' });
  assert.deepEqual(warnings, []);
  await visitFolder(join(folder, 'out'));
});

test('a bundler leaves out what is not used', async () => {
  const esbuild = await import('esbuild');
  const folder = app('shaken', { 'main.js': `import { textFragment } from 'pressmark'; console.log(textFragment('a b', { start: 0, end: 1 }));` });
  const { outputFiles } = await esbuild.build({ entryPoints: [join(folder, 'main.js')], bundle: true, minify: true, format: 'esm', target: 'es2022', write: false, logLevel: 'silent' });
  const [{ text }] = outputFiles;
  assert.ok(text.includes(':~:text='));
  assert.doesNotMatch(text, /WebAssembly|adoptedStyleSheets|attachShadow/);
});

// ---- TypeScript

for (const [name, module, moduleResolution] of [
  ['nodenext', 'nodenext', 'nodenext'],
  ['bundler', 'esnext', 'bundler'],
]) {
  test(`TypeScript, strict, moduleResolution ${name}`, async () => {
    const program = readFileSync(new URL('../types/uses.ts', import.meta.url), 'utf8');
    const options = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noEmit: true, skipLibCheck: false, target: 'es2022', module, moduleResolution, lib: ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable'], types: [] };
    const folder = app(`typescript-${name}`, { 'uses.ts': program, 'worker.ts': `import 'pressmark/worker';\n`, 'tsconfig.json': JSON.stringify({ compilerOptions: options, include: ['*.ts'] }) });
    await run(process.execPath, [require.resolve('typescript/bin/tsc'), '--project', folder]).catch((error) => assert.fail(error.stdout));
  });
}

// ---- what the package says of itself

test('publint has nothing to say', async () => {
  const { publint } = await import('publint');
  const { messages } = await publint({ pkgDir: join(place, 'node_modules/pressmark'), strict: true, pack: false });
  assert.deepEqual(messages, []);
});

test('the types are right for everyone who can import the package', async () => {
  // ESM only: that CommonJS cannot require it is meant.
  const cli = join(dirname(require.resolve('@arethetypeswrong/cli/package.json')), 'dist/index.js');
  const arguments_ = [cli, tarball, '--profile', 'esm-only', '--format', 'ascii', '--no-color', '--no-emoji', '--exclude-entrypoints', 'pressmark.wasm', 'annotation.schema.json', 'package.json'];
  await run(process.execPath, arguments_).catch((error) => assert.fail(error.stdout + error.stderr));
});

test('publishing, dry: the tarball with its wasm, licences and README', async () => {
  const { stdout } = await run('npm', ['publish', '--dry-run', '--json', '--ignore-scripts', '--access', 'public', tarball], { cwd: place }).catch((error) => assert.fail(error.stderr || error.stdout));
  const report = JSON.parse(stdout.slice(stdout.indexOf('{')));
  const { files } = report.pressmark ?? report;
  const paths = files.map(({ path }) => path);
  for (const path of ['dist/pressmark_bg.wasm', 'index.js', 'index.d.ts', 'README.md', 'LICENSE-MIT', 'LICENSE-APACHE']) assert.ok(paths.includes(path), path);
  assert.deepEqual(readdirSync(join(place, 'node_modules')).filter((name) => !name.startsWith('.')), ['pressmark'], 'it brings nothing else');
});
