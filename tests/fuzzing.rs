//! The fuzz targets over every seed, whole and torn: what `cargo xtask fuzz` begins with, at the length of a test.
#![cfg(feature = "cli")]

mod promises;
#[path = "../fuzz/targets.rs"]
mod targets;

use std::path::Path;

/// The files of a target, in order.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let mut files: Vec<_> = folder.read_dir().expect("a target has seeds").map(|file| file.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| std::fs::read(file).expect("a seed is a file")).collect()
}

/// The same numbers on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }
}

#[test]
fn every_target_takes_its_seeds_whole_torn_and_crossed() {
    for (target, run) in targets::TARGETS {
        let seeds = seeds(target);
        assert!(!seeds.is_empty(), "{target} has no seeds");
        let mut random = Random(1);
        for seed in &seeds {
            println!("{target}: {:?}", String::from_utf8_lossy(seed));
            run(seed);
            run(&seed[..seed.len() / 2]);
        }
        for _ in 0..400 {
            let [one, other] = [0, 1].map(|_| &seeds[random.below(seeds.len())]);
            let mut bytes = one[..random.below(one.len() + 1)].to_vec();
            bytes.extend(&other[random.below(other.len() + 1)..]);
            for _ in 0..random.below(4) {
                let at = random.below(bytes.len());
                match (random.below(4), bytes.is_empty()) {
                    (0, false) => bytes[at] ^= 1 << random.below(8),
                    (1, false) => drop(bytes.remove(at)),
                    (2, false) => bytes.insert(at, bytes[at]),
                    _ => bytes.push(random.below(256) as u8),
                }
            }
            run(&bytes);
        }
    }
}
