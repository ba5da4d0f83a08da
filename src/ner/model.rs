//! The trained weights, read in place from one binary file.
//!
//! Layout, little-endian: magic (8 bytes), version `u32`, buckets `u32`, checksum `u64` of all bytes after the header,
//! scale, slope and intercept of the confidence (3 × `f32`), length of the notes `u32`, zeros up to 64 bytes; notes
//! (UTF-8: the corpora and their licences); transition weights `i8 [EDGES][LANES][LANES]`; fingerprints
//! `u16 [buckets][8]`; weights `i8 [buckets][8][LANES]`.
//!
//! A feature lives in the bucket that the top of its hash names, or, where that one is full, in the next one. Its
//! fingerprint is 16 further bits, 0 for an empty slot: about one feature in ten thousand is taken for another.

use super::features::EDGES;
#[cfg(any(test, feature = "cli"))]
use super::hash;
use super::tags::LANES;

/// Weights of one feature, one for each tag, as two's-complement bytes.
pub type Row = [u8; LANES];

/// Sums of weights.
pub type Scores = [i16; LANES];

const SLOTS: usize = 8;
const MAGIC: [u8; 8] = *b"PMARKNER";
const VERSION: u32 = 1;
const HEADER: usize = 64;

/// See the module.
#[derive(Clone, Copy)]
pub struct Model<'m> {
    transitions: &'m [Row],
    fingerprints: &'m [[u8; 2 * SLOTS]],
    rows: &'m [Row],
    /// Where the weights come from.
    pub notes: &'m str,
    /// What one step of the weights is worth, in nats.
    pub scale: f32,
    /// Slope and intercept of the logistic curve from a mention's margin in nats to its confidence.
    pub calibration: [f32; 2],
}

impl<'m> Model<'m> {
    /// Looks at the header; copies nothing. None for bytes that are no model of this version.
    pub fn read(bytes: &'m [u8]) -> Option<Model<'m>> {
        let word = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
        let float = |at: usize| word(at).map(f32::from_bits);
        if bytes.get(..8)? != MAGIC || word(8)? != VERSION {
            return None;
        }
        let buckets = word(12)? as usize;
        let (notes, rest) = bytes.get(HEADER..)?.split_at_checked(word(36)? as usize)?;
        let (transitions, rest) = rest.split_at_checked(EDGES * LANES * LANES)?;
        let (fingerprints, rows) = rest.split_at_checked(buckets * 2 * SLOTS)?;
        if rows.len() != buckets * SLOTS * LANES || buckets == 0 {
            return None;
        }
        let numbers = [float(24)?, float(28)?, float(32)?];
        if !numbers.iter().all(|number| number.is_finite()) {
            return None;
        }
        let [scale, slope, intercept] = numbers;
        Some(Model {
            transitions: transitions.as_chunks().0,
            fingerprints: fingerprints.as_chunks().0,
            rows: rows.as_chunks().0,
            notes: std::str::from_utf8(notes).ok()?,
            scale,
            calibration: [slope, intercept],
        })
    }

    /// A model that finds nothing.
    pub const fn empty() -> Model<'m> {
        Model {
            transitions: &[[0; LANES]; EDGES * LANES],
            fingerprints: &[[0; 2 * SLOTS]],
            rows: &[[0; LANES]; SLOTS],
            notes: "",
            scale: 1.0,
            calibration: [0.0, 0.0],
        }
    }

    /// How likely a mention is right whose weakest token has this margin.
    pub fn confidence(&self, margin: i32) -> f32 {
        let [slope, intercept] = self.calibration;
        1.0 / (1.0 + libm::expf(-(slope * margin as f32 * self.scale + intercept)))
    }

    /// Whether the checksum is right. Reads everything: for tests, not for each start.
    #[cfg(test)]
    pub fn is_intact(bytes: &[u8]) -> bool {
        bytes.len() > HEADER && bytes[16..24] == hash::bytes(&bytes[HEADER..]).to_le_bytes()
    }

    /// Adds a feature's weights to `scores`.
    pub fn add(&self, feature: u64, scores: &mut Scores) {
        let (mut bucket, fingerprint) = place(feature, self.fingerprints.len());
        let wanted = u64::from(fingerprint) * EACH;
        // A table without an empty slot is broken; the search ends all the same.
        for _ in 0..self.fingerprints.len() {
            // Four fingerprints at once: the lowest lane of zeros is where both numbers have the same 16 bits.
            for (quarter, four) in self.fingerprints[bucket].as_chunks::<8>().0.iter().enumerate() {
                let four = u64::from_le_bytes(*four);
                let found = zero_lanes(four ^ wanted);
                if found != 0 {
                    let slot = quarter * 4 + found.trailing_zeros() as usize / 16;
                    let row = &self.rows[bucket * SLOTS + slot];
                    for (score, &weight) in scores.iter_mut().zip(row) {
                        *score += i16::from(weight as i8);
                    }
                    return;
                }
                // Slots are filled from the first on.
                if zero_lanes(four) != 0 {
                    return;
                }
            }
            bucket = if bucket + 1 == self.fingerprints.len() { 0 } else { bucket + 1 };
        }
    }

    /// The weights of each tag after each tag, at an edge of this kind.
    pub fn transitions(&self, edge: usize) -> &'m [Row; LANES] {
        let rows = &self.transitions[edge * LANES..(edge + 1) * LANES];
        rows.try_into().expect("a table has LANES rows")
    }

    /// Bytes of a model. `features` in an order of the caller's own choice; it decides who gets the better slots.
    #[cfg(feature = "cli")]
    pub fn write(
        notes: &str,
        scale: f32,
        calibration: [f32; 2],
        transitions: &[Row],
        features: &[(u64, Row)],
    ) -> Vec<u8> {
        // One slot in ten stays empty, so that a search soon ends.
        let buckets = (features.len() * 10 / 9 / SLOTS + 1).max(1);
        let mut fingerprints = vec![0u16; buckets * SLOTS];
        let mut rows = vec![[0; LANES]; buckets * SLOTS];
        for &(feature, row) in features {
            let (bucket, fingerprint) = place(feature, buckets);
            let mut slot = bucket * SLOTS;
            while fingerprints[slot] != 0 {
                slot = (slot + 1) % fingerprints.len();
            }
            fingerprints[slot] = fingerprint;
            rows[slot] = row;
        }
        let mut bytes = Vec::new();
        bytes.extend(MAGIC);
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend((buckets as u32).to_le_bytes());
        bytes.extend([0; 8]);
        for value in [scale, calibration[0], calibration[1]] {
            bytes.extend(value.to_bits().to_le_bytes());
        }
        bytes.extend((notes.len() as u32).to_le_bytes());
        bytes.resize(HEADER, 0);
        bytes.extend(notes.as_bytes());
        bytes.extend(transitions.iter().flatten());
        bytes.extend(fingerprints.iter().flat_map(|fingerprint| fingerprint.to_le_bytes()));
        bytes.extend(rows.iter().flatten());
        let checksum = hash::bytes(&bytes[HEADER..]);
        bytes[16..24].copy_from_slice(&checksum.to_le_bytes());
        bytes
    }
}

/// 1 in each 16-bit lane.
const EACH: u64 = 0x0001_0001_0001_0001;

/// The top bit of lanes of 16 bits that are zero; of those above the lowest such lane, some others may have it too.
const fn zero_lanes(lanes: u64) -> u64 {
    lanes.wrapping_sub(EACH) & !lanes & (EACH << 15)
}

/// The bucket where a search for a feature begins, and its fingerprint.
fn place(feature: u64, buckets: usize) -> (usize, u16) {
    // The top three bits are the feature's kind, the same for many: take those below them.
    let bucket = (((feature << 3) >> 32) * buckets as u64) >> 32;
    (bucket as usize, (feature as u16).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_model_is_intact_and_names_its_sources() {
        let bytes = include_bytes!("model.bin");
        let model = Model::read(bytes).expect("a model of this version");
        assert!(Model::is_intact(bytes));
        assert!(model.notes.contains("CC BY"));
    }

    #[test]
    fn damaged_bytes_are_no_model() {
        let bytes = include_bytes!("model.bin");
        assert!(Model::read(&bytes[..bytes.len() - 1]).is_none());
        assert!(Model::read(&bytes[..40]).is_none());
        assert!(Model::read(b"").is_none());
    }

    #[cfg(feature = "cli")]
    #[test]
    fn features_are_found_again_with_their_weights() {
        let features: Vec<(u64, Row)> = (1..2000u64).map(|n| (hash::mix(n, 7), [(n % 250) as u8; LANES])).collect();
        let transitions = vec![[1; LANES]; EDGES * LANES];
        let bytes = Model::write("notes", 0.5, [1.0, 0.0], &transitions, &features);
        let model = Model::read(&bytes).expect("just written");
        for (feature, row) in features {
            let mut scores = [0; LANES];
            model.add(feature, &mut scores);
            assert_eq!(scores[0], i16::from(row[0] as i8));
        }
        let mut scores = [0; LANES];
        model.add(hash::mix(12345, 6), &mut scores);
        assert_eq!(scores, [0; LANES]);
    }
}
