//! What distinct words do in any sentence: worked out once for a word that other texts have as well.

use super::chunker::{self, Roles};
use super::landmarks;
use super::phrases::PhraseKind;
use crate::lexicon::{self, Reading};
use crate::text::{Text, TokenKind};
use std::cell::RefCell;

/// What a distinct word does wherever it stands.
#[derive(Clone, Copy)]
pub struct Nature {
    /// What it does to the noun phrase before it.
    pub roles: Roles,
    /// What a noun phrase may stand for that it ends, where it tells.
    pub phrase: Option<PhraseKind>,
    /// Which [`landmarks`] it may be.
    pub landmark: u8,
}

impl Nature {
    fn of(text: &Text, word: &lexicon::Word) -> Nature {
        let &lexicon::Word { grammar, number, first, .. } = word;
        let roles = match text.tokens[first as usize].kind {
            TokenKind::Word => Roles::of_word(grammar, number, text.tokens[first as usize].case),
            _ => Roles::of_sign(text, first),
        };
        Nature { roles, phrase: chunker::phrase_kind(grammar, number), landmark: landmarks::kind(grammar, number) }
    }
}

/// Calls `visit` with each distinct word of a text and its nature, in order.
pub fn for_each(text: &Text, reading: &Reading, mut visit: impl FnMut(&lexicon::Word, Nature)) {
    // By the numbers of the words that are remembered beyond a text.
    thread_local!(static MEMORY: RefCell<Vec<Option<Nature>>> = RefCell::default());
    MEMORY.with_borrow_mut(|memory| {
        for word in &reading.words {
            let Some(number) = word.remembered else {
                visit(word, Nature::of(text, word));
                continue;
            };
            let number = number as usize;
            if number >= memory.len() {
                memory.resize(number + 1, None);
            }
            visit(word, *memory[number].get_or_insert_with(|| Nature::of(text, word)));
        }
    });
}
