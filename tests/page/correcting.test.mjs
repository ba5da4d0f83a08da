// The reader corrects what was found, and takes it along.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, test } from 'node:test';
import { closePages, newPage, openFile, openGold } from './browser.mjs';

afterEach(closePages);

const NAME = 'dev/al-tirana-incinerator';

async function openCard(page, name) {
  await page.locator('.card-head', { hasText: name }).first().click();
  await page.evaluate(() => (document.querySelector('.card.selected .correct').open = true));
}

const cards = (page, type) => page.locator(`.group.type-${type} .card-name`).allTextContents();

async function saved(page, id) {
  await page.click('#save');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(`#${id}`)]);
  return { name: download.suggestedFilename(), content: readFileSync(await download.path(), 'utf8') };
}

test('a type is changed at every mention, taken back, done again, and kept for this text', async () => {
  const page = await newPage();
  const { text } = await openGold(page, NAME);
  await openCard(page, 'Eko-Djegia');
  await page.selectOption('#correct-type', 'PLACE');
  assert.ok((await cards(page, 'place')).includes('Eko-Djegia'));
  assert.equal(await page.locator('#article mark.pm-place', { hasText: 'Eko-Djegia' }).count(), 1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('u');
  assert.equal(await page.locator('#article mark.pm-organization', { hasText: 'Eko-Djegia' }).count(), 1);
  await page.click('#redo');
  assert.equal(await page.locator('#article mark.pm-place', { hasText: 'Eko-Djegia' }).count(), 1);
  // The same words without an annotation of somebody's: what was corrected is corrected again.
  const keys = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('pressmark:edits:')));
  assert.equal(keys.length, 1);
  await openFile(page, 'other.txt', 'Ana Ruiz came to Porto.');
  assert.equal(await page.locator('#undo').isVisible(), false);
  await openFile(page, 'same.txt', text);
  assert.match(await page.locator('#status').textContent(), /1 correction/);
});

test('two cards become one, and one becomes two', async () => {
  const page = await newPage();
  await openGold(page, NAME);
  await openCard(page, 'Kostandin Papajani');
  await page.selectOption('#correct-merge', { label: 'Agron Bardhoshi' });
  const selected = page.locator('.card.selected');
  assert.match(await selected.textContent(), /Agron Bardhoshi.*Also.*Kostandin Papajani/s);
  assert.match(await selected.locator('.occurrences').textContent(), /1 of 5/);
  const people = (await cards(page, 'person')).length;
  await page.getByRole('button', { name: 'Next mention', exact: true }).click();
  await page.locator('#correct-split').click();
  assert.equal((await cards(page, 'person')).length, people + 1);
  assert.match(await selected.locator('.occurrences').textContent(), /1 of 1/);
});

test('a name, a name that is none, a speaker and a quote that is none', async () => {
  const page = await newPage();
  await openGold(page, NAME);
  await openCard(page, 'Arjana Kodheli');
  await page.fill('#correct-name', 'Arjana K.');
  await page.locator('#correct-name').press('Enter');
  await page.locator('.card-name', { hasText: 'Arjana K.' }).waitFor();
  assert.equal(await page.locator('#article .pm-quote', { hasText: 'What they burned' }).getAttribute('data-speaker'), 'Arjana K.');
  await openCard(page, 'Durrës');
  await page.locator('#correct-dismiss').click();
  assert.equal(await page.locator('#article mark', { hasText: 'Durrës' }).count(), 0);
  await page.getByRole('tab', { name: 'Quotes' }).click();
  await page.locator('.quote-text', { hasText: 'The fish stinks' }).click();
  await page.evaluate(() => (document.querySelector('.quote-item.selected .correct').open = true));
  await page.selectOption('#correct-speaker', { label: 'Lefter Gjoka' });
  assert.match(await page.locator('.speaker', { hasText: 'The fish stinks' }).locator('.speaker-name').textContent(), /Lefter Gjoka/);
  await page.locator('#correct-no-quote').click();
  assert.equal(await page.locator('#article .pm-quote', { hasText: 'The fish stinks' }).count(), 0);
  for (let count = 0; count < 4; count++) await page.click('#undo');
  assert.equal(await page.locator('#article .pm-quote', { hasText: 'The fish stinks' }).first().getAttribute('data-speaker'), 'Flamur Çela');
  assert.equal(await page.locator('#undo').isDisabled(), true);
});

test('what is saved as JSON opens again with its corrections, which can be taken back', async () => {
  const page = await newPage();
  await openGold(page, NAME);
  await openCard(page, 'Eko-Djegia');
  await page.selectOption('#correct-type', 'PLACE');
  const { name, content } = await saved(page, 'save-json');
  assert.match(name, /^prosecutors-seize-villa.*\.json$/);
  const annotation = JSON.parse(content);
  assert.equal(annotation.entities.find((entity) => entity.name === 'Eko-Djegia').type, 'PLACE');
  assert.equal(annotation.edits.length, 1);
  const other = await newPage({ fresh: true });
  await openFile(other, name, content, 'application/json');
  assert.ok((await cards(other, 'place')).includes('Eko-Djegia'));
  await other.click('#undo');
  assert.ok((await cards(other, 'organization')).includes('Eko-Djegia'));
});

test('every other format is saved', async () => {
  const page = await newPage();
  await openGold(page, NAME);
  const web = JSON.parse((await saved(page, 'save-jsonld')).content);
  assert.ok(JSON.stringify(web).includes('TextQuoteSelector'));
  assert.match((await saved(page, 'save-names-csv')).content, /PERSON,Arjana Kodheli/);
  assert.match((await saved(page, 'save-quotes-csv')).content, /Flamur Çela/);
  assert.match((await saved(page, 'save-html')).content, /<mark class="pm-mention pm-person/);
  assert.match((await saved(page, 'save-md')).content, /\*\*Arjana Kodheli\*\*/);
});
