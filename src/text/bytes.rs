//! What the bytes of ASCII are to the reader of tokens, a bit each.

pub const LOWER: u8 = 1;
pub const UPPER: u8 = 2;
pub const DIGIT: u8 = 4;
/// White space and signs that nobody sees.
pub const SPACE: u8 = 8;
/// Neither goes on with a word of letters and digits nor makes it an address.
pub const END: u8 = 16;
/// Other than quotation marks.
pub const PUNCTUATION: u8 = 32;

pub const LETTER: u8 = LOWER | UPPER;
pub const ALPHANUMERIC: u8 = LETTER | DIGIT;

/// The classes of a byte: none for the bytes of chars beyond ASCII.
pub fn class(byte: u8) -> u8 {
    CLASSES[usize::from(byte)]
}

static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte as usize] = match byte {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            b' ' | b'\n' | b'\r' | b'\t' => SPACE | END,
            0..b' ' | 127 => SPACE,
            b'"' => END,
            b',' | b';' | b'(' | b')' | b'[' | b']' => PUNCTUATION | END,
            b'$' | b'%' | b'&' | b'+' | b'<' | b'>' | b'=' | b'^' | b'|' | b'@' | b'#' => 0,
            _ => PUNCTUATION,
        };
        byte += 1;
    }
    classes
};
