// The words of a Word document: paragraphs of its main part. Loaded only when one is opened.

import { unzip } from '../vendor/fflate.js';
import { parseXML } from './trusted.js';

const PART = 'word/document.xml';
/** Longest main part that is unpacked: a small file can claim to hold very much. */
const LARGEST = 64 << 20;
const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const STRICT = 'http://purl.oclc.org/ooxml/wordprocessingml/main';

export async function readDocx(bytes) {
  const files = await new Promise((resolve, reject) =>
    unzip(bytes, { filter: ({ name, originalSize }) => name === PART && originalSize <= LARGEST }, (error, found) => (error ? reject(error) : resolve(found))),
  );
  if (!files[PART]) throw new Error('it holds no document');
  const xml = parseXML(new TextDecoder().decode(files[PART]));
  if (xml.querySelector('parsererror')) throw new Error('its document is damaged');
  const paragraphs = [WORD, STRICT].flatMap((space) => [...xml.getElementsByTagNameNS(space, 'p')]);
  return paragraphs
    .map((paragraph) => wordsOf(paragraph))
    .filter((words) => words.trim())
    .join('\n\n');
}

function wordsOf(paragraph) {
  let words = '';
  for (const element of paragraph.getElementsByTagNameNS(paragraph.namespaceURI, '*')) {
    // A text box holds paragraphs of its own, which come by themselves.
    if (element.localName === 't' && nearest(element) === paragraph) words += element.textContent;
    else if ((element.localName === 'tab' || element.localName === 'br') && nearest(element) === paragraph && element.parentElement.localName === 'r') words += element.localName === 'br' ? '\n' : '\t';
  }
  return words;
}

function nearest(element) {
  let node = element.parentElement;
  while (node && node.localName !== 'p') node = node.parentElement;
  return node;
}
