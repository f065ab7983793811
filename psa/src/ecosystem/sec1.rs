//! Private keys of curves by the traits of the crate `sec1`.

use crate::{Error, Key, KeyType};
use ::sec1::EncodeEcPrivateKey;
use der::SecretDocument;

impl EncodeEcPrivateKey for Key {
    /// [`Key::private_key_der`] of a key on a curve, for code that knows this trait. Its error says less than that of the
    /// method.
    fn to_sec1_der(&self) -> ::sec1::Result<SecretDocument> {
        let attributes = self.attributes().map_err(failed)?;
        // RSA's traditional form is another, and X25519 has none.
        if !matches!(attributes.key_type(), KeyType::EccKeyPair(_)) {
            return Err(::sec1::Error::Crypto);
        }
        let der = self.private_key_der().map_err(failed)?;
        Ok(SecretDocument::try_from(&*der)?)
    }
}

/// What that crate has for an error of ours.
fn failed(error: Error) -> ::sec1::Error {
    match error {
        Error::Der => ::sec1::Error::Asn1(der::ErrorKind::Failed.into()),
        _ => ::sec1::Error::Crypto,
    }
}

#[cfg(feature = "signature")]
mod signers {
    use super::failed;
    use crate::{Attributes, Key, SignAnyHash, Usage, format::read, signature::SigningKey};
    use ::sec1::DecodeEcPrivateKey;

    /// A volatile key that may sign and verify with ECDSA, and not be exported; with another policy see
    /// [`Key::import_der`].
    impl DecodeEcPrivateKey for SigningKey<Key> {
        fn from_sec1_der(der: &[u8]) -> ::sec1::Result<Self> {
            let attributes = Attributes::from_file()
                .usage(Usage::SIGN.union(Usage::VERIFY))
                .algorithm(SignAnyHash::Ecdsa.into());
            let key = read::import_sec1(attributes, None, der).map_err(failed)?;
            Self::new(key).map_err(failed)
        }
    }
}
