//! Names to clusters: every name mention gets the number of the thing it names.
//!
//! Equal names are one thing. Longer names are joined first, by keys and a scored comparison; then each short name goes to the
//! last thing named before it that it can stand for. Candidates are found by key, a bounded number of the latest for each,
//! so that the work stays linear in the number of names.

use super::Gender;
use super::aliases;
use super::countries;
use super::descriptions::role_head;
use super::form::{Consonants, Form, FormId, Forms, Part, ROOM};
use super::lists::Lists;
use super::nicknames;
use super::nouns::Types;
use super::organizations::{is_acronym_of, same_organization};
use super::people::{are_generations, same_person, short_for};
use super::relatives;
use super::scripts::{is_in_script, opens_bracket};
use super::spellings::{Spelling, Spellings};
use super::titles::Titles;
use super::types::{follows_in_brackets, is_foreign_short_name};
use crate::annotation::{EntityType, MentionKind};
use crate::hashing::{WordMap, WordSet};
use crate::lexicon::grammar::Parts;
use crate::lexicon::{Class, Reading, WordId};
use crate::ner::Mention;
use crate::sorting::{sort_by, sort_by_key};
use crate::text::{Text, TokenRange};

/// Candidates looked at for one name and key.
const CANDIDATES: usize = 12;
/// Two full names at this similarity are one.
const SAME: f32 = 0.8;
/// From this similarity on, a short name is a family name of the full one: its last part, or one between, as the first of two is.
const FAMILY: f32 = 0.9;

/// One thing, while names are being joined.
pub(super) struct Cluster {
    pub entity_type: EntityType,
    /// How many distinct forms it has; none once they are all in another one.
    pub forms: usize,
    pub gender: Gender,
}

/// The result: the cluster of each mention.
pub(super) struct Joined {
    pub cluster_of: Vec<usize>,
    pub clusters: Vec<Cluster>,
    /// The first mentions of each cluster.
    mentions: Lists<usize>,
}

impl Joined {
    /// Mentions of a cluster, in text order, as far as its first ones go.
    pub fn mentions_of(&self, cluster: usize) -> impl Iterator<Item = usize> + '_ {
        self.mentions.of(cluster)
    }
}

/// Mentions of a cluster that are looked at.
const FIRST_MENTIONS: u8 = 16;

/// A name that differs from all others.
struct Distinct {
    form: FormId,
    letters: Spelling,
    entity_type: EntityType,
    kind: MentionKind,
    /// Index of its first mention.
    first: usize,
    /// The first known one of its mentions.
    gender: Gender,
    cluster: Option<usize>,
}

/// What a place, people or other thing of one name is told by.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum DefiniteName {
    /// By number.
    Country(u16),
    /// Of the country of this number.
    People(u16),
    Letters(Spelling),
}

/// The names that acronyms may stand for, by what these have of them.
struct Named {
    /// The first of each type, by initials.
    by_initials: Lists<(EntityType, usize)>,
    /// By the number of their type and the first letter of their first words.
    by_first: Lists<usize>,
    numbers: WordMap<(EntityType, char), usize>,
    /// The first one, by the word before what they are.
    by_word: Lists<usize>,
}

impl Named {
    fn with_initials(&self, initials: Spelling, entity_type: EntityType) -> Option<usize> {
        self.by_initials.of(initials.index()).find(|(other, _)| *other == entity_type).map(|(_, at)| at)
    }
}

/// People, by what they may be called.
struct People {
    /// By the consonants of each part of their names.
    by_part: Lists<usize>,
    by_given: Lists<usize>,
    /// By the first letters of their given names.
    by_beginning: Lists<usize>,
}

/// Bytes of a given name that a short form begins with.
const BEGINNING: usize = 3;

/// The longest name of an exchange before a ticker, in tokens.
const MOST_OF_EXCHANGE: u32 = 4;

/// "TSLA" of "Tesla": capitals that begin as a word does, and are some of its letters in order; its last ones may be doubled.
fn is_made_of(ticker: &str, word: &str) -> bool {
    let mut rest = word.chars().map(|letter| letter.to_ascii_uppercase()).peekable();
    let mut last = None;
    ticker.len() > 2
        && ticker.chars().next() == rest.peek().copied()
        && ticker.chars().all(|letter| {
            let is_next = letter.is_ascii_uppercase() && rest.any(|other| other == letter);
            let is_doubled = last == Some(letter);
            last = Some(letter);
            is_next || is_doubled
        })
}

/// The last two words of an office, folded.
type Office = (Option<WordId>, WordId);

/// Joins the names of a text.
pub(super) fn join<'a, 't>(
    text: &'a Text<'t>,
    reading: &'a Reading,
    forms: &mut Forms<'a, 't>,
    mentions: &'a [Mention],
    titles: &'a Titles,
) -> Joined {
    let mut joiner = Joiner::new(text, reading, forms, mentions, titles);
    joiner.equal_and_definite();
    joiner.with_and_without_kind();
    joiner.full_people();
    joiner.organizations();
    joiner.acronyms_in_brackets();
    joiner.acronyms();
    joiner.known_as();
    joiner.short_names();
    joiner.handles();
    joiner.finish()
}

struct Joiner<'a, 't, 'f> {
    text: &'a Text<'t>,
    reading: &'a Reading,
    mentions: &'a [Mention],
    titles: &'a Titles,
    forms: &'f mut Forms<'a, 't>,
    distinct: Vec<Distinct>,
    distinct_of: Vec<usize>,
    clusters: Vec<Cluster>,
    /// Distinct names by cluster.
    members: Lists<usize>,
    cluster_of: Vec<Option<usize>>,
    /// By mention, those of other people, see [`relatives::pairs`].
    relatives: Lists<usize>,
    /// By distinct full name, those of other people.
    apart: Lists<usize>,
    /// The distinct full names of people who came in as somebody's relatives: "his brother, Don Holt".
    seconds: Vec<usize>,
}

impl<'a, 't, 'f> Joiner<'a, 't, 'f> {
    #[inline(never)]
    fn new(
        text: &'a Text<'t>,
        reading: &'a Reading,
        forms: &'f mut Forms<'a, 't>,
        mentions: &'a [Mention],
        titles: &'a Titles,
    ) -> Self {
        let room = mentions.len().min(ROOM);
        let mut distinct: Vec<Distinct> = Vec::with_capacity(room);
        let mut index: WordMap<(Spelling, EntityType, bool), usize> = WordMap::default();
        index.reserve(room);
        let mut distinct_of = Vec::with_capacity(mentions.len());
        let mut own = String::new();
        for (number, mention) in mentions.iter().enumerate() {
            let id = forms.of_nth(number, mention);
            let form = forms.get(id);
            let mut letters = form.letters;
            // Names of signs alone are told apart by these.
            let is_signs = forms.spellings.of(letters).is_empty();
            if is_signs || mention.value.is_some() {
                own.clear();
                if is_signs {
                    own.push_str(&mention.span.of(text.source).to_lowercase());
                } else {
                    own.push_str(forms.spellings.of(letters));
                }
                if let Some(value) = &mention.value {
                    own.push('=');
                    own.push_str(value);
                }
                letters = forms.spellings.add(&own);
            }
            // "US" and "us" never meet here; "The National" and "National" do.
            let key = (letters, mention.entity_type, mention.kind == MentionKind::Handle);
            let at = *index.entry(key).or_insert(distinct.len());
            if at == distinct.len() {
                distinct.push(Distinct {
                    form: id,
                    letters,
                    entity_type: mention.entity_type,
                    kind: mention.kind,
                    first: number,
                    gender: Gender::Unknown,
                    cluster: None,
                });
            }
            if distinct[at].gender == Gender::Unknown {
                distinct[at].gender = titles.gender[number];
            }
            distinct_of.push(at);
        }
        let count = distinct.len();
        let (mut relatives, mut apart, mut seconds) = (Lists::new(0), Lists::new(0), Vec::new());
        for (one, other) in relatives::pairs(text, reading, mentions) {
            let [a, b] = [one, other].map(|mention| distinct_of[mention]);
            // "Holt" may mean another one elsewhere.
            let are_full = [a, b].iter().all(|&at: &usize| forms.get(distinct[at].form).telling.len() > 1);
            // "Tom and Thomas Holt" are equals.
            if are_full && mentions[one].tokens.end + 1 != mentions[other].tokens.start {
                seconds.push(b);
            }
            for (one, other, a, b) in [(one, other, a, b), (other, one, b, a)] {
                relatives.push(one, other);
                if are_full && a != b {
                    apart.push(a, b);
                }
            }
        }
        Joiner {
            text,
            reading,
            mentions,
            titles,
            forms,
            distinct,
            distinct_of,
            clusters: Vec::with_capacity(count),
            members: Lists::new(count),
            cluster_of: vec![None; mentions.len()],
            relatives,
            apart,
            seconds,
        }
    }

    /// The letters of a distinct name.
    fn letters(&self, at: usize) -> &str {
        self.forms.spellings.of(self.distinct[at].letters)
    }

    /// The form of a distinct name.
    fn form(&self, at: usize) -> Form<'_> {
        self.forms.get(self.distinct[at].form)
    }

    /// What the first mention of a distinct name is written as.
    fn written(&self, at: usize) -> &'t str {
        self.mentions[self.distinct[at].first].span.of(self.text.source)
    }

    /// A cluster of one distinct name.
    fn new_cluster(&mut self, at: usize) -> usize {
        let Distinct { entity_type, gender, .. } = self.distinct[at];
        self.clusters.push(Cluster { entity_type, forms: 0, gender });
        self.add_form(self.clusters.len() - 1, at);
        self.clusters.len() - 1
    }

    /// The cluster that a distinct name alone makes, which it is put into.
    fn put_alone(&mut self, at: usize) -> usize {
        let cluster = self.new_cluster(at);
        self.distinct[at].cluster = Some(cluster);
        cluster
    }

    fn add_form(&mut self, cluster: usize, at: usize) {
        self.members.push(cluster, at);
        self.clusters[cluster].forms += 1;
    }

    fn put(&mut self, at: usize, cluster: usize) {
        if self.distinct[at].cluster == Some(cluster) {
            return;
        }
        self.distinct[at].cluster = Some(cluster);
        self.add_form(cluster, at);
        if self.clusters[cluster].gender == Gender::Unknown {
            self.clusters[cluster].gender = self.distinct[at].gender;
        }
    }

    /// Everything but people and organisations is joined by equal names, and by the table of countries.
    #[inline(never)]
    fn equal_and_definite(&mut self) {
        let mut by_name: WordMap<(EntityType, DefiniteName), usize> = WordMap::default();
        by_name.reserve(self.distinct.len());
        for at in 0..self.distinct.len() {
            let entity_type = self.distinct[at].entity_type;
            let name = match entity_type {
                EntityType::Person | EntityType::Organization => continue,
                EntityType::Place => self.place(at),
                EntityType::Group => self.group(at),
                _ => DefiniteName::Letters(self.distinct[at].letters),
            };
            match by_name.get(&(entity_type, name)) {
                Some(&cluster) => self.put(at, cluster),
                None => {
                    let cluster = self.put_alone(at);
                    by_name.insert((entity_type, name), cluster);
                }
            }
        }
    }

    /// Which place a distinct name is of.
    fn place(&mut self, at: usize) -> DefiniteName {
        let letters = self.letters(at);
        let state = if self.written(at).ends_with('.') { countries::state(letters) } else { None };
        let letters = state.unwrap_or(letters);
        if let Some(number) = countries::country(letters).or_else(|| countries::by_form(letters)) {
            return DefiniteName::Country(number);
        }
        if let Some(whole) = self.direction(at) {
            let number = countries::country(&whole);
            return match number {
                Some(number) => DefiniteName::Country(number),
                None => DefiniteName::Letters(self.forms.spellings.add(&whole)),
            };
        }
        let city = letters.strip_suffix("city").filter(|rest| rest.len() > 3).map(str::to_owned);
        DefiniteName::Letters(match (city, state) {
            (Some(city), _) => self.forms.spellings.add(&city),
            (None, Some(state)) => self.forms.spellings.add(state),
            (None, None) => self.distinct[at].letters,
        })
    }

    /// The letters of "N. Korea" with the whole word.
    fn direction(&self, at: usize) -> Option<String> {
        let [first, .., last] = self.form(at).parts else { return None };
        let written = self.written(at).as_bytes();
        let whole = match first.first {
            'n' => "north",
            's' => "south",
            'e' => "east",
            'w' => "west",
            _ => return None,
        };
        let is_one = first.is_initial && written.get(1) == Some(&b'.') && !last.is_initial;
        is_one.then(|| format!("{whole}{}", &self.letters(at)[1..]))
    }

    /// Which people a distinct name is of.
    fn group(&mut self, at: usize) -> DefiniteName {
        let letters = self.letters(at);
        if let Some(number) = countries::people_of(letters) {
            return DefiniteName::People(number);
        }
        let name = match letters {
            // "Sen. Elijah Dupree (D-Ga.)"
            "d" | "democratic" => "democrat",
            "r" => "republican",
            "islamic" => "islam",
            // "Kurdish" and "Kurds"
            _ => letters.strip_suffix("ish").filter(|stem| stem.len() > 2).unwrap_or(singular(letters)),
        }
        .to_owned();
        DefiniteName::Letters(self.forms.spellings.add(&name))
    }

    /// "Cyclone Idai" and "Idai", "USS Halvorsen" and "Halvorsen", "Kawkareik Township" and "Kawkareik": a name with and
    /// without the word for what it is, where no other name has the same rest.
    #[inline(never)]
    fn with_and_without_kind(&mut self) {
        let mut by_letters: WordMap<(EntityType, Spelling), Option<usize>> = WordMap::default();
        for at in 0..self.distinct.len() {
            let Distinct { entity_type, cluster: Some(cluster), .. } = self.distinct[at] else { continue };
            for rest in self.without_kind(at).into_iter().flatten() {
                let entry = by_letters.entry((entity_type, rest)).or_insert(Some(cluster));
                if *entry != Some(cluster) {
                    *entry = None;
                }
            }
        }
        if by_letters.is_empty() {
            return;
        }
        for at in 0..self.distinct.len() {
            let distinct = &self.distinct[at];
            if let Some(&Some(longer)) = by_letters.get(&(distinct.entity_type, distinct.letters))
                && distinct.cluster.is_some_and(|cluster| cluster != longer)
                && countries::country(self.letters(at)).is_none()
            {
                self.move_cluster(at, longer);
            }
        }
    }

    /// What a longer name may be shortened to, as letters.
    fn without_kind(&mut self, at: usize) -> [Option<Spelling>; 2] {
        let form = self.form(at);
        let count = form.telling.len();
        let [first, .., last] = form.telling else { return [None; 2] };
        let spellings = &self.forms.spellings;
        let is_letter = |part: &Part| part.length >= 3 && spellings.of(part.key).chars().all(char::is_alphabetic);
        // Whether its first word, its last word can be left out.
        let (without_first, without_last) = match self.distinct[at].entity_type {
            EntityType::Place => {
                let is_of = |part: &Part| spellings.of(part.key) == "of";
                // "Lagos Island" is in Lagos.
                let first_token = self.mentions[self.distinct[at].first].tokens.start;
                let is_in_city = self.reading.classes(first_token).has(Class::City)
                    && matches!(
                        spellings.of(last.key),
                        "island" | "islands" | "peninsula" | "sea" | "hospital" | "dam" | "desert"
                    );
                let is_kind = |part: &Part| is_kind_of_place(spellings.of(part.key)) && !is_in_city;
                (is_kind(first) && form.parts.get(1).is_some_and(is_of), is_kind(last))
            }
            // "USS", "Cyclone", "Toyota" before; "Day", "Act" after. What is left must be a word that tells.
            EntityType::Event | EntityType::Work | EntityType::Product => (
                form.telling[1..].iter().any(is_letter) && (count <= 3 || spellings.of(first.key) == "tropical"),
                is_letter(first) && count == 2 && !first.is_generic,
            ),
            _ => (false, false),
        };
        let id = self.distinct[at].form;
        [
            without_last.then(|| self.forms.letters_of(id, 0..count - 1)),
            without_first.then(|| self.forms.letters_of(id, 1..count)),
        ]
    }

    /// Puts all forms of a name's cluster into another one.
    fn move_cluster(&mut self, at: usize, target: usize) {
        match self.distinct[at].cluster {
            Some(source) if source != target => {
                let forms: Vec<usize> = self.members.of(source).collect();
                self.members.clear(source);
                self.clusters[source].forms = 0;
                for form in forms {
                    self.put(form, target);
                }
            }
            Some(_) => {}
            None => self.put(at, target),
        }
    }

    /// "…, better known as Lord Ledger": the text says that two names are one.
    #[inline(never)]
    fn known_as(&mut self) {
        for (left, right) in aliases::pairs(self.text, self.reading, self.mentions) {
            let (a, b) = (self.distinct_of[left], self.distinct_of[right]);
            if self.distinct[a].entity_type != self.distinct[b].entity_type {
                continue;
            }
            if let Some(target) = self.distinct[a].cluster {
                self.move_cluster(b, target);
            } else if let Some(target) = self.distinct[b].cluster {
                self.move_cluster(a, target);
            }
        }
    }

    #[inline(never)]
    fn full_people(&mut self) {
        let mut by_key: Lists<usize> = Lists::new(self.forms.count_of_consonants());
        let mut keys: Vec<usize> = Vec::new();
        for at in 0..self.distinct.len() {
            let distinct = &self.distinct[at];
            let form = self.form(at);
            if distinct.entity_type != EntityType::Person
                || distinct.kind == MentionKind::Handle
                || form.telling.len() < 2
            {
                continue;
            }
            // Any part can be the one that both spellings share.
            keys.clear();
            keys.extend(form.telling.iter().filter(|part| !part.is_initial).map(|part| part.consonants.index()));
            keys.extend(form.joined.map(Consonants::index));
            let gender = self.titles.gender[distinct.first];
            let mut best = (SAME, None);
            for &key in &keys {
                for cluster in by_key.latest_of(key).take(CANDIDATES) {
                    let similarity = self.similarity(&form, cluster, same_person);
                    let exact = similarity >= 1.0;
                    if similarity >= best.0
                        && (best.1.is_none() || similarity > best.0)
                        && (exact || !contradict(gender, self.clusters[cluster].gender))
                        && !self.are_two(at, cluster)
                    {
                        best = (similarity, Some(cluster));
                    }
                }
            }
            self.put_by_keys(at, best.1, &keys, &mut by_key);
        }
    }

    /// "Holt Jr.", where the cluster is Holt Sr.; or the son of somebody whose name is in it.
    fn are_two(&self, at: usize, cluster: usize) -> bool {
        let form = self.form(at);
        let mut others = self.members.of(cluster).take(CANDIDATES);
        others.any(|other| {
            self.apart.of(at).take(CANDIDATES).any(|apart| apart == other)
                || are_generations(&self.forms.spellings, &form, &self.form(other))
        })
    }

    /// How alike a form and the most similar one of a cluster are.
    fn similarity(&self, form: &Form, cluster: usize, compare: impl Fn(&Spellings, &Form, &Form) -> f32) -> f32 {
        let others = self.members.of(cluster).take(CANDIDATES);
        others.map(|other| compare(&self.forms.spellings, form, &self.form(other))).fold(0.0, f32::max)
    }

    /// Puts a name into the cluster that was found for it, or one of its own, by which later ones will find it.
    fn put_by_keys(&mut self, at: usize, found: Option<usize>, keys: &[usize], by_key: &mut Lists<usize>) {
        let cluster = match found {
            Some(cluster) => {
                self.put(at, cluster);
                cluster
            }
            None => self.put_alone(at),
        };
        for &key in keys {
            by_key.push_unless_last(key, cluster);
        }
    }

    /// Longer names first: a short one joins a longer one that holds its words.
    #[inline(never)]
    fn organizations(&mut self) {
        let mut order: Vec<usize> = (0..self.distinct.len())
            .filter(|&at| {
                self.distinct[at].entity_type == EntityType::Organization && self.distinct[at].kind == MentionKind::Name
            })
            .collect();
        sort_by_key(&mut order, |&at| (std::cmp::Reverse(self.form(at).telling.len()), at));
        let mut by_key: Lists<usize> = Lists::new(self.forms.count_of_consonants());
        let mut keys: Vec<usize> = Vec::new();
        for at in order {
            let form = self.form(at);
            keys.clear();
            keys.extend(form.telling.iter().map(|part| part.consonants.index()));
            let mut best = (SAME, None);
            for &key in &keys {
                for cluster in by_key.latest_of(key).take(CANDIDATES) {
                    let similarity = self.similarity(&form, cluster, same_organization);
                    if similarity > best.0 || (similarity == best.0 && best.1.is_none()) {
                        best = (similarity, Some(cluster));
                    }
                }
            }
            self.put_by_keys(at, best.1, &keys, &mut by_key);
        }
    }

    /// "American Medical Association (AMA)", "Australian Music Academy (AMA)": whether both names have these initials and not one of
    /// their words is the same.
    fn are_namesakes(&self, one: usize, other: usize, acronym: usize) -> bool {
        let names = [one, other].map(|name| self.form(name));
        let [one, other] = names.map(|form| form.telling);
        let is_other = |(one, other): (&Part, &Part)| one.similarity(other) == 0.0;
        names.iter().all(|form| form.has_initials(self.letters(acronym).chars()))
            && one.len() == other.len()
            && one.iter().zip(other).all(is_other)
    }

    /// The company before the brackets in which a mention stands alone, behind its exchange and a colon or behind "$", or as some of
    /// its letters: "Norvane (NYSE: NRV)", "Norvane ($NRV)", "Norvane (NRV)".
    fn of_ticker(&self, mention: usize) -> Option<usize> {
        let TokenRange { start, end } = self.mentions[mention].tokens;
        let of = |token: u32| if (token as usize) < self.text.tokens.len() { self.text.of(token) } else { "" };
        if start < 2 || of(end) != ")" {
            return None;
        }
        let open = match of(start - 1) {
            "$" => start - 2,
            ":" => (start - 1 - (start - 1).min(MOST_OF_EXCHANGE)..start - 1).rev().find(|&token| of(token) == "(")?,
            _ => start - 1,
        };
        let company = (mention.saturating_sub(2)..mention).rev().find(|&at| self.mentions[at].tokens.end == open)?;
        let types = [company, mention].map(|at| self.mentions[at].entity_type);
        let is_short = || is_made_of(of(start), self.text.of(self.mentions[company].tokens.start));
        let is_ticker = of(open) == "(" && (open + 1 < start || end == start + 1 && is_short());
        (is_ticker && types == [EntityType::Organization; 2]).then_some(company)
    }

    /// "Middle East Media Research Institute (MEMRI)", "MEMRI (Middle East Media Research Institute)".
    #[inline(never)]
    fn acronyms_in_brackets(&mut self) {
        // The name before the brackets in which each short name stood first.
        let mut in_full: WordMap<usize, usize> = WordMap::default();
        for right in 1..self.mentions.len() {
            let left = right - 1;
            let (one, two) = (&self.mentions[left], &self.mentions[right]);
            let types = one.entity_type == two.entity_type;
            let (a, b) = (self.distinct_of[left], self.distinct_of[right]);
            // "Lin Mei (林梅)", "Tern Island (Ilha Norte, 燕鷗島)"
            if types && is_in_script(self.text, two) && opens_bracket(self.text, one, two) {
                self.merge_distinct(b, a);
                continue;
            }
            if types
                && one.entity_type == EntityType::Place
                && one.tokens.end + 1 == two.tokens.start
                && self.text.of(one.tokens.end) == "("
                && self
                    .mentions
                    .get(right + 1)
                    .is_some_and(|name| is_in_script(self.text, name) && name.tokens.start == two.tokens.end + 1)
            {
                if let Some(target) = self.distinct[a].cluster {
                    self.move_cluster(b, target);
                    self.move_cluster(self.distinct_of[right + 1], target);
                }
                continue;
            }
            // "Norvane (NYSE: NRV)"
            if let Some(company) = self.of_ticker(right) {
                self.merge_distinct(b, self.distinct_of[company]);
                continue;
            }
            if !follows_in_brackets(self.text, one, two)
                || !types
                || !matches!(
                    one.entity_type,
                    EntityType::Person
                        | EntityType::Organization
                        | EntityType::Work
                        | EntityType::Event
                        | EntityType::Product
                        | EntityType::Place
                )
            {
                continue;
            }
            if self.are_namesakes(*in_full.entry(b).or_insert(a), a, b) {
                continue;
            }
            if is_foreign_short_name(self.text, self.reading, one, two) {
                self.merge_distinct(b, a);
                continue;
            }
            let (acronym, name) = if self.is_in_capitals(b) { (b, a) } else { (a, b) };
            if one.entity_type == EntityType::Person && !self.form(name).has_initials(self.letters(acronym).chars()) {
                continue;
            }
            if !self.is_in_capitals(acronym) || self.is_in_capitals(name) {
                continue;
            }
            // In brackets right after a name, most of the letters in their order are enough; for an organisation the brackets
            // alone are, since many have their letters from another language: "National Liberation Army (ELN)".
            if one.entity_type == EntityType::Organization && acronym == b
                || letters_in_order(self.letters(acronym), self.letters(name))
            {
                self.merge_distinct(acronym, name);
            }
        }
    }

    /// "UN"; also "IRGC-QF", which is three tokens.
    fn is_in_capitals(&self, at: usize) -> bool {
        let written = self.written(at);
        self.distinct[at].kind == MentionKind::Acronym
            || written.len() <= 12
                && written.starts_with(char::is_uppercase)
                && written.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '-')
    }

    /// Acronyms without a definition: by initials first; then among the names that begin with the acronym's first letter.
    #[inline(never)]
    fn acronyms(&mut self) {
        let acronyms: Vec<usize> = (0..self.distinct.len()).filter(|&at| self.is_acronym(at)).collect();
        if acronyms.is_empty() {
            return;
        }
        let named = self.named(&acronyms);
        for at in acronyms {
            let Distinct { entity_type, letters, kind, cluster, .. } = self.distinct[at];
            let found = named.with_initials(letters, entity_type);
            let found = found.or_else(|| {
                let acronym = self.form(at);
                let &number = named.numbers.get(&(entity_type, acronym.parts[0].first))?;
                let is_name = |name: &usize| is_acronym_of(&self.forms.spellings, &acronym, &self.form(*name));
                named.by_first.of(number).find(is_name)
            });
            let found = found.or_else(|| {
                // A word that has joined a longer name already stays there.
                let is_alone = cluster.is_none_or(|cluster| self.members.of(cluster).all(|form| form == at));
                let fits = entity_type == EntityType::Organization && is_alone;
                named.by_word.of(letters.index()).next().filter(|_| fits)
            });
            if let Some(name) = found.filter(|&name| name != at) {
                self.merge_distinct(at, name);
            } else if kind != MentionKind::Name && self.distinct[at].cluster.is_none() {
                self.put_alone(at);
            }
        }
    }

    /// The names that these acronyms may stand for.
    #[inline(never)]
    fn named(&self, acronyms: &[usize]) -> Named {
        let mut types = Types::default();
        acronyms.iter().for_each(|&at| types.add(self.distinct[at].entity_type));
        let mut named = Named {
            by_initials: Lists::new(self.distinct.len()),
            by_first: Lists::new(0),
            numbers: WordMap::default(),
            by_word: Lists::new(0),
        };
        let mut initials = String::new();
        for at in 0..self.distinct.len() {
            let Distinct { entity_type, kind, form, .. } = self.distinct[at];
            if kind != MentionKind::Name || !types.has(entity_type) {
                continue;
            }
            let form = self.forms.get(form);
            let with_minor = form.parts.iter().any(|part| part.is_minor);
            for with_minor in [false, true].into_iter().take(1 + usize::from(with_minor)) {
                initials.clear();
                initials.extend(form.initials(with_minor));
                // What is not spelt yet is no acronym's letters.
                if let Some(initials) = self.forms.spellings.find(&initials)
                    && named.with_initials(initials, entity_type).is_none()
                {
                    named.by_initials.push(initials.index(), (entity_type, at));
                }
            }
            // A country may stand before: "U.S. Central Command".
            for part in form.telling.iter().take(2).filter(|_| form.parts.len() > 1) {
                let new = named.numbers.len();
                let number = *named.numbers.entry((entity_type, part.first)).or_insert(new);
                if named.by_first.of(number).count() < CANDIDATES * 2 {
                    named.by_first.push_unless_last(number, at);
                }
            }
            // "KILI Radio": the acronym and what it is.
            if let [word, rest @ ..] = form.telling
                && entity_type == EntityType::Organization
                && !rest.is_empty()
                && rest.iter().all(|part| part.is_generic)
                && named.by_word.is_empty(word.key.index())
            {
                named.by_word.push(word.key.index(), at);
            }
        }
        named
    }

    /// "UN"; also "DOTr", "LdF" and "Minem", which the recogniser calls names. Nobody's name, and one word.
    fn is_acronym(&self, at: usize) -> bool {
        let distinct = &self.distinct[at];
        if distinct.entity_type == EntityType::Person || self.form(at).parts.len() != 1 {
            return false;
        }
        let written = self.written(at);
        distinct.kind == MentionKind::Acronym
            || distinct.kind == MentionKind::Name
                && distinct.entity_type == EntityType::Organization
                && (2..=8).contains(&self.letters(at).chars().count())
                && written.starts_with(char::is_uppercase)
                && (self.letters(at).len() <= 6 || written.chars().filter(|c| c.is_uppercase()).count() > 1)
    }

    /// Puts an acronym's form into the cluster of its name.
    fn merge_distinct(&mut self, acronym: usize, name: usize) {
        if let Some(target) = self.distinct[name].cluster {
            self.move_cluster(acronym, target);
        }
    }

    /// Each mention by one name part goes to the last person before it whom it can mean, else to the next one after it.
    #[inline(never)]
    fn short_names(&mut self) {
        let is_short = |distinct: &Distinct| {
            distinct.cluster.is_none()
                && distinct.entity_type == EntityType::Person
                && distinct.kind != MentionKind::Handle
        };
        if !self.distinct.iter().any(is_short) {
            return;
        }
        let people = self.people();
        // Who is called by which office: "Prime Minister Han" is the Han who is called so elsewhere.
        let mut offices: WordSet<(Office, usize)> = WordSet::default();
        for (mention, &at) in self.distinct_of.iter().enumerate() {
            if let Some(cluster) = self.distinct[at].cluster {
                offices.extend(self.offices(mention).map(|office| (office, cluster)));
            }
        }
        // Where each full-name cluster was last named, while walking through the text.
        let mut last_named: Vec<Option<usize>> = vec![None; self.clusters.len()];
        let mut alone: WordMap<Spelling, usize> = WordMap::default();
        // Whom each family name alone meant first.
        let mut bearers: WordMap<Spelling, usize> = WordMap::default();
        let mut is_second = vec![false; self.clusters.len()];
        self.seconds.iter().filter_map(|&at| self.distinct[at].cluster).for_each(|cluster| is_second[cluster] = true);
        let mut speaker = None;
        // The relative with a given name alone of somebody of a family name: "Ben Holt and his wife, Eva".
        let mut kin: WordMap<Spelling, usize> = WordMap::default();
        for mention in 0..self.mentions.len() {
            let at = self.distinct_of[mention];
            if let Some(cluster) = self.distinct[at].cluster {
                if cluster < last_named.len() {
                    last_named[cluster] = Some(mention);
                    if is_second[cluster] && self.speaks(mention) {
                        speaker = Some(cluster);
                    }
                }
                continue;
            }
            if !is_short(&self.distinct[at]) {
                continue;
            }
            let gender = self.titles.gender[mention];
            let called: Vec<Office> = self.offices(mention).collect();
            let (full_forms, cut) = self.full_forms(at);
            let mut best: Option<((u8, u8, usize, i64), usize)> = None;
            let form = self.form(at);
            let bearer = bearers.get(&self.distinct[at].letters).copied();
            let speaks = speaker.is_some() && self.speaks(mention);
            let start = self.mentions[mention].tokens.start;
            let is_told_apart = start > 0 && matches!(self.reading.key(start - 1), "elder" | "older" | "younger");
            // "Anna Bell and her sister Bella"
            let is_relative = |cluster: usize| {
                let of = |other: usize| self.cluster_of[other].or(self.distinct[self.distinct_of[other]].cluster);
                self.relatives.of(mention).any(|other| of(other) == Some(cluster))
            };
            let mut look_at = |cluster: usize| {
                let content = &self.clusters[cluster];
                let similarity = self.similarity(&form, cluster, short_for);
                if similarity < SAME
                    || contradict(gender, content.gender)
                    || self.are_two(at, cluster)
                    || is_relative(cluster)
                {
                    return;
                }
                // The office first; family name before given name; then the one who is called by that name alone, not a
                // relative who was named in full meanwhile; then no such relative, but who speaks again; then the last named before,
                // then the first named after.
                let named = last_named[cluster];
                // "Cedeño" is Byron Cedeño Alvarado as well as Maritza Zambrano Cedeño.
                let is_family = similarity >= FAMILY;
                let level = if is_family { 20 } else { (similarity * 100.0) as usize / 5 };
                let is_first = !is_second.get(cluster).is_some_and(|&second| second)
                    || speaks && speaker == Some(cluster)
                    || is_told_apart
                    || gender != Gender::Unknown && gender == content.gender;
                let is_called = called.iter().any(|&office| offices.contains(&(office, cluster)));
                let rank = (
                    2 * u8::from(is_called) + u8::from(is_family),
                    2 * u8::from(bearer == Some(cluster)) + u8::from(is_first),
                    usize::from(named.is_some()) * 100 + level,
                    named.map_or(-(cluster as i64), |place| place as i64),
                );
                if best.as_ref().is_none_or(|(top, _)| rank > *top) {
                    best = Some((rank, cluster));
                }
            };
            for part in form.telling {
                people.by_part.latest_of(part.consonants.index()).take(CANDIDATES * 2).for_each(&mut look_at);
            }
            // Those that only a short form of the given name may mean are fewer.
            for full in &full_forms {
                people.by_given.latest_of(full.index()).take(CANDIDATES / 2).for_each(&mut look_at);
            }
            if let Some(cut) = cut {
                people.by_beginning.latest_of(cut.index()).take(CANDIDATES / 2).for_each(&mut look_at);
            }
            // "Mrs Holt" after "Ben Holt and his wife, Eva"
            let spouse = kin.get(&self.distinct[at].letters).copied();
            let spouse = spouse.filter(|&kin| match best {
                // "Jo Holt and her husband, Ben", then "Mr Holt"
                Some((_, best)) => {
                    let [known, other] = [kin, best].map(|cluster| self.clusters[cluster].gender);
                    gender != Gender::Unknown && known == gender && other == Gender::Unknown
                }
                None => !contradict(gender, self.clusters[kin].gender),
            });
            let cluster = match spouse.or(best.map(|(_, cluster)| cluster)) {
                Some(cluster) => {
                    bearers.entry(self.distinct[at].letters).or_insert(cluster);
                    if self.clusters[cluster].forms < 64 && !self.members.of(cluster).any(|form| form == at) {
                        self.add_form(cluster, at);
                    }
                    cluster
                }
                // A person of one name: equal letters are one person.
                None => match alone.get(&self.distinct[at].letters) {
                    Some(&cluster) if !contradict(gender, self.clusters[cluster].gender) => cluster,
                    _ => {
                        let cluster = self.new_cluster(at);
                        alone.insert(self.distinct[at].letters, cluster);
                        cluster
                    }
                },
            };
            if self.clusters[cluster].gender == Gender::Unknown {
                self.clusters[cluster].gender = gender;
            }
            let is_child = (start.saturating_sub(2)..start)
                .any(|token| matches!(self.reading.key(token), "son" | "daughter" | "brother" | "sister" | "grandson"));
            for other in self.relatives.of(mention).take(CANDIDATES).filter(|_| !is_child) {
                let form = self.form(self.distinct_of[other]);
                if let [_, .., family] = form.telling {
                    kin.insert(family.key, cluster);
                }
            }
            self.cluster_of[mention] = Some(cluster);
            if cluster < last_named.len() {
                last_named[cluster] = Some(mention);
            }
        }
    }

    /// Whether a reporting verb stands beside a mention: "Ruiz said", "Ruiz, who said", "said Ruiz".
    fn speaks(&self, mention: usize) -> bool {
        let TokenRange { start, end } = self.mentions[mention].tokens;
        let is_cue = |token: u32| {
            let grammar = |token: u32| self.reading.word(token).grammar;
            (token as usize) < self.text.tokens.len()
                && grammar(token).cue.is_some()
                && !grammar(token).parts.is(Parts::AUXILIARY)
        };
        let is_comma = (end as usize) < self.text.tokens.len() && self.text.of(end) == ",";
        start > 0 && is_cue(start - 1) || is_cue(end) || is_comma && (is_cue(end + 1) || is_cue(end + 2))
    }

    /// The people of several name parts, by what they may be called.
    #[inline(never)]
    fn people(&mut self) -> People {
        let mut people = People {
            by_part: Lists::new(self.forms.count_of_consonants()),
            by_given: Lists::new(self.forms.spellings.count()),
            by_beginning: Lists::new(self.forms.spellings.count()),
        };
        for cluster in 0..self.clusters.len() {
            if self.clusters[cluster].entity_type != EntityType::Person {
                continue;
            }
            for at in self.members.of(cluster) {
                let form = self.forms.get(self.distinct[at].form);
                form.telling.iter().for_each(|part| people.by_part.push_unless_last(part.consonants.index(), cluster));
                let Some(&given) = form.telling.iter().find(|part| !part.is_initial) else { continue };
                people.by_given.push_unless_last(given.key.index(), cluster);
                if let Some(cut) = self.forms.spellings.beginning(given.key, BEGINNING) {
                    people.by_beginning.push_unless_last(cut.index(), cluster);
                }
            }
        }
        people
    }

    /// The given names that a short name may stand for, and its first letters.
    fn full_forms(&mut self, at: usize) -> (Vec<Spelling>, Option<Spelling>) {
        let Some(&short) = self.form(at).telling.first() else { return (Vec::new(), None) };
        let spellings = &mut self.forms.spellings;
        let full = nicknames::full_forms(spellings.of(short.key));
        (full.iter().map(|full| spellings.add(full)).collect(), spellings.beginning(short.key, BEGINNING))
    }

    /// The last two words of each office that a mention is called by: "prime minister".
    fn offices(&self, mention: usize) -> impl Iterator<Item = Office> + '_ {
        self.titles.roles_of(mention).iter().map(|role| {
            let head = role_head(self.reading, *role);
            let word = |token: u32| self.reading.word(token).folded;
            ((head > role.start).then(|| word(head - 1)), word(head))
        })
    }

    /// "@antonioguterres" is the person or organisation whose letters it is made of.
    #[inline(never)]
    fn handles(&mut self) {
        let handles: Vec<usize> = (0..self.distinct.len())
            .filter(|&at| self.distinct[at].kind == MentionKind::Handle && self.distinct[at].cluster.is_none())
            .collect();
        // Most texts have none.
        if !handles.is_empty() {
            self.put_handles(handles);
        }
    }

    #[inline(never)]
    fn put_handles(&mut self, handles: Vec<usize>) {
        let mut by_letters: Vec<(String, usize)> = Vec::new();
        // Words of names: one that two things share tells nothing.
        let mut by_part: WordMap<String, Option<usize>> = WordMap::default();
        let spellings = &self.forms.spellings;
        for (cluster, content) in self.clusters.iter().enumerate() {
            if !matches!(content.entity_type, EntityType::Person | EntityType::Organization) {
                continue;
            }
            for at in self.members.of(cluster).take(CANDIDATES) {
                let form = self.form(at);
                by_letters.extend(handle_spellings(spellings, &form).into_iter().map(|letters| (letters, cluster)));
                let is_acronym = self.distinct[at].kind == MentionKind::Acronym;
                for part in form.telling.iter().filter(|part| is_acronym || part.length >= 5 && !part.is_common) {
                    let entry = by_part.entry(spellings.of(part.key).to_owned()).or_insert(Some(cluster));
                    if *entry != Some(cluster) {
                        *entry = None;
                    }
                }
            }
        }
        // Of equal ones the first stays the first.
        sort_by(&mut by_letters, |(one, _), (other, _)| one.cmp(other));
        for at in handles {
            let letters: String = self.letters(at).trim_start_matches('@').replace('_', "");
            let letters = letters.trim_end_matches(|c: char| c.is_ascii_digit());
            // A letter cut off at the end is common: handles have a longest length.
            let next = by_letters.partition_point(|(spelling, _)| spelling.as_str() < letters);
            let found = by_letters.get(next).filter(|(spelling, _)| {
                let is_cut = letters.len() >= 8 && spelling.starts_with(letters) && spelling.len() <= letters.len() + 2;
                spelling == letters || is_cut
            });
            let found = self.named_before_handle(at).or(found.map(|&(_, cluster)| cluster));
            let cluster = match found.or_else(|| self.part_of_handle(&by_part, at)) {
                Some(cluster) => cluster,
                None => self.new_cluster(at),
            };
            self.put(at, cluster);
        }
    }

    /// "Ann Cole (@AnnColeMP)": whom the name before the brackets names.
    fn named_before_handle(&self, at: usize) -> Option<usize> {
        let Distinct { first, entity_type, .. } = self.distinct[at];
        let before = first.checked_sub(1)?;
        let is_in_brackets = follows_in_brackets(self.text, &self.mentions[before], &self.mentions[first]);
        let name = &self.distinct[self.distinct_of[before]];
        name.cluster.filter(|_| is_in_brackets && name.entity_type == entity_type)
    }

    /// "@premiercrombie", "@ICRC_es", "@ToddForMI": a word of exactly one name at the handle's start or end, or between its
    /// underscores.
    fn part_of_handle(&self, by_part: &WordMap<String, Option<usize>>, at: usize) -> Option<usize> {
        let letters = self.letters(at).trim_start_matches('@');
        for piece in letters.split('_') {
            if let Some(&Some(cluster)) = by_part.get(piece) {
                return Some(cluster);
            }
            // A handle is short: its cuts are few. Initials or a title may stand before, anything short after.
            for cut in (5..piece.len().saturating_sub(1)).filter(|&cut| piece.is_char_boundary(cut)).take(30) {
                if let Some(&Some(cluster)) = by_part.get(&piece[..cut]) {
                    return Some(cluster);
                }
            }
            for cut in (1..piece.len().saturating_sub(4)).filter(|&cut| piece.is_char_boundary(cut)).take(30) {
                if let Some(&Some(cluster)) = by_part.get(&piece[cut..]) {
                    return Some(cluster);
                }
            }
        }
        None
    }

    #[inline(never)]
    fn finish(mut self) -> Joined {
        let mut cluster_of = Vec::with_capacity(self.mentions.len());
        for mention in 0..self.mentions.len() {
            let at = self.distinct_of[mention];
            let cluster = match (self.cluster_of[mention], self.distinct[at].cluster) {
                (Some(cluster), _) | (None, Some(cluster)) => cluster,
                (None, None) => self.put_alone(at),
            };
            cluster_of.push(cluster);
        }
        let mut mentions = Lists::new(self.clusters.len());
        let mut counts = vec![0; self.clusters.len()];
        for (mention, &cluster) in cluster_of.iter().enumerate() {
            if counts[cluster] < FIRST_MENTIONS {
                counts[cluster] += 1;
                mentions.push(cluster, mention);
            }
        }
        Joined { cluster_of, clusters: self.clusters, mentions }
    }
}

pub(super) fn contradict(one: Gender, other: Gender) -> bool {
    one != Gender::Unknown && other != Gender::Unknown && one != other
}

/// "Kawkareik Township" is a township.
fn is_kind_of_place(key: &str) -> bool {
    matches!(
        key,
        "township"
            | "commune"
            | "town"
            | "village"
            | "city"
            | "island"
            | "islands"
            | "sea"
            | "hospital"
            | "dam"
            | "municipality"
            | "borough"
            | "archipelago"
            | "peninsula"
            | "desert"
    )
}

/// "iraqis" to "iraqi".
fn singular(letters: &str) -> &str {
    match letters.strip_suffix('s') {
        Some(stem)
            if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) || letters.ends_with("is") && letters.len() > 5 =>
        {
            letters.strip_suffix('s').unwrap_or(letters)
        }
        _ => letters,
    }
}

/// True when the letters stand in the name in this order, the first at its start: "iomp" in "international organizationformigration…".
fn letters_in_order(letters: &str, name: &str) -> bool {
    let mut rest = name.chars();
    letters.chars().next() == name.chars().next()
        && letters.chars().all(|letter| rest.by_ref().any(|other| other == letter))
}

/// How an account of this name may be spelt: all letters, the acronym, initial and family name.
fn handle_spellings(spellings: &Spellings, form: &Form) -> Vec<String> {
    let parts: Vec<&str> = form.telling.iter().map(|part| spellings.of(part.key)).collect();
    let mut found = vec![spellings.of(form.letters).to_owned(), parts.concat()];
    if let [first, .., last] = parts.as_slice() {
        found.push(format!("{}{last}", form.telling[0].first));
        found.push(format!("{first}{last}"));
        found.push(format!("{last}{first}"));
    }
    found.retain(|spelling| spelling.len() >= 3);
    found
}
