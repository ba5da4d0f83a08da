//! Transliteration-blind keys: what is left of a name part when the choices of whoever wrote it in Latin letters are taken away.
//!
//! `Qadhafi` and `Gaddafi`, `Khaz'ali` and `Khazali`, `Zelensky` and `Zelenskyy`, `Asaeb` and `Asa'ib` share a key. The key is
//! for finding candidates and for comparing parts of names that agree otherwise, never for joining names by itself.

use crate::hashing::WordHasher;
use std::hash::Hasher;

/// A key: only whether two are equal counts, so it is no string but a hash of its sounds.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Key {
    sounds: WordHasher,
    /// How many sounds it has.
    pub length: usize,
}

impl Key {
    fn push(&mut self, sound: char) {
        self.sounds.write_u32(sound.into());
        self.length += 1;
    }

    /// What equal keys share.
    pub fn hash(&self) -> u64 {
        self.sounds.finish()
    }
}

/// The keys of a name part.
#[derive(Default)]
pub(super) struct Sounds {
    /// The key itself.
    pub skeleton: Key,
    /// The same without any vowel.
    pub bare: Key,
    /// The vowel that it begins with.
    first: Option<char>,
}

impl Sounds {
    /// Those of a folded part (see [`crate::lexicon::fold`]). Linear.
    pub fn of(part: &str) -> Sounds {
        let bytes = part.as_bytes();
        if bytes.iter().all(u8::is_ascii_alphanumeric) {
            Sounds::of_letters(|at| bytes.get(at).map_or(END, |&byte| char::from(byte)))
        } else {
            let letters: Vec<char> = part.chars().filter(|c| c.is_alphanumeric()).collect();
            Sounds::of_letters(|at| letters.get(at).copied().unwrap_or(END))
        }
    }

    /// The key without its vowels, but for a first one: "mhmd" for Mohammed, Muhammad and Mohamed.
    pub fn consonants(&self) -> Key {
        let mut key = self.bare;
        self.first.into_iter().for_each(|first| key.push(first));
        key
    }

    fn of_letters(letter: impl Fn(usize) -> char) -> Sounds {
        let mut keys = Sounds::default();
        let mut at = 0;
        let mut before = SILENT;
        while letter(at) != END {
            let (sound, length) = sound(at, &letter);
            at += length;
            // Doubled letters are one, and so are vowels in a row: the first tells enough. "-y", "-iy", "-yy" and "-i" are one
            // ending.
            let is_vowel_here = is_vowel(sound);
            if sound == SILENT || sound == before || is_vowel_here && is_vowel(before) {
                continue;
            }
            keys.skeleton.push(sound);
            if !is_vowel_here {
                keys.bare.push(sound);
            } else if before == SILENT {
                keys.first = Some(sound);
            }
            before = sound;
        }
        keys
    }
}

/// What stands behind the last letter.
const END: char = ' ';

fn is_vowel(sound: char) -> bool {
    matches!(sound, 'a' | 'i' | 'u')
}

/// The sound of a silent letter.
const SILENT: char = ' ';

/// The sound that the letters from a place on begin with, and how many letters it takes.
#[inline]
fn sound(at: usize, letter: impl Fn(usize) -> char) -> (char, usize) {
    let (next, third) = (|| letter(at + 1), || letter(at + 2));
    match letter(at) {
        's' => match next() {
            'c' if third() == 'h' => ('S', 3),
            'h' if third() == 'c' => ('S', 3),
            'h' => ('S', 2),
            _ => ('s', 1),
        },
        't' => match next() {
            'c' if third() == 'h' => ('C', 3),
            'h' => ('t', 2),
            's' | 'z' => ('z', 2),
            _ => ('t', 1),
        },
        'd' => match next() {
            'z' if third() == 'h' => ('J', 3),
            'j' => ('J', 2),
            'h' => ('d', 2),
            _ => ('d', 1),
        },
        'c' => match next() {
            'h' | 'z' => ('C', 2),
            'k' => ('k', 2),
            _ => ('k', 1),
        },
        'z' if next() == 'h' => ('J', 2),
        'k' | 'g' if next() == 'h' => ('k', 2),
        'p' if next() == 'h' => ('f', 2),
        'k' | 'q' | 'g' => ('k', 1),
        'j' => ('J', 1),
        'x' => ('S', 1),
        'w' => ('v', 1),
        'e' | 'i' | 'y' => ('i', 1),
        'o' | 'u' => ('u', 1),
        // But for the first.
        'h' if at > 0 => (SILENT, 1),
        letter => (letter, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::fold;

    fn sounds(name: &str) -> Sounds {
        Sounds::of(&fold(name))
    }

    #[test]
    fn spellings_of_one_name_share_a_key() {
        for (one, other) in [
            ("Qadhafi", "Gaddafi"),
            ("Khaz'ali", "Khazali"),
            ("Zelensky", "Zelenskyy"),
            ("Zelensky", "Zelenskiy"),
            ("Haqq", "Haq"),
            ("Asaeb", "Asa’ib"),
            ("Yousef", "Yusuf"),
            ("Hussein", "Husayn"),
        ] {
            let [one_key, other_key] = [one, other].map(|name| sounds(name).consonants().hash());
            assert_eq!(one_key, other_key, "{one} {other}");
        }
    }

    #[test]
    fn different_names_keep_different_keys() {
        for (one, other) in [("Johnson", "Johnston"), ("Karim", "Kamil"), ("Petrov", "Petrosyan"), ("Ruiz", "Rios")] {
            let [one_key, other_key] = [one, other].map(|name| sounds(name).skeleton.hash());
            assert_ne!(one_key, other_key);
        }
    }

    #[test]
    fn signs_and_foreign_letters_do_no_harm() {
        assert_eq!(sounds("s.c-h").skeleton.hash(), sounds("sch").skeleton.hash());
        assert_eq!(sounds("Зеленский").skeleton.length, 9);
        assert_ne!(sounds("Abdulahi").consonants().hash(), sounds("Bdl").consonants().hash());
        assert_eq!(sounds("Abdulahi").bare.hash(), sounds("Bdl").consonants().hash());
    }
}
