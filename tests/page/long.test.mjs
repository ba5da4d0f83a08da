// A text of book length: what is out of sight is brought up to date when it comes into sight, and nothing jumps.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { closePages, newPage, openFile, paste } from './browser.mjs';

afterEach(closePages);

const PLACES = ['Porto', 'Lyon', 'Graz', 'Bergen', 'Turku', 'Malmö'];
/** A chronicle: each of its paragraphs has its own year, and all have the same mayor. */
const chronicle = (paragraphs) =>
  ['The long chronicle of a town council', ...Array.from({ length: paragraphs }, (_, index) => `In ${1700 + index}, Mayor Ana Ruiz went to ${PLACES[index % PLACES.length]} with the council and a large retinue. “We shall pay for the bridge of ${1700 + index} before the winter,” said Ruiz. The people of the town waited for her by the river.`)].join('\n\n');

/** Whether the marks of a type in the paragraph in sight have their line. */
const linesInSight = (page, type) =>
  page.evaluate((type) => {
    const seen = [...document.querySelectorAll(`#article mark.pm-${type}`)].filter((mark) => mark.checkVisibility({ contentVisibilityAuto: true }) && mark.getBoundingClientRect().top > 0 && mark.getBoundingClientRect().bottom < innerHeight);
    return { seen: seen.length, lined: seen.filter((mark) => getComputedStyle(mark).textDecorationLine !== 'none').length };
  }, type);

/** Waits until the page has been still for some frames. */
const still = (page) =>
  page.evaluate(async () => {
    for (let last = -1, same = 0; same < 4; ) {
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30)));
      same = scrollY === last ? same + 1 : 0;
      last = scrollY;
    }
  });

test('what is hidden or selected stays so wherever the reader goes', async () => {
  const page = await newPage();
  await paste(page, chronicle(250));
  await page.locator('.legend-type', { hasText: 'Places' }).click();
  await page.locator('.card-head', { hasText: 'Ana Ruiz' }).first().click();
  assert.deepEqual(await linesInSight(page, 'place').then(({ lined }) => lined), 0);
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await still(page);
  const places = await linesInSight(page, 'place');
  assert.ok(places.seen > 0, 'places are in sight');
  assert.equal(places.lined, 0, 'and hidden');
  assert.ok((await page.locator('#article .chunk').last().locator('mark.lit').count()) > 0, 'the selected name is lit at the end as well');
  // From the first mention back to the last one.
  await page.getByRole('button', { name: 'Previous mention', exact: true }).click();
  await still(page);
  const current = await page.locator('#article mark.current').evaluateAll((marks) => marks.filter((mark) => mark.checkVisibility({ contentVisibilityAuto: true })).map((mark) => mark.getBoundingClientRect().top / innerHeight));
  assert.equal(current.length, 1);
  assert.ok(current[0] > 0 && current[0] < 1, String(current));
  await page.keyboard.press('Escape');
  await page.locator('.legend-type', { hasText: 'Places' }).click();
  assert.ok((await linesInSight(page, 'place')).lined > 0);
});

test('a correction in the middle leaves the reader there, and holds at the end too', async () => {
  const page = await newPage();
  await paste(page, chronicle(250));
  await page.locator('.card-head', { hasText: 'Graz' }).click();
  for (let count = 0; count < 15; count++) await page.getByRole('button', { name: 'Next mention', exact: true }).click();
  await still(page);
  const before = await page.evaluate(() => scrollY);
  assert.ok(before > 5000, String(before));
  await page.locator('.correct summary').click();
  await page.selectOption('#correct-type', 'PERSON');
  await still(page);
  const after = await page.evaluate(() => scrollY);
  assert.ok(Math.abs(after - before) < 400, `from ${before} to ${after}`);
  assert.ok((await linesInSight(page, 'person')).seen > 0);
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await still(page);
  const end = page.locator('#article .chunk').last();
  assert.equal(await end.locator('mark.pm-place', { hasText: 'Graz' }).count(), 0);
  assert.ok((await end.locator('mark', { hasText: 'Graz' }).count()) === (await end.locator('mark.pm-person', { hasText: 'Graz' }).count()));
});

test('a list that is long says so and shows all of it on demand', async () => {
  const page = await newPage();
  await openFile(page, 'chronicle.txt', chronicle(150));
  await page.getByRole('tab', { name: 'Dates' }).click();
  const dates = page.locator('.timeline').first().locator('.timeline-date');
  await page.waitForFunction(() => document.querySelectorAll('.timeline')[0].children.length === 60);
  await page.locator('.dates section').first().getByRole('button', { name: /^Show all \d+/ }).click();
  await page.waitForFunction(() => document.querySelectorAll('.timeline')[0].children.length >= 150);
  assert.equal(await dates.first().locator('.timeline-label').textContent(), '1700');
  // Going on from a list that is still being built does not leave half of it.
  await page.getByRole('tab', { name: 'Names' }).click();
  await page.getByRole('tab', { name: 'Dates' }).click();
  await page.waitForFunction(() => document.querySelectorAll('.timeline')[0].children.length >= 150);
});
