//! Quotations in marks that need no cue: with a name on the line below, with "in his words" beside them.

use super::dialogue::{Author, LONGEST_SIGNATURE};
use super::landmarks::FINITE;
use super::marked::Scene;
use super::phrases::PhraseKind;
use super::words;
use crate::annotation::BlockKind;
use crate::lexicon::grammar::Parts;
use crate::text::{MarkPair, TokenKind, TokenRange};

/// "'s own words", in tokens.
const LONGEST_OWNED: usize = 3;

/// Whose words a pair of marks holds, as far as that is told so.
pub fn of(scene: &Scene, pair: &MarkPair) -> Author {
    in_words(scene, pair).or_else(|| below(scene, pair)).map_or(Author::Unknown, Author::Phrase)
}

/// "The plan was, in his words, “dead on arrival”", "“a disgrace”, in Ruiz's own words": the phrase that ends with "words".
fn in_words(scene: &Scene, pair: &MarkPair) -> Option<u32> {
    let Scene { text, syntax, .. } = *scene;
    let has = |token: u32, number: u32| (token as usize) < text.tokens.len() && syntax.number(token) == number;
    let comma = |token: u32| u32::from((token as usize) < text.tokens.len() && words::is_sign(text, token, b','));
    let before = pair.open.checked_sub(1).and_then(|before| before.checked_sub(comma(before)));
    let after = pair.tokens().end + comma(pair.tokens().end);
    let phrase = match before.filter(|&before| has(before, words::WORDS)) {
        Some(before) => syntax.phrase_of(before),
        None if has(after, words::IN) => syntax.phrase_of(after + 1),
        None => return None,
    };
    let tokens = syntax.phrases.get(phrase as usize)?.tokens;
    // "in other words"
    let is_source = owner_of_words(scene, tokens).is_some() && has(tokens.start.checked_sub(1)?, words::IN);
    is_source.then_some(phrase)
}

/// Whose words a phrase means: "Dolan" of "Dolan's own words", "her" of "her words".
pub fn owner_of_words(scene: &Scene, phrase: TokenRange) -> Option<TokenRange> {
    let syntax = scene.syntax;
    (syntax.number(phrase.end - 1) == words::WORDS).then(|| owner_in(scene, phrase, LONGEST_OWNED)).flatten()
}

/// Whose a phrase is by itself: "her brother" of "her brother's claim", "her" of "her claim"; `longest` is the number of tokens behind
/// the owner, its clitic included.
pub fn owner_in(scene: &Scene, phrase: TokenRange, longest: usize) -> Option<TokenRange> {
    let Scene { text, syntax, .. } = *scene;
    let is_clitic = |token: &u32| text.tokens[*token as usize].kind == TokenKind::Clitic;
    let clitic = (phrase.start + 1..phrase.end).rev().take(longest).find(is_clitic);
    let pronoun = syntax.is(phrase.start, Parts::POSSESSIVE).then_some(phrase.start + 1);
    clitic.or(pronoun).map(|end| TokenRange::new(phrase.start, end))
}

/// A paragraph in marks with the name of whose words it holds below: "— Ana Ruiz, farmer", "Ana Ruiz". Above the text it is a
/// headline, and the name the author's.
fn below(scene: &Scene, pair: &MarkPair) -> Option<u32> {
    let Scene { text, syntax, .. } = *scene;
    let last = pair.tokens().end.checked_sub(1)?;
    let (first, block) = (text.sentence(pair.open).block as usize, text.sentence(last).block as usize);
    let line = *text.block_tokens.get(block + 1)?;
    let is_paragraph = text.block_tokens[first].start == pair.open && text.block_tokens[block].end == last + 1;
    let is_name = matches!(text.blocks[block + 1].kind, BlockKind::Paragraph | BlockKind::Headline);
    if !is_paragraph || first == 0 || !is_name || line.len() < 2 || line.len() > LONGEST_SIGNATURE {
        return None;
    }
    let has_dash = matches!(text.of(line.start), "—" | "–" | "-" | "--" | "―");
    let start = line.start + u32::from(has_dash);
    let phrase = syntax.phrase_of(start);
    let name = syntax.phrases.get(phrase as usize)?;
    let goes_on = name.tokens.end < line.end && !matches!(text.of(name.tokens.end), "," | "(");
    let is_sentence = matches!(text.of(line.end - 1), "." | "!" | "?" | ":")
        || (start..line.end).any(|token| syntax.is(token, FINITE) && !syntax.in_phrase(token));
    let is_signed = name.kind == PhraseKind::Person && name.tokens.start == start && (has_dash || !goes_on);
    (is_signed && !is_sentence).then_some(phrase)
}
