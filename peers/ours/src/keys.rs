//! Key pairs: their files, signatures, agreement, RSA encryption.

use exchange::{Answer, Encryption, Form, Kind, Private, Public, PublicForm, Scheme, Task};
use psa::{
    Algorithm, AsymmetricEncryption, Attributes, Curve, Error, Hash, Key, KeyAgreement, Sign, Usage,
};

pub fn answer(task: &Task) -> Result<Answer, Error> {
    Ok(match task {
        Task::Generate { kind } => {
            let key = Key::generate(pair(*kind).usage(Usage::EXPORT))?;
            Answer::bytes(&*key.export()?)
        }
        Task::Export { key, form } => {
            let key = private(key, Algorithm::None, Usage::EXPORT)?;
            match form {
                Form::Raw => Answer::bytes(&*key.export()?),
                Form::Der => Answer::bytes(&*key.private_key_der()?),
                Form::Pem => Answer::bytes(key.private_key_pem()?.as_bytes()),
                Form::Pkcs8Der => Answer::bytes(&*key.private_key_pkcs8_der()?),
                Form::Pkcs8Pem => Answer::bytes(key.private_key_pkcs8_pem()?.as_bytes()),
            }
        }
        Task::PublicOf { key, form } => {
            export_public(&private(key, Algorithm::None, Usage::EXPORT)?, *form)?
        }
        Task::ExportPublic { key, form } => {
            export_public(&public(key, Algorithm::None, Usage::EXPORT)?, *form)?
        }
        Task::Sign {
            key,
            scheme,
            hash,
            message,
        } => {
            let algorithm = signature_algorithm(*scheme, crate::hash(*hash));
            let key = private(key, algorithm.into(), Usage::SIGN)?;
            Answer::bytes(key.sign_message(algorithm, message)?)
        }
        Task::Verify {
            key,
            scheme,
            hash,
            message,
            signature,
        } => {
            let algorithm = signature_algorithm(*scheme, crate::hash(*hash));
            let key = public(key, algorithm.into(), Usage::VERIFY)?;
            let result = key.verify_message(algorithm, message, signature);
            Answer::verified(result, |error| *error == Error::InvalidSignature)
        }
        Task::Agree { key, peer } => {
            let ecdh = KeyAgreement::Ecdh;
            let key = private(key, ecdh.into(), Usage::DERIVE)?;
            Answer::bytes(&*key.raw_key_agreement(ecdh, peer)?)
        }
        Task::Seal {
            key,
            encryption,
            plaintext,
        } => {
            let algorithm = encryption_algorithm(*encryption);
            let key = public(key, algorithm.into(), Usage::ENCRYPT)?;
            Answer::bytes(key.asymmetric_encrypt(algorithm, plaintext, b"")?)
        }
        Task::Open {
            key,
            encryption,
            ciphertext,
        } => {
            let algorithm = encryption_algorithm(*encryption);
            let key = private(key, algorithm.into(), Usage::DECRYPT)?;
            Answer::bytes(&*key.asymmetric_decrypt(algorithm, ciphertext, b"")?)
        }
        _ => Answer::NotOffered,
    })
}

/// Attributes of such a key pair.
fn pair(kind: Kind) -> Attributes {
    Attributes::ecc_key_pair(match kind {
        Kind::P256 => Curve::P256,
        Kind::P384 => Curve::P384,
        Kind::P521 => Curve::P521,
        Kind::Secp256k1 => Curve::Secp256k1,
        Kind::BrainpoolP256r1 => Curve::BrainpoolP256,
        Kind::X25519 => Curve::X25519,
        Kind::Rsa2048 => return Attributes::rsa_key_pair(2048),
    })
}

fn private(key: &Private, algorithm: Algorithm, usage: Usage) -> Result<Key, Error> {
    let with_policy = |attributes: Attributes| attributes.usage(usage).algorithm(algorithm);
    let file = with_policy(Attributes::from_file());
    match key.form {
        Form::Raw => Key::import(with_policy(pair(key.kind)), &key.data),
        Form::Der | Form::Pkcs8Der => Key::import_der(file, &*key.data),
        Form::Pem | Form::Pkcs8Pem => Key::import_pem(file, &*key.data),
    }
}

fn public(key: &Public, algorithm: Algorithm, usage: Usage) -> Result<Key, Error> {
    let with_policy = |attributes: Attributes| attributes.usage(usage).algorithm(algorithm);
    let file = with_policy(Attributes::from_file());
    match key.form {
        PublicForm::Raw => {
            let pair = pair(key.kind);
            let attributes = Attributes::new(pair.key_type().public(), pair.bits());
            Key::import(with_policy(attributes), &key.data)
        }
        PublicForm::Der => Key::import_der(file, &*key.data),
        PublicForm::Pem => Key::import_pem(file, &*key.data),
    }
}

fn export_public(key: &Key, form: PublicForm) -> Result<Answer, Error> {
    Ok(match form {
        PublicForm::Raw => {
            let mut buffer = [0; 512];
            Answer::bytes(key.export_public_into(&mut buffer)?)
        }
        PublicForm::Der => Answer::bytes(key.public_key_der()?),
        PublicForm::Pem => Answer::bytes(key.public_key_pem()?),
    })
}

fn signature_algorithm(scheme: Scheme, hash: Hash) -> Sign {
    match scheme {
        Scheme::Ecdsa => Sign::Ecdsa(hash),
        Scheme::DeterministicEcdsa => Sign::DeterministicEcdsa(hash),
        Scheme::RsaPkcs1v15 => Sign::RsaPkcs1v15(hash),
        Scheme::RsaPss => Sign::RsaPss(hash),
    }
}

fn encryption_algorithm(encryption: Encryption) -> AsymmetricEncryption {
    match encryption {
        Encryption::Pkcs1v15 => AsymmetricEncryption::RsaPkcs1v15,
        Encryption::Oaep => AsymmetricEncryption::RsaOaep(Hash::Sha256),
    }
}
