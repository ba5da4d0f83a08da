// The README's pages work as they stand.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { html, launch, open, serve } from './support.mjs';

const readme = readFileSync(new URL('../../npm/README.md', import.meta.url), 'utf8');
const pages = [...readme.matchAll(/```html\n([^]*?)```/g)].map(([, code]) => code.replaceAll('/node_modules/pressmark/', '/pressmark/'));

let browser, server;

before(async () => {
  browser = await launch();
  server = await serve(Object.fromEntries(pages.map((code, index) => [`/${index}`, html(code)])));
});
after(async () => {
  await browser.close();
  await server.close();
});

test('there are pages', () => assert.equal(pages.length, 2));

for (const index of pages.keys()) {
  test(`page ${index + 1} shows the name and the quote`, async () => {
    const page = await open(browser, `${server.origin}/${index}`);
    await page.waitForFunction(() => CSS.highlights.get('pm-person')?.size > 0 && CSS.highlights.get('pm-quote')?.size > 0);
    assert.deepEqual(page.problems, []);
    await page.close();
  });
}
