// Who said what: shares as bars, then every quote under its speaker.

import { speakerShares } from '../npm/index.js';
import { attributed, copy, linkTo } from './copy.js';
import { correctQuote } from './correcting.js';
import { $, h } from './dom.js';
import { fill, numberOf, show } from './listing.js';
import { shorten } from './names.js';
import { selectEntity, selectQuote } from './reader.js';
import { on, quoteIsShown, quoteText, state } from './store.js';

/** Speakers, and quotes of one, that are built at once; the rest follow on demand. */
const SPEAKERS = 40;
const QUOTES = 12;
let allSpeakers = false;
const allOf = new Set();

export const quotes = h('div', { class: 'quotes' });

const label = (speaker) => speaker.name ?? 'Speaker not told';

/** `onPaper`: nothing is left for a button to show, and nothing waits for the next frame. */
export function showQuotes({ onPaper = false } = {}) {
  const search = state.search.trim().toLowerCase();
  const speakers = (state.annotation ? speakerShares(state.source.text, state.annotation) : [])
    .map((speaker) => ({
      ...speaker,
      quotes: speaker.quotes.filter(
        (quote) => quoteIsShown(quote) && (!search || label(speaker).toLowerCase().includes(search) || quoteText(quote).toLowerCase().includes(search)),
      ),
    }))
    .filter((speaker) => speaker.quotes.length);
  const shown = allSpeakers || onPaper ? speakers : firstOf(speakers, SPEAKERS, (speaker) => speaker.quotes.some(isSelected));
  const items = shown.map((speaker) => ({ key: keyOf(speaker), of: state.source, version: label(speaker), speaker, onPaper, build: section, inside: list }));
  // Whoever is only reported has no quoted words to compare.
  const compared = speakers.filter(({ words }) => words).slice(0, 12);
  if (compared.length) items.unshift({ key: 'chart', version: JSON.stringify(compared.map(({ share, words, quotes, name }) => [share, words, quotes.length, name])), compared, build: chart });
  if (shown.length < speakers.length) items.push({ key: 'more', version: String(speakers.length), build: () => more(`Show all ${speakers.length} speakers`, 'all-speakers', () => (allSpeakers = true)) });
  if (!shown.length) items.push({ key: 'empty', version: state.annotation ? 'No quotes to show.' : 'Quotes appear here once an article is read.', build: ({ version }) => h('p', { class: 'empty' }, version) });
  return show(quotes, fill(quotes, items, { build: (item) => item.build(item), inside: (element, item) => item.inside?.(element, item) ?? [] }), { whole: onPaper });
}

function chart({ compared: shown }) {
  const most = Math.max(...shown.map(({ share }) => share));
  return h(
    'section',
    { class: 'shares', 'aria-labelledby': 'shares-title' },
    h('h2', { id: 'shares-title', class: 'group-title' }, 'Share of quoted words'),
    h(
      'ol',
      {},
      ...shown.map((speaker) =>
        h(
          'li',
          {},
          h(
            'button',
            {
              type: 'button',
              class: 'share',
              dataset: { focus: `share-${keyOf(speaker)}` },
              onclick: () => $(`.speaker[data-speaker="${CSS.escape(keyOf(speaker))}"]`, quotes)?.scrollIntoView({ block: 'start' }),
              vars: { share: speaker.share / most },
            },
            h('span', { class: `share-name${speaker.name ? '' : ' unknown'}` }, label(speaker)),
            h('span', { class: 'share-bar', 'aria-hidden': 'true' }),
            h('span', { class: 'share-value' }, `${Math.round(speaker.share * 100)}%`),
            h('span', { class: 'visually-hidden' }, `, ${speaker.words} words in ${speaker.quotes.length} quotes`),
          ),
        ),
      ),
    ),
  );
}

/** A speaker who has no entity is known by the words for him or her. */
const keyOf = (speaker) => speaker.entity ?? `words ${speaker.name ?? ''}`;

const isSelected = (quote) => state.selected?.kind === 'quote' && state.selected.id === quote.id;

/** The first of a list, and the selected one even where it is far down. */
function firstOf(list, count, isWanted) {
  const first = list.slice(0, count);
  if (!first.some(isWanted)) first.push(...list.slice(count).filter(isWanted).slice(0, 1));
  return first;
}

const more = (title, focus, show) => h('button', { type: 'button', class: 'quiet', dataset: { focus }, onclick: () => (show(), showQuotes()) }, title);

function section({ key, speaker }) {
  const title = `speaker-${key.replace(/\s+/g, '-')}`;
  return h(
    'section',
    { class: 'speaker', dataset: { speaker: key }, 'aria-labelledby': title },
    h(
      'h2',
      { class: 'speaker-name', id: title },
      speaker.entity
        ? h('button', { type: 'button', class: 'link', dataset: { focus: `speaker-${key}` }, onclick: () => selectEntity(speaker.entity) }, label(speaker))
        : label(speaker),
      h('span', { class: 'speaker-count' }),
    ),
    h('ul', { class: 'quote-list' }),
    more('', `all-of-${key}`, () => allOf.add(key)),
  );
}

function* list(element, { key, speaker, onPaper }) {
  $('.speaker-count', element).textContent = `${speaker.quotes.length} ${speaker.quotes.length === 1 ? 'quote' : 'quotes'}`;
  const shown = allOf.has(key) || onPaper ? speaker.quotes : firstOf(speaker.quotes, QUOTES, isSelected);
  const all = element.lastElementChild;
  all.hidden = shown.length === speaker.quotes.length;
  all.textContent = `Show all ${speaker.quotes.length}`;
  const items = shown.map((quote) => ({ key: quote.id, of: quote, version: onPaper ? 'on paper' : isSelected(quote) ? String(numberOf(state.annotation)) : '' }));
  yield* fill($('.quote-list', element), items, { build: ({ of }) => item(of, onPaper) });
}

const KINDS = { direct: 'in full', partial: 'in part', indirect: 'reported' };
const FLAGS = { unclosed: 'closing mark missing', mismatched: 'marks do not match', 'stray-mark': 'stray mark', negated: 'negated' };
const MEDIA = { post: 'post', document: 'document' };
/** What a word from a file means, if it means anything. */
const own = (meanings, word) => (Object.hasOwn(meanings, word) ? meanings[word] : undefined);

/** The reporting verb; a colon that does its work is no word. */
const wordOf = (cue) => (/\p{L}/u.test(cue?.lemma ?? '') ? cue.lemma : undefined);

function item(quote, onPaper) {
  const isChosen = isSelected(quote);
  const text = quoteText(quote);
  return h(
    'li',
    { class: `quote-item quote-${quote.kind}${isChosen ? ' selected' : ''}`, dataset: { quote: quote.id } },
    h(
      'button',
      { type: 'button', class: 'quote-text', dataset: { focus: `quote-${quote.id}` }, 'aria-current': isChosen ? 'true' : undefined, onclick: () => selectQuote(quote.id) },
      quote.kind === 'indirect' ? text : `“${isChosen || onPaper ? text : shorten(text, 260)}”`,
    ),
    h(
      'p',
      { class: 'quote-facts' },
      h(
        'span',
        {},
        [own(KINDS, quote.kind), own(MEDIA, quote.medium), wordOf(quote.cue), quote.addressee && `to ${quote.addressee.text}`, ...quote.flags.map((flag) => own(FLAGS, flag))].filter(Boolean).join(' · '),
      ),
      h('button', { type: 'button', class: 'small', dataset: { focus: `copy-${quote.id}` }, onclick: () => copy(attributed(quote), 'Quote copied with its speaker.') }, 'Copy'),
      state.source.url && h('button', { type: 'button', class: 'small', dataset: { focus: `link-${quote.id}` }, onclick: () => copy(linkTo(quote.pieces[0]), 'Link to the quote copied.') }, 'Link'),
    ),
    isChosen && h('p', { class: 'context' }, ...around(quote)),
    isChosen && correctQuote(quote),
  );
}

/** The sentence around a quote, the quote in bold. */
function around(quote) {
  const { text } = state.source;
  const first = quote.pieces[0].start;
  const last = quote.pieces.at(-1).end;
  const before = text.slice(Math.max(0, first - 90), first).split('\n').at(-1);
  const after = text.slice(last, last + 90).split('\n')[0];
  return ['… ', before.replace(/^\S*\s/, ''), h('b', {}, shorten(text.slice(first, last), 60)), after.replace(/\s\S*$/, ''), ' …'];
}

on(['annotation', 'selected', 'confidence', 'search'], () => state.tab === 'quotes' && showQuotes());
