import { analyze } from './engine.js';
import { readHTML } from './html.js';

export function analyzeHTML(input, options = {}) {
  const { extract, url, ...rest } = options;
  const { map, text, title, url: found } = readHTML(input, { extract, url });
  return { text, title, url: found, map, annotation: analyze(text, rest) };
}
