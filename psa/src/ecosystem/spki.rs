//! Public keys by the traits of the crate `spki`.

use crate::{Error, Key};
use ::spki::EncodePublicKey;
use der::Document;

impl EncodePublicKey for Key {
    /// [`Key::public_key_der`], for code that knows this trait. Its error says less than that of the method.
    fn to_public_key_der(&self) -> ::spki::Result<Document> {
        let der = self.public_key_der().map_err(failed)?;
        Ok(Document::try_from(der)?)
    }
}

/// What that crate has for an error of ours.
pub(super) fn failed(error: Error) -> ::spki::Error {
    match error {
        Error::Der => ::spki::Error::Asn1(der::ErrorKind::Failed.into()),
        _ => ::spki::Error::KeyMalformed,
    }
}

#[cfg(feature = "signature")]
mod signers {
    use super::failed;
    use crate::{
        Attributes, Key, Result, Usage,
        format::{algorithm::KeyAlgorithm, read, signature, writer::DerWriter},
        signature::{DerSignature, SigningKey, VerifyingKey},
    };
    use ::spki::{
        AlgorithmIdentifierOwned, DynSignatureAlgorithmIdentifier, EncodePublicKey,
        SignatureBitStringEncoding, SubjectPublicKeyInfoRef,
    };
    use core::borrow::Borrow;
    use der::{Decode as _, Document, asn1::BitString};

    /// The longest name of a signature algorithm, that of RSA-PSS, has 67 bytes.
    const ALGORITHM_MAX: usize = 80;

    impl<K: Borrow<Key>> EncodePublicKey for VerifyingKey<K> {
        fn to_public_key_der(&self) -> ::spki::Result<Document> {
            self.key().to_public_key_der()
        }
    }

    impl<K: Borrow<Key>> DynSignatureAlgorithmIdentifier for SigningKey<K> {
        fn signature_algorithm_identifier(&self) -> ::spki::Result<AlgorithmIdentifierOwned> {
            let mut buffer = [0; ALGORITHM_MAX];
            let mut writer = DerWriter::new(&mut buffer);
            let scheme = self.scheme();
            signature::write_algorithm(scheme.algorithm, scheme.hash, &mut writer)
                .map_err(failed)?;
            Ok(AlgorithmIdentifierOwned::from_der(
                writer.finish().map_err(failed)?,
            )?)
        }
    }

    impl SignatureBitStringEncoding for DerSignature {
        fn to_bitstring(&self) -> der::Result<BitString> {
            BitString::from_bytes(self.as_ref())
        }
    }

    /// A volatile public key that may verify, ECDSA or RSA PKCS#1 v1.5; with another policy see [`Key::import_der`].
    impl TryFrom<SubjectPublicKeyInfoRef<'_>> for VerifyingKey<Key> {
        type Error = ::spki::Error;

        fn try_from(info: SubjectPublicKeyInfoRef<'_>) -> ::spki::Result<Self> {
            let unknown = ::spki::Error::OidUnknown {
                oid: info.algorithm.oid,
            };
            let import = || -> Result<Self> {
                let algorithm = KeyAlgorithm::read(&info.algorithm)?.signature()?;
                let attributes = Attributes::from_file()
                    .usage(Usage::VERIFY)
                    .algorithm(algorithm);
                Self::new(read::import_public_key(attributes, &info)?)
            };
            import().map_err(|error| match error {
                crate::Error::UnsupportedKey => unknown,
                other => failed(other),
            })
        }
    }
}
