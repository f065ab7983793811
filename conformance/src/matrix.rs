//! Every usage flag by every operation, for every type of key: permitted if and only if the policy has the flag. PSA
//! Crypto API 1.2, "Key usage flags".

use crate::check::{Result, refused, same};
use crate::vectors::{MESSAGE, P256, bytes_of, rsa};
use crate::{Ctx, Test};
use psa::{
    Aead, AeadOperation, Agreement, Algorithm, AsymmetricEncryption, Attributes, Cipher,
    CipherOperation, Curve, Decrypt, Encrypt, Error, Hash, Hkdf, InterruptibleSign,
    InterruptibleVerify, Jpake, JpakeRole, Key, KeyAgreement, KeyDerivation, KeyType, Mac,
    MacSignOperation, MacVerifyOperation, Pake, Pbkdf2Hmac, Sign, Tls12Prf, Usage,
};

const FLAGS: [Usage; 10] = [
    Usage::EXPORT,
    Usage::COPY,
    Usage::ENCRYPT,
    Usage::DECRYPT,
    Usage::SIGN_MESSAGE,
    Usage::VERIFY_MESSAGE,
    Usage::SIGN_HASH,
    Usage::VERIFY_HASH,
    Usage::DERIVE,
    Usage::VERIFY_DERIVATION,
];

/// What can be done with a key, and the flag that it takes.
type Operation = (Usage, fn(&Key, &mut [u8]) -> psa::Result<()>);

/// Makes the key with this policy.
type Make = fn(Usage, Algorithm) -> psa::Result<Key>;

const ECDSA: Sign = Sign::Ecdsa(Hash::Sha256);
const PKCS1V15: Sign = Sign::RsaPkcs1v15(Hash::Sha256);
const OAEP: AsymmetricEncryption = AsymmetricEncryption::RsaOaep(Hash::Sha256);
const CRYPT: AsymmetricEncryption = AsymmetricEncryption::RsaPkcs1v15;
const HMAC: Mac = Mac::Hmac(Hash::Sha256);
const HKDF: KeyDerivation = KeyDerivation::Hkdf(Hash::Sha256);
const PRF: KeyDerivation = KeyDerivation::Tls12Prf(Hash::Sha256);
const PBKDF2: KeyDerivation = KeyDerivation::Pbkdf2Hmac(Hash::Sha256);
const AGREEMENT: Algorithm = Algorithm::KeyAgreement(KeyAgreement::Ecdh, HKDF);

const EXPORT: Operation = (Usage::EXPORT, |key, memory| {
    key.export_into(memory).map(drop)
});
const COPY: Operation = (Usage::COPY, |key, _| {
    let algorithm = key.attributes()?.permitted_algorithm();
    let like_it = Attributes::new(KeyType::None, 0).algorithm(algorithm);
    key.copy(like_it).map(drop)
});
/// The public half leaves without any permission.
const PUBLIC: Operation = (Usage::NONE, |key, memory| {
    key.export_public_into(memory).map(drop)
});

/// It was asked: what is wrong with the input was found after the policy.
#[expect(
    clippy::needless_pass_by_value,
    reason = "what a call answers is handed on as it stands"
)]
fn asked<T>(result: psa::Result<T>) -> psa::Result<()> {
    match result {
        Ok(_) | Err(Error::InvalidSignature | Error::InvalidPadding) => Ok(()),
        Err(error) => Err(error),
    }
}

const HASH: [u8; 32] = [7; 32];

macro_rules! signing {
    ($algorithm:expr) => {
        &[
            PUBLIC,
            EXPORT,
            (Usage::SIGN_MESSAGE, |key, memory| {
                asked(key.sign_message_into($algorithm, MESSAGE, memory))
            }),
            (Usage::SIGN_HASH, |key, memory| {
                asked(key.sign_hash_into($algorithm, &HASH, memory))
            }),
            (Usage::VERIFY_MESSAGE, |key, _| {
                asked(key.verify_message($algorithm, MESSAGE, P256.signature))
            }),
            (Usage::VERIFY_HASH, |key, _| {
                asked(key.verify_hash($algorithm, &HASH, P256.signature))
            }),
        ]
    };
}

macro_rules! asymmetric_encryption {
    ($algorithm:expr) => {
        &[
            PUBLIC,
            EXPORT,
            (Usage::ENCRYPT, |key, memory| {
                asked(key.asymmetric_encrypt_into($algorithm, MESSAGE, b"", memory))
            }),
            (Usage::DECRYPT, |key, memory| {
                asked(key.asymmetric_decrypt_into($algorithm, rsa::SIGNATURE, b"", memory))
            }),
        ]
    };
}

macro_rules! mac {
    ($algorithm:expr) => {
        &[
            EXPORT,
            (Usage::SIGN_MESSAGE, |key, memory| {
                asked(key.compute_mac_into($algorithm, MESSAGE, memory))
            }),
            (Usage::SIGN_MESSAGE, |key, _| {
                asked(MacSignOperation::new(key, $algorithm))
            }),
            (Usage::VERIFY_MESSAGE, |key, _| {
                asked(key.verify_mac($algorithm, MESSAGE, &[0; 16]))
            }),
            (Usage::VERIFY_MESSAGE, |key, _| {
                asked(MacVerifyOperation::new(key, $algorithm))
            }),
        ]
    };
}

macro_rules! cipher {
    ($algorithm:expr) => {
        &[
            EXPORT,
            (Usage::ENCRYPT, |key, memory| {
                asked(key.encrypt_into($algorithm, &[0; 32], memory))
            }),
            (Usage::ENCRYPT, |key, _| {
                asked(CipherOperation::<Encrypt>::new(key, $algorithm))
            }),
            (Usage::DECRYPT, |key, memory| {
                asked(key.decrypt_into($algorithm, &[0; 32], memory))
            }),
            (Usage::DECRYPT, |key, _| {
                asked(CipherOperation::<Decrypt>::new(key, $algorithm))
            }),
        ]
    };
}

macro_rules! aead {
    ($algorithm:expr) => {
        &[
            EXPORT,
            (Usage::ENCRYPT, |key, memory| {
                asked(key.aead_encrypt_into($algorithm, &[0; 12], b"", MESSAGE, memory))
            }),
            (Usage::ENCRYPT, |key, _| {
                asked(AeadOperation::<Encrypt>::new(key, $algorithm))
            }),
            (Usage::DECRYPT, |key, memory| {
                asked(key.aead_decrypt_into($algorithm, &[0; 12], b"", &[0; 32], memory))
            }),
            (Usage::DECRYPT, |key, _| {
                asked(AeadOperation::<Decrypt>::new(key, $algorithm))
            }),
        ]
    };
}

macro_rules! matrix {
    ($($name:literal: $make:expr, $algorithm:expr, $operations:expr $(, $need:literal)*;)*) => {
        pub const TESTS: &[Test] = &[$(
            Test::new(concat!("each usage by each operation: ", $name), |ctx| {
                const OPERATIONS: &[Operation] = $operations;
                each_usage(ctx, $make, $algorithm, OPERATIONS)
            })
            .needs(&[$($need),*])
        ),*];
    };
}

matrix! {
    "raw data": raw_data, Algorithm::None, &[EXPORT];
    "ECDSA, key pair": pair, ECDSA.into(), signing!(ECDSA);
    "ECDSA, public key": public, ECDSA.into(), &[
        PUBLIC,
        // A public key is exported as such.
        (Usage::NONE, EXPORT.1),
        (Usage::VERIFY_MESSAGE, |key, _| asked(key.verify_message(ECDSA, MESSAGE, P256.signature))),
        (Usage::VERIFY_HASH, |key, _| asked(key.verify_hash(ECDSA, &HASH, P256.signature))),
    ];
    "ECDSA in steps": pair, ECDSA.into(), &[
        (Usage::SIGN_HASH, |key, _| asked(InterruptibleSign::start(key, ECDSA, &HASH))),
        (Usage::VERIFY_HASH, |key, _| {
            asked(InterruptibleVerify::start(key, ECDSA, &HASH, P256.signature))
        }),
    ], "signatures in steps";
    "RSA signatures": rsa_pair, PKCS1V15.into(), signing!(PKCS1V15), "RSA signatures";
    "RSA OAEP": rsa_pair, OAEP.into(), asymmetric_encryption!(OAEP), "RSA encryption";
    "RSA PKCS#1 v1.5 encryption": rsa_pair, CRYPT.into(), asymmetric_encryption!(CRYPT), "RSA encryption";
    "HMAC": hmac_key, HMAC.into(), mac!(HMAC), "HMAC";
    "CMAC": aes, Mac::Cmac.into(), mac!(Mac::Cmac), "CMAC";
    "ECB": aes, Cipher::EcbNoPadding.into(), cipher!(Cipher::EcbNoPadding), "ECB";
    "CBC": aes, Cipher::CbcNoPadding.into(), cipher!(Cipher::CbcNoPadding), "CBC";
    "CBC with PKCS#7": aes, Cipher::CbcPkcs7.into(), cipher!(Cipher::CbcPkcs7), "CBC";
    "CTR": aes, Cipher::Ctr.into(), cipher!(Cipher::Ctr), "CTR";
    "CFB": aes, Cipher::Cfb.into(), cipher!(Cipher::Cfb), "CFB";
    "OFB": aes, Cipher::Ofb.into(), cipher!(Cipher::Ofb), "OFB";
    "ChaCha20": chacha20, Cipher::StreamCipher.into(), cipher!(Cipher::StreamCipher), "ChaCha20";
    "GCM": aes, Aead::Gcm.into(), aead!(Aead::Gcm), "GCM";
    "CCM": aes, Aead::Ccm.into(), aead!(Aead::Ccm), "CCM";
    "ChaCha20-Poly1305": chacha20, Aead::ChaCha20Poly1305.into(), aead!(Aead::ChaCha20Poly1305),
        "ChaCha20-Poly1305";
    "ECDH": pair, KeyAgreement::Ecdh.into(), &[
        PUBLIC,
        EXPORT,
        (Usage::DERIVE, |key, memory| {
            asked(key.raw_key_agreement_into(KeyAgreement::Ecdh, P256.public, memory))
        }),
    ], "ECDH";
    "ECDH into HKDF": pair, AGREEMENT, &[
        PUBLIC,
        EXPORT,
        (Usage::DERIVE, |key, memory| {
            let agreement = Agreement {
                algorithm: KeyAgreement::Ecdh,
                private_key: key,
                peer_public: P256.public,
            };
            let hkdf = Hkdf { hash: Hash::Sha256, salt: b"", info: b"" };
            asked(hkdf.derive(agreement)?.output_bytes_into(&mut memory[..16]))
        }),
    ], "ECDH", "HKDF";
    "HKDF": derivation_key, HKDF.into(), &[
        EXPORT,
        (Usage::DERIVE, |key, memory| {
            let hkdf = Hkdf { hash: Hash::Sha256, salt: b"", info: b"" };
            asked(hkdf.derive(key)?.output_bytes_into(&mut memory[..16]))
        }),
        (Usage::DERIVE, |key, _| {
            let hkdf = Hkdf { hash: Hash::Sha256, salt: b"", info: b"" };
            asked(hkdf.derive(key)?.output_key(Attributes::new(KeyType::Aes, 128)))
        }),
    ], "HKDF";
    "TLS 1.2 PRF": derivation_key, PRF.into(), &[
        EXPORT,
        (Usage::DERIVE, |key, memory| {
            let prf = Tls12Prf { hash: Hash::Sha256, label: b"", seed: b"" };
            asked(prf.derive(key)?.output_bytes_into(&mut memory[..16]))
        }),
    ], "TLS 1.2 derivations";
    "PBKDF2": password, PBKDF2.into(), &[
        EXPORT,
        (Usage::DERIVE, |key, memory| {
            let pbkdf2 = Pbkdf2Hmac { hash: Hash::Sha256, iterations: 1, salt: b"salt" };
            asked(pbkdf2.derive(key)?.output_bytes_into(&mut memory[..16]))
        }),
    ], "PBKDF2";
    "J-PAKE": password, Pake::Jpake.into(), &[
        EXPORT,
        (Usage::DERIVE, |key, _| asked(Jpake::start(JpakeRole::Client, key))),
    ], "J-PAKE";
}

fn each_usage(
    ctx: &mut Ctx,
    make: Make,
    algorithm: Algorithm,
    operations: &[Operation],
) -> Result<()> {
    for flag in FLAGS {
        let usage = with_implied(flag);
        let key = make(flag, algorithm)?;
        same(&key.attributes()?.permitted_usage(), &usage)?;
        for (permission, operation) in operations.iter().chain([&COPY]) {
            let answer = operation(&key, ctx.text);
            if usage.contains(*permission) {
                answer?;
            } else {
                refused(answer, &[Error::NotPermitted])?;
            }
        }

        let others = FLAGS.into_iter().filter(|other| *other != flag);
        let usage = others.fold(Usage::NONE, Usage::union);
        let key = make(usage, algorithm)?;
        for (permission, operation) in operations.iter().chain([&COPY]) {
            if *permission == flag && !with_implied(usage).contains(flag) {
                refused(operation(&key, ctx.text), &[Error::NotPermitted])?;
            }
        }
    }
    without_algorithm(ctx, make, operations)
}

/// "If the key is allowed to sign a hash, it is also allowed to sign a message", and to verify.
fn with_implied(usage: Usage) -> Usage {
    let mut usage = usage;
    if usage.contains(Usage::SIGN_HASH) {
        usage |= Usage::SIGN_MESSAGE;
    }
    if usage.contains(Usage::VERIFY_HASH) {
        usage |= Usage::VERIFY_MESSAGE;
    }
    usage
}

/// Every flag, but no algorithm: then only the key itself can be had.
fn without_algorithm(ctx: &mut Ctx, make: Make, operations: &[Operation]) -> Result<()> {
    let usage = FLAGS.into_iter().fold(Usage::NONE, Usage::union);
    let key = make(usage, Algorithm::None)?;
    for (permission, operation) in operations.iter().chain([&COPY]) {
        let answer = operation(&key, ctx.text);
        if [Usage::NONE, Usage::EXPORT, Usage::COPY].contains(permission) {
            answer?;
        } else {
            refused(answer, &[Error::NotPermitted])?;
        }
    }
    Ok(())
}

fn pair(usage: Usage, algorithm: Algorithm) -> psa::Result<Key> {
    let attributes = Attributes::ecc_key_pair(Curve::P256);
    Key::import(attributes.usage(usage).algorithm(algorithm), P256.private)
}

fn public(usage: Usage, algorithm: Algorithm) -> psa::Result<Key> {
    let attributes = Attributes::ecc_public_key(Curve::P256);
    Key::import(attributes.usage(usage).algorithm(algorithm), P256.public)
}

fn rsa_pair(usage: Usage, algorithm: Algorithm) -> psa::Result<Key> {
    let attributes = Attributes::rsa_key_pair(rsa::BITS);
    Key::import_pem(attributes.usage(usage).algorithm(algorithm), rsa::PKCS1)
}

fn secret(key_type: KeyType, usage: Usage, algorithm: Algorithm) -> psa::Result<Key> {
    let attributes = Attributes::new(key_type, 0);
    Key::import(
        attributes.usage(usage).algorithm(algorithm),
        bytes_of(key_type),
    )
}

fn raw_data(usage: Usage, algorithm: Algorithm) -> psa::Result<Key> {
    secret(KeyType::RawData, usage, algorithm)
}

fn aes(usage: Usage, algorithm: Algorithm) -> psa::Result<Key> {
    secret(KeyType::Aes, usage, algorithm)
}

fn chacha20(usage: Usage, algorithm: Algorithm) -> psa::Result<Key> {
    secret(KeyType::ChaCha20, usage, algorithm)
}

fn hmac_key(usage: Usage, algorithm: Algorithm) -> psa::Result<Key> {
    secret(KeyType::Hmac, usage, algorithm)
}

fn derivation_key(usage: Usage, algorithm: Algorithm) -> psa::Result<Key> {
    secret(KeyType::Derive, usage, algorithm)
}

fn password(usage: Usage, algorithm: Algorithm) -> psa::Result<Key> {
    secret(KeyType::Password, usage, algorithm)
}
