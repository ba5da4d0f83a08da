// What goes onto the clipboard.

import { textFragment } from '../npm/index.js';
import { quoteText, state } from './store.js';

let tell = () => {};

/** Tells whom to say that something was copied. */
export const onCopied = (say) => (tell = say);

export async function copy(text, done) {
  try {
    await navigator.clipboard.writeText(text);
    tell(done);
  } catch {
    tell('The browser does not allow copying here.');
  }
}

/** A link to the place in the published article. */
export const linkTo = (span) => `${state.source.url.replace(/#.*$/, '')}#${textFragment(state.source.text, span)}`;

/** A quote as it is pasted into one's own text: words, speaker, article. */
export function attributed(quote) {
  const { title, url } = state.source;
  const words = quoteText(quote);
  const said = quote.kind === 'indirect' ? words : `“${words}”`;
  return `${said} — ${[quote.speaker?.text, title, url].filter(Boolean).join(', ')}`;
}
