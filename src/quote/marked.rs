//! Pairs of quotation marks to direct quotes, partial quotes and what is no quote; and which pairs make one quote.

use super::choice::{Choice, Scores, range};
use super::cues::CueSite;
use super::phrases::{NONE, Phrase, PhraseKind, Syntax};
use super::scorer::{Task, Weights, both, word};
use super::words;
use crate::annotation::{EntityType, QuoteKind};
use crate::identity::Identity;
use crate::lexicon::Reading;
use crate::lexicon::cues::Frames;
use crate::lexicon::grammar::Parts;
use crate::text::{Case, MarkPair, MarkRole, Text, TokenKind, TokenRange};

/// What a pair may be, in the order of the candidates.
pub const CLASSES: [Option<QuoteKind>; 3] = [Some(QuoteKind::Direct), Some(QuoteKind::Partial), None];

/// What was decided of a pair.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Decision {
    /// None for a title, a nickname, a so-called thing.
    pub kind: Option<QuoteKind>,
    /// 0 to 1.
    pub confidence: f32,
}

/// What all stages of this module look at.
pub struct Scene<'s, 't> {
    /// The text.
    pub text: &'s Text<'t>,
    /// Its words.
    pub reading: &'s Reading,
    /// Its entities.
    pub identity: &'s Identity,
    /// Its phrases.
    pub syntax: &'s Syntax<'s>,
    /// Its reporting expressions, in order.
    pub cues: &'s [CueSite],
}

impl Scene<'_, '_> {
    /// The last cue that ends at or before a token and the first one that starts at or after it: indices of the two.
    pub fn cues_around(&self, start: u32, end: u32) -> (Option<usize>, Option<usize>) {
        let before = self.cues.partition_point(|cue| cue.tokens.end <= start);
        let after = self.cues.partition_point(|cue| cue.tokens.start < end);
        (before.checked_sub(1), (after < self.cues.len()).then_some(after))
    }
}

/// Decides what each pair of [`Text::marks`] is. Linear in their number.
#[inline(never)]
pub fn classify(scene: &Scene, weights: &Weights) -> Vec<Decision> {
    let mut choice = Scores::of(weights, Task::Marked);
    let mut features: Vec<(u32, u32)> = Vec::with_capacity(64);
    let mut decisions: Vec<Decision> = Vec::with_capacity(scene.text.marks.len());
    for (index, pair) in scene.text.marks.iter().enumerate() {
        let is_none = pair.role == MarkRole::Stray
            || pair.content.is_empty()
            || is_attribute(scene.text, pair.open)
            || is_titled(scene, pair.open)
            || is_doubled(scene.text, index);
        if is_none {
            decisions.push(Decision { kind: None, confidence: 1.0 });
            continue;
        }
        candidates(scene, index, &decisions, &mut features, &mut choice);
        let probabilities = choice.probabilities();
        let likelier =
            |best: usize, class: usize| if probabilities[class] > probabilities[best] { class } else { best };
        let mut best = (0..CLASSES.len()).fold(0, likelier);
        if CLASSES[best].is_none() && is_displayed(scene, index) {
            best = likelier(0, 1);
        }
        decisions.push(Decision { kind: CLASSES[best], confidence: probabilities[best] });
    }
    decisions
}

/// "placards reading “SAVE OUR POOL”", "chanting “No More Cuts”": capitals make no title of it.
#[inline(never)]
fn is_displayed(scene: &Scene, index: usize) -> bool {
    let marks = &scene.text.marks;
    // "read “No more” and “Not again”"
    let follows = |&pair: &usize| {
        let before = pair.checked_sub(1).map_or(u32::MAX, |before| marks[before].close);
        marks[pair].open.checked_sub(before).is_some_and(|gap| gap == 2)
            && (scene.syntax.is(before + 1, Parts::CONJUNCTION) || words::is_sign(scene.text, before + 1, b','))
    };
    let first = (index.saturating_sub(MOST_DISPLAYED)..=index).rev().find(|pair| !follows(pair));
    let pair = &marks[first.unwrap_or(index)];
    let cue = scene.cues_around(pair.open, pair.close).0.map(|cue| &scene.cues[cue]);
    let Some(cue) = cue.filter(|cue| cue.tokens.end + 1 >= pair.open && pair.inside().len() > 1) else { return false };
    let holder = cue.tokens.start.saturating_sub(FARTHEST_HOLDER)..cue.tokens.start;
    match cue.number {
        words::CHANT | words::SHOUT => true,
        words::READ | words::SAY => holder.rev().any(|token| HOLDERS.contains(&scene.reading.key(token))),
        _ => false,
    }
}

/// What is held up or hung out to be read, and tokens between it and its verb.
const HOLDERS: [&str; 9] =
    ["placard", "placards", "banner", "banners", "sign", "signs", "poster", "posters", "graffiti"];
const FARTHEST_HOLDER: u32 = 5;
/// Slogans side by side.
const MOST_DISPLAYED: usize = 4;

/// `""We won't pay,"" said Hill`: marks that were doubled, of which the inner ones count.
fn is_doubled(text: &Text, index: usize) -> bool {
    let outer = &text.marks[index];
    text.marks.get(index + 1).is_some_and(|inner| {
        inner.open == outer.open + 1
            && inner.close + 1 == outer.close
            && text.of(inner.open) == text.of(outer.open)
            && !text.space_before(inner.open)
            && !text.space_before(outer.close)
    })
}

/// "a story titled “Gunmen Kill Two.”", "a song called ‘Leave It There.’"
fn is_titled(scene: &Scene, open: u32) -> bool {
    let Scene { text, reading, syntax, .. } = *scene;
    // "entitled “to be heard”"
    let has_capital = text.tokens.get(open as usize + 1).is_some_and(|first| first.case != Case::Lower);
    if open == 0 || !has_capital || text.sentence(open - 1).block != text.sentence(open).block {
        return false;
    }
    match reading.key(open - 1) {
        "titled" | "entitled" => true,
        "called" => syntax.phrase(open.saturating_sub(2)).is_some_and(|work| {
            syntax.is(work.tokens.end - 1, Parts::WORK) && matches!(reading.key(work.tokens.start), "a" | "an")
        }),
        _ => false,
    }
}

/// `<post id="…">`: markup that was pasted with the text.
fn is_attribute(text: &Text, open: u32) -> bool {
    open > 0 && words::is_sign(text, open - 1, b'=') && !text.space_before(open)
}

/// The classes of a pair with their features. `before` are the decisions on the pairs before it, `features` is a buffer.
pub fn candidates(
    scene: &Scene,
    index: usize,
    before: &[Decision],
    features: &mut Vec<(u32, u32)>,
    choice: &mut impl Choice,
) {
    features.clear();
    describe(scene, index, before, features);
    choice.clear();
    choice.add_answers::<{ CLASSES.len() }>(features);
}

/// Tokens between a cue and a pair that are looked at.
const LONGEST_GAP: u32 = 16;
/// Tokens of a pair that are looked at word by word.
const LOOKED_AT: u32 = 40;

fn describe(scene: &Scene, index: usize, decided: &[Decision], features: &mut Vec<(u32, u32)>) {
    let Scene { text, reading, identity, syntax, cues } = *scene;
    let pair = &text.marks[index];
    let inside = pair.inside();
    let tokens = pair.tokens();
    let mut add = |template: u32, value: u32| features.push((template, value));
    add(100, 0);
    let block_index = text.sentence(pair.open).block as usize;
    // A quotation broken over lines ends in another block.
    let last_block = text.block_tokens[text.sentence(tokens.end - 1).block as usize];
    let block = TokenRange::new(text.block_tokens[block_index].start, last_block.end);
    let sentence = text.sentence(pair.open).tokens;
    let part = |token: u32| -> u32 {
        if token < block.start || token >= block.end {
            return 0;
        }
        let word = syntax.word(token);
        match text.tokens[token as usize].kind {
            TokenKind::Punctuation | TokenKind::Mark | TokenKind::Symbol => both(1, self::word(text.of(token))),
            TokenKind::Number => 2,
            TokenKind::Clitic => 3,
            _ if syntax.in_name(token) => 4 + identity.mentions[syntax.name_of(token) as usize].entity_type as u32,
            // "so-called"
            _ if word.cue.is_some() && !words::is_hyphenated(text, token) => 20,
            _ if word.is(Parts::WORK) => 21,
            _ if word.is(Parts::WORD) => 22,
            _ if word.is(Parts::DETERMINER) => 23,
            _ if word.is(Parts::POSSESSIVE) => 24,
            _ if word.is(Parts::PREPOSITION) => 25,
            _ if word.is(Parts::CONJUNCTION) => 26,
            _ if word.is(Parts::SUBORDINATOR) => 27,
            _ if word.is(Parts::AUXILIARY) => 28,
            _ if word.is(Parts::SUBJECT) => 29,
            _ if word.is(Parts::VERB) => 30,
            _ if word.is(Parts::DOCUMENT) => 31,
            _ if word.is(Parts::SPEAKER) => 32,
            _ if word.is(Parts::ADVERB) => 33,
            _ if text.tokens[token as usize].case != Case::Lower => 34,
            _ => 35,
        }
    };
    let (mut words, mut finite, mut persons, mut stops) = (0, 0, 0, 0);
    let mut commas = 0;
    for token in inside.start..inside.end.min(inside.start + LOOKED_AT) {
        let word = syntax.word(token);
        match text.tokens[token as usize].kind {
            TokenKind::Word => {
                words += 1;
                finite += u32::from(
                    word.is(Parts::AUXILIARY) || word.is(Parts::PAST.and(Parts::THIRD)) && !syntax.in_phrase(token),
                );
                persons += u32::from(word.is(Parts::SUBJECT));
            }
            TokenKind::Clitic => {
                finite += u32::from(word.is(Parts::AUXILIARY) && !matches!(text.of(token), "'s" | "’s" | "'" | "’"))
            }
            TokenKind::Number => words += 1,
            TokenKind::Punctuation => {
                stops += u32::from(matches!(text.of(token), "." | "!" | "?"));
                commas += u32::from(text.of(token) == ",");
            }
            _ => {}
        }
    }
    let length = range(words);
    let first = inside.start;
    let last = inside.end.saturating_sub(1).max(first);
    let first_case = text.tokens.get(first as usize).map_or(0, |token| token.case as u32);
    let end_sign =
        if matches!(text.tokens[last as usize].kind, TokenKind::Punctuation) { word(text.of(last)) } else { 0 };
    let previous = if pair.open > block.start {
        part(pair.open - 1)
    } else {
        // "He commented:" on the line before.
        u32::from(block_index > 0 && is_introduced(text, block_index)) * 36
    };
    let previous2 = if pair.open > block.start + 1 { part(pair.open - 2) } else { 0 };
    // “He wrote ‘good luck’,” she said: the comma is the full stop of the words around it.
    let ends_parent = pair.parent.is_some_and(|parent| text.marks[parent as usize].close == tokens.end + 1);
    let (next, next2) = match ends_parent && words::is_sign(text, tokens.end, b',') {
        true => (both(1, word(".")), 0),
        false => (part(tokens.end), part(tokens.end + 1)),
    };
    let whole_sentence = u32::from(tokens.start == sentence.start) | u32::from(tokens.end >= sentence.end) << 1;
    let whole_block = u32::from(tokens.start == block.start) | u32::from(tokens.end >= block.end) << 1;
    let block_kind = text.blocks[block_index].kind as u32;
    let clause = u32::from(finite > 0) | u32::from(persons > 0) << 1;
    add(102, both(length, clause));
    add(106, previous);
    add(108, next);
    add(104, end_sign);
    add(110, whole_sentence);
    add(112, both(whole_block, block_kind));
    add(113, both(previous2, previous));
    add(119, u32::from(pair.role == MarkRole::Unclosed) | u32::from(pair.mismatched) << 1);
    add(114, both(next, next2));
    add(115, both(previous, length.min(4)));
    add(118, stops.min(2));
    // Whole sentences are somebody's own, whatever stands before them: "added that “The …. The ….”"
    let sentences = (text.sentence_of(last) - text.sentence_of(pair.open)).min(2);
    add(168, both(sentences, both(first_case, previous)));
    add(120, commas.min(3));
    add(121, part(first));
    add(123, both(part(last), end_sign));
    add(125, both(end_sign, both(whole_sentence, first_case)));
    if pair.open > block.start {
        let last = both(syntax.number(pair.open - 1), u32::from(words::is_hyphenated(text, pair.open - 1)));
        add(127, both(last, length.min(4)));
    }
    if words <= 3 {
        add(129, syntax.number(first));
    }
    let mark = word(text.of(pair.open));
    add(130, both(mark, length.min(4)));
    // The quotation around it.
    let parent = pair.parent.map_or(9, |parent| {
        decided.get(parent as usize).map_or(8, |decision| decision.kind.map_or(7, |kind| kind as u32))
    });
    add(131, both(parent, clause));
    // Pairs before it in its sentence.
    let earlier = index.checked_sub(1).filter(|&earlier| {
        let other = &text.marks[earlier];
        other.close < pair.open
            && other.open >= block.start
            && other.parent == pair.parent
            && other.role != MarkRole::Stray
    });
    if let Some(earlier) = earlier {
        let other = &text.marks[earlier];
        let same_sentence = u32::from(other.open >= sentence.start);
        let kind = decided[earlier].kind.map_or(7, |kind| kind as u32);
        add(132, both(kind, same_sentence));
        add(133, both(kind, both(same_sentence, range(pair.open - other.close))));
    }
    // Cues beside it.
    let level = pair.parent.unwrap_or(NONE);
    let (cue_before, cue_after) = scene.cues_around(tokens.start, tokens.end);
    let mut adjacent = 0;
    if let Some(cue) =
        cue_before.map(|cue| &cues[cue]).filter(|cue| cue.tokens.start >= sentence.start && cue.pair == level)
    {
        let distance = pair.open - cue.tokens.end;
        add(134, both(cue.number, u32::from(distance == 0)));
        add(136, both(cue.shape as u32, range(distance)));
        adjacent |= u32::from(distance <= 1) | u32::from(distance <= 6) << 1;
        // "called the winner “…”", "described the plan as a “…”": what lies between.
        let gap = cue.tokens.end..pair.open.min(cue.tokens.end + LONGEST_GAP);
        let as_after = gap.clone().any(|token| reading.key(token) == "as");
        let verbs = gap.clone().filter(|&token| syntax.is(token, Parts::VERB) && !syntax.in_phrase(token));
        let signs =
            gap.filter(|&token| matches!(text.tokens[token as usize].kind, TokenKind::Punctuation | TokenKind::Mark));
        let frames = u32::from(cue.frames.has(Frames::QUOTE))
            | u32::from(cue.frames.has(Frames::THING)) << 1
            | u32::from(cue.frames.has(Frames::AS)) << 2
            | u32::from(cue.frames.has(Frames::THAT)) << 3;
        let between = verbs.count().min(2) as u32 | (signs.count().min(2) as u32) << 2 | u32::from(as_after) << 4;
        add(150, both(frames, between));
        add(153, both(cue.number, between));
    }
    if let Some(cue) = cue_after
        .map(|cue| &cues[cue])
        .filter(|cue| cue.pair == level && cue.tokens.start < block.end && cue.tokens.start - tokens.end <= 12)
    {
        let distance = cue.tokens.start - tokens.end;
        add(139, both(range(distance), u32::from(cue.frames.has(Frames::QUOTE))));
        adjacent |= u32::from(distance <= 3) << 2;
    }
    add(143, both(adjacent, both(length.min(5), end_sign)));
    add(144, both(adjacent, both(whole_sentence, first_case)));
    // A name or a title?
    let covering = identity.mentions_in(pair.content).next().map(|index| &identity.mentions[index]);
    if let Some(mention) = covering {
        let whole = mention.span == pair.content;
        add(145, both(mention.entity_type as u32, u32::from(whole)));
        if mention.entity_type == EntityType::Work {
            add(146, u32::from(whole));
        }
    }
}

/// Whether the line before a block ends in a sign after which somebody's words follow.
pub fn is_introduced(text: &Text, block: usize) -> bool {
    let Some(before) = block.checked_sub(1).map(|before| text.block_tokens[before]) else { return false };
    !before.is_empty() && matches!(text.of(before.end - 1), ":" | ",")
}

/// Whether pairs `earlier` and `later` may be one quote at all: the same level, the same block, and none of a sentence of its own
/// that tells whose words it holds.
pub fn may_join(scene: &Scene, earlier: &MarkPair, later: &MarkPair) -> bool {
    let last = earlier.tokens().end - 1;
    let sentence = scene.text.sentence(later.open);
    earlier.parent == later.parent
        && scene.text.sentence(last).block == sentence.block
        // “They ran,” Ruiz tells us. In a note, Holm said that “all is well”.
        && !(sentence.tokens.start > last && later.open > sentence.tokens.start && tellers(scene, later)[0].is_some())
}

/// The two answers to whether two pairs are one quote: no, yes.
pub fn join_candidates(
    scene: &Scene,
    earlier: &MarkPair,
    later: &MarkPair,
    kinds: [QuoteKind; 2],
    choice: &mut impl Choice,
) {
    let Scene { text, syntax, cues, .. } = *scene;
    choice.clear();
    let mut features: Vec<(u32, u32)> = Vec::with_capacity(24);
    let mut add = |template: u32, value: u32| features.push((template, value));
    add(160, 0);
    let kinds = kinds[0] as u32 * 2 + kinds[1] as u32;
    let gap = earlier.tokens().end..later.open;
    let length = gap.end.saturating_sub(gap.start);
    let sentences = text.sentence_of(later.open) - text.sentence_of(earlier.tokens().end - 1);
    let (_, first) = scene.cues_around(earlier.open, earlier.tokens().end);
    let level = earlier.parent.unwrap_or(NONE);
    let between = cues[first.unwrap_or(cues.len())..]
        .iter()
        .take_while(|cue| cue.tokens.start < later.open)
        .take(4)
        .filter(|cue| cue.pair == level)
        .collect::<Vec<_>>();
    let last = earlier.inside().end.saturating_sub(1);
    let end_sign = word(text.of(last));
    let start_case = text.tokens.get(later.open as usize + 1).map_or(0, |token| token.case as u32);
    let before_later = if length > 0 { word(text.of(later.open - 1)) } else { 0 };
    let after_earlier = if length > 0 { word(text.of(earlier.tokens().end)) } else { 0 };
    let verbs =
        gap.clone().take(30).filter(|&token| syntax.is(token, Parts::VERB) && !syntax.in_phrase(token)).count() as u32;
    let quoting = between.iter().filter(|cue| cue.frames.has(Frames::QUOTE)).count() as u32;
    add(161, both(kinds, range(length)));
    add(162, both(kinds, both(end_sign, start_case)));
    add(163, both(kinds, sentences.min(3)));
    add(164, both(kinds, both(sentences.min(3), quoting.min(2))));
    add(165, both(kinds, both(before_later, start_case)));
    add(166, both(kinds, after_earlier));
    add(167, both(kinds, both(verbs.min(4), sentences.min(2))));
    add(168, both(between.len() as u32, both(kinds, sentences.min(2))));
    add(169, both(kinds, both(end_sign, both(before_later, sentences.min(2)))));
    for cue in between.iter().take(2) {
        add(170, both(kinds, both(cue.number, sentences.min(2))));
        add(171, both(kinds, both(cue.shape as u32, sentences.min(2))));
        add(172, both(kinds, both(range(later.open - cue.tokens.end), sentences.min(2))));
    }
    // A sentence of the writer's own between them has another subject.
    let names =
        gap.clone().take(40).filter_map(|token| syntax.phrase(token).filter(|phrase| phrase.tokens.start == token));
    let speakers = names
        .filter(|phrase| {
            matches!(
                phrase.kind,
                PhraseKind::Person | PhraseKind::Pronoun | PhraseKind::Speaker | PhraseKind::Organization
            )
        })
        .count() as u32;
    add(173, both(kinds, both(speakers.min(3), sentences.min(2))));
    if length > 0 {
        add(174, both(kinds, syntax.number(earlier.tokens().end)));
    }
    // “…,” says Ana. “…,” replies Ben: each has a teller of its own.
    let [first, second] = [earlier, later].map(|pair| tellers(scene, pair));
    let places = first.iter().chain(&second).fold(0, |places, cue| places << 1 | u32::from(cue.is_some()));
    let [first, second] =
        [first, second].map(|[before, after]| after.or(before).and_then(|cue| teller(scene, &cues[cue])));
    let relation = match (first, second) {
        (Some(first), Some(second)) => {
            let entity = |phrase: &Phrase| phrase.mention().map(|mention| scene.identity.entity_of[mention as usize]);
            let is_same = entity(first).is_some() && entity(first) == entity(second);
            both(second.kind as u32, both(u32::from(is_same), u32::from(first.kind == second.kind)))
        }
        (first, second) => u32::from(first.is_some()) << 1 | u32::from(second.is_some()),
    };
    add(175, both(kinds, both(places, sentences.min(2))));
    add(176, both(kinds, both(places, relation)));
    add(177, both(relation, sentences.min(2)));
    choice.add_answers::<2>(&features);
}

/// Tokens between a pair and the cue of its own sentence that tells whose words it holds.
const FARTHEST_TELLER: u32 = 8;

/// The cues that stand right before a pair (“She said, "…"”) and right after it (“"…," said Ana”), by index.
fn tellers(scene: &Scene, pair: &MarkPair) -> [Option<usize>; 2] {
    let Scene { text, cues, .. } = *scene;
    let end = pair.tokens().end;
    let (before, after) = scene.cues_around(pair.open, end);
    let level = pair.parent.unwrap_or(NONE);
    let tells = |cue: &usize| cues[*cue].pair == level && cues[*cue].frames.has(Frames::QUOTE);
    let is_plain = |mut tokens: std::ops::Range<u32>| {
        tokens.len() as u32 <= FARTHEST_TELLER
            && tokens.all(|token| {
                text.tokens[token as usize].kind != TokenKind::Mark && !matches!(text.of(token), "." | "!" | "?" | ";")
            })
    };
    // “Nine.” Ruiz said no more: nobody tells after a full stop, nor in another paragraph.
    let block = text.block_tokens[text.sentence(pair.open).block as usize];
    let goes_on = text.of(pair.inside().end.saturating_sub(1)) != ".";
    let before = before.filter(tells).filter(|&cue| is_plain(cues[cue].tokens.end..pair.open));
    let after = after
        .filter(tells)
        .filter(|&cue| goes_on && cues[cue].tokens.end <= block.end && is_plain(end..cues[cue].tokens.start));
    [before, after]
}

/// The phrase right beside a cue: whoever says it.
fn teller<'s>(scene: &'s Scene, cue: &CueSite) -> Option<&'s Phrase> {
    let before = cue.tokens.start.checked_sub(1);
    scene.syntax.phrase(cue.tokens.end).or_else(|| scene.syntax.phrase(before?))
}
