//! Words by which things are spoken of without their names: nouns for things of each type ("tanker" is for a product,
//! "ministry" for an organisation), pronouns, and what stands before a noun.

use crate::annotation::EntityType;
use crate::hashing::{WordMap, hash};
use crate::lexicon::{Class, Classes, Reading, WordId, lexicon};
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

    /// The types of either.
    pub const fn and(self, other: Types) -> Types {
        Types(self.0 | other.0)
    }

    /// True when the sets share a type.
    pub const fn any(self, other: Types) -> bool {
        self.0 & other.0 != 0
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
man woman boy girl teenager teen motorcyclist pedestrian defendant accused suspect plaintiff petitioner appellant claimant deceased star
striker winger midfielder defender goalkeeper keeper batsman batter bowler pitcher quarterback skipper
champion veteran rookie pensioner novelist poet playwright musician composer pianist filmmaker painter
sculptor chef architect engineer banker billionaire tycoon entrepreneur businessman businesswoman politician
leader strongman dictator monarch pontiff cleric priest monk nun rabbi imam official lawmaker mp peer
republican democrat physicist chemist biologist astronaut pilot sailor teacher nurse surgeon physician inmate
prisoner convict fugitive gunman shooter attacker driver singer actor actress director author writer comedian
presenter rapper model athlete runner swimmer cyclist golfer boxer jockey apprentice graduate native
whistleblower heir widow widower orphan refugee migrant nominee pollster strategist magnate environmentalist
staffer liaison moderator host protector advocate employee scholar mec mate consultant lobbyist operative donor
blogger investigator negotiator mediator ombudsman treasurer trustee principal dean rector counsel counsellor
counselor lecturer psychologist sociologist anthropologist epidemiologist astronomer mathematician
archaeologist philosopher theologian guitarist drummer trainer dissident attendee co-host co-director congressman
client winner opponent rival cousin grandson granddaughter grandfather grandmother mother father husband wife daughter
son sister brother uncle aunt nephew niece girlfriend boyfriend fiance fiancee ex-wife ex-husband ex-girlfriend
ex-boyfriend stepfather stepmother stepson stepdaughter mother-in-law father-in-law son-in-law daughter-in-law
brother-in-law sister-in-law parent partner elder auditor cook clerk lad mum mom dad gran granny teammate team-mate
guest favourite favorite counterpart respondent porter gardener coroner registrar vice-chancellor sponsor trucker
botanist geologist informant dealer gamekeeper firefighter fireman financier welder plumber scout seller bride groom
guide assistant goaltender helmsman bookseller cacique challenger therapist supervisor notary namesake shepherd
planner diver weaver pupil midwife servant dentist gp farmer fisherman baker butcher carpenter electrician mechanic
waiter waitress barber hairdresser nanny maid housekeeper janitor cleaner caretaker warden ranger paramedic medic
pharmacist vet veterinarian physiotherapist psychiatrist librarian curator translator interpreter columnist
photographer cameraman illustrator designer dancer choreographer soprano tenor violinist cellist wrestler gymnast
skater skier rower sprinter surfer climber mountaineer explorer vicar chaplain matriarch patriarch landlord landlady
tenant homeowner shopkeeper grocer trader merchant broker investor accountant receptionist intern trainee technician
hostage captive detainee survivor passenger motorist umpire grower brewer winemaker beekeeper jeweller tailor
potter lady gentleman newcomer debutant substitute sweeper hurler seamer medallist medalist runner-up
dairyman milkman convener convenor gaffer spinner playmaker frontman bassist vocalist crooner impresario showrunner
newsreader dj vlogger youtuber influencer industrialist millionaire mogul whip backbencher abbot missionary airman
insurgent militant killer murderer robber thief fraudster swindler conman hacker smuggler trafficker kingpin
complainant juror bailiff policeman policewoman trooper spy attache proprietor heiress contender frontrunner
appointee outsider maverick firebrand populist reformer academic headteacher headmaster headmistress schoolboy
schoolgirl youngster toddler baby grandparent bachelor cosmonaut surveyor carer patient clubmate compatriot
countryman lumberjack rancher stockman herder trawlerman lobsterman angler lifeguard bouncer busker laureate
essayist biographer cartoonist animator conductor singer-songwriter superstar idol icon legend rider racer hurdler
fighter titleholder prodigy grandmaster referee linesman selector statesman autocrat despot tsar hero heroine
villain celebrity socialite heartthrob contestant loser finalist castaway evacuee sniper bomber arsonist stalker
squatter lodger caller listener reader signing steelworker docker miller cobbler seamstress courier
@ organization
company firm group organisation organization agency body institution party club team side bank union charity
watchdog regulator carmaker automaker airline carrier retailer lender bloc militia movement newspaper paper
broadcaster network startup start-up manufacturer publisher insurer utility supplier operator chain giant
maker brand outlet website platform consultancy nonprofit ngo non-profit franchise squad outfit faction
alliance panel tribunal developer builder miner producer subsidiary conglomerate contractor junta regime
consortium cooperative co-operative parish think-tank channel label studio
tribe band restaurant buyer bidder target military rebels guild factory mill shipyard shipbuilder distributor
dairy shop business legislature subcommittee employer corporation lobby orchestra choir troupe caucus cartel gang
syndicate brewery distillery bakery hotel pub eatery congregation diocese archdiocese shipper chipmaker
drugmaker broker brokerage franchisee wholesaler grouping
unit front hospice trio duo tabloid broadsheet daily weekly portal supermarket store cafe café winery vineyard ranch
plantation foundry smelter quarry yard railroad housebuilder bench monarchy visitors hosts champions spinoff suitor
competitor multinational sect cult lodge contingent partnership venture importer exporter haulier newcomer
@ place
country nation city town village island capital state region territory province district county municipality
river lake mountain volcano dam area site complex neighbourhood neighborhood suburb port republic kingdom
enclave settlement resort peninsula archipelago atoll wetland reservoir stadium venue ground lough loch
glacier commune metropolis hamlet asteroid comet planet moon crater canyon waterfall
sultanate emirate principality slum favela outpost marina islet waterway lagoon estuary fjord gorge oasis jungle
rainforest forest woodland sanctuary ridge cave coastline airfield airstrip garrison fort fortress bazaar racecourse
graveyard brae moor marsh swamp
@ work
film movie book novel report study law act bill treaty song album show series play opera documentary memoir
poem agreement pact deal accord measure legislation statute decree award prize collection painting exhibition
programme podcast magazine charter directive regulation paper ruling case record single
drama comedy thriller musical sitcom anthem hymn novella biography autobiography thesis article essay column
instrument verdict judgment portrait mural sculpture statue photograph blockbuster sequel prequel remake trilogy
bestseller tune
@ event
war conflict tournament competition festival summit conference storm hurricane cyclone typhoon race
championship event ceremony election operation fire quake earthquake disaster contest meeting march strike
carnival inauguration coronation siege riot uprising wildfire blaze tremor tornado heatwave outbreak epidemic pandemic
trial match game offensive
@ product
ship vessel tanker ferry boat yacht trawler freighter submarine plane jet aircraft airliner helicopter drone
missile rocket satellite spacecraft probe capsule rover lander telescope phone smartphone device drug vaccine
medicine treatment car vehicle model truck app software chatbot robot weapon system train engine chip console
tablet pill sedan munition tank
orbiter craft shuttle chopper warship frigate destroyer cruiser barge tug lifeboat locomotive tram bus lorry van
motorcycle scooter handset laptop gadget jab therapy antibiotic painkiller
";

/// Heads of names that alone are nouns for nothing that has a name: "the power", "the times", "the day".
static HEADS_ALONE: &str = "\
energy petroleum oil gas mining steel cement telecom communications electric power water lines logistics securities
capital insurance entertainment media news times post herald tribune gazette guardian daily journal telegraph
observer chronicle standard star mirror mail express television broadcasting united city athletic consulting
software air order front project programme program
day week month year eve open";

/// Other words for an office or thing, each with the one that it is the same as.
const SAME: &[(&str, &str)] = &[
    ("gov", "governor"),
    ("sen", "senator"),
    ("rep", "congressman"),
    ("congresswoman", "congressman"),
    ("representative", "congressman"),
    ("justice", "judge"),
    ("magistrate", "judge"),
    ("pres", "president"),
    ("premier", "prime minister"),
    ("pm", "prime minister"),
    ("prof", "professor"),
    ("dr", "doctor"),
    ("physician", "doctor"),
    ("capt", "captain"),
    ("lt", "lieutenant"),
    ("sgt", "sergeant"),
    ("gen", "general"),
    ("col", "colonel"),
    ("supt", "superintendent"),
    ("det", "detective"),
    ("fr", "priest"),
    ("father", "priest"),
    ("rev", "pastor"),
    ("reverend", "pastor"),
    ("amb", "ambassador"),
    ("ceo", "chief executive"),
    ("chairwoman", "chairman"),
    ("chairperson", "chairman"),
    ("chair", "chairman"),
    ("spokeswoman", "spokesman"),
    ("spokesperson", "spokesman"),
    ("councilor", "councillor"),
    ("councilman", "councillor"),
    ("councilwoman", "councillor"),
    ("film-maker", "film maker"),
    ("filmmaker", "film maker"),
    ("organization", "organisation"),
    ("centre", "center"),
    ("programme", "program"),
    ("theatre", "theater"),
    ("harbour", "harbor"),
];

/// A noun, the same for all words of one office or thing: "Gov." is a governor.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct Noun(u64);

impl Noun {
    /// The noun of a folded word without its full stop.
    pub fn of(key: &str) -> Noun {
        Noun(hash(key))
    }
}

/// What a word may begin.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Lead {
    /// Nothing that is of interest here.
    #[default]
    Nothing,
    /// "she": it is a pronoun of the third person.
    Pronoun,
    /// "the": a description of what was named before.
    Definite,
    /// "another": a description of what was not.
    Indefinite,
}

const LEADS: [(Lead, &str); 3] = [
    (Lead::Pronoun, "he him himself his she hers herself her it itself its they them themselves their theirs"),
    (Lead::Definite, "the this that"),
    (Lead::Indefinite, "a an another one"),
];

/// What a word is here.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Spoken {
    /// The types of things that it is a noun for.
    pub types: Types,
    /// The types of things of which it is a noun for several: "teachers".
    pub many: Types,
    /// What it may begin.
    pub lead: Lead,
    /// One more than its place in [`SAME`], 0 for a word that is not there.
    same: u8,
    /// See [`HEADS_ALONE`].
    is_head_alone: bool,
}

/// The words of the lists above.
struct Table {
    /// The first letters, last letters and lengths of the words, as bits: nearly all other words have others.
    shapes: [u64; SHAPES / 64],
    words: WordMap<&'static str, Spoken>,
}

impl Table {
    fn get() -> &'static Table {
        static WORDS: OnceLock<Table> = OnceLock::new();
        WORDS.get_or_init(|| {
            let mut table = Table { shapes: [0; SHAPES / 64], words: WordMap::default() };
            let mut entity_type = EntityType::Person;
            for line in TABLE.lines() {
                if let Some(name) = line.strip_prefix("@ ") {
                    let is_it = |of: &EntityType| of.name().eq_ignore_ascii_case(name);
                    entity_type = EntityType::ALL.into_iter().find(is_it).unwrap_or(entity_type);
                } else {
                    line.split_ascii_whitespace().for_each(|key| table.entry(key).types.add(entity_type));
                }
            }
            HEADS_ALONE.split_ascii_whitespace().for_each(|key| table.entry(key).is_head_alone = true);
            for (place, (key, _)) in SAME.iter().enumerate() {
                table.entry(key).same = place as u8 + 1;
            }
            for (lead, keys) in LEADS {
                keys.split_ascii_whitespace().for_each(|key| table.entry(key).lead = lead);
            }
            table
        })
    }

    #[inline(never)]
    fn entry(&mut self, key: &'static str) -> &mut Spoken {
        if let Some(shape) = shape(key) {
            self.shapes[shape / 64] |= 1 << (shape % 64);
        }
        self.words.entry(key).or_default()
    }

    fn look_up(&self, key: &str) -> Spoken {
        let is_listed = shape(key).is_some_and(|shape| self.shapes[shape / 64] >> (shape % 64) & 1 != 0);
        if is_listed { self.words.get(key).copied().unwrap_or_default() } else { Spoken::default() }
    }
}

/// Numbers of [`shape`]s.
const SHAPES: usize = 1 << 14;

/// The first letter, the last letter and the length of a word as one number; none where it is like no word of the lists.
fn shape(key: &str) -> Option<usize> {
    let (&first, &last) = (key.as_bytes().first()?, key.as_bytes().last()?);
    let is_like = first.is_ascii_lowercase() && last.is_ascii_lowercase() && key.len() < 16;
    is_like.then(|| usize::from(first & 31) << 9 | usize::from(last & 31) << 4 | key.len())
}

/// What each word of a text is here, worked out once for each different one.
pub(super) struct Vocabulary<'a> {
    reading: &'a Reading,
    /// By [`WordId`].
    words: Vec<Spoken>,
}

impl<'a> Vocabulary<'a> {
    /// Looks all words of a text up.
    #[inline(never)]
    pub fn of(reading: &'a Reading) -> Vocabulary<'a> {
        let table = Table::get();
        let mut words: Vec<Spoken> = Vec::with_capacity(reading.words.len());
        for (id, word) in reading.words.iter().enumerate() {
            let spoken = match words.get(word.folded.0 as usize) {
                Some(same) => *same,
                None => {
                    let key = reading.word_key(WordId(id as u32));
                    let mut spoken = look_up(table, key, word.entry.classes);
                    if let Some(one) = key.strip_suffix('s').filter(|one| !spoken.types.is_any() && !one.ends_with('s'))
                    {
                        spoken.many = table.look_up(one).types;
                    }
                    spoken
                }
            };
            words.push(spoken);
        }
        Vocabulary { reading, words }
    }

    /// What a token is.
    pub fn word(&self, token: u32) -> Spoken {
        self.words[self.reading.word_of[token as usize].0 as usize]
    }

    /// The types of things that a token is a noun for; none past the end.
    pub fn types(&self, token: u32) -> Types {
        self.reading.word_of.get(token as usize).map_or(Types::default(), |id| self.words[id.0 as usize].types)
    }

    /// A token as a noun.
    pub fn noun(&self, token: u32) -> Noun {
        let key = self.reading.key(token).trim_end_matches('.');
        let same = self.word(token).same.checked_sub(1);
        Noun::of(same.map_or(key, |place| SAME[usize::from(place)].1))
    }
}

/// Classes of words for things.
const THINGS: [(Classes, EntityType); 5] = [
    (Classes::of(Class::Role).and(Classes::of(Class::Title)), EntityType::Person),
    (Classes::of(Class::OrganizationHead), EntityType::Organization),
    (Classes::of(Class::PlaceHead), EntityType::Place),
    (Classes::of(Class::WorkHead), EntityType::Work),
    (Classes::of(Class::EventHead), EntityType::Event),
];

const ALL_THINGS: Classes = {
    let mut all = Classes(0);
    let mut at = 0;
    while at < THINGS.len() {
        all = all.and(THINGS[at].0);
        at += 1;
    }
    all
};

fn look_up(table: &Table, key: &str, classes: Classes) -> Spoken {
    let mut spoken = table.look_up(key);
    if classes.any(ALL_THINGS) {
        for (class, entity_type) in THINGS {
            // "Mr" is no noun, and "the count" is of votes.
            let is_title_alone = entity_type == EntityType::Person && (classes.has(Class::Honorific) || key == "count");
            let is_head_alone =
                spoken.is_head_alone && matches!(entity_type, EntityType::Organization | EntityType::Event);
            if classes.any(class) && !is_title_alone && !is_head_alone {
                spoken.types.add(entity_type);
            }
        }
    }
    spoken
}

/// "Judges", "senators": a noun for people of whom one is known to be a person.
pub(super) fn is_plural_of_person(key: &str) -> bool {
    let Some(one) = key.trim_end_matches('.').strip_suffix('s') else { return false };
    let classes = lexicon().entry(one).map_or(Classes::default(), |entry| entry.classes);
    look_up(Table::get(), one, classes).types.has(EntityType::Person)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn nouns_have_the_types_of_what_they_are_for() {
        let text = Text::read("tanker ministry minister river kindness report");
        let reading = Reading::of(&text);
        let vocabulary = Vocabulary::of(&reading);
        let only: Vec<_> = (0..5).map(|token| vocabulary.types(token).only()).collect();
        use EntityType::{Organization, Person, Place, Product};
        assert_eq!(only, [Some(Product), Some(Organization), Some(Person), Some(Place), None]);
        assert!(vocabulary.types(5).has(EntityType::Work));
    }

    #[test]
    fn all_words_of_an_office_are_one_noun() {
        let text = Text::read("Gov. the Governor of PM premier");
        let reading = Reading::of(&text);
        let vocabulary = Vocabulary::of(&reading);
        let nouns: Vec<Noun> = (0..6).map(|token| vocabulary.noun(token)).collect();
        assert!(nouns[0] == nouns[2] && nouns[4] == nouns[5] && nouns[3] != nouns[4]);
        assert_eq!(vocabulary.word(1).lead, Lead::Definite);
    }
}
