//! Quotations whose opening mark is missing: "We never wrote one,” says Ana Ruiz".
//!
//! A mark that opens nothing closes its sentence's words where a sign of theirs stands before it and their teller behind it.

use super::cues::{CueShape, CueSite};
use super::dialogue::{Author, Form, Turn};
use super::marked::Scene;
use super::phrases::NONE;
use crate::lexicon::cues::Frames;
use crate::text::{MarkRole, TokenKind, TokenRange};

/// Tokens between the mark and the verb: "says", "the former deputy mayor said".
const LONGEST_TELLER: u32 = 8;
/// Tokens of the longest quotation, and the fewest words of one.
const LONGEST_WORDS: usize = 300;
const FEWEST_WORDS: usize = 3;

/// Sentences before the one with the mark that may be quoted as well.
const MOST_SENTENCES: u32 = 4;

/// Such quotations, in order. Linear: of each mark, its sentence is looked at.
pub fn find(scene: &Scene) -> Vec<Turn> {
    let strays = scene.text.marks.iter().filter(|mark| mark.role == MarkRole::Stray);
    strays.filter_map(|mark| unopened(scene, mark.open)).collect()
}

fn unopened(scene: &Scene, mark: u32) -> Option<Turn> {
    let Scene { text, syntax, cues, .. } = *scene;
    let last = mark.checked_sub(1).filter(|&last| matches!(text.of(last), "," | "?" | "!"))?;
    if !matches!(text.of(mark), "\"" | "”" | "“" | "''" | "’’") || syntax.pair_of(mark) != NONE {
        return None;
    }
    let sentence = text.sentence_of(last);
    // What is said in the first person before belongs to it: "We were gentlemen. Today we are thieves,” said …"
    let first =
        (sentence.saturating_sub(MOST_SENTENCES)..sentence).rev().take_while(|&before| speaks(scene, before, sentence));
    let words = TokenRange::new(text.sentences[first.last().unwrap_or(sentence) as usize].tokens.start, mark);
    let is_of = |kind: TokenKind| move |token: &usize| text.tokens[*token].kind == kind;
    if words.len() > LONGEST_WORDS {
        return None;
    }
    let has_marks = words.indices().any(|token| is_of(TokenKind::Mark)(&token));
    if has_marks || words.indices().filter(is_of(TokenKind::Word)).count() < FEWEST_WORDS {
        return None;
    }
    let at = cues.partition_point(|cue| cue.tokens.start <= mark);
    let tells = |cue: &&CueSite| {
        matches!(cue.shape, CueShape::Past | CueShape::Third | CueShape::Base)
            && cue.frames.has(Frames::QUOTE)
            && cue.pair == NONE
            && cue.tokens.start <= mark + 1 + LONGEST_TELLER
            && (mark + 1..cue.tokens.start).all(|token| syntax.in_phrase(token))
    };
    let _ = cues.get(at).filter(tells)?;
    Some(Turn { cue: Some(at as u32), author: Author::Unknown, pieces: vec![words], form: Form::Unopened })
}

/// Whether a sentence of the same paragraph as another one is in the first person.
fn speaks(scene: &Scene, sentence: u32, other: u32) -> bool {
    let [one, other] = [sentence, other].map(|sentence| &scene.text.sentences[sentence as usize]);
    let is_first = |token: usize| matches!(scene.reading.key(token as u32), "i" | "we" | "our" | "my" | "us" | "me");
    one.block == other.block && one.tokens.indices().any(is_first)
}
