//! The trained weights: one binary file, unpacked once into a table that is made for being looked up in.
//!
//! File, little-endian: magic (8 bytes), version `u32`, number of features `u32`, checksum `u64` of all bytes after the
//! header, scale, slope and intercept of the confidence (3 × `f32`), length of the notes `u32`, length of the keys `u32`, bits
//! of a key that are written as they are `u32`, zeros up to 64 bytes; notes (UTF-8: the corpora and their licences); transition weights `i8 [EDGES][TAGS][TAGS]`; the features' keys in
//! order and then their rows of weights, both as in [`super::packing`].
//!
//! A feature is known by 27 bits of its hash: about one in 2,500 that the model has not is taken for one that it has.
//!
//! In memory most features are found to be unknown by one bit of a table of 64 KB. For the others, the bits set before theirs
//! tell where among the entries they are; an entry holds the rest of the key and the number of a row. Rows that many features
//! have are kept once, so that most of what is read stays in the processor's cache.

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

/// Bits of a key: its word of [`Model::cells`], its bit in there, the rest.
const KEY: u32 = WORD + CELL + REST;
const WORD: u32 = 13;
const CELL: u32 = 6;
const REST: u32 = 8;
const WORDS: usize = 1 << WORD;
/// Bits of the number of a row.
const ROW: u32 = 32 - CELL - REST;

/// A row that lies in one line of the processor's cache.
#[derive(Clone, Copy)]
#[repr(align(32))]
struct Line(Row);

/// See the module.
pub struct Model<'m> {
    /// One for each kind of edge.
    steps: Box<[Steps]>,
    /// A bit for the first [`WORD`] + [`CELL`] bits of each key.
    cells: Box<[u64; WORDS]>,
    /// Where the entries of each word of `cells` begin, and the last ones end.
    starts: Box<[u32; WORDS + 1]>,
    /// For each feature, in order: the last [`CELL`] + [`REST`] bits of its key, and below them the number of its row. Some
    /// of no feature at the end.
    entries: Vec<u32>,
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
        let steps = steps.iter().map(|table| Steps::of(|from, to| table[from as usize * TAGS + to as usize] as i8));
        let mut model = Model {
            steps: steps.collect(),
            notes: std::str::from_utf8(notes).ok()?,
            scale,
            calibration: [slope, intercept],
            cells: Box::new([0; WORDS]),
            starts: Box::new([0; WORDS + 1]),
            entries: Vec::new(),
            rows: Vec::new(),
        };
        model.fill(&keys, &rows)?;
        Some(model)
    }

    /// A model that finds nothing.
    pub fn empty() -> Model<'m> {
        Model {
            steps: (0..EDGES).map(|_| Steps::of(|_, _| 0)).collect(),
            cells: Box::new([0; WORDS]),
            starts: Box::new([0; WORDS + 1]),
            entries: vec![0; NEAR],
            rows: Vec::new(),
            notes: "",
            scale: 1.0,
            calibration: [0.0, 0.0],
        }
    }

    /// Makes the table of keys and their rows. None where a key or the number of rows is too large for it.
    fn fill(&mut self, keys: &[u32], read: &packing::Rows) -> Option<()> {
        if read.rows.len() >> ROW != 0 {
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
            let place: &mut u32 = &mut places[fewer(weights)];
            order[*place as usize] = at;
            numbers.push(*place);
            *place += 1;
        }
        self.rows = order.iter().map(|&at: &u32| Line(read.rows[at as usize])).collect();
        self.entries = Vec::with_capacity(keys.len() + NEAR);
        for (&key, &row) in keys.iter().zip(&read.of_features) {
            let word = key as usize >> (CELL + REST);
            *self.cells.get_mut(word)? |= 1 << (key >> REST & ((1 << CELL) - 1));
            self.starts[word + 1] += 1;
            self.entries.push(key << ROW | numbers[row as usize]);
        }
        self.entries.extend([0; NEAR]);
        let mut sum = 0;
        for start in self.starts.iter_mut() {
            sum += *start;
            *start = sum;
        }
        Some(())
    }

    /// How likely a mention is right whose weakest token has this margin.
    pub fn confidence(&self, margin: i32) -> f32 {
        let [slope, intercept] = self.calibration;
        1.0 / (1.0 + libm::expf(-(slope * margin as f32 * self.scale + intercept)))
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

/// What [`Keys`] are written into, and what [`Model::add`] works with.
pub struct Buffer {
    /// As many of them as were added.
    pub keys: [u32; Keys::MOST],
    /// For each key where its entry may be at the earliest.
    firsts: [u32; Keys::MOST],
}

impl Buffer {
    /// Anything.
    pub fn new() -> Buffer {
        Buffer { keys: [0; Keys::MOST], firsts: [0; Keys::MOST] }
    }
}

impl Sink for Keys<'_> {
    #[inline(always)]
    fn add(&mut self, feature: u64) {
        self.keys[self.count % Keys::MOST] = key(feature);
        self.count += 1;
    }
}

/// Entries that are looked at without a branch.
const NEAR: usize = 3;

impl Model<'_> {
    /// Adds the weights of the first `count` features in `buffer` to `scores`; false where the model seems to know none of them.
    /// What is in `buffer` is of no use afterwards.
    ///
    /// Step by step for all of them, and without a branch that depends on what is found: so one look-up need not wait for another.
    /// First which the model may know and where their entries begin, then which of the entries are theirs; at last the rows
    /// are fetched, all of them at a time again.
    #[inline(never)]
    pub fn add(&self, buffer: &mut Buffer, count: usize, scores: &mut Scores) -> bool {
        let Buffer { keys, firsts } = buffer;
        let mut known = 0;
        for at in 0..count.min(Keys::MOST) {
            let key = keys[at];
            let word = key as usize >> (CELL + REST) & (WORDS - 1);
            let cell = key >> REST & ((1 << CELL) - 1);
            let cells = self.cells[word];
            keys[known] = key;
            // Every bit set before stands for an entry at least.
            firsts[known] = self.starts[word] + (cells & ((1 << cell) - 1)).count_ones();
            known += (cells >> cell & 1) as usize;
        }
        let mut rows = 0;
        for at in 0..known {
            let key = keys[at];
            let (wanted, first) = (key << ROW >> ROW, firsts[at] as usize);
            let end = self.starts[(key as usize >> (CELL + REST) & (WORDS - 1)) + 1] as usize;
            let Some(near) = self.entries.get(first..first + NEAR) else { continue };
            let is_before = |entry: u32| usize::from(entry >> ROW < wanted);
            let one = is_before(near[0]);
            let two = one & is_before(near[1]);
            let three = two & is_before(near[2]);
            let mut place = first + one + two + three;
            // More entries than bits before this one: seldom.
            while three != 0 && place < end && is_before(self.entries[place]) != 0 {
                place += 1;
            }
            let entry = self.entries.get(place).copied().unwrap_or_default();
            keys[rows] = entry << (32 - ROW) >> (32 - ROW);
            rows += usize::from(entry >> ROW == wanted) & usize::from(place < end);
        }
        let mut sums = *scores;
        for &row in &keys[..rows] {
            for (sum, &weight) in sums.iter_mut().zip(&self.rows[row as usize].0) {
                *sum += i16::from(weight);
            }
        }
        *scores = sums;
        known > 0
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
                let mut buffer = Buffer::new();
                (0..1000u64).for_each(|n| buffer.keys[n as usize % Keys::MOST] = key(hash::mix(n, 5)));
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
            let mut buffer = Buffer::new();
            buffer.keys[0] = key(feature);
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
