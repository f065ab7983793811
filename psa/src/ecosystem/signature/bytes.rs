//! Signatures as bytes.

use super::form::Form;
use crate::{
    Error, Result,
    format::{signature, writer::DerWriter},
    key::Scheme,
};
use ::signature::SignatureEncoding;

/// The longest signature: RSA with 4096 bits. DER of the longest ECDSA signature is shorter.
const MAX: usize = tfm_sys::PSA_SIGNATURE_MAX_SIZE;

#[derive(Clone, PartialEq, Eq)]
struct Bytes {
    buffer: [u8; MAX],
    len: usize,
}

impl Bytes {
    const fn empty() -> Self {
        Self {
            buffer: [0; MAX],
            len: 0,
        }
    }

    fn get(&self) -> &[u8] {
        self.buffer.get(..self.len).unwrap_or_default()
    }
}

macro_rules! bytes {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(Bytes);

        impl AsRef<[u8]> for $name {
            fn as_ref(&self) -> &[u8] {
                self.0.get()
            }
        }

        impl TryFrom<&[u8]> for $name {
            type Error = ::signature::Error;

            fn try_from(signature: &[u8]) -> Result<Self, ::signature::Error> {
                let mut bytes = Bytes::empty();
                bytes
                    .buffer
                    .get_mut(..signature.len())
                    .ok_or_else(::signature::Error::new)?
                    .copy_from_slice(signature);
                bytes.len = signature.len();
                Ok(Self(bytes))
            }
        }

        impl SignatureEncoding for $name {
            type Repr = Self;
        }

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.as_ref()).finish()
            }
        }
    };
}

bytes! {
    /// A signature as PSA has it: `r || s` of ECDSA, as long as the modulus of RSA.
    ///
    /// It has room for every algorithm, 512 bytes. Made of bytes it is not looked at until it is verified.
    ///
    /// ```
    /// use psa::signature::Signature;
    ///
    /// let signature = Signature::try_from(&[1; 64][..])?;
    /// assert_eq!(signature.as_ref(), [1; 64]);
    /// assert!(Signature::try_from(&[1; 513][..]).is_err());
    /// # Ok::<(), signature::Error>(())
    /// ```
    Signature
}

bytes! {
    /// A signature as X.509 and TLS have it: `Ecdsa-Sig-Value` of ECDSA (RFC 3279), as long as the modulus of RSA.
    ///
    /// It has room for every algorithm, 512 bytes. Made of bytes it is not looked at until it is verified.
    ///
    /// ```
    /// # use psa::{Algorithm, Attributes, Curve, Hash, Key, Usage, signature::{DerSignature, SigningKey}};
    /// # psa::init()?;
    /// # let key = Key::generate(
    /// #     Attributes::ecc_key_pair(Curve::P256).usage(Usage::SIGN).algorithm(Algorithm::ecdsa(Hash::Sha256)),
    /// # )?;
    /// use signature::Signer;
    ///
    /// let signature: DerSignature = SigningKey::new(&key)?.try_sign(b"hello")?;
    /// assert_eq!(signature.as_ref()[0], 0x30);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    DerSignature
}

impl Form for Signature {
    fn signed(_: &Scheme, sign: &mut dyn FnMut(&mut [u8]) -> Result<usize>) -> Result<Self> {
        let mut bytes = Bytes::empty();
        bytes.len = sign(&mut bytes.buffer)?;
        Ok(Self(bytes))
    }

    fn verified(&self, _: &Scheme, verify: &mut dyn FnMut(&[u8]) -> Result<()>) -> Result<()> {
        verify(self.as_ref())
    }
}

impl Form for DerSignature {
    fn signed(scheme: &Scheme, sign: &mut dyn FnMut(&mut [u8]) -> Result<usize>) -> Result<Self> {
        let mut bytes = Bytes::empty();
        if !signature::is_ecdsa(scheme.algorithm) {
            bytes.len = sign(&mut bytes.buffer)?;
            return Ok(Self(bytes));
        }
        let mut raw = [0; signature::ECDSA_RAW_MAX];
        let len = sign(&mut raw)?;
        let raw = raw.get(..len).ok_or(Error::CorruptionDetected)?;
        let mut writer = DerWriter::new(&mut bytes.buffer);
        signature::write(scheme.algorithm, raw, &mut writer);
        let len = writer.finish()?.len();
        bytes.buffer.rotate_right(len);
        bytes.len = len;
        Ok(Self(bytes))
    }

    fn verified(&self, scheme: &Scheme, verify: &mut dyn FnMut(&[u8]) -> Result<()>) -> Result<()> {
        if !signature::is_ecdsa(scheme.algorithm) {
            return verify(self.as_ref());
        }
        let mut raw = [0; signature::ECDSA_RAW_MAX];
        let len = 2 * scheme.bits.div_ceil(8);
        let raw = raw.get_mut(..len).ok_or(Error::UnsupportedKey)?;
        signature::read_ecdsa(self.as_ref(), raw)?;
        verify(raw)
    }
}
