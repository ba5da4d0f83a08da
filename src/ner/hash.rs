//! 64-bit hashes: the names of features and words. Stable for all time, for the model is built on them.

use crate::hashing::number;

const A: u64 = 0x9E37_79B9_7F4A_7C15;
const B: u64 = 0xC2B2_AE3D_27D4_EB4F;
const C: u64 = 0x1656_67B1_9E37_79F9;

/// Of a string of bytes.
pub fn bytes(bytes: &[u8]) -> u64 {
    let mut hash = bytes.len() as u64 ^ C;
    let (chunks, rest) = bytes.as_chunks::<8>();
    for chunk in chunks {
        hash = step(hash, u64::from_le_bytes(*chunk));
    }
    if !rest.is_empty() {
        hash = step(hash, number(rest));
    }
    finish(hash)
}

/// Of two numbers, in this order.
pub const fn mix(a: u64, b: u64) -> u64 {
    finish(step(a.wrapping_mul(B), b))
}

const fn step(hash: u64, value: u64) -> u64 {
    (hash ^ value).wrapping_mul(A).rotate_left(29).wrapping_mul(B)
}

const fn finish(hash: u64) -> u64 {
    let hash = (hash ^ hash >> 32).wrapping_mul(C);
    hash ^ hash >> 29
}
