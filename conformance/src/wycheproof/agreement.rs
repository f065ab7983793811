//! Key agreement: a point that is none must not be multiplied with.

use super::file::File;
use super::{judge_output, sets};
use crate::{Ctx, Result};
use psa::{Attributes, Curve, Error, Key, KeyAgreement, Usage};

sets! {
    "ECDH P-256": "ecdh_secp256r1_ecpoint", "long-ecdh",
        |ctx, file| agree(ctx, file, Curve::P256), "ECDH";
    "ECDH P-384": "ecdh_secp384r1_ecpoint", "long-ecdh",
        |ctx, file| agree(ctx, file, Curve::P384), "ECDH", "P-384";
    "ECDH P-521": "ecdh_secp521r1_ecpoint", "long-ecdh-large",
        |ctx, file| agree(ctx, file, Curve::P521), "ECDH", "P-521";
    "X25519": "x25519", "long-xdh",
        |ctx, file| agree(ctx, file, Curve::X25519), "ECDH", "X25519";
    "X448": "x448", "long-xdh",
        |ctx, file| agree(ctx, file, Curve::X448), "ECDH", "X448";
}

fn agree(ctx: &mut Ctx, file: File, curve: Curve) -> Result<()> {
    let attributes = Attributes::ecc_key_pair(curve)
        .usage(Usage::DERIVE)
        .algorithm(KeyAgreement::Ecdh.into());
    file.run(ctx, |memory, [], vector| {
        let [public, private, shared] = vector.fields;
        let key = Key::import(attributes, private)?;
        let agreed = key.raw_key_agreement_into(KeyAgreement::Ecdh, public, memory);
        let agreed = agreed.as_deref().map_err(|error| *error);
        judge_output(vector, agreed, shared, &[Error::InvalidArgument])
    })
}
