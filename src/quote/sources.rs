//! Headlines that end with their source: "Quake felt off Lombok - BMKG", "Dam was leaking – report", "Two dead in storm: police".

use super::cues::CueShape;
use super::dialogue::{Author, Form, Turn};
use super::marked::Scene;
use super::phrases::{NONE, PhraseKind};
use crate::annotation::BlockKind;
use crate::lexicon::Class;
use crate::text::{TokenKind, TokenRange};

/// Tokens of the longest source.
const LONGEST_SOURCE: u32 = 5;
/// Words that something is told in: "Football: Arsenal" tells nothing.
const FEWEST_WORDS: usize = 5;

/// The reports of headlines and standfirsts, in order. Linear in the number of blocks.
#[inline(never)]
pub fn find(scene: &Scene) -> Vec<Turn> {
    let told = |block: &usize| matches!(scene.text.blocks[*block].kind, BlockKind::Headline | BlockKind::Standfirst);
    (0..scene.text.blocks.len()).filter(told).filter_map(|block| sourced(scene, block)).collect()
}

fn sourced(scene: &Scene, block: usize) -> Option<Turn> {
    let (text, syntax) = (scene.text, scene.syntax);
    let tokens = text.block_tokens[block];
    let from = tokens.start.max(tokens.end.saturating_sub(LONGEST_SOURCE + 1));
    let sign = (from..tokens.end.saturating_sub(1)).rev().find(|&token| {
        let is_dash = matches!(text.of(token), "–" | "—" | "-" | "--") && text.space_before(token);
        (is_dash && text.space_before(token + 1) || text.of(token) == ":") && syntax.pair_of(token) == NONE
    })?;
    let source = TokenRange::new(sign + 1, tokens.end);
    let number = syntax.phrase_of(source.start);
    let phrase = syntax.phrases.get(number as usize).filter(|phrase| phrase.tokens == source)?;
    let is_colon = text.of(sign) == ":";
    let tells = match phrase.kind {
        PhraseKind::Speaker | PhraseKind::Document | PhraseKind::Report | PhraseKind::Person => true,
        PhraseKind::Pronoun => scene.identity.mentions.get(phrase.mention()? as usize)?.tokens.len() == 1,
        // Behind a dash the paper's own name stands as often.
        PhraseKind::Organization => is_colon || !source.indices().any(|token| is_paper(scene, token as u32)),
        _ => false,
    };
    let mut words = TokenRange::new(tokens.start, sign);
    // "(2nd LD) …"
    if text.of(words.start) == "(" {
        words.start = (words.start..sign).find(|&token| text.of(token) == ")")? + 1;
    }
    let counted = words.indices().filter(|&token| text.tokens[token].kind != TokenKind::Punctuation).count();
    if !tells || counted < FEWEST_WORDS {
        return None;
    }
    // What stands in marks as a whole is found by its marks.
    let is_quoted = text.tokens[words.start as usize].kind == TokenKind::Mark
        && syntax.pair_of(words.end - 2) != NONE
        && syntax.pair_of(words.end - 2) == syntax.pair_of(words.start + 1);
    if is_quoted {
        return None;
    }
    let at = scene.cues.partition_point(|cue| cue.tokens.start < sign);
    let cue = scene.cues.get(at).filter(|cue| cue.tokens.start == sign && cue.shape == CueShape::Colon);
    Some(Turn { cue: cue.map(|_| at as u32), author: Author::Phrase(number), pieces: vec![words], form: Form::Source })
}

fn is_paper(scene: &Scene, token: u32) -> bool {
    scene.reading.classes(token).has(Class::Media)
}
