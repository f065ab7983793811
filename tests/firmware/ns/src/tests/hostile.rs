//! Addresses that the caller has no right to: refused, and the image goes on.

use crate::client::call;
use core::ptr;
use psa::{Error, Hash};
use psa_conformance::check::{holds, refused, same};
use psa_conformance::{Ctx, Result, Test, hex};
use tfm_sys::{call_type, handle};

pub const TESTS: &[Test] = &[
    Test::new(
        "hostile: an input that the caller may not read",
        hostile_inputs,
    ),
    Test::new(
        "hostile: an output that the caller may not write",
        hostile_outputs,
    ),
    Test::new(
        "hostile: vectors that the caller may not read",
        hostile_arrays,
    ),
    Test::new(
        "hostile: too many vectors, wrong types, wrong handles",
        malformed_calls,
    ),
    Test::new("hostile: a descriptor of another length", wrong_descriptors),
    Test::new("hostile: the image goes on", goes_on),
];

/// AN521: secure code, secure RAM, a secure device, and our own RAM.
const SECURE_CODE: usize = 0x1000_0000;
const SECURE_RAM: usize = 0x3800_0000;
const SECURE_DEVICE: usize = 0x5000_0000;
const OUR_RAM: usize = 0x2810_0000;
const OUR_RAM_END: usize = 0x2820_0000;

/// Address and length.
const NOT_OURS: [(usize, usize); 8] = [
    (0, 4),
    (SECURE_CODE, 16),
    (SECURE_RAM, 16),
    (SECURE_DEVICE, 4),
    // Beginning in ours, ending beyond.
    (OUR_RAM_END - 8, 16),
    // So long that the end is before the beginning.
    (OUR_RAM, usize::MAX),
    (OUR_RAM_END - 4, usize::MAX - 8),
    (usize::MAX - 3, 16),
];

/// As the secure side reads it.
#[repr(C)]
struct Vector {
    base: usize,
    len: usize,
}

impl Vector {
    fn of<T: ?Sized>(value: &T) -> Self {
        Self {
            base: ptr::from_ref(value).expose_provenance(),
            len: size_of_val(value),
        }
    }

    fn of_mut<T: ?Sized>(value: &mut T) -> Self {
        Self {
            base: ptr::from_mut(value).expose_provenance(),
            len: size_of_val(value),
        }
    }
}

/// Address and count.
type Array = (usize, usize);
const NONE: Array = (0, 0);

fn inputs(vectors: &[Vector]) -> Array {
    (vectors.as_ptr().expose_provenance(), vectors.len())
}

/// The secure side writes the lengths back.
fn outputs(vectors: &mut [Vector]) -> Array {
    (vectors.as_mut_ptr().expose_provenance(), vectors.len())
}

const MALFORMED: [Error; 1] = [Error::ProgrammerError];

/// 56 bytes that ask for `hash_compute` of SHA-256, or for random numbers.
fn descriptor(function: u16) -> [u32; 14] {
    let mut words = [0; 14];
    words[1] = tfm_sys::PSA_ALG_SHA_256;
    words[10] = u32::from(function);
    words
}

const GENERATE_RANDOM: u16 = 0x100;
const HASH_COMPUTE: u16 = 0x300;

fn hostile_inputs(_: &mut Ctx) -> Result<()> {
    let (pack, mut hash) = (descriptor(HASH_COMPUTE), [0u8; 32]);
    for (base, len) in NOT_OURS {
        let ins = [Vector::of(&pack), Vector { base, len }];
        let mut outs = [Vector::of_mut(&mut hash)];
        refused(
            call(handle::CRYPTO, 0, inputs(&ins), outputs(&mut outs)),
            &MALFORMED,
        )?;
        // Where the service looks first.
        let ins = [Vector { base, len }];
        refused(
            call(handle::CRYPTO, 0, inputs(&ins), outputs(&mut outs)),
            &MALFORMED,
        )?;
    }
    same(&hash, &[0; 32])
}

fn hostile_outputs(_: &mut Ctx) -> Result<()> {
    let pack = descriptor(GENERATE_RANDOM);
    let ins = [Vector::of(&pack)];
    for (base, len) in NOT_OURS {
        let mut outs = [Vector { base, len }];
        refused(
            call(handle::CRYPTO, 0, inputs(&ins), outputs(&mut outs)),
            &MALFORMED,
        )?;
    }
    Ok(())
}

fn hostile_arrays(_: &mut Ctx) -> Result<()> {
    let pack = descriptor(GENERATE_RANDOM);
    let ins = [Vector::of(&pack)];
    for address in [0, SECURE_CODE, SECURE_RAM, OUR_RAM_END - 4, usize::MAX - 3] {
        refused(call(handle::CRYPTO, 0, (address, 1), NONE), &MALFORMED)?;
        refused(
            call(handle::CRYPTO, 0, inputs(&ins), (address, 1)),
            &MALFORMED,
        )?;
    }
    Ok(())
}

fn malformed_calls(_: &mut Ctx) -> Result<()> {
    const ITS: i32 = handle::INTERNAL_TRUSTED_STORAGE;
    let pack = descriptor(GENERATE_RANDOM);
    let one = [Vector::of(&pack)];
    let one = inputs(&one);
    for (ins, outs) in [(5, 0), (4, 1), (1, 4), (usize::MAX, 6)] {
        refused(
            call(handle::CRYPTO, 0, (one.0, ins), (one.0, outs)),
            &MALFORMED,
        )?;
    }
    for wrong_type in [-1, 0x8000] {
        refused(call(handle::CRYPTO, wrong_type, one, NONE), &MALFORMED)?;
    }
    for nobody in [0, 1, 0x4000_01ff, 0x4000_0f00, -1] {
        refused(call(nobody, 0, one, NONE), &MALFORMED)?;
    }
    // Which error these are is the service's own business.
    holds(call(ITS, 4711, NONE, NONE).is_err())?;
    holds(call(ITS, call_type::STORAGE_SET, NONE, NONE).is_err())
}

fn wrong_descriptors(_: &mut Ctx) -> Result<()> {
    let (pack, mut output) = (descriptor(GENERATE_RANDOM), [0u8; 4]);
    let mut outs = [Vector::of_mut(&mut output)];
    for words in [0, 1, 13] {
        let short = [Vector::of(&pack[..words])];
        holds(call(handle::CRYPTO, 0, inputs(&short), outputs(&mut outs)).is_err())?;
    }
    let pack = descriptor(0xffff);
    let unknown = [Vector::of(&pack)];
    holds(call(handle::CRYPTO, 0, inputs(&unknown), NONE).is_err())
}

fn goes_on(_: &mut Ctx) -> Result<()> {
    const ABC: [u8; 32] = hex("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD");
    same(Hash::Sha256.compute_into(b"abc", &mut [0; 32])?, &ABC)
}
