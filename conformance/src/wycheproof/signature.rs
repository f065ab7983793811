//! Verifying signatures: whoever accepts a wrong one has lost.

use super::file::File;
use super::{judge, sets};
use crate::{Ctx, Result};
use psa::{Attributes, Curve, Error, Hash, Key, KeyType, Sign, Usage};

sets! {
    "ECDSA P-256, SHA-256": "ecdsa_secp256r1_sha256_p1363", "long-ecdsa",
        |ctx, file| ecdsa(ctx, file, Curve::P256, Hash::Sha256);
    "ECDSA P-256, SHA-512": "ecdsa_secp256r1_sha512_p1363", "long-ecdsa",
        |ctx, file| ecdsa(ctx, file, Curve::P256, Hash::Sha512), "SHA-512";
    "ECDSA P-384, SHA-384": "ecdsa_secp384r1_sha384_p1363", "long-ecdsa",
        |ctx, file| ecdsa(ctx, file, Curve::P384, Hash::Sha384), "P-384", "SHA-384";
    "ECDSA P-521, SHA-512": "ecdsa_secp521r1_sha512_p1363", "long-ecdsa",
        |ctx, file| ecdsa(ctx, file, Curve::P521, Hash::Sha512), "P-521", "SHA-512";
    "ECDSA P-224, SHA-224": "ecdsa_secp224r1_sha224_p1363", "long-ecdsa",
        |ctx, file| ecdsa(ctx, file, Curve::P224, Hash::Sha224), "P-224", "SHA-224";
    "ECDSA secp256k1, SHA-256": "ecdsa_secp256k1_sha256_p1363", "long-ecdsa",
        |ctx, file| ecdsa(ctx, file, Curve::Secp256k1, Hash::Sha256), "secp256k1";
    "RSA PKCS#1 v1.5, 2048 bits, SHA-256": "rsa_signature_2048_sha256", "long-rsa",
        |ctx, file| rsa(ctx, file, 2048, Sign::RsaPkcs1v15(Hash::Sha256)), "RSA verification";
    "RSA PKCS#1 v1.5, 3072 bits, SHA-256": "rsa_signature_3072_sha256", "long-rsa",
        |ctx, file| rsa(ctx, file, 3072, Sign::RsaPkcs1v15(Hash::Sha256)), "RSA verification", "PKCS#1 v1.5 signatures of 3072 bits";
    "RSA PKCS#1 v1.5, 4096 bits, SHA-512": "rsa_signature_4096_sha512", "long-rsa",
        |ctx, file| rsa(ctx, file, 4096, Sign::RsaPkcs1v15(Hash::Sha512)), "RSA verification", "PKCS#1 v1.5 signatures of 4096 bits", "SHA-512";
    "RSA PSS, 2048 bits, SHA-256": "rsa_pss_2048_sha256_mgf1_32", "long-rsa-pss",
        |ctx, file| rsa(ctx, file, 2048, Sign::RsaPss(Hash::Sha256)), "RSA verification";
    "RSA PSS, 3072 bits, SHA-256": "rsa_pss_3072_sha256_mgf1_32", "long-rsa-pss",
        |ctx, file| rsa(ctx, file, 3072, Sign::RsaPss(Hash::Sha256)), "RSA verification", "PSS signatures of 3072 bits";
    "RSA PSS, 4096 bits, SHA-512": "rsa_pss_4096_sha512_mgf1_64", "long-rsa-pss",
        |ctx, file| rsa(ctx, file, 4096, Sign::RsaPss(Hash::Sha512)), "RSA verification", "PSS signatures of 4096 bits", "SHA-512";
}

fn ecdsa(ctx: &mut Ctx, file: File, curve: Curve, hash: Hash) -> Result<()> {
    let key = Attributes::ecc_public_key(curve);
    verify(
        ctx,
        file,
        key,
        Sign::Ecdsa(hash),
        &[Error::InvalidSignature],
    )
}

/// The specification has one error for every wrong signature; Mbed TLS calls one that is no number below the modulus an
/// invalid argument, and so one of PSS whose first bits are set.
fn rsa(ctx: &mut Ctx, file: File, bits: usize, algorithm: Sign) -> Result<()> {
    let key = Attributes::new(KeyType::RsaPublicKey, bits);
    let errors = [Error::InvalidSignature, Error::InvalidArgument];
    verify(ctx, file, key, algorithm, &errors)
}

fn verify(
    ctx: &mut Ctx,
    file: File,
    attributes: Attributes,
    algorithm: Sign,
    errors: &[Error],
) -> Result<()> {
    let attributes = attributes.usage(Usage::VERIFY).algorithm(algorithm.into());
    file.run(ctx, |_, [public], vector| {
        let key = Key::import(attributes, public)?;
        let [message, signature] = vector.fields;
        let verified = key.verify_message(algorithm, message, signature);
        judge(vector, verified, errors)
    })
}
