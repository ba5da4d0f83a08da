//! Sorting where few things are sorted: by their numbers, so that one sort of whole numbers serves for all types.
//!
//! The standard library's sorts are made anew for every type and every order, some ten kilobytes each: a tenth of the wasm's
//! code before.

use std::cmp::Ordering;

/// As [`slice::sort_by_key`]: stable. O(n log n), and one pass over what is in order already.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |one, other| key(one).cmp(&key(other)));
}

/// As [`slice::sort_by`].
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    if items.is_sorted_by(|one, other| compare(one, other).is_le()) {
        return;
    }
    let mut order = sorted(items.len() as u32, &|one, other| compare(&items[one as usize], &items[other as usize]));
    // Each cycle of places is turned by one.
    for start in 0..order.len() {
        let mut at = start;
        loop {
            let from = std::mem::replace(&mut order[at], at as u32) as usize;
            if from == start {
                break;
            }
            items.swap(at, from);
            at = from;
        }
    }
}

/// The numbers below `count` in their order; equal ones by their numbers. Rows that are in order are merged two by two.
#[inline(never)]
fn sorted(count: u32, compare: &dyn Fn(u32, u32) -> Ordering) -> Vec<u32> {
    let mut order: Vec<u32> = (0..count).collect();
    let mut merged = Vec::with_capacity(order.len());
    let mut length = 1;
    while length < order.len() {
        merged.clear();
        for rows in order.chunks(2 * length) {
            let (mut one, mut other) = rows.split_at(length.min(rows.len()));
            while let (Some((&first, rest)), Some((&second, others))) = (one.split_first(), other.split_first()) {
                if compare(first, second).is_le() {
                    merged.push(first);
                    one = rest;
                } else {
                    merged.push(second);
                    other = others;
                }
            }
            merged.extend_from_slice(one);
            merged.extend_from_slice(other);
        }
        std::mem::swap(&mut order, &mut merged);
        length *= 2;
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(numbers in prop::collection::vec((0u8..20, 0u32..), 0..200)) {
            let (mut ours, mut theirs) = (numbers.clone(), numbers);
            sort_by_key(&mut ours, |&(key, _)| std::cmp::Reverse(key));
            theirs.sort_by_key(|&(key, _)| std::cmp::Reverse(key));
            prop_assert_eq!(ours, theirs);
        }
    }
}
