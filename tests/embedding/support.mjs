// A small server with headers of one's choice, and Chromium.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

/** The package as it is published. */
export const NPM = join(process.env.PRESSMARK_PACKED ?? fileURLToPath(new URL('../../target/npm', import.meta.url)), '/');
const TYPES = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.html': 'text/html; charset=utf-8', '.json': 'application/json' };

/** Serves the package under `/pressmark/` and `pages` (path → markup, or {body, type, headers}); answers with its address. */
export async function serve(pages = {}, { headers = {}, packageHeaders = {}, folder = NPM } = {}) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const page = pages[path];
    if (page !== undefined) {
      const { body, type = 'text/html; charset=utf-8', headers: own = {} } = typeof page === 'string' ? { body: page } : page;
      return response.writeHead(200, { 'Content-Type': type, ...headers, ...own }).end(body);
    }
    try {
      if (!path.startsWith('/pressmark/')) throw new Error('outside');
      const file = normalize(join(folder, path.slice('/pressmark/'.length)));
      if (!file.startsWith(normalize(folder))) throw new Error('outside');
      response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream', ...packageHeaders }).end(readFileSync(file));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A page that a failed test left open holds nothing up.
  const close = () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections()));
  return { origin: `http://127.0.0.1:${server.address().port}`, close };
}

export function launch() {
  return chromium.launch({
    executablePath: process.env.PRESSMARK_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** A page that keeps its errors: console, exceptions, policy violations. */
export async function open(browser, address, options = {}) {
  const page = await browser.newPage(options);
  page.problems = [];
  page.on('pageerror', (error) => page.problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && !/favicon/.test(message.location().url) && page.problems.push(message.text()));
  page.setDefaultTimeout(15_000);
  await page.goto(address);
  return page;
}

/** Markup of a whole page. */
export const html = (body, head = '') => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Test</title><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`;

/** An article as a newspaper's page has it. */
export const ARTICLE = `<h1>Porto plans to rebuild its old bridge</h1>
<p>The mayor of Porto, Ana Ruiz, said on Tuesday that the city would <em>rebuild</em> the Dom Luís Bridge.</p>
<nav>Read more: Lisbon news</nav>
<p>“We will rebuild,” Ruiz said. “It will take <b>two years</b>.”</p>
<p>The Red Cross praised the plan. Ruiz thanked the Red Cross and the European Union.</p>`;
