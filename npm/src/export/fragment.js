// Links to a place in a page: `#:~:text=…`. The browser searches case-blind for whole words and takes the first match.

/** Longer texts are named by their first and last words. */
const LONGEST = 120;
/** Words on either end, and of context. */
const WORDS = 5;

export function textFragment(text, span) {
  const { start, end } = wholeWords(text, span);
  const wanted = text.slice(start, end);
  if (!wanted) return '';
  const inOneBlock = !/\n/.test(wanted);
  const parts =
    inOneBlock && wanted.length <= LONGEST
      ? [wanted]
      : [firstWords(wanted.split('\n').find((line) => line.trim()), WORDS), lastWords(wanted.split('\n').findLast((line) => line.trim()), WORDS)];
  const lower = text.toLowerCase();
  // Without a change of length the offsets agree; else context is always given.
  const comparable = lower.length === text.length;
  const isFirst = (prefix, suffix) => {
    const at = lower.search(pattern(prefix, parts, suffix));
    return comparable && at >= 0 && start - at >= 0 && start - at <= prefix.length + 8;
  };
  const before = text.slice(Math.max(0, start - 200), start);
  const after = text.slice(end, end + 200);
  let prefix = '';
  let suffix = '';
  for (let words = 0; words <= WORDS; words++) {
    prefix = lastWords(before.split('\n').findLast((line) => line.trim()) ?? '', words);
    if (isFirst(prefix, '')) return format(prefix, parts, '');
    suffix = firstWords(after.split('\n').find((line) => line.trim()) ?? '', words);
    if (isFirst('', suffix)) return format('', parts, suffix);
    if (isFirst(prefix, suffix)) return format(prefix, parts, suffix);
  }
  return format(prefix, parts, suffix);
}

const format = (prefix, parts, suffix) => `:~:text=${[prefix && `${encode(prefix)}-`, ...parts.map(encode), suffix && `-${encode(suffix)}`].filter(Boolean).join(',')}`;

/** A hyphen separates context from text, so it is written as an escape wherever it is one of the text's own. */
const encode = (part) => encodeURIComponent(part.toWellFormed?.() ?? part.replace(/[\ud800-\udfff]/gu, '\ufffd')).replaceAll('-', '%2D');

function pattern(prefix, parts, suffix) {
  const escaped = (part) => part.toLowerCase().replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&').replace(/\s+/g, '\\s+');
  const middle = parts.map(escaped).join('[^]{0,20000}?');
  return new RegExp(`${prefix ? `${escaped(prefix)}\\s*` : ''}(?<![\\p{L}\\p{N}])${middle}(?![\\p{L}\\p{N}])${suffix ? `\\s*${escaped(suffix)}` : ''}`, 'u');
}

const isWord = (text, at) => at >= 0 && at < text.length && /[\p{L}\p{N}\p{M}]/u.test(text[at]);

/** Only whole words are found: "Syria" in "Syrian" is linked as "Syrian". */
function wholeWords(text, { start, end }) {
  while (start > 0 && isWord(text, start - 1) && isWord(text, start)) start--;
  while (end < text.length && isWord(text, end) && isWord(text, end - 1)) end++;
  while (start < end && /\s/.test(text[start])) start++;
  while (end > start && /\s/.test(text[end - 1])) end--;
  return { start, end };
}

const firstWords = (text, count) => (count ? (new RegExp(`^\\s*(\\S+(?:\\s+\\S+){0,${count - 1}})`).exec(text)?.[1] ?? '') : '');
const lastWords = (text, count) => (count ? (new RegExp(`(\\S+(?:\\s+\\S+){0,${count - 1}})\\s*$`).exec(text)?.[1] ?? '') : '');
