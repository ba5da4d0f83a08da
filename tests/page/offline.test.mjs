// Nothing leaves the page, and after the first visit it needs nothing either.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { PAGE, closePages, newPage, openGold, paste, settled } from './browser.mjs';

afterEach(closePages);

test('from paste to save no request goes out, to whatever host', async () => {
  const page = await newPage();
  await page.getByRole('tab', { name: 'Links' }).click();
  await page.locator('.graph-node').first().waitFor();
  await page.getByRole('tab', { name: 'Names' }).click();
  // The browser asks for the tab's picture anew whenever the address changes; nothing else is asked for.
  const requests = [];
  page.context().on('request', (request) => /^(data|blob):|\/icon\.svg$/.test(request.url()) || requests.push(request.url()));
  await paste(page, 'Ana Ruiz said: “Nobody shall know.” <img src="https://tracker.example/p.gif">', '<p>Ana Ruiz said: “Nobody shall know.”</p><img src="https://tracker.example/p.gif"><link rel=stylesheet href="https://tracker.example/x.css">');
  await page.locator('.card', { hasText: 'Ana Ruiz' }).locator('.card-head').click();
  for (const tab of ['Quotes', 'Links', 'Dates', 'Names']) await page.getByRole('tab', { name: tab }).click();
  await page.click('#save');
  await Promise.all([page.waitForEvent('download'), page.click('#save-json')]);
  assert.deepEqual(requests, []);
});

test('the policy lets no foreign or inline script run and no text become markup', async () => {
  const page = await newPage({ refused: /Content Security [Pp]olicy|requires 'Trusted/ });
  const refused = await page.evaluate(() => {
    const tries = {
      markup: () => (document.createElement('p').innerHTML = '<b>x</b>'),
      script: () => (document.createElement('script').src = './sw.js'),
      worker: () => new Worker('./sw.js'),
      policy: () => trustedTypes.createPolicy('other', {}),
    };
    return Object.entries(tries)
      .filter(([, attempt]) => {
        try {
          attempt();
          return false;
        } catch {
          return true;
        }
      })
      .map(([name]) => name);
  });
  assert.deepEqual(refused, ['markup', 'script', 'worker', 'policy']);
  // In a task of its own: what the debugger itself runs may evaluate.
  const evaluated = await page.evaluate(() => new Promise((done) => setTimeout(() => {
    try {
      done(eval('1'));
    } catch {
      done('refused');
    }
  })));
  assert.equal(evaluated, 'refused');
  const foreign = await page.evaluate(() => fetch('https://tracker.example/').then(() => 'sent', () => 'refused'));
  assert.equal(foreign, 'refused');
  const policy = (await (await fetch(PAGE)).headers).get('content-security-policy');
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|https?:/);
});

test('after the first visit the page opens, reads and draws without a network', async () => {
  const page = await newPage({ serviceWorkers: 'allow' });
  await page.evaluate(() => navigator.serviceWorker.ready);
  const manifest = await page.evaluate(async () => (await fetch(document.querySelector('link[rel=manifest]').href)).json());
  assert.equal(manifest.display, 'standalone');
  await page.context().setOffline(true);
  await page.reload();
  await settled(page);
  assert.ok((await page.locator('#article mark').count()) > 5);
  await page.selectOption('#sample', 'copper');
  await page.waitForFunction(() => document.querySelector('#article').innerText.includes('Andes Cobre'));
  await page.getByRole('tab', { name: 'Links' }).click();
  await page.locator('.graph-node').first().waitFor();
});

test('the service worker keeps all files of one version, or none', async () => {
  const page = await newPage({ serviceWorkers: 'allow' });
  await page.evaluate(() => navigator.serviceWorker.ready);
  const worker = await (await fetch(`${PAGE}sw.js`)).text();
  const [, version, list] = /^const VERSION = "([0-9a-f]{16})", FILES = (\[.*\]);\n/.exec(worker);
  const kept = await page.evaluate(async () => Object.fromEntries(await Promise.all((await caches.keys()).map(async (name) => [name, (await (await caches.open(name)).keys()).map(({ url }) => url)]))));
  assert.deepEqual(Object.keys(kept), [`pressmark-${version}`]);
  assert.deepEqual(kept[`pressmark-${version}`].sort(), JSON.parse(list).map((file) => new URL(file, PAGE).href).sort());
  assert.ok(list.includes('pressmark_bg.wasm'));
});

test('a program that does not come is told, and asked for again with the next text', async () => {
  const page = await newPage({ address: `${PAGE}manifest.webmanifest`, refused: /ERR_FAILED|Failed to load/, wait: async () => {} });
  let comes = false;
  await page.route('**/*.wasm', (route) => (comes ? route.continue() : route.abort()));
  await page.goto(PAGE);
  await page.locator('#status .problem').waitFor();
  // The sample asks for it as well.
  await page.waitForLoadState('networkidle');
  assert.match(await page.locator('#status').textContent(), /could not be loaded/);
  comes = true;
  await paste(page, 'Ana Ruiz said: “It is back.”');
  assert.equal(await page.locator('#article mark.pm-person').textContent(), 'Ana Ruiz');
});
