// From a page to its article and back: what is read, what is left out, and where in the DOM a span lies.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { html, launch, open, serve } from './support.mjs';

const HEAD = `<script type="module">
import * as pressmark from '/pressmark/index.js';
await pressmark.init();
globalThis.pressmark = pressmark;
</script>`;
const LONG = 'Ana Ruiz, the mayor of Porto, said on Tuesday that the city would rebuild its old bridge within two years. ';
const PAGE = `<header><nav><a href="/">Home of Lisbon Daily</a></nav></header>
<h1>Porto
   plans a bridge</h1>
<article>
<div class="share-buttons">Share on Friendface</div>
<p>${LONG}</p>
<div class="ad advert">Buy Acme Shoes now</div>
<p>The <b>Red</b> <i>Cross</i>&nbsp;praised it.<br>Jon&shy;athan Berg<script>var secret = 'Eve Script';</script> was there: “<span>Fine</span>,” he said.</p>
<aside>Related: Madrid story</aside>
<figure><img alt=""><figcaption>Ana Ruiz in Porto. Jim Foto/Agency</figcaption></figure>
<p hidden>Hidden Harry</p><p aria-hidden="true">Secret Sam</p>
<pre>two  spaces</pre>
<style>.x{content:'Stella Style'}</style><template>Tim Template</template>
<div class="comments">Karl Comment wrote</div>
</article>
<footer>Copyright Lisbon Daily</footer>`;

let browser, server, page;

before(async () => {
  server = await serve({ '/': html(PAGE, HEAD + '<link rel="canonical" href="https://example.org/porto"><meta property="og:title" content="Other title">') });
  browser = await launch();
  page = await open(browser, server.origin);
  await page.waitForFunction('globalThis.pressmark');
});
after(async () => {
  await browser.close();
  await server.close();
});

test('the article is read with its headline, without what stands beside it', async () => {
  const { text, title, url } = await page.evaluate(() => {
    const { text, title, url } = pressmark.readHTML(document);
    return { text, title, url };
  });
  assert.equal(title, 'Porto plans a bridge');
  assert.equal(url, 'https://example.org/porto');
  assert.ok(text.startsWith('Porto plans a bridge\n\nAna Ruiz, the mayor'), text.slice(0, 80));
  for (const words of ['The Red Cross', 'praised it.\nJon', 'in Porto. Jim Foto/Agency', 'two  spaces']) assert.ok(text.includes(words), `${words} in ${text}`);
  for (const words of ['Lisbon', 'Friendface', 'Acme', 'Eve', 'Madrid', 'Harry', 'Sam', 'Stella', 'Tim', 'Karl']) assert.ok(!text.includes(words), words);
});

test('every mention of a page has its place in it', async () => {
  const places = await page.evaluate(() => {
    const { text, map, annotation } = pressmark.analyzeHTML(document);
    return annotation.entities.flatMap(({ mentions }) => mentions.map((mention) => [text.slice(mention.start, mention.end), map.toRange(mention).toString()]));
  });
  assert.ok(places.length > 4);
  for (const [slice, range] of places) assert.equal(range.replace(/[\s]+/g, ' '), slice.replace(/[\s]+/g, ' '));
  assert.ok(places.some(([slice]) => /Red Cross/.test(slice)), 'over the borders of elements');
});

test('every offset leads into the page and back', async () => {
  const wrong = await page.evaluate(() => {
    const { text, map } = pressmark.readHTML(document);
    const wrong = [];
    for (let at = 0; at < text.length; at++) {
      if (/\s/.test(text[at])) continue;
      const range = map.toRange({ start: at, end: at + 1 });
      if (range.toString() !== text[at]) wrong.push([at, text[at], range.toString()]);
      else if (map.toOffset(range.startContainer, range.startOffset) !== at) wrong.push([at, 'back', map.toOffset(range.startContainer, range.startOffset)]);
    }
    return wrong;
  });
  assert.deepEqual(wrong, []);
});

test('markup is read as its page is, and nothing in it runs or loads', async () => {
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  const { text, ran } = await page.evaluate((markup) => {
    const { text } = pressmark.analyzeHTML(`${markup}<img src="/loaded.png" onerror="globalThis.ran = 1"><script>globalThis.ran = 2</script>`);
    return { text, ran: globalThis.ran };
  }, PAGE);
  assert.ok(text.startsWith('Porto plans a bridge'));
  assert.equal(ran, undefined);
  assert.deepEqual(requests, []);
});

test('the caller may choose the article, and read one element as it stands', async () => {
  const [chosen, whole, range] = await page.evaluate(() => {
    const selection = new Range();
    selection.setStart(document.querySelector('h1').firstChild, 0);
    selection.setEnd(document.querySelector('article p').firstChild, 8);
    return [pressmark.readHTML(document, { extract: (root) => root.querySelector('figcaption') }).text, pressmark.mapText(document.querySelector('article')).text, pressmark.mapText(selection, { skip: (element) => element.className === 'share-buttons' }).text];
  });
  assert.equal(chosen, 'Ana Ruiz in Porto. Jim Foto/Agency');
  assert.ok(whole.includes('Buy Acme Shoes now'));
  assert.equal(range, 'Porto plans a bridge\n\nAna Ruiz');
});

test('what is no page is refused', async () => {
  assert.deepEqual(
    await page.evaluate(() =>
      [7, null, {}, undefined].map((input) => {
        try {
          pressmark.readHTML(input);
        } catch (error) {
          return error.code;
        }
      }),
    ),
    Array(4).fill('invalid-option'),
  );
});

test('a map tells whether its page still says the same', async () => {
  assert.deepEqual(
    await page.evaluate(() => {
      const map = pressmark.mapText(document.querySelector('figcaption'));
      const before = map.isCurrent();
      document.querySelector('figcaption').firstChild.data = 'Another caption';
      return [before, map.isCurrent(), map.toRange({ start: 20, end: 30 })];
    }),
    [true, false, null],
  );
});
