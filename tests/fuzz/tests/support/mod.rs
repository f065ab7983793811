//! The corpus of a target, and what is done with it.
use std::fs;
use std::path::PathBuf;

/// Each input of a target, with its file.
fn inputs(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "corpus", target]
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

/// The target holds over its corpus, and over what so many damages make of each input.
pub fn holds(name: &str, target: fn(&[u8]), damages: usize) {
    let mut damage = Damage(0x9E37_79B9_7F4A_7C15);
    let inputs = inputs(name);
    assert!(!inputs.is_empty(), "{name} has no corpus");
    for (file, bytes) in inputs {
        println!("{}", file.display());
        target(&bytes);
        let mut damaged = bytes.clone();
        for round in 0..damages {
            if round % 10 == 0 {
                damaged.clone_from(&bytes);
            }
            damage.apply(&mut damaged);
            target(&damaged);
        }
    }
}
