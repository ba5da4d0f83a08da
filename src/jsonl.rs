//! JSON lines in, JSON lines out: `{"doc_id", "text"}` to `{"doc_id", "annotation"}`, one line at a time.

use crate::Annotation;
use serde::{Deserialize, Serialize};
use std::error::Error;
use std::io::{self, BufRead, Read, Write};

/// The longest line read whole: the longest text, every char of it escaped (`\u0000`), and room for its id.
const MAX_LINE: u64 = 6 * crate::MAX_LENGTH as u64 + (1 << 20);

/// A line in.
#[derive(Deserialize)]
pub struct Document {
    /// The caller's own, handed back untouched.
    pub doc_id: serde_json::Value,
    /// The text to read.
    pub text: LooseString,
}

#[derive(Serialize)]
struct Annotated {
    doc_id: serde_json::Value,
    annotation: Annotation,
}

/// One line out for each good line in, written before the next one is read. Returns how many lines were refused.
///
/// # Errors
/// When the input cannot be read or the output cannot be written; a line that cannot be read is named in `complaints`.
pub fn annotate_lines(
    mut input: impl BufRead,
    mut output: impl Write,
    mut complaints: impl Write,
    annotate: impl Fn(&str) -> Result<Annotation, crate::Error>,
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
    annotate: impl Fn(&str) -> Result<Annotation, crate::Error>,
) -> Result<Annotated, Box<dyn Error>> {
    let Document { doc_id, text } = serde_json::from_slice(line.trim_ascii_end())
        // The document is a line of its own; its number in the stream is the caller's to add.
        .map_err(|error| error.to_string().replace(" at line 1 column ", " at column "))?;
    Ok(Annotated { doc_id, annotation: annotate(&text.0)? })
}

/// A value as one line of JSON, flushed: whoever waits for it has it.
///
/// # Errors
/// When it cannot be written.
pub fn write_line(output: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    output.write_all(&line)?;
    output.flush()
}

/// A JSON string in which a lone surrogate (`"\ud800"`, which JavaScript and Python both write) is read as U+FFFD,
/// as the JS boundary reads it. Both are one unit in every unit of offsets, so all offsets still fit.
pub struct LooseString(pub String);

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{OffsetUnit, Options};

    fn lines(input: impl AsRef<[u8]>) -> (String, String, usize) {
        let (mut output, mut complaints) = (Vec::new(), Vec::new());
        let refused = annotate_lines(input.as_ref(), &mut output, &mut complaints, |text| {
            crate::analyze(text, &Options::default()).map(|annotation| annotation.in_unit(text, OffsetUnit::Utf16))
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
        annotate_lines(&mut input, Output(&written), io::sink(), |text| crate::analyze(text, &Options::default()))
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
