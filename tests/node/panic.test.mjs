// A panic inside the wasm is an exception with its message, and the next call works.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

// `cargo xtask test` builds a module that panics on one text: a bug that is not there cannot be waited for.
const folder = process.env.PRESSMARK_PANIC_PROBE;
const skip = folder ? false : 'PRESSMARK_PANIC_PROBE is not set: run cargo xtask test';
const TEXT = 'panic, please';

test('at the boundary a panic is a RuntimeError with its message', { skip }, async () => {
  const wasm = await import(pathToFileURL(join(folder, 'pressmark.js')));
  wasm.initSync({ module: readFileSync(join(folder, 'pressmark_bg.wasm')) });
  const before = JSON.stringify(wasm.analyze('Ana Ruiz'));
  assert.throws(
    () => wasm.analyze(TEXT),
    (error) => {
      assert.ok(error instanceof WebAssembly.RuntimeError);
      assert.match(error.message, /panicked at .*wasm\.rs:\d+:\d+:\n.*panic, please/s);
      return true;
    },
  );
  wasm.__wbg_reset_state();
  assert.equal(JSON.stringify(wasm.analyze('Ana Ruiz')), before);
});

test('the package reports it and reads the next text with a fresh instance', { skip }, async () => {
  const { InternalError, analyze, initSync } = await import('../../npm/index.js');
  initSync(readFileSync(join(folder, 'pressmark_bg.wasm')));
  for (let time = 0; time < 3; time++) {
    assert.throws(
      () => analyze(TEXT),
      (error) => {
        assert.ok(error instanceof InternalError);
        assert.equal(error.code, 'internal');
        assert.match(error.message, /panicked at/);
        return true;
      },
    );
    assert.equal(analyze('Ana Ruiz').length, 8);
  }
});
