//! Keys, class sets and clusters in the file: each byte in the context of what stands before, by [`crate::packing`].
//!
//! A key is told by how much of the key before it begins with, its next letter (it comes after the one that stands there in the
//! key before), its other letters, and a zero. Then follow the number of its class set, its coarse cluster ([`NO_COARSE`] for
//! none), and which of the fine ones in that it is.
//!
//! In the file, little-endian: the tables; the length of the heads' stream in bytes `u32`, and this stream: of each chunk the length of
//! its own stream in pairs of bytes, and its first key; then the chunks' streams, of the first key without the key itself.

use super::keys::{CHUNK, Chunk, Heads, KEY_ROOM, Key, Keys, LONGEST};
use super::{COARSE_CLUSTERS, NO_CLUSTER};
#[cfg(feature = "cli")]
use crate::packing::Writer;
use crate::packing::{AT_A_TIME, Reader, Tables};

/// What stands for the coarse cluster of a word without one.
const NO_COARSE: u8 = COARSE_CLUSTERS as u8;
/// Ends a key.
const END: u8 = 0;
/// The first number of a class set that takes two bytes.
const RARE: u16 = 255;

/// Contexts of the shared length: how much the key before shares with its own one before, and how long it is beyond that.
const SHARED: usize = 0;
const SHARES: usize = 11;
const RESTS: usize = 7;
/// Of the first letter that differs: the one in its place, or the last one where the key before is over.
const DIFFERENT: usize = SHARED + SHARES * RESTS;
const LETTERS: usize = 28;
/// Of the others: the letter before, and what the one before that is.
const LETTER: usize = DIFFERENT + 2 * LETTERS;
const SORTS: usize = 3;
/// Of the class set: that of the key before, and the number of words.
const SET: usize = LETTER + SORTS * LETTERS;
const SETS_BEFORE: usize = 13;
const WORDS: usize = 3;
const RARE_SET: usize = SET + SETS_BEFORE * WORDS;
/// Of the coarse cluster: the class set.
const COARSE: usize = RARE_SET + 1;
const SETS: usize = 24;
/// Of the fine cluster: the coarse one.
const FINE: usize = COARSE + SETS;
/// Of the length of a chunk's stream.
const STREAM: usize = FINE + COARSE_CLUSTERS;
/// Of what a head shares with the head before.
const SHARED_BY_HEADS: usize = STREAM + 1;
const CONTEXTS: usize = SHARED_BY_HEADS + 1;

/// What a byte is as a part of contexts: which letter, and, times the number of letters, which sort, where two letters are too many.
static LETTER_OF: [(u8, u8); 256] = {
    let mut letters = [(27, 2 * LETTERS as u8); 256];
    letters[b' ' as usize].0 = 26;
    let mut byte = b'a';
    while byte <= b'z' {
        let is_vowel = matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
        letters[byte as usize] = (byte - b'a', if is_vowel { 0 } else { LETTERS as u8 });
        byte += 1;
    }
    letters
};

fn letter(byte: u8) -> usize {
    usize::from(LETTER_OF[usize::from(byte)].0)
}

/// Where reader and writer are: the key so far, and what of the key before tells about the next one.
struct Place {
    key: Key,
    length: usize,
    /// How many spaces stand before each byte of the key, and in all of it.
    spaces: [u8; LONGEST + 1],
    /// What the key before shares with its own one before.
    shared: usize,
    /// Its class set.
    set: u16,
}

impl Place {
    fn start() -> Place {
        Place { key: [END; KEY_ROOM], length: 0, spaces: [0; LONGEST + 1], shared: 0, set: 0 }
    }

    fn shared_context(&self) -> usize {
        SHARED + self.shared.min(SHARES - 1) * RESTS + self.length.saturating_sub(self.shared).min(RESTS - 1)
    }

    fn different_context(&self, shared: usize) -> usize {
        let key = &self.key[..self.length];
        match key.get(shared) {
            Some(&byte) => DIFFERENT + letter(byte),
            None => DIFFERENT + LETTERS + letter(key.last().copied().unwrap_or(END)),
        }
    }

    /// Reads the letters of the next key behind those that it shares with this one.
    #[inline(always)]
    fn read_letters(&mut self, reader: &mut Reader, shared: usize) -> Option<()> {
        if shared > self.length {
            return None;
        }
        let mut byte = reader.next(self.different_context(shared))?;
        let before = shared.checked_sub(1).map_or(END, |last| self.key[last]);
        let (_, mut sort) = LETTER_OF[usize::from(before)];
        let (mut length, mut spaces) = (shared, self.spaces[shared]);
        while byte != END {
            *self.key[..LONGEST].get_mut(length)? = byte;
            spaces += u8::from(byte == b' ');
            length += 1;
            self.spaces[length] = spaces;
            let (letter, next_sort) = LETTER_OF[usize::from(byte)];
            byte = reader.next(LETTER + usize::from(sort) + usize::from(letter))?;
            sort = next_sort;
        }
        self.length = length;
        Some(())
    }

    fn set_context(&self) -> usize {
        SET + usize::from(self.set).min(SETS_BEFORE - 1) * WORDS + usize::from(self.spaces[self.length]).min(WORDS - 1)
    }

    fn coarse_context(set: u16) -> usize {
        COARSE + usize::from(set).min(SETS - 1)
    }

    /// The length of what a key shares with the one at the place.
    ///
    /// # Errors
    /// The key is empty, too long or holds a zero.
    #[cfg(feature = "cli")]
    fn shared_with(&self, key: &str) -> Result<usize, String> {
        let bytes = key.as_bytes();
        if bytes.is_empty() || bytes.len() > LONGEST || bytes.contains(&END) {
            return Err(format!("a key of {} bytes: {key}", bytes.len()));
        }
        Ok(self.key[..self.length].iter().zip(bytes).take_while(|(one, other)| one == other).count())
    }

    /// Writes what [`Place::read_letters`] reads.
    #[cfg(feature = "cli")]
    fn write_letters(&mut self, key: &str, shared: usize, message: &mut Vec<(usize, u8)>) -> Result<(), String> {
        let mut context = self.different_context(shared);
        self.length = shared;
        for &byte in &key.as_bytes()[shared..] {
            message.push((context, byte));
            let before = self.key[..self.length].last().copied().unwrap_or(END);
            context = LETTER + usize::from(LETTER_OF[usize::from(before)].1) + letter(byte);
            self.push(byte).ok_or("a key that is too long")?;
        }
        message.push((context, END));
        Ok(())
    }

    /// Writes what [`Packed::read_entry`] reads.
    #[cfg(feature = "cli")]
    fn write_entry(
        &mut self,
        set: u16,
        cluster: u16,
        coarse: &[u8],
        fine_of: &[Vec<u16>],
        message: &mut Vec<(usize, u8)>,
    ) -> Result<(), String> {
        message.push((self.set_context(), set.min(RARE) as u8));
        if let Some(rest) = set.checked_sub(RARE) {
            message.push((RARE_SET, u8::try_from(rest).map_err(|_| "more class sets than numbers")?));
        }
        self.set = set;
        if cluster == NO_CLUSTER {
            message.push((Place::coarse_context(set), NO_COARSE));
            return Ok(());
        }
        let coarse = coarse[usize::from(cluster)];
        let fine = fine_of.get(usize::from(coarse)).and_then(|all| all.binary_search(&cluster).ok());
        let fine = fine.and_then(|fine| u8::try_from(fine).ok()).ok_or("a coarse cluster of too many fine ones")?;
        message.extend([(Place::coarse_context(set), coarse), (FINE + usize::from(coarse), fine)]);
        Ok(())
    }

    /// Behind a chunk's first key, before what that is known as. None where the key is too long.
    fn after_head(head: &[u8]) -> Option<Place> {
        let mut place = Place::start();
        head.iter().try_for_each(|&byte| place.push(byte))?;
        Some(place)
    }

    /// None where the key is too long.
    fn push(&mut self, byte: u8) -> Option<()> {
        *self.key[..LONGEST].get_mut(self.length)? = byte;
        self.spaces[self.length + 1] = self.spaces[self.length] + u8::from(byte == b' ');
        self.length += 1;
        Some(())
    }
}

/// The fine clusters of each coarse one, in order.
fn fine_of(coarse: &[u8]) -> Vec<Vec<u16>> {
    let mut fine_of = vec![Vec::new(); COARSE_CLUSTERS];
    for (fine, coarse) in (0..).zip(coarse) {
        if let Some(of) = fine_of.get_mut(usize::from(*coarse)) {
            of.push(fine);
        }
    }
    fine_of
}

/// What is left of the file when its heads are read.
#[derive(Default)]
pub struct Packed<'d> {
    tables: Tables,
    streams: &'d [u8],
    /// Where each chunk's stream ends.
    ends: Vec<u32>,
    fine_of: Vec<Vec<u16>>,
    /// Of all keys.
    count: usize,
}

/// Reads so many keys; all but the heads when they are looked for. `coarse` tells where fine clusters belong. None for bytes that
/// [`write`] did not make, as far as that is seen so early.
pub fn read<'d>(bytes: &'d [u8], count: usize, coarse: &[u8]) -> Option<Keys<'d>> {
    // Each chunk takes some bytes: a count from broken data cannot ask for more memory than that.
    let chunks = count.div_ceil(CHUNK);
    if chunks > bytes.len() {
        return None;
    }
    let (tables, rest) = Tables::read(bytes, CONTEXTS)?;
    let (length, rest) = rest.split_first_chunk()?;
    let (stream, streams) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    let mut reader = Reader::new(&tables, stream)?;
    let mut place = Place::start();
    let (mut heads, mut ends) = (Heads::default(), Vec::with_capacity(chunks));
    for first in (0..chunks).step_by(AT_A_TIME) {
        let some = AT_A_TIME.min(chunks - first);
        reader = read_heads(reader, &mut place, some, &mut heads, &mut ends)?;
    }
    let is_whole = reader.is_at_end() && ends.last().map_or(0, |&end| end as usize) == streams.len();
    let fine_of = fine_of(coarse);
    is_whole.then(|| Keys::new(heads, Packed { tables, streams, ends, fine_of, count }))
}

/// Reads some heads and where their chunks' streams end, and gives the reader behind them.
#[inline(never)]
fn read_heads<'b>(
    mut reader: Reader<'b>,
    place: &mut Place,
    count: usize,
    heads: &mut Heads,
    ends: &mut Vec<u32>,
) -> Option<Reader<'b>> {
    for _ in 0..count {
        let length = 2 * u32::from(reader.next(STREAM)?);
        ends.push(ends.last().copied().unwrap_or(0) + length);
        let shared = usize::from(reader.next(SHARED_BY_HEADS)?);
        place.read_letters(&mut reader, shared)?;
        heads.push(&place.key[..place.length]);
    }
    Some(reader)
}

impl Packed<'_> {
    /// Unpacks a chunk that begins with the key `head`. None where it is broken.
    #[inline(never)]
    pub fn chunk(&self, number: usize, head: &[u8]) -> Option<Box<Chunk>> {
        let start = number.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        let stream = self.streams.get(start as usize..*self.ends.get(number)? as usize)?;
        let mut reader = Reader::new(&self.tables, stream)?;
        let mut place = Place::after_head(head)?;
        let mut chunk = Chunk::empty();
        let entry = self.read_entry(&mut reader, &mut place)?;
        chunk.add(0, &place.key, place.length, entry);
        let rest = self.count.saturating_sub(number * CHUNK).min(CHUNK) - 1;
        for first in (0..rest).step_by(AT_A_TIME) {
            reader = self.read_keys(reader, &mut place, AT_A_TIME.min(rest - first), &mut chunk)?;
        }
        reader.is_at_end().then_some(chunk)
    }

    /// Reads some keys, and gives the reader behind them.
    #[inline(never)]
    fn read_keys<'b>(
        &self,
        mut reader: Reader<'b>,
        place: &mut Place,
        count: usize,
        chunk: &mut Chunk,
    ) -> Option<Reader<'b>> {
        for _ in 0..count {
            let shared = usize::from(reader.next(place.shared_context())?);
            place.read_letters(&mut reader, shared)?;
            let entry = self.read_entry(&mut reader, place)?;
            chunk.add(shared, &place.key, place.length, entry);
            place.shared = shared;
        }
        Some(reader)
    }

    /// Reads what the key at the place is known as.
    #[inline(always)]
    fn read_entry(&self, reader: &mut Reader, place: &mut Place) -> Option<(u16, u16)> {
        let mut set = u16::from(reader.next(place.set_context())?);
        if set == RARE {
            set += u16::from(reader.next(RARE_SET)?);
        }
        place.set = set;
        let cluster = match reader.next(Place::coarse_context(set))? {
            NO_COARSE => NO_CLUSTER,
            coarse => {
                let fine = reader.next(FINE + usize::from(coarse))?;
                *self.fine_of.get(usize::from(coarse))?.get(usize::from(fine))?
            }
        };
        Some((set, cluster))
    }
}

/// The bytes of keys in order with the numbers of their class sets and their clusters.
///
/// # Errors
/// A key that is empty, too long or holds a zero; more sets, or more clusters in a coarse one, than a file can tell.
#[cfg(feature = "cli")]
pub fn write<'k>(entries: impl Iterator<Item = (&'k str, u16, u16)>, coarse: &[u8]) -> Result<Vec<u8>, String> {
    let fine_of = fine_of(coarse);
    let entries: Vec<_> = entries.collect();
    // First heads and chunks, and then, as it depends on the tables, what tells how long a chunk's stream is.
    let mut heads: Vec<Vec<(usize, u8)>> = Vec::new();
    let mut chunks: Vec<Vec<(usize, u8)>> = Vec::new();
    let mut place_of_heads = Place::start();
    for some in entries.chunks(CHUNK) {
        let (head, ..) = some[0];
        let mut letters = Vec::new();
        let shared = place_of_heads.shared_with(head)?;
        letters.push((SHARED_BY_HEADS, shared as u8));
        place_of_heads.write_letters(head, shared, &mut letters)?;
        heads.push(letters);
        let mut message = Vec::new();
        let mut place = Place::after_head(head.as_bytes()).ok_or("a key that is too long")?;
        for (at, &(key, set, cluster)) in some.iter().enumerate() {
            if at > 0 {
                let shared = place.shared_with(key)?;
                message.push((place.shared_context(), shared as u8));
                place.write_letters(key, shared, &mut message)?;
                place.shared = shared;
            }
            place.write_entry(set, cluster, coarse, &fine_of, &mut message)?;
        }
        chunks.push(message);
    }
    // Lengths of streams have their own table, which is known only when there are streams.
    let all = |lengths: &[u8]| {
        let lengths = lengths.iter().map(|&length| (STREAM, length));
        lengths.chain(heads.iter().flatten().copied()).chain(chunks.iter().flatten().copied()).collect::<Vec<_>>()
    };
    let writer = Writer::of(CONTEXTS, &all(&[]));
    let streams: Vec<Vec<u8>> = chunks.iter().map(|message| writer.stream(message)).collect();
    let lengths: Result<Vec<u8>, _> = streams.iter().map(|stream| u8::try_from(stream.len() / 2)).collect();
    let lengths = lengths.map_err(|_| "a chunk of more bytes than a file can tell")?;
    let writer = Writer::of(CONTEXTS, &all(&lengths));
    let heads: Vec<(usize, u8)> =
        heads.iter().zip(lengths).flat_map(|(letters, length)| [&[(STREAM, length)], &letters[..]].concat()).collect();
    let heads = writer.stream(&heads);
    Ok([writer.tables(), (heads.len() as u32).to_le_bytes().to_vec(), heads, streams.concat()].concat())
}
