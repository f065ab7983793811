//! Each kind of type that crosses to C, and the rules of the context.
#![cfg_attr(feature = "shape", allow(dead_code, unused_imports))]

use crate::zephyr::in_isr;
use psa::{
    Aead, AeadOperation, Algorithm, Attributes, Curve, Encrypt, Error, Hash, HashOperation, Hkdf,
    Key, KeyType, Lifetime, Mac, MacSignOperation, Result, Usage,
};

/// Its words, and what keeps it.
type Promise = (&'static str, fn() -> Result<()>);

/// What holds of headers that have a shape, and nothing behind it.
#[cfg(feature = "shape")]
pub const ALL: &[Promise] = &[
    ("starts", psa::init),
    ("keeps attributes of a key", attributes),
    ("gives operations the room that C asks for", room),
    ("answers what is missing", missing),
];

/// The promises, in their order.
#[cfg(not(feature = "shape"))]
pub const ALL: &[Promise] = &[
    ("starts", psa::init),
    ("gives random bytes", random),
    ("hashes at once and in steps", hash),
    ("keeps attributes of a key", attributes),
    ("signs, and finds what was changed", sign),
    ("writes a key as PEM", pem),
    ("computes HMAC in steps", mac),
    ("seals in steps what it opens at once", aead),
    ("derives keys", derivation),
    #[cfg(feature = "pk")]
    ("hands a key to PK and X.509 of the same library", pk),
    ("refuses a call from an interrupt handler", handler),
];

/// SHA-256 of "abc": FIPS 180-4, in NIST's examples.
const ABC: [u8; 32] = [
    0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40, 0xde, 0x5d, 0xae, 0x22, 0x23,
    0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17, 0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad,
];

fn random() -> Result<()> {
    let mut bytes = [[0; 16]; 2];
    for bytes in &mut bytes {
        psa::generate_random(bytes)?;
    }
    assert_ne!(bytes[0], bytes[1]);
    Ok(())
}

fn hash() -> Result<()> {
    let mut buffer = [0; 32];
    assert_eq!(Hash::Sha256.compute_into(b"abc", &mut buffer)?, ABC);
    let mut operation = HashOperation::new(Hash::Sha256)?;
    operation.update(b"a")?;
    // An operation moves; what C has of it stays.
    let mut moved = operation.try_clone()?;
    moved.update(b"bc")?;
    assert_eq!(moved.finish_into(&mut buffer)?, ABC);
    operation.update(b"bc")?;
    operation.verify(&ABC)
}

const SIGN: Attributes = Attributes::ecc_key_pair(Curve::P256)
    .usage(Usage::SIGN.union(Usage::VERIFY).union(Usage::EXPORT))
    .algorithm(Algorithm::ecdsa(Hash::Sha256));

fn attributes() -> Result<()> {
    let read = Key::generate(SIGN)?.attributes()?;
    assert_eq!(read.key_type(), SIGN.key_type());
    assert_eq!(read.bits(), 256);
    assert_eq!(read.permitted_usage(), SIGN.permitted_usage());
    assert_eq!(read.permitted_algorithm(), SIGN.permitted_algorithm());
    assert_eq!(read.key_lifetime(), Lifetime::VOLATILE);
    Ok(())
}

fn sign() -> Result<()> {
    let Algorithm::Sign(ecdsa) = Algorithm::ecdsa(Hash::Sha256) else {
        return Err(Error::NotSupported);
    };
    let key = Key::generate(SIGN)?;
    let mut buffer = [0; 64];
    let signature = key.sign_message_into(ecdsa, b"message", &mut buffer)?;
    key.verify_message(ecdsa, b"message", signature)?;
    let changed = key.verify_message(ecdsa, b"massage", signature);
    assert_eq!(changed, Err(Error::InvalidSignature));
    let unsigned = Key::generate(SIGN.usage(Usage::VERIFY))?;
    let refused = unsigned.sign_message_into(ecdsa, b"message", &mut buffer);
    assert_eq!(refused.err(), Some(Error::NotPermitted));
    Ok(())
}

fn pem() -> Result<()> {
    let mut buffer = [0; 256];
    let pem = Key::generate(SIGN)?;
    let pem = pem.private_key_pem_into(&mut buffer)?;
    assert!(pem.starts_with("-----BEGIN EC PRIVATE KEY-----\n"));
    let key = Key::import_pem(
        Attributes::from_file().policy(SIGN.permitted_policy()),
        &*pem,
    )?;
    assert_eq!(key.attributes()?.bits(), 256);
    Ok(())
}

fn mac() -> Result<()> {
    let mac = Mac::Hmac(Hash::Sha256);
    let attributes = Attributes::new(KeyType::Hmac, 0)
        .usage(Usage::SIGN)
        .algorithm(mac.into());
    // RFC 4231, test case 2.
    let key = Key::import(attributes, b"Jefe")?;
    let mut operation = MacSignOperation::new(&key, mac)?;
    operation.update(b"what do ya want ")?;
    operation.update(b"for nothing?")?;
    let mut buffer = [0; 32];
    let computed = operation.finish_into(&mut buffer)?;
    assert_eq!(
        computed[..8],
        [0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e]
    );
    Ok(())
}

fn aead() -> Result<()> {
    let attributes = Attributes::new(KeyType::Aes, 128)
        .usage(Usage::ENCRYPT | Usage::DECRYPT)
        .algorithm(Aead::Ccm.into());
    let key = Key::generate(attributes)?;
    let mut operation = AeadOperation::<Encrypt>::new(&key, Aead::Ccm)?
        .set_lengths(6, 5)?
        .set_nonce(&[7; 13])?;
    operation.update_ad(b"header")?;
    let mut operation = operation.begin_data();
    let (mut sealed, mut rest, mut tag) = ([0; 32], [0; 32], [0; 16]);
    let begin = operation.update_into(b"hello", &mut sealed)?.len();
    let (rest, tag) = operation.finish_into(&mut rest, &mut tag)?;
    let end = begin + rest.len();
    sealed[begin..end].copy_from_slice(rest);
    sealed[end..end + tag.len()].copy_from_slice(tag);
    let (sealed, mut opened) = (&sealed[..end + tag.len()], [0; 32]);
    let opened = key.aead_decrypt_into(Aead::Ccm, &[7; 13], b"header", sealed, &mut opened)?;
    assert_eq!(opened, b"hello");
    Ok(())
}

fn derivation() -> Result<()> {
    // RFC 5869, test case 1.
    let attributes = Attributes::new(KeyType::Derive, 0)
        .usage(Usage::DERIVE)
        .algorithm(psa::KeyDerivation::Hkdf(Hash::Sha256).into());
    let key = Key::import(attributes, &[0x0b; 22])?;
    let salt: [u8; 13] = core::array::from_fn(|i| u8::try_from(i).unwrap_or_default());
    let info: [u8; 10] = core::array::from_fn(|i| 0xf0 + u8::try_from(i).unwrap_or_default());
    let hkdf = Hkdf {
        hash: Hash::Sha256,
        salt: &salt,
        info: &info,
    };
    let mut output = hkdf.derive(&key)?;
    let mut bytes = [0; 42];
    let bytes = output.output_bytes_into(&mut bytes)?;
    assert_eq!(bytes[..6], [0x3c, 0xb2, 0x5f, 0x25, 0xfa, 0xac]);
    Ok(())
}

/// What is dropped in a handler is ended by the next call from a thread.
fn handler() -> Result<()> {
    let refused = Some(Error::CalledFromHandler);
    let mut bytes = [0; 4];
    assert_eq!(in_isr(|| psa::generate_random(&mut bytes)).err(), refused);
    assert_eq!(in_isr(|| HashOperation::new(Hash::Sha256)).err(), refused);
    let mut operation = HashOperation::new(Hash::Sha256)?;
    assert_eq!(in_isr(|| operation.update(b"abc")).err(), refused);
    operation.update(b"abc")?;
    let (dropped, key) = (HashOperation::new(Hash::Sha256)?, Key::generate(SIGN)?);
    let id = key.attributes()?.id().expect("an identifier");
    in_isr(|| drop((dropped, key)));
    operation.verify(&ABC)?;
    if cfg!(feature = "client") {
        return Ok(());
    }
    assert_eq!(Key::open(id).err(), Some(Error::InvalidHandle));
    Ok(())
}

#[cfg(feature = "pk")]
fn pk() -> Result<()> {
    use mbedtls_psa::md::Md;
    use mbedtls_psa::x509::Name;
    use mbedtls_psa::x509::csr::{Csr, CsrBuilder};
    let key = Key::generate(SIGN)?;
    let failed = |_| Error::GenericError;
    let pk = key.to_pk().map_err(failed)?;
    let signature = pk.sign_message(Md::Sha256, b"message").map_err(failed)?;
    pk.verify_message(Md::Sha256, b"message", &signature)
        .map_err(failed)?;
    let name = Name::parse("CN=device").map_err(failed)?;
    let request = CsrBuilder::new(&pk, &name).der().map_err(failed)?;
    Csr::parse(&request)
        .and_then(|csr| csr.verify())
        .map_err(failed)?;
    // PSA_ERROR_BAD_STATE: Mbed TLS has no word for a context.
    let refused = in_isr(|| Csr::parse(&request).map(drop));
    assert_eq!(refused.map_err(mbedtls_psa::Error::code), Err(-137));
    let error = Csr::parse(b"no request").map(drop).expect_err("no request");
    assert!(!mbedtls_psa::strerror(error.code()).as_str().is_empty());
    Ok(())
}

/// The shape fills an operation, and looks at all of it when it is aborted.
#[cfg(feature = "shape")]
fn room() -> Result<()> {
    let operation = HashOperation::new(Hash::Sha256)?;
    let other = HashOperation::new(Hash::Sha512)?;
    drop(operation);
    drop(other);
    Ok(())
}

#[cfg(feature = "shape")]
fn missing() -> Result<()> {
    use psa::{Jpake, JpakeRole};
    let key = Key::generate(SIGN)?;
    let exchange = Jpake::start(JpakeRole::Client, &key);
    assert_eq!(exchange.err(), Some(Error::NotSupported));
    let custom = psa::CustomKeyParameters::raw(1, &[]);
    let generated = Key::generate_custom(SIGN, custom);
    assert_eq!(generated.err(), Some(Error::NotSupported));
    Ok(())
}
