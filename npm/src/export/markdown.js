// The finds as Markdown (CommonMark): names by type, quotes by speaker, and the article where it is wanted.

import { TYPE_LABELS } from '../render.js';
import { quoteText, speakerShares } from '../shares.js';

export function toMarkdown(text, annotation, { title, url, article = false } = {}) {
  const lines = [];
  if (title) lines.push(`# ${escape(title)}`, '');
  if (url) lines.push(`<${encodeURI(url).replace(/[<>]/g, encodeURIComponent)}>`, '');
  if (annotation.entities.length) {
    lines.push('## Names', '');
    for (const [type, label] of Object.entries(TYPE_LABELS)) {
      const entities = annotation.entities.filter((entity) => entity.type === type);
      if (!entities.length) continue;
      lines.push(`### ${label}`, '');
      for (const { name, aliases, roles, mentions } of entities) {
        const facts = [roles.map(escape).join('; '), aliases.length ? `also ${aliases.map(escape).join(', ')}` : '', mentions.length > 1 ? `${mentions.length} mentions` : ''];
        lines.push(`- ${[`**${escape(name)}**`, ...facts.filter(Boolean)].join(' — ')}`);
      }
      lines.push('');
    }
  }
  if (annotation.quotes.length) {
    lines.push('## Quotes', '');
    for (const { name, quotes } of speakerShares(text, annotation)) {
      lines.push(`### ${name === null ? 'Speaker not told' : escape(name)}`, '');
      for (const quote of quotes) {
        const words = quoteText(text, quote);
        lines.push(...(quote.kind === 'indirect' ? words : `“${words}”`).split('\n').map((line) => `> ${escape(line)}`.trimEnd()), '');
      }
    }
  }
  if (article) {
    lines.push('## Article', '');
    for (const { kind, start, end } of annotation.blocks) {
      if (kind === 'promo' || kind === 'repeated') continue;
      const block = escape(text.slice(start, end).replace(/\s+/g, ' '));
      lines.push(kind === 'headline' ? `### ${block}` : block, '');
    }
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

/** Nothing of the text is read as Markdown or as HTML. */
function escape(text) {
  return text
    .replace(/[\\`*_{}[\]<>|~#&!]/g, '\\$&')
    .replace(/^(\s*)([-+=])/gm, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/gm, '$1\\$2')
    .replace(/\b(https?|www)([:.])/gi, '$1\\$2');
}
