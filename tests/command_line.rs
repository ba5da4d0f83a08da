//! `pressmark annotate` as other programs call it.
#![cfg(feature = "cli")]

use serde_json::Value;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn pressmark(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_pressmark"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    // The program may end, or fill its output, before it has read all of its input.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn annotation(text: &str, offsets: &str) -> Value {
    let output = pressmark(&["annotate", "--offsets", offsets, "-"], text.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn error(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A file that is deleted with its test.
struct File(PathBuf);

impl File {
    fn new(name: &str, content: &[u8]) -> File {
        let path = std::env::temp_dir().join(format!("pressmark-{}-{name}", std::process::id()));
        std::fs::write(&path, content).unwrap();
        File(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn each_file_gives_one_line_of_json_in_order() {
    let files = [File::new("one.txt", b"Short."), File::new("two.txt", "“Longer,” she said.".as_bytes())];
    let output = pressmark(&["annotate", files[0].path(), files[1].path()], b"");
    assert_eq!(output.status.code(), Some(0));
    let lengths: Vec<_> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["length"].as_u64().unwrap())
        .collect();
    assert_eq!(lengths, [6, 19]);
}

#[test]
fn offsets_are_utf16_unless_asked_otherwise() {
    let text = "👩‍👩‍👧 café “yes” שלום";
    let default = pressmark(&["annotate", "-"], text.as_bytes());
    assert_eq!(serde_json::from_slice::<Value>(&default.stdout).unwrap(), annotation(text, "utf16"));
    for (unit, length) in [("utf16", text.encode_utf16().count()), ("char", text.chars().count()), ("byte", text.len())]
    {
        assert_eq!(annotation(text, unit)["length"], length, "{unit}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_the_rest_is_done() {
    let good = File::new("good.txt", b"Good.");
    let bad = File::new("bad.txt", b"caf\xe9");
    let output = pressmark(&["annotate", "no/such/file", bad.path(), good.path()], b"");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(output.stdout.iter().filter(|byte| **byte == b'\n').count(), 1);
    let error = error(&output);
    let lines: Vec<_> = error.lines().collect();
    assert!(lines[0].starts_with("no/such/file: "), "{error}");
    assert!(lines[1].ends_with("bad.txt: not UTF-8 at byte 3"), "{error}");
}

#[test]
fn malformed_lines_are_reported_by_number_and_the_exit_status_says_so() {
    let input =
        b"{\"doc_id\":\"a\",\"text\":\"One.\"}\n{\"doc_id\":\"b\"}\n\xff\xfe\0\n{\"doc_id\":\"c\",\"text\":\"Two.\"}";
    let output = pressmark(&["annotate", "--jsonl"], input);
    assert_eq!(output.status.code(), Some(2));
    let ids: Vec<_> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["doc_id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids, ["a", "c"]);
    let stderr = String::from_utf8(output.stderr).unwrap();
    let numbers: Vec<_> = stderr.lines().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(numbers, ["line 2", "line 3"]);
}

#[test]
fn a_stream_without_faults_ends_with_0() {
    let output = pressmark(&["annotate", "--jsonl", "--offsets", "char"], b"{\"doc_id\":1,\"text\":\"\"}\n");
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
    assert_eq!(pressmark(&["annotate", "--jsonl"], b"").status.code(), Some(0));
}

#[test]
fn wrong_usage_is_told_from_bad_input() {
    for arguments in [
        &[][..],
        &["annotate"],
        &["annotate", "--offsets", "utf8", "-"],
        &["annotate", "--offsets"],
        &["annotate", "--jsonl", "-"],
        &["annotate", "--unknown"],
        &["translate"],
        &["--unknown"],
    ] {
        let output = pressmark(arguments, b"");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{arguments:?}");
        assert!(error(&output).starts_with("pressmark: "), "{arguments:?}: {}", error(&output));
    }
}

#[test]
fn hostile_texts_give_a_result() {
    let quotes = |mark: &str, count: usize| mark.repeat(count);
    for text in [
        String::new(),
        "a".into(),
        "“".into(),
        "\u{FEFF}".into(),
        "\0".repeat(1000),
        "He said \0“We\0 go”\0.".into(),
        quotes("\"", 10_000_000),
        quotes("“", 3_000_000),
        quotes("”\n", 100_000),
        quotes("'\" ", 500_000),
        "a".repeat(10_000_000),
    ] {
        let annotation = annotation(&text, "byte");
        assert_eq!(annotation["length"], text.len());
    }
}

#[test]
fn binary_rubbish_is_refused_in_words() {
    // Every byte there is, in an order that a small generator gives.
    let mut state: u32 = 1;
    let rubbish: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    })
    .take(1 << 20)
    .collect();
    let output = pressmark(&["annotate", "-"], &rubbish);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(error(&output).starts_with("-: not UTF-8 at byte "), "{}", error(&output));
    let output = pressmark(&["annotate", "--jsonl"], &rubbish);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(error(&output).lines().all(|line| line.starts_with("line ")), "{}", error(&output));
    // As a text it is as good as any other.
    annotation(&String::from_utf8_lossy(&rubbish), "utf16");
}
