// One library as one module: `node bundle.mjs NODE_MODULES EXPORTS NOTICE OUTFILE`.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [folder, contents, notice, outfile] = process.argv.slice(2);
const { build } = createRequire(pathToFileURL(`${folder}/`))('esbuild');
await build({
  stdin: { contents, resolveDir: folder },
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  legalComments: 'none',
  banner: { js: notice },
  outfile,
  logLevel: 'warning',
});
