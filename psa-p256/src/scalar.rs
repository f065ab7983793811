//! Private keys and nonces: numbers in 1..n, checked without a branch on them.

use crate::public::public;
use crate::{Error, PRIVATE_KEY_SIZE, Result};
use subtle::{Choice, ConstantTimeEq};

/// The order of the curve (NIST SP 800-186, 3.2.1.3), big-endian.
const ORDER: [u8; PRIVATE_KEY_SIZE] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

/// Whether these bytes are a scalar that is not zero.
pub(crate) fn is_valid(scalar: &[u8; PRIVATE_KEY_SIZE]) -> Choice {
    // What a subtraction of the order borrows at its end says whether the number is below it.
    let mut borrow = 0;
    let mut any = 0;
    for (byte, order) in scalar.iter().zip(&ORDER).rev() {
        let difference = u16::from(*byte)
            .wrapping_sub(u16::from(*order))
            .wrapping_sub(borrow);
        borrow = difference >> 15;
        any |= byte;
    }
    borrow.ct_eq(&1) & !any.ct_eq(&0)
}

/// A hash as a number below the order; one subtraction suffices, because the order has 256 bits.
#[cfg(feature = "deterministic")]
pub(crate) fn reduced(hash: &[u8; 32]) -> [u8; PRIVATE_KEY_SIZE] {
    let mut difference = [0; PRIVATE_KEY_SIZE];
    let mut borrow = 0;
    let numbers = hash.iter().zip(&ORDER).zip(&mut difference);
    for ((byte, order), byte_less) in numbers.rev() {
        let less = u16::from(*byte)
            .wrapping_sub(u16::from(*order))
            .wrapping_sub(borrow);
        borrow = less >> 15;
        *byte_less = less.to_be_bytes()[1];
    }
    if borrow == 1 { *hash } else { difference }
}

/// These bytes as a scalar that is not zero. Whether they are one is told to whoever asks, and so is public.
pub(crate) fn check(bytes: &[u8]) -> Result<&[u8; PRIVATE_KEY_SIZE]> {
    bytes
        .try_into()
        .ok()
        .filter(|scalar: &&[u8; PRIVATE_KEY_SIZE]| public(is_valid(scalar).into()))
        .ok_or(Error::InvalidPrivateKey)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_are_those_from_one_to_below_the_order() {
        let mut below = ORDER;
        below[31] -= 1;
        let mut above = ORDER;
        above[31] += 1;
        let mut one = [0; 32];
        one[31] = 1;
        let mut high = [0; 32];
        high[0] = 0xff;
        for valid in [one, below, high, [0x7f; 32]] {
            assert!(bool::from(is_valid(&valid)), "{valid:02x?}");
        }
        let mut carry = ORDER;
        (carry[4], carry[31]) = (1, 0);
        for invalid in [[0; 32], ORDER, above, [0xff; 32], carry] {
            assert!(!bool::from(is_valid(&invalid)), "{invalid:02x?}");
        }
        assert_eq!(check(&[1; 31]), Err(Error::InvalidPrivateKey));
        assert_eq!(check(&[1; 33]), Err(Error::InvalidPrivateKey));
    }

    #[cfg(feature = "deterministic")]
    #[test]
    fn a_hash_is_reduced_by_the_order_at_most_once() {
        let mut one = [0; 32];
        one[31] = 1;
        let mut above = ORDER;
        above[31] += 1;
        let mut below = ORDER;
        below[31] -= 1;
        // 2²⁵⁶ - 1 - n.
        let most = [
            0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
            0x00, 0x00, 0x43, 0x19, 0x05, 0x52, 0x58, 0xe8, 0x61, 0x7b, 0x0c, 0x46, 0x35, 0x3d,
            0x03, 0x9c, 0xda, 0xae,
        ];
        for (hash, number) in [
            ([0; 32], [0; 32]),
            (one, one),
            (below, below),
            (ORDER, [0; 32]),
            (above, one),
            ([0xff; 32], most),
        ] {
            assert_eq!(reduced(&hash), number, "{hash:02x?}");
        }
    }
}
