//! "@antonioguterres": who posts.

use super::{Found, Reader};
use crate::annotation::EntityType;
use crate::lexicon::{Class, lexicon};

pub fn read(reader: &Reader, token: u32) -> Found {
    let entity_type = if is_institution(reader.of(token)) { EntityType::Organization } else { EntityType::Person };
    Found::new(token + 1, entity_type, "handle")
}

/// "@WHO", "@BBCNews", "@IndianPolice": all capitals, or a word in it that organisations are called by.
fn is_institution(handle: &str) -> bool {
    let name = handle.trim_start_matches('@').as_bytes();
    if name.len() > 1 && name.iter().all(|byte| byte.is_ascii_uppercase()) {
        return true;
    }
    let mut start = 0;
    for at in 1..=name.len() {
        // "Indian|Police", "BBC|News", "un_women"
        let ends = at == name.len()
            || name[at] == b'_'
            || name[at].is_ascii_uppercase()
                && (name[at - 1].is_ascii_lowercase() || name.get(at + 1).is_some_and(u8::is_ascii_lowercase));
        if !ends {
            continue;
        }
        let word = name[start..at].to_ascii_lowercase();
        let word = std::str::from_utf8(&word).unwrap_or("").trim_matches('_');
        let known = lexicon().entry(word).is_some_and(|entry| {
            [Class::OrganizationHead, Class::OrganizationSuffix, Class::Organization, Class::Media, Class::Country]
                .iter()
                .any(|&class| entry.classes.has(class))
        });
        if word.len() > 1 && known
            || matches!(word, "news" | "gov" | "govt" | "official" | "times" | "media" | "tv" | "hq")
        {
            return true;
        }
        start = at;
    }
    false
}
