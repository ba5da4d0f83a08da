//! Lists of words that are asked for at many places: most words are told not to be in one by their first letter and length.

/// Words parted by white space. A list of few is better written as a pattern.
pub(super) struct WordList {
    words: &'static str,
    /// A bit for each first letter and length of a word, by [`WordList::bit`].
    beginnings: [u64; 4],
}

impl WordList {
    /// Of words in small letters.
    pub const fn of(words: &'static str) -> WordList {
        let bytes = words.as_bytes();
        let mut beginnings = [0; 4];
        let mut start = 0;
        while start < bytes.len() {
            let mut end = start;
            while end < bytes.len() && !bytes[end].is_ascii_whitespace() {
                end += 1;
            }
            if end > start {
                let (at, bit) = WordList::bit(bytes[start], end - start);
                beginnings[at] |= bit;
            }
            start = end + 1;
        }
        WordList { words, beginnings }
    }

    /// Whether a word is in the list.
    pub fn has(&self, word: &str) -> bool {
        let Some(&first) = word.as_bytes().first() else { return false };
        let (at, bit) = WordList::bit(first, word.len());
        self.beginnings[at] & bit != 0 && self.words.split_ascii_whitespace().any(|other| other == word)
    }

    const fn bit(first: u8, length: usize) -> (usize, u64) {
        let number = (first as usize % 32) * 8 + length % 8;
        (number / 64, 1 << (number % 64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_its_words_and_no_other() {
        static LIST: WordList = WordList::of("city  town\n    co-founder v");
        for word in ["city", "town", "co-founder", "v"] {
            assert!(LIST.has(word), "{word}");
        }
        for word in ["", "cit", "citys", "tows", "c", "x", "co-foundes", "city town"] {
            assert!(!LIST.has(word), "{word}");
        }
    }
}
