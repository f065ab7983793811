//! Mbed TLS's half of `crosswise`, on a host and without the driver: `p256-crosswise make FOLDER SEED COUNT` writes what a
//! device judges, `p256-crosswise judge FOLDER SEED COUNT` judges what the device has answered.
#![forbid(unsafe_code)]

use p256_checks::crosswise::{FROM_DEVICE, FROM_MBEDTLS, Given, Record, hash, private_key};
use psa::{Algorithm, Attributes, Curve, Error, Hash, Key, KeyAgreement, Sign, Usage};
use std::io::Write as _;
use std::path::PathBuf;
use std::{env, fs};

const ECDSA: Sign = Sign::Ecdsa(Hash::Sha256);

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let [way, folder, seed, count] = &arguments[..] else {
        return Err("p256-crosswise make|judge FOLDER SEED COUNT".into());
    };
    let (folder, seed, count) = (PathBuf::from(folder), seed.parse()?, count.parse()?);
    psa::init()?;
    match way.as_str() {
        "make" => {
            let mut records = Vec::new();
            for number in 0..count {
                records.write_all(&make(seed, number)?.to_record())?;
            }
            fs::write(folder.join(FROM_MBEDTLS.to_str()?), records)?;
        }
        "judge" => {
            let records = fs::read(folder.join(FROM_DEVICE.to_str()?))?;
            let records = records.chunks(size_of::<Record>());
            if records.len() != usize::try_from(count)? {
                return Err(format!("the device has answered {} times", records.len()).into());
            }
            for (number, record) in (0..count).zip(records) {
                judge(seed, number, &Given::from_record(record.try_into()?))
                    .map_err(|error| format!("record {number}: {error}"))?;
            }
            println!(
                "Mbed TLS takes {count} signatures and secrets of the device, and none that was altered"
            );
        }
        _ => return Err(format!("{way}: neither make nor judge").into()),
    }
    match psa_p256::multiplications() {
        0 => Ok(()),
        _ => Err("Mbed TLS has asked the driver: build this package alone".into()),
    }
}

fn key(seed: u32, number: u32, usage: Usage, algorithm: impl Into<Algorithm>) -> psa::Result<Key> {
    let attributes = Attributes::ecc_key_pair(Curve::P256)
        .usage(usage)
        .algorithm(algorithm.into());
    Key::import(attributes, &*private_key("Mbed TLS", seed, number))
}

fn make(seed: u32, number: u32) -> Result<Given> {
    let key = key(seed, number, Usage::SIGN, ECDSA)?;
    let mut made = Given {
        public: [0; 65],
        hash: hash("Mbed TLS", seed, number),
        signature: [0; 64],
        secret: [0; 32],
    };
    key.export_public_into(&mut made.public)?;
    key.sign_hash_into(ECDSA, &made.hash, &mut made.signature)?;
    verify(number, &made)?;
    Ok(made)
}

fn judge(seed: u32, number: u32, given: &Given) -> Result<()> {
    verify(number, given)?;
    let key = key(seed, number, Usage::DERIVE, KeyAgreement::Ecdh)?;
    let mut secret = [0; 32];
    let secret = key.raw_key_agreement_into(KeyAgreement::Ecdh, &given.public, &mut secret)?;
    if *secret != given.secret {
        return Err("the secret is another".into());
    }
    Ok(())
}

/// The signature is right, and an altered one is not.
fn verify(number: u32, given: &Given) -> Result<()> {
    let attributes = Attributes::ecc_public_key(Curve::P256)
        .usage(Usage::VERIFY)
        .algorithm(ECDSA.into());
    let key = Key::import(attributes, &given.public)?;
    key.verify_hash(ECDSA, &given.hash, &given.signature)?;
    let altered = given.altered(number);
    match key.verify_hash(ECDSA, &altered.hash, &altered.signature) {
        Err(Error::InvalidSignature) => Ok(()),
        other => Err(format!("an altered signature: {other:?}").into()),
    }
}
