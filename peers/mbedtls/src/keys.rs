//! Key pairs: their files, signatures, agreement, RSA encryption.

use anyhow::Result;
use der::asn1::UintRef;
use der::{Decode as _, Encode as _, Sequence};
use exchange::{Answer, Encryption, Form, Kind, Private, Public, PublicForm, Scheme, Task};
use mbedtls::bignum::Mpi;
use mbedtls::ecp::{EcGroup, EcPoint};
use mbedtls::hash::Type;
use mbedtls::pk::{ECDSA_MAX_LEN, EcGroupId, Options, Pk, RsaPadding};
use mbedtls::rng::CtrDrbg;

use crate::{digest, md};

/// RSA signatures and ciphertexts here are never longer.
const RSA_MAX_LEN: usize = 512;

/// `Ecdsa-Sig-Value` of RFC 3279, which is how this library writes a signature.
#[derive(Sequence)]
struct Signature<'a> {
    r: UintRef<'a>,
    s: UintRef<'a>,
}

pub fn answer(task: &Task, random: &mut CtrDrbg) -> Result<Answer> {
    Ok(match task {
        Task::Generate { kind } => generate(*kind, random)?,
        Task::Export { key, form } => match private(key, random)? {
            Some(pk) => export(pk, key.kind, *form)?,
            None => Answer::NotOffered,
        },
        Task::PublicOf { key, form } => match private(key, random)? {
            Some(pk) => export_public(pk, key.kind, *form)?,
            None => Answer::NotOffered,
        },
        Task::ExportPublic { key, form } => match public(key)? {
            Some(pk) => export_public(pk, key.kind, *form)?,
            None => Answer::NotOffered,
        },
        Task::Agree { key, peer } => {
            let peer = Public {
                kind: key.kind,
                form: PublicForm::Raw,
                data: peer.clone(),
            };
            match (private(key, random)?, public(&peer)?) {
                (Some(mut pk), Some(peer)) => {
                    let mut secret = [0; 66];
                    let len = pk.agree(&peer, &mut secret, random)?;
                    Answer::bytes(&secret[..len])
                }
                _ => Answer::NotOffered,
            }
        }
        Task::Sign {
            key,
            scheme,
            hash,
            message,
        } => match (private(key, random)?, md(*hash)) {
            (Some(pk), Some(md)) => sign(pk, key.kind, *scheme, md, message, random)?,
            _ => Answer::NotOffered,
        },
        Task::Verify {
            key,
            scheme,
            hash,
            message,
            signature,
        } => match (public(key)?, md(*hash)) {
            (Some(pk), Some(md)) => verify(pk, *scheme, md, message, signature)?,
            _ => Answer::NotOffered,
        },
        Task::Seal {
            key,
            encryption,
            plaintext,
        } => match public(key)? {
            Some(mut pk) => {
                pad(&mut pk, *encryption);
                let mut output = [0; RSA_MAX_LEN];
                let len = pk.encrypt(plaintext, &mut output, random)?;
                Answer::bytes(&output[..len])
            }
            None => Answer::NotOffered,
        },
        Task::Open {
            key,
            encryption,
            ciphertext,
        } => match private(key, random)? {
            Some(mut pk) => {
                pad(&mut pk, *encryption);
                let mut output = [0; RSA_MAX_LEN];
                let len = pk.decrypt(ciphertext, &mut output, random)?;
                Answer::bytes(&output[..len])
            }
            None => Answer::NotOffered,
        },
        _ => Answer::NotOffered,
    })
}

/// The curve, where this library has keys for it.
fn group(kind: Kind) -> Option<EcGroupId> {
    Some(match kind {
        Kind::P256 => EcGroupId::SecP256R1,
        Kind::P384 => EcGroupId::SecP384R1,
        Kind::P521 => EcGroupId::SecP521R1,
        Kind::Secp256k1 => EcGroupId::SecP256K1,
        Kind::BrainpoolP256r1 => EcGroupId::Bp256R1,
        // Its points are read and written in the form of the other curves only.
        Kind::X25519 | Kind::Rsa2048 => return None,
    })
}

/// The length of a scalar of the curve.
fn scalar_len(kind: Kind) -> usize {
    match kind {
        Kind::P384 => 48,
        Kind::P521 => 66,
        _ => 32,
    }
}

fn generate(kind: Kind, random: &mut CtrDrbg) -> Result<Answer> {
    let pk = match group(kind) {
        Some(id) => Pk::generate_ec(random, id)?,
        None if kind == Kind::Rsa2048 => Pk::generate_rsa(random, 2048, 0x1_0001)?,
        None => return Ok(Answer::NotOffered),
    };
    export(pk, kind, Form::Raw)
}

/// PEM as this library wants it, with a zero at the end.
fn with_zero(pem: &[u8]) -> Vec<u8> {
    [pem, &[0]].concat()
}

fn private(key: &Private, random: &mut CtrDrbg) -> Result<Option<Pk>> {
    let group = group(key.kind);
    if group.is_none() && key.kind != Kind::Rsa2048 {
        return Ok(None);
    }
    Ok(Some(match (key.form, group) {
        (Form::Raw, Some(id)) => {
            let scalar = Mpi::from_binary(&key.data)?;
            Pk::private_from_ec_scalar_with_rng(EcGroup::new(id)?, scalar, random)?
        }
        (Form::Raw | Form::Der | Form::Pkcs8Der, _) => Pk::from_private_key(&key.data, None)?,
        (Form::Pem | Form::Pkcs8Pem, _) => Pk::from_private_key(&with_zero(&key.data), None)?,
    }))
}

fn public(key: &Public) -> Result<Option<Pk>> {
    let group = group(key.kind);
    if group.is_none() && key.kind != Kind::Rsa2048 {
        return Ok(None);
    }
    Ok(Some(match (key.form, group) {
        (PublicForm::Raw, Some(id)) => {
            let group = EcGroup::new(id)?;
            let point = EcPoint::from_binary(&group, &key.data)?;
            Pk::public_from_ec_components(group, point)?
        }
        (PublicForm::Raw | PublicForm::Der, _) => Pk::from_public_key(&key.data)?,
        (PublicForm::Pem, _) => Pk::from_public_key(&with_zero(&key.data))?,
    }))
}

fn export(mut pk: Pk, kind: Kind, form: Form) -> Result<Answer> {
    Ok(match (form, group(kind)) {
        (Form::Raw, Some(_)) => Answer::bytes(pk.ec_private()?.to_binary_padded(scalar_len(kind))?),
        (Form::Raw | Form::Der, _) => Answer::bytes(pk.write_private_der_vec()?),
        (Form::Pem, _) => Answer::bytes(pk.write_private_pem_string()?),
        (Form::Pkcs8Der | Form::Pkcs8Pem, _) => Answer::NotOffered,
    })
}

fn export_public(mut pk: Pk, kind: Kind, form: PublicForm) -> Result<Answer> {
    Ok(match (form, group(kind)) {
        (PublicForm::Raw, Some(id)) => {
            Answer::bytes(pk.ec_public()?.to_binary(&EcGroup::new(id)?, false)?)
        }
        (PublicForm::Raw, None) => Answer::NotOffered,
        (PublicForm::Der, _) => Answer::bytes(pk.write_public_der_vec()?),
        (PublicForm::Pem, _) => Answer::bytes(pk.write_public_pem_string()?),
    })
}

fn sign(
    mut pk: Pk,
    kind: Kind,
    scheme: Scheme,
    md: Type,
    message: &[u8],
    random: &mut CtrDrbg,
) -> Result<Answer> {
    let hash = digest(md, message)?;
    match scheme {
        Scheme::Ecdsa | Scheme::DeterministicEcdsa => {
            let mut output = [0; ECDSA_MAX_LEN];
            let len = if scheme == Scheme::Ecdsa {
                pk.sign(md, &hash, &mut output, random)?
            } else {
                pk.sign_deterministic(md, &hash, &mut output, random)?
            };
            let signature = Signature::from_der(&output[..len])?;
            let mut both = Vec::new();
            for number in [signature.r, signature.s] {
                let bytes = number.as_bytes();
                both.resize(both.len() + scalar_len(kind) - bytes.len(), 0);
                both.extend_from_slice(bytes);
            }
            Ok(Answer::bytes(both))
        }
        Scheme::RsaPkcs1v15 | Scheme::RsaPss => {
            if scheme == Scheme::RsaPss {
                pss(&mut pk, md);
            }
            let mut output = [0; RSA_MAX_LEN];
            let len = pk.sign(md, &hash, &mut output, random)?;
            Ok(Answer::bytes(&output[..len]))
        }
    }
}

fn verify(
    mut pk: Pk,
    scheme: Scheme,
    md: Type,
    message: &[u8],
    signature: &[u8],
) -> Result<Answer> {
    let hash = digest(md, message)?;
    let result = match scheme {
        Scheme::Ecdsa | Scheme::DeterministicEcdsa => {
            let (r, s) = signature.split_at(signature.len() / 2);
            let der = Signature {
                r: UintRef::new(r)?,
                s: UintRef::new(s)?,
            };
            pk.verify(md, &hash, &der.to_der()?)
        }
        Scheme::RsaPkcs1v15 => pk.verify(md, &hash, signature),
        Scheme::RsaPss => {
            pss(&mut pk, md);
            pk.verify(md, &hash, signature)
        }
    };
    // Its codes for "this is no signature by this key" are several.
    Ok(Answer::verified(result, |_| true))
}

fn pss(pk: &mut Pk, md: Type) {
    pk.set_options(Options::Rsa {
        padding: RsaPadding::Pkcs1V21 { mgf: md },
    });
}

fn pad(pk: &mut Pk, encryption: Encryption) {
    let padding = match encryption {
        Encryption::Pkcs1v15 => RsaPadding::Pkcs1V15,
        Encryption::Oaep => RsaPadding::Pkcs1V21 { mgf: Type::Sha256 },
    };
    pk.set_options(Options::Rsa { padding });
}
