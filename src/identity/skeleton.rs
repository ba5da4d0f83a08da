//! Transliteration-blind keys: what is left of a name part when the choices of whoever wrote it in Latin letters are taken away.
//!
//! `Qadhafi` and `Gaddafi`, `Khaz'ali` and `Khazali`, `Zelensky` and `Zelenskyy`, `Asaeb` and `Asa'ib` share a key. The key is
//! for finding candidates and for comparing parts of names that agree otherwise, never for joining names by itself.

/// Appends the key of a folded name part (see [`crate::lexicon::fold`]). Linear.
pub(super) fn skeleton_into(part: &str, key: &mut String) {
    if part.is_ascii() {
        push_sounds(part.bytes().filter(u8::is_ascii_alphanumeric).map(char::from), key);
    } else {
        push_sounds(part.chars().filter(|c| c.is_alphanumeric()), key);
    }
}

fn push_sounds(mut letters: impl Iterator<Item = char>, key: &mut String) {
    // The next three, spaces after the end.
    let mut next = || letters.next().unwrap_or(' ');
    let mut window = [next(), next(), next()];
    let mut first = true;
    let mut before = ' ';
    while window[0] != ' ' {
        let (sound, length) = sound(window, first);
        for _ in 0..length {
            window = [window[1], window[2], next()];
        }
        first = false;
        // Doubled letters are one, and so are vowels in a row: the first tells enough. "-y", "-iy", "-yy" and "-i" are one
        // ending.
        let is_silent = sound == SILENT || before == sound || is_vowel(sound) && is_vowel(before);
        if !is_silent {
            key.push(sound);
            before = sound;
        }
    }
}

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

/// Appends a [skeleton](skeleton_into) without its vowels, but for a first one: "mhmd" for Mohammed, Muhammad and Mohamed.
pub(super) fn consonants_into(skeleton: &str, key: &mut String) {
    key.extend(skeleton.char_indices().filter(|&(at, sound)| at == 0 || !is_vowel(sound)).map(|(_, sound)| sound));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::fold;

    fn skeleton(name: &str) -> String {
        let mut key = String::new();
        skeleton_into(&fold(name), &mut key);
        key
    }

    fn consonants(skeleton: &str) -> String {
        let mut key = String::new();
        consonants_into(skeleton, &mut key);
        key
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
            let [one_key, other_key] = [one, other].map(|name| consonants(&skeleton(name)));
            assert_eq!(one_key, other_key, "{one} {other}");
        }
    }

    #[test]
    fn different_names_keep_different_keys() {
        for (one, other) in [("Johnson", "Johnston"), ("Karim", "Kamil"), ("Petrov", "Petrosyan"), ("Ruiz", "Rios")] {
            let [one_key, other_key] = [one, other].map(|name| skeleton(name));
            assert_ne!(one_key, other_key);
        }
    }
}
