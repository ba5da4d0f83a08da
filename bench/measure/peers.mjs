// What is measured in Node: each loads itself and gives a function from a text to something of its result.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const peers = {
  async pressmark() {
    // As it is published: the readable modules are more files.
    const { analyze, init } = await import(pathToFileURL(join(process.env.PRESSMARK_PACKED, 'index.js')));
    await init();
    return (text) => analyze(text).entities.length;
  },

  // Its whole pipeline for English: tokens, sentences, parts of speech, negation, sentiment, entities.
  async wink() {
    const [{ default: wink }, { default: model }] = await Promise.all([import('wink-nlp'), import('wink-eng-lite-web-model')]);
    const nlp = wink(model);
    return (text) => nlp.readDoc(text).tokens().length();
  },

  // People, places, organisations and quotations: what comes nearest to our own result.
  async compromise() {
    const { default: nlp } = await import('compromise/three');
    return (text) => {
      const document = nlp(text);
      return document.people().length + document.places().length + document.organizations().length + document.quotations().length;
    };
  },
};

export const load = (name) => peers[name]();

const PACKAGES = { wink: 'wink-nlp', compromise: 'compromise' };

/** The version that is measured; of Pressmark, which is always this one, nothing. */
export function versionOf(name) {
  if (!PACKAGES[name]) return '';
  return JSON.parse(readFileSync(new URL(`../node_modules/${PACKAGES[name]}/package.json`, import.meta.url), 'utf8')).version;
}
