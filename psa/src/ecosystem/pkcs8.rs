//! Private keys by the traits of the crate `pkcs8`.

use crate::{Error, Key};
use ::pkcs8::{EncodePrivateKey, KeyError};
use der::SecretDocument;

impl EncodePrivateKey for Key {
    /// [`Key::private_key_pkcs8_der`], for code that knows this trait. Its error says less than that of the method: a key
    /// that may not be exported is [`KeyError::Invalid`].
    fn to_pkcs8_der(&self) -> ::pkcs8::Result<SecretDocument> {
        let der = self.private_key_pkcs8_der().map_err(failed)?;
        Ok(SecretDocument::try_from(&*der)?)
    }
}

/// What that crate has for an error of ours.
fn failed(error: Error) -> ::pkcs8::Error {
    match error {
        Error::Der => ::pkcs8::Error::Asn1(der::ErrorKind::Failed.into()),
        _ => ::pkcs8::Error::KeyMalformed(KeyError::Invalid),
    }
}

#[cfg(feature = "signature")]
mod signers {
    use super::failed;
    use crate::{
        Attributes, Key, Result, Usage,
        format::{algorithm::KeyAlgorithm, read},
        signature::SigningKey,
    };
    use ::pkcs8::PrivateKeyInfoRef;

    /// A volatile key that may sign and verify, ECDSA or RSA PKCS#1 v1.5, and not be exported; with another policy see
    /// [`Key::import_der`].
    impl TryFrom<PrivateKeyInfoRef<'_>> for SigningKey<Key> {
        type Error = ::pkcs8::Error;

        fn try_from(info: PrivateKeyInfoRef<'_>) -> ::pkcs8::Result<Self> {
            let unknown = spki::Error::OidUnknown {
                oid: info.algorithm.oid,
            };
            let import = || -> Result<Self> {
                let algorithm = KeyAlgorithm::read(&info.algorithm)?.signature()?;
                let attributes = Attributes::from_file()
                    .usage(Usage::SIGN.union(Usage::VERIFY))
                    .algorithm(algorithm);
                Self::new(read::import_private_key(attributes, &info)?)
            };
            import().map_err(|error| match error {
                crate::Error::UnsupportedKey => ::pkcs8::Error::PublicKey(unknown),
                other => failed(other),
            })
        }
    }
}
