//! The numbers of the model in as few bits as they are worth: sorted keys as Rice codes, rows of weights by [`crate::packing`], whose
//! promises hold here as well.

use super::tags::LANES;
use crate::packing;
#[cfg(any(test, feature = "cli"))]
use std::collections::BTreeMap;

/// Weights of one feature, one for each lane.
pub type Row = [i8; LANES];

/// Reads `count` keys in order: a Rice code for each difference, a row of ones and then `low` bits (at most 31) as they are. None
/// where the bytes end early.
pub fn read_keys(bytes: &[u8], count: usize, low: u32) -> Option<Vec<u32>> {
    // At least a bit for each key: a count from broken data cannot ask for more memory than its bytes allow.
    if count > bytes.len().saturating_mul(8) {
        return None;
    }
    let mut keys = vec![0; count];
    let mut bits = Bits { bytes, pending: 0, length: 0 };
    let mut key = 0;
    for keys in keys.chunks_mut(packing::AT_A_TIME) {
        (bits, key) = read_some_keys(bits, key, low, keys)?;
    }
    Some(keys)
}

/// Reads some keys after `key`; gives what follows, and the last of them.
#[inline(never)]
fn read_some_keys<'b>(mut bits: Bits<'b>, mut key: u32, low: u32, keys: &mut [u32]) -> Option<(Bits<'b>, u32)> {
    for next in keys {
        let high = bits.ones()?;
        let rest = bits.take(low)?;
        key = u32::try_from(u64::from(key) + (u64::from(high) << low | u64::from(rest))).ok()?;
        *next = key;
    }
    Some((bits, key))
}

/// Bits that are being read, the lowest of each byte first.
#[derive(Clone, Copy)]
struct Bits<'b> {
    bytes: &'b [u8],
    /// What was fetched of them, with zeros behind it.
    pending: u64,
    /// How many bits were.
    length: u32,
}

impl Bits<'_> {
    /// The length of a row of ones, which ends with a zero.
    fn ones(&mut self) -> Option<u32> {
        let mut ones = 0;
        loop {
            self.fetch();
            let some = self.pending.trailing_ones();
            ones += some;
            // Nearly always all of it is at hand.
            if some < self.length {
                self.skip(some + 1);
                return Some(ones);
            }
            if self.length == 0 {
                return None;
            }
            self.skip(some);
        }
    }

    /// So many bits as they are, at most 31.
    fn take(&mut self, count: u32) -> Option<u32> {
        self.fetch();
        if self.length < count {
            return None;
        }
        let bits = self.pending as u32 & ((1 << count) - 1);
        self.skip(count);
        Some(bits)
    }

    /// Sees to it that 32 bits are at hand, where there are as many.
    fn fetch(&mut self) {
        if self.length >= 32 {
            return;
        }
        if let Some((bytes, rest)) = self.bytes.split_first_chunk() {
            self.pending |= u64::from(u32::from_le_bytes(*bytes)) << self.length;
            self.length += 32;
            self.bytes = rest;
            return;
        }
        while let Some((&byte, rest)) = self.bytes.split_first() {
            self.pending |= u64::from(byte) << self.length;
            self.length += 8;
            self.bytes = rest;
        }
    }

    fn skip(&mut self, count: u32) {
        self.pending >>= count;
        self.length -= count;
    }
}

/// The contexts: by how many weights of a row are not 0, where they are, what they are.
const COUNTS: usize = 1;
/// By the place of the one before, and how many are left.
const PLACES: usize = LANES * LEFT;
const LEFT: usize = 3;
/// By how many there are, and the sign of the one before.
const VALUES: usize = 3 * MANY;
const MANY: usize = 7;
const CONTEXTS: usize = COUNTS + PLACES + VALUES;

/// The context of the place after `before` (0 for the first one, else one more than its place).
fn place_context(before: usize, left: usize) -> usize {
    COUNTS + before.min(LANES - 1) * LEFT + left.min(LEFT) - 1
}

/// The context of a weight after `before` (0 for the first one).
fn value_context(count: usize, before: i8) -> usize {
    COUNTS + PLACES + count.min(MANY - 1) * 3 + (before.signum() + 1) as usize
}

/// Rows of weights, and which of them each feature has.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Rows {
    /// The frequent ones, which many features have; then those of one feature each, here and there the same as another.
    pub rows: Vec<Row>,
    /// How many weights of each row are not 0.
    pub weights: Vec<u8>,
    /// For each feature, the number of its row.
    pub of_features: Vec<u32>,
}

/// No more rows are frequent: what tells how many weights a row has is above [`LANES`] the number of such a row.
#[cfg(any(test, feature = "cli"))]
const MOST_FREQUENT: usize = u8::MAX as usize - 1 - LANES;

/// Reads the rows of `count` features. None where the bytes are not what [`write_rows`] made.
pub fn read_rows(bytes: &[u8], count: usize) -> Option<Rows> {
    let (&[frequent], bytes) = bytes.split_first_chunk::<1>()?;
    let (tables, stream) = packing::Tables::read(bytes, CONTEXTS)?;
    let mut reader = packing::Reader::new(&tables, stream)?;
    let mut rows = Rows::default();
    for _ in 0..frequent {
        let weights = reader.next(0)?;
        rows.read_row(&mut reader, weights)?;
    }
    // What features share need not be kept for each of them; the others are about two in three.
    rows.rows.reserve(count / 4 * 3);
    rows.weights.reserve(count / 4 * 3);
    rows.of_features.reserve(count);
    for first in (0..count).step_by(packing::AT_A_TIME) {
        reader = rows.read_features(reader, packing::AT_A_TIME.min(count - first), usize::from(frequent))?;
    }
    reader.is_at_end().then_some(rows)
}

impl Rows {
    /// Reads some features, and gives the reader behind them.
    #[inline(never)]
    fn read_features<'b>(
        &mut self,
        mut reader: packing::Reader<'b>,
        count: usize,
        frequent: usize,
    ) -> Option<packing::Reader<'b>> {
        for _ in 0..count {
            let weights = reader.next(0)?;
            let number = match usize::from(weights).checked_sub(LANES + 1) {
                Some(number) if number < frequent => number,
                Some(_) => return None,
                None => {
                    self.read_row(&mut reader, weights)?;
                    self.rows.len() - 1
                }
            };
            self.of_features.push(number as u32);
        }
        Some(reader)
    }

    /// Reads a row of so many weights.
    #[inline(always)]
    fn read_row(&mut self, reader: &mut packing::Reader, weights: u8) -> Option<()> {
        self.weights.push(weights);
        self.rows.push([0; LANES]);
        let row = self.rows.last_mut()?;
        let count = usize::from(weights);
        let (mut by_place, mut by_sign) = (place_context(0, 1), value_context(count, 0));
        for left in (1..=count).rev() {
            let place = usize::from(reader.next(by_place + left.min(LEFT) - 1)?);
            let value = reader.next(by_sign)? as i8;
            *row.get_mut(place)? = value;
            (by_place, by_sign) = (place_context(place + 1, 1), value_context(count, value));
        }
        Some(())
    }
}

/// How many bits of a difference are best written as they are, for this many keys below 2 to the power of `bits`.
#[cfg(any(test, feature = "cli"))]
pub fn low_bits(count: usize, bits: u32) -> u32 {
    ((1u64 << bits) / count.max(1) as u64).max(2).ilog2()
}

/// Bytes of keys that are in order, for [`read_keys`].
#[cfg(any(test, feature = "cli"))]
pub fn write_keys(keys: &[u32], low: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (mut pending, mut length) = (0u64, 0);
    let mut put = |bits: u64, count: u32| {
        pending |= bits << length;
        length += count;
        while length >= 8 {
            bytes.push(pending as u8);
            pending >>= 8;
            length -= 8;
        }
    };
    let mut before = 0;
    for &key in keys {
        let difference = key - before;
        before = key;
        for _ in 0..difference >> low {
            put(1, 1);
        }
        put(0, 1);
        put(u64::from(difference & ((1 << low) - 1)), low);
    }
    put(0, 7);
    bytes
}

/// Bytes of the rows of features, for [`read_rows`].
#[cfg(any(test, feature = "cli"))]
pub fn write_rows(rows: &[Row]) -> Vec<u8> {
    let mut counts: BTreeMap<&Row, usize> = BTreeMap::new();
    rows.iter().for_each(|row| *counts.entry(row).or_default() += 1);
    let mut frequent: Vec<&Row> = counts.keys().copied().filter(|row| counts[row] > 1).collect();
    frequent.sort_by_key(|row| std::cmp::Reverse(counts[row]));
    frequent.truncate(MOST_FREQUENT);
    let numbers: BTreeMap<&Row, usize> = frequent.iter().copied().zip(LANES + 1..).collect();
    // Every symbol with its context, in order.
    let mut message: Vec<(usize, u8)> = Vec::new();
    frequent.iter().for_each(|row| spell(row, &mut message));
    for row in rows {
        match numbers.get(row) {
            Some(&number) => message.push((0, number as u8)),
            None => spell(row, &mut message),
        }
    }
    let mut bytes = vec![frequent.len() as u8];
    bytes.extend(packing::write(CONTEXTS, &message));
    bytes
}

/// Writes a row, weight by weight.
#[cfg(any(test, feature = "cli"))]
fn spell(row: &Row, message: &mut Vec<(usize, u8)>) {
    let weights: Vec<(usize, i8)> = row.iter().copied().enumerate().filter(|(_, weight)| *weight != 0).collect();
    message.push((0, weights.len() as u8));
    let (mut place, mut value) = (0, 0);
    for (index, &(at, weight)) in weights.iter().enumerate() {
        message.push((place_context(place, weights.len() - index), at as u8));
        message.push((value_context(weights.len(), value), weight as u8));
        (place, value) = (at + 1, weight);
    }
}

#[cfg(test)]
mod tests {
    use super::super::hash::mix;
    use super::*;

    fn rows() -> Vec<Row> {
        (0..500u64)
            .map(|n| {
                std::array::from_fn(|lane| {
                    let random = mix(n, lane as u64);
                    if random % 7 < n % 7 { 0 } else { (random >> 32) as u8 as i8 }
                })
            })
            .collect()
    }

    fn of_features(read: &Rows) -> Vec<Row> {
        read.of_features.iter().map(|&number| read.rows[number as usize]).collect()
    }

    #[test]
    fn keys_and_rows_are_read_as_written() {
        for low in [1, 5, 11, 27] {
            let mut keys: Vec<u32> = (0..2000).map(|n| (mix(n, 3) >> (40 + 11 - low.min(11))) as u32).collect();
            keys.sort_unstable();
            assert_eq!(read_keys(&write_keys(&keys, low), keys.len(), low), Some(keys));
        }
        let mut rows = rows();
        rows.extend_from_within(..100);
        let read = read_rows(&write_rows(&rows), rows.len()).expect("just written");
        assert_eq!(of_features(&read), rows);
        assert_eq!(read.rows.len(), 500);
        for (row, weights) in read.rows.iter().zip(&read.weights) {
            assert_eq!(row.iter().filter(|weight| **weight != 0).count(), usize::from(*weights));
        }
        assert_eq!(read_rows(&write_rows(&[]), 0), Some(Rows::default()));
    }

    #[test]
    fn broken_rows_are_none_or_other_rows() {
        let rows = rows();
        let bytes = write_rows(&rows);
        for cut in 0..60 {
            assert_eq!(read_rows(&bytes[..bytes.len() * cut / 60], rows.len()), None);
        }
        for at in (0..bytes.len()).step_by(37) {
            let mut broken = bytes.clone();
            broken[at] ^= 0x10;
            assert!(read_rows(&broken, rows.len()).is_none_or(|read| of_features(&read) != rows), "byte {at}");
        }
        assert_eq!(read_rows(&bytes, rows.len() + 1), None);
    }

    #[test]
    fn broken_keys_end() {
        assert_eq!(read_keys(&[0xFF; 100], 1_000_000_000, 11), None);
        assert_eq!(read_keys(&[], 1, 11), None);
        assert_eq!(read_keys(&[0; 3], 3, 11), None);
    }
}
