//! Nouns for things of each type: "tanker" is for a product, "ministry" for an organisation.

use crate::annotation::EntityType;
use crate::hashing::WordMap;
use crate::lexicon::{Class, Reading};
use std::sync::OnceLock;

/// A set of entity types.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Types(pub u16);

impl Types {
    /// The set of one.
    pub const fn of(entity_type: EntityType) -> Types {
        Types(1 << entity_type as u16)
    }

    /// True when the type is in the set.
    pub fn has(self, entity_type: EntityType) -> bool {
        self.0 & Types::of(entity_type).0 != 0
    }

    /// True when there is one.
    pub fn is_any(self) -> bool {
        self.0 != 0
    }

    /// The type, where there is exactly one.
    pub fn only(self) -> Option<EntityType> {
        EntityType::ALL.into_iter().find(|&entity_type| self == Types::of(entity_type))
    }

    /// Adds a type to the set.
    pub fn add(&mut self, entity_type: EntityType) {
        self.0 |= Types::of(entity_type).0;
    }
}

/// Beside the heads of names and the roles that the lexicon knows; a noun may be for several types. Written for this project.
static TABLE: &str = "\
@ person
man woman boy girl teenager defendant accused suspect plaintiff petitioner appellant claimant deceased star
striker winger midfielder defender goalkeeper keeper batsman batter bowler pitcher quarterback skipper
champion veteran rookie pensioner novelist poet playwright musician composer pianist filmmaker painter
sculptor chef architect engineer banker billionaire tycoon entrepreneur businessman businesswoman politician
leader strongman dictator monarch pontiff cleric priest monk nun rabbi imam official lawmaker mp peer
republican democrat physicist chemist biologist astronaut pilot sailor teacher nurse surgeon physician inmate
prisoner convict fugitive gunman shooter attacker driver singer actor actress director author writer comedian
presenter host rapper model athlete runner swimmer cyclist golfer boxer jockey apprentice graduate native
whistleblower heir widow widower orphan refugee migrant
@ organization
company firm group organisation organization agency body institution party club team side bank union charity
watchdog regulator carmaker automaker airline carrier retailer lender bloc militia movement newspaper paper
broadcaster network startup start-up manufacturer publisher insurer utility supplier operator chain giant
maker brand outlet website platform consultancy nonprofit ngo non-profit franchise squad outfit faction
alliance panel tribunal developer builder miner producer subsidiary conglomerate contractor junta regime
consortium cooperative co-operative parish think-tank channel label studio
@ place
country nation city town village island capital state region territory province district county municipality
river lake mountain volcano dam area site complex neighbourhood neighborhood suburb port republic kingdom
enclave settlement resort peninsula archipelago atoll wetland reservoir stadium venue ground lough loch
glacier commune metropolis hamlet asteroid comet planet moon crater canyon waterfall
@ work
film movie book novel report study law act bill treaty song album show series play opera documentary memoir
poem agreement pact deal accord measure legislation statute decree award prize collection painting exhibition
programme podcast magazine charter directive regulation paper ruling case record single
@ event
war conflict tournament competition festival summit conference storm hurricane cyclone typhoon race
championship event ceremony election operation fire quake earthquake disaster contest meeting march strike
trial match game offensive
@ product
ship vessel tanker ferry boat yacht trawler freighter submarine plane jet aircraft airliner helicopter drone
missile rocket satellite spacecraft probe capsule rover lander telescope phone smartphone device drug vaccine
medicine treatment car vehicle model truck app software chatbot robot weapon system train engine chip console
tablet pill sedan munition tank
";

fn table() -> &'static WordMap<&'static str, Types> {
    static NOUNS: OnceLock<WordMap<&'static str, Types>> = OnceLock::new();
    NOUNS.get_or_init(|| {
        let mut nouns: WordMap<&str, Types> = WordMap::default();
        let mut entity_type = EntityType::Person;
        for line in TABLE.lines() {
            if let Some(name) = line.strip_prefix("@ ") {
                let is_it = |of: &EntityType| of.name().eq_ignore_ascii_case(name);
                entity_type = EntityType::ALL.into_iter().find(is_it).unwrap_or(entity_type);
            } else {
                line.split(' ').for_each(|noun| nouns.entry(noun).or_default().add(entity_type));
            }
        }
        nouns
    })
}

/// The types of things that a noun is for.
pub(super) fn types(reading: &Reading, token: u32) -> Types {
    let classes = reading.classes(token);
    let mut types = table().get(reading.key(token)).copied().unwrap_or_default();
    if (classes.has(Class::Role) || classes.has(Class::Title)) && !classes.has(Class::Honorific) {
        types.add(EntityType::Person);
    }
    for (class, entity_type) in [
        (Class::OrganizationHead, EntityType::Organization),
        (Class::PlaceHead, EntityType::Place),
        (Class::WorkHead, EntityType::Work),
        (Class::EventHead, EntityType::Event),
    ] {
        if classes.has(class) {
            types.add(entity_type);
        }
    }
    types
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn nouns_have_the_types_of_what_they_are_for() {
        let text = Text::read("tanker ministry minister river kindness report");
        let reading = Reading::of(&text);
        let only: Vec<_> = (0..5).map(|token| types(&reading, token).only()).collect();
        use EntityType::{Organization, Person, Place, Product};
        assert_eq!(only, [Some(Product), Some(Organization), Some(Person), Some(Place), None]);
        assert!(types(&reading, 5).has(EntityType::Work));
    }
}
