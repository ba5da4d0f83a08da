// Programs as users write them. That they compile is the test; a line that must not compile says so.
import {
  LoadError,
  PressmarkError,
  TYPE_LABELS,
  TextTooLongError,
  analyze,
  analyzeHTML,
  applyEdits,
  createAnnotator,
  entitiesToCSV,
  highlight,
  init,
  initSync,
  isReady,
  mapText,
  quoteText,
  quotesToCSV,
  readHTML,
  render,
  speakerShares,
  textFragment,
  toHTML,
  toJSON,
  toMarkdown,
  toWebAnnotation,
} from 'pressmark';
import type { Annotation, Edit, Entity, EntityType, Highlighting, Progress, Quote, Span } from 'pressmark';
import { PressArticle } from 'pressmark/element';

export async function load(): Promise<void> {
  await init();
  await init(new URL('https://example.org/pressmark.wasm'));
  await init(fetch('/pressmark.wasm'));
  await init({ wasm: '/pressmark.wasm', integrity: 'sha384-…', signal: AbortSignal.timeout(1000) });
  initSync(new Uint8Array(8));
  // @ts-expect-error a number is no source
  await init(7);
  if (!isReady()) throw new LoadError('');
}

export function read(text: string): string[] {
  const annotation: Annotation = analyze(text, { types: ['PERSON'], minConfidence: 0.5, knownEntities: [{ name: 'Ana Ruiz', type: 'PERSON' }] });
  // @ts-expect-error there is no such type
  analyze(text, { types: ['HUMAN'] });
  // @ts-expect-error there is no such option
  analyze(text, { language: 'en' });
  // @ts-expect-error an annotation is not changed in place
  annotation.entities.pop();
  const first: Entity | undefined = annotation.entities[0];
  const type: EntityType = first?.type ?? 'PERSON';
  const label: string = TYPE_LABELS[type];
  return [label, ...annotation.quotes.map((quote: Quote) => `${quote.speaker?.text ?? '?'}: ${quoteText(text, quote)}`)];
}

export function exportAll(text: string, annotation: Annotation, span: Span): string {
  const page = toWebAnnotation(text, annotation, { source: 'https://example.org/' });
  const target = page.items[0]?.target;
  const exact = target && 'selector' in target ? target.selector[0].exact : '';
  // @ts-expect-error the source is needed
  toWebAnnotation(text, annotation);
  const shares = speakerShares(text, annotation).map(({ name, share }) => `${name}: ${share.toFixed(2)}`);
  return [
    toJSON(text, annotation, { includeText: false }),
    entitiesToCSV(text, annotation, { bom: true }),
    quotesToCSV(text, annotation),
    toMarkdown(text, annotation, { title: 'A' }),
    toHTML(text, annotation, { lang: 'en-GB' }),
    textFragment(text, span),
    exact,
    ...shares,
  ].join();
}

export function correct(annotation: Annotation): Annotation {
  const edits: Edit[] = [
    { op: 'dismiss', id: 'e1' },
    { op: 'retype', id: 'e2', type: 'PLACE' },
    { op: 'merge', id: 'e3', into: 'e4' },
    { op: 'speaker', id: 'q1', entity: null },
  ];
  // @ts-expect-error a merge needs its other side
  applyEdits(annotation, [{ op: 'merge', id: 'e3' }]);
  return applyEdits(annotation, edits);
}

export async function inBackground(texts: readonly string[], signal: AbortSignal): Promise<number> {
  const annotator = createAnnotator({ workers: 2, idleTimeout: 1000 });
  let seen = 0;
  try {
    const onProgress = ({ phase, done, total }: Progress): void => console.log(phase, done / total);
    const { entities } = await annotator.analyze(texts[0] ?? '', { signal, onProgress });
    seen += entities.length;
    for await (const { item, annotation, error } of annotator.analyzeMany(texts.map((text, id) => ({ text, id })), { signal })) {
      if (error) console.error(item.id, error.code);
      else seen += annotation.quotes.length;
    }
  } catch (error) {
    if (error instanceof TextTooLongError) console.error(error.length, error.maximum);
    else if (error instanceof PressmarkError && error.code === 'csp-blocked') console.error(error.hint);
    else throw error;
  } finally {
    await annotator.close();
  }
  return seen;
}

export function show(root: Element): Highlighting {
  const map = mapText(root, { skip: (element) => element.localName === 'nav' });
  const handle = highlight(map, analyze(map.text), { minConfidence: 0.3, list: false });
  handle.addEventListener('click', ({ detail }) => {
    for (const found of detail.found) console.log(found.kind === 'entity' ? found.entity.name : found.quote.kind);
  });
  handle.addEventListener('change', ({ detail }) => console.log(detail.lost));
  // @ts-expect-error there is no such event
  handle.addEventListener('clack', () => {});
  const range: Range | null = handle.activate('e1', 2);
  range?.startContainer.parentElement?.scrollIntoView();
  return handle;
}

export function pages(markup: string): string {
  const { text, map, annotation } = analyzeHTML(markup, { url: 'https://example.org/', quotes: false });
  document.body.append(render(text, annotation, { start: 0, end: 100 }));
  return readHTML(document).title + (map.toRange({ start: 0, end: 1 })?.toString() ?? '');
}

export function element(): PressArticle {
  const article = document.createElement('press-article');
  article.text = 'Ana Ruiz spoke.';
  article.types = ['PERSON', 'PLACE'];
  article.addEventListener('pressmark-annotated', ({ detail }) => console.log(detail.annotation.entities.length));
  article.addEventListener('pressmark-select', (event) => event.preventDefault());
  // @ts-expect-error text is text
  article.text = 7;
  return article;
}
