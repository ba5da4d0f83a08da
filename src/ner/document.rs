//! What the rest of the document says about a word: the second pass's own features.
//!
//! A name that is sure in one place ("President Amina Sesay of Sierra Leone") is often bare in another ("Sesay"). The first
//! pass's tags are counted for each word and for each pair of neighbours; each token then sees the counts of all other places.

use super::tags::{self, OUTSIDE, TYPES, Tag};
use super::words::{Category, Table, Words};
use crate::hashing::hash_of_number;
use crate::sorting::sort_by_key;
use crate::text::{Text, TokenRange};

/// Tags of the same word, or pair of words, in the whole document.
#[derive(Clone, Copy, Default, Debug)]
struct Votes {
    /// By type; the last is "no name".
    counts: [u16; TYPES.len() + 1],
}

impl Votes {
    fn add(&mut self, tag: Tag) {
        let count = &mut self.counts[vote(tag)];
        *count = count.saturating_add(1);
    }

    /// The winner without the token's own vote, its share (2: all, 1: most, 0: less) and the number of votes (to 3).
    fn without(&self, own: Tag) -> Option<(usize, u64, u64)> {
        let mut counts = self.counts;
        counts[vote(own)] = counts[vote(own)].saturating_sub(1);
        let total: u32 = counts.iter().map(|&count| u32::from(count)).sum();
        let winner = (0..counts.len()).rev().max_by_key(|&index| counts[index])?;
        let votes = u32::from(counts[winner]);
        if votes == 0 {
            return None;
        }
        let share = if votes == total { 2 } else { u64::from(3 * votes > 2 * total) };
        Some((winner, share, u64::from(total.min(3))))
    }
}

fn vote(tag: Tag) -> usize {
    tags::type_index(tag).unwrap_or(TYPES.len())
}

/// What the first pass found.
pub struct Evidence {
    tags: Vec<Tag>,
    /// Index in `words` of each token, or none.
    word_of: Vec<u32>,
    /// Index in `pairs` of each token and the next one.
    pair_of: Vec<u32>,
    /// How often each word stands in the text, and its tags.
    words: Vec<(u32, Votes)>,
    pairs: Vec<(Votes, Votes)>,
    /// Tag of the name that an acronym in brackets stands for.
    acronyms: Vec<(u32, Tag)>,
}

const NONE: u32 = u32::MAX;

impl Evidence {
    /// Numbers the words that may be names; there are no votes yet.
    #[inline(never)]
    pub fn read(text: &Text, words: &Words) -> Evidence {
        let mut evidence = Evidence {
            tags: Vec::new(),
            word_of: Vec::with_capacity(text.tokens.len()),
            pair_of: Vec::new(),
            words: Vec::new(),
            pairs: Vec::new(),
            acronyms: Vec::new(),
        };
        let mut ids = Table::default();
        let mut of_forms = vec![NONE; words.forms.len()];
        evidence.word_of.extend(words.of_token.iter().map(|&word| {
            let word = &words.words[word as usize];
            if !word.capital {
                return NONE;
            }
            let of_form = &mut of_forms[word.form as usize];
            if *of_form == NONE {
                *of_form = ids.entry(words.forms[word.form as usize].lower, evidence.words.len() as u32);
                if *of_form as usize == evidence.words.len() {
                    evidence.words.push((0, Votes::default()));
                }
            }
            evidence.words[*of_form as usize].0 += 1;
            *of_form
        }));
        evidence
    }

    /// Whether anything may be found about a token's word elsewhere: nothing where it stands only here, but for an acronym in
    /// brackets.
    pub fn may_tell(&self, words: &Words, token: usize) -> bool {
        let word = self.word_of[token];
        word != NONE
            && (self.words[word as usize].0 > 1
                || token > 0 && words.at(token as u32 - 1).category == Category::Bracket)
    }

    /// Counts the first pass's `tags`, one for each token.
    #[inline(never)]
    pub fn count(&mut self, text: &Text, words: &Words, tags: Vec<Tag>) {
        self.tags = tags;
        self.pair_of = vec![NONE; self.tags.len()];
        let mut pair_ids = Table::default();
        for sentence in &text.sentences {
            let range = sentence.tokens;
            for token in range.indices() {
                let word = self.word_of[token];
                if word == NONE {
                    continue;
                }
                let (count, votes) = &mut self.words[word as usize];
                votes.add(self.tags[token]);
                // A pair that stands at two places is of words that do.
                let count = *count;
                if count == 1 || !range.holds(token as u32 + 1) {
                    continue;
                }
                let next = self.word_of[token + 1];
                if next == NONE || self.words[next as usize].0 == 1 {
                    continue;
                }
                let id =
                    pair_ids.entry(hash_of_number(u64::from(word) << 32 | u64::from(next)), self.pairs.len() as u32);
                if id as usize == self.pairs.len() {
                    self.pairs.push(Default::default());
                }
                let pair = &mut self.pairs[id as usize];
                pair.0.add(self.tags[token]);
                pair.1.add(self.tags[token + 1]);
                self.pair_of[token] = id;
            }
            self.find_acronyms(text, words, range);
        }
        sort_by_key(&mut self.acronyms, |&acronym| acronym);
        self.acronyms.dedup_by_key(|&mut (word, _)| word);
    }

    /// "Sexual Minorities Uganda (SMUG)": the acronym is what its name is, wherever it stands.
    fn find_acronyms(&mut self, text: &Text, words: &Words, range: TokenRange) {
        for token in range.start..range.end {
            if words.at(token).category != Category::Bracket {
                continue;
            }
            if text.of(token) != "(" || !range.holds(token + 2) || text.of(token + 2) != ")" || token == range.start {
                continue;
            }
            let acronym = text.of(token + 1);
            if acronym.len() < 2 || acronym.len() > 10 || acronym.chars().filter(|c| c.is_uppercase()).count() < 2 {
                continue;
            }
            let tag = self.tags[token as usize - 1];
            if tag == OUTSIDE {
                continue;
            }
            // The name's first letter is the acronym's.
            let mut start = token - 1;
            while start > range.start
                && tags::may_follow(self.tags[start as usize - 1], self.tags[start as usize])
                && !matches!(tags::part(self.tags[start as usize]), tags::Part::First | tags::Part::Only)
            {
                start -= 1;
            }
            let initial = text.of(start).chars().next();
            if initial.is_some_and(|c| acronym.starts_with(c)) && token - start > 1 {
                let word = self.word_of[token as usize + 1];
                if word != NONE {
                    self.acronyms.push((word, tag));
                }
            }
        }
    }

    /// What was found about a token's word: templates and values of features.
    #[inline(always)]
    pub(super) fn features(&self, token: u32, mut add: impl FnMut(u64, u64)) {
        let own = self.tags[token as usize];
        let word = self.word_of[token as usize];
        if word == NONE {
            return;
        }
        if let Some((winner, share, votes)) = self.words[word as usize].1.without(own) {
            add(900, (winner as u64) << 8 | share << 4 | votes);
            add(901, winner as u64);
        }
        let pair = self.pair_of[token as usize];
        if pair != NONE
            && let Some((winner, share, votes)) = self.pairs[pair as usize].0.without(own)
        {
            add(902, (winner as u64) << 8 | share << 4 | votes);
        }
        if token > 0 && self.pair_of[token as usize - 1] != NONE {
            let pair = self.pair_of[token as usize - 1];
            if let Some((winner, share, votes)) = self.pairs[pair as usize].1.without(own) {
                add(903, (winner as u64) << 8 | share << 4 | votes);
            }
        }
        if let Ok(found) = self.acronyms.binary_search_by_key(&word, |&(word, _)| word) {
            add(904, vote(self.acronyms[found].1) as u64);
        }
    }
}
