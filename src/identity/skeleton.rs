//! Transliteration-blind keys: what is left of a name part when the choices of whoever wrote it in Latin letters are taken away.
//!
//! `Qadhafi` and `Gaddafi`, `Khaz'ali` and `Khazali`, `Zelensky` and `Zelenskyy`, `Asaeb` and `Asa'ib` share a key. The key is
//! for finding candidates and for comparing parts of names that agree otherwise, never for joining names by itself.

/// The keys of one name part after the other.
#[derive(Default)]
pub(super) struct Sounds {
    /// The key.
    pub skeleton: String,
    /// The same without its vowels, but for a first one: "mhmd" for Mohammed, Muhammad and Mohamed.
    pub consonants: String,
}

impl Sounds {
    /// Makes the keys of a folded part (see [`crate::lexicon::fold`]). Linear.
    pub fn read(&mut self, part: &str) {
        self.skeleton.clear();
        self.consonants.clear();
        let bytes = part.as_bytes();
        if bytes.iter().all(u8::is_ascii_alphanumeric) {
            self.push(|at| bytes.get(at).map_or(END, |&byte| char::from(byte)));
        } else {
            let letters: Vec<char> = part.chars().filter(|c| c.is_alphanumeric()).collect();
            self.push(|at| letters.get(at).copied().unwrap_or(END));
        }
    }

    fn push(&mut self, letter: impl Fn(usize) -> char) {
        let mut at = 0;
        let mut before = SILENT;
        while letter(at) != END {
            let (sound, length) = sound([letter(at), letter(at + 1), letter(at + 2)], at == 0);
            at += length;
            // Doubled letters are one, and so are vowels in a row: the first tells enough. "-y", "-iy", "-yy" and "-i" are one
            // ending.
            if sound == SILENT || sound == before || is_vowel(sound) && is_vowel(before) {
                continue;
            }
            if before == SILENT || !is_vowel(sound) {
                self.consonants.push(sound);
            }
            self.skeleton.push(sound);
            before = sound;
        }
    }

    /// The consonants alone.
    pub fn without_vowels(&self) -> &str {
        self.consonants.trim_start_matches(is_vowel)
    }
}

/// What stands behind the last letter.
const END: char = ' ';

fn is_vowel(sound: char) -> bool {
    matches!(sound, 'a' | 'i' | 'u')
}

/// The sound of a silent letter.
const SILENT: char = ' ';

/// The sound that these letters begin with, and how many letters it takes.
fn sound([letter, next, third]: [char; 3], first: bool) -> (char, usize) {
    match letter {
        's' => match (next, third) {
            ('c', 'h') | ('h', 'c') => ('S', 3),
            ('h', _) => ('S', 2),
            _ => ('s', 1),
        },
        't' => match (next, third) {
            ('c', 'h') => ('C', 3),
            ('h', _) => ('t', 2),
            ('s' | 'z', _) => ('z', 2),
            _ => ('t', 1),
        },
        'd' => match (next, third) {
            ('z', 'h') => ('J', 3),
            ('j', _) => ('J', 2),
            ('h', _) => ('d', 2),
            _ => ('d', 1),
        },
        'c' => match next {
            'h' | 'z' => ('C', 2),
            'k' => ('k', 2),
            _ => ('k', 1),
        },
        'z' if next == 'h' => ('J', 2),
        'k' | 'g' if next == 'h' => ('k', 2),
        'p' if next == 'h' => ('f', 2),
        'k' | 'q' | 'g' => ('k', 1),
        'j' => ('J', 1),
        'x' => ('S', 1),
        'w' => ('v', 1),
        'e' | 'i' | 'y' => ('i', 1),
        'o' | 'u' => ('u', 1),
        // But for the first.
        'h' if !first => (SILENT, 1),
        letter => (letter, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::fold;

    fn sounds(name: &str) -> Sounds {
        let mut sounds = Sounds::default();
        sounds.read(&fold(name));
        sounds
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
            let [one_key, other_key] = [one, other].map(|name| sounds(name).consonants);
            assert_eq!(one_key, other_key, "{one} {other}");
        }
    }

    #[test]
    fn different_names_keep_different_keys() {
        for (one, other) in [("Johnson", "Johnston"), ("Karim", "Kamil"), ("Petrov", "Petrosyan"), ("Ruiz", "Rios")] {
            let [one_key, other_key] = [one, other].map(|name| sounds(name).skeleton);
            assert_ne!(one_key, other_key);
        }
    }

    #[test]
    fn signs_and_foreign_letters_do_no_harm() {
        assert_eq!(sounds("s.c-h").skeleton, sounds("sch").skeleton);
        assert_eq!(sounds("Зеленский").skeleton, "зеленский");
        let key = sounds("Abdulahi");
        assert_eq!((key.consonants.as_str(), key.without_vowels()), ("abdl", "bdl"));
    }
}
