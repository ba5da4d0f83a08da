//! Who is whose: "Mr Stubbs' daughter, Carol Whitham", "her son, Wyatt", "John Lopes, representing Kyle Pelletier".

use super::anaphora::World;
use super::descriptions::role_head;
use super::join::{Joined, contradict};
use super::lists::Lists;
use super::{Gender, Resolved};
use crate::annotation::EntityType;
use crate::lexicon::grammar::Parts;
use crate::text::{TokenKind, TokenRange};

/// Names around one that may be its owner's.
const AROUND: usize = 3;
/// Ties of one person that are looked at.
const TIES: usize = 16;

/// What somebody is to somebody else; for [`is_kin`] those of a family come first, then the client.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Relation {
    Parent,
    Child,
    Sibling,
    Spouse,
    Grandparent,
    Grandchild,
    Aunt,
    Nephew,
    Cousin,
    Client,
    Lawyer,
    Predecessor,
    Successor,
    Rival,
}

impl Relation {
    /// What a noun says, in lower case.
    pub fn of(noun: &str) -> Option<Relation> {
        Some(match noun {
            "father" | "mother" | "mum" | "mom" | "dad" | "stepfather" | "stepmother" => Relation::Parent,
            "son" | "daughter" | "stepson" | "stepdaughter" => Relation::Child,
            "brother" | "sister" | "twin" => Relation::Sibling,
            "husband" | "wife" | "widow" | "widower" | "boyfriend" | "girlfriend" | "fiance" | "fiancee"
            | "ex-wife" | "ex-husband" => Relation::Spouse,
            "grandfather" | "grandmother" => Relation::Grandparent,
            "grandson" | "granddaughter" => Relation::Grandchild,
            "uncle" | "aunt" => Relation::Aunt,
            "nephew" | "niece" => Relation::Nephew,
            "cousin" => Relation::Cousin,
            "client" => Relation::Client,
            "lawyer" | "attorney" | "barrister" | "solicitor" | "counsel" | "advocate" | "agent" => Relation::Lawyer,
            "predecessor" => Relation::Predecessor,
            "successor" => Relation::Successor,
            "rival" | "opponent" => Relation::Rival,
            _ => return None,
        })
    }

    /// What the other one is to the one.
    const fn converse(self) -> Relation {
        match self {
            Relation::Parent => Relation::Child,
            Relation::Child => Relation::Parent,
            Relation::Grandparent => Relation::Grandchild,
            Relation::Grandchild => Relation::Grandparent,
            Relation::Aunt => Relation::Nephew,
            Relation::Nephew => Relation::Aunt,
            Relation::Client => Relation::Lawyer,
            Relation::Lawyer => Relation::Client,
            Relation::Predecessor => Relation::Successor,
            Relation::Successor => Relation::Predecessor,
            Relation::Sibling | Relation::Spouse | Relation::Cousin | Relation::Rival => self,
        }
    }
}

/// Words for members of a family, and whoever a lawyer stands up for.
pub(super) fn is_kin(key: &str) -> bool {
    Relation::of(key).is_some_and(|relation| relation as u8 <= Relation::Client as u8)
}

/// What the text tells of who is whose, by the number of the owner.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Ties(Lists<(usize, Relation)>);

impl Default for Ties {
    fn default() -> Ties {
        Ties(Lists::new(0))
    }
}

impl Ties {
    fn add(&mut self, owner: usize, relation: Relation, other: usize) {
        if owner != other {
            self.0.push_unless_last(owner, (other, relation));
            self.0.push_unless_last(other, (owner, relation.converse()));
        }
    }

    /// The one who is that of the owner, where it is one alone.
    pub fn find(&self, owner: usize, relation: Relation, fits: impl Fn(usize) -> bool) -> Option<usize> {
        let ties = self.0.latest_of(owner).take(TIES);
        let mut others = ties.filter(|&(other, known)| known == relation && fits(other)).map(|(other, _)| other);
        let first = others.next()?;
        others.all(|other| other == first).then_some(first)
    }

    /// The same ties by other numbers.
    pub fn renumbered(&self, number: impl Fn(usize) -> Option<usize>) -> Ties {
        let mut ties = Lists::new(0);
        for owner in 0..self.0.len() {
            let Some(new) = number(owner) else { continue };
            for (other, relation) in self.0.of(owner) {
                if let Some(other) = number(other) {
                    ties.push(new, (other, relation));
                }
            }
        }
        Ties(ties)
    }

    /// Reads what stands beside a person's name; `resolved` are the words resolved so far.
    #[inline(never)]
    pub fn read(&mut self, world: &World, joined: &Joined, name: usize, resolved: &[Resolved]) {
        let (text, names) = (world.text, world.names);
        let TokenRange { start, end } = names[name].tokens;
        let cluster = joined.cluster_of[name];
        let around = name.saturating_sub(AROUND)..names.len().min(name + AROUND);
        let of = |other: usize| joined.cluster_of[other];
        let ends_at = |token: u32| around.clone().find(|&other| names[other].tokens.end == token).map(of);
        let starts_at = |token: u32| {
            let is_there = |&other: &usize| (token..token + 3).contains(&names[other].tokens.start);
            around.clone().find(is_there).map(of)
        };
        for &role in world.titles.roles_of(name) {
            let head = role_head(world.reading, role);
            let (Some(relation), Some(before)) = (Relation::of(world.key(head)), role.start.checked_sub(1)) else {
                continue;
            };
            // "Stubbs|'s", and "Stubbs|’" after an s.
            let is_sign = text.tokens[before as usize].kind == TokenKind::Clitic
                || matches!(text.of(before), "'" | "’") && !text.space_before(before);
            let owner = if matches!(world.key(head + 1), "of" | "for" | "to") {
                starts_at(head + 2)
            } else if world.key(before) == "whose" {
                ends_at(before.saturating_sub(1)).or_else(|| ends_at(before.saturating_sub(2)))
            } else if is_sign || world.parts(before).is(Parts::POSSESSIVE) {
                // "Stubbs' daughter", and of words that mean somebody "her son", "the player's agent".
                let end = before + u32::from(!is_sign);
                let told = || resolved.iter().rev().take(AROUND).find(|word| word.mention.tokens.end == end);
                ends_at(end).or_else(|| told().map(|word| word.cluster))
            } else {
                None
            };
            owner.into_iter().for_each(|owner| self.add(owner, relation, cluster));
        }
        // "John Lopes KC, representing Kyle Pelletier,"
        let comma = end + u32::from(matches!(world.key(end), "kc" | "qc" | "sc"));
        if world.key(comma) == "," && (stands_up(world.key(comma + 1)) || world.key(comma + 2) == "for") {
            let client = starts_at(comma + 2);
            client.into_iter().for_each(|client| self.add(cluster, Relation::Client, client));
        }
        // "A lawyer for Pelletier, John Lopes,", "For Pelletier, John Lopes said"
        if let Some(client) = name.checked_sub(1)
            && names[client].tokens.end + 1 == start
            && world.key(start - 1) == ","
            && let of = names[client].tokens.start
            && let Some(word) = (of.saturating_sub(2)..of).find(|&token| world.key(token) == "for")
            && (text.sentence(word).tokens.start == word
                || Relation::of(world.key(word.saturating_sub(1))) == Some(Relation::Lawyer))
        {
            self.add(cluster, Relation::Client, joined.cluster_of[client]);
        }
    }
}

/// Words before the name of whom a lawyer speaks for.
pub(super) fn stands_up(key: &str) -> bool {
    matches!(key, "for" | "representing" | "defending")
}

/// Whether one of this gender can be meant by a noun of that one.
pub(super) fn fits(joined: &Joined, gender: Gender, other: usize) -> bool {
    let cluster = &joined.clusters[other];
    cluster.entity_type != EntityType::Person || !contradict(gender, cluster.gender)
}

#[cfg(test)]
mod tests {
    use crate::{Options, analyze};

    /// The name of whom some words of a text mean, where they mean somebody.
    fn meant(source: &str, words: &str) -> Option<String> {
        let annotation = analyze(source, &Options::default()).unwrap();
        let is_it = |mention: &crate::annotation::Mention| {
            source[mention.start as usize..mention.end as usize].eq_ignore_ascii_case(words)
        };
        annotation.entities.iter().find(|entity| entity.mentions.iter().any(is_it)).map(|entity| entity.name.clone())
    }

    #[test]
    fn nothing_stands_before_the_first_word() {
        assert_eq!(meant("Whose brother Tom Webb fell.", "whose brother"), None);
    }

    #[test]
    fn relatives_and_clients_are_whom_the_text_has_told_of() {
        for (source, words, name) in [
            ("Mr Stubbs' daughter, Carol Whitham, said her father was ill.", "her father", "Stubbs"),
            ("Ana Ruiz sat with her son Ben Ruiz. Her son said nothing.", "her son", "Ben Ruiz"),
            ("Peter Onslow, mitigating for Ann Quigley, said his client was sorry.", "his client", "Ann Quigley"),
            ("A lawyer for Omar Malik, Jane Tull, said her client was asleep.", "her client", "Omar Malik"),
            ("Kate Lund's father, Per Lund, wept. “My daughter fell,” Lund said.", "my daughter", "Kate Lund"),
            (
                "Tom Webb and his brother, Ian Webb, run a farm. His brother said it was lost.",
                "his brother",
                "Ian Webb",
            ),
        ] {
            assert_eq!(meant(source, words).as_deref(), Some(name), "{source}");
        }
        for (source, words) in [
            ("Ana Ruiz sat with her son, Ben Ruiz. “My mother-in-law fell,” said Ben Ruiz.", "my mother"),
            ("Ana Ruiz sat with her son, Ben Ruiz. “My father fell,” said Ben Ruiz.", "my father"),
        ] {
            assert_eq!(meant(source, words), None, "{source}");
        }
    }
}
