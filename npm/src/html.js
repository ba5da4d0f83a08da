// From a page to its article: which elements are read, by stated rules, without a library.

import { InvalidOptionError } from './errors.js';
import { mapText } from './text-map.js';
import { parseInert } from './trusted.js';

const ASIDE_TAGS = new Set(['nav', 'aside', 'footer', 'form', 'button', 'dialog', 'label']);
const ASIDE_ROLES = new Set(['navigation', 'banner', 'search', 'complementary', 'contentinfo', 'dialog', 'alert', 'menu', 'toolbar', 'form']);
const ASIDE_WORDS =
  /(?:^|[\s_-])(?:ads?|advert\w*|promo\w*|newsletter\w*|related|recommended|share|sharing|social|comments?|cookies?|consent|breadcrumbs?|paywall|sidebar|sponsor\w*|outbrain|taboola|subscribe|subscription|trending|toolbar|skip)(?:[\s_-]|$)/i;

/** `{title, url, text, map}` of a page: markup, a Document or an Element. */
export function readHTML(input, { extract, url } = {}) {
  const root = typeof input === 'string' ? parseInert(input) : input;
  if (!root?.nodeType) throw new InvalidOptionError('analyzeHTML takes markup, a Document or an Element');
  const document = root.nodeType === 9 ? root : root.ownerDocument;
  const chosen = extract ? [].concat(extract(root)) : root.nodeType === 9 ? articleOf(document) : [root];
  const map = mapText(chosen, { skip: asideIn(chosen) });
  return { title: titleOf(document, chosen), url: url ?? urlOf(document), text: map.text, map };
}

/** The article's element, and the headline before it where that stands outside. */
function articleOf(document) {
  const { body } = document;
  if (!body) return [document.documentElement];
  const candidates = [...body.querySelectorAll('article, [role="article"], [itemprop="articleBody"], main, [role="main"]')];
  let best = body;
  let most = 0;
  for (const candidate of candidates) {
    const length = paragraphLength(candidate);
    // Of one inside the other the inner one is the article, if it holds nearly all of the words.
    if (length > most * (best.contains(candidate) ? 0.7 : 1) && length > 200) [best, most] = [candidate, length];
  }
  if (best === body) return [body];
  const headline = document.querySelector('h1');
  const isOutside = headline && !best.contains(headline) && headline.compareDocumentPosition(best) & 4;
  return isOutside ? [headline, best] : [best];
}

function paragraphLength(element) {
  let length = 0;
  for (const paragraph of element.querySelectorAll('p, h1, h2, h3, li, blockquote')) length += paragraph.textContent.length;
  return length;
}

/** Tells what stands beside the article: by element, role, attribute, or the words of its class. */
export function asideIn(roots) {
  const whole = roots.reduce((sum, root) => sum + root.textContent.length, 0);
  return (element) => {
    if (element.getAttribute('aria-hidden') === 'true' || element.hasAttribute('inert')) return true;
    const isAside =
      ASIDE_TAGS.has(element.localName) || ASIDE_ROLES.has(element.getAttribute('role')) || ASIDE_WORDS.test(`${element.getAttribute('class') ?? ''} ${element.id}`);
    // A body class such as "has-sidebar" must not cost the article.
    return isAside && element.textContent.length < whole * 0.4;
  };
}

function titleOf(document, roots) {
  const inside = roots.map((root) => (root.localName === 'h1' ? root : root.querySelector?.('h1'))).find(Boolean);
  return (inside?.textContent || document.querySelector('meta[property="og:title"]')?.content || document.title || '').trim().replace(/\s+/g, ' ');
}

function urlOf(document) {
  const href = document.querySelector('link[rel="canonical"]')?.getAttribute('href') || document.querySelector('meta[property="og:url"]')?.getAttribute('content');
  return href && /^https?:\/\//i.test(href) ? href : undefined;
}
