//! `pressmark train lexicon`: the readable sources to one binary.
//!
//! A source file has comment lines (`# …`), class lines (`@ class class`) and entries, several to a line where commas part
//! them. Two special classes: `@ country-table` (`names | nationality words`) and `@ clusters` (`word<TAB>number`).

use super::{CLUSTERS, Class, Classes, HEADER, MAGIC, NO_CLUSTER, VERSION, checksum};
use crate::text::Text;
use std::collections::BTreeMap;
use std::path::Path;

/// Lists of the same folder that other modules read, in formats of their own.
const OTHER_LISTS: &[&str] = &["cues.txt", "function-words.txt", "verbs.txt"];

/// Compiles every `.txt` file of `sources`, save [`OTHER_LISTS`], in the order of their names. The same sources give the same bytes.
///
/// # Errors
/// A file that cannot be read, a class that does not exist.
pub fn build(sources: &Path) -> Result<Vec<u8>, String> {
    let mut paths: Vec<_> = std::fs::read_dir(sources)
        .map_err(|error| format!("{}: {error}", sources.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .filter(|path| !OTHER_LISTS.iter().any(|other| path.ends_with(other)))
        .collect();
    paths.sort();
    let mut lists = Lists::default();
    for path in paths {
        let source = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        lists.add(&source).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    lists.compile()
}

#[derive(Default)]
struct Lists {
    entries: BTreeMap<String, (Classes, u16)>,
    coarse: Vec<u8>,
}

impl Lists {
    fn add(&mut self, source: &str) -> Result<(), String> {
        let mut directive = "";
        let mut classes = Classes::default();
        for (index, line) in source.lines().enumerate() {
            let problem = |what: String| format!("line {}: {what}", index + 1);
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            if let Some(names) = line.strip_prefix("@ ") {
                directive = names.trim();
                if !matches!(directive, "country-table" | "clusters" | "coarse") {
                    classes = class_set(directive).map_err(problem)?;
                }
                continue;
            }
            match directive {
                "country-table" => self.country(line),
                "clusters" => self.cluster(line).ok_or_else(|| problem(format!("not a cluster: {line}")))?,
                "coarse" => self.coarse = line.split_whitespace().filter_map(|number| number.parse().ok()).collect(),
                "" => return Err(problem("an entry before the first `@` line".into())),
                _ => line.split(',').for_each(|entry| self.entry(entry, classes)),
            }
        }
        Ok(())
    }

    fn entry(&mut self, name: &str, classes: Classes) {
        let key = key(name);
        if !key.is_empty() {
            let entry = self.entries.entry(key).or_insert((Classes::default(), NO_CLUSTER));
            entry.0 = entry.0.and(classes);
        }
    }

    fn country(&mut self, line: &str) {
        let (names, people) = line.split_once('|').unwrap_or((line, ""));
        let country = Classes::of(Class::Place).and(Classes::of(Class::Country));
        names.split(',').for_each(|name| self.entry(name, country));
        people.split(',').for_each(|name| self.entry(name, Classes::PEOPLES));
    }

    fn cluster(&mut self, line: &str) -> Option<()> {
        let (word, number) = line.split_once('\t')?;
        let number = number.parse::<u16>().ok().filter(|&number| usize::from(number) < CLUSTERS)?;
        let entry = self.entries.entry(key(word)).or_insert((Classes::default(), number));
        entry.1 = number;
        Some(())
    }

    fn compile(mut self) -> Result<Vec<u8>, String> {
        self.entries.remove("");
        let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
        self.entries.values().for_each(|(classes, _)| *counts.entry(classes.0).or_default() += 1);
        // Frequent sets have small numbers, which contexts can tell apart.
        let mut sets: Vec<u32> = counts.keys().copied().collect();
        sets.sort_by_key(|set| std::cmp::Reverse(counts[set]));
        let numbers: BTreeMap<u32, u16> = sets.iter().copied().zip(0..).collect();
        self.coarse.resize(CLUSTERS, u8::MAX);
        let entries =
            self.entries.iter().map(|(key, &(classes, cluster))| (key.as_str(), numbers[&classes.0], cluster));
        let packed = super::packed::write(entries, &self.coarse)?;
        let mut content = Vec::new();
        for number in [sets.len(), self.entries.len()] {
            content.extend((number as u32).to_le_bytes());
        }
        sets.iter().for_each(|set| content.extend(set.to_le_bytes()));
        content.extend(&self.coarse);
        content.extend(packed);
        let mut data = Vec::with_capacity(HEADER + content.len());
        data.extend(MAGIC);
        data.extend(VERSION.to_le_bytes());
        data.extend(checksum(&content).to_le_bytes());
        data.extend(content);
        Ok(data)
    }
}

fn class_set(names: &str) -> Result<Classes, String> {
    names.split_whitespace().try_fold(Classes::default(), |classes, name| {
        let class = Class::ALL.iter().find(|class| class.name() == name).ok_or(format!("no class `{name}`"))?;
        Ok(classes.and(Classes::of(*class)))
    })
}

/// A name as the reader of texts will see it: its words folded, joined by spaces, hyphens left out.
fn key(name: &str) -> String {
    let text = Text::read(name);
    let mut key = String::new();
    for token in &text.tokens {
        let written = token.span.of(name);
        if written == "-" {
            continue;
        }
        if !key.is_empty() {
            key.push(' ');
        }
        super::fold_into(written, &mut key);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::super::fold;
    use super::*;

    #[test]
    fn keys_are_folded_words() {
        assert_eq!(key("Guinea-Bissau"), "guinea bissau");
        assert_eq!(key("Côte d'Ivoire"), "cote divoire");
        assert_eq!(key("U.A.E."), "u.a.e.");
        assert_eq!(key(" São Tomé "), "sao tome");
    }

    #[test]
    fn an_unknown_class_is_named() {
        assert_eq!(Lists::default().add("@ town\nX\n@ twon\nY"), Err("line 3: no class `twon`".into()));
    }

    #[test]
    fn folding_is_what_keys_use() {
        assert_eq!(fold("Łódź"), key("Łódź"));
    }
}
