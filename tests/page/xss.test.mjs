// Hostile words on the page, in every way in: under the page's policy and Trusted Types nothing of them runs, nothing is asked
// of anybody, nothing is even tried; and what is exported is inert without any policy.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import { PAGE, closePages, newPage, openFile, paste, settled } from './browser.mjs';

afterEach(closePages);

/** Each calls `pwn()` where it runs, or asks evil.example where it only loads. */
const PAYLOADS = [
  '<script>pwn()</script>',
  '<script src="https://evil.example/x.js"></script>',
  '<img src=x onerror=pwn()>',
  '<img src="https://evil.example/pixel.gif">',
  '<svg onload=pwn()><circle r=1></svg>',
  '<svg><script>pwn()</script></svg>',
  '<svg><animate onbegin=pwn() attributeName=x dur=1s></svg>',
  '<math><mtext><table><mglyph><style><img src onerror=pwn()></style></table></mtext></math>',
  '<iframe src="javascript:parent.pwn()"></iframe>',
  '<iframe srcdoc="<script>parent.pwn()</script>"></iframe>',
  '<object data="https://evil.example/o"></object>',
  '<embed src="https://evil.example/e">',
  '<video><source onerror=pwn()></video>',
  '<details open ontoggle=pwn()>',
  '<input autofocus onfocus=pwn()>',
  '<body onload=pwn()>',
  '<link rel=stylesheet href="https://evil.example/s.css">',
  '<style>@import "https://evil.example/i.css";*{background:url(https://evil.example/b.png)}</style>',
  '<base href="https://evil.example/">',
  '<meta http-equiv=refresh content="0;url=https://evil.example/">',
  '<form action="https://evil.example/"><button autofocus>go</button></form>',
  '<a href="javascript:pwn()" id=link>link</a>',
  '<template><img src=x onerror=pwn()></template>',
  '<noscript><p title="</noscript><img src=x onerror=pwn()>">',
  '<x onclick=pwn() tabindex=1 autofocus onfocus=pwn()>x</x>',
  '"><img src=x onerror=pwn()>',
  "' onmouseover='pwn()' x='",
  '" onfocus="pwn()" autofocus tabindex="1',
  '</textarea><img src=x onerror=pwn()>',
  '</title><script>pwn()</script>',
  '</style><script>pwn()</script>',
  '--><script>pwn()</script><!--',
  ']]><script>pwn()</script>',
  'javascript:pwn()',
  'data:text/html,<script>parent.pwn()</script>',
  '{{constructor.constructor("pwn()")()}}',
  '${pwn()}',
  '&lt;img src=x onerror=pwn()&gt;',
  '&#60;script&#62;pwn()&#60;/script&#62;',
  '\u003cscript\u003epwn()\u003c/script\u003e',
  '<scr\0ipt>pwn()</scr\0ipt>',
  '＜script＞pwn()＜/script＞',
  '<img src=x onerror=\u2028pwn()>',
  '\u202e<script>pwn()</script>',
];

const STORY = PAYLOADS.map((payload) => `“We read ${payload} aloud,” said Ana ${payload} Ruiz, the mayor of Porto. Tom Baker ${payload} disagreed.`).join('\n\n');
const QUIET = 'Council votes for bridge\n\n“We will build it,” said Ana Ruiz, the mayor of Porto.\n\nHer rival, Tom Baker, disagreed on March 3, 2024.';

/** A page that keeps count of what runs and of what its policy had to stop. */
async function watched(options = {}) {
  const page = await newPage({ fresh: true, ...options });
  await watch(page);
  return page;
}

const watch = (page) =>
  page.evaluate(() => {
    globalThis.executed = [];
    globalThis.pwn = () => void globalThis.executed.push('pwn');
    for (const name of ['alert', 'confirm', 'prompt', 'open']) globalThis[name] = () => void globalThis.executed.push(name);
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => globalThis.executed.push(`${violatedDirective} ${blockedURI}`));
  });

/** Opens everything that shows names or quotes, and asserts that it was only shown. */
async function isInert(page, { parsed = false } = {}) {
  for (const tab of await page.locator('[role=tab]').all()) {
    if (!(await tab.isVisible())) continue;
    await tab.click();
    const first = page.locator('[role=tabpanel] button:visible').first();
    if (await first.count()) await first.click({ timeout: 2000 }).catch(() => {});
  }
  await page.locator('#article mark').first().hover({ timeout: 2000 }).catch(() => {});
  await page.waitForTimeout(100);
  const found = await page.evaluate(() => ({
    executed: globalThis.executed,
    strange: [...document.querySelectorAll('script:not([src^="./"]),iframe,object,embed,base,form,video,math,meta[http-equiv=refresh],link[rel=stylesheet]:not([href^="./"]),img:not([src^="./"])')].map((element) => element.outerHTML.slice(0, 200)),
    handlers: [...document.querySelectorAll('*')].filter((element) => [...element.attributes].some(({ name }) => name.startsWith('on'))).map((element) => element.outerHTML.slice(0, 200)),
    links: [...document.links].map(({ protocol }) => protocol).filter((protocol) => !['http:', 'https:', 'blob:', 'data:'].includes(protocol)),
    polluted: Object.keys(Object.prototype).concat({}.polluted ?? []),
    title: document.title,
  }));
  // Where markup is parsed into a tree that runs nothing, the browser still reports the handlers and styles that it left alone.
  const reported = /^(?:(?:script-src-attr|style-src-(?:elem|attr)) inline$|base-uri )/;
  assert.deepEqual(found.executed.filter((what) => !(parsed && reported.test(what))), []);
  assert.deepEqual(found.strange, []);
  assert.deepEqual(found.handlers, []);
  assert.deepEqual(found.links, []);
  assert.deepEqual(found.polluted, []);
}

/** An annotation of `QUIET` whose every string is a payload. */
function hostileAnnotation(payload, index) {
  const at = (words) => ({ start: QUIET.indexOf(words), end: QUIET.indexOf(words) + words.length });
  const block = (words, kind) => ({ kind, ...at(words) });
  const ana = at('Ana Ruiz');
  return {
    schema: 1,
    length: QUIET.length,
    blocks: [block('Council votes for bridge', 'headline'), block('“We will build it,” said Ana Ruiz, the mayor of Porto.', 'paragraph'), block('Her rival, Tom Baker, disagreed on March 3, 2024.', 'paragraph')],
    sentences: [at('“We will build it,” said Ana Ruiz, the mayor of Porto.')],
    entities: [
      { id: 'e1', type: 'PERSON', name: payload, aliases: [payload, `${payload}2`], roles: [payload], acronym: payload, knownId: payload, salience: 1, mentions: [{ ...ana, kind: 'name', confidence: 1, because: payload }] },
      { id: payload, type: 'PLACE', name: `${payload} ${index}`, aliases: [], roles: [], salience: 0.5, mentions: [{ ...at('Porto'), kind: 'name', confidence: 1 }] },
      { id: 'e3', type: 'DATE', name: payload, value: payload, aliases: [], roles: [], salience: 0, mentions: [{ ...at('March 3, 2024'), kind: 'name', confidence: 1 }] },
    ],
    quotes: [
      { id: 'q1', kind: 'direct', medium: payload, pieces: [at('We will build it,')], speaker: { entity: 'e1', ...ana, text: payload, confidence: 1, because: payload }, cue: { ...at('said'), lemma: payload }, addressee: { entity: payload, ...ana, text: payload, confidence: 1 }, flags: ['unclosed', payload], confidence: 1, because: payload },
    ],
  };
}

test('the payloads are sharp: without the policy, markup as markup runs many of them', async () => {
  const page = await watched({ bypassCSP: true, refused: /./ });
  const count = await page.evaluate(async (payloads) => {
    for (const payload of payloads) {
      const place = document.createElement('div');
      // Never fetched: the requests of this page are watched as well.
      place.innerHTML = payload.replaceAll(/https:\/\/evil\.example/g, 'data:,');
      document.body.append(place);
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    return globalThis.executed.filter((what) => what === 'pwn').length;
  }, PAYLOADS.filter((payload) => !/http-equiv|<base|<form|<input|autofocus/.test(payload)));
  assert.ok(count >= 5, `${count} payloads ran`);
});

test('the policy and Trusted Types are enforced on the page', async () => {
  const page = await newPage({ fresh: true, refused: /Trusted|Content Security Policy|Refused|violates/ });
  const refused = await page.evaluate(async () => {
    const tried = {};
    for (const [what, attempt] of Object.entries({
      markup: () => (document.createElement('div').innerHTML = '<b>'),
      script: () => (document.createElement('script').text = 'pwn()'),
      policy: () => trustedTypes.createPolicy('stranger', { createHTML: (markup) => markup }),
    })) {
      try {
        attempt();
        tried[what] = 'allowed';
      } catch (error) {
        tried[what] = error.constructor.name;
      }
    }
    // Not in this function: what the test's own connection runs may evaluate.
    tried.evaluation = await new Promise((resolve) =>
      setTimeout(() => {
        try {
          (0, eval)('1');
          resolve('allowed');
        } catch (error) {
          resolve(error.constructor.name);
        }
      }),
    );
    tried.request = await fetch('https://evil.example/').then(
      () => 'allowed',
      (error) => error.constructor.name,
    );
    return tried;
  });
  assert.deepEqual({ ...refused, policy: Boolean(refused.policy !== 'allowed') }, { markup: 'TypeError', script: 'TypeError', evaluation: 'EvalError', policy: true, request: 'TypeError' });
});

test('in a text file, and in its name', async () => {
  const page = await watched();
  for (const name of ['story.txt', '<img src=x onerror=pwn()>.txt', '"><script>pwn()</script>.md']) {
    await openFile(page, name, STORY);
    assert.match(await page.locator('#article').innerText(), /<script>pwn\(\)<\/script>/);
    await isInert(page);
  }
  for (const name of ['<img src=x onerror=pwn()>.json', '<svg onload=pwn()>.docx']) {
    await page.setInputFiles('#file', { name, mimeType: 'application/json', buffer: Buffer.from('{') });
    await page.locator('#status .problem').waitFor();
    assert.match(await page.locator('#status').innerText(), /pwn\(\)/);
  }
  await isInert(page);
});

test('in HTML that is opened or pasted, without a policy that could stop it', async () => {
  // What the tests below take for reports from trees that run nothing must run nothing here either.
  const page = await watched({ bypassCSP: true, refused: /./ });
  const filler = 'The council of Porto met for seven hours on Monday to talk about the bridge. '.repeat(5);
  // Requests are watched as well, and without a policy a stranger's address would only be looked up in vain.
  const quiet = PAYLOADS.map((payload) => payload.replaceAll(/https:\/\/evil\.example/g, 'data:,'));
  await openFile(page, 'story.html', `<!doctype html><p>${filler}</p>${quiet.map((payload) => `<p>“We read ${payload} aloud,” said Ana Ruiz.</p>`).join('\n')}`, 'text/html');
  for (const payload of quiet.slice(0, 20)) await paste(page, filler, `<article><p>${filler}</p><p>“We read ${payload} aloud,” said Ana Ruiz.</p></article>`);
  await page.waitForTimeout(200);
  assert.deepEqual(await page.evaluate(() => globalThis.executed), []);
});

test('in HTML that is opened, and in HTML that is pasted', async () => {
  const page = await watched({ refused: /Content Security Policy/ });
  const filler = 'The council of Porto met for seven hours on Monday to talk about the bridge. '.repeat(5);
  const markup = `<!doctype html><title>${PAYLOADS[29]}</title><p>${filler}</p>${PAYLOADS.map((payload) => `<p>“We read ${payload} aloud,” said Ana Ruiz.</p>`).join('\n')}<p>${filler}</p>`;
  await openFile(page, 'story.html', markup, 'text/html');
  assert.match(await page.locator('#article').innerText(), /council of Porto/);
  await isInert(page, { parsed: true });
  // Each alone: one that swallows the rest of a page must not hide the others.
  for (const payload of PAYLOADS) {
    await paste(page, `${filler}“We read aloud,” said Ana Ruiz.`, `<article><h1>${payload}</h1><p>${filler}</p><p>“We read ${payload} aloud,” said Ana Ruiz.</p></article>`);
  }
  await isInert(page, { parsed: true });
});

test('in text that is pasted, in Markdown, in a Word document', async () => {
  const page = await watched({ refused: /Content Security Policy/ });
  await paste(page, STORY);
  await isInert(page, { parsed: true });
  await openFile(page, 'story.md', PAYLOADS.map((payload) => `# ${payload}\n\n“We [read](javascript:pwn()) ![it](https://evil.example/p.png) ${payload},” said Ana Ruiz.\n`).join('\n'));
  await isInert(page, { parsed: true });
  const escaped = (words) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\0', '');
  const body = PAYLOADS.map((payload) => `<w:p><w:r><w:t>“We read ${escaped(payload)},” said Ana Ruiz.</w:t></w:r></w:p>`).join('');
  const xml = `<?xml version="1.0"?><?xml-stylesheet href="https://evil.example/x.xsl" type="text/xsl"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:h="http://www.w3.org/1999/xhtml"><h:script>pwn()</h:script><h:img src="https://evil.example/d.png" onerror="pwn()"/><w:body>${body}</w:body></w:document>`;
  await openFile(page, 'story.docx', zipSync({ 'word/document.xml': strToU8(xml) }));
  assert.match(await page.locator('#article').innerText(), /<script>pwn\(\)<\/script>/);
  await isInert(page, { parsed: true });
});

test('in every field of an annotation that is opened', async () => {
  const page = await watched();
  for (const [index, payload] of PAYLOADS.entries()) {
    await openFile(page, 'saved.json', JSON.stringify({ ...hostileAnnotation(payload, index), text: QUIET, title: payload, url: payload }), 'application/json');
    if (index % 20 === 0) await isInert(page);
  }
  await isInert(page);
});

test('in corrections that come with an annotation', async () => {
  const page = await watched();
  const names = ['toString', 'constructor', '__proto__', 'hasOwnProperty', 'valueOf'];
  const edits = [
    { op: 'rename', id: 'e1', name: '<img src=x onerror=pwn()>' },
    { op: 'rename', id: '__proto__', name: 'polluted' },
    { op: 'retype', id: 'e1', type: 'constructor' },
    ...names.map((op) => ({ op, id: 'e1', name: 'x' })),
    null,
    7,
  ];
  for (const edit of [...edits, edits]) {
    const raw = hostileAnnotation('Ana Ruiz', 0);
    await openFile(page, 'saved.json', JSON.stringify({ ...raw, text: QUIET, title: 'x', raw, edits: [edit].flat() }), 'application/json');
    // Not `innerText`: before the next frame, text whose place on the screen is not decided yet counts as unseen.
    assert.match(await page.locator('#article').textContent(), /said Ana Ruiz/, `the article stands after ${JSON.stringify(edit)}`);
    assert.ok((await page.locator('#article mark').count()) > 0, `its names stand after ${JSON.stringify(edit)}`);
  }
  await isInert(page);
});

test('JSON that reaches for the prototype changes nothing for anybody else', async () => {
  const page = await watched();
  const plain = JSON.stringify({ ...hostileAnnotation('Ana Ruiz', 0), text: QUIET, title: 'x' });
  const poison = '"__proto__":{"polluted":"yes","toString":"x"},"constructor":{"prototype":{"polluted":"yes"}}';
  for (const json of [
    plain.replace(/^\{/, `{${poison},`),
    plain.replaceAll('{"id"', `{${poison},"id"`),
    plain.replaceAll('{"start"', `{${poison},"start"`),
    plain.replace('"entities":[', `"entities":[{${poison},"id":"__proto__","type":"PERSON","name":"__proto__","aliases":["constructor"],"roles":[],"salience":1,"mentions":[]},`),
    plain.replaceAll('"e1"', '"__proto__"'),
    plain.replaceAll('"e1"', '"constructor"'),
    plain.replaceAll('"PERSON"', '"__proto__"'),
    plain.replaceAll('"PERSON"', '"constructor"'),
  ]) {
    await openFile(page, 'saved.json', json, 'application/json');
    await isInert(page);
    assert.equal(await page.locator('#article mark.doubtful').count(), 0, `no name is hidden by ${json.slice(0, 80)}`);
  }
});

test('in the address of the page', async () => {
  // What is not there is answered by this page's own server.
  const page = await watched({ refused: /status of 40[04]/ });
  for (const payload of [PAYLOADS[2], PAYLOADS[25]]) {
    const encoded = encodeURIComponent(payload);
    for (const hash of [`article=${encoded}`, `sample=${encoded}`, `article=https://evil.example/a.txt`, `article=javascript:pwn()`, `tab=${encoded}&search=${encoded}&hide=${encoded}`, 'article=//evil.example/a']) {
      await page.goto('about:blank');
      await page.goto(`${PAGE}#${hash}`);
      await settled(page);
      await watch(page);
    }
  }
  await isInert(page);
});

test('in options, known entities and texts given to the package, in its own element too', async () => {
  const page = await watched();
  await page.evaluate(
    async ({ payloads, quiet }) => {
      const { analyze, init, render, highlight, applyEdits, toHTML, toMarkdown, speakerShares } = await import('./npm/index.js');
      const { PressArticle } = await import('./npm/element.js');
      PressArticle.define();
      await init();
      for (const payload of payloads) {
        const text = `${quiet} “We read ${payload},” said ${payload} Ruiz. Ana ${payload} left.`;
        const knownEntities = [
          { name: payload, type: 'PERSON', aliases: ['Ana Ruiz', payload], id: payload },
          { name: 'Porto', type: 'PLACE', aliases: [], id: `javascript:pwn()//${payload}` },
        ];
        const annotation = analyze(text, { knownEntities, explain: true });
        const place = document.createElement('div');
        place.append(render(text, annotation));
        document.body.append(place);
        speakerShares(text, annotation);
        toMarkdown(text, annotation);
        toHTML(text, annotation, { title: payload, url: payload, lang: payload });
        for (const options of [{ types: [payload] }, { [payload]: true }, { knownEntities: [{ name: payload, type: payload }] }, JSON.parse('{"__proto__":{"polluted":1}}'), JSON.parse('{"knownEntities":[{"__proto__":{"polluted":1},"name":"x","type":"PERSON"}]}')]) {
          try {
            analyze(text, options);
          } catch (error) {
            document.body.append(error.message);
          }
        }
        const live = document.createElement('div');
        live.textContent = text;
        document.body.append(live);
        try {
          highlight(live, annotation);
        } catch (error) {
          document.body.append(String(error.message));
        }
        if (annotation.entities[0]) applyEdits(annotation, [{ op: 'rename', id: annotation.entities[0].id, name: payload }]);
        const element = document.createElement('press-article');
        for (const name of ['types', 'mode', 'list', 'min-confidence']) element.setAttribute(name, payload);
        element.textContent = text;
        document.body.append(element);
      }
      await new Promise((resolve) => setTimeout(resolve, 1500));
      const shadows = [...document.querySelectorAll('press-article')].flatMap(({ shadowRoot }) => [...(shadowRoot?.querySelectorAll('script,img,iframe,[onerror],[onload],[onfocus]') ?? [])]);
      if (shadows.length) globalThis.executed.push(shadows[0].outerHTML);
    },
    { payloads: PAYLOADS, quiet: QUIET },
  );
  await isInert(page);
});

test('what is exported is inert, with its policy and without any', async () => {
  const exporter = await watched();
  const pages = await exporter.evaluate(
    async ({ payloads, story, annotations, quiet }) => {
      const { analyze, init, toHTML } = await import('./npm/index.js');
      await init();
      return [
        toHTML(story, analyze(story), { title: payloads.join(' '), url: 'javascript:pwn()' }),
        ...payloads.map((payload, index) => toHTML(quiet, annotations[index], { title: payload, url: `https://news.example/${payload}`, lang: payload })),
      ];
    },
    { payloads: PAYLOADS, story: STORY, annotations: PAYLOADS.map(hostileAnnotation), quiet: QUIET },
  );
  assert.equal(pages.length, PAYLOADS.length + 1);
  const reader = await newPage({ bypassCSP: true, fresh: true });
  await reader.addInitScript(() => {
    globalThis.executed = [];
    globalThis.pwn = () => void globalThis.executed.push('pwn');
    for (const name of ['alert', 'confirm', 'prompt', 'open']) globalThis[name] = () => void globalThis.executed.push(name);
  });
  for (const markup of pages) {
    assert.match(markup, /http-equiv="Content-Security-Policy" content="default-src 'none'/);
    for (const shown of [markup, markup.replace(/<meta http-equiv[^>]*>/, '')]) {
      await reader.goto('about:blank');
      await reader.setContent(shown);
      const found = await reader.evaluate(() => ({
        executed: globalThis.executed,
        strange: [...document.querySelectorAll('script,img,iframe,object,embed,base,form,input,link,svg,math,video,template,noscript')].map((element) => element.outerHTML.slice(0, 200)),
        handlers: [...document.querySelectorAll('*')].filter((element) => [...element.attributes].some(({ name }) => name.startsWith('on'))).length,
        links: [...document.links].map(({ protocol }) => protocol).filter((protocol) => !/^https?:$/.test(protocol)),
      }));
      assert.deepEqual(found, { executed: [], strange: [], handlers: 0, links: [] });
    }
  }
});
