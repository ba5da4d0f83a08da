//! What the rest of the document says about a word: the second pass's own features.
//!
//! A name that is sure in one place ("President Amina Sesay of Sierra Leone") is often bare in another ("Sesay"). The first
//! pass's tags are counted for each word and for each pair of neighbours; each token then sees the counts of all other places.

use super::tags::{self, OUTSIDE, TYPES, Tag};
use super::words::{Category, Table, Word, Words};
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
pub struct Evidence<'w> {
    words: &'w Words<'w>,
    /// Index in `counted` of each of [`Words::words`], or none.
    number_of: Vec<u32>,
    /// How often each word stands in the text, and its tags.
    counted: Vec<(u32, Votes)>,
    /// Index in `pairs` of each counted token and the next one.
    pair_of: Vec<u32>,
    pairs: Vec<(Votes, Votes)>,
    /// Tag of the name that an acronym in brackets stands for.
    acronyms: Vec<(u32, Tag)>,
}

const NONE: u32 = u32::MAX;

/// A token that was counted.
#[derive(Clone, Copy)]
pub struct Counted {
    /// Where it stands in the text.
    pub token: u32,
    /// Its number among those that were counted.
    pub index: usize,
    /// The first pass's.
    pub tag: Tag,
}

impl<'w> Evidence<'w> {
    /// Numbers the words that may be names; there are no votes yet.
    #[inline(never)]
    pub fn read(words: &'w Words) -> Evidence<'w> {
        let mut counted = Vec::new();
        let mut ids = Table::default();
        let number = |word: &Word| {
            if !word.capital {
                return NONE;
            }
            let number = ids.entry(words.form(word).lower, counted.len() as u32);
            if number as usize == counted.len() {
                counted.push((0, Votes::default()));
            }
            number
        };
        let number_of: Vec<u32> = words.words.iter().map(number).collect();
        for &word in &words.of_token {
            if let Some((count, _)) = counted.get_mut(number_of[word as usize] as usize) {
                *count += 1;
            }
        }
        Evidence { words, number_of, counted, pair_of: Vec::new(), pairs: Vec::new(), acronyms: Vec::new() }
    }

    /// Index in `counted` of a token's word, or none.
    fn word_of(&self, token: u32) -> u32 {
        self.number_of[self.words.of_token[token as usize] as usize]
    }

    /// Whether anything may be found about a token's word elsewhere: nothing where it stands only here, but for an acronym in
    /// brackets.
    pub fn may_tell(&self, token: u32) -> bool {
        let word = self.word_of(token);
        word != NONE
            && (self.counted[word as usize].0 > 1
                || token > 0 && self.words.at(token - 1).category == Category::Bracket)
    }

    /// Counts the first pass's `tags`, one for each token of the text, in these stretches of active tokens: all, or at least those
    /// in which there is a token about whose word something may be found.
    #[inline(never)]
    pub fn count(&mut self, text: &Text, tags: &[Tag], stretches: impl Iterator<Item = TokenRange> + Clone) {
        self.pair_of.reserve_exact(stretches.clone().map(TokenRange::len).sum());
        let mut pair_ids = Table::default();
        for stretch in stretches {
            for token in stretch.start..stretch.end {
                let next = Some(token + 1).filter(|&next| next < stretch.end);
                let pair = self.count_token(&mut pair_ids, tags, token, next);
                self.pair_of.push(pair);
            }
        }
        for sentence in &text.sentences {
            self.find_acronyms(text, tags, sentence.tokens);
        }
        sort_by_key(&mut self.acronyms, |&acronym| acronym);
        self.acronyms.dedup_by_key(|&mut (word, _)| word);
    }

    /// Counts a token's tag, and those of it and the next one. Returns the index in `pairs` of the two, or none.
    fn count_token(&mut self, pair_ids: &mut Table, tags: &[Tag], token: u32, next: Option<u32>) -> u32 {
        let word = self.word_of(token);
        if word == NONE {
            return NONE;
        }
        let tag = tags[token as usize];
        let (count, votes) = &mut self.counted[word as usize];
        votes.add(tag);
        // A pair that stands at two places is of words that do.
        if *count == 1 {
            return NONE;
        }
        let Some(next) = next else { return NONE };
        let next_word = self.word_of(next);
        if next_word == NONE || self.counted[next_word as usize].0 == 1 {
            return NONE;
        }
        let id = pair_ids.entry(hash_of_number(u64::from(word) << 32 | u64::from(next_word)), self.pairs.len() as u32);
        if id as usize == self.pairs.len() {
            self.pairs.push(Default::default());
        }
        let pair = &mut self.pairs[id as usize];
        pair.0.add(tag);
        pair.1.add(tags[next as usize]);
        id
    }

    /// "Sexual Minorities Uganda (SMUG)": the acronym is what its name is, wherever it stands.
    fn find_acronyms(&mut self, text: &Text, tags: &[Tag], range: TokenRange) {
        for token in range.start..range.end {
            if self.words.at(token).category != Category::Bracket {
                continue;
            }
            if text.of(token) != "(" || !range.holds(token + 2) || text.of(token + 2) != ")" || token == range.start {
                continue;
            }
            let acronym = text.of(token + 1);
            if acronym.len() < 2 || acronym.len() > 10 || acronym.chars().filter(|c| c.is_uppercase()).count() < 2 {
                continue;
            }
            let tag = tags[token as usize - 1];
            if tag == OUTSIDE {
                continue;
            }
            // The name's first letter is the acronym's.
            let mut start = token - 1;
            while start > range.start
                && tags::may_follow(tags[start as usize - 1], tags[start as usize])
                && !matches!(tags::part(tags[start as usize]), tags::Part::First | tags::Part::Only)
            {
                start -= 1;
            }
            let initial = text.of(start).chars().next();
            if initial.is_some_and(|c| acronym.starts_with(c)) && token - start > 1 {
                let word = self.word_of(token + 1);
                if word != NONE {
                    self.acronyms.push((word, tag));
                }
            }
        }
    }

    /// What was found about a token's word: templates and values of features.
    #[inline(always)]
    pub(super) fn features(&self, Counted { token, index, tag: own }: Counted, mut add: impl FnMut(u64, u64)) {
        let word = self.word_of(token);
        if word == NONE {
            return;
        }
        if let Some((winner, share, votes)) = self.counted[word as usize].1.without(own) {
            add(900, (winner as u64) << 8 | share << 4 | votes);
            add(901, winner as u64);
        }
        let pair = self.pair_of[index];
        if pair != NONE
            && let Some((winner, share, votes)) = self.pairs[pair as usize].0.without(own)
        {
            add(902, (winner as u64) << 8 | share << 4 | votes);
        }
        // The last token of another stretch is in no pair.
        let pair = index.checked_sub(1).map_or(NONE, |before| self.pair_of[before]);
        if pair != NONE
            && let Some((winner, share, votes)) = self.pairs[pair as usize].1.without(own)
        {
            add(903, (winner as u64) << 8 | share << 4 | votes);
        }
        if let Ok(found) = self.acronyms.binary_search_by_key(&word, |&(word, _)| word) {
            add(904, vote(self.acronyms[found].1) as u64);
        }
    }
}
