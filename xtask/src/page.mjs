// The page's modules as few files: `node page.mjs NODE_MODULES ROOT OUTDIR`.
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [tools, root, outdir] = process.argv.slice(2).map((path) => resolve(path));
const { build } = createRequire(pathToFileURL(`${tools}/`))('esbuild');
const own = join(root, 'www/src');
/** What is a file of its own beside main.js: it comes before or after it, or is used by two of them. */
const APART = ['early', 'trusted', 'docx'];

const places = {
  name: 'places',
  setup({ onResolve }) {
    // The package is served under the page, and lies beside it.
    onResolve({ filter: /^\.\.\/npm\// }, ({ path }) => ({ path: join(root, path.slice('../'.length)) }));
    onResolve({ filter: /^\.\.\/vendor\// }, ({ path }) => ({ path, external: true }));
    onResolve({ filter: /^\.\/\w+\.js$/ }, ({ path, importer }) => (dirname(importer) === own && APART.includes(path.slice(2, -3)) ? { path, external: true } : undefined));
  },
};

await build({
  entryPoints: { main: join(own, 'main.js'), worker: join(root, 'npm/src/worker.js'), ...Object.fromEntries(APART.map((name) => [name, join(own, `${name}.js`)])) },
  plugins: [places],
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  sourcemap: true,
  legalComments: 'none',
  outdir,
  logLevel: 'warning',
});
