// The page in Chromium: until it can be used, from paste to painted highlights, and how long it ever blocks its thread.
import { fileURLToPath, pathToFileURL } from 'node:url';
import { joined } from '../measure/texts.mjs';
import { short, spread, table } from '../numbers.mjs';

export const title = 'The page in Chromium';

const ROUNDS = 5;
const LONG = 1_000_000;

export async function measure({ chromium: executablePath, page: address, texts, say }) {
  // Kept with the tests' tools.
  const { chromium } = await import(pathToFileURL(fileURLToPath(new URL('../../tests/node_modules/playwright-core/index.mjs', import.meta.url))));
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'] });
  const found = { version: browser.version(), interactive: [], again: [], paste: [] };
  try {
    const article = thousandWords(joined(texts, 100_000));
    for (let round = 0; round < ROUNDS; round++) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      found.interactive.push(await interactive(page, address));
      found.paste.push(await paste(page, article));
      // The second visit: files and compiled wasm come from the browser's own stores.
      found.again.push(await interactive(page, address));
      await context.close();
      say(`  round ${round + 1} of ${ROUNDS}`);
    }
    const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
    await interactive(page, address);
    found.long = await paste(page, joined(texts, LONG));
    found.tabs = await lookAround(page);
  } finally {
    await browser.close();
  }
  return found;
}

const thousandWords = (text) => text.split(/(?<=\s)/).slice(0, 1000).join('');

/** Milliseconds from the request to an article that stands with its marks and can be used. */
async function interactive(page, address) {
  await page.goto(address);
  await page.waitForFunction(() => performance.getEntriesByName('pressmark: interactive').length > 0, undefined, { timeout: 120_000 });
  return page.evaluate(() => performance.getEntriesByName('pressmark: interactive')[0].startTime);
}

/** Pastes a text as a reader does. */
function paste(page, text) {
  return traced(page, (text) => {
    const article = document.querySelector('#article');
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const start = performance.now();
    // A mark of the old article is no mark of the new one.
    const old = article.firstElementChild;
    const when = (isSo, options) =>
      new Promise((resolve) => {
        const watch = new MutationObserver(() => {
          if (!isSo()) return;
          watch.disconnect();
          resolve(frame().then(() => performance.now() - start));
        });
        watch.observe(article, options);
      });
    const seen = when(() => article.firstElementChild !== old && article.querySelector('mark'), { childList: true });
    const whole = when(() => article.getAttribute('aria-busy') === 'false', { attributeFilter: ['aria-busy'] });
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    return Promise.all([seen, whole]).then(([seen, whole]) => ({ seen, whole }));
  }, text);
}

/** What a reader does with a long article, and the longest task that each thing costs the page's thread. */
async function lookAround(page) {
  const click = (selector) => [(selector) => document.querySelector(selector).click(), selector];
  const type = (selector, value) => [
    ([selector, value]) => {
      const field = document.querySelector(selector);
      field.value = value;
      field.dispatchEvent(new Event('input'));
    },
    [selector, value],
  ];
  const actions = {
    'the quotes': click('#tab-quotes'),
    'the links': click('#tab-links'),
    'the dates': click('#tab-dates'),
    'the names': click('#tab-names'),
    'a name chosen': click('.card-head'),
    'its next mention': click('[data-focus=next]'),
    'a type hidden': click('.legend-type'),
    'a type shown': click('.legend-type'),
    'the slider': type('#confidence', '0.5'),
    'a search': type('#search', 'an'),
    'to the end': [() => scrollTo(0, document.documentElement.scrollHeight)],
  };
  const found = {};
  for (const [name, [act, argument]] of Object.entries(actions)) found[name] = (await traced(page, act, argument)).longest;
  return found;
}

/**
 * Does something in the page and has the browser trace its threads: milliseconds of the processor that the page's own thread
 * and the workers took, and the longest of the page's tasks by that measure, which other programs do not lengthen.
 */
async function traced(page, act, argument) {
  const browser = page.context().browser();
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] });
  const result = await page.evaluate(
    async ([act, argument]) => {
      performance.mark('bench: start');
      const result = await new Function(`return (${act})`)()(argument);
      // What follows in idle time belongs to it.
      await new Promise((resolve) => setTimeout(resolve, 700));
      performance.mark('bench: end');
      return result;
    },
    [String(act), argument],
  );
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const [start, end] = ['bench: start', 'bench: end'].map((name) => traceEvents.find((event) => event.name === name));
  const threads = new Map(traceEvents.filter(({ name }) => name === 'thread_name').map(({ pid, tid, args }) => [`${pid} ${tid}`, args.name]));
  const tasks = traceEvents.filter(({ name, ts, pid, tdur }) => name === 'ThreadControllerImpl::RunTask' && pid === start.pid && tdur && ts >= start.ts && ts <= end.ts);
  const own = tasks.filter(({ tid }) => tid === start.tid).map(({ tdur }) => tdur / 1000);
  const workers = tasks.filter(({ pid, tid }) => /Worker/.test(threads.get(`${pid} ${tid}`))).map(({ tdur }) => tdur / 1000);
  const sum = (all) => all.reduce((sum, one) => sum + one, 0);
  return { ...result, own: sum(own), workers: sum(workers), longest: Math.max(0, ...own), over: own.filter((one) => one > 50).length };
}

export function report({ version, interactive, again, paste, long, tabs }) {
  const tasks = (all) => {
    const over = all.reduce((sum, { over }) => sum + over, 0);
    return `${over ? `${over}; ` : ''}the longest ${short(Math.max(...all.map(({ longest }) => longest)))} ms`;
  };
  const rows = [
    ['first visit: from the request to an article that can be used', `${spread(interactive)} ms`, 'under 1,000 ms'],
    ['second visit', `${spread(again)} ms`, ''],
    ['1,000 words, from paste to painted highlights', `${spread(paste.map(({ seen }) => seen))} ms`, 'under 100 ms'],
    ['… processor, page and worker', `${spread(paste.map(({ own, workers }) => own + workers))} ms`, ''],
    ['… tasks of over 50 ms on the page’s thread', tasks(paste), 'none'],
    ['1 MB, from paste to the first painted highlights', `${short(long.seen)} ms`, ''],
    ['… until all of it stands', `${short(long.whole)} ms`, ''],
    ['… processor, page and worker', `${short(long.own)} and ${short(long.workers)} ms`, ''],
    ['… tasks of over 50 ms on the page’s thread', tasks([long]), 'none'],
    ...Object.entries(tabs).map(([name, longest]) => [`1 MB, ${name}: the longest task`, `${short(longest)} ms`, 'under 50 ms']),
  ];
  return `${table(['', 'measured', 'wanted'], rows)}\nChromium ${version}, served from the same machine. The first lines are times of the clock; tasks are measured by the processor.\n`;
}
