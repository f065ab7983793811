//! Key pairs: raw keys, signatures over hashes, agreement, RSA encryption.

use exchange::{Answer, Encryption, Form, Kind, Private, PublicForm, Scheme, Task};
use psa_crypto::operations::{
    asym_encryption, asym_signature, hash, key_agreement, key_management,
};
use psa_crypto::types::algorithm::{
    Algorithm, AsymmetricEncryption, AsymmetricSignature, Hash, KeyAgreement, RawKeyAgreement,
};
use psa_crypto::types::key::{EccFamily, Type, UsageFlags};
use psa_crypto::types::status::Error;

use crate::{Key, attributes, output};

pub fn answer(task: &Task) -> Result<Answer, Error> {
    Ok(match task {
        Task::Generate { kind } => {
            let (key_type, bits) = pair(*kind);
            match Key::generate(attributes(key_type, bits, Algorithm::None, exporting)) {
                // Its list of sizes has 284 where 384 is meant.
                Err(Error::InvalidArgument) if *kind == Kind::P384 => Answer::NotOffered,
                key => Answer::bytes(key?.export()?),
            }
        }
        Task::Export {
            key,
            form: Form::Raw,
        } if key.form == Form::Raw => {
            Answer::bytes(private(key, Algorithm::None, exporting)?.export()?)
        }
        Task::PublicOf {
            key,
            form: PublicForm::Raw,
        } if key.form == Form::Raw => {
            let key = private(key, Algorithm::None, exporting)?;
            Answer::bytes(output(|buffer| {
                key_management::export_public(key.0, buffer)
            })?)
        }
        Task::ExportPublic {
            key,
            form: PublicForm::Raw,
        } if key.form == PublicForm::Raw => {
            let key = public(key, Algorithm::None, exporting)?;
            Answer::bytes(output(|buffer| {
                key_management::export_public(key.0, buffer)
            })?)
        }
        Task::Agree { key, peer } if key.form == Form::Raw => {
            let algorithm = KeyAgreement::Raw(RawKeyAgreement::Ecdh);
            let key = private(key, algorithm, |usage| {
                usage.set_derive();
            })?;
            Answer::bytes(output(|buffer| {
                key_agreement::raw_key_agreement(RawKeyAgreement::Ecdh, key.0, peer, buffer)
            })?)
        }
        Task::Sign {
            key,
            scheme,
            hash,
            message,
        } if key.form == Form::Raw => {
            let hash_alg = crate::hash(*hash);
            let algorithm = signature_algorithm(*scheme, hash_alg);
            let key = private(key, algorithm, |usage| {
                usage.set_sign_hash();
            })?;
            let digest = digest(hash_alg, message)?;
            Answer::bytes(output(|buffer| {
                asym_signature::sign_hash(key.0, algorithm, &digest, buffer)
            })?)
        }
        Task::Verify {
            key,
            scheme,
            hash,
            message,
            signature,
        } if key.form == PublicForm::Raw => {
            let hash_alg = crate::hash(*hash);
            let algorithm = signature_algorithm(*scheme, hash_alg);
            let key = public(key, algorithm, |usage| {
                usage.set_verify_hash();
            })?;
            let digest = digest(hash_alg, message)?;
            let result = asym_signature::verify_hash(key.0, algorithm, &digest, signature);
            Answer::verified(result, |error| *error == Error::InvalidSignature)
        }
        Task::Seal {
            key,
            encryption,
            plaintext,
        } if key.form == PublicForm::Raw => {
            let algorithm = encryption_algorithm(*encryption);
            let key = public(key, algorithm, |usage| {
                usage.set_encrypt();
            })?;
            Answer::bytes(output(|buffer| {
                asym_encryption::encrypt(key.0, algorithm, plaintext, None, buffer)
            })?)
        }
        Task::Open {
            key,
            encryption,
            ciphertext,
        } if key.form == Form::Raw => {
            let algorithm = encryption_algorithm(*encryption);
            let key = private(key, algorithm, |usage| {
                usage.set_decrypt();
            })?;
            Answer::bytes(output(|buffer| {
                asym_encryption::decrypt(key.0, algorithm, ciphertext, None, buffer)
            })?)
        }
        _ => Answer::NotOffered,
    })
}

fn exporting(usage: &mut UsageFlags) {
    usage.set_export();
}

/// The size is that of the data.
const ANY_SIZE: usize = 0;

/// Type and size of the key pair.
fn pair(kind: Kind) -> (Type, usize) {
    let (curve_family, bits) = match kind {
        Kind::P256 => (EccFamily::SecpR1, 256),
        Kind::P384 => (EccFamily::SecpR1, 384),
        Kind::P521 => (EccFamily::SecpR1, 521),
        Kind::Secp256k1 => (EccFamily::SecpK1, 256),
        Kind::BrainpoolP256r1 => (EccFamily::BrainpoolPR1, 256),
        Kind::X25519 => (EccFamily::Montgomery, 255),
        Kind::Rsa2048 => return (Type::RsaKeyPair, 2048),
    };
    (Type::EccKeyPair { curve_family }, bits)
}

fn private(
    key: &Private,
    algorithm: impl Into<Algorithm>,
    usage: impl FnOnce(&mut UsageFlags),
) -> Result<Key, Error> {
    let (key_type, _) = pair(key.kind);
    Key::import(attributes(key_type, ANY_SIZE, algorithm, usage), &key.data)
}

fn public(
    key: &exchange::Public,
    algorithm: impl Into<Algorithm>,
    usage: impl FnOnce(&mut UsageFlags),
) -> Result<Key, Error> {
    let (key_type, _) = pair(key.kind);
    let key_type = key_type.key_type_public_key_of_key_pair()?;
    Key::import(attributes(key_type, ANY_SIZE, algorithm, usage), &key.data)
}

fn digest(algorithm: Hash, message: &[u8]) -> Result<Vec<u8>, Error> {
    output(|buffer| hash::hash_compute(algorithm, message, buffer))
}

fn signature_algorithm(scheme: Scheme, hash: Hash) -> AsymmetricSignature {
    let hash_alg = hash.into();
    match scheme {
        Scheme::Ecdsa => AsymmetricSignature::Ecdsa { hash_alg },
        Scheme::DeterministicEcdsa => AsymmetricSignature::DeterministicEcdsa { hash_alg },
        Scheme::RsaPkcs1v15 => AsymmetricSignature::RsaPkcs1v15Sign { hash_alg },
        Scheme::RsaPss => AsymmetricSignature::RsaPss { hash_alg },
    }
}

fn encryption_algorithm(encryption: Encryption) -> AsymmetricEncryption {
    match encryption {
        Encryption::Pkcs1v15 => AsymmetricEncryption::RsaPkcs1v15Crypt,
        Encryption::Oaep => AsymmetricEncryption::RsaOaep {
            hash_alg: Hash::Sha256,
        },
    }
}
