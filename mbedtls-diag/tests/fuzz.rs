//! The fuzz targets over their corpus, and over what a few thousand damages make of it.

use std::fs;
use std::path::PathBuf;

#[path = "fuzz/targets.rs"]
mod targets;

use targets::TARGETS;

/// Each input of a target, with its file.
fn corpus(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests/fuzz/corpus", target]
        .iter()
        .collect();
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let read = |file: PathBuf| {
        let bytes = fs::read(&file).unwrap();
        (file, bytes)
    };
    files.into_iter().map(read).collect()
}

/// A sequence that looks random and is always the same: xorshift.
struct Damage(u64);

impl Damage {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below.max(1) as u64).unwrap()
    }

    /// Takes a piece out, doubles one, or replaces a byte.
    fn apply(&mut self, bytes: &mut Vec<u8>) {
        let from = self.next(bytes.len());
        let to = (from + self.next(24)).min(bytes.len());
        match self.next(3) {
            0 => drop(bytes.drain(from..to)),
            1 => bytes.extend_from_within(from..to),
            _ => {
                let byte = u8::try_from(self.next(256)).unwrap();
                if let Some(place) = bytes.get_mut(from) {
                    *place = byte;
                }
            }
        }
    }
}

#[test]
fn every_target_has_a_corpus_and_holds_over_it() {
    for (name, target) in TARGETS {
        let corpus = corpus(name);
        assert!(corpus.len() >= 3, "{name}");
        for (file, bytes) in corpus {
            println!("{}", file.display());
            target(&bytes);
        }
    }
}

#[test]
fn every_target_holds_over_a_damaged_corpus() {
    let mut damage = Damage(0x9E37_79B9_7F4A_7C15);
    for (name, target) in TARGETS {
        // The readers of a configuration take their time without optimisation.
        let rounds = if name == "config" { 6 } else { 60 };
        for (_, bytes) in corpus(name) {
            let mut damaged = bytes.clone();
            for round in 0..rounds {
                if round % 10 == 0 {
                    damaged.clone_from(&bytes);
                }
                damage.apply(&mut damaged);
                target(&damaged);
            }
        }
    }
}
