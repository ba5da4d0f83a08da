// The wasm's answer to an annotation as plain objects. It is read in the order in which src/flat.rs writes it.

// In the order of the variants in src/annotation.rs.
const BLOCKS = ['headline', 'standfirst', 'byline', 'dateline', 'caption', 'credit', 'paragraph', 'promo', 'repeated'];
const TYPES = ['PERSON', 'ORGANIZATION', 'PLACE', 'GROUP', 'EVENT', 'WORK', 'PRODUCT', 'DATE', 'MONEY', 'PERCENT', 'QUANTITY'];
const MENTIONS = ['name', 'acronym', 'handle', 'nominal', 'pronoun'];
const QUOTES = ['direct', 'partial', 'indirect'];
const MEDIA = ['speech', 'post', 'document'];
const FLAGS = ['unclosed', 'mismatched', 'stray-mark', 'negated'];

export function unpack([numbers, strings]) {
  // The next number, and where the next string begins.
  let at = 0;
  let from = 0;
  const next = () => numbers[at++];
  const score = () => next() / 1e4;
  const letters = (length) => strings.slice(from, (from += length));
  const string = () => letters(next());
  const flag = () => FLAGS[next()];
  const span = () => ({ start: next(), end: next() });
  const list = (item) => {
    const items = [];
    // Each takes a number at least: a damaged module cannot ask for more than there are.
    for (let left = Math.min(next(), numbers.length - at); left > 0; left--) items.push(item());
    return items;
  };
  /** Gives an object a field that it may lack. */
  const perhaps = (object, key) => {
    const length = next();
    if (length) object[key] = letters(length - 1);
    return object;
  };

  const block = () => {
    const one = { kind: BLOCKS[next()], start: next(), end: next() };
    const duplicate = next();
    if (duplicate) one.duplicateOf = duplicate - 1;
    return one;
  };

  const mention = () => perhaps({ start: next(), end: next(), kind: MENTIONS[next()], confidence: score() }, 'because');

  const entity = () => {
    const one = { id: string(), type: TYPES[next()], name: string(), aliases: list(string), roles: list(string) };
    perhaps(one, 'acronym');
    perhaps(one, 'value');
    perhaps(one, 'knownId');
    one.salience = score();
    one.mentions = list(mention);
    return one;
  };

  const speaker = () => {
    if (!next()) return null;
    const length = next();
    const entity = length ? letters(length - 1) : null;
    return perhaps({ entity, start: next(), end: next(), text: string(), confidence: score() }, 'because');
  };

  const quote = () => {
    const one = { id: string(), kind: QUOTES[next()], medium: MEDIA[next()], pieces: list(span), speaker: speaker() };
    one.cue = next() ? { start: next(), end: next(), lemma: string() } : null;
    const addressee = speaker();
    if (addressee) one.addressee = addressee;
    perhaps(one, 'parent');
    one.flags = list(flag);
    one.confidence = score();
    return perhaps(one, 'because');
  };

  return { schema: next(), length: next(), blocks: list(block), sentences: list(span), entities: list(entity), quotes: list(quote) };
}
