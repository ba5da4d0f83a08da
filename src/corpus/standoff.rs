//! Annotations of openly licensed texts that stay where they are: offsets and labels, no words.
//!
//! A file has a header as [`super::read`] knows it, with three keys more: `source` (a JSONL file below the folder of corpora),
//! `document` (its `doc_id` there) and `hash` (FNV-1a, 64 bit, of the text's UTF-8, hexadecimal), the line `===`, and then one
//! annotation a line, offsets in bytes:
//!
//! ```text
//! block headline 0 54
//! mention 0 12 PERSON ruiz name
//! mention 30 38 DATE - name 2022-08-01
//! quote 1 direct post unclosed
//! piece 1 60 93
//! speaker 1 40 44 ruiz
//! cue 1 45 49 say
//! addressee 1 50 55 -
//! no-quote scare 100 108
//! ```
//!
//! `-` stands for a key that is not there.

use super::{Article, Block, Mention, NonQuote, Pointer, Quote, read};
use crate::annotation::{EntityType, Medium, QuoteFlag};
use crate::span::Span;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// Names of what can be told of a quote after its kind.
const FLAGS: [(&str, QuoteFlag); 4] = [
    ("unclosed", QuoteFlag::Unclosed),
    ("mismatched", QuoteFlag::Mismatched),
    ("stray-mark", QuoteFlag::StrayMark),
    ("negated", QuoteFlag::Negated),
];

/// FNV-1a, 64 bit, as it stands in the header.
pub fn hash(text: &str) -> String {
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    format!("{hash:016x}")
}

/// The text of a document in a JSONL file of `{"doc_id", "text"}` lines.
///
/// # Errors
/// When the file cannot be read or has no such document.
pub fn document(path: &Path, doc_id: &str) -> Result<String, String> {
    #[derive(Deserialize)]
    struct Line {
        doc_id: String,
        text: String,
    }
    let file = std::fs::File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    // A folder reads its file once a document: only a line with the id in it is worth parsing.
    let written = serde_json::to_string(doc_id).map_err(|error| format!("{doc_id}: {error}"))?;
    for line in BufReader::new(file).lines() {
        let line = line.map_err(|error| format!("{}: {error}", path.display()))?;
        // Other lines may be of another shape.
        if line.contains(&written)
            && let Ok(line) = serde_json::from_str::<Line>(&line)
            && line.doc_id == doc_id
        {
            return Ok(line.text);
        }
    }
    Err(format!("{}: no document {doc_id}", path.display()))
}

/// The stand-off file of an article whose inline text is exactly that of its source.
///
/// # Errors
/// The first place where the two texts differ.
pub fn write(article: &Article, source_text: &str) -> Result<String, String> {
    if article.text != source_text {
        let same = article.text.bytes().zip(source_text.bytes()).take_while(|(one, other)| one == other).count();
        let around = |text: &str| -> String {
            let start = (0..=same.saturating_sub(20)).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            text[start..].chars().take(60).collect()
        };
        return Err(format!(
            "the texts differ at byte {same}: annotated {:?}, source {:?}",
            around(&article.text),
            around(source_text)
        ));
    }
    let mut page = String::new();
    let mut header = article.header.clone();
    header.insert("hash".into(), hash(source_text));
    for (key, value) in &header {
        let _ = writeln!(page, "{key}: {value}");
    }
    page.push_str("===\n");
    for block in &article.blocks {
        let kind = format!("{:?}", block.kind).to_lowercase();
        let _ = writeln!(page, "block {kind} {} {}", block.span.start, block.span.end);
    }
    for mention in &article.mentions {
        let kind = format!("{:?}", mention.kind).to_lowercase();
        let key = mention.key.as_deref().unwrap_or("-");
        let value = mention.value.as_ref().map(|value| format!(" {value}")).unwrap_or_default();
        let _ = writeln!(
            page,
            "mention {} {} {} {key} {kind}{value}",
            mention.span.start,
            mention.span.end,
            mention.entity_type.name()
        );
    }
    for quote in &article.quotes {
        let number = quote.number;
        let kind = format!("{:?}", quote.kind).to_lowercase();
        let medium = match quote.medium {
            Medium::Speech => "",
            Medium::Post => " post",
            Medium::Document => " document",
        };
        let flags: String =
            FLAGS.iter().filter(|(_, flag)| quote.flags.contains(flag)).map(|(name, _)| format!(" {name}")).collect();
        let parent = quote.parent.map(|parent| format!(" in {}", article.quotes[parent].number)).unwrap_or_default();
        let _ = writeln!(page, "quote {number} {kind}{medium}{flags}{parent}");
        for piece in &quote.pieces {
            let _ = writeln!(page, "piece {number} {} {}", piece.start, piece.end);
        }
        for (label, pointers) in [("speaker", &quote.speakers), ("addressee", &quote.addressees)] {
            for pointer in pointers {
                let key = pointer.key.as_deref().unwrap_or("-");
                let _ = writeln!(page, "{label} {number} {} {} {key}", pointer.span.start, pointer.span.end);
            }
        }
        for (span, lemma) in &quote.cues {
            let _ = writeln!(page, "cue {number} {} {} {}", span.start, span.end, lemma.as_deref().unwrap_or("-"));
        }
    }
    for non_quote in &article.non_quotes {
        let kind = format!("{:?}", non_quote.kind).to_lowercase();
        let _ = writeln!(page, "no-quote {kind} {} {}", non_quote.span.start, non_quote.span.end);
    }
    Ok(page)
}

/// Reads a stand-off file and its text, which is looked for below `corpora`.
///
/// # Errors
/// A line that is not of the format, a text that is not there or not the one that was annotated.
pub fn read_with_text(page: &str, corpora: &Path) -> Result<Article, String> {
    let (head, body) = page.split_once("\n===\n").ok_or("no line `===` after the header")?;
    let header: BTreeMap<String, String> = head
        .lines()
        .filter_map(|line| line.split_once(": "))
        .map(|(key, value)| (key.to_owned(), value.trim().to_owned()))
        .collect();
    let value = |key: &str| header.get(key).ok_or(format!("the header has no `{key}`"));
    let text = document(&corpora.join(value("source")?), value("document")?)?;
    if hash(&text) != *value("hash")? {
        return Err("the text is not the one that was annotated: the hashes differ".into());
    }
    let mut article = Article {
        id: value("id")?.clone(),
        header: header.clone(),
        text,
        blocks: Vec::new(),
        mentions: Vec::new(),
        quotes: Vec::new(),
        non_quotes: Vec::new(),
    };
    let mut parents: Vec<Option<u32>> = Vec::new();
    for (index, line) in body.lines().enumerate() {
        let line_number = head.lines().count() + 2 + index;
        add(&mut article, &mut parents, line, line_number).ok_or(format!("line {line_number}: {line}"))?;
    }
    for (index, parent) in parents.into_iter().enumerate() {
        article.quotes[index].parent =
            parent.and_then(|number| article.quotes.iter().position(|quote| quote.number == number));
    }
    Ok(article)
}

/// Adds one line; none when it is not of the format or its span does not slice the text.
fn add(article: &mut Article, parents: &mut Vec<Option<u32>>, line: &str, line_number: usize) -> Option<()> {
    let words: Vec<&str> = line.split(' ').collect();
    let span = |at: usize| -> Option<Span> {
        let (start, end) = (words.get(at)?.parse().ok()?, words.get(at + 1)?.parse().ok()?);
        article.text.get(start as usize..end as usize)?;
        Some(Span::new(start, end))
    };
    let key = |at: usize| words.get(at).filter(|word| **word != "-").map(|word| (*word).to_owned());
    match *words.first()? {
        "block" => article.blocks.push(Block { kind: read::block_kind(words.get(1)?)?, span: span(2)? }),
        "mention" => article.mentions.push(Mention {
            span: span(1)?,
            entity_type: EntityType::from_name(words.get(3)?)?,
            key: key(4),
            kind: read::mention_kind(words.get(5)?)?,
            value: key(6),
            line: line_number,
        }),
        "quote" => {
            let mut quote = Quote {
                number: words.get(1)?.parse().ok()?,
                kind: read::quote_kind(words.get(2)?)?,
                medium: Medium::Speech,
                flags: Vec::new(),
                pieces: Vec::new(),
                parent: None,
                speakers: Vec::new(),
                cues: Vec::new(),
                addressees: Vec::new(),
                line: line_number,
            };
            let mut parent = None;
            let mut rest = words[3..].iter();
            while let Some(word) = rest.next() {
                match *word {
                    "post" => quote.medium = Medium::Post,
                    "document" => quote.medium = Medium::Document,
                    "in" => parent = Some(rest.next()?.parse().ok()?),
                    flag => quote.flags.push(FLAGS.iter().find(|(name, _)| *name == flag)?.1),
                }
            }
            article.quotes.push(quote);
            parents.push(parent);
        }
        "no-quote" => article.non_quotes.push(NonQuote { kind: read::non_quote_kind(words.get(1)?)?, span: span(2)? }),
        label => {
            let (number, place) = (words.get(1)?.parse::<u32>().ok()?, span(2)?);
            let quote = article.quotes.iter_mut().find(|quote| quote.number == number)?;
            match label {
                "piece" => quote.pieces.push(place),
                "speaker" => quote.speakers.push(Pointer {
                    span: place,
                    key: words.get(4).filter(|word| **word != "-").map(|word| (*word).to_owned()),
                }),
                "addressee" => quote.addressees.push(Pointer {
                    span: place,
                    key: words.get(4).filter(|word| **word != "-").map(|word| (*word).to_owned()),
                }),
                "cue" => quote.cues.push((place, Some(words[4..].join(" ")).filter(|lemma| lemma != "-"))),
                _ => return None,
            }
        }
    }
    Some(())
}

/// Reads every stand-off file of a folder, in the order of their names.
///
/// # Errors
/// Every problem as `path: …`.
pub fn read_folder_with_texts(folder: &Path, corpora: &Path) -> Result<Vec<Article>, Vec<String>> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .map_err(|error| vec![format!("{}: {error}", folder.display())])?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "standoff"))
        .collect();
    paths.sort();
    let mut problems = Vec::new();
    let mut articles = Vec::new();
    for path in paths {
        let page = std::fs::read_to_string(&path).map_err(|error| error.to_string());
        match page.and_then(|page| read_with_text(&page, corpora)) {
            Ok(article) => articles.push(article),
            Err(problem) => problems.push(format!("{}: {problem}", path.display())),
        }
    }
    if problems.is_empty() { Ok(articles) } else { Err(problems) }
}

/// Reads the inline articles of a folder and its stand-off files, the latter only where the texts are there.
///
/// # Errors
/// Every problem of every file.
pub fn read_articles(folder: &Path, corpora: &Path) -> Result<Vec<Article>, Vec<String>> {
    let mut articles = read::read_folder(folder)?;
    if corpora.exists() {
        articles.extend(read_folder_with_texts(folder, corpora)?);
    }
    Ok(articles)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let folder = std::env::temp_dir().join(format!("pressmark-standoff-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let text = "Ruiz: Go\nShe said it is “over”, on May 1.";
        let line = serde_json::json!({"doc_id": "d1", "text": text});
        std::fs::write(folder.join("c.jsonl"), format!("{{}}\n{line}\n")).unwrap();
        let inline = "id: a\nregion: r\nstyle: wire\nnames: n\nquotes: american\nsource: c.jsonl\ndocument: d1\n===\n%headline%{Ruiz|PERSON ruiz; s1}{:|c1=:} <<1 direct post unclosed|Go>>\n{She|ruiz pronoun; s2} {said|c2=say} <<2 indirect|it is “<<3 partial|over>>”>>, on {May 1|DATE XXXX-05-01}.\n";
        let article = read::read(inline).unwrap();
        let page = write(&article, text).unwrap();
        assert!(!page.contains("over"));
        let mut again = read_with_text(&page, &folder).unwrap();
        assert_eq!(again.header.remove("hash").as_deref(), Some(hash(text).as_str()));
        let without_lines = |mut article: Article| {
            article.mentions.iter_mut().for_each(|mention| mention.line = 0);
            article.quotes.iter_mut().for_each(|quote| quote.line = 0);
            article
        };
        assert_eq!(without_lines(again), without_lines(article.clone()));
        assert!(write(&article, "Ruiz: No").unwrap_err().contains("byte 6"));
        let other = page.replace("d1", "d2");
        assert!(read_with_text(&other, &folder).unwrap_err().contains("no document"));
        std::fs::remove_dir_all(folder).unwrap();
    }
}
