//! Requests for certificates (PKCS#10, RFC 2986).

use crate::check::{holds, refused, same};
use crate::vectors::{EcdsaCurve, on_each_curve};
use crate::{Ctx, Result};
use psa::{AltName, Attributes, Error, ExtendedKeyUsage, Key, KeyUsage, Sign, Usage};

on_each_curve! {
    "signs a request that verifies": signs_a_request;
    "signs a request with extensions that verifies": signs_a_request_with_extensions;
    "signs a request with SIGN_MESSAGE alone": signs_with_sign_message_alone;
    "without SIGN there is no request": refuses_without_sign;
}

const SUBJECT: &str = "CN=device-0001,O=Example";

fn key(vectors: &EcdsaCurve, usage: Usage) -> psa::Result<Key> {
    Key::generate(
        Attributes::ecc_key_pair(vectors.curve)
            .usage(usage)
            .algorithm(Sign::Ecdsa(vectors.hash).into()),
    )
}

fn signs_a_request(ctx: &mut Ctx, vectors: &EcdsaCurve) -> Result<()> {
    let key = key(vectors, Usage::SIGN | Usage::VERIFY)?;
    let pem = key.csr(SUBJECT)?.pem_into(ctx.text)?;
    holds(pem.starts_with("-----BEGIN CERTIFICATE REQUEST-----\n"))?;
    verify(&key, vectors, key.csr(SUBJECT)?.der_into(ctx.text)?)
}

fn signs_a_request_with_extensions(ctx: &mut Ctx, vectors: &EcdsaCurve) -> Result<()> {
    let key = key(vectors, Usage::SIGN | Usage::VERIFY)?;
    let names = [
        AltName::Dns("device-0001.example.org"),
        AltName::Ip([192, 0, 2, 1].into()),
    ];
    let request = key
        .csr(SUBJECT)?
        .alt_names(&names)
        .key_usage(KeyUsage::DIGITAL_SIGNATURE)
        .extended_key_usage(&[ExtendedKeyUsage::ClientAuth])
        .certificate_authority(false);
    let der = request.der_into(ctx.text)?;
    holds(contains(der, b"device-0001.example.org"))?;
    verify(&key, vectors, der)
}

fn signs_with_sign_message_alone(ctx: &mut Ctx, vectors: &EcdsaCurve) -> Result<()> {
    let key = key(vectors, Usage::SIGN_MESSAGE | Usage::VERIFY_MESSAGE)?;
    verify(&key, vectors, key.csr(SUBJECT)?.der_into(ctx.text)?)
}

fn refuses_without_sign(ctx: &mut Ctx, vectors: &EcdsaCurve) -> Result<()> {
    // Without the hash there would be no request anyhow.
    vectors.hash.compute_into(&[], &mut [0; 64])?;
    let key = key(vectors, Usage::VERIFY | Usage::EXPORT)?;
    refused(key.csr(SUBJECT)?.der_into(ctx.text), &[Error::NotPermitted])
}

/// The request names subject and key, and the key signed it.
fn verify(key: &Key, vectors: &EcdsaCurve, request: &[u8]) -> Result<()> {
    const SEQUENCE: u8 = 0x30;
    const BIT_STRING: u8 = 3;
    let mut point = [0; 133];
    holds(contains(request, b"device-0001"))?;
    holds(contains(request, key.export_public_into(&mut point)?))?;

    let mut whole = Der(request);
    let mut parts = Der(whole.value(SEQUENCE)?);
    same(&whole.0.len(), &0)?;
    let before = parts.0;
    parts.value(SEQUENCE)?;
    let info = &before[..before.len() - parts.0.len()];
    parts.value(SEQUENCE)?;
    let bits = parts.value(BIT_STRING)?;
    same(&parts.0.len(), &0)?;
    same(&bits[0], &0)?;

    let mut signature = [0; 132];
    let signature = &mut signature[..vectors.signature.len()];
    raw_signature(&bits[1..], signature)?;
    Ok(key.verify_message(Sign::Ecdsa(vectors.hash), info, signature)?)
}

/// `r || s` from `Ecdsa-Sig-Value` (RFC 3279).
fn raw_signature(der: &[u8], raw: &mut [u8]) -> Result<()> {
    const SEQUENCE: u8 = 0x30;
    const INTEGER: u8 = 2;
    let mut numbers = Der(Der(der).value(SEQUENCE)?);
    let (r, s) = raw.split_at_mut(raw.len() / 2);
    for half in [r, s] {
        let number = numbers.value(INTEGER)?;
        let number = number.strip_prefix(&[0]).unwrap_or(number);
        holds(number.len() <= half.len())?;
        let zeros = half.len() - number.len();
        half[zeros..].copy_from_slice(number);
    }
    same(&numbers.0.len(), &0)
}

/// What is left to read of DER: a reader of our own, because the one under test shall not judge itself.
struct Der<'a>(&'a [u8]);

impl<'a> Der<'a> {
    /// The value of the next element, which must have this tag.
    fn value(&mut self, tag: u8) -> Result<&'a [u8]> {
        let rest = self.0;
        holds(rest.len() >= 2 && rest[0] == tag)?;
        let (head, len) = match rest[1] {
            len @ ..=0x7f => (2, usize::from(len)),
            0x81 if rest.len() > 3 => (3, usize::from(rest[2])),
            0x82 if rest.len() > 4 => (4, usize::from(rest[2]) << 8 | usize::from(rest[3])),
            _ => (2, usize::MAX),
        };
        holds(len <= rest.len() - head)?;
        let (element, rest) = rest.split_at(head + len);
        self.0 = rest;
        Ok(&element[head..])
    }
}

fn contains(whole: &[u8], part: &[u8]) -> bool {
    whole.windows(part.len()).any(|window| window == part)
}
