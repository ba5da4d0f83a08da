// Every way in: files, drops, the clipboard, typing; long texts and cancelling.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import { PAGE, closePages, newPage, openFile, paste, settled } from './browser.mjs';

afterEach(closePages);

const STORY = 'Council votes for bridge\n\n“We will build it,” said Ana Ruiz, the mayor of Porto.\n\nHer rival, Tom Baker, disagreed.';
const text = (page) => page.locator('#article').innerText();

test('plain text, in any of the usual encodings', async () => {
  const page = await newPage();
  await openFile(page, 'story.txt', STORY);
  assert.match(await text(page), /Ana Ruiz, the mayor of Porto/);
  await openFile(page, 'old.txt', Buffer.from('Caf\xe9 owner Ana Ruiz said \x93no\x94.', 'latin1'));
  assert.match(await text(page), /Café owner Ana Ruiz said “no”\./);
  await openFile(page, 'windows.txt', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Ana Ruiz\r\n\r\nPorto', 'utf16le')]));
  assert.match(await text(page), /Ana Ruiz\s+Porto/);
});

test('HTML without what stands beside the article', async () => {
  const page = await newPage();
  const filler = 'The council of Porto met for seven hours on Monday to talk about the bridge. '.repeat(5);
  await openFile(page, 'story.html', `<!doctype html><title>x</title><nav><a>Sport</a></nav><article><h1>Council votes</h1><p>${filler}</p><p>“We will build it,” said Ana Ruiz.</p></article><script>document.title='owned'</script>`, 'text/html');
  const shown = await text(page);
  assert.match(shown, /said Ana Ruiz/);
  assert.doesNotMatch(shown, /Sport|owned/);
});

test('Markdown without its signs', async () => {
  const page = await newPage();
  await openFile(page, 'story.md', '# Council votes\n\n“We will **build** it,” said [Ana Ruiz](https://x.example), the _mayor_.\n\n> Porto waits.', 'text/markdown');
  assert.match(await text(page), /Council votes\s+“We will build it,” said Ana Ruiz, the mayor\.\s+Porto waits\./);
});

test('a Word document', async () => {
  const page = await newPage();
  const body = '<w:p><w:r><w:t>“We will build it,” said </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>Ana Ruiz</w:t></w:r><w:r><w:t>.</w:t></w:r></w:p><w:p><w:r><w:t>Porto waits.</w:t><w:br/><w:t>&lt;b&gt; is text.</w:t></w:r></w:p>';
  const xml = `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`;
  await openFile(page, 'story.docx', zipSync({ 'word/document.xml': strToU8(xml), 'word/styles.xml': strToU8('<x/>') }));
  assert.match(await text(page), /“We will build it,” said Ana Ruiz\.\s+Porto waits\.\s+<b> is text\./);
});

test('a file that is broken is told, and the article stays', async () => {
  const page = await newPage();
  const before = await text(page);
  for (const [name, content] of [
    ['a.docx', 'no zip'],
    ['b.json', '{"schema":1}'],
    ['c.txt', ''],
  ]) {
    await page.setInputFiles('#file', { name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) });
    await page.locator('#status .problem', { hasText: name }).waitFor();
  }
  assert.equal(await text(page), before);
});

test('the paste dialog reads text and keeps its address for links to quotes', async () => {
  const page = await newPage({ permissions: ['clipboard-read', 'clipboard-write'] });
  await page.click('#paste');
  await page.fill('#paste-text', STORY);
  await page.fill('#paste-url', 'https://news.example/bridge#top');
  await page.click('#paste-read');
  await page.waitForFunction(() => document.querySelector('#article').innerText.includes('Ana Ruiz'));
  await settled(page);
  await page.getByRole('tab', { name: 'Quotes' }).click();
  await page.locator('.quote-item', { hasText: 'We will build it' }).getByRole('button', { name: 'Link' }).click();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^https:\/\/news\.example\/bridge#:~:text=We%20will%20build%20it/);
});

test('a file that is dropped is read', async () => {
  const page = await newPage();
  await page.evaluate((story) => {
    document.querySelector('#article').setAttribute('aria-busy', 'true');
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([story], 'story.txt', { type: 'text/plain' }));
    for (const type of ['dragover', 'drop']) document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  }, STORY);
  await settled(page);
  assert.match(await text(page), /Her rival, Tom Baker/);
});

test('text is read anew while it is written, and the marks stay meanwhile', async () => {
  const page = await newPage();
  await paste(page, STORY);
  await page.click('#edit');
  const people = () => page.evaluate(() => [...(CSS.highlights.get('pressmark-edit-person') ?? [])].map(String));
  assert.ok((await people()).includes('Ana Ruiz'));
  await page.locator('#editor').focus();
  await page.keyboard.press('Control+End');
  let least = Infinity;
  for (const word of [' Then', ' Maria', ' Lopez', ' of', ' Madrid', ' spoke.']) {
    await page.keyboard.insertText(word);
    least = Math.min(least, (await people()).length);
  }
  assert.ok(least >= 1, 'no moment without marks');
  await page.waitForFunction(() => [...(CSS.highlights.get('pressmark-edit-person') ?? [])].some((range) => String(range) === 'Maria Lopez'));
  await page.locator('.card', { hasText: 'Maria Lopez' }).waitFor();
  await page.click('#edit');
  await settled(page);
  assert.ok((await page.locator('#article mark.pm-person', { hasText: 'Maria Lopez' }).count()) === 1);
  assert.equal(await page.evaluate(() => CSS.highlights.size), 0);
});

test('whoever writes at once has the text alone, whatever of the article was still to come', async () => {
  const page = await newPage();
  const story = `${STORY}\n\n${'The council met in Porto and Ana Ruiz spoke of the bridge. '.repeat(8)}\n\n`.repeat(20);
  await page.evaluate((story) => {
    const article = document.querySelector('#article');
    const old = article.firstElementChild;
    // The moment at which the first lines stand.
    const watch = new MutationObserver(() => {
      if (article.firstElementChild === old || !article.querySelector('mark')) return;
      watch.disconnect();
      document.querySelector('#edit').click();
    });
    watch.observe(article, { childList: true });
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', story);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, story);
  await page.locator('#editor').waitFor();
  await settled(page);
  assert.deepEqual(await page.locator('#article > *').evaluateAll((all) => all.map(({ id }) => id)), ['editor']);
  assert.equal(await page.locator('#article').textContent(), story);
  await page.click('#edit');
  await page.locator('#article .chunk').first().waitFor();
  await settled(page);
  assert.equal(await page.locator('#article h1, #article h2, #article p').evaluateAll((all) => all.length > 60), true, 'all of it stands again');
});

test('the choice of samples names what stands there', async () => {
  const page = await newPage({ address: `${PAGE}#sample=senate` });
  const chosen = () => page.locator('#sample').inputValue();
  assert.equal(await chosen(), 'senate');
  await paste(page, STORY);
  assert.equal(await chosen(), '');
  await page.selectOption('#sample', 'senate');
  await page.waitForFunction(() => location.hash === '#sample=senate');
  assert.equal(await chosen(), 'senate');
  await openFile(page, 'story.txt', STORY);
  assert.equal(await chosen(), '');
});

test('reading a very long text can be cancelled, and the next one is read', async () => {
  const page = await newPage();
  // All of it: what is far from the window counts as text, but not as what is seen.
  const whole = () => page.locator('#article').textContent();
  const before = await whole();
  await page.setInputFiles('#file', { name: 'long.txt', mimeType: 'text/plain', buffer: Buffer.from(`${STORY}\n\n`.repeat(150_000)) });
  // The bar tells how far it is: its parts come as the stages begin and inside them.
  await page.waitForFunction(() => document.querySelector('#status progress')?.position > 0);
  // Meanwhile the text can be read as it is.
  assert.equal(await page.locator('#article h1').textContent(), STORY.split('\n', 1)[0]);
  assert.equal(await page.locator('#article mark').count(), 0);
  assert.ok(await page.locator('#panel').evaluate((panel) => panel.inert), 'names of another article are not offered');
  await page.click('#cancel');
  await settled(page);
  assert.ok(!(await page.locator('#panel').evaluate((panel) => panel.inert)));
  assert.match(await page.locator('#status').textContent(), /Cancelled/);
  assert.equal(await whole(), before);
  await openFile(page, 'story.txt', STORY);
  assert.match(await text(page), /Tom Baker/);
});
