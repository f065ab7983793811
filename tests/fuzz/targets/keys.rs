//! Files of keys, as PSA's import reads them and as the C library does.

use mbedtls_psa::pk::Pk;
use psa::{Attributes, Key, KeyType, Usage};

const PEM: &[u8] = b"-----BEGIN ";

/// A key that was imported can be written, and both readers take what was written for the same key.
pub fn key(data: &[u8]) {
    super::ready();
    let policy = Attributes::from_file().usage(Usage::EXPORT);
    let Ok(key) = read(policy, data) else {
        return;
    };
    let key_type = key.attributes().expect("it exists").key_type();
    let is_pair = matches!(key_type, KeyType::RsaKeyPair | KeyType::EccKeyPair(_));
    let public = key
        .export_public()
        .expect("each of these keys has a public half");
    let (again, pk) = if is_pair {
        let der = key
            .private_key_der()
            .or_else(|_| key.private_key_pkcs8_der());
        let der = der.expect("its usage permits that");
        (Key::import_der(policy, &*der), Pk::parse_key(&der, None))
    } else {
        let der = key.public_key_der().expect("anybody may have it");
        (Key::import_der(policy, &der), Pk::parse_public_key(&der))
    };
    let again = again.expect("what was written is read");
    assert!(again.export_public().expect("as before") == public);
    match pk {
        Ok(pk) => assert!(pk.bits() > 0),
        // Whether the numbers of an RSA pair belong together is what `psa_import_key` does not ask and PK does.
        Err(error) => assert!(key_type == KeyType::RsaKeyPair, "{error}"),
    }
}

fn read(policy: Attributes, data: &[u8]) -> psa::Result<Key> {
    if data.windows(PEM.len()).any(|window| window == PEM) {
        Key::import_pem(policy, data)
    } else {
        Key::import_der(policy, data)
    }
}

/// What the C library reads as a private or public key, it writes, and reads again.
///
/// Without a password: how often one is hashed stands in the file, and may be more often than anybody waits for.
pub fn pk(data: &[u8]) {
    super::ready();
    if let Ok(pk) = Pk::parse_key(data, None) {
        let der = pk.key_der().expect("it was read");
        let again = Pk::parse_key(&der, None).expect("what was written is read");
        assert!(pk.bits() == again.bits() && *again.key_der().expect("as before") == *der);
    }
    if let Ok(pk) = Pk::parse_public_key(data) {
        let der = pk.pubkey_der().expect("it was read");
        let again = Pk::parse_public_key(&der).expect("what was written is read");
        assert!(pk.bits() == again.bits() && again.pubkey_der().expect("as before") == der);
    }
}
