//! Spans of text, and the one place that converts between byte, char and UTF-16 offsets.

use crate::hashing::number;
use serde::{Deserialize, Serialize};

/// A half-open range of **byte** offsets into the analysed text; both ends lie on char boundaries.
///
/// ```
/// use pressmark::Span;
/// let span = Span::new(4, 8);
/// assert_eq!(span.of("the Hague"), "Hagu");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from `start` up to, not including, `end`.
    pub const fn new(start: u32, end: u32) -> Span {
        Span { start, end }
    }

    /// A span of `usize` offsets. Texts are at most [`crate::MAX_LENGTH`] bytes long, far below `u32::MAX`.
    pub const fn at(start: usize, end: usize) -> Span {
        Span { start: start as u32, end: end as u32 }
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True when nothing is inside.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The text under the span.
    ///
    /// # Panics
    /// When the span does not belong to `text`.
    pub fn of(self, text: &str) -> &str {
        &text[self.start as usize..self.end as usize]
    }

    /// True when `other` lies wholly inside.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True when the byte at `offset` lies inside.
    pub const fn holds(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// True when the two share at least one byte.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that contains both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The span without white space at either end.
    pub fn trim(self, text: &str) -> Span {
        let inside = self.of(text).trim_end_matches(is_blank);
        let end = self.start as usize + inside.len();
        Span::at(end - inside.trim_start_matches(is_blank).len(), end)
    }
}

/// White space, and the byte order mark: JavaScript's `trim` takes it for white space, Unicode no longer does.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// The unit in which offsets are counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum OffsetUnit {
    /// Bytes of UTF-8: Rust's own.
    #[default]
    Byte,
    /// Unicode code points: Python's, and the W3C annotation model's.
    Char,
    /// UTF-16 code units: JavaScript's.
    Utf16,
}

/// Converts byte offsets of one text to another unit, each in constant time after one pass over the text.
///
/// Takes a sixteenth of the text's length in memory; nothing for ASCII or for [`OffsetUnit::Byte`].
pub struct OffsetMap<'t> {
    text: &'t [u8],
    unit: OffsetUnit,
    /// Units before byte `i * STRIDE`; empty where unit and byte are the same.
    checkpoints: Vec<u32>,
}

const STRIDE: usize = 64;

impl<'t> OffsetMap<'t> {
    /// Reads the text once.
    pub fn new(text: &'t str, unit: OffsetUnit) -> OffsetMap<'t> {
        let bytes = text.as_bytes();
        if unit == OffsetUnit::Byte || text.is_ascii() {
            return OffsetMap { text: bytes, unit: OffsetUnit::Byte, checkpoints: Vec::new() };
        }
        let mut checkpoints = Vec::with_capacity(bytes.len() / STRIDE + 1);
        let mut units = 0;
        for chunk in bytes.chunks(STRIDE) {
            checkpoints.push(units);
            units += count(chunk, unit);
        }
        checkpoints.push(units);
        OffsetMap { text: bytes, unit, checkpoints }
    }

    /// The offset in this map's unit of the char that starts at byte `offset`.
    pub fn convert(&self, offset: u32) -> u32 {
        if self.unit == OffsetUnit::Byte {
            return offset;
        }
        let offset = (offset as usize).min(self.text.len());
        let checkpoint = offset / STRIDE;
        self.checkpoints[checkpoint] + count(&self.text[checkpoint * STRIDE..offset], self.unit)
    }

    /// Both ends of a span.
    pub fn convert_span(&self, span: Span) -> Span {
        Span::new(self.convert(span.start), self.convert(span.end))
    }
}

/// Units that begin in these bytes, eight at a time.
fn count(bytes: &[u8], unit: OffsetUnit) -> u32 {
    let (chunks, rest) = bytes.as_chunks::<8>();
    let units: u32 = chunks.iter().map(|chunk| begun(u64::from_le_bytes(*chunk), unit)).sum();
    // Filled up with bytes that go on with a char: in those nothing begins.
    units + begun(number(rest) | 0x8080_8080_8080_8080 << (8 * rest.len()), unit)
}

/// Units that begin in eight bytes: a char counts where its leading byte stands.
fn begun(bytes: u64, unit: OffsetUnit) -> u32 {
    const LOWEST_BITS: u64 = 0x0101_0101_0101_0101;
    // 10…: a char goes on; 1111…: one of four bytes begins, which is a surrogate pair.
    let goes_on = bytes >> 7 & !(bytes >> 6) & LOWEST_BITS;
    let of_four = bytes >> 7 & bytes >> 6 & bytes >> 5 & bytes >> 4 & LOWEST_BITS;
    8 - goes_on.count_ones() + if unit == OffsetUnit::Utf16 { of_four.count_ones() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_agree_with_the_standard_library_in_every_unit() {
        let text = "naïve 👩‍👩‍👧 e\u{301} שלום ﷽ “quote” ".repeat(40);
        for (offset, _) in text.char_indices() {
            let before = &text[..offset];
            let expected = [offset, before.chars().count(), before.encode_utf16().count()];
            for (unit, expected) in [OffsetUnit::Byte, OffsetUnit::Char, OffsetUnit::Utf16].into_iter().zip(expected) {
                assert_eq!(OffsetMap::new(&text, unit).convert(offset as u32) as usize, expected);
            }
        }
    }

    #[test]
    fn the_end_of_a_text_converts() {
        for length in [0, 1, 63, 64, 65, 128] {
            let text = "é".repeat(length);
            assert_eq!(OffsetMap::new(&text, OffsetUnit::Utf16).convert(text.len() as u32) as usize, length);
        }
    }

    #[test]
    fn trimming_keeps_char_boundaries() {
        let text = " \u{a0}Ōsaka\u{a0} ";
        assert_eq!(Span::at(0, text.len()).trim(text).of(text), "Ōsaka");
    }

    #[test]
    fn a_byte_order_mark_is_trimmed_as_javascript_trims_it() {
        let text = "\u{feff}Ōsaka\u{feff}\n";
        assert_eq!(Span::at(0, text.len()).trim(text).of(text), "Ōsaka");
        assert!(Span::at(0, 3).trim(text).of(text).is_empty());
    }
}
