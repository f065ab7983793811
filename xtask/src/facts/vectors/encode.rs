//! The compact form: what a small device can read where it lies.
use std::collections::{BTreeSet, HashMap};

use super::read::{Expected, Group, Vector};

/// Where the end of the first part is written.
const END_OF_CORE: usize = 4;

/// The file: first the part with each result and flag, which is all that a device need run, then the rest.
pub fn encode(groups: &[Group]) -> Vec<u8> {
    let flags: Vec<&str> = groups
        .iter()
        .flat_map(|group| &group.vectors)
        .flat_map(|vector| vector.flags.iter().map(String::as_str))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let (core, rest) = divide(groups);

    let mut writer = Writer {
        bytes: vec![0; END_OF_CORE],
        known: HashMap::new(),
        flags: &flags,
    };
    writer.number(flags.len());
    for flag in &flags {
        writer.field(flag.as_bytes());
    }
    writer.parts(&core);
    let end = u32::try_from(writer.bytes.len()).expect("a file of less than 4 GiB");
    writer.bytes[..END_OF_CORE].copy_from_slice(&end.to_le_bytes());
    writer.parts(&rest);
    writer.bytes
}

/// Some vectors of a group.
struct Part<'a> {
    parameters: &'a [Vec<u8>],
    vectors: Vec<&'a Vector>,
}

/// The vectors that are the first of their result, flag and class, and all others.
fn divide(groups: &[Group]) -> (Vec<Part<'_>>, Vec<Part<'_>>) {
    let mut seen: BTreeSet<(Expected, &str, &[usize])> = BTreeSet::new();
    let (mut core, mut rest) = (Vec::new(), Vec::new());
    for group in groups {
        let (first, other) = group.vectors.iter().partition(|vector| {
            let mut see = |flag| seen.insert((vector.expected, flag, &vector.class));
            let mut new = vector.flags.is_empty() && see("");
            for flag in &vector.flags {
                new |= see(flag);
            }
            new
        });
        let parameters = &group.parameters;
        for (part, vectors) in [(&mut core, first), (&mut rest, other)] {
            part.push(Part {
                parameters,
                vectors,
            });
        }
    }
    let is_filled = |part: &Part| !part.vectors.is_empty();
    core.retain(is_filled);
    rest.retain(is_filled);
    (core, rest)
}

struct Writer<'a> {
    bytes: Vec<u8>,
    /// Where fields stand that were written before.
    known: HashMap<Vec<u8>, usize>,
    flags: &'a [&'a str],
}

impl Writer<'_> {
    fn parts(&mut self, parts: &[Part]) {
        for part in parts {
            self.number(part.vectors.len());
            for parameter in part.parameters {
                self.field(parameter);
            }
            for vector in &part.vectors {
                self.vector(vector);
            }
        }
    }

    fn vector(&mut self, vector: &Vector) {
        let is_set = |flag: &&str| vector.flags.iter().any(|set| set == flag);
        let flags = self.flags.iter().enumerate();
        let set: usize = flags
            .filter(|(_, flag)| is_set(flag))
            .map(|(bit, _)| 1 << bit)
            .sum();
        self.number(vector.id as usize);
        self.number(set << 2 | vector.expected as usize);
        for field in &vector.fields {
            self.field(field);
        }
    }

    /// Twice the length and the bytes; or, if that is shorter, where they stand already, doubled, plus one.
    fn field(&mut self, bytes: &[u8]) {
        if let Some(&position) = self.known.get(bytes).filter(|_| bytes.len() > 3) {
            self.number(position << 1 | 1);
            return;
        }
        self.known.insert(bytes.to_vec(), self.bytes.len());
        self.number(bytes.len() << 1);
        self.bytes.extend_from_slice(bytes);
    }

    /// LEB128: seven bits a byte, the least significant first, and the highest bit says that there are more.
    fn number(&mut self, mut number: usize) {
        while number > 0x7f {
            self.bytes.push(0x80 | number.to_le_bytes()[0]);
            number >>= 7;
        }
        self.bytes.push(number.to_le_bytes()[0]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vector(id: u32, expected: Expected, flags: &[&str], field: &[u8]) -> Vector {
        Vector {
            id,
            expected,
            flags: flags.iter().map(|&flag| flag.to_owned()).collect(),
            class: vec![field.len()],
            fields: vec![field.to_vec()],
        }
    }

    #[test]
    fn the_first_part_has_each_result_with_each_flag_and_class() {
        let vectors = vec![
            vector(1, Expected::Valid, &["A"], b""),
            vector(2, Expected::Valid, &["A"], b""),
            vector(3, Expected::Invalid, &["A"], b""),
            vector(4, Expected::Valid, &["A", "B"], b""),
            vector(5, Expected::Valid, &[], b""),
            vector(6, Expected::Valid, &[], b""),
            vector(7, Expected::Valid, &["B"], b"longer"),
        ];
        let group = Group {
            parameters: Vec::new(),
            vectors,
        };
        let groups = [group];
        let (core, rest) = divide(&groups);
        let ids = |parts: &[Part]| -> Vec<u32> {
            let vectors = parts.iter().flat_map(|part| &part.vectors);
            vectors.map(|vector| vector.id).collect()
        };
        assert_eq!(ids(&core), [1, 3, 4, 5, 7]);
        assert_eq!(ids(&rest), [2, 6]);
    }

    #[test]
    fn a_file_has_the_form_that_is_described() {
        let group = Group {
            parameters: vec![vec![16]],
            vectors: vec![
                vector(1, Expected::Valid, &["Ktv"], b"abcd"),
                vector(200, Expected::Invalid, &["Ktv"], b"abcd"),
            ],
        };
        #[rustfmt::skip]
        let expected = [
            23, 0, 0, 0,
            1, 6, b'K', b't', b'v',
            2, 2, 16,
            1, 4, 8, b'a', b'b', b'c', b'd',
            200, 1, 6, 2 * 14 + 1,
        ];
        assert_eq!(encode(&[group]), expected);
    }
}
