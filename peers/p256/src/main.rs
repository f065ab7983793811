//! The crate `p256`, asked over files.

use anyhow::{Context as _, Result};
use exchange::{Answer, Form, Hash, Kind, Private, Public, PublicForm, Scheme, Task};
use p256::ecdsa::signature::{Signer as _, Verifier as _};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use p256::elliptic_curve::Generate as _;
use p256::pkcs8::{
    DecodePrivateKey as _, DecodePublicKey as _, EncodePrivateKey as _, EncodePublicKey as _,
    LineEnding,
};
use p256::{PublicKey, SecretKey, ecdh};

fn main() -> Result<()> {
    exchange::serve(|task| {
        answer(task).unwrap_or_else(|error| Answer::Failed(format!("{error:#}")))
    })
}

fn answer(task: &Task) -> Result<Answer> {
    Ok(match task {
        Task::Generate { kind: Kind::P256 } => Answer::bytes(SecretKey::generate().to_bytes()),
        Task::Export { key, form } if key.kind == Kind::P256 => export(&secret(key)?, *form)?,
        Task::PublicOf { key, form } if key.kind == Kind::P256 => {
            export_public(&secret(key)?.public_key(), *form)?
        }
        Task::ExportPublic { key, form } if key.kind == Kind::P256 => {
            export_public(&public(key)?, *form)?
        }
        Task::Agree { key, peer } if key.kind == Kind::P256 => {
            let peer = PublicKey::from_sec1_bytes(peer)?;
            let shared = ecdh::diffie_hellman(secret(key)?.to_nonzero_scalar(), peer.as_affine());
            Answer::bytes(shared.raw_secret_bytes())
        }
        Task::Sign {
            key,
            scheme: Scheme::DeterministicEcdsa,
            hash: Hash::Sha256,
            message,
        } if key.kind == Kind::P256 => {
            let signature: Signature = SigningKey::from(secret(key)?).sign(message);
            Answer::bytes(signature.to_bytes())
        }
        Task::Verify {
            key,
            scheme: Scheme::Ecdsa | Scheme::DeterministicEcdsa,
            hash: Hash::Sha256,
            message,
            signature,
        } if key.kind == Kind::P256 => {
            let verifier = VerifyingKey::from(public(key)?);
            // It refuses a signature that is out of range where others say that it does not match.
            let result = Signature::from_slice(signature)
                .and_then(|signature| verifier.verify(message, &signature));
            Answer::verified(result, |_| true)
        }
        _ => Answer::NotOffered,
    })
}

fn secret(key: &Private) -> Result<SecretKey> {
    let text = || std::str::from_utf8(&key.data);
    Ok(match key.form {
        Form::Raw => SecretKey::from_slice(&key.data)?,
        Form::Der => SecretKey::from_sec1_der(&key.data)?,
        Form::Pem => SecretKey::from_sec1_pem(text()?)?,
        Form::Pkcs8Der => SecretKey::from_pkcs8_der(&key.data).context("PKCS#8")?,
        Form::Pkcs8Pem => SecretKey::from_pkcs8_pem(text()?).context("PKCS#8")?,
    })
}

fn public(key: &Public) -> Result<PublicKey> {
    Ok(match key.form {
        PublicForm::Raw => PublicKey::from_sec1_bytes(&key.data)?,
        PublicForm::Der => PublicKey::from_public_key_der(&key.data)?,
        PublicForm::Pem => PublicKey::from_public_key_pem(std::str::from_utf8(&key.data)?)?,
    })
}

fn export(key: &SecretKey, form: Form) -> Result<Answer> {
    Ok(match form {
        Form::Raw => Answer::bytes(key.to_bytes()),
        Form::Der => Answer::bytes(&*key.to_sec1_der()?),
        Form::Pem => Answer::bytes(&*key.to_sec1_pem(LineEnding::LF)?),
        Form::Pkcs8Der => Answer::bytes(key.to_pkcs8_der()?.as_bytes()),
        Form::Pkcs8Pem => Answer::bytes(&*key.to_pkcs8_pem(LineEnding::LF)?),
    })
}

fn export_public(key: &PublicKey, form: PublicForm) -> Result<Answer> {
    Ok(match form {
        PublicForm::Raw => Answer::bytes(key.to_sec1_bytes()),
        PublicForm::Der => Answer::bytes(key.to_public_key_der()?.as_bytes()),
        PublicForm::Pem => Answer::bytes(key.to_public_key_pem(LineEnding::LF)?),
    })
}
