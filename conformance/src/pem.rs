//! Keys in files, as openssl writes them (RFC 5915, RFC 5958, RFC 5480).

use crate::check::{refused, same};
use crate::vectors::{EcdsaCurve, P256_ENCRYPTED, on_each_curve};
use crate::{Ctx, Result};
use psa::{Attributes, Error, Key, Usage};

on_each_curve! {
    without hash;
    "writes the files that openssl writes": writes_what_openssl_writes;
    "reads the files that openssl writes": reads_what_openssl_writes;
    "a generated key survives both forms": survives_both_forms;
    "damaged, foreign and encrypted files are refused": refuses_other_files;
}

fn exportable(vectors: &EcdsaCurve) -> Attributes {
    Attributes::ecc_key_pair(vectors.curve).usage(Usage::EXPORT)
}

fn writes_what_openssl_writes(ctx: &mut Ctx, vectors: &EcdsaCurve) -> Result<()> {
    let key = Key::import(exportable(vectors), vectors.private)?;
    same(&*key.private_key_pem_into(ctx.text)?, vectors.sec1)?;
    same(&*key.private_key_pkcs8_pem_into(ctx.text)?, vectors.pkcs8)?;
    same(key.public_key_pem_into(ctx.text)?, vectors.public_pem)
}

fn reads_what_openssl_writes(_: &mut Ctx, vectors: &EcdsaCurve) -> Result<()> {
    let mut buffer = [0; 133];
    for pem in [vectors.sec1, vectors.pkcs8] {
        for attributes in [
            exportable(vectors),
            Attributes::from_file().usage(Usage::EXPORT),
        ] {
            let key = Key::import_pem(attributes, pem)?;
            same(&*key.export_into(&mut buffer)?, vectors.private)?;
            same(&key.attributes()?.curve(), &Some(vectors.curve))?;
        }
    }
    let public = Key::import_pem(Attributes::from_file(), vectors.public_pem)?;
    same(public.export_public_into(&mut buffer)?, vectors.public)
}

fn survives_both_forms(ctx: &mut Ctx, vectors: &EcdsaCurve) -> Result<()> {
    let key = Key::generate(exportable(vectors))?;
    let (mut before, mut after) = ([0; 133], [0; 133]);
    let before = key.export_public_into(&mut before)?;
    let sec1 = Key::import_pem(exportable(vectors), &*key.private_key_pem_into(ctx.text)?)?;
    same(sec1.export_public_into(&mut after)?, before)?;
    let pkcs8 = Key::import_pem(
        exportable(vectors),
        &*key.private_key_pkcs8_pem_into(ctx.text)?,
    )?;
    same(pkcs8.export_public_into(&mut after)?, before)
}

fn refuses_other_files(ctx: &mut Ctx, vectors: &EcdsaCurve) -> Result<()> {
    // First of all a file that is good, so that a provider without the curve says so.
    drop(Key::import_pem(exportable(vectors), vectors.sec1)?);
    let import = |pem: &[u8]| Key::import_pem(Attributes::from_file(), pem);
    refused(import(b"no PEM at all"), &[Error::Pem])?;
    refused(import(vectors.certificate.as_bytes()), &[Error::Pem])?;
    refused(import(P256_ENCRYPTED.as_bytes()), &[Error::Encrypted])?;
    let another = Key::import_pem(Attributes::rsa_key_pair(2048), vectors.sec1);
    refused(another, &[Error::DifferentKeyType])?;

    let damaged = &mut ctx.text[..vectors.pkcs8.len()];
    damaged.copy_from_slice(vectors.pkcs8.as_bytes());
    let in_the_base64 = vectors.pkcs8.len() / 2;
    damaged[in_the_base64] = b'!';
    refused(import(damaged), &[Error::Pem])?;
    refused(
        import(&vectors.pkcs8.as_bytes()[..in_the_base64]),
        &[Error::Pem],
    )
}
