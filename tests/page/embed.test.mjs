// Inside other people's pages: what the bookmark does.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, afterEach, before, test } from 'node:test';
import { PAGE, closePages, newPage, screenshot } from './browser.mjs';

afterEach(closePages);

const FOREIGN = `<!doctype html><html lang="en"><title>Paper</title><nav>Home Sport</nav><article><h1>Council votes</h1>
<p>“We will build it,” said Ana Ruiz, the mayor of <b>Por</b>to. ${'The council met for seven hours on Monday to talk about the old bridge. '.repeat(4)}</p>
<p>Her rival, Tom Baker, told the paper: “I shall swim.”</p></article></html>`;
let server;

before(async () => {
  server = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(FOREIGN));
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
});
after(() => server.close());

test('the demonstration page is highlighted in place and taken back', async () => {
  const page = await newPage({ address: `${PAGE}embed.html`, wait: (page) => page.locator('#read').waitFor() });
  const before = await page.locator('article').innerHTML();
  await page.click('#read');
  const panel = page.locator('pressmark-panel');
  await panel.getByRole('button', { name: /Donncha Seoighe/ }).first().waitFor();
  await page.waitForFunction(() => CSS.highlights.size > 0);
  assert.equal(await page.locator('article').innerHTML(), before, 'the page itself is as it was');
  assert.doesNotMatch(await panel.innerText(), /Ten walks|Tides/);
  await screenshot(page, 'embed');
  await panel.getByRole('button', { name: 'Close' }).click();
  assert.equal(await page.evaluate(() => CSS.highlights.size), 0);
  assert.equal(await panel.count(), 0);
  assert.match(await page.locator('#bookmark').getAttribute('href'), /^javascript:import\("http.*bookmarklet\.js"\)/);
});

test('the bookmark reads a page of another site', async () => {
  const address = `http://127.0.0.1:${server.address().port}/`;
  const page = await newPage({ address, also: [new URL(PAGE).origin], wait: (page) => page.locator('article').waitFor() });
  await page.evaluate((script) => import(script).then((pressmark) => pressmark.toggle()), `${PAGE}bookmarklet.js`);
  const panel = page.locator('pressmark-panel');
  await panel.getByRole('button', { name: /Tom Baker/ }).first().waitFor();
  const words = await page.evaluate(() =>
    [...CSS.highlights.values()].flatMap((highlight) =>
      [...highlight].map((range) => {
        const live = document.createRange();
        live.setStart(range.startContainer, range.startOffset);
        live.setEnd(range.endContainer, range.endOffset);
        return live.toString();
      }),
    ),
  );
  assert.ok(words.includes('Tom Baker'), `${words}`);
  assert.ok(words.includes('Porto'), 'also over the borders of elements');
  await panel.getByRole('button', { name: /Tom Baker/ }).first().click();
});
