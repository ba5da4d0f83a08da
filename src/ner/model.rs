//! The trained weights: one binary file, unpacked once into a table that is made for being looked up in.
//!
//! File, little-endian: magic (8 bytes), version `u32`, number of features `u32`, checksum `u64` of all bytes after the
//! header, scale, slope and intercept of the confidence (3 × `f32`), length of the notes `u32`, length of the keys `u32`, bits
//! of a key that are written as they are `u32`, zeros up to 64 bytes; notes (UTF-8: the corpora and their licences); transition weights `i8 [EDGES][TAGS][TAGS]`; the features' keys in
//! order and then their rows of weights, both as in [`super::packing`].
//!
//! A feature is known by 27 bits of its hash: about one in 2,500 that the model has not is taken for one that it has.
//!
//! In memory a key's first bits are the number of a bucket with room for the rest of eight keys, which are compared four at a
//! time, and for the numbers of their rows beside them: to ask for a feature costs one line of the processor's cache, and another
//! one only where it is known. The few that find their bucket full stand in a list of their own. Rows that many features have are
//! kept once. All but the rows takes 256 KB, so that what is asked for again and again stays in the cache.

use super::decode::Steps;
use super::features::{EDGES, Sink};
use super::hash;
use super::packing::{self, Row};
#[cfg(feature = "cli")]
use super::tags::lane;
use super::tags::{LANES, TAGS};

/// Sums of weights.
pub type Scores = [i16; LANES];

const MAGIC: [u8; 8] = *b"PMARKNER";
const VERSION: u32 = 3;
const HEADER: usize = 64;

/// Bits of a key: its bucket, the rest.
const KEY: u32 = BUCKET + REST;
const BUCKET: u32 = 13;
const REST: u32 = 14;

/// Keys with the same first bits, in order, and their rows.
#[derive(Clone, Copy, Default)]
#[repr(align(32))]
struct Bucket {
    /// One more than the rest of each, 0 where there is none. They lie in the first word and in the second in turn, the first ones
    /// lowest.
    keys: [u64; 2],
    /// The number of the row of each. [`Bucket::FULL`] is added to the last one where further keys found no room.
    rows: [u16; Bucket::ROOM],
}

impl Bucket {
    const ROOM: usize = 8;
    /// The lowest bit of each place.
    const LOWEST: u64 = 0x0001_0001_0001_0001;
    /// See [`Bucket::rows`]; no row has as high a number.
    const FULL: u16 = 1 << 15;

    fn set(&mut self, place: usize, key: u32, row: u16) {
        self.keys[place % 2] |= Bucket::rest(key) << (place / 2 * 16);
        self.rows[place] = row;
    }

    /// The number of the row at a place; of any row where there is no such place.
    fn row(&self, place: usize) -> u32 {
        u32::from(self.rows[place % Bucket::ROOM] & !Bucket::FULL)
    }

    /// Whether further keys found no room.
    fn is_full(&self) -> bool {
        self.rows[Bucket::ROOM - 1] & Bucket::FULL != 0
    }

    fn rest(key: u32) -> u64 {
        u64::from(key & ((1 << REST) - 1)) + 1
    }

    /// The place of a key, [`Bucket::ROOM`] where it is not there. No branch depends on it: whether a feature is known cannot be
    /// foretold.
    #[inline(always)]
    fn find(&self, key: u32) -> usize {
        let rest = Bucket::rest(key) * Bucket::LOWEST;
        // Only a place that is 0, and here and there one above it, borrows from its highest bit, which none uses.
        let [first, second] = self.keys.map(|word| (word ^ rest).wrapping_sub(Bucket::LOWEST) & Bucket::LOWEST << 15);
        let found = (first >> 15 | second >> 14).trailing_zeros() as usize;
        found / 16 * 2 + found % 2
    }
}

/// A row that lies in one line of the processor's cache, two weights in a number: the upper half of it is that of the lane so
/// many lanes above, the lower half is that of the lane and [`BIAS`], so that it is not negative.
#[derive(Clone, Copy)]
#[repr(align(32))]
struct Line([i16; PAIRS]);

const PAIRS: usize = LANES / 2;
const BIAS: i16 = 128;

impl Line {
    fn of(row: &Row) -> Line {
        Line(std::array::from_fn(|pair| (i16::from(row[pair + PAIRS]) << 8) + (i16::from(row[pair]) + BIAS)))
    }
}

/// See the module.
pub struct Model<'m> {
    /// One for each kind of edge.
    steps: Box<[Steps]>,
    /// One for each value of the first [`BUCKET`] bits of a key.
    buckets: Vec<Bucket>,
    /// Keys whose bucket is full, in order, and the numbers of their rows.
    beyond: Vec<(u32, u16)>,
    /// The first one adds nothing.
    rows: Vec<Line>,
    /// Where the weights come from.
    pub notes: &'m str,
    /// What one step of the weights is worth, in nats.
    pub scale: f32,
    /// Slope and intercept of the logistic curve from a mention's margin in nats to its confidence.
    pub calibration: [f32; 2],
}

impl<'m> Model<'m> {
    /// Unpacks a model, in some milliseconds. None for bytes that are no model of this version, or not whole.
    pub fn read(bytes: &'m [u8]) -> Option<Model<'m>> {
        let word = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
        let float = |at: usize| word(at).map(f32::from_bits);
        if bytes.get(..8)? != MAGIC || word(8)? != VERSION {
            return None;
        }
        let content = bytes.get(HEADER..)?;
        if bytes[16..24] != hash::bytes(content).to_le_bytes() {
            return None;
        }
        let count = word(12)? as usize;
        let (notes, rest) = content.split_at_checked(word(36)? as usize)?;
        let (transitions, rest) = rest.split_at_checked(EDGES * TAGS * TAGS)?;
        let (keys, rows) = rest.split_at_checked(word(40)? as usize)?;
        let numbers = [float(24)?, float(28)?, float(32)?];
        if !numbers.iter().all(|number| number.is_finite()) {
            return None;
        }
        let [scale, slope, intercept] = numbers;
        let keys = packing::read_keys(keys, count, word(44).filter(|&low| low <= KEY)?)?;
        let rows = packing::read_rows(rows, count)?;
        let steps = transitions.as_chunks::<{ TAGS * TAGS }>().0;
        let steps = steps.iter().map(|table| Steps::of(&|from, to| table[from as usize * TAGS + to as usize] as i8));
        let mut model = Model {
            steps: steps.collect(),
            notes: std::str::from_utf8(notes).ok()?,
            scale,
            calibration: [slope, intercept],
            buckets: Vec::new(),
            beyond: Vec::new(),
            rows: Vec::new(),
        };
        let numbers = model.order(&rows)?;
        model.fill(&keys, &rows.of_features, &numbers)?;
        Some(model)
    }

    /// A model that finds nothing.
    pub fn empty() -> Model<'m> {
        Model {
            steps: (0..EDGES).map(|_| Steps::of(&|_, _| 0)).collect(),
            buckets: Vec::new(),
            beyond: Vec::new(),
            rows: Vec::new(),
            notes: "",
            scale: 1.0,
            calibration: [0.0, 0.0],
        }
    }

    /// Puts the rows in their order, and gives the number that each has in it. None where there are more than the table can tell.
    #[inline(never)]
    fn order(&mut self, read: &packing::Rows) -> Option<Vec<u16>> {
        if read.rows.len() >= usize::from(Bucket::FULL) {
            return None;
        }
        // Features that come often have many weights: with their rows side by side, less of what is fetched goes unused.
        let mut places = [0; 258];
        let fewer = |weights: u8| usize::from(u8::MAX - weights);
        read.weights.iter().for_each(|&weights| places[fewer(weights) + 1] += 1);
        (1..places.len()).for_each(|at| places[at] += places[at - 1]);
        let mut order = vec![0; read.rows.len()];
        let mut numbers = Vec::with_capacity(read.rows.len());
        for (at, &weights) in (0..).zip(&read.weights) {
            let place: &mut u16 = &mut places[fewer(weights)];
            order[usize::from(*place)] = at;
            *place += 1;
            numbers.push(*place);
        }
        // The first row adds nothing: that of no feature.
        self.rows.reserve_exact(read.rows.len() + 1);
        self.rows.push(Line::of(&[0; LANES]));
        self.rows.extend(order.iter().map(|&at: &u32| Line::of(&read.rows[at as usize])));
        Some(numbers)
    }

    /// Makes the table of keys, which are in order, and their rows. None where there are more than it can tell, or where a key is
    /// too large for it.
    #[inline(never)]
    fn fill(&mut self, keys: &[u32], rows: &[u32], numbers: &[u16]) -> Option<()> {
        self.buckets.reserve_exact(1 << BUCKET);
        let mut features = keys.iter().zip(rows).peekable();
        for number in 0..1 << BUCKET {
            let mut bucket = Bucket::default();
            let mut places = 0..Bucket::ROOM;
            while let Some((&key, &row)) = features.next_if(|(key, _)| **key >> REST == number) {
                let row = numbers[row as usize];
                match places.next() {
                    Some(place) => bucket.set(place, key, row),
                    None => {
                        bucket.rows[Bucket::ROOM - 1] |= Bucket::FULL;
                        self.beyond.push((key, row));
                    }
                }
            }
            self.buckets.push(bucket);
        }
        features.next().is_none().then_some(())
    }

    /// How likely a mention is right whose weakest token has this margin.
    pub fn confidence(&self, margin: u16) -> f32 {
        let [slope, intercept] = self.calibration;
        1.0 / (1.0 + libm::expf(-(slope * f32::from(margin) * self.scale + intercept)))
    }

    /// The weights of the steps to a token at an edge of this kind.
    pub fn steps(&self, edge: usize) -> &Steps {
        &self.steps[edge]
    }

    /// Bytes of a model. Rows of weights are by tag. Of two features with one key, the first one's weights are kept.
    #[cfg(feature = "cli")]
    pub fn write(
        notes: &str,
        scale: f32,
        calibration: [f32; 2],
        transitions: &[Row],
        features: &[(u64, Row)],
    ) -> Vec<u8> {
        let mut by_key: Vec<(u32, Row)> = features
            .iter()
            .map(|(feature, by_tag)| {
                let mut row = [0; LANES];
                (0..TAGS).for_each(|tag| row[lane(tag as u8)] = by_tag[tag]);
                (key(*feature), row)
            })
            .collect();
        by_key.sort_by_key(|(key, _)| *key);
        by_key.dedup_by_key(|(key, _)| *key);
        let (keys, rows): (Vec<u32>, Vec<Row>) = by_key.into_iter().unzip();
        let low = packing::low_bits(keys.len(), KEY);
        let packed_keys = packing::write_keys(&keys, low);
        let mut bytes = Vec::new();
        bytes.extend(MAGIC);
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend((keys.len() as u32).to_le_bytes());
        bytes.extend([0; 8]);
        for value in [scale, calibration[0], calibration[1]] {
            bytes.extend(value.to_bits().to_le_bytes());
        }
        bytes.extend((notes.len() as u32).to_le_bytes());
        bytes.extend((packed_keys.len() as u32).to_le_bytes());
        bytes.extend(low.to_le_bytes());
        bytes.resize(HEADER, 0);
        bytes.extend(notes.as_bytes());
        for table in transitions.chunks(LANES) {
            bytes.extend(table[..TAGS].iter().flat_map(|row| &row[..TAGS]).map(|&weight| weight as u8));
        }
        bytes.extend(packed_keys);
        bytes.extend(packing::write_rows(&rows));
        let checksum = hash::bytes(&bytes[HEADER..]);
        bytes[16..24].copy_from_slice(&checksum.to_le_bytes());
        bytes
    }
}

/// What a feature is known by: its kind, in the top bits, is the same for many.
fn key(feature: u64) -> u32 {
    (feature << 3 >> (64 - KEY)) as u32
}

/// Names of features as the model knows them, gathered before one is looked up.
///
/// By value, and all that writes to it inlined: the number of them is then kept in a register, and nothing is waited for.
pub struct Keys<'k> {
    keys: &'k mut [u32; Keys::MOST],
    count: usize,
}

impl<'k> Keys<'k> {
    /// More than the features of a token and four words around it: the sets of classes have 32 bits.
    pub const MOST: usize = 512;

    /// After the first `count` of `keys`; what stands behind them is written over.
    pub fn after(count: usize, keys: &'k mut [u32; Keys::MOST]) -> Keys<'k> {
        Keys { keys, count }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.count
    }
}

/// What [`Keys`] are written into.
pub type Buffer = [u32; Keys::MOST];

impl Sink for Keys<'_> {
    #[inline(always)]
    fn add(&mut self, feature: u64) {
        self.keys[self.count % Keys::MOST] = key(feature);
        self.count += 1;
    }
}

impl Model<'_> {
    /// Adds the weights of the first `count` features in `keys` to `scores`; false where the model knows none of them. What is
    /// in `keys` is of no use afterwards.
    ///
    /// First the numbers of all rows, almost without a branch that depends on what is found, so that one look-up need not wait
    /// for another; then the rows, all of them at a time again.
    #[inline(never)]
    pub fn add(&self, keys: &mut Buffer, count: usize, scores: &mut Scores) -> bool {
        let mut known = 0;
        for at in 0..count.min(Keys::MOST) {
            let key = keys[at];
            let Some(bucket) = self.buckets.get((key >> REST) as usize) else { break };
            let place = bucket.find(key);
            // What is found of a feature that is not known is written over.
            keys[known] = bucket.row(place);
            known += usize::from(place != Bucket::ROOM);
            if bucket.is_full() && place == Bucket::ROOM {
                keys[known] = self.row_beyond(key);
                known += usize::from(keys[known] != 0);
            }
        }
        // Sums of the numbers as they are, and of their upper halves: those of the lower halves are the difference.
        let (mut both, mut upper) = ([0i16; PAIRS], [0i16; PAIRS]);
        for &row in &keys[..known] {
            let Line(weights) = &self.rows[row as usize];
            for pair in 0..PAIRS {
                both[pair] = both[pair].wrapping_add(weights[pair]);
                upper[pair] = upper[pair].wrapping_add(weights[pair] >> 8);
            }
        }
        let bias = (known as i16).wrapping_mul(BIAS);
        for pair in 0..PAIRS {
            let lower = both[pair].wrapping_sub(upper[pair] << 8).wrapping_sub(bias);
            scores[pair] = scores[pair].wrapping_add(lower);
            scores[pair + PAIRS] = scores[pair + PAIRS].wrapping_add(upper[pair]);
        }
        known > 0
    }

    /// The number of the row of a key whose bucket is full of others.
    #[cold]
    fn row_beyond(&self, key: u32) -> u32 {
        self.beyond.binary_search_by_key(&key, |&(key, _)| key).map_or(0, |at| u32::from(self.beyond[at].1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static BYTES: &[u8] = include_bytes!("model.bin");

    #[test]
    fn the_built_in_model_is_whole_and_names_its_sources() {
        let model = Model::read(BYTES).expect("a model of this version");
        assert!(model.notes.contains("CC BY"));
    }

    #[test]
    fn damaged_bytes_are_no_model() {
        for length in [0, 7, 40, 64, 1000, BYTES.len() - 1] {
            assert!(Model::read(&BYTES[..length]).is_none(), "{length} bytes");
        }
        for at in [0, 8, 17, 64, 5000, BYTES.len() / 4, BYTES.len() / 2, BYTES.len() - 1] {
            let mut bytes = BYTES.to_vec();
            bytes[at] ^= 0x40;
            assert!(Model::read(&bytes).is_none(), "byte {at}");
        }
    }

    #[cfg(feature = "cli")]
    #[test]
    fn damage_that_the_checksum_hides_does_no_harm() {
        for at in (12..BYTES.len()).step_by(BYTES.len() / 60) {
            let mut bytes = BYTES.to_vec();
            bytes[at] ^= 0x08;
            let checksum = hash::bytes(&bytes[HEADER..]);
            bytes[16..24].copy_from_slice(&checksum.to_le_bytes());
            if let Some(model) = Model::read(&bytes) {
                let mut scores = [0; LANES];
                let mut buffer = std::array::from_fn(|n| key(hash::mix(n as u64, 5)));
                model.add(&mut buffer, Keys::MOST, &mut scores);
            }
        }
    }

    #[cfg(feature = "cli")]
    #[test]
    fn features_are_found_again_with_their_weights() {
        let features: Vec<(u64, Row)> =
            (1..20_000u64).map(|n| (hash::mix(n, 7), [(n % 250) as u8 as i8; LANES])).collect();
        let transitions = vec![[1; LANES]; EDGES * LANES];
        let bytes = Model::write("notes", 0.5, [1.0, 0.0], &transitions, &features);
        let model = Model::read(&bytes).expect("just written");
        let score = |feature: u64| {
            let mut scores = [0; LANES];
            let mut buffer = [key(feature); Keys::MOST];
            model.add(&mut buffer, 1, &mut scores);
            scores[0]
        };
        let right = features.iter().filter(|(feature, row)| score(*feature) == i16::from(row[0])).count();
        // Two of 20,000 features have the same 27 bits here and there: one in 13,000.
        assert!(right >= features.len() - 10, "{right}");
        let strange = (0..10_000).filter(|&n| score(hash::mix(n, 6)) != 0).count();
        assert!(strange <= 10, "{strange}");
    }
}
