// What is built from whom. Reads `cargo metadata` on standard input and the lockfile of the tools.
//   node supply.mjs check LOCKFILE      every licence, source and checksum against the rules below
//   node supply.mjs sbom VERSION        a CycloneDX list of what is inside the shipped wasm
import { readFileSync } from 'node:fs';

/** Licences that put no duty on the text or the page that the package is used with. `deny.toml` lists the same. */
const LICENCES = new Set(['MIT', 'Apache-2.0', 'Apache-2.0 WITH LLVM-exception', 'Unlicense', 'Zlib', 'Unicode-3.0', 'BSD-3-Clause', '0BSD', 'ISC', 'CC0-1.0', 'BlueOak-1.0.0']);
/** Tools that never reach a user, with what they alone are allowed. */
const TOOLS = { 'axe-core': 'MPL-2.0' };
const REGISTRY = 'registry+https://github.com/rust-lang/crates.io-index';
/** More direct dependencies of the core than these need a reason in Cargo.toml and a line here. */
const CORE = ['js-sys', 'lexopt', 'libm', 'regex', 'serde', 'serde-wasm-bindgen', 'serde_json', 'wasm-bindgen'];

const metadata = JSON.parse(readFileSync(0, 'utf8'));
const [command, argument] = process.argv.slice(2);

/** `(MIT OR Apache-2.0) AND Unicode-3.0`: one of each choice is enough, all that are joined by AND are needed. */
function allowed(expression) {
  const plain = expression.replaceAll('/', ' OR ');
  return plain.split(/ AND (?![^(]*\))/).every((part) => part.replace(/^\(|\)$/g, '').split(' OR ').some((licence) => LICENCES.has(licence.trim())));
}

if (command === 'check') {
  const problems = [];
  const own = new Set(metadata.workspace_members);
  for (const { id, name, version, license, source, dependencies } of metadata.packages) {
    if (own.has(id)) {
      if (name !== 'pressmark') continue;
      const direct = dependencies.filter(({ kind }) => kind === null).map((dependency) => dependency.name);
      for (const dependency of direct) if (!CORE.includes(dependency)) problems.push(`${dependency} is a new dependency of the core`);
      continue;
    }
    if (source !== REGISTRY) problems.push(`${name} ${version} comes from ${source ?? 'a folder'}`);
    if (!license || !allowed(license)) problems.push(`${name} ${version} is under ${license ?? 'no licence'}`);
  }
  const shipped = shippedPackages();
  const names = shipped.map(({ name }) => name);
  for (const name of names) if (names.filter((other) => other === name).length > 1) problems.push(`the wasm holds ${name} twice`);
  const { packages } = JSON.parse(readFileSync(argument, 'utf8'));
  const tools = Object.entries(packages).filter(([path]) => path);
  for (const [path, { version, integrity, resolved, license, link }] of tools) {
    const name = path.replace(/^.*node_modules\//, '');
    if (link || (resolved && !/^https:\/\/[^/]*npmjs\.org\//.test(resolved))) problems.push(`${name} ${version} comes from ${resolved ?? 'a link'}`);
    if (!/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? '')) problems.push(`${name} ${version} has no SHA-512 in the lockfile`);
    if (!license || !(allowed(license) || TOOLS[name] === license)) problems.push(`${name} ${version} is under ${license ?? 'no licence'}`);
  }
  for (const problem of problems) console.log(problem);
  console.log(`${metadata.packages.length - own.size} crates (${shipped.length} inside the wasm), ${tools.length} tools from npm`);
  process.exitCode = problems.length ? 1 : 0;
} else {
  const components = shippedPackages().map(({ name, version, license }) => ({
    type: 'library',
    name,
    version,
    purl: `pkg:cargo/${name}@${version}`,
    licenses: [{ expression: license.replaceAll('/', ' OR ') }],
  }));
  const main = { type: 'library', name: 'pressmark', version: argument, purl: `pkg:npm/pressmark@${argument}`, licenses: [{ expression: 'MIT OR Apache-2.0' }] };
  console.log(JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', version: 1, metadata: { component: main }, components }, undefined, 2));
}

/** The packages that the core is linked from: no build scripts, no macros, no tests. */
function shippedPackages() {
  const byId = new Map(metadata.packages.map((one) => [one.id, one]));
  const nodes = new Map(metadata.resolve.nodes.map((node) => [node.id, node]));
  const start = metadata.packages.find(({ name, id }) => name === 'pressmark' && metadata.workspace_members.includes(id)).id;
  const found = new Set();
  const visit = (id) => {
    for (const { pkg, dep_kinds } of nodes.get(id).deps) {
      const isMacro = byId.get(pkg).targets.some(({ kind }) => kind.includes('proc-macro'));
      if (isMacro || found.has(pkg) || !dep_kinds.some(({ kind }) => kind === null)) continue;
      found.add(pkg);
      visit(pkg);
    }
  };
  visit(start);
  return [...found].map((id) => byId.get(id)).sort((a, b) => a.name.localeCompare(b.name));
}
