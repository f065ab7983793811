//! MACs. PSA Crypto API 1.2, "Message authentication codes (MAC)".

use super::secret;
use crate::check::refused;
use crate::{Ctx, Result, Test};
use psa::{Cipher, Error, Hash, KeyType, Mac, MacSignOperation, MacVerifyOperation, TagLength};

pub const TESTS: &[Test] = &[
    Test::new("MAC: key and algorithm belong together", wrong_keys).needs(&["HMAC", "CMAC"]),
    Test::new("MAC: an algorithm that is none is refused", no_algorithm),
    Test::new(
        "MAC: a wrong MAC is an invalid signature, of any length",
        wrong_macs,
    )
    .needs(&["HMAC"]),
    Test::new(
        "MAC: a buffer that is one byte too short is refused",
        short_buffers,
    )
    .needs(&["HMAC"]),
    Test::new(
        "MAC: longer than the hash it cannot be, nor too short",
        wrong_lengths,
    )
    .needs(&["HMAC"]),
];

const HMAC: Mac = Mac::Hmac(Hash::Sha256);

fn wrong_keys(ctx: &mut Ctx) -> Result<()> {
    let errors = [Error::InvalidArgument, Error::NotSupported];
    for (key_type, algorithm, fits) in [
        (KeyType::Hmac, HMAC, true),
        (KeyType::Aes, Mac::Cmac, true),
        (KeyType::Aes, HMAC, false),
        (KeyType::Hmac, Mac::Cmac, false),
        (KeyType::RawData, HMAC, false),
    ] {
        let key = secret(key_type, algorithm)?;
        if fits {
            key.compute_mac_into(algorithm, b"", ctx.text)?;
            continue;
        }
        refused(key.compute_mac_into(algorithm, b"", ctx.text), &errors)?;
        refused(key.verify_mac(algorithm, b"", &[0; 32]), &errors)?;
        refused(MacSignOperation::new(&key, algorithm), &errors)?;
        refused(MacVerifyOperation::new(&key, algorithm), &errors)?;
    }
    Ok(())
}

fn no_algorithm(ctx: &mut Ctx) -> Result<()> {
    let no_mac = Mac::Raw(Cipher::Ctr.to_raw());
    let key = secret(KeyType::Aes, Cipher::Ctr)?;
    let errors = [Error::InvalidArgument, Error::NotSupported];
    refused(key.compute_mac_into(no_mac, b"", ctx.text), &errors)?;
    refused(key.verify_mac(no_mac, b"", &[0; 16]), &errors)?;
    refused(MacSignOperation::new(&key, no_mac), &errors)?;
    refused(MacVerifyOperation::new(&key, no_mac), &errors)
}

fn wrong_macs(_: &mut Ctx) -> Result<()> {
    let key = secret(KeyType::Hmac, HMAC)?;
    for length in [0, 1, 31, 32, 33, 64] {
        let wrong = &[0; 64][..length];
        refused(key.verify_mac(HMAC, b"", wrong), &[Error::InvalidSignature])?;
        let operation = MacVerifyOperation::new(&key, HMAC)?;
        refused(operation.verify(wrong), &[Error::InvalidSignature])?;
    }
    Ok(())
}

fn short_buffers(_: &mut Ctx) -> Result<()> {
    let key = secret(KeyType::Hmac, HMAC)?;
    let errors = [Error::BufferTooSmall];
    for length in [0, 1, 31] {
        let short = &mut [0; 31][..length];
        refused(key.compute_mac_into(HMAC, b"", short), &errors)?;
        let operation = MacSignOperation::new(&key, HMAC)?;
        refused(operation.finish_into(short), &errors)?;
    }
    Ok(())
}

/// Mbed TLS has none of less than four bytes.
fn wrong_lengths(ctx: &mut Ctx) -> Result<()> {
    let errors = [Error::InvalidArgument, Error::NotSupported];
    for length in [1, 3, 33, 63] {
        let length = TagLength::new(length).ok_or(Error::InvalidArgument)?;
        let algorithm = HMAC.truncated(length);
        let key = secret(KeyType::Hmac, algorithm)?;
        refused(key.compute_mac_into(algorithm, b"", ctx.text), &errors)?;
        refused(MacSignOperation::new(&key, algorithm), &errors)?;
    }
    Ok(())
}
