// Without a mouse, without sight, on small screens, on paper.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterEach, test } from 'node:test';
import { closePages, newPage, openGold, screenshot } from './browser.mjs';

afterEach(closePages);

const NAME = 'dev/al-tirana-incinerator';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds against WCAG 2.2 AA. Only Playwright's own world may run it: the page's policy keeps its script out. */
async function violations(page) {
  const client = await page.context().newCDPSession(page);
  await client.send('Page.enable');
  const { frameTree } = await client.send('Page.getFrameTree');
  const { executionContextId } = await client.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id });
  await client.send('Runtime.evaluate', { contextId: executionContextId, expression: `${AXE};0` });
  const { result } = await client.send('Runtime.evaluate', {
    contextId: executionContextId,
    awaitPromise: true,
    returnByValue: true,
    expression: `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
      .then(({ violations, passes }) => ({ passes: passes.length, violations: violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html, failureSummary }) => html.slice(0, 160) + ' ' + failureSummary).join(' | ')) }))`,
  });
  assert.ok(result.value.passes > 10, 'axe has run');
  return result.value.violations;
}

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing in any view, ${colorScheme}`, async () => {
    const page = await newPage({ colorScheme });
    await openGold(page, NAME);
    await page.locator('.card-head').first().click();
    await page.evaluate(() => (document.querySelector('.card.selected .correct').open = true));
    assert.deepEqual(await violations(page), []);
    await page.getByRole('tab', { name: 'Quotes' }).click();
    await page.locator('.quote-text').nth(2).click();
    await page.evaluate(() => (document.querySelector('.quote-item.selected .correct').open = true));
    assert.deepEqual(await violations(page), []);
    await page.getByRole('tab', { name: 'Links' }).click();
    await page.locator('.graph-node').first().waitFor();
    assert.deepEqual(await violations(page), []);
    await page.getByRole('tab', { name: 'Dates' }).click();
    await page.click('#save');
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press('Escape');
    await page.click('#help');
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press('Escape');
    await screenshot(page, `page-${colorScheme}`);
  });
}

test('everything has a key', async () => {
  const page = await newPage();
  await openGold(page, NAME);
  const current = () => page.locator('#article .current').first().textContent();
  await page.keyboard.press('j');
  const first = await current();
  await page.keyboard.press('Escape');
  await page.keyboard.press('J');
  assert.equal(await current(), first);
  await page.keyboard.press('J');
  assert.notEqual(await current(), first);
  await page.keyboard.press('K');
  assert.equal(await current(), first);
  // Tirana, in the headline and again: j stays with the name.
  await page.keyboard.press('j');
  assert.equal((await current()).toLowerCase(), first.toLowerCase());
  await page.keyboard.press('q');
  const quote = await page.locator('.quote-item.selected').getAttribute('data-quote');
  await page.keyboard.press('q');
  await page.keyboard.press('Q');
  assert.equal(await page.locator('.quote-item.selected').getAttribute('data-quote'), quote);
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'search');
  await page.keyboard.type('jq');
  assert.equal(await page.locator('#search').inputValue(), 'jq');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#search').inputValue(), '');
  await page.keyboard.press('Escape');
  for (const [key, tab] of [['2', 'Quotes'], ['3', 'Links'], ['4', 'Dates'], ['1', 'Names']]) {
    await page.keyboard.press(key);
    assert.equal(await page.locator('[role="tab"][aria-selected="true"] > span').first().textContent(), tab);
  }
  await page.keyboard.press('?');
  assert.ok(await page.locator('dialog.help').isVisible());
  await page.locator('#shortcuts').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('2');
  assert.equal(await page.locator('[role="tab"][aria-selected="true"] > span').first().textContent(), 'Names', 'single keys can be switched off');
});

test('the focus is seen wherever it goes, and results are told', async () => {
  const page = await newPage();
  assert.equal(await page.locator('#status').getAttribute('role'), 'status');
  const seen = new Set();
  for (let count = 0; count < 25; count++) {
    await page.keyboard.press('Tab');
    const { name, outline } = await page.evaluate(() => {
      const { activeElement: element } = document;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return { name: `${element.localName}#${element.id}.${element.className}`, outline: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 };
    });
    assert.ok(outline, name);
    seen.add(name);
  }
  assert.ok(seen.size > 10, 'the focus goes on');
});

test('at 360 pixels the article fills the screen, nothing sticks out, and lists are a sheet', async () => {
  const page = await newPage({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true });
  await openGold(page, NAME);
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok((await overflow()) <= 0);
  const panelHeight = () => page.locator('#panel').evaluate((panel) => panel.getBoundingClientRect().height);
  assert.ok((await panelHeight()) < 80);
  await page.locator('#article mark.pm-person').first().tap();
  assert.ok(await page.locator('#selection').isVisible());
  await screenshot(page, 'phone');
  await page.getByRole('tab', { name: 'Quotes' }).tap();
  assert.ok((await panelHeight()) > 400);
  assert.ok((await overflow()) <= 0);
  await page.locator('.quote-text').first().waitFor();
  await screenshot(page, 'phone-list');
  await page.getByRole('button', { name: 'Close the list' }).tap();
  assert.ok((await panelHeight()) < 80);
  const targets = await page.locator('button:visible, select:visible').evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).filter(({ width, height }) => width < 24 || height < 24).length);
  assert.equal(targets, 0, 'nothing to tap is smaller than 24 pixels');
});

test('on paper there is the article and its lists, nothing to press', async () => {
  const page = await newPage();
  await openGold(page, NAME);
  await page.emulateMedia({ media: 'print' });
  for (const gone of ['.bar', '#minimap', '.panel-head', '.card-salience']) assert.equal(await page.locator(gone).first().isVisible(), false, gone);
  assert.ok(await page.locator('#article h1').isVisible());
  assert.ok(await page.locator('.card-name').last().isVisible());
  await screenshot(page, 'print', { fullPage: true });
});

test('in forced colours names are still told from text', async () => {
  const page = await newPage({ forcedColors: 'active' });
  await openGold(page, NAME);
  const line = await page.locator('#article mark.pm-person').first().evaluate((mark) => getComputedStyle(mark).textDecorationLine);
  assert.match(line, /underline/);
});
