// One file that shows the article with its finds: no script, no request, readable on paper.

import { classOf, labelOf, TYPE_LABELS, typeLabel } from '../render.js';
import { quoteText, speakerShares } from '../shares.js';
import { walk } from '../walk.js';

/** The style of every exported page. Its hash stands in the page's policy, so whoever changes it changes STYLE_HASH too: a test tells the new one. */
export const STYLE = `:root{color-scheme:light dark;--person:#1d5fd1;--organization:#8a3ffc;--place:#0a7d43;--group:#a15c00;--other:#5b6470;--quote:#b3261e}
@media (prefers-color-scheme:dark){:root{--person:#8ab4ff;--organization:#cfa8ff;--place:#6fd99b;--group:#ffc27a;--other:#aeb6c2;--quote:#ff9d94}}
body{font:1.1rem/1.6 Georgia,"Times New Roman",serif;max-width:42rem;margin:2rem auto;padding:0 1rem}
h1{line-height:1.2}footer,table,.block-caption,.block-credit,.block-byline,.block-promo,.block-repeated{font-family:system-ui,sans-serif;font-size:.9rem}
.block-promo,.block-repeated{opacity:.6}
mark{background:none;color:inherit;border-bottom:2px solid var(--other)}
.pm-person{border-color:var(--person)}.pm-organization{border-color:var(--organization);border-bottom-style:double}.pm-place{border-color:var(--place);border-bottom-style:dashed}.pm-group{border-color:var(--group);border-bottom-style:dotted}
.pm-nominal,.pm-pronoun{border-bottom-width:1px;border-bottom-style:dotted}
.pm-quote{background:color-mix(in srgb,var(--quote) 9%,transparent)}.pm-cue{font-style:italic}
table{border-collapse:collapse;width:100%}th,td{text-align:start;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid #8886}
blockquote{margin:.5rem 0;padding-inline-start:.75rem;border-inline-start:3px solid var(--quote)}
@media print{body{max-width:none;margin:0}tr,blockquote{break-inside:avoid}}`;

/** Base64 of the SHA-256 of {@link STYLE}. */
export const STYLE_HASH = 'OjbI002lX3zkqQtDO2okcSySdTJGrvtTRtVbzKFqPpc=';

export function toHTML(text, annotation, { title, url, lang = 'en' } = {}) {
  const headline = annotation.blocks.find(({ kind }) => kind === 'headline');
  const name = title ?? (headline ? text.slice(headline.start, headline.end) : 'Article');
  const link = url && /^https?:\/\//i.test(url) ? `<p><a href="${escape(url)}" rel="noreferrer">${escape(url)}</a></p>\n` : '';
  const heading = headline && !title ? '' : `<h1>${escape(name)}</h1>\n`;
  return `<!doctype html>
<html lang="${escape(lang)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Pressmark">
<title>${escape(name)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<article>
${heading}${link}${article(text, annotation, Boolean(heading))}</article>
${names(annotation)}${quotes(text, annotation)}</main>
</body>
</html>
`;
}

function article(text, annotation, hasHeading) {
  let seenHeadline = hasHeading;
  const blocks = annotation.blocks.length ? annotation.blocks : [{ kind: 'paragraph', start: 0, end: text.length }];
  let markup = '';
  for (const { kind, start, end } of blocks) {
    const tag = kind === 'headline' ? (seenHeadline ? 'h2' : 'h1') : 'p';
    seenHeadline ||= kind === 'headline';
    markup += `<${tag} class="block-${kind}">`;
    walk(text, annotation, { start, end }, {
      text: (from, to) => (markup += escape(text.slice(from, to))),
      enter: (layer, isStart) => {
        const title = layer.kind === 'mention' ? labelOf(layer) : layer.kind === 'quote' && layer.quote.speaker ? `Said by ${layer.quote.speaker.text}` : undefined;
        markup += `<${tagOf(layer)} class="${classOf(layer, isStart)}"${title ? ` title="${escape(title)}"` : ''}>`;
      },
      leave: (layer) => (markup += `</${tagOf(layer)}>`),
    });
    markup += `</${tag}>\n`;
  }
  return markup;
}

const tagOf = ({ kind }) => (kind === 'mention' ? 'mark' : 'span');

function names({ entities }) {
  if (!entities.length) return '';
  const row = ({ type, name, aliases, roles, mentions }) =>
    `<tr><td>${escape(name)}</td><td>${escape(typeLabel(type))}</td><td>${escape(roles.join('; '))}</td><td>${escape(aliases.join('; '))}</td><td>${mentions.length}</td></tr>\n`;
  const order = Object.keys(TYPE_LABELS);
  const sorted = [...entities].sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type));
  return `<section>
<h2>Names</h2>
<table>
<thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">Roles</th><th scope="col">Also</th><th scope="col">Mentions</th></tr></thead>
<tbody>
${sorted.map(row).join('')}</tbody>
</table>
</section>
`;
}

function quotes(text, annotation) {
  if (!annotation.quotes.length) return '';
  const section = ({ name, quotes }) =>
    `<h3>${escape(name ?? 'Speaker not told')}</h3>\n${quotes
      .map((quote) => `<blockquote>${escape(quote.kind === 'indirect' ? quoteText(text, quote) : `“${quoteText(text, quote)}”`)}</blockquote>\n`)
      .join('')}`;
  return `<section>\n<h2>Quotes</h2>\n${speakerShares(text, annotation).map(section).join('')}</section>\n`;
}

const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
// NUL and other controls that HTML forbids become U+FFFD, as a parser would have it.
const escape = (text) => text.replace(/[&<>"']/g, (mark) => ESCAPES[mark]).replace(/[\0-\x08\x0B\x0E-\x1F\x7F]/g, '\uFFFD');
