//! The crate `p256` of `RustCrypto`.

#[cfg(all(feature = "std", not(target_os = "none")))]
mod comb;

use super::Point;
use crate::public::public;
use crate::{PRIVATE_KEY_SIZE, SHARED_SECRET_SIZE, SIGNATURE_SIZE, wipe};
use p256::elliptic_curve::ff::{Field as _, PrimeField as _};
use p256::elliptic_curve::ops::{Invert as _, LinearCombination as _, Reduce as _};
use p256::elliptic_curve::point::AffineCoordinates as _;
use p256::elliptic_curve::sec1::{FromEncodedPoint as _, ToEncodedPoint as _};
use p256::{AffinePoint, EncodedPoint, FieldBytes, ProjectivePoint, Scalar};
use zeroize::Zeroizing;

/// Words of stack to wipe below the frame of a caller here. A test in tests/firmware/p256/src/stack.rs measures it
/// by painting; the frames of code that is not optimized are larger, and a host has stack enough.
const DEPTH: usize = if cfg!(target_os = "none") { 1024 } else { 4096 };

/// A scalar that the caller has checked; another would be zero. No branch says which.
fn secret_scalar(bytes: &[u8; PRIVATE_KEY_SIZE]) -> Zeroizing<Scalar> {
    let copy = Zeroizing::new(FieldBytes::from(*bytes));
    Zeroizing::new(Scalar::from_repr(*copy).unwrap_or(Scalar::ZERO))
}

/// A scalar that is no secret, or nothing when it is not below the order.
fn scalar(bytes: &[u8]) -> Option<Scalar> {
    let bytes: [u8; 32] = bytes.try_into().ok()?;
    Scalar::from_repr(bytes.into()).into()
}

/// A hash as a number: the first 32 bytes of it, at most.
fn number(hash: &[u8]) -> Scalar {
    let hash = hash.get(..32).unwrap_or(hash);
    let mut bytes = FieldBytes::default();
    bytes[32 - hash.len()..].copy_from_slice(hash);
    Scalar::reduce_bytes(&bytes)
}

fn affine(point: &Point) -> Option<AffinePoint> {
    let encoded = EncodedPoint::from_bytes(point).ok()?;
    Option::from(AffinePoint::from_encoded_point(&encoded))
}

/// A multiple of the generator.
fn multiple(scalar: &Scalar) -> AffinePoint {
    #[cfg(all(feature = "std", not(target_os = "none")))]
    return comb::multiple(scalar).to_affine();
    #[cfg(any(not(feature = "std"), target_os = "none"))]
    (ProjectivePoint::GENERATOR * scalar).to_affine()
}

pub(super) fn is_on_curve(point: &Point) -> bool {
    affine(point).is_some()
}

pub(super) fn public_key(private: &[u8; PRIVATE_KEY_SIZE]) -> Option<Point> {
    #[inline(never)]
    fn compute(private: &[u8; PRIVATE_KEY_SIZE]) -> Option<Point> {
        // A public key is no secret.
        let point = public(multiple(&secret_scalar(private)));
        point.to_encoded_point(false).as_bytes().try_into().ok()
    }
    let point = compute(private);
    wipe::stack::<DEPTH>();
    point
}

pub(super) fn sign(
    private: &[u8; PRIVATE_KEY_SIZE],
    hash: &[u8],
    nonce: &[u8; PRIVATE_KEY_SIZE],
) -> Option<[u8; SIGNATURE_SIZE]> {
    #[inline(never)]
    fn compute(
        private: &[u8; PRIVATE_KEY_SIZE],
        hash: &[u8],
        nonce: &[u8; PRIVATE_KEY_SIZE],
    ) -> Option<[u8; SIGNATURE_SIZE]> {
        let (private, nonce) = (secret_scalar(private), secret_scalar(nonce));
        let r = Scalar::reduce_bytes(&multiple(&nonce).x());
        // Zero has no inverse; then s is zero, which is refused.
        let inverse = Zeroizing::new(nonce.invert().unwrap_or(Scalar::ZERO));
        let s = *inverse * *Zeroizing::new(number(hash) + *Zeroizing::new(r * *private));
        // A signature is no secret.
        let (r, s) = public((r, s));
        let mut signature = [0; SIGNATURE_SIZE];
        signature[..32].copy_from_slice(&r.to_repr());
        signature[32..].copy_from_slice(&s.to_repr());
        (!bool::from(r.is_zero() | s.is_zero())).then_some(signature)
    }
    let signature = compute(private, hash, nonce);
    wipe::stack::<DEPTH>();
    signature
}

pub(super) fn verify(point: &Point, hash: &[u8], signature: &[u8; SIGNATURE_SIZE]) -> bool {
    let (r, s) = signature.split_at(32);
    let (Some(point), Some(r), Some(s)) = (affine(point), scalar(r), scalar(s)) else {
        return false;
    };
    if bool::from(r.is_zero()) {
        return false;
    }
    let Some(inverse) = Option::<Scalar>::from(s.invert_vartime()) else {
        return false;
    };
    let sum = ProjectivePoint::lincomb(
        &ProjectivePoint::GENERATOR,
        &(number(hash) * inverse),
        &point.into(),
        &(r * inverse),
    );
    // Infinity has the coordinate 0, which no valid r is.
    Scalar::reduce_bytes(&sum.to_affine().x()) == r
}

pub(super) fn agree(
    private: &[u8; PRIVATE_KEY_SIZE],
    point: &Point,
    shared: &mut [u8; SHARED_SECRET_SIZE],
) -> bool {
    #[inline(never)]
    fn compute(
        private: &[u8; PRIVATE_KEY_SIZE],
        point: &Point,
        shared: &mut [u8; SHARED_SECRET_SIZE],
    ) -> Option<()> {
        let (private, point) = (secret_scalar(private), affine(point)?);
        let product = (ProjectivePoint::from(point) * *private).to_affine();
        shared.copy_from_slice(&Zeroizing::new(product.x()));
        Some(())
    }
    let valid = compute(private, point, shared).is_some();
    wipe::stack::<DEPTH>();
    valid
}
