//! Whose certificate is it?

use crate::check::refused;
use crate::vectors::{EcdsaCurve, on_each_curve};
use crate::{Ctx, Result};
use psa::{Attributes, Error, Key};

on_each_curve! {
    without hash;
    "knows its own certificate from another's": knows_its_certificate;
}

fn knows_its_certificate(ctx: &mut Ctx, vectors: &EcdsaCurve) -> Result<()> {
    let attributes = Attributes::ecc_key_pair(vectors.curve);
    let key = Key::import(attributes, vectors.private)?;
    key.matches_certificate(vectors.certificate)?;
    refused(
        Key::generate(attributes)?.matches_certificate(vectors.certificate),
        &[Error::DifferentKey],
    )?;
    let damaged = &mut ctx.text[..vectors.certificate.len()];
    damaged.copy_from_slice(vectors.certificate.as_bytes());
    damaged[vectors.certificate.len() / 2] = b'!';
    refused(key.matches_certificate(&*damaged), &[Error::Pem])
}
