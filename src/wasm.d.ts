
/** A half-open range of UTF-16 code units: `text.slice(start, end)` of the string that was analysed. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Everything found in one article, as plain data: `JSON.stringify` and `structuredClone` take it. */
export interface Annotation {
  /** Version of this shape; rises when a field changes its meaning. */
  readonly schema: number;
  /** Length of the text. */
  readonly length: number;
  /** Headline, paragraphs and the like, in text order; they do not overlap. */
  readonly blocks: readonly Block[];
  /** Sentences in text order; each lies inside one block. */
  readonly sentences: readonly Span[];
  /** Who and what the article names, in order of first mention. */
  readonly entities: readonly Entity[];
  /** What is said, in order of the first piece; a nested quote follows its parent. */
  readonly quotes: readonly Quote[];
}

export type BlockKind =
  | 'headline' | 'standfirst' | 'byline' | 'dateline' | 'caption' | 'credit' | 'paragraph' | 'promo' | 'repeated';

/** A part of the page. */
export interface Block extends Span {
  readonly kind: BlockKind;
  /** Index in `blocks` of the block that this one repeats. */
  readonly duplicateOf?: number;
}

export type EntityType =
  | 'PERSON' | 'ORGANIZATION' | 'PLACE' | 'GROUP' | 'EVENT' | 'WORK' | 'PRODUCT'
  | 'DATE' | 'MONEY' | 'PERCENT' | 'QUANTITY';

/** One person, organisation, place or other thing, with all its mentions. */
export interface Entity {
  /** Stable for the same text: `e1`, `e2` … in order of first mention. */
  readonly id: string;
  readonly type: EntityType;
  /** The fullest proper name, in the text's own spelling. */
  readonly name: string;
  /** Its other names and spellings, in order of appearance. */
  readonly aliases: readonly string[];
  /** What the text calls it: "former US Special Envoy for Syria". */
  readonly roles: readonly string[];
  readonly acronym?: string;
  /** ISO 8601 value of a DATE, where the text itself gives one; `XXXX` for an unknown year. */
  readonly value?: string;
  /** The caller's own id of a known entity. */
  readonly knownId?: string;
  /** How much the article is about it, 0 to 1. */
  readonly salience: number;
  /** Where it is mentioned, in text order. */
  readonly mentions: readonly Mention[];
}

export type MentionKind = 'name' | 'acronym' | 'handle' | 'nominal' | 'pronoun';

/** One place where an entity is mentioned. */
export interface Mention extends Span {
  readonly kind: MentionKind;
  /** 0 to 1. */
  readonly confidence: number;
  /** The rule or model that found it; only with the option `explain`. */
  readonly because?: string;
}

/** Reported inside quotation marks, as a marked fragment of the writer's sentence, or without marks. */
export type QuoteKind = 'direct' | 'partial' | 'indirect';

export type Medium = 'speech' | 'post' | 'document';

export type QuoteFlag = 'unclosed' | 'mismatched' | 'stray-mark' | 'negated';

/** Somebody's words. */
export interface Quote {
  /** Stable for the same text: `q1`, `q2` … in text order. */
  readonly id: string;
  readonly kind: QuoteKind;
  readonly medium: Medium;
  /** The content, without its quotation marks; more than one piece where the writer interrupts. */
  readonly pieces: readonly Span[];
  /** Who said it; null where the text does not tell. */
  readonly speaker: Speaker | null;
  /** The reporting expression. */
  readonly cue: Cue | null;
  /** Whom it was said to. */
  readonly addressee?: Speaker;
  /** Id of the quote that this one stands in. */
  readonly parent?: string;
  readonly flags: readonly QuoteFlag[];
  /** That this is a quote of this kind, 0 to 1. */
  readonly confidence: number;
  /** The rule that found it; only with the option `explain`. */
  readonly because?: string;
}

/** Who speaks, or is spoken to: a place in the text and, where it is known, an entity. */
export interface Speaker extends Span {
  /** The entity's id; null for "a senior official". */
  readonly entity: string | null;
  /** The entity's name, or the mention's own words. */
  readonly text: string;
  /** That this is the right one, 0 to 1. */
  readonly confidence: number;
  /** The rule that chose it; only with the option `explain`. */
  readonly because?: string;
}

/** A reporting expression. */
export interface Cue extends Span {
  /** Its dictionary form: "say", "according to", ":". */
  readonly lemma: string;
}

/** How to analyse. */
export interface Options {
  /** Entity types in the result; all when absent. Names of other types still help to find speakers. */
  types?: readonly EntityType[] | null;
  /** Whether to look for quotes; true when absent. */
  quotes?: boolean;
  /** Mentions below this confidence (0 to 1) are left out. */
  minConfidence?: number;
  /** People and things that the caller knows already. */
  knownEntities?: readonly KnownEntity[];
  /** Whether each mention, quote and speaker names the rule that found it. */
  explain?: boolean;
  /** Refuse texts of more bytes of UTF-8 than this; at most 32 MiB, which is also the default. */
  maxLength?: number;
}

/** Somebody or something that the caller knows already, such as an entry of a newsroom's people file. */
export interface KnownEntity {
  /** The full name; it becomes the entity's `name` where the text names this entity. */
  name: string;
  type: EntityType;
  /** Other names. */
  aliases?: readonly string[];
  /** The caller's own id or URL, handed back as `knownId`. */
  id?: string | null;
}

/** What `analyze` throws. */
export interface Failure extends Error {
  /** Which of the two it is. */
  readonly code: 'text-too-long' | 'invalid-option';
  /** Bytes of UTF-8; with `text-too-long`. */
  readonly length?: number;
  /** Bytes of UTF-8; with `text-too-long`. */
  readonly maximum?: number;
}
