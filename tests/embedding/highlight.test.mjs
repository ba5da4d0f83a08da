// Highlights in a live page: what is painted, what stays as it was, and what happens when the page changes.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { ARTICLE, html, launch, open, serve } from './support.mjs';

const HEAD = `<script type="module">
import * as pressmark from '/pressmark/index.js';
await pressmark.init();
globalThis.pressmark = pressmark;
globalThis.start = (options) => {
  const root = document.querySelector('article');
  const map = pressmark.mapText(root, { skip: (element) => element.localName === 'nav' });
  globalThis.annotation = pressmark.analyze(map.text);
  globalThis.handle = pressmark.highlight(map, annotation, { root, ...options });
  globalThis.events = [];
  for (const type of ['click', 'hover', 'select', 'change', 'painted']) handle.addEventListener(type, ({ detail }) => events.push({ type, found: detail.found?.map(({ kind, entity, quote }) => (entity ?? quote).name ?? kind), lost: detail.lost }));
  return handle.ready;
};
/** Highlight name → the words painted. */
globalThis.painted = () => Object.fromEntries([...CSS.highlights].map(([name, ranges]) => [name, [...ranges].map((range) => { const live = new Range(); live.setStart(range.startContainer, range.startOffset); live.setEnd(range.endContainer, range.endOffset); return live.toString().replace(/\\s+/g, ' '); })]));
globalThis.ready = true;
</script>`;

let browser, server, page;

before(async () => {
  server = await serve({ '/': html(`<main><article>${ARTICLE}</article><p id="outside">Outside.</p></main>`, HEAD) });
  browser = await launch();
});
after(async () => {
  await browser.close();
  await server.close();
});
afterEach(async () => {
  assert.deepEqual(page.problems, []);
  await page.close();
});

async function start(options, context) {
  page = await open(browser, server.origin, context);
  await page.waitForFunction('globalThis.ready');
  await page.evaluate((options) => start(options), options);
}

const mentionsOf = (name) => page.evaluate((name) => annotation.entities.find((entity) => entity.name === name || entity.aliases.includes(name))?.mentions.length, name);

test('names and quotes are painted without a change of the DOM', async () => {
  page = await open(browser, server.origin);
  await page.waitForFunction('globalThis.ready');
  const before = await page.evaluate(() => document.querySelector('article').outerHTML);
  await page.evaluate(() => start({ list: false }));
  const painted = await page.evaluate(() => painted());
  assert.ok(painted['pm-person'].includes('Ana Ruiz'), JSON.stringify(painted));
  assert.ok(painted['pm-person'].filter((words) => words === 'Ruiz').length >= 2);
  // Over the borders of elements.
  assert.ok(painted['pm-quote'].some((words) => /It will take two years/.test(words)), JSON.stringify(painted));
  assert.ok(!Object.values(painted).flat().some((words) => /Lisbon/.test(words)), 'what was left out is not painted');
  assert.equal(await page.evaluate(() => document.querySelector('article').outerHTML), before);
});

test('clear takes back highlights, style sheet and list, and leaves those of others', async () => {
  page = await open(browser, server.origin);
  await page.waitForFunction('globalThis.ready');
  await page.evaluate(() => CSS.highlights.set('theirs', new Highlight(new Range())));
  const before = await page.evaluate(() => [document.body.outerHTML, document.adoptedStyleSheets.length]);
  await page.evaluate(() => start());
  assert.notDeepEqual(await page.evaluate(() => [document.body.outerHTML, document.adoptedStyleSheets.length]), before);
  await page.evaluate(() => handle.clear());
  assert.deepEqual(await page.evaluate(() => [document.body.outerHTML, document.adoptedStyleSheets.length]), before);
  assert.deepEqual(await page.evaluate(() => [...CSS.highlights.keys()]), ['theirs']);
});

test('two highlightings share the registry, and one may go', async () => {
  await start();
  const once = await page.evaluate(() => painted());
  await page.evaluate(async () => {
    globalThis.second = pressmark.highlight(handle.map, annotation, { list: false });
    await second.ready;
  });
  assert.equal(await page.evaluate(() => painted()['pm-person'].length), once['pm-person'].length * 2);
  await page.evaluate(() => second.clear());
  assert.deepEqual(await page.evaluate(() => painted()), once);
});

test('marks stand in for highlights, and the page’s own nodes come back', async () => {
  page = await open(browser, server.origin);
  await page.waitForFunction('globalThis.ready');
  await page.evaluate(() => (globalThis.nodes = [...document.querySelectorAll('article *')].flatMap((element) => [...element.childNodes])));
  const before = await page.evaluate(() => document.querySelector('article').outerHTML);
  await page.evaluate(() => start({ mode: 'mark', list: false }));
  assert.equal(await page.evaluate(() => handle.mode), 'mark');
  const marks = await page.evaluate(() => [...document.querySelectorAll('article mark.pm-person')].map((mark) => mark.textContent));
  assert.ok(marks.includes('Ana Ruiz'), marks.join());
  assert.ok(await page.evaluate(() => document.querySelector('b .pm-quote') !== null), 'a quote goes on inside an element');
  assert.equal(await page.evaluate(() => handle.rangesOf(annotation.entities.find(({ name }) => name === 'Ana Ruiz').id)[0].toString()), 'Ana Ruiz');
  await page.evaluate(() => handle.clear());
  assert.equal(await page.evaluate(() => document.querySelector('article').outerHTML), before);
  assert.ok(await page.evaluate(() => nodes.every((node) => node.isConnected)));
});

test('forced colours get marks, and go back with the system', async () => {
  await start({}, { forcedColors: 'active' });
  assert.equal(await page.evaluate(() => handle.mode), 'mark');
  assert.ok(await page.evaluate(() => document.querySelectorAll('article mark').length > 3));
  await page.emulateMedia({ forcedColors: 'none' });
  await page.waitForFunction(() => handle.mode === 'css' && painted()['pm-person']?.length > 2);
  assert.equal(await page.evaluate(() => document.querySelectorAll('article mark').length), 0);
});

test('a filter shows less and more', async () => {
  await start({ types: ['PERSON'], quotes: false });
  assert.deepEqual(await page.evaluate(() => Object.keys(painted())), ['pm-person']);
  await page.evaluate(() => (handle.show({ types: ['ORGANIZATION'], quotes: true }), handle.ready));
  const names = await page.evaluate(() => Object.keys(painted()));
  assert.ok(names.includes('pm-organization') && names.includes('pm-quote') && !names.includes('pm-person'), names.join());
});

test('a click and a hover tell what is there', async () => {
  await start({ list: false });
  const box = await page.evaluate(() => {
    const { left, top, width, height } = handle.rangesOf(annotation.entities.find(({ name }) => name === 'Ana Ruiz').id)[0].getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  });
  await page.mouse.move(box.x, box.y);
  await page.waitForFunction(() => events.some(({ type, found }) => type === 'hover' && found.includes('Ana Ruiz')));
  await page.mouse.click(box.x, box.y);
  await page.waitForFunction(() => events.some(({ type, found }) => type === 'click' && found[0] === 'Ana Ruiz'));
  await page.mouse.move(2, 2);
  await page.waitForFunction(() => events.some(({ type, found }) => type === 'hover' && found.length === 0));
  assert.deepEqual(await page.evaluate(({ x, y }) => handle.at(x, y).map(({ entity }) => entity?.name), box), ['Ana Ruiz']);
  assert.deepEqual(await page.evaluate(() => handle.at(1, 1)), []);
});

test('the list is the twin of what is painted: same names, reachable by keyboard, seen with the focus', async () => {
  await start();
  const section = page.getByRole('region', { name: 'Names and quotes in this article' });
  const names = await section.getByRole('button').allTextContents();
  const entities = await page.evaluate(() => annotation.entities.map(({ name }) => name));
  for (const name of entities) assert.ok(names.some((words) => words.startsWith(name)), name);
  assert.ok(names.some((words) => words.startsWith('“We will rebuild')), names.join());
  assert.ok((await section.boundingBox()).width <= 2, 'not seen without the focus');
  await section.getByRole('button').first().focus();
  assert.ok((await section.boundingBox()).width > 100, 'seen with the focus');
  await page.keyboard.press('ArrowDown');
  assert.equal(await section.locator(':focus').textContent(), names[1]);
  await page.keyboard.press('Enter');
  assert.ok(await page.evaluate(() => events.some(({ type }) => type === 'select')));
  assert.equal(await page.evaluate(() => painted()['pm-active'].length), 1);
  await page.keyboard.press('Escape');
  assert.equal(await page.evaluate(() => painted()['pm-active']), undefined);
});

test('when the page replaces its nodes, the same words are painted anew', async () => {
  await start();
  const before = await page.evaluate(() => painted());
  await page.evaluate(() => {
    const article = document.querySelector('article');
    article.replaceChildren(...[...article.childNodes].map((node) => node.cloneNode(true)));
  });
  await page.waitForFunction((count) => painted()['pm-person']?.length === count && [...CSS.highlights.get('pm-person')].every(({ startContainer }) => startContainer.isConnected), before['pm-person'].length);
  assert.deepEqual(await page.evaluate(() => painted()), before);
  assert.equal(await page.evaluate(() => handle.stale), false);
});

test('when the page adds and drops paragraphs, what still stands moves along and the rest is counted', async () => {
  await start();
  const all = await page.evaluate(() => painted()['pm-person'].length);
  const inLast = await page.evaluate(() => painted()['pm-person'].length - annotation.entities.find(({ name }) => name === 'Ana Ruiz').mentions.filter(({ start }) => start < handle.text.indexOf('The Red Cross')).length);
  await page.evaluate(() => {
    const fresh = document.createElement('p');
    fresh.append('An update of the article with quite other words.');
    document.querySelector('article h1').after(fresh);
    document.querySelector('article > p:last-of-type').remove();
  });
  await page.waitForFunction(() => events.some(({ type }) => type === 'change'));
  await page.evaluate(() => handle.ready);
  const painted = await page.evaluate(() => globalThis.painted());
  assert.equal(painted['pm-person'].length, all - inLast);
  assert.ok(painted['pm-person'].every((words) => /Ruiz|She|she|mayor/.test(words)), painted['pm-person'].join());
  assert.ok(painted['pm-quote'].some((words) => /^We will rebuild/.test(words)));
  assert.ok(await page.evaluate(() => handle.stale && handle.lost > 0));
});

test('colours are the page’s own by custom properties', async () => {
  await start({ list: false });
  const colour = () =>
    page.evaluate(() => {
      const element = document.querySelector('article p');
      return getComputedStyle(element, '::highlight(pm-person)').textDecorationColor;
    });
  assert.notEqual(await colour(), 'rgb(1, 2, 3)');
  await page.evaluate(() => document.documentElement.style.setProperty('--pm-person', 'rgb(1, 2, 3)'));
  assert.equal(await colour(), 'rgb(1, 2, 3)');
});

test('ten thousand mentions are all painted', async () => {
  page = await open(browser, server.origin);
  await page.waitForFunction('globalThis.ready');
  const result = await page.evaluate(async () => {
    const article = document.querySelector('article');
    article.replaceChildren(
      ...Array.from({ length: 2000 }, (_, index) => {
        const paragraph = document.createElement('p');
        paragraph.append(`Number ${index}: Ana Ruiz and Jon Berg and Lea Kim met Tom Ray and Eva Lund.`);
        return paragraph;
      }),
    );
    const map = pressmark.mapText(article);
    // The painter is asked, not the recogniser: the annotation is made by hand.
    const names = ['Ana Ruiz', 'Jon Berg', 'Lea Kim', 'Tom Ray', 'Eva Lund'];
    const entities = names.map((name, index) => ({ id: `e${index}`, type: 'PERSON', name, aliases: [], roles: [], salience: 1, mentions: [...map.text.matchAll(new RegExp(name, 'g'))].map((match) => ({ start: match.index, end: match.index + name.length, kind: 'name', confidence: 1 })) }));
    const annotation = { schema: 1, length: map.text.length, blocks: [], sentences: [], entities, quotes: [] };
    await pressmark.highlight(map, annotation).ready;
    return CSS.highlights.get('pm-person').size;
  });
  assert.equal(result, 10_000);
});
