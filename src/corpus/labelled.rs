//! Other people's corpora: JSON lines of `{"doc_id", "text", "entities": [{"start", "end", "type"}]}`, offsets in code points.

use crate::span::Span;
use serde::Deserialize;
use std::path::Path;

/// A document with names in some corpus's own labels.
#[derive(Clone, PartialEq, Debug)]
pub struct Labelled {
    /// Its id in the corpus.
    pub id: String,
    /// The text.
    pub text: String,
    /// Names, in bytes, with the corpus's label; ordered by start.
    pub entities: Vec<(Span, String)>,
}

#[derive(Deserialize)]
struct Line {
    doc_id: String,
    text: String,
    entities: Vec<LineEntity>,
}

#[derive(Deserialize)]
struct LineEntity {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    label: String,
}

/// Reads one file.
///
/// # Errors
/// When the file cannot be read, a line is not of this form, or an offset lies outside its text.
pub fn read_labelled(path: &Path) -> Result<Vec<Labelled>, String> {
    let named = |problem: String| format!("{}: {problem}", path.display());
    let source = std::fs::read_to_string(path).map_err(|error| named(error.to_string()))?;
    source.lines().map(|line| read_line(line).map_err(named)).collect()
}

/// Reads one line.
///
/// # Errors
/// When it is not of this form, or an offset lies outside its text.
pub fn read_line(line: &str) -> Result<Labelled, String> {
    let line: Line = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let mut offsets: Vec<u32> = line.text.char_indices().map(|(at, _)| at as u32).collect();
    offsets.push(line.text.len() as u32);
    let offset = |at: usize| offsets.get(at).copied().ok_or(format!("{}: no offset {at}", line.doc_id));
    let mut entities = Vec::new();
    for entity in line.entities {
        if entity.end < entity.start {
            return Err(format!("{}: a name ends at {} before it starts at {}", line.doc_id, entity.end, entity.start));
        }
        entities.push((Span::new(offset(entity.start)?, offset(entity.end)?), entity.label));
    }
    entities.sort_by_key(|(span, _)| (span.start, span.end));
    Ok(Labelled { id: line.doc_id, text: line.text, entities })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_code_points() {
        let line = r#"{"doc_id":"d","text":"é Rio","entities":[{"start":2,"end":5,"type":"LOC","text":"Rio"}]}"#;
        let document = read_line(line).unwrap();
        assert_eq!(document.entities[0].0.of(&document.text), "Rio");
    }

    #[test]
    fn offsets_outside_the_text_are_refused() {
        let line = r#"{"doc_id":"d","text":"Rio","entities":[{"start":2,"end":5,"type":"LOC"}]}"#;
        assert!(read_line(line).is_err());
    }

    #[test]
    fn a_name_that_ends_before_it_starts_is_refused() {
        let line = r#"{"doc_id":"d","text":"Rio","entities":[{"start":2,"end":1,"type":"LOC"}]}"#;
        assert!(read_line(line).unwrap_err().contains("before it starts"));
    }
}
