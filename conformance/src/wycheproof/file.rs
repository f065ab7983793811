//! Files of vectors in the form that `data/README.md` describes.

use crate::Ctx;
use crate::check::{Failure, Result, holds};

/// What must come of a vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// It is right.
    Valid,
    /// Both to accept it and to refuse it is right.
    Acceptable,
    /// It must be refused.
    Invalid,
}

/// A file, or its first part.
#[derive(Clone, Copy)]
pub struct File(&'static [u8]);

/// One vector.
pub struct Vector<'a, const F: usize> {
    /// What must come of it.
    pub expected: Expected,
    /// Its fields, as `data/README.md` lists them.
    pub fields: [&'a [u8]; F],
    flags: Flags<'a>,
}

impl<const F: usize> Vector<'_, F> {
    /// Whether it is of this class.
    pub fn is(&self, flag: &str) -> bool {
        self.flags.contains(flag)
    }
}

/// Where the first part of a file ends.
pub const fn end_of_core(file: &[u8]) -> usize {
    match file {
        [a, b, c, d, ..] => u32::from_le_bytes([*a, *b, *c, *d]) as usize,
        _ => 0,
    }
}

impl File {
    /// These bytes of a file.
    pub const fn new(bytes: &'static [u8]) -> Self {
        Self(bytes)
    }

    /// Checks each vector: with the parameters of its group.
    pub fn run<const P: usize, const F: usize>(
        self,
        ctx: &mut Ctx,
        check: impl FnMut(&mut [u8], [&[u8]; P], &Vector<F>) -> Result<()>,
    ) -> Result<()> {
        self.run_some(ctx, |_| true, check)
    }

    /// Checks each vector that is wanted; there must be one at least.
    pub fn run_some<const P: usize, const F: usize>(
        self,
        ctx: &mut Ctx,
        wanted: impl Fn(&Vector<F>) -> bool,
        mut check: impl FnMut(&mut [u8], [&[u8]; P], &Vector<F>) -> Result<()>,
    ) -> Result<()> {
        let mut reader = Reader {
            file: self.0,
            at: 4,
        };
        let flags = reader.flags()?;
        while reader.at < self.0.len() {
            let count = reader.number()?;
            let parameters = reader.fields()?;
            for _ in 0..count {
                let (id, vector) = reader.vector(flags)?;
                if wanted(&vector) {
                    check(ctx.text, parameters, &vector).map_err(|why| why.of_vector(id))?;
                    ctx.vectors += 1;
                }
            }
        }
        holds(ctx.vectors > 0)
    }
}

/// The classes of one vector.
#[derive(Clone, Copy)]
struct Flags<'a> {
    names: Reader<'a>,
    count: u32,
    set: u32,
}

impl Flags<'_> {
    fn contains(self, flag: &str) -> bool {
        let mut names = self.names;
        (0..self.count.min(u32::BITS)).any(|bit| {
            let name = names.field();
            self.set >> bit & 1 == 1 && name.is_ok_and(|name| name == flag.as_bytes())
        })
    }
}

#[derive(Clone, Copy)]
struct Reader<'a> {
    file: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn flags(&mut self) -> Result<Flags<'a>> {
        let count = self.number()?;
        let names = *self;
        for _ in 0..count {
            self.field()?;
        }
        Ok(Flags {
            names,
            count,
            set: 0,
        })
    }

    fn vector<const F: usize>(&mut self, flags: Flags<'a>) -> Result<(u32, Vector<'a, F>)> {
        let id = self.number()?;
        let set = self.number()?;
        let expected = match set & 3 {
            0 => Expected::Valid,
            1 => Expected::Acceptable,
            2 => Expected::Invalid,
            _ => return Err(Failure::damaged()),
        };
        let flags = Flags {
            set: set >> 2,
            ..flags
        };
        let fields = self.fields()?;
        let vector = Vector {
            expected,
            fields,
            flags,
        };
        Ok((id, vector))
    }

    fn fields<const N: usize>(&mut self) -> Result<[&'a [u8]; N]> {
        let mut fields: [&[u8]; N] = [&[]; N];
        for field in &mut fields {
            *field = self.field()?;
        }
        Ok(fields)
    }

    fn field(&mut self) -> Result<&'a [u8]> {
        let here = self.at;
        let code = self.number()? as usize;
        if code & 1 == 0 {
            return self.bytes(code >> 1);
        }
        // Only ever backwards, and to bytes that stand there themselves: it ends.
        let mut earlier = Self {
            file: self.file,
            at: code >> 1,
        };
        let code = earlier.number()? as usize;
        if earlier.at > here || code & 1 == 1 {
            return Err(Failure::damaged());
        }
        earlier.bytes(code >> 1)
    }

    fn bytes(&mut self, len: usize) -> Result<&'a [u8]> {
        let rest = self.file.get(self.at..).unwrap_or_default();
        let bytes = rest.get(..len).ok_or_else(Failure::damaged)?;
        self.at += len;
        Ok(bytes)
    }

    fn number(&mut self) -> Result<u32> {
        let mut number = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = *self.file.get(self.at).ok_or_else(Failure::damaged)?;
            self.at += 1;
            number |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Failure::damaged())
    }
}

/// A field that holds a number of at most four bytes.
pub fn number(field: &[u8]) -> Result<u32> {
    holds(field.len() <= 4)?;
    Ok(field
        .iter()
        .fold(0, |sum, byte| sum << 8 | u32::from(*byte)))
}

/// A file of `data/wycheproof`: all of it, or on a device its first part unless the feature is on.
macro_rules! file {
    ($name:literal, $feature:literal) => {{
        const WHOLE: &[u8] = include_bytes!(concat!("../../data/wycheproof/", $name, ".bin"));
        const LEN: usize = if cfg!(any(not(target_os = "none"), feature = $feature)) {
            WHOLE.len()
        } else {
            $crate::wycheproof::file::end_of_core(WHOLE)
        };
        // A copy, so that the rest does not come into the image.
        static KEPT: [u8; LEN] = *WHOLE.first_chunk().unwrap();
        $crate::wycheproof::file::File::new(&KEPT)
    }};
}
pub(super) use file;

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::sync::LazyLock;
    use std::vec::Vec;

    /// The example of the converter's own test.
    const EXAMPLE: &[u8] = &[
        23, 0, 0, 0, // end of the first part
        1, 6, b'K', b't', b'v', // flags
        2, 2, 16, // group
        1, 4, 8, b'a', b'b', b'c', b'd', // valid
        200, 1, 6, 29, // invalid, and the same field
    ];

    fn read(bytes: &'static [u8]) -> Result<Vec<(Expected, bool, Vec<u8>)>> {
        let mut found = Vec::new();
        File::new(bytes).run(
            &mut Ctx::new(&mut []),
            |_, [parameter], vector: &Vector<1>| {
                assert_eq!(parameter, [16]);
                assert!(!vector.is("Kt"));
                found.push((vector.expected, vector.is("Ktv"), vector.fields[0].to_vec()));
                Ok(())
            },
        )?;
        Ok(found)
    }

    #[test]
    fn reads_what_the_converter_writes() {
        assert_eq!(end_of_core(EXAMPLE), EXAMPLE.len());
        let field = b"abcd".to_vec();
        let expected = [
            (Expected::Valid, true, field.clone()),
            (Expected::Invalid, true, field),
        ];
        assert_eq!(read(EXAMPLE).unwrap(), expected);
    }

    #[test]
    fn a_damaged_file_is_an_error_and_no_panic() {
        for end in 0..EXAMPLE.len() {
            assert!(read(&EXAMPLE[..end]).is_err(), "{end}");
        }
        static DAMAGED: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
            let places = 4..EXAMPLE.len();
            let values = places.flat_map(|at| [0, 1, 3, 0x7f, 0xff].map(|value| (at, value)));
            let damaged = values.map(|(at, value)| {
                let mut file = EXAMPLE.to_vec();
                file[at] = value;
                file
            });
            damaged.collect()
        });
        for file in &*DAMAGED {
            let _ = File::new(file).run(&mut Ctx::new(&mut []), |_, [_], _: &Vector<1>| Ok(()));
        }
    }

    #[test]
    fn a_failure_names_its_vector() {
        let run = File::new(EXAMPLE).run(&mut Ctx::new(&mut []), |_, [_], vector: &Vector<1>| {
            holds(vector.expected == Expected::Valid)
        });
        let text = std::format!("{}", run.unwrap_err());
        assert!(text.contains("vector 200: "), "{text}");
    }
}
