//! Multiples of the generator from a table: one addition for each four bits of the scalar, no doublings.

use p256::elliptic_curve::ff::PrimeField as _;
use p256::elliptic_curve::ops::MulByGenerator as _;
use p256::{ProjectivePoint, Scalar};
use std::sync::OnceLock;
use std::vec::Vec;
use subtle::{ConditionallySelectable as _, ConstantTimeEq as _};
use zeroize::Zeroizing;

/// Digits of a scalar, of four bits each.
const DIGITS: usize = 64;
/// Values of a digit.
const VALUES: usize = 16;

/// For each digit, the lowest first, what each of its values adds.
fn table() -> &'static [[ProjectivePoint; VALUES]] {
    static TABLE: OnceLock<Vec<[ProjectivePoint; VALUES]>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut unit = ProjectivePoint::mul_by_generator(&Scalar::ONE);
        let digits = (0..DIGITS).map(|_| {
            let mut values = [ProjectivePoint::IDENTITY; VALUES];
            for value in 1..VALUES {
                values[value] = values[value - 1] + unit;
            }
            unit += values[VALUES - 1];
            values
        });
        digits.collect()
    })
}

/// A multiple of the generator. Each value of a digit is read, and the right one kept: no address depends on the scalar.
pub(super) fn multiple(scalar: &Scalar) -> ProjectivePoint {
    let bytes = Zeroizing::new(scalar.to_repr());
    let digits = bytes.iter().rev().flat_map(|byte| [byte & 0xf, byte >> 4]);
    let mut sum = Zeroizing::new(ProjectivePoint::IDENTITY);
    for (digit, values) in digits.zip(table()) {
        let mut chosen = Zeroizing::new(ProjectivePoint::IDENTITY);
        for (value, point) in (0..).zip(values) {
            chosen.conditional_assign(point, digit.ct_eq(&value));
        }
        *sum += &*chosen;
    }
    *sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_gives_what_a_multiplication_gives() {
        let mut scalar = Scalar::ONE;
        for _ in 0..64 {
            assert_eq!(multiple(&scalar), ProjectivePoint::GENERATOR * scalar);
            scalar = scalar.square() + Scalar::from(7_u64);
        }
        assert_eq!(multiple(&Scalar::ZERO), ProjectivePoint::IDENTITY);
        assert_eq!(multiple(&-Scalar::ONE), -ProjectivePoint::GENERATOR);
    }
}
