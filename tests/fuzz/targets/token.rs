//! Attestation tokens, as a verifier gets them.

use std::sync::OnceLock;

use psa::attestation::{Challenge, Token};
use psa::{Algorithm, Attributes, Curve, Hash, Key, Usage};

/// The key of RFC 9783's example.
const KNOWN: &[u8] = include_bytes!("../../../psa/tests/data/rfc9783.point");
/// The example itself.
const EXAMPLE: &[u8] = include_bytes!("../corpus/token/rfc9783.cbor");

/// A token is read or refused, and only the example itself has the example's signature.
pub fn token(data: &[u8]) {
    let Ok(token) = Token::parse(data) else {
        return;
    };
    let claims = token.unverified_claims();
    let challenge = Challenge::new(&claims.nonce).expect("a token with another nonce is refused");
    assert!(!format!("{token:?}").is_empty());
    // A signature takes long: not each time.
    if data == EXAMPLE || data.len() % 16 == 0 {
        let verified = token.verify(known(), challenge).map(|_| ());
        let payload = Token::parse(EXAMPLE).expect("RFC 9783 has it");
        let same = payload.unverified_claims() == claims;
        assert!(verified.is_err() || same, "a forged token");
        assert!(
            verified.is_ok() || data != EXAMPLE,
            "the example is refused"
        );
    }
}

fn known() -> &'static Key {
    static KNOWN_KEY: OnceLock<Key> = OnceLock::new();
    KNOWN_KEY.get_or_init(|| {
        super::ready();
        let policy = Attributes::ecc_public_key(Curve::P256)
            .usage(Usage::VERIFY_MESSAGE)
            .algorithm(Algorithm::ecdsa(Hash::Sha256));
        Key::import(policy, KNOWN).expect("a point of the curve")
    })
}
