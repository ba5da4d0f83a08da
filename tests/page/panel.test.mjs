// What the panel shows and how it goes with the article.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { PAGE, closePages, newPage, openGold, screenshot, settled } from './browser.mjs';

afterEach(closePages);

const NAME = 'dev/al-tirana-incinerator';
const decoration = (mark) => mark.evaluate((element) => getComputedStyle(element).textDecorationLine);

test('the legend hides a type in the text and in the list, and this is kept', async () => {
  const page = await newPage();
  await openGold(page, NAME);
  const place = page.locator('#article mark.pm-place').first();
  assert.match(await decoration(place), /underline/);
  await page.locator('.legend-type', { hasText: 'Places' }).click();
  assert.equal(await decoration(place), 'none');
  assert.equal(await page.locator('.group.type-place').count(), 0);
  await page.reload();
  await settled(page);
  assert.equal(await page.locator('.legend-type', { hasText: 'Places' }).getAttribute('aria-pressed'), 'false');
  await page.locator('.legend-type', { hasText: 'Places' }).click();
  assert.ok((await page.locator('.group.type-place').count()) > 0);
});

test('the slider hides doubtful finds and says how many; each type has its own, and it is kept', async () => {
  const page = await newPage();
  const { annotation } = await openGold(page, NAME);
  // The list is as long as it gets once it has not grown for a while.
  const count = () => page.locator('.card').count();
  let all;
  do {
    all = await count();
    await page.waitForTimeout(200);
  } while (all === 0 || (await count()) > all);
  await page.locator('#confidence').fill('0.95');
  // No annotated quote is surer than 0.9.
  assert.match(await page.locator('.filter-hidden').textContent(), new RegExp(`\\b${annotation.quotes.length} quotes hidden$`));
  assert.ok((await count()) <= all);
  // The article follows when the page has time.
  await page.locator('#article mark.doubtful').first().waitFor({ state: 'attached' });
  await page.locator('#confidence').fill('0');
  assert.equal(await page.locator('#article .doubtful').count(), 0);
  await page.locator('.filter-details summary').click();
  await page.locator('#confidence-quote').fill('0.8');
  assert.match(await page.locator('.filter-hidden').textContent(), /^\d quotes hidden$/);
  await page.reload();
  await settled(page);
  await openGold(page, NAME);
  assert.match(await page.locator('.filter-hidden').textContent(), /^\d quotes hidden$/);
});

test('what is not selected steps back', async () => {
  const page = await newPage();
  await openGold(page, NAME);
  const other = page.locator('#article mark', { hasText: 'Durrës' });
  const before = await other.evaluate((mark) => getComputedStyle(mark).textDecorationColor);
  await page.locator('.card-head', { hasText: 'Arjana Kodheli' }).click();
  assert.notEqual(await other.evaluate((mark) => getComputedStyle(mark).textDecorationColor), before);
  assert.ok(await page.locator('#article .pm-quote', { hasText: 'What they burned' }).evaluate((quote) => quote.classList.contains('lit')), 'her quote is lit with her name');
});

test('quotes stand under their speakers with shares of all quoted words', async () => {
  const page = await newPage();
  await openGold(page, NAME);
  await page.getByRole('tab', { name: 'Quotes' }).click();
  const shares = await page.locator('.share-value').allTextContents();
  const numbers = shares.map((share) => parseInt(share, 10));
  assert.deepEqual(numbers, [...numbers].sort((a, b) => b - a));
  assert.ok(Math.abs(numbers.reduce((sum, one) => sum + one, 0) - 100) <= numbers.length, `${numbers}`);
  await page.locator('.quote-text', { hasText: 'The fish stinks' }).click();
  const piece = page.locator('#article .pm-quote.current');
  assert.match(await piece.first().textContent(), /The fish stinks/);
  assert.ok(await piece.first().evaluate((element) => element.getBoundingClientRect().top < innerHeight));
});

test('search finds names by any of their words and quotes by what is said', async () => {
  const page = await newPage();
  await openGold(page, NAME);
  await page.fill('#search', 'spak');
  assert.deepEqual(await page.locator('.card-name').allTextContents(), ['Special Structure against Corruption and Organized Crime']);
  await page.fill('#search', 'certificate');
  await page.getByRole('tab', { name: 'Quotes' }).click();
  assert.deepEqual(await page.locator('.speaker-name .link').allTextContents(), ['Lefter Gjoka']);
});

test('the graph shows who is named together and who speaks about whom, and a list says the same', async () => {
  const page = await newPage();
  await openGold(page, NAME);
  await page.getByRole('tab', { name: 'Links' }).click();
  await page.locator('.graph-node').first().waitFor();
  assert.ok((await page.locator('.graph-line').count()) > 5);
  assert.match(await page.locator('.graph-list').textContent(), /Tirana and Sharra|Sharra and Tirana/);
  await page.getByRole('button', { name: 'Speaks about' }).click();
  const about = page.locator('.edge', { hasText: 'Flamur Çela on Rilindja Square' });
  await about.waitFor();
  await page.locator('.graph-node', { hasText: 'Çela' }).first().waitFor();
  // No label leaves the panel, once the picture lies where it stays.
  await page.waitForFunction(() => {
    const panel = document.querySelector('#panel').getBoundingClientRect();
    const labels = [...document.querySelectorAll('.graph-node text')].map((label) => label.getBoundingClientRect());
    return labels.length > 0 && labels.every((label) => label.left >= panel.left && label.right <= panel.right);
  });
  await about.getByRole('button', { name: 'Flamur Çela' }).click();
  assert.match(await page.locator('#article mark.current').textContent(), /Flamur Çela/);
  await screenshot(page, 'links');
});

test('the time line has the dates in the order of the calendar', async () => {
  const page = await newPage();
  await openGold(page, NAME);
  await page.getByRole('tab', { name: 'Dates' }).click();
  const labels = await page.locator('.timeline').first().locator('.timeline-label').allTextContents();
  assert.deepEqual(labels, ['2013', '2017', '2018', '2020', '2023', 'October 2024']);
  assert.deepEqual(await page.locator('.timeline.loose .timeline-label').allTextContents(), ['Tuesday', 'Monday']);
  await page.locator('.timeline-date', { hasText: 'October 2024' }).click();
  assert.equal(await page.locator('#article mark.current').textContent(), 'October 2024');
});

test('the strip shows where the selected name stands, and a click goes there', async () => {
  const page = await newPage();
  await openGold(page, NAME);
  const inked = () =>
    page.evaluate(async () => {
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const canvas = document.querySelector('#minimap');
      const { data } = canvas.getContext('2d').getImageData(0, 0, 3, canvas.height);
      return data.filter((_, index) => index % 4 === 3).reduce((sum, alpha) => sum + (alpha > 200), 0);
    });
  const before = await inked();
  await page.locator('.card-head', { hasText: 'Albania' }).first().click();
  assert.ok((await inked()) > before);
  await page.evaluate(() => scrollTo(0, 0));
  const box = await page.locator('#minimap').boundingBox();
  await page.mouse.click(box.x + 5, box.y + box.height - 4);
  await page.waitForFunction(() => scrollY > 200);
});

test('the address restores the view but holds no word of the text', async () => {
  const page = await newPage({ address: `${PAGE}#sample=senate` });
  await page.getByRole('tab', { name: 'Quotes' }).click();
  await page.locator('.quote-text').nth(2).click();
  const id = await page.locator('.quote-item.selected').getAttribute('data-quote');
  await page.waitForFunction((id) => location.hash.includes(`at=${id}`), id);
  await page.reload();
  await settled(page);
  assert.equal(await page.locator('.quote-item.selected').getAttribute('data-quote'), id);
  assert.equal(await page.locator('#sample').inputValue(), 'senate');
  assert.doesNotMatch(await page.evaluate(() => location.href), /Thibodaux|manual/);
});

test('all names of a type, and a quote with its speaker, go to the clipboard', async () => {
  const page = await newPage({ permissions: ['clipboard-read', 'clipboard-write'] });
  await openGold(page, NAME);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole('button', { name: 'Copy all groups' }).click();
  // The clipboard takes its time.
  await page.getByText('Groups copied.', { exact: true }).waitFor();
  assert.deepEqual((await clipboard()).split('\n').sort(), ['Greek', 'Italian']);
  await page.getByRole('tab', { name: 'Quotes' }).click();
  await page.locator('.quote-item', { hasText: 'The fish stinks' }).getByRole('button', { name: 'Copy' }).click();
  assert.equal(await clipboard(), '“The fish stinks from Rilindja Square,” — Flamur Çela, Prosecutors seize villa, vineyard in Tirana waste probe');
});
