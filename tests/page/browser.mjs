// One Chromium for a file of tests, and what every test asks of the page.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { gold } from './gold.mjs';

export const PAGE = process.env.PRESSMARK_PAGE ?? 'http://127.0.0.1:7878/';
export const PAGE_WITH_ARTICLE = process.env.PRESSMARK_PAGE_WITH_ARTICLE;

const OUTPUT = fileURLToPath(new URL('../output/', import.meta.url));

let browser;
const opened = [];

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.PRESSMARK_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'],
  });
});
after(() => browser?.close());

/** The page that tests share which ask for nothing special: as a reader finds it, but loaded once. */
let shared;

/**
 * A page without anybody's history; `fresh`, or any other option, gives one of its own. What it asks of other hosts and
 * what goes wrong in it is kept: {@link closePages} fails on either. `refused` are errors that are meant to happen: what the
 * policy keeps from running.
 */
export async function newPage(options = {}) {
  if (Object.keys(options).length) return load(options);
  if (!shared) return (shared = await load({ keep: true }));
  await shared.evaluate(async () => {
    localStorage.clear();
    for (const dialog of document.querySelectorAll('dialog[open]')) dialog.close();
    const { update } = await import('./bundle/main.js');
    update({ tab: 'names', search: '', hiddenTypes: new Set(), confidence: {}, graph: 'together', selected: null });
    localStorage.clear();
    scrollTo(0, 0);
  });
  return shared;
}

async function load({ address = PAGE, serviceWorkers = 'block', refused = /^$/, keep = false, fresh, also = [], wait = settled, ...options }) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  // A busy machine may take its time: what is asserted is what happens, not when.
  page.setDefaultTimeout(120_000);
  const problems = [];
  const { origin } = new URL(address);
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== origin && !also.includes(url.origin)) problems.push(`asked another host: ${url}`);
    if (request.method() !== 'GET') problems.push(`sent something: ${request.method()} ${url}`);
  });
  page.on('pageerror', (error) => problems.push(`error: ${error.stack}`));
  page.on('console', (message) => message.type() === 'error' && !refused.test(message.text()) && problems.push(`console: ${message.text()}`));
  opened.push({ context, problems, keep });
  await page.goto(address);
  await wait(page);
  return page;
}

/** Closes all pages but the shared one; fails if one of them had a problem, or asked another host for anything. */
export async function closePages() {
  const all = opened.splice(0);
  for (const { context, keep } of all) if (!keep) await context.close();
  opened.push(...all.filter(({ keep }) => keep));
  assert.deepEqual(
    all.flatMap(({ problems }) => problems.splice(0)),
    [],
  );
}

/** Waits until the article that was asked for stands. */
export async function settled(page) {
  await page.locator('#article[aria-busy="false"]').waitFor();
}

/** Opens a corpus file as its own markup reads it, the way a reader reopens an exported annotation. */
export async function openGold(page, name) {
  const { title, text, annotation } = gold(name);
  await openFile(page, 'gold.json', JSON.stringify({ ...annotation, text, title }), 'application/json');
  return { text, annotation };
}

export async function openFile(page, name, content, mimeType = 'text/plain') {
  await page.evaluate(() => document.querySelector('#article').setAttribute('aria-busy', 'true'));
  await page.setInputFiles('#file', { name, mimeType, buffer: Buffer.from(content) });
  await settled(page);
}

/** Pastes as a reader does, with what a browser or a word processor puts on the clipboard. */
export async function paste(page, plain, html) {
  await page.evaluate(
    ([plain, html]) => {
      document.querySelector('#article').setAttribute('aria-busy', 'true');
      const clipboardData = new DataTransfer();
      if (plain) clipboardData.setData('text/plain', plain);
      if (html) clipboardData.setData('text/html', html);
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    },
    [plain, html],
  );
  await settled(page);
}

/** Writes a picture into a folder that git ignores. */
export async function screenshot(page, name, options = {}) {
  mkdirSync(OUTPUT, { recursive: true });
  await page.screenshot({ path: `${OUTPUT}${name}.png`, ...options });
}
