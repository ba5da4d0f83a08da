//! Names to clusters: every name mention gets the number of the thing it names.
//!
//! Equal names are one thing. Longer names are joined first, by keys and a scored comparison; then each short name goes to the
//! last thing named before it that it can stand for. Candidates are found by key, a bounded number of the latest for each,
//! so that the work stays linear in the number of names.

use super::Gender;
use super::countries;
use super::descriptions::role_head;
use super::form::{Form, Forms, Part};
use super::nicknames;
use super::organizations::{is_acronym_of, same_organization};
use super::people::{same_person, short_for};
use super::titles::Titles;
use super::types::{follows_in_brackets, is_foreign_short_name};
use crate::annotation::{EntityType, MentionKind};
use crate::hashing::{WordMap, WordSet};
use crate::lexicon::Reading;
use crate::ner::Mention;
use crate::sorting::sort_by_key;
use crate::text::{Text, TokenKind};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Candidates looked at for one name and key.
const CANDIDATES: usize = 12;
/// Two full names at this similarity are one.
const SAME: f32 = 0.8;

/// One thing, while names are being joined.
pub(super) struct Cluster {
    pub entity_type: EntityType,
    /// Distinct forms, by index into [`Joined::forms`].
    pub forms: Vec<usize>,
    pub gender: Gender,
}

/// The result: the cluster of each mention.
pub(super) struct Joined {
    pub cluster_of: Vec<usize>,
    pub clusters: Vec<Cluster>,
    /// The first mentions of each cluster.
    first_mentions: Vec<Vec<usize>>,
}

impl Joined {
    /// Mentions of a cluster, in text order, as far as its first ones go.
    pub fn mentions_of(&self, cluster: usize) -> impl Iterator<Item = usize> + '_ {
        self.first_mentions.get(cluster).into_iter().flatten().copied()
    }
}

/// Mentions remembered for each cluster.
const FIRST_MENTIONS: usize = 16;

struct Distinct {
    form: Rc<Form>,
    letters: String,
    entity_type: EntityType,
    kind: MentionKind,
    mentions: Vec<usize>,
    cluster: Option<usize>,
}

/// Joins the names of a text.
pub(super) fn join(text: &Text, reading: &Reading, forms: &mut Forms, mentions: &[Mention], titles: &Titles) -> Joined {
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

struct Joiner<'a, 't> {
    text: &'a Text<'t>,
    reading: &'a Reading,
    mentions: &'a [Mention],
    titles: &'a Titles,
    distinct: Vec<Distinct>,
    distinct_of: Vec<usize>,
    clusters: Vec<Cluster>,
    cluster_of: Vec<Option<usize>>,
}

impl<'a, 't> Joiner<'a, 't> {
    #[inline(never)]
    fn new(
        text: &'a Text<'t>,
        reading: &'a Reading,
        forms: &mut Forms,
        mentions: &'a [Mention],
        titles: &'a Titles,
    ) -> Self {
        let mut distinct: Vec<Distinct> = Vec::new();
        let mut index: WordMap<(EntityType, String, bool), usize> = WordMap::default();
        // The same once more, by what is known without letters.
        let mut again: WordMap<(u32, EntityType, bool), usize> = WordMap::default();
        let mut distinct_of = Vec::with_capacity(mentions.len());
        for (number, mention) in mentions.iter().enumerate() {
            let (same, form) = forms.of(mention);
            let same = (same, mention.entity_type, mention.kind == MentionKind::Handle);
            // Names of signs alone are told apart by these.
            let has_own_key = form.parts.is_empty() || mention.value.is_some();
            if let Some(&at) = again.get(&same).filter(|_| !has_own_key) {
                distinct[at].mentions.push(number);
                distinct_of.push(at);
                continue;
            }
            let mut letters = form.letters();
            if letters.is_empty() {
                letters = mention.span.of(text.source).to_lowercase();
            }
            if let Some(value) = &mention.value {
                letters.push('=');
                letters.push_str(value);
            }
            // "US" and "us" never meet here; "The National" and "National" do.
            let key = (mention.entity_type, letters.clone(), mention.kind == MentionKind::Handle);
            let at = *index.entry(key).or_insert_with(|| {
                distinct.push(Distinct {
                    form,
                    letters,
                    entity_type: mention.entity_type,
                    kind: mention.kind,
                    mentions: Vec::new(),
                    cluster: None,
                });
                distinct.len() - 1
            });
            if !has_own_key {
                again.insert(same, at);
            }
            distinct[at].mentions.push(number);
            distinct_of.push(at);
        }
        Joiner {
            text,
            reading,
            mentions,
            titles,
            distinct,
            distinct_of,
            clusters: Vec::new(),
            cluster_of: vec![None; mentions.len()],
        }
    }

    fn new_cluster(&mut self, at: usize) -> usize {
        let distinct = &self.distinct[at];
        let gender = distinct
            .mentions
            .iter()
            .map(|&mention| self.titles.gender[mention])
            .find(|gender| *gender != Gender::Unknown);
        self.clusters.push(Cluster {
            entity_type: distinct.entity_type,
            forms: vec![at],
            gender: gender.unwrap_or_default(),
        });
        self.clusters.len() - 1
    }

    fn put(&mut self, at: usize, cluster: usize) {
        if self.distinct[at].cluster == Some(cluster) {
            return;
        }
        self.distinct[at].cluster = Some(cluster);
        self.clusters[cluster].forms.push(at);
        if self.clusters[cluster].gender == Gender::Unknown {
            let genders = self.distinct[at].mentions.iter().map(|&mention| self.titles.gender[mention]);
            self.clusters[cluster].gender =
                genders.into_iter().find(|gender| *gender != Gender::Unknown).unwrap_or_default();
        }
    }

    /// Everything but people and organisations is joined by equal names, and by the table of countries.
    #[inline(never)]
    fn equal_and_definite(&mut self) {
        let mut by_name: WordMap<(EntityType, String), usize> = WordMap::default();
        for at in 0..self.distinct.len() {
            let distinct = &self.distinct[at];
            let name = match distinct.entity_type {
                EntityType::Person | EntityType::Organization => continue,
                EntityType::Place => {
                    let written = self.mentions[distinct.mentions[0]].span.of(self.text.source);
                    let letters = written.ends_with('.').then(|| countries::state(&distinct.letters)).flatten();
                    let letters = letters.unwrap_or(&distinct.letters);
                    match countries::country(letters) {
                        Some(number) => format!("country {number}"),
                        None => {
                            letters.strip_suffix("city").filter(|rest| rest.len() > 3).unwrap_or(letters).to_owned()
                        }
                    }
                }
                EntityType::Group => match countries::people_of(&distinct.letters) {
                    Some(number) => format!("people {number}"),
                    // "Sen. Elijah Dupree (D-Ga.)"
                    None if distinct.letters == "d" => "democrat".to_owned(),
                    None if distinct.letters == "r" => "republican".to_owned(),
                    None => singular(&distinct.letters).to_owned(),
                },
                _ => distinct.letters.clone(),
            };
            let key = (distinct.entity_type, name);
            match by_name.get(&key) {
                Some(&cluster) => self.put(at, cluster),
                None => {
                    let cluster = self.new_cluster(at);
                    self.distinct[at].cluster = Some(cluster);
                    by_name.insert(key, cluster);
                }
            }
        }
    }

    /// "Cyclone Idai" and "Idai", "USS Halvorsen" and "Halvorsen", "Kawkareik Township" and "Kawkareik": a name with and
    /// without the word for what it is, where no other name has the same rest.
    #[inline(never)]
    fn with_and_without_kind(&mut self) {
        let mut by_letters: WordMap<(EntityType, String), Option<usize>> = WordMap::default();
        for at in 0..self.distinct.len() {
            let distinct = &self.distinct[at];
            let Some(cluster) = distinct.cluster else { continue };
            for rest in self.without_kind(distinct) {
                let entry = by_letters.entry((distinct.entity_type, rest)).or_insert(Some(cluster));
                if *entry != Some(cluster) {
                    *entry = None;
                }
            }
        }
        for at in 0..self.distinct.len() {
            let distinct = &self.distinct[at];
            let key = (distinct.entity_type, distinct.letters.clone());
            if let Some(&Some(longer)) = by_letters.get(&key)
                && distinct.cluster.is_some_and(|cluster| cluster != longer)
                && countries::country(&distinct.letters).is_none()
            {
                self.move_cluster(at, longer);
            }
        }
    }

    /// What a longer name may be shortened to, as letters.
    fn without_kind(&self, distinct: &Distinct) -> Vec<String> {
        let parts: Vec<&Part> = distinct.form.telling().collect();
        if parts.len() < 2 {
            return Vec::new();
        }
        let letters = |parts: &[&Part]| parts.iter().map(|part| part.key.as_str()).collect::<String>();
        let (first, last) = (parts[0], parts[parts.len() - 1]);
        let mut shorter = Vec::new();
        match distinct.entity_type {
            EntityType::Place => {
                let is_kind = |key: &str| {
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
                };
                if is_kind(&last.key) {
                    shorter.push(letters(&parts[..parts.len() - 1]));
                }
                if is_kind(&first.key) && distinct.form.parts.get(1).is_some_and(|part| part.key == "of") {
                    shorter.push(letters(&parts[1..]));
                }
            }
            EntityType::Event | EntityType::Work | EntityType::Product => {
                // "USS", "Cyclone", "Toyota" before; "Day", "Act" after. What is left must be a word that tells.
                let tells = |part: &Part| part.key.len() >= 3 && part.key.chars().all(char::is_alphabetic);
                if parts[1..].iter().any(|part| tells(part)) && (parts.len() <= 3 || first.key == "tropical") {
                    shorter.push(letters(&parts[1..]));
                }
                if tells(first) && parts.len() == 2 && !first.is_generic {
                    shorter.push(letters(&parts[..1]));
                }
            }
            _ => {}
        }
        shorter
    }

    /// Puts all forms of a name's cluster into another one.
    fn move_cluster(&mut self, at: usize, target: usize) {
        match self.distinct[at].cluster {
            Some(source) if source != target => {
                for form in std::mem::take(&mut self.clusters[source].forms) {
                    self.put(form, target);
                }
            }
            Some(_) => {}
            None => self.put(at, target),
        }
    }

    /// "…, better known as Lord Ledger", "…, known by its French initials BIR": the text says that two names are one.
    #[inline(never)]
    fn known_as(&mut self) {
        for right in 1..self.mentions.len() {
            let two = &self.mentions[right];
            // A nationality may stand between: "its French initials".
            let left = if self.mentions[right - 1].entity_type == EntityType::Group {
                right.checked_sub(2)
            } else {
                Some(right - 1)
            };
            let Some(left) = left else { continue };
            let one = &self.mentions[left];
            let is_near = one.tokens.end < two.tokens.start && two.tokens.start - one.tokens.end <= 10;
            if !is_near
                || one.entity_type != two.entity_type
                || self.text.sentence_of[one.tokens.end as usize] != self.text.sentence_of[two.tokens.start as usize]
            {
                continue;
            }
            let mut says = false;
            let all_fit = (one.tokens.end..two.tokens.start).all(|token| {
                let word = self.text.of(token);
                let is_sign = matches!(
                    word,
                    "known" | "called" | "nicknamed" | "dubbed" | "abbreviated" | "initials" | "acronym"
                );
                says |= is_sign;
                is_sign
                    || self.text.tokens[token as usize].kind == TokenKind::Mark
                    || matches!(
                        word,
                        "," | "("
                            | "as"
                            | "by"
                            | "its"
                            | "his"
                            | "her"
                            | "the"
                            | "an"
                            | "a"
                            | "better"
                            | "also"
                            | "still"
                            | "often"
                            | "or"
                            | "commonly"
                            | "widely"
                            | "popularly"
                            | "colloquially"
                            | "officially"
                            | "locally"
                            | "simply"
                            | "formerly"
                            | "previously"
                            | "now"
                            | "name"
                            | "stage"
                            | "to"
                            | "fans"
                            | "in"
                            | "nickname"
                    )
                    || self.mentions[right - 1].tokens.holds(token)
            });
            if !all_fit || !says {
                continue;
            }
            let (a, b) = (self.distinct_of[left], self.distinct_of[right]);
            if let Some(target) = self.distinct[a].cluster {
                self.move_cluster(b, target);
            } else if let Some(target) = self.distinct[b].cluster {
                self.move_cluster(a, target);
            }
        }
    }

    #[inline(never)]
    fn full_people(&mut self) {
        let mut by_key: WordMap<String, Vec<usize>> = WordMap::default();
        for at in 0..self.distinct.len() {
            let distinct = &self.distinct[at];
            if distinct.entity_type != EntityType::Person
                || distinct.kind == MentionKind::Handle
                || distinct.form.telling().count() < 2
            {
                continue;
            }
            // Any part can be the one that both spellings share.
            let keys: Vec<String> = distinct
                .form
                .telling()
                .filter(|part| !part.is_initial)
                .map(|part| part.consonants.clone())
                .chain(distinct.form.joined.clone())
                .collect();
            let mut best = (SAME, None);
            for key in &keys {
                for &cluster in by_key.get(key).into_iter().flatten().rev().take(CANDIDATES) {
                    let genders = (self.titles.gender[distinct.mentions[0]], self.clusters[cluster].gender);
                    let similarity = self.clusters[cluster]
                        .forms
                        .iter()
                        .take(CANDIDATES)
                        .map(|&form| same_person(&distinct.form, &self.distinct[form].form))
                        .fold(0.0, f32::max);
                    let exact = similarity >= 1.0;
                    if similarity >= best.0
                        && (best.1.is_none() || similarity > best.0)
                        && (exact || !contradict(genders.0, genders.1))
                    {
                        best = (similarity, Some(cluster));
                    }
                }
            }
            let cluster = match best.1 {
                Some(cluster) => {
                    self.put(at, cluster);
                    cluster
                }
                None => {
                    let cluster = self.new_cluster(at);
                    self.distinct[at].cluster = Some(cluster);
                    cluster
                }
            };
            for key in keys {
                let clusters = by_key.entry(key).or_default();
                if clusters.last() != Some(&cluster) {
                    clusters.push(cluster);
                }
            }
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
        sort_by_key(&mut order, |&at| (std::cmp::Reverse(self.distinct[at].form.telling().count()), at));
        let mut by_key: WordMap<String, Vec<usize>> = WordMap::default();
        for at in order {
            let distinct = &self.distinct[at];
            let keys: Vec<String> = distinct.form.telling().map(|part| part.consonants.clone()).collect();
            let mut best = (SAME, None);
            for key in &keys {
                for &cluster in by_key.get(key).into_iter().flatten().rev().take(CANDIDATES) {
                    for &form in self.clusters[cluster].forms.iter().take(CANDIDATES) {
                        let other = &self.distinct[form].form;
                        let similarity = same_organization(&distinct.form, other);
                        if similarity > best.0 || (similarity == best.0 && best.1.is_none()) {
                            best = (similarity, Some(cluster));
                        }
                    }
                }
            }
            let cluster = match best.1 {
                Some(cluster) => {
                    self.put(at, cluster);
                    cluster
                }
                None => {
                    let cluster = self.new_cluster(at);
                    self.distinct[at].cluster = Some(cluster);
                    cluster
                }
            };
            for key in keys {
                let clusters = by_key.entry(key).or_default();
                if clusters.last() != Some(&cluster) {
                    clusters.push(cluster);
                }
            }
        }
    }

    /// "Middle East Media Research Institute (MEMRI)", "MEMRI (Middle East Media Research Institute)".
    #[inline(never)]
    fn acronyms_in_brackets(&mut self) {
        for right in 1..self.mentions.len() {
            let left = right - 1;
            let (one, two) = (&self.mentions[left], &self.mentions[right]);
            let types = one.entity_type == two.entity_type;
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
            let (a, b) = (self.distinct_of[left], self.distinct_of[right]);
            if is_foreign_short_name(self.reading, one, two) {
                self.merge_distinct(b, a);
                continue;
            }
            let (acronym, name) = if self.is_in_capitals(b) { (b, a) } else { (a, b) };
            if one.entity_type == EntityType::Person
                && !self.distinct[name].form.initials().contains(&self.distinct[acronym].letters)
            {
                continue;
            }
            if !self.is_in_capitals(acronym) || self.is_in_capitals(name) {
                continue;
            }
            // In brackets right after a name, most of the letters in their order are enough; for an organisation the brackets
            // alone are, since many have their letters from another language: "National Liberation Army (ELN)".
            if one.entity_type == EntityType::Organization && acronym == b
                || letters_in_order(&self.distinct[acronym].letters, &self.distinct[name].letters)
            {
                self.merge_distinct(acronym, name);
            }
        }
    }

    /// "UN"; also "IRGC-QF", which is three tokens.
    fn is_in_capitals(&self, at: usize) -> bool {
        let written = self.mentions[self.distinct[at].mentions[0]].span.of(self.text.source);
        self.distinct[at].kind == MentionKind::Acronym
            || written.len() <= 12
                && written.starts_with(char::is_uppercase)
                && written.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '-')
    }

    /// Acronyms without a definition: by initials first; then among the names that begin with the acronym's first letter.
    #[inline(never)]
    fn acronyms(&mut self) {
        let mut by_initials: WordMap<(EntityType, String), usize> = WordMap::default();
        let mut by_first: WordMap<(EntityType, char), Vec<usize>> = WordMap::default();
        let mut by_word: WordMap<String, usize> = WordMap::default();
        for at in 0..self.distinct.len() {
            let distinct = &self.distinct[at];
            if distinct.kind == MentionKind::Name && distinct.entity_type != EntityType::Person {
                for initials in distinct.form.initials() {
                    by_initials.entry((distinct.entity_type, initials)).or_insert(at);
                }
                // A country may stand before: "U.S. Central Command".
                for part in distinct.form.telling().take(2) {
                    let names =
                        by_first.entry((distinct.entity_type, part.key.chars().next().unwrap_or(' '))).or_default();
                    if names.len() < CANDIDATES * 2 && distinct.form.parts.len() > 1 && names.last() != Some(&at) {
                        names.push(at);
                    }
                }
                // "KILI Radio": the acronym and what it is.
                if let [word, rest @ ..] = distinct.form.telling().collect::<Vec<_>>().as_slice()
                    && distinct.entity_type == EntityType::Organization
                    && !rest.is_empty()
                    && rest.iter().all(|part| part.is_generic)
                {
                    by_word.entry(word.key.clone()).or_insert(at);
                }
            }
        }
        for at in 0..self.distinct.len() {
            let distinct = &self.distinct[at];
            let single = distinct.form.parts.len() == 1;
            if distinct.entity_type == EntityType::Person || !single || !self.is_acronym(distinct) {
                continue;
            }
            let is_written_as_name = distinct.kind == MentionKind::Name;
            let by_letters = by_initials
                .get(&(distinct.entity_type, distinct.letters.clone()))
                .copied()
                .or_else(|| {
                    let key = (distinct.entity_type, distinct.letters.chars().next()?);
                    let names = by_first.get(&key)?;
                    names.iter().copied().find(|&name| is_acronym_of(&distinct.form, &self.distinct[name].form))
                })
                .or_else(|| {
                    // A word that has joined a longer name already stays there.
                    let is_alone = distinct
                        .cluster
                        .is_none_or(|cluster| self.clusters[cluster].forms.iter().all(|&form| form == at));
                    let fits = distinct.entity_type == EntityType::Organization && is_alone;
                    by_word.get(&distinct.letters).copied().filter(|_| fits)
                });
            if let Some(name) = by_letters.filter(|&name| name != at) {
                self.merge_distinct(at, name);
                continue;
            }
            if !is_written_as_name && self.distinct[at].cluster.is_none() {
                let cluster = self.new_cluster(at);
                self.distinct[at].cluster = Some(cluster);
            }
        }
    }

    /// "UN"; also "DOTr", "LdF" and "Minem", which the recogniser calls names.
    fn is_acronym(&self, distinct: &Distinct) -> bool {
        let written = self.mentions[distinct.mentions[0]].span.of(self.text.source);
        distinct.kind == MentionKind::Acronym
            || distinct.kind == MentionKind::Name
                && distinct.entity_type == EntityType::Organization
                && (2..=8).contains(&distinct.letters.chars().count())
                && written.starts_with(char::is_uppercase)
                && (written.chars().filter(|c| c.is_uppercase()).count() > 1 || distinct.letters.len() <= 6)
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
        let mut by_part: WordMap<String, Vec<usize>> = WordMap::default();
        for (cluster, content) in self.clusters.iter().enumerate() {
            if content.entity_type != EntityType::Person {
                continue;
            }
            for &form in &content.forms {
                let form = &self.distinct[form].form;
                let given = form.telling().find(|part| !part.is_initial);
                let given = given.into_iter().flat_map(|given| given_keys(&given.key));
                for key in form.telling().map(|part| part.consonants.clone()).chain(given) {
                    let clusters = by_part.entry(key).or_default();
                    if clusters.last() != Some(&cluster) {
                        clusters.push(cluster);
                    }
                }
            }
        }
        // Who is called by which office: "Prime Minister Han" is the Han who is called so elsewhere.
        let mut offices: WordSet<(String, usize)> = WordSet::default();
        for (mention, &at) in self.distinct_of.iter().enumerate() {
            if let Some(cluster) = self.distinct[at].cluster {
                offices.extend(self.offices(mention).map(|office| (office, cluster)));
            }
        }
        // Where each full-name cluster was last named, while walking through the text.
        let mut last_named: Vec<Option<usize>> = vec![None; self.clusters.len()];
        let mut alone: WordMap<String, usize> = WordMap::default();
        for mention in 0..self.mentions.len() {
            let at = self.distinct_of[mention];
            if let Some(cluster) = self.distinct[at].cluster {
                if cluster < last_named.len() {
                    last_named[cluster] = Some(mention);
                }
                continue;
            }
            let distinct = &self.distinct[at];
            if distinct.entity_type != EntityType::Person || distinct.kind == MentionKind::Handle {
                continue;
            }
            let gender = self.titles.gender[mention];
            let called: Vec<String> = self.offices(mention).collect();
            let mut best: Option<((u8, usize, i64), usize)> = None;
            let own = distinct.form.telling().map(|part| part.consonants.clone());
            let given = distinct.form.telling().next().into_iter().flat_map(|short| short_keys(&short.key));
            for key in own.chain(given) {
                // Those that only a short form of the given name may mean are fewer.
                let most = if key.starts_with(['=', '^']) { CANDIDATES / 2 } else { CANDIDATES * 2 };
                for &cluster in by_part.get(&key).into_iter().flatten().rev().take(most) {
                    let content = &self.clusters[cluster];
                    let similarity = content
                        .forms
                        .iter()
                        .take(CANDIDATES)
                        .map(|&form| short_for(&distinct.form, &self.distinct[form].form))
                        .fold(0.0, f32::max);
                    if similarity < SAME || contradict(gender, content.gender) {
                        continue;
                    }
                    // The office first; family name before given name; then the last named before, then the first named after.
                    let named = last_named[cluster];
                    let level = (similarity * 100.0) as usize / 5;
                    let rank =
                        (u8::from(named.is_some()), level, named.map_or(-(cluster as i64), |place| place as i64));
                    let is_called = called.iter().any(|office| offices.contains(&(office.clone(), cluster)));
                    let rank =
                        (2 * u8::from(is_called) + u8::from(level >= 18), usize::from(rank.0) * 100 + rank.1, rank.2);
                    if best.as_ref().is_none_or(|(top, _)| rank > *top) {
                        best = Some((rank, cluster));
                    }
                }
            }
            let cluster = match best {
                Some((_, cluster)) => {
                    if !self.clusters[cluster].forms.contains(&at) && self.clusters[cluster].forms.len() < 64 {
                        self.clusters[cluster].forms.push(at);
                    }
                    cluster
                }
                // A person of one name: equal letters are one person.
                None => match alone.get(&distinct.letters) {
                    Some(&cluster) if !contradict(gender, self.clusters[cluster].gender) => cluster,
                    _ => {
                        let letters = distinct.letters.clone();
                        let cluster = self.new_cluster(at);
                        alone.insert(letters, cluster);
                        cluster
                    }
                },
            };
            if self.clusters[cluster].gender == Gender::Unknown {
                self.clusters[cluster].gender = gender;
            }
            self.cluster_of[mention] = Some(cluster);
            if cluster < last_named.len() {
                last_named[cluster] = Some(mention);
            }
        }
    }

    /// The last two words of each office that a mention is called by: "prime minister".
    fn offices(&self, mention: usize) -> impl Iterator<Item = String> + '_ {
        self.titles.roles[mention].iter().map(|role| {
            let head = role_head(self.reading, *role);
            let first = head.saturating_sub(1).max(role.start);
            (first..=head).map(|token| self.reading.key(token)).collect::<Vec<_>>().join(" ")
        })
    }

    /// "@antonioguterres" is the person or organisation whose letters it is made of.
    #[inline(never)]
    fn handles(&mut self) {
        let handles: Vec<usize> = (0..self.distinct.len())
            .filter(|&at| self.distinct[at].kind == MentionKind::Handle && self.distinct[at].cluster.is_none())
            .collect();
        if handles.is_empty() {
            return;
        }
        let mut by_letters: BTreeMap<String, usize> = BTreeMap::new();
        // Words of names: one that two things share tells nothing.
        let mut by_part: WordMap<String, Option<usize>> = WordMap::default();
        for (cluster, content) in self.clusters.iter().enumerate() {
            if !matches!(content.entity_type, EntityType::Person | EntityType::Organization) {
                continue;
            }
            for &form in content.forms.iter().take(CANDIDATES) {
                let distinct = &self.distinct[form];
                for letters in handle_spellings(&distinct.form) {
                    by_letters.entry(letters).or_insert(cluster);
                }
                let is_acronym = distinct.kind == MentionKind::Acronym;
                for part in distinct.form.telling().filter(|part| is_acronym || part.key.len() >= 5 && !part.is_common)
                {
                    let entry = by_part.entry(part.key.clone()).or_insert(Some(cluster));
                    if *entry != Some(cluster) {
                        *entry = None;
                    }
                }
            }
        }
        for at in handles {
            let letters: String = self.distinct[at].letters.trim_start_matches('@').replace('_', "");
            let letters = letters.trim_end_matches(|c: char| c.is_ascii_digit());
            // A letter cut off at the end is common: handles have a longest length.
            let found = by_letters.get(letters).or_else(|| {
                let (spelling, cluster) = by_letters.range(letters.to_owned()..).next()?;
                let is_cut = letters.len() >= 8 && spelling.starts_with(letters) && spelling.len() <= letters.len() + 2;
                is_cut.then_some(cluster)
            });
            let cluster = match found.copied().or_else(|| self.part_of_handle(&by_part, at)) {
                Some(cluster) => cluster,
                None => self.new_cluster(at),
            };
            self.put(at, cluster);
        }
    }

    /// "@premiercrombie", "@ICRC_es", "@ToddForMI": a word of exactly one name at the handle's start or end, or between its
    /// underscores.
    fn part_of_handle(&self, by_part: &WordMap<String, Option<usize>>, at: usize) -> Option<usize> {
        let letters = self.distinct[at].letters.trim_start_matches('@');
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
                (None, None) => {
                    let cluster = self.new_cluster(at);
                    self.distinct[at].cluster = Some(cluster);
                    cluster
                }
            };
            cluster_of.push(cluster);
        }
        let mut first_mentions = vec![Vec::new(); self.clusters.len()];
        for (mention, &cluster) in cluster_of.iter().enumerate() {
            if first_mentions[cluster].len() < FIRST_MENTIONS {
                first_mentions[cluster].push(mention);
            }
        }
        Joined { cluster_of, clusters: self.clusters, first_mentions }
    }
}

pub(super) fn contradict(one: Gender, other: Gender) -> bool {
    one != Gender::Unknown && other != Gender::Unknown && one != other
}

/// Keys that a given name is found by under its short forms: its own, and its first letters. The sign keeps them apart from
/// other keys.
fn given_keys(given: &str) -> Vec<String> {
    let mut keys = vec![format!("={given}")];
    keys.extend(given.get(..3).map(|cut| format!("^{cut}")));
    keys
}

/// Keys of the given names that a short form may stand for.
fn short_keys(short: &str) -> Vec<String> {
    let mut keys: Vec<String> = nicknames::full_forms(short).iter().map(|full| format!("={full}")).collect();
    keys.extend(short.get(..3).map(|cut| format!("^{cut}")));
    keys
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
fn handle_spellings(form: &Form) -> Vec<String> {
    let parts: Vec<&str> = form.telling().map(|part| part.key.as_str()).collect();
    let mut spellings = vec![form.letters(), parts.concat()];
    if let [first, .., last] = parts.as_slice() {
        spellings.push(format!("{}{last}", first.chars().take(1).collect::<String>()));
        spellings.push(format!("{first}{last}"));
        spellings.push(format!("{last}{first}"));
    }
    spellings.retain(|spelling| spelling.len() >= 3);
    spellings
}
