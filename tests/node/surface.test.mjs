// What the package promises: the same names in code and declarations, each with its doc; no markup strings; no DOM needed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const PACKAGE = fileURLToPath(new URL('../../npm/', import.meta.url));

/** Every script of the package that people write; `dist` is generated. */
function sources(folder = PACKAGE) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name.startsWith('dist') || entry.name === 'node_modules' ? [] : sources(path);
    return /\.js$/.test(entry.name) ? [path] : [];
  });
}

const program = ts.createProgram([join(PACKAGE, 'index.d.ts'), join(PACKAGE, 'element.d.ts')], {
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.esnext.disposable.d.ts'],
  module: ts.ModuleKind.NodeNext,
  types: [],
});
const checker = program.getTypeChecker();

/** Exported values of a declaration file: name → symbol. */
function declared(file) {
  const module = checker.getSymbolAtLocation(program.getSourceFile(join(PACKAGE, file)));
  return new Map(checker.getExportsOfModule(module).map((symbol) => [symbol.name, symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol]));
}

const isValue = (symbol) => symbol.flags & ts.SymbolFlags.Value;

test('the declarations have no errors', () => {
  assert.deepEqual(ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')), []);
});

for (const [script, declarations] of [
  ['index.js', 'index.d.ts'],
  ['element.js', 'element.d.ts'],
]) {
  test(`${script} exports what ${declarations} declares`, async () => {
    const values = [...declared(declarations)].filter(([, symbol]) => isValue(symbol)).map(([name]) => name);
    const runtime = await import(join(PACKAGE, script));
    assert.deepEqual(Object.keys(runtime).sort(), values.sort());
  });
}

/** Names of an object's members that are not Object's or a builtin base's. */
function membersOf(object, stop) {
  const names = new Set();
  for (let at = object; at && at !== stop; at = Object.getPrototypeOf(at)) for (const name of Object.getOwnPropertyNames(at)) names.add(name);
  names.delete('constructor');
  return names;
}

const declaredMembers = (name, file = 'index.d.ts') => checker.getDeclaredTypeOfSymbol(declared(file).get(name));

test('an annotator has the members that are declared', async () => {
  const { createAnnotator } = await import(join(PACKAGE, 'index.js'));
  const annotator = createAnnotator();
  const names = declaredMembers('Annotator').getProperties().map(({ name }) => name).filter((name) => !name.startsWith('__@'));
  assert.deepEqual([...membersOf(annotator, Object.prototype)].sort(), names.sort());
  assert.equal(typeof annotator[Symbol.asyncDispose ?? 'close'], 'function');
});

test('errors have the members that are declared', async () => {
  const runtime = await import(join(PACKAGE, 'index.js'));
  for (const [name, symbol] of declared('index.d.ts')) {
    if (!(isValue(symbol) && /Error$/.test(name))) continue;
    assert.ok(runtime[name].prototype instanceof Error, name);
    const error = new runtime[name]('internal', { length: 1, maximum: 2 });
    error.hint ??= undefined;
    for (const member of declaredMembers(name).getProperties()) assert.ok(member.name in error || member.name === 'cause' || member.name === 'stack', `${name}.${member.name}`);
  }
});

test('the element has the members that are declared', () => {
  const code = readFileSync(join(PACKAGE, 'element.js'), 'utf8');
  const file = program.getSourceFile(join(PACKAGE, 'element.d.ts'));
  const element = file.statements.find((node) => ts.isClassDeclaration(node));
  const names = new Set(element.members.map((member) => member.name?.getText(file)));
  names.delete('addEventListener');
  names.delete('removeEventListener');
  const own = new Set([...code.matchAll(/^  (?:static |async |get |set )*([a-z]\w*)(?:\(| = )/gm)].map(([, name]) => name));
  own.delete('constructor');
  assert.deepEqual([...own].filter((name) => !names.has(name)), [], 'not declared');
  assert.deepEqual([...names].filter((name) => !own.has(name)), [], 'declared, and not there');
});

test('every declared thing and every member of it has a doc', () => {
  const missing = [];
  const hasDoc = (node) => ts.getJSDocCommentsAndTags(node).length > 0;
  for (const name of ['index.d.ts', 'element.d.ts', 'dist/pressmark.d.ts']) {
    const file = program.getSourceFile(join(PACKAGE, name));
    const visit = (node, path) => {
      for (const member of node.members ?? []) {
        if (ts.isSetAccessor(member)) continue;
        const label = `${path}.${member.name?.getText(file)}`;
        // Fields whose name says it all have none in the generated file; overloads share the first one's.
        if (!hasDoc(member) && !/^(start|end|kind|type|medium|flags|acronym|EventListener)$/.test(member.name?.getText(file)) && !/EventListener$/.test(label)) missing.push(label);
      }
    };
    for (const statement of file.statements) {
      if (!ts.canHaveModifiers(statement) || !ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) continue;
      const label = `${name}: ${statement.name?.getText(file)}`;
      if (/dist/.test(name) && /: (BlockKind|EntityType|MentionKind|Medium|QuoteFlag|InitInput|SyncInitInput|InitOutput|__wbg|initSync)/.test(label)) continue;
      if (!hasDoc(statement) && statement.name) missing.push(label);
      if (ts.isInterfaceDeclaration(statement) || ts.isClassDeclaration(statement)) visit(statement, label);
    }
  }
  assert.deepEqual(missing.filter((label) => !/InitOutput/.test(label)), []);
});

test('nothing is declared as any', () => {
  for (const name of ['index.d.ts', 'element.d.ts', 'dist/pressmark.d.ts']) {
    const visit = (node) => {
      assert.notEqual(node.kind, ts.SyntaxKind.AnyKeyword, `${name}: ${node.parent?.getText()}`);
      ts.forEachChild(node, visit);
    };
    visit(program.getSourceFile(join(PACKAGE, name)));
  }
});

test('no script writes markup into a page, or runs strings', () => {
  const FORBIDDEN = new Set(['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'setHTMLUnsafe', 'createContextualFragment', 'srcdoc', 'execCommand', 'eval', 'Function']);
  for (const path of sources()) {
    const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node) => {
      if (ts.isIdentifier(node) || ts.isStringLiteral(node)) {
        const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
        assert.ok(!FORBIDDEN.has(node.text), `${relative(PACKAGE, path)}:${line} uses ${node.text}`);
        const isWrite = ts.isPropertyAccessExpression(node.parent) && node.text === 'write' && node.parent.expression.getText() === 'document';
        assert.ok(!isWrite, `${relative(PACKAGE, path)}:${line} writes a document`);
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
});

test('the package needs no other package', () => {
  const manifest = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
  assert.equal(manifest.dependencies, undefined);
  for (const path of sources()) {
    for (const [, from] of readFileSync(path, 'utf8').matchAll(/\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)) {
      assert.ok(from.startsWith('.') || /^\$|pressmark/.test(from), `${relative(PACKAGE, path)} imports ${from}`);
    }
  }
});

test('importing touches no global of a browser', () => {
  // A fresh process in which every such global is a trap.
  const code = `
    for (const name of ['window', 'document', 'navigator', 'location', 'self', 'customElements', 'HTMLElement', 'CSSStyleSheet', 'Worker', 'trustedTypes']) {
      Object.defineProperty(globalThis, name, { configurable: true, get() { if (name !== 'HTMLElement' && name !== 'customElements') throw new Error('touched ' + name); } });
    }
    await import('./index.js');
    await import('./element.js');`;
  execFileSync(process.execPath, ['--input-type=module', '--eval', code], { cwd: PACKAGE });
});
