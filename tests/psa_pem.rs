//! `psa` and the PK module of Mbed TLS write the same private key as the same bytes.
#![cfg(all(feature = "std", not(feature = "tfm")))]

use mbedtls_psa::pk::Pk;
use psa::{Attributes, Curve, Key, Usage};

/// The curves that this build of the library has, as far as both have a form for them.
const CURVES: &[Curve] = &[
    Curve::P256,
    #[cfg(mbedtls = "ECP_DP_SECP192R1_ENABLED")]
    Curve::P192,
    #[cfg(mbedtls = "ECP_DP_SECP224R1_ENABLED")]
    Curve::P224,
    #[cfg(mbedtls = "ECP_DP_SECP384R1_ENABLED")]
    Curve::P384,
    #[cfg(mbedtls = "ECP_DP_SECP521R1_ENABLED")]
    Curve::P521,
    #[cfg(mbedtls = "ECP_DP_SECP192K1_ENABLED")]
    Curve::Secp192k1,
    #[cfg(mbedtls = "ECP_DP_SECP256K1_ENABLED")]
    Curve::Secp256k1,
    #[cfg(mbedtls = "ECP_DP_BP256R1_ENABLED")]
    Curve::BrainpoolP256,
    #[cfg(mbedtls = "ECP_DP_BP384R1_ENABLED")]
    Curve::BrainpoolP384,
    #[cfg(mbedtls = "ECP_DP_BP512R1_ENABLED")]
    Curve::BrainpoolP512,
    #[cfg(mbedtls = "ECP_DP_CURVE25519_ENABLED")]
    Curve::X25519,
];

#[test]
fn two_hundred_private_keys_are_the_bytes_that_mbedtls_pk_write_key_pem_writes() {
    psa::init().unwrap();
    // Fewer where each costs much, as under valgrind.
    let count = std::env::var("PROPTEST_CASES").map_or(200, |cases| cases.parse().unwrap());
    for number in 0..CURVES.len().max(count) {
        let curve = CURVES[number % CURVES.len()];
        let key = Key::generate(Attributes::ecc_key_pair(curve).usage(Usage::EXPORT)).unwrap();
        let ours = key.private_key_pem().unwrap();
        // Read and written again: every curve. An opaque key, which the library exports itself: those that sign.
        let read = Pk::parse_key(ours.as_bytes(), None).unwrap();
        assert!(*read.key_pem().unwrap() == *ours, "{curve:?}");
        assert!(
            *read.key_der().unwrap() == *key.private_key_der().unwrap(),
            "{curve:?}"
        );
        assert_eq!(read.pubkey_pem().unwrap(), key.public_key_pem().unwrap());
        if curve != Curve::X25519 {
            let opaque = key.to_pk().unwrap();
            assert!(*opaque.key_pem().unwrap() == *ours, "{curve:?}");
            assert_eq!(opaque.pubkey_der().unwrap(), key.public_key_der().unwrap());
        }
    }
}
