//! Leaks on purpose, each of which must be reported: without them nobody knows that the marks work.

use crate::{Case, secret};
use psa::{Attributes, Curve, Key, Usage};
use std::hint::black_box;

pub const CASES: &[Case] = &[
    Case {
        name: "a branch on a bit of a secret",
        run: || {
            let secret = secret(&[1; 32]);
            if black_box(&secret)[0] & 1 == 1 {
                black_box(());
            }
        },
    },
    Case {
        name: "a table that a secret is the place in",
        run: || {
            let secret = secret(&[1; 32]);
            let table = black_box([7_u8; 256]);
            black_box(table[usize::from(black_box(&secret)[0])]);
        },
    },
    Case {
        name: "a comparison that ends at the first difference",
        run: || {
            let (one, other) = (secret(&[1; 32]), [2; 32]);
            let mut pairs = one.iter().zip(&other);
            black_box(pairs.position(|(one, other)| one != black_box(other)));
        },
    },
    Case {
        name: "a square and multiply",
        run: || {
            let scalar = secret(&[1; 32]);
            let mut power = 1_u32;
            for bit in (0..256).rev() {
                power = power.wrapping_mul(power);
                if scalar[bit / 8] >> (bit % 8) & 1 == 1 {
                    power = black_box(power.wrapping_mul(3));
                }
            }
            black_box(power);
        },
    },
    Case {
        name: "a comparison of an exported key",
        run: || {
            let attributes = Attributes::ecc_key_pair(Curve::P256).usage(Usage::EXPORT);
            let key = Key::import(attributes, &secret(&[1; 32])).expect("a key");
            let exported = key.export().expect("exportable");
            black_box(exported.iter().position(|byte| *byte != black_box(2)));
        },
    },
];
