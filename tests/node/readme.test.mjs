// The README's programs run, and print what the README says.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

/** As it is published. */
const PACKAGE = join(process.env.PRESSMARK_PACKED ?? fileURLToPath(new URL('../../target/npm', import.meta.url)), '/');
const readme = readFileSync(`${PACKAGE}README.md`, 'utf8');
const programs = [...readme.matchAll(/```js\n([^]*?)```/g)].map(([, code]) => code);

test('there are programs', () => assert.ok(programs.length >= 3));

for (const [index, code] of programs.entries()) {
  test(`program ${index + 1} prints what it says`, () => {
    const expected = [...code.matchAll(/^\/\/ → (.*)$/gm)].map(([, line]) => line);
    // Inside the package's folder its name means the package itself.
    const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', code], { cwd: PACKAGE, encoding: 'utf8' });
    assert.deepEqual(printed.trimEnd().split('\n'), expected);
  });
}
