//! `pressmark train clusters`: word vectors to classes of words that keep the same company.
//!
//! Spherical k-means over vectors of unit length, from evenly spaced seeds in order of frequency: the same input gives the
//! same clusters. The fine clusters' centres are clustered once more for the coarse ones.

use super::{CLUSTERS, COARSE_CLUSTERS};
use std::fmt::Write;

/// Passes over the words; few words still move after these.
const PASSES: usize = 14;

/// Clusters words by their vectors (all of one length, most frequent word first) and writes the source file of the lexicon.
pub fn cluster(words: &[&str], vectors: &[Vec<f32>], source: &str) -> String {
    let mut vectors = vectors.to_vec();
    vectors.iter_mut().for_each(|vector| normalize(vector));
    let (fine, centres) = k_means(&vectors, CLUSTERS);
    let (coarse, _) = k_means(&centres, COARSE_CLUSTERS);
    let mut page = format!(
        "# Classes of words by the company they keep, made by `pressmark train clusters`.\n# {source}\n@ coarse\n"
    );
    let numbers: Vec<String> = coarse.iter().map(u16::to_string).collect();
    let _ = writeln!(page, "{}\n@ clusters", numbers.join(" "));
    let mut lines: Vec<(&str, u16)> = words.iter().copied().zip(fine).collect();
    lines.sort_unstable();
    for (word, cluster) in lines {
        let _ = writeln!(page, "{word}\t{cluster}");
    }
    page
}

fn normalize(vector: &mut [f32]) {
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt().max(1e-12);
    vector.iter_mut().for_each(|x| *x /= length);
}

fn k_means(vectors: &[Vec<f32>], count: usize) -> (Vec<u16>, Vec<Vec<f32>>) {
    let count = count.min(vectors.len());
    let mut centres: Vec<Vec<f32>> = (0..count).map(|seed| vectors[seed * vectors.len() / count].clone()).collect();
    let mut nearest = vec![0u16; vectors.len()];
    for pass in 0..PASSES {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let share = vectors.len().div_ceil(threads);
        let moved: usize = std::thread::scope(|scope| {
            let workers: Vec<_> = nearest
                .chunks_mut(share)
                .zip(vectors.chunks(share))
                .map(|(nearest, vectors)| scope.spawn(|| assign(&centres, vectors, nearest)))
                .collect();
            workers.into_iter().map(|worker| worker.join().unwrap_or(0)).sum()
        });
        eprintln!("clusters: pass {} of {PASSES}, {moved} words moved", pass + 1);
        let mut sums = vec![vec![0.0f32; vectors[0].len()]; count];
        for (vector, &cluster) in vectors.iter().zip(&nearest) {
            sums[cluster as usize].iter_mut().zip(vector).for_each(|(sum, x)| *sum += x);
        }
        for (centre, mut sum) in centres.iter_mut().zip(sums) {
            if sum.iter().any(|x| *x != 0.0) {
                normalize(&mut sum);
                *centre = sum;
            }
        }
        if moved == 0 {
            break;
        }
    }
    (nearest, centres)
}

fn assign(centres: &[Vec<f32>], vectors: &[Vec<f32>], nearest: &mut [u16]) -> usize {
    let mut moved = 0;
    for (vector, nearest) in vectors.iter().zip(nearest) {
        let mut best = (f32::MIN, 0);
        for (index, centre) in centres.iter().enumerate() {
            // Eight sums at a time: the compiler makes vector instructions of it.
            let mut sums = [0.0f32; 8];
            for (a, b) in vector.chunks_exact(8).zip(centre.chunks_exact(8)) {
                for lane in 0..8 {
                    sums[lane] += a[lane] * b[lane];
                }
            }
            let tail: f32 = vector
                .chunks_exact(8)
                .remainder()
                .iter()
                .zip(centre.chunks_exact(8).remainder())
                .map(|(a, b)| a * b)
                .sum();
            let similarity = sums.iter().sum::<f32>() + tail;
            if similarity > best.0 {
                best = (similarity, index as u16);
            }
        }
        moved += usize::from(*nearest != best.1);
        *nearest = best.1;
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_direction_share_a_cluster() {
        let vectors: Vec<Vec<f32>> =
            (0..40).map(|i| if i % 2 == 0 { vec![1.0, 0.01 * i as f32] } else { vec![0.01 * i as f32, 1.0] }).collect();
        let (nearest, _) = k_means(&vectors, 2);
        assert!(nearest.iter().step_by(2).all(|&cluster| cluster == nearest[0]));
        assert!(nearest.iter().skip(1).step_by(2).all(|&cluster| cluster == nearest[1] && cluster != nearest[0]));
    }
}
