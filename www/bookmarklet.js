// The article of any page, read where it stands: highlights over its own words, names and speakers in a small panel of ours.
// A bookmark runs it: import('…/bookmarklet.js').then((pressmark) => pressmark.toggle())

import { TYPE_LABELS, createAnnotator, highlight, readHTML, speakerShares } from './npm/index.js';

const STYLE = `
:host { all: initial; position: fixed; z-index: 2147483647; top: 12px; right: 12px; bottom: 12px; width: min(19rem, calc(100vw - 24px)); display: flex; flex-direction: column;
  font: 14px/1.45 system-ui, sans-serif; color: #1e1c19; background: #fbfaf7; border: 1px solid #dcd6c9; border-radius: 10px; box-shadow: 0 10px 40px rgb(0 0 0 / 25%); color-scheme: light; }
header { display: flex; align-items: center; justify-content: space-between; padding: 10px 14px; border-bottom: 1px solid #dcd6c9; }
h2, h3, p, ul { margin: 0; padding: 0; list-style: none; }
h2 { font: 600 16px/1.2 Georgia, serif; }
h3 { margin: 14px 0 4px; font: 600 12px/1.4 system-ui, sans-serif; color: #5c574e; }
main { overflow-y: auto; padding: 0 14px 14px; }
button { font: inherit; color: inherit; cursor: pointer; border: 0; background: none; text-align: left; border-radius: 4px; }
li button { display: flex; justify-content: space-between; gap: 12px; width: 100%; padding: 4px 6px; font: 600 15px/1.3 Georgia, serif; }
li button:hover { background: #f3f0e9; }
li span { font: 400 12px/1.6 system-ui, sans-serif; color: #5c574e; }
.close { padding: 2px 8px; font-size: 18px; }
:focus-visible { outline: 2px solid #0b5fa5; outline-offset: 1px; }
[role=status] { padding: 12px 0 0; color: #5c574e; }
`;
/** Names of a type that are listed. */
const MOST = 25;

let shown;

/** Reads the page, or takes everything back. */
export async function toggle() {
  if (shown) return close();
  const annotator = createAnnotator();
  const panel = openPanel();
  shown = { annotator, panel };
  try {
    const { text, map } = readHTML(document);
    const annotation = await annotator.analyze(text);
    if (shown?.panel !== panel) return;
    shown.highlighting = highlight(map, annotation, { list: false });
    fill(panel, text, annotation, shown.highlighting);
    await shown.highlighting.ready;
  } catch (error) {
    panel.status.textContent = `This page cannot be read: ${error.message}`;
  }
}

function close() {
  shown.highlighting?.clear();
  shown.annotator.close();
  shown.panel.host.remove();
  shown = undefined;
}

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function openPanel() {
  const host = document.createElement('pressmark-panel');
  host.setAttribute('role', 'complementary');
  host.setAttribute('aria-label', 'Names and quotes, by Pressmark');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  const status = element('p', { role: 'status', textContent: 'Reading the article …' });
  const main = element('main', { tabIndex: 0 }, status);
  root.append(element('header', {}, element('h2', { textContent: 'Pressmark' }), element('button', { className: 'close', textContent: '×', ariaLabel: 'Close', onclick: close })), main);
  document.documentElement.append(host);
  return { host, main, status };
}

function fill({ main, status }, text, annotation, highlighting) {
  const { entities, quotes } = annotation;
  status.textContent = `${entities.length} names and ${quotes.length} quotes.`;
  const places = new Map();
  /** Goes to the next place of a name or a quote, round and round. */
  const go = (id) => {
    const index = places.get(id) ?? 0;
    places.set(id, index + 1);
    const range = highlighting.activate(id, index);
    const around = range?.startContainer.parentElement;
    around?.scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  };
  const row = (id, name, note) => element('li', {}, element('button', { onclick: () => go(id) }, name, element('span', { textContent: note })));
  const section = (title, rows) => rows.length && main.append(element('h3', { textContent: title }), element('ul', {}, ...rows));
  section(
    'Who speaks',
    speakerShares(text, annotation)
      .filter(({ name }) => name)
      .slice(0, MOST)
      .map(({ name, quotes: theirs, share }) => row(theirs[0].id, name, `${theirs.length} · ${Math.round(share * 100)}%`)),
  );
  for (const [type, label] of Object.entries(TYPE_LABELS)) {
    const found = entities.filter((entity) => entity.type === type).sort((a, b) => b.salience - a.salience);
    section(label, found.slice(0, MOST).map(({ id, name, mentions }) => row(id, name, String(mentions.length))));
  }
}
