//! One name, one type: mentions of the same words get the type that most of them have.
//!
//! The recogniser sees each sentence by itself and may read one name as an organisation here and as a treaty there. A name of
//! two words or more, or an acronym, seldom is two things in one article; a single word ("Washington") may well be.

use super::form::Form;
use crate::annotation::{EntityType, MentionKind};
use crate::hashing::{WordMap, WordSet};
use crate::lexicon::Reading;
use crate::ner::Mention;
use crate::text::Text;

fn is_name(entity_type: EntityType) -> bool {
    use EntityType::{Event, Organization, Person, Place, Product, Work};
    matches!(entity_type, Person | Organization | Place | Event | Work | Product)
}

/// Gives each name one type. Linear.
pub(super) fn agree(text: &Text, reading: &Reading, mentions: &mut [Mention]) {
    let keys: Vec<Option<String>> = mentions
        .iter()
        .map(|mention| {
            let form = Form::of(text, reading, mention);
            let whole = form.telling().count() > 1 || mention.kind == MentionKind::Acronym;
            // Spellings of one name are one type: "'Asaeb Ahl Al-Haqq" is what "Asa’ib Ahl al-Haq" is.
            let key = || form.joined.clone().filter(|_| form.telling().count() > 1).unwrap_or_else(|| form.letters());
            (whole && is_name(mention.entity_type)).then(key)
        })
        .collect();
    // An acronym in brackets right after a name is of the name's type, and so is every other mention of it.
    for right in 1..mentions.len() {
        let (one, two) = (&mentions[right - 1], &mentions[right]);
        let in_brackets = two.kind == MentionKind::Acronym
            && one.kind == MentionKind::Name
            && one.tokens.end + 1 == two.tokens.start
            && text.of(one.tokens.end) == "("
            && text.tokens.get(two.tokens.end as usize).is_some_and(|token| token.span.of(text.source) == ")");
        let fits = is_name(one.entity_type) && is_name(two.entity_type);
        if in_brackets
            && fits
            && Form::of(text, reading, one).initials().iter().any(|initials| Some(initials) == keys[right].as_ref())
        {
            // What has an acronym is no person, whatever its name looks like: "Asa’ib Ahl al-Haq (AAH)".
            let entity_type =
                if one.entity_type == EntityType::Person { EntityType::Organization } else { one.entity_type };
            let confidence = one.confidence.max(two.confidence);
            for mention in &mut mentions[right - 1..=right] {
                mention.entity_type = entity_type;
                mention.confidence = confidence;
            }
        }
    }
    families(text, reading, mentions);
    let mut votes: WordMap<&str, Vec<(EntityType, f32)>> = WordMap::default();
    for (mention, key) in mentions.iter().zip(&keys) {
        let Some(key) = key else { continue };
        let votes = votes.entry(key).or_default();
        match votes.iter_mut().find(|(entity_type, _)| *entity_type == mention.entity_type) {
            Some((_, weight)) => *weight += mention.confidence,
            None => votes.push((mention.entity_type, mention.confidence)),
        }
    }
    for (mention, key) in mentions.iter_mut().zip(&keys) {
        let Some(votes) = key.as_ref().and_then(|key| votes.get(key.as_str())) else { continue };
        // The first of equal ones: that of the first mention.
        let best = votes.iter().fold(votes[0], |best, vote| if vote.1 > best.1 { *vote } else { best });
        mention.entity_type = best.0;
    }
}

/// "the Obamas" are people, where somebody's family name is Obama: no organisation.
fn families(text: &Text, reading: &Reading, mentions: &mut [Mention]) {
    let surnames: WordSet<String> = mentions
        .iter()
        .filter(|mention| mention.entity_type == EntityType::Person && mention.kind == MentionKind::Name)
        .map(|mention| reading.key(mention.tokens.end - 1).to_owned())
        .collect();
    for mention in mentions {
        let is_plural = mention.tokens.len() == 1 && mention.entity_type == EntityType::Organization;
        if is_plural
            && mention.kind == MentionKind::Name
            && reading.key(mention.tokens.start).strip_suffix('s').is_some_and(|name| surnames.contains(name))
            && mention.tokens.start.checked_sub(1).is_some_and(|token| text.of(token).eq_ignore_ascii_case("the"))
        {
            mention.entity_type = EntityType::Group;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::resolve;
    use super::*;
    use crate::text::TokenRange;

    #[test]
    fn the_majority_decides_for_long_names_and_acronyms() {
        let source = "Iraqi National Charter (INC) Iraqi National Charter Iraqi National Charter INC";
        let text = Text::read(source);
        let reading = Reading::of(&text);
        let mention = |start, end, entity_type, kind| {
            let tokens = TokenRange::new(start, end);
            Mention {
                span: text.span(tokens),
                tokens,
                entity_type,
                kind,
                confidence: 0.6,
                because: "test",
                value: None,
            }
        };
        use EntityType::{Organization, Product, Work};
        let names = vec![
            mention(0, 3, Organization, MentionKind::Name),
            mention(4, 5, Product, MentionKind::Acronym),
            mention(6, 9, Work, MentionKind::Name),
            mention(9, 12, Organization, MentionKind::Name),
            mention(12, 13, Organization, MentionKind::Acronym),
        ];
        let identity = resolve(&text, &reading, names, &[]);
        assert_eq!(identity.entities.len(), 1);
        assert_eq!(identity.entities[0].entity_type, Organization);
    }

    #[test]
    fn a_family_is_no_organisation() {
        let source = "Michelle Obama left. The Obamas waved.";
        let text = Text::read(source);
        let mention = |start, end, entity_type| {
            let tokens = TokenRange::new(start, end);
            Mention {
                span: text.span(tokens),
                tokens,
                entity_type,
                kind: MentionKind::Name,
                confidence: 0.6,
                because: "test",
                value: None,
            }
        };
        let mut names = vec![mention(0, 2, EntityType::Person), mention(5, 6, EntityType::Organization)];
        agree(&text, &Reading::of(&text), &mut names);
        assert_eq!(names[1].span.of(source), "Obamas");
        assert_eq!(names[1].entity_type, EntityType::Group);
    }
}
