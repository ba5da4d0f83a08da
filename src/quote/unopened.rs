//! Quotations whose opening mark is missing: "We never wrote one,” says Ana Ruiz".
//!
//! A mark that opens nothing closes its sentence's words where a sign of theirs stands before it and their teller behind it.

use super::cues::{CueShape, CueSite};
use super::dialogue::{Author, Form, Turn, says_i};
use super::marked::Scene;
use super::phrases::NONE;
use crate::lexicon::cues::Frames;
use crate::text::{MarkRole, TokenKind, TokenRange};

/// Tokens between the mark and the verb: "says", "the former deputy mayor said".
const LONGEST_TELLER: u32 = 8;
/// Tokens of the longest quotation.
const LONGEST_WORDS: usize = 300;
/// Words of the shortest one.
const FEWEST_WORDS: usize = 3;
/// Sentences before the one with the mark that may be quoted as well.
const MOST_SENTENCES: u32 = 4;

/// Such quotations, in order. Linear: of each mark, its sentence is looked at.
pub fn find(scene: &Scene) -> Vec<Turn> {
    let strays = scene.text.marks.iter().filter(|mark| mark.role == MarkRole::Stray);
    strays.filter_map(|mark| unopened(scene, mark.open)).collect()
}

fn unopened(scene: &Scene, mark: u32) -> Option<Turn> {
    let Scene { text, reading, syntax, cues, .. } = *scene;
    let last = mark.checked_sub(1)?;
    // “It is over”, said Ruiz
    let has_comma = text.tokens.len() > mark as usize + 1
        && text.of(mark + 1) == ","
        && !text.space_before(mark)
        && !text.space_before(mark + 1);
    if !matches!(text.of(last), "," | "?" | "!") && !has_comma {
        return None;
    }
    let teller = mark + 1 + u32::from(has_comma);
    if !matches!(text.of(mark), "\"" | "”" | "“" | "''" | "’’") || syntax.pair_of(mark) != NONE {
        return None;
    }
    let at = cues.partition_point(|cue| cue.tokens.start <= mark);
    let tells = |cue: &CueSite| {
        matches!(cue.shape, CueShape::Past | CueShape::Third | CueShape::Base)
            && cue.frames.has(Frames::QUOTE)
            && cue.pair == NONE
            && cue.tokens.start <= teller + LONGEST_TELLER
            && (teller..cue.tokens.start).all(|token| syntax.in_phrase(token))
    };
    if !cues.get(at).is_some_and(tells) {
        return None;
    }
    // What is said in the first person before belongs to it: "We were gentlemen. Today we are thieves,” said …"
    let number = text.sentence_of(last);
    let before = text.sentences[number.saturating_sub(MOST_SENTENCES) as usize..number as usize].iter().rev();
    let own = &text.sentences[number as usize];
    let said = before.take_while(|one| one.block == own.block && says_i(text, reading, syntax, one.tokens));
    let words = TokenRange::new(said.last().unwrap_or(own).tokens.start, mark);
    let count = |kind: TokenKind| words.indices().filter(|&token| text.tokens[token].kind == kind).count();
    if words.len() > LONGEST_WORDS || count(TokenKind::Mark) > 0 || count(TokenKind::Word) < FEWEST_WORDS {
        return None;
    }
    Some(Turn { cue: Some(at as u32), author: Author::Unknown, pieces: vec![words], form: Form::Unopened })
}
