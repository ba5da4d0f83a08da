// <press-article> as pages use it: around an article, with text of their own, under strict policies, from another origin.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ARTICLE, NPM, html, launch, open, serve } from './support.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ELEMENT = '<script type="module" src="/pressmark/element.js"></script>';
const EVENTS = `<script src="/events.js"></script>`;
/** Keeps the element's events; a file of its own, since policies forbid inline scripts. */
const EVENTS_JS = {
  type: 'text/javascript',
  body: `globalThis.events = [];
for (const type of ['annotated', 'click', 'select', 'error']) {
  addEventListener('pressmark-' + type, ({ detail }) => events.push({ type, text: detail.text, error: detail.error?.message, found: detail.found?.map(({ entity, quote }) => entity?.name ?? quote.id) }));
}`,
};
const WRAPPED = html(`<main><press-article>${ARTICLE}</press-article></main>`, EVENTS + ELEMENT);
const TEXT = 'Porto plans to rebuild its bridge\n\nThe mayor of Porto, Ana Ruiz, spoke on Tuesday.\n\n“We will rebuild,” Ruiz said.';

let browser, server;

before(async () => {
  browser = await launch();
  server = await serve({ '/': WRAPPED, '/empty': html('<main><press-article></press-article></main>', EVENTS + ELEMENT), '/events.js': EVENTS_JS });
});
after(async () => {
  await browser.close();
  await server.close();
});

const annotated = (page, count = 1) => page.waitForFunction((count) => events.filter(({ type }) => type === 'annotated' || type === 'error').length >= count, count);
const names = (page) => page.evaluate(() => document.querySelector('press-article').annotation.entities.map(({ name }) => name));

test('an article inside the tag stays as it is, is painted, and has its list', async () => {
  const page = await open(browser, server.origin);
  await annotated(page);
  assert.ok((await names(page)).includes('Ana Ruiz'));
  assert.ok(await page.evaluate(() => [...CSS.highlights.get('pm-person')].length >= 3));
  assert.equal((await page.evaluate(() => document.querySelector('press-article').innerHTML)).trim(), ARTICLE);
  assert.ok(await page.getByRole('button', { name: /^Ana Ruiz/ }).isVisible());
  assert.deepEqual(page.problems, []);
  await page.close();
});

test('text of the page’s own is shown in blocks, with offsets into that very text', async () => {
  for (const mode of ['css', 'mark']) {
    const page = await open(browser, `${server.origin}/empty`);
    await page.evaluate(async ([text, mode]) => {
      await customElements.whenDefined('press-article');
      const element = document.querySelector('press-article');
      element.setAttribute('mode', mode);
      element.text = text;
      await element.ready;
    }, [TEXT, mode]);
    const result = await page.evaluate(() => {
      const element = document.querySelector('press-article');
      const entity = element.annotation.entities.find(({ name }) => name === 'Ana Ruiz');
      const { start, end } = entity.mentions[0];
      return {
        slice: element.text.slice(start, end),
        range: element.highlighting.rangesOf(entity.id)[0].toString(),
        heading: element.shadowRoot.querySelector('[part~=headline]')?.textContent,
        marks: element.shadowRoot.querySelectorAll('mark').length,
        mode: element.highlighting.mode,
      };
    });
    assert.equal(result.slice, 'Ana Ruiz');
    assert.equal(result.range, 'Ana Ruiz');
    assert.equal(result.heading, 'Porto plans to rebuild its bridge');
    assert.equal(result.mode, mode);
    assert.equal(result.marks > 0, mode === 'mark');
    assert.deepEqual(page.problems, []);
    await page.close();
  }
});

test('properties set before the element is defined count', async () => {
  const early = await serve({
    '/': html('<press-article></press-article>', `${EVENTS}<script type="module">
const element = document.querySelector('press-article');
element.text = 'Ana Ruiz spoke in Porto.';
element.edits = [{ op: 'rename', id: 'e1', name: 'Dr Ana Ruiz' }];
await import('/pressmark/element.js');
</script>`),
    '/events.js': EVENTS_JS,
  });
  const page = await open(browser, early.origin);
  await annotated(page);
  assert.ok((await names(page)).includes('Dr Ana Ruiz'));
  await page.close();
  await early.close();
});

test('attributes filter what is shown', async () => {
  const page = await open(browser, server.origin);
  await annotated(page);
  await page.evaluate(async () => {
    const element = document.querySelector('press-article');
    element.types = ['PLACE'];
    element.quotes = false;
    await element.highlighting.ready;
  });
  assert.deepEqual(await page.evaluate(() => [...CSS.highlights.keys()]), ['pm-place']);
  assert.equal(await page.getByRole('button', { name: /Ana Ruiz/ }).count(), 0);
  await page.close();
});

test('when its article changes, the new words are read', async () => {
  const page = await open(browser, server.origin);
  await annotated(page);
  await page.evaluate(() => {
    const fresh = document.createElement('p');
    fresh.append('Later, Jonas Berg of the European Commission visited Hamburg.');
    document.querySelector('press-article').append(fresh);
  });
  await annotated(page, 2);
  assert.ok((await names(page)).includes('Jonas Berg'), (await names(page)).join());
  await page.close();
});

test('an element that moves stays alive, one that goes takes its highlights along', async () => {
  const page = await open(browser, server.origin);
  await annotated(page);
  await page.evaluate(() => document.body.append(document.querySelector('press-article')));
  await annotated(page, 2);
  assert.ok(await page.evaluate(() => CSS.highlights.get('pm-person').size >= 3));
  const sheets = await page.evaluate(() => document.adoptedStyleSheets.length);
  assert.equal(sheets, 1);
  await page.evaluate(() => document.querySelector('press-article').remove());
  await page.waitForFunction(() => CSS.highlights.size === 0 && document.adoptedStyleSheets.length === 0);
  await page.close();
});

test('by keyboard alone: to the list, along it, to the place', async () => {
  const page = await open(browser, server.origin);
  await annotated(page);
  await page.keyboard.press('Tab');
  const focused = () => page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.textContent);
  const first = await focused();
  assert.ok(first);
  await page.keyboard.press('ArrowDown');
  assert.notEqual(await focused(), first);
  await page.keyboard.press('Enter');
  assert.ok(await page.evaluate(() => CSS.highlights.get('pm-active').size === 1));
  assert.ok(await page.evaluate(() => events.some(({ type, found }) => type === 'select' && found.length === 1)));
  await page.close();
});

for (const mode of ['css', 'mark']) {
  for (const colorScheme of ['light', 'dark']) {
    test(`axe finds nothing to complain about: ${mode}, ${colorScheme}`, async () => {
      const page = await open(browser, `${server.origin}/empty`, { colorScheme });
      await page.addScriptTag({ content: axe });
      await page.evaluate(async ([text, mode]) => {
        document.documentElement.style.colorScheme = 'light dark';
        // The window's own colour is unknown to axe.
        document.body.style.background = 'Canvas';
        const element = document.querySelector('press-article');
        await customElements.whenDefined('press-article');
        element.setAttribute('mode', mode);
        element.text = text;
        await element.ready;
        // With something chosen as well.
        element.shadowRoot.querySelector('button').click();
      }, [TEXT, mode]);
      const { violations, passes } = await page.evaluate(() => axe.run(document, { rules: { 'page-has-heading-one': { enabled: false } } }));
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`), []);
      assert.ok(passes.length > 10);
      await page.close();
    });
  }
}

/** Policies as careful sites have them. */
const POLICIES = {
  'a strict policy with Trusted Types':
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'; img-src data:; base-uri 'none'; require-trusted-types-for 'script'; trusted-types pressmark",
  'Trusted Types without a policy for us':
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; img-src data:; require-trusted-types-for 'script'; trusted-types 'none'",
  'no leave for wasm on the page, but workers': "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; img-src data:",
  'no workers': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'none'; connect-src 'self'; img-src data:",
};

for (const [what, policy] of Object.entries(POLICIES)) {
  test(`it works under ${what}`, async (t) => {
    const strict = await serve({ '/': WRAPPED, '/events.js': EVENTS_JS }, { headers: { 'Content-Security-Policy': policy } });
    t.after(() => strict.close());
    const page = await open(browser, strict.origin);
    await annotated(page);
    assert.deepEqual(await page.evaluate(() => events.filter(({ type }) => type === 'error')), []);
    assert.ok((await names(page)).includes('Ana Ruiz'));
    // A violation that was foreseen and answered is still reported by the browser.
    if (/strict policy|no leave/.test(what)) assert.deepEqual(page.problems, []);
    await page.close();
  });
}

test('a policy that forbids wasm everywhere is told to the reader and to the program', async (t) => {
  const strict = await serve({ '/': WRAPPED, '/events.js': EVENTS_JS }, { headers: { 'Content-Security-Policy': "default-src 'none'; script-src 'self'; worker-src 'none'; connect-src 'self'" } });
  t.after(() => strict.close());
  const page = await open(browser, strict.origin);
  await annotated(page);
  const [error] = await page.evaluate(() => events.filter(({ type }) => type === 'error'));
  assert.match(error.error, /Content Security Policy.*wasm-unsafe-eval/);
  assert.match(await page.getByRole('status').textContent(), /could not be found/);
  await page.close();
});

test('from another origin, by one script tag with integrity', async (t) => {
  const cdn = await serve({}, { packageHeaders: { 'Access-Control-Allow-Origin': '*' } });
  t.after(() => cdn.close());
  const integrity = `sha384-${createHash('sha384').update(readFileSync(join(NPM, 'element.js'))).digest('base64')}`;
  const site = await serve({
    '/': html(`<press-article>${ARTICLE}</press-article>`, `${EVENTS}<script type="module" src="${cdn.origin}/pressmark/element.js" integrity="${integrity}" crossorigin="anonymous"></script>`),
    '/events.js': EVENTS_JS,
  });
  t.after(() => site.close());
  const page = await open(browser, 'about:blank');
  const workers = [];
  page.on('worker', (worker) => workers.push(worker.url()));
  await page.goto(site.origin);
  await annotated(page);
  assert.ok((await names(page)).includes('Ana Ruiz'));
  assert.equal(workers.length, 1, 'in a worker');
  assert.deepEqual(page.problems, []);
  await page.close();
});
