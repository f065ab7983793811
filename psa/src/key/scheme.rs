//! How a key signs.

use crate::format::{
    signature,
    writer::{DerWriter, tag},
};
use crate::{Algorithm, Attributes, Curve, Error, Hash, Key, Result, Sign, Usage, sizes};

/// The algorithm of a key's signatures, and the hash of it.
// Public in name only, because it stands in a sealed trait: no path leads here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheme {
    pub(crate) algorithm: Sign,
    pub(crate) hash: Hash,
    /// The size of the key.
    #[cfg(feature = "signature")]
    pub(crate) bits: usize,
    usage: Usage,
}

impl Scheme {
    /// The algorithm that the policy permits to sign with, with a hash where it leaves that open.
    pub(crate) fn to_sign(attributes: &Attributes) -> Result<Self> {
        Self::permitted(attributes, [Usage::SIGN_HASH, Usage::SIGN_MESSAGE])
    }

    /// The same to verify with.
    #[cfg(feature = "signature")]
    pub(crate) fn to_verify(attributes: &Attributes) -> Result<Self> {
        Self::permitted(attributes, [Usage::VERIFY_HASH, Usage::VERIFY_MESSAGE])
    }

    fn permitted(attributes: &Attributes, usages: [Usage; 2]) -> Result<Self> {
        let permitted = attributes.permitted_usage();
        if !usages.iter().any(|usage| permitted.contains(*usage)) {
            return Err(Error::NotPermitted);
        }
        let algorithm = match attributes.permitted_signature() {
            Some(Algorithm::Sign(sign)) => sign,
            Some(Algorithm::SignAnyHash(sign)) => sign.with(default_hash(attributes)),
            _ => return Err(Error::NotPermitted),
        };
        Ok(Self::new(attributes, algorithm))
    }

    /// This algorithm, for a key with these attributes.
    pub(crate) fn new(attributes: &Attributes, algorithm: Sign) -> Self {
        Self {
            algorithm,
            hash: algorithm.hash().unwrap_or(default_hash(attributes)),
            #[cfg(feature = "signature")]
            bits: attributes.bits(),
            usage: attributes.permitted_usage(),
        }
    }

    /// Whether messages are hashed here: the provider is then sent a hash, not the message.
    fn hashes(&self, usage: Usage) -> bool {
        let of_hashes = self.algorithm.hash().is_some() || self.algorithm == Sign::EcdsaAny;
        of_hashes && self.usage.contains(usage)
    }

    /// Signs a message.
    pub(crate) fn sign_into<'b>(
        &self,
        key: &Key,
        message: &[u8],
        buffer: &'b mut [u8],
    ) -> Result<&'b [u8]> {
        if !self.hashes(Usage::SIGN_HASH) {
            return key.sign_message_into(self.algorithm, message, buffer);
        }
        let mut digest = [0; tfm_sys::PSA_HASH_MAX_SIZE];
        let hash = self.hash.compute_into(message, &mut digest)?;
        key.sign_hash_into(self.algorithm, hash, buffer)
    }

    /// The most bytes that [`write_signature`](Self::write_signature) writes.
    pub(crate) fn written_len(&self, attributes: &Attributes) -> usize {
        let raw = sizes::sign_output_size(attributes.key_type(), attributes.bits(), self.algorithm);
        raw + signature::overhead(self.algorithm)
    }

    /// Signs a message and writes `signatureAlgorithm` and `signature`, as certificates and requests have them.
    pub(crate) fn write_signature(
        &self,
        key: &Key,
        message: &[u8],
        writer: &mut DerWriter<'_>,
    ) -> Result<()> {
        let mark = writer.len();
        writer.fill(&mut |room| Ok(self.sign_into(key, message, room)?.len()))?;
        if signature::is_ecdsa(self.algorithm) {
            signature::rewrite_ecdsa(writer, mark)?;
        }
        // No unused bits.
        writer.byte(0);
        writer.wrap(tag::BIT_STRING, mark);
        signature::write_algorithm(self.algorithm, self.hash, writer)
    }

    /// Signs a hash. Mbed TLS takes one of any length for ECDSA, the specification does not.
    #[cfg(feature = "signature")]
    pub(crate) fn sign_hash_into<'b>(
        &self,
        key: &Key,
        hash: &[u8],
        buffer: &'b mut [u8],
    ) -> Result<&'b [u8]> {
        self.check_length(hash)?;
        key.sign_hash_into(self.algorithm, hash, buffer)
    }

    /// Verifies the signature of a hash, as PSA has it.
    #[cfg(feature = "signature")]
    pub(crate) fn verify_hash(&self, key: &Key, hash: &[u8], signature: &[u8]) -> Result<()> {
        self.check_length(hash)?;
        key.verify_hash(self.algorithm, hash, signature)
    }

    #[cfg(feature = "signature")]
    fn check_length(&self, hash: &[u8]) -> Result<()> {
        match self.algorithm.hash() {
            Some(expected) if expected.len() != hash.len() => Err(Error::InvalidArgument),
            _ => Ok(()),
        }
    }

    /// Signs a message, for X.509 and TLS.
    #[cfg(any(feature = "rcgen", feature = "rustls"))]
    pub(crate) fn sign_x509(&self, key: &Key, message: &[u8]) -> Result<alloc::vec::Vec<u8>> {
        let mut raw = [0; tfm_sys::PSA_SIGNATURE_MAX_SIZE];
        let raw = self.sign_into(key, message, &mut raw)?;
        // RSA's is not longer than PSA has it, and ECDSA's in DER is shorter than RSA's.
        let mut buffer = [0; tfm_sys::PSA_SIGNATURE_MAX_SIZE];
        let mut writer = DerWriter::new(&mut buffer);
        signature::write(self.algorithm, raw, &mut writer);
        Ok(writer.finish()?.to_vec())
    }

    /// Verifies the signature of a message, as PSA has it.
    #[cfg(feature = "signature")]
    pub(crate) fn verify(&self, key: &Key, message: &[u8], signature: &[u8]) -> Result<()> {
        if !self.hashes(Usage::VERIFY_HASH) {
            return key.verify_message(self.algorithm, message, signature);
        }
        let mut digest = [0; tfm_sys::PSA_HASH_MAX_SIZE];
        let hash = self.hash.compute_into(message, &mut digest)?;
        key.verify_hash(self.algorithm, hash, signature)
    }
}

/// SHA-256, or SHA-384 and SHA-512 on curves of that size.
fn default_hash(attributes: &Attributes) -> Hash {
    match attributes.curve().map(Curve::bits) {
        Some(384) => Hash::Sha384,
        Some(512..) => Hash::Sha512,
        _ => Hash::Sha256,
    }
}
