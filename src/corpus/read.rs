//! The reader: inline markup to an [`Article`], or problems with their line numbers.

use super::{Article, Block, Mention, NonQuote, NonQuoteKind, Pointer, Quote};
use crate::annotation::{BlockKind, EntityType, Medium, MentionKind, QuoteFlag, QuoteKind};
use crate::span::Span;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// What is wrong, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// Line of the file, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

const HEADER_KEYS: [&str; 5] = ["id", "region", "style", "names", "quotes"];

/// Reads every `.txt` file of a folder, in the order of their names.
///
/// # Errors
/// Every problem of every file, each as `path: line N: message`.
pub fn read_folder(folder: &Path) -> Result<Vec<Article>, Vec<String>> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .map_err(|error| vec![format!("{}: {error}", folder.display())])?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    paths.sort();
    let mut articles = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        match std::fs::read_to_string(&path) {
            Err(error) => problems.push(format!("{}: {error}", path.display())),
            Ok(source) => match read(&source) {
                Ok(article) => articles.push(article),
                Err(found) => problems.extend(found.iter().map(|problem| format!("{}: {problem}", path.display()))),
            },
        }
    }
    if problems.is_empty() { Ok(articles) } else { Err(problems) }
}

/// Reads one file.
///
/// # Errors
/// Everything that is against the format.
pub fn read(source: &str) -> Result<Article, Vec<Problem>> {
    let mut reader = Reader::default();
    let Some((header, body)) = source.split_once("\n===\n") else {
        return Err(vec![Problem { line: 1, message: "no line `===` after the header".into() }]);
    };
    reader.header(header);
    reader.line = header.lines().count() + 2;
    reader.body(body.strip_suffix('\n').unwrap_or(body));
    reader.finish()
}

/// A mark that was opened and waits for its end.
enum Open {
    Label { start: usize, line: usize },
    Quote { start: usize, line: usize, number: u32 },
    NonQuote { start: usize, line: usize, kind: NonQuoteKind },
}

enum Role {
    Speaker,
    Cue(Option<String>),
    Addressee,
}

struct Reference {
    role: Role,
    number: u32,
    span: Span,
    key: Option<String>,
    line: usize,
}

#[derive(Default)]
struct Reader {
    line: usize,
    problems: Vec<Problem>,
    header: BTreeMap<String, String>,
    text: String,
    blocks: Vec<Block>,
    block_start: usize,
    block_kind: Option<BlockKind>,
    open: Vec<Open>,
    mentions: Vec<Mention>,
    types: HashMap<String, EntityType>,
    quotes: Vec<Quote>,
    non_quotes: Vec<NonQuote>,
    references: Vec<Reference>,
}

impl Reader {
    fn problem(&mut self, message: impl Into<String>) {
        let line = self.line;
        self.problems.push(Problem { line, message: message.into() });
    }

    fn header(&mut self, header: &str) {
        for (index, line) in header.lines().enumerate() {
            self.line = index + 1;
            match line.split_once(':') {
                Some((key, value)) => {
                    self.header.insert(key.trim().to_owned(), value.trim().to_owned());
                }
                None => self.problem(format!("no `key: value` in the header: {line}")),
            }
        }
        for key in HEADER_KEYS {
            if !self.header.contains_key(key) {
                self.problem(format!("the header has no `{key}`"));
            }
        }
    }

    fn body(&mut self, body: &str) {
        let mut rest = body;
        while let Some(c) = rest.chars().next() {
            rest = match c {
                '\n' => {
                    self.end_block();
                    self.text.push('\n');
                    self.block_start = self.text.len();
                    self.line += 1;
                    &rest[1..]
                }
                '\\' => self.escape(&rest[1..]),
                '%' => self.block_mark(rest),
                '{' => {
                    self.open.push(Open::Label { start: self.text.len(), line: self.line });
                    &rest[1..]
                }
                '|' if matches!(self.open.last(), Some(Open::Label { .. })) => self.labels(&rest[1..]),
                '<' if rest.starts_with("<<") && rest[2..].starts_with(|c: char| c.is_ascii_digit() || c == 'x') => {
                    self.quote_start(&rest[2..])
                }
                '>' if rest.starts_with(">>")
                    && matches!(self.open.last(), Some(Open::Quote { .. } | Open::NonQuote { .. })) =>
                {
                    self.quote_end();
                    &rest[2..]
                }
                '>' if rest.starts_with(">>") && self.open.iter().any(|open| !matches!(open, Open::Label { .. })) => {
                    self.problem("`>>` inside an unfinished `{`");
                    self.open.pop();
                    rest
                }
                '}' => {
                    self.problem("`}` without `{text|`; a literal brace is written \\}");
                    &rest[1..]
                }
                _ => {
                    self.text.push(c);
                    &rest[c.len_utf8()..]
                }
            };
        }
        self.end_block();
        for open in std::mem::take(&mut self.open) {
            let (Open::Label { line, .. } | Open::Quote { line, .. } | Open::NonQuote { line, .. }) = open;
            self.line = line;
            self.problem("a mark that starts here has no end");
        }
    }

    fn end_block(&mut self) {
        let span = Span::at(self.block_start, self.text.len()).trim(&self.text);
        if !span.is_empty() {
            self.blocks.push(Block { kind: self.block_kind.unwrap_or(BlockKind::Paragraph), span });
        }
        self.block_kind = None;
        if let Some(position) = self.open.iter().position(|open| !matches!(open, Open::Label { .. })) {
            self.open.truncate(position);
            self.problem("a quote piece crosses the end of its block: close it with >> and go on with <<N|");
        }
    }

    fn escape<'s>(&mut self, rest: &'s str) -> &'s str {
        if let Some((code, after)) = rest.strip_prefix("u{").and_then(|rest| rest.split_once('}')) {
            match u32::from_str_radix(code, 16).ok().and_then(char::from_u32) {
                Some(c) => self.text.push(c),
                None => self.problem(format!("\\u{{{code}}} is no character")),
            }
            return after;
        }
        match rest.chars().next() {
            Some(c) if "{}|<>%\\".contains(c) => {
                self.text.push(c);
                &rest[1..]
            }
            _ => {
                self.problem("a lone backslash: write \\\\");
                rest
            }
        }
    }

    fn block_mark<'s>(&mut self, rest: &'s str) -> &'s str {
        if let Some((name, after)) = rest[1..].split_once('%')
            && let Some(kind) = block_kind(name)
        {
            self.end_block();
            self.block_start = self.text.len();
            self.block_kind = Some(kind);
            return after;
        }
        self.text.push('%');
        &rest[1..]
    }

    fn labels<'s>(&mut self, rest: &'s str) -> &'s str {
        let Some(Open::Label { start, .. }) = self.open.pop() else { return rest };
        let Some((labels, after)) = rest.split_once('}') else {
            self.problem("`{text|` without `}`");
            return "";
        };
        if labels.contains('\n') || labels.contains('{') {
            self.problem(format!("labels without `}}`: {}", labels.lines().next().unwrap_or("")));
            return after;
        }
        let span = Span::at(start, self.text.len());
        if span.trim(&self.text) != span || span.is_empty() {
            self.problem(format!("white space at the edge of {{{}|{labels}}}", span.of(&self.text)));
        }
        let mut key = None;
        let mut references = Vec::new();
        for label in labels.split(';').map(str::trim) {
            match reference(label) {
                Some((role, number)) => references.push((role, number)),
                None if key.is_none() => key = self.mention(label, span),
                None => self.problem(format!("two entities in one label: {labels}")),
            }
        }
        for (role, number) in references {
            self.references.push(Reference { role, number, span, key: key.clone(), line: self.line });
        }
        after
    }

    /// `[TYPE] [key] [kind]`, or `DATE [value]`; gives the key.
    fn mention(&mut self, label: &str, span: Span) -> Option<String> {
        let words: Vec<&str> = label.split_whitespace().collect();
        let stated = words.first().and_then(|word| EntityType::from_name(word));
        let mut words = &words[usize::from(stated.is_some())..];
        let mut kind = None;
        if let Some(last) = words.last().and_then(|word| mention_kind(word)) {
            kind = Some(last);
            words = &words[..words.len() - 1];
        }
        let is_amount =
            matches!(stated, Some(EntityType::Date | EntityType::Money | EntityType::Percent | EntityType::Quantity));
        let (key, value) = match words {
            [] if is_amount => (None, None),
            [value] if is_amount => (None, Some((*value).to_owned())),
            [key] if is_key(key) => (Some((*key).to_owned()), None),
            _ => {
                self.problem(format!("not a label: {label}"));
                return None;
            }
        };
        let known = key.as_ref().and_then(|key| self.types.get(key).copied());
        let entity_type = match (stated, known) {
            (Some(stated), Some(known)) if stated != known => {
                self.problem(format!("`{label}`: was {} before", known.name()));
                known
            }
            (Some(entity_type), _) | (None, Some(entity_type)) => entity_type,
            (None, None) => {
                // The first mention may be a pronoun or nominal before the name: the type comes later.
                self.problem(format!("`{label}`: the first mention of a key states its type"));
                return key;
            }
        };
        if let Some(key) = &key {
            self.types.insert(key.clone(), entity_type);
        }
        let text = span.of(&self.text);
        let kind = kind.unwrap_or_else(|| kind_by_form(text, entity_type));
        self.mentions.push(Mention { span, entity_type, key: key.clone(), kind, value, line: self.line });
        key
    }

    fn quote_start<'s>(&mut self, rest: &'s str) -> &'s str {
        let Some((head, after)) = rest.split_once('|') else {
            self.problem("`<<` without `|`");
            return rest;
        };
        let start = self.text.len();
        let line = self.line;
        let words: Vec<&str> = head.split_whitespace().collect();
        if words.first() == Some(&"x") {
            match words.get(1).and_then(|word| non_quote_kind(word)) {
                Some(kind) if words.len() == 2 => self.open.push(Open::NonQuote { start, line, kind }),
                _ => self.problem(format!("not a kind of non-quote: <<{head}|")),
            }
            return after;
        }
        let Some(number) = words.first().and_then(|word| word.parse::<u32>().ok()) else {
            self.problem(format!("not a quote: <<{head}|"));
            return after;
        };
        if words.len() > 1 {
            self.new_quote(number, &words[1..]);
        } else if !self.quotes.iter().any(|quote| quote.number == number) {
            self.problem(format!("the first piece of quote {number} states its kind"));
        }
        self.open.push(Open::Quote { start, line, number });
        after
    }

    fn new_quote(&mut self, number: u32, words: &[&str]) {
        if self.quotes.iter().any(|quote| quote.number == number) {
            self.problem(format!("quote {number} exists already: a later piece is <<{number}|"));
            return;
        }
        let Some(kind) = quote_kind(words[0]) else {
            self.problem(format!("not a kind of quote: {}", words[0]));
            return;
        };
        let parent = self.open.iter().rev().find_map(|open| match open {
            Open::Quote { number, .. } => self.quotes.iter().position(|quote| quote.number == *number),
            _ => None,
        });
        let mut quote = Quote {
            number,
            kind,
            medium: Medium::Speech,
            flags: Vec::new(),
            pieces: Vec::new(),
            parent,
            speakers: Vec::new(),
            cues: Vec::new(),
            addressees: Vec::new(),
            line: self.line,
        };
        for word in &words[1..] {
            match *word {
                "speech" => quote.medium = Medium::Speech,
                "post" => quote.medium = Medium::Post,
                "document" => quote.medium = Medium::Document,
                "unclosed" => quote.flags.push(QuoteFlag::Unclosed),
                "mismatched" => quote.flags.push(QuoteFlag::Mismatched),
                "stray-mark" => quote.flags.push(QuoteFlag::StrayMark),
                "negated" => quote.flags.push(QuoteFlag::Negated),
                other => self.problem(format!("not a medium or flag: {other}")),
            }
        }
        self.quotes.push(quote);
    }

    fn quote_end(&mut self) {
        let end = self.text.len();
        match self.open.pop() {
            Some(Open::Quote { start, number, .. }) => {
                let span = Span::at(start, end).trim(&self.text);
                if span.is_empty() {
                    self.problem(format!("an empty piece of quote {number}"));
                } else if let Some(quote) = self.quotes.iter_mut().find(|quote| quote.number == number) {
                    quote.pieces.push(span);
                }
            }
            Some(Open::NonQuote { start, kind, .. }) => {
                self.non_quotes.push(NonQuote { kind, span: Span::at(start, end) });
            }
            _ => {}
        }
    }

    fn finish(mut self) -> Result<Article, Vec<Problem>> {
        for Reference { role, number, span, key, line } in std::mem::take(&mut self.references) {
            let Some(quote) = self.quotes.iter_mut().find(|quote| quote.number == number) else {
                self.problems.push(Problem { line, message: format!("there is no quote {number}") });
                continue;
            };
            match role {
                Role::Speaker => quote.speakers.push(Pointer { span, key }),
                Role::Cue(lemma) => quote.cues.push((span, lemma)),
                Role::Addressee => quote.addressees.push(Pointer { span, key }),
            }
        }
        self.mentions.sort_by_key(|mention| (mention.span.start, std::cmp::Reverse(mention.span.end)));
        for pair in self.mentions.windows(2) {
            let (outer, inner) = (&pair[0], &pair[1]);
            if outer.span.overlaps(inner.span) && outer.kind != MentionKind::Nominal {
                let message = format!(
                    "a name holds another mention: {} / {}",
                    outer.span.of(&self.text),
                    inner.span.of(&self.text)
                );
                self.problems.push(Problem { line: inner.line, message });
            }
        }
        if !self.problems.is_empty() {
            self.problems.sort_by_key(|problem| problem.line);
            return Err(self.problems);
        }
        // Parents are found by number while reading; sorting moves them.
        let parents: Vec<Option<u32>> =
            self.quotes.iter().map(|quote| quote.parent.map(|parent| self.quotes[parent].number)).collect();
        let mut order: Vec<usize> = (0..self.quotes.len()).collect();
        order.sort_by_key(|&index| {
            let first = self.quotes[index].pieces.first().copied().unwrap_or_default();
            (first.start, std::cmp::Reverse(first.end))
        });
        let mut quotes: Vec<Quote> = order.iter().map(|&index| self.quotes[index].clone()).collect();
        for (position, &index) in order.iter().enumerate() {
            quotes[position].parent =
                parents[index].and_then(|number| quotes.iter().position(|quote| quote.number == number));
        }
        Ok(Article {
            id: self.header.get("id").cloned().unwrap_or_default(),
            header: self.header,
            text: self.text,
            blocks: self.blocks,
            mentions: self.mentions,
            quotes,
            non_quotes: self.non_quotes,
        })
    }
}

fn reference(label: &str) -> Option<(Role, u32)> {
    let (name, lemma) = match label.split_once('=') {
        Some((name, lemma)) => (name, Some(lemma.trim().to_owned())),
        None => (label, None),
    };
    let number = name.get(1..)?.parse().ok()?;
    match name.as_bytes()[0] {
        b's' => Some((Role::Speaker, number)),
        b'a' => Some((Role::Addressee, number)),
        b'c' => Some((Role::Cue(lemma), number)),
        _ => None,
    }
}

fn is_key(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

pub(super) fn mention_kind(word: &str) -> Option<MentionKind> {
    Some(match word {
        "name" => MentionKind::Name,
        "acronym" => MentionKind::Acronym,
        "handle" => MentionKind::Handle,
        "nominal" => MentionKind::Nominal,
        "pronoun" => MentionKind::Pronoun,
        _ => return None,
    })
}

fn kind_by_form(text: &str, entity_type: EntityType) -> MentionKind {
    let is_name_type = !matches!(
        entity_type,
        EntityType::Date | EntityType::Money | EntityType::Percent | EntityType::Quantity | EntityType::Group
    );
    if text.starts_with('@') {
        MentionKind::Handle
    } else if is_name_type
        && text.chars().count() > 1
        && text.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-' | '&'))
    {
        MentionKind::Acronym
    } else {
        MentionKind::Name
    }
}

pub(super) fn block_kind(name: &str) -> Option<BlockKind> {
    Some(match name {
        "headline" => BlockKind::Headline,
        "standfirst" => BlockKind::Standfirst,
        "byline" => BlockKind::Byline,
        "dateline" => BlockKind::Dateline,
        "caption" => BlockKind::Caption,
        "credit" => BlockKind::Credit,
        "paragraph" => BlockKind::Paragraph,
        "promo" => BlockKind::Promo,
        "repeated" => BlockKind::Repeated,
        _ => return None,
    })
}

pub(super) fn quote_kind(word: &str) -> Option<QuoteKind> {
    Some(match word {
        "direct" => QuoteKind::Direct,
        "partial" => QuoteKind::Partial,
        "indirect" => QuoteKind::Indirect,
        _ => return None,
    })
}

pub(super) fn non_quote_kind(word: &str) -> Option<NonQuoteKind> {
    Some(match word {
        "scare" => NonQuoteKind::Scare,
        "title" => NonQuoteKind::Title,
        "nickname" => NonQuoteKind::Nickname,
        "word" => NonQuoteKind::Word,
        "stray" => NonQuoteKind::Stray,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(body: &str) -> Result<Article, Vec<Problem>> {
        read(&format!("id: a\nregion: r\nstyle: wire\nnames: n\nquotes: american\n===\n{body}\n"))
    }

    fn messages(body: &str) -> Vec<String> {
        article(body).expect_err("should not read").into_iter().map(|problem| problem.to_string()).collect()
    }

    #[test]
    fn markup_is_removed_and_spans_slice() {
        let read = article(
            "%headline%{Ruiz|PERSON ruiz}: <<1 direct|Go>>\n\n{She|ruiz pronoun; s2} {said|c2=say} <<2 indirect|it is “<<3 partial|over>>”>>. 5\\% \\{x\\} \\u{A0}",
        )
        .unwrap();
        assert_eq!(read.text, "Ruiz: Go\n\nShe said it is “over”. 5% {x} \u{a0}");
        assert_eq!(read.blocks[0].kind, BlockKind::Headline);
        assert_eq!(read.mentions[1].span.of(&read.text), "She");
        assert_eq!(read.mentions[1].kind, MentionKind::Pronoun);
        assert_eq!(read.quotes[1].pieces[0].of(&read.text), "it is “over”");
        assert_eq!(read.quotes[2].parent, Some(1));
        assert_eq!(read.quotes[1].speakers[0].key.as_deref(), Some("ruiz"));
        assert_eq!(read.quotes[1].cues[0].1.as_deref(), Some("say"));
    }

    #[test]
    fn problems_name_their_line() {
        assert_eq!(messages("a\n{b|s1}"), ["line 8: there is no quote 1"]);
        assert!(messages("{a|PERSON x}\n{b|PLACE x}")[0].starts_with("line 8: `PLACE x`: was PERSON"));
        assert!(messages("<<1 direct|a\nb>>")[0].contains("crosses the end"));
        assert!(!messages("{a|PERSON x {b|PLACE y}}").is_empty());
    }

    #[test]
    fn the_form_decides_the_kind() {
        let read = article("{UN|ORGANIZATION un} {@who|ORGANIZATION who} {Oslo|PLACE oslo} {OSLO|oslo name}").unwrap();
        let kinds: Vec<_> = read.mentions.iter().map(|mention| mention.kind).collect();
        assert_eq!(kinds, [MentionKind::Acronym, MentionKind::Handle, MentionKind::Name, MentionKind::Name]);
    }
}
