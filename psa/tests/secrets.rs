//! Where a private key has been, nothing of it is left: the test looks at all of its own memory.
//!
//! One test function: it looks at the whole process, in which nothing else must happen.
#![cfg(all(not(feature = "tfm"), target_os = "linux"))]

#[cfg(feature = "p256-driver")]
#[path = "secrets/driver.rs"]
mod driver;
#[cfg(feature = "full")]
#[path = "secrets/operations.rs"]
mod operations;
#[cfg(feature = "full")]
#[path = "secrets/products.rs"]
mod products;

use psa::{Algorithm, Attributes, Curve, Error, Hash, Key, Sign, Usage};
use std::{
    fs::{self, File},
    os::unix::fs::FileExt,
};
use zeroize::{Zeroize, Zeroizing};

/// Patterns are kept masked, so that looking for them does not leave what it looks for.
const MASK: u8 = 0xa5;

struct Pattern {
    name: &'static str,
    masked: Vec<u8>,
}

impl Pattern {
    fn new(name: &'static str, bytes: impl IntoIterator<Item = u8>) -> Self {
        Self {
            name,
            masked: bytes.into_iter().map(|byte| byte ^ MASK).collect(),
        }
    }

    fn is_at_start_of(&self, memory: &[u8]) -> bool {
        memory.len() >= self.masked.len()
            && memory
                .iter()
                .zip(&self.masked)
                .all(|(byte, masked)| byte ^ MASK == *masked)
    }
}

/// Each word of 64 bits, as it stands in a file, and as numbers stand in memory: the lowest byte first.
fn words(names: [&'static str; 2], secret: &[u8; 32]) -> Vec<Pattern> {
    secret
        .chunks_exact(8)
        .flat_map(|word| {
            [
                Pattern::new(names[0], word.iter().copied()),
                Pattern::new(names[1], word.iter().rev().copied()),
            ]
        })
        .collect()
}

/// The names of the patterns that stand somewhere in writable memory: heap, stacks, statics.
fn found(patterns: &[Pattern]) -> Vec<String> {
    let memory = File::open("/proc/self/mem").expect("Linux has it");
    let maps = fs::read_to_string("/proc/self/maps").expect("Linux has it");
    let mut found = Vec::new();
    let mut starts = [false; 256];
    for pattern in patterns {
        starts[usize::from(pattern.masked[0] ^ MASK)] = true;
    }
    for map in maps.lines().filter(|map| map.contains(" rw")) {
        let (range, rest) = map.split_once(' ').expect("a range");
        let (start, end) = range.split_once('-').expect("a start and an end");
        let [start, end] =
            [start, end].map(|address| u64::from_str_radix(address, 16).expect("hexadecimal"));
        let mut bytes = vec![0; usize::try_from(end - start).expect("a length")];
        if memory.read_exact_at(&mut bytes, start).is_err() {
            continue; // Guard pages and the like cannot be read.
        }
        for (place, byte) in bytes
            .iter()
            .enumerate()
            .filter(|(_, byte)| starts[usize::from(**byte)])
        {
            for pattern in patterns
                .iter()
                .filter(|pattern| pattern.masked[0] == *byte ^ MASK)
            {
                if pattern.is_at_start_of(&bytes[place..]) {
                    found.push(format!("{} in {rest}", pattern.name));
                }
            }
        }
        bytes.zeroize();
    }
    found
}

/// The 32 bytes of the key, made when they are needed.
fn scalar() -> Zeroizing<[u8; 32]> {
    let mut scalar = Zeroizing::new([0; 32]);
    let mut state = 0x9e37_79b9_u32;
    for byte in scalar.iter_mut() {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *byte = (state >> 24) as u8;
    }
    scalar
}

#[inline(never)]
fn import(usage: Usage) -> Key {
    let attributes = Attributes::ecc_key_pair(Curve::P256)
        .usage(usage)
        .algorithm(Algorithm::ecdsa(Hash::Sha256));
    Key::import(attributes, &*scalar()).expect("a key")
}

/// Parts of the key in binary, and of its PEM in both forms, without any secret left behind.
fn patterns() -> Vec<Pattern> {
    let mut patterns = words(
        ["word of the scalar", "word of the scalar as a number"],
        &scalar(),
    );
    let key = import(Usage::EXPORT);
    let mut buffer = [0; 512];
    // The scalar stands in the first line of SEC1 and from the first to the second of PKCS#8.
    let sec1 = key.private_key_pem_into(&mut buffer).expect("PEM");
    patterns.push(Pattern::new(
        "SEC1 PEM",
        sec1.lines()
            .nth(1)
            .expect("a line")
            .bytes()
            .skip(16)
            .take(24),
    ));
    drop(sec1);
    let pkcs8 = key.private_key_pkcs8_pem_into(&mut buffer).expect("PEM");
    patterns.push(Pattern::new(
        "PKCS#8 PEM",
        pkcs8.lines().nth(2).expect("a line").bytes().take(20),
    ));
    patterns
}

/// Calls something far down the stack, so that what it leaves there is not overwritten by whoever looks for it.
#[inline(never)]
#[allow(
    clippy::large_stack_arrays,
    reason = "it is there to take up the stack"
)]
fn deep_down(work: impl FnOnce()) {
    let distance = [0_u8; 64 * 1024];
    std::hint::black_box(&distance);
    work();
    std::hint::black_box(&distance);
}

/// Whether the provider still has a key of this number.
fn is_there(id: psa::KeyId) -> bool {
    mbedtls_psa::pk::Pk::opaque(id.to_raw()).is_ok()
}

/// Runs one use of the key, ends the key, and looks.
#[track_caller]
fn leaves_nothing(what: &str, patterns: &[Pattern], usage: Usage, work: impl FnOnce(&Key)) {
    deep_down(|| {
        let key = import(usage);
        work(&key);
        key.destroy().expect("destroyed");
    });
    let found = found(patterns);
    assert!(found.is_empty(), "{what} left {found:?}");
}

#[test]
fn no_use_of_a_key_and_no_error_leaves_a_part_of_it_in_memory() {
    psa::init().unwrap();
    let patterns = patterns();
    let check = |what: &str, usage: Usage, work: &dyn Fn(&Key)| {
        leaves_nothing(what, &patterns, usage, work);
    };
    let all = Usage::EXPORT | Usage::SIGN | Usage::VERIFY;

    // The test can find a key at all: while it lives, the provider has it.
    let key = import(all);
    assert!(!found(&patterns).is_empty(), "the test is blind");
    drop(key);

    // Destroyed or dropped, it is gone from the provider. Nobody else makes keys here: no number is given again meanwhile.
    let (destroyed, dropped) = (import(all), import(all));
    let ids = [destroyed.id(), dropped.id()];
    assert!(ids.map(is_there) == [true; 2]);
    destroyed.destroy().unwrap();
    drop(dropped);
    assert!(ids.map(is_there) == [false; 2]);

    check("importing", all, &|_| {});
    check("exporting", all, &|key| drop(key.export().unwrap()));
    check("exporting into a buffer", all, &|key| {
        let mut buffer = [0; 64];
        drop(key.export_into(&mut buffer).unwrap());
        assert_eq!(buffer, [0; 64]);
    });
    check("PEM", all, &|key| drop(key.private_key_pem().unwrap()));
    check("PKCS#8 PEM", all, &|key| {
        drop(key.private_key_pkcs8_pem().unwrap());
    });
    check("DER", all, &|key| drop(key.private_key_der().unwrap()));
    check("PKCS#8 DER", all, &|key| {
        drop(key.private_key_pkcs8_der().unwrap());
    });
    check("every buffer length", all, &|key| {
        for len in 0..300 {
            let mut buffer = [0; 300];
            for result in [
                key.private_key_pem_into(&mut buffer[..len]).map(drop),
                key.private_key_pkcs8_pem_into(&mut buffer[..len]).map(drop),
                key.private_key_der_into(&mut buffer[..len]).map(drop),
                key.private_key_pkcs8_der_into(&mut buffer[..len]).map(drop),
                key.export_into(&mut buffer[..len]).map(drop),
            ] {
                assert!(matches!(result, Ok(()) | Err(Error::BufferTooSmall)));
            }
            assert_eq!(buffer, [0; 300]);
        }
    });
    check("refusals", Usage::SIGN, &|key| {
        assert!(key.private_key_pem().is_err());
        assert!(key.export().is_err());
    });
    check("signing", all, &|key| {
        let signature = key
            .sign_message(Sign::Ecdsa(Hash::Sha256), b"message")
            .unwrap();
        key.verify_message(Sign::Ecdsa(Hash::Sha256), b"message", &signature)
            .unwrap();
        key.csr("CN=device-0001").unwrap().to_pem().unwrap();
    });
    check("reading PEM", all, &|key| {
        for pem in [
            key.private_key_pem().unwrap(),
            key.private_key_pkcs8_pem().unwrap(),
        ] {
            drop(Key::import_pem(Attributes::from_file(), &*pem).unwrap());
            assert!(Key::import_pem(Attributes::ecc_key_pair(Curve::P384), &*pem).is_err());
            assert!(Key::import_pem(Attributes::from_file(), &pem[..150]).is_err());
        }
        let der = key.private_key_der().unwrap();
        drop(Key::import_der(Attributes::from_file(), &*der).unwrap());
        assert!(Key::import_der(Attributes::from_file(), &der[..60]).is_err());
    });
    // Without a backtrace, for which tens of megabytes are read, which every later look would go through.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    check("a panic in between", all, &|key| {
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _pem = key.private_key_pem().unwrap();
            panic!("while a key's PEM is in use");
        }));
        assert!(caught.is_err());
    });
    std::panic::set_hook(hook);

    #[cfg(feature = "p256-driver")]
    driver::leaves_nothing();
    #[cfg(feature = "full")]
    {
        operations::leave_nothing();
        products::leave_nothing();
    }

    // And it would see a copy that a function leaves on its stack, and of a number no more than a word.
    for leave in [leave_a_copy, leave_a_word_of_a_number] {
        deep_down(leave);
        assert!(
            !found(&patterns).is_empty(),
            "the test is blind on the stack"
        );
        deep_down(overwrite);
        assert!(found(&patterns).is_empty(), "it was overwritten");
    }
}

#[inline(never)]
fn leave_a_copy() {
    let copy = *scalar();
    std::hint::black_box(&copy);
}

#[inline(never)]
fn leave_a_word_of_a_number() {
    let scalar = scalar();
    let mut word = [0; 8];
    for (byte, of_scalar) in word.iter_mut().zip(scalar.iter().rev()) {
        *byte = *of_scalar;
    }
    std::hint::black_box(&word);
}

#[inline(never)]
fn overwrite() {
    std::hint::black_box([0_u8; 16 * 1024]);
}
