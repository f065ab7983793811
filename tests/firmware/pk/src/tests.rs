//! Promises of `mbedtls_psa::pk` and `x509` about keys that live in the PSA core.

use mbedtls_psa::md::Md;
use mbedtls_psa::pk::{Curve, KeyType, Pk};
use mbedtls_psa::x509::Certificate;
use mbedtls_psa::x509::csr::{Csr, CsrBuilder};
use mbedtls_psa::{strerror, sys};
use psa::{Algorithm, Attributes, Error, Hash, Key, Sign, Usage};
use psa_conformance::check::{holds, refused, same};
use psa_conformance::{Ctx, Result, Test};

/// Every test, in the order in which they run.
pub const TESTS: &[Test] = &[
    Test::new("PK: an opaque key signs where it is", signs_opaquely),
    Test::new("PK: a key of its own signs", signs_with_its_own),
    Test::new("PK: writes the PEM that psa writes", writes_the_same_pem),
    Test::new("PK: writes no key without EXPORT", refuses_to_export),
    Test::new("PK: reads the PEM that openssl wrote", reads_openssls_pem),
    Test::new("X.509: a request of an opaque key verifies", requests),
    Test::new(
        "X.509: knows its own certificate from another's",
        knows_its_certificate,
    ),
    Test::new("names of errors are linked", names_errors),
];

const SIGNING: Attributes = Attributes::ecc_key_pair(psa::Curve::P256)
    .usage(Usage::SIGN.union(Usage::VERIFY))
    .algorithm(Algorithm::ecdsa(Hash::Sha256));
const EXPORTABLE: Attributes = SIGNING.usage(Usage::SIGN.union(Usage::VERIFY).union(Usage::EXPORT));
const P256: KeyType = KeyType::Ec(Curve::P256);
const MESSAGE: &[u8] = b"what a device has to say";

/// Files that openssl wrote.
const CERTIFICATE: &[u8] = include_bytes!("../../../../conformance/data/p256/certificate.pem");
const PRIVATE: &str = include_str!("../../../../conformance/data/p256/sec1.pem");
const PUBLIC: &[u8] = include_bytes!("../../../../conformance/data/p256/public.pem");

/// The number of Mbed TLS as an error of psa: the list knows no other.
fn pk<T>(result: mbedtls_psa::Result<T>) -> psa::Result<T> {
    result.map_err(|error| Error::from_status(error.code()))
}

fn signs_opaquely(_: &mut Ctx) -> Result<()> {
    let key = Key::generate(SIGNING)?;
    let opaque = pk(key.to_pk())?;
    holds(opaque.is_opaque())?;
    let signature = pk(opaque.sign_message(Md::Sha256, MESSAGE))?;
    pk(opaque.verify_message(Md::Sha256, MESSAGE, &signature))?;
    holds(
        opaque
            .verify_message(Md::Sha256, b"another", &signature)
            .is_err(),
    )?;
    let mut raw = [0; 64];
    let raw = key.sign_message_into(Sign::Ecdsa(Hash::Sha256), MESSAGE, &mut raw)?;
    same(&raw.len(), &64)?;
    Ok(())
}

fn signs_with_its_own(_: &mut Ctx) -> Result<()> {
    let key = pk(Pk::generate(P256))?;
    holds(!key.is_opaque())?;
    same(&pk(key.key_type())?, &P256)?;
    let signature = pk(key.sign_message(Md::Sha256, MESSAGE))?;
    pk(key.verify_message(Md::Sha256, MESSAGE, &signature))?;
    pk(key.check_pair(&key))?;
    holds(key.check_pair(&pk(Pk::generate(P256))?).is_err())
}

fn writes_the_same_pem(ctx: &mut Ctx) -> Result<()> {
    let key = Key::generate(EXPORTABLE)?;
    let opaque = pk(key.to_pk())?;
    let (theirs, ours) = ctx.text.split_at_mut(2048);
    same(
        pk(opaque.write_key_pem(theirs))?,
        &*key.private_key_pem_into(ours)?,
    )?;
    same(
        pk(opaque.write_pubkey_pem(theirs))?,
        key.public_key_pem_into(ours)?,
    )
}

fn refuses_to_export(ctx: &mut Ctx) -> Result<()> {
    let key = Key::generate(SIGNING)?;
    refused(key.private_key_pem_into(ctx.text), &[Error::NotPermitted])?;
    let written = pk(key.to_pk())?.write_key_pem(ctx.text).map(drop);
    // What pk.c makes of PSA_ERROR_NOT_PERMITTED.
    let bad_input = sys::MBEDTLS_ERR_ECP_BAD_INPUT_DATA;
    same(&written.map_err(mbedtls_psa::Error::code), &Err(bad_input))?;
    holds(ctx.text.iter().all(|byte| *byte == 0))
}

fn reads_openssls_pem(ctx: &mut Ctx) -> Result<()> {
    let key = pk(Pk::parse_key(PRIVATE.as_bytes(), None))?;
    same(pk(key.write_key_pem(ctx.text))?, PRIVATE)?;
    let signature = pk(key.sign_message(Md::Sha256, MESSAGE))?;
    let public = pk(Pk::parse_public_key(PUBLIC))?;
    pk(public.verify_message(Md::Sha256, MESSAGE, &signature))?;
    pk(key.check_pair(&public))?;
    let mut damaged = [0; 512];
    let damaged = &mut damaged[..PRIVATE.len()];
    damaged.copy_from_slice(PRIVATE.as_bytes());
    damaged[PRIVATE.len() / 2] = b'!';
    holds(Pk::parse_key(damaged, None).is_err())
}

fn requests(ctx: &mut Ctx) -> Result<()> {
    let key = Key::generate(SIGNING)?;
    let opaque = pk(key.to_pk())?;
    let subject = pk("CN=device-0001,O=Example".parse())?;
    let pem = pk(CsrBuilder::new(&opaque, &subject).write_pem(ctx.text))?;
    let request = pk(Csr::parse(pem.as_bytes()))?;
    pk(request.verify())?;
    Ok(pk(opaque.check_pair(&pk(request.public_key())?))?)
}

fn knows_its_certificate(_: &mut Ctx) -> Result<()> {
    let certificate = pk(Certificate::parse(CERTIFICATE))?;
    let mine = Key::import_pem(SIGNING, PRIVATE)?;
    pk(certificate.check_key(&pk(mine.to_pk())?))?;
    let other = Key::generate(SIGNING)?;
    holds(certificate.check_key(&pk(other.to_pk())?).is_err())
}

fn names_errors(_: &mut Ctx) -> Result<()> {
    holds(strerror(-0x3980).starts_with("PK - Unavailable feature"))
}
