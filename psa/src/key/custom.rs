//! Keys that are made in another way than the usual one.

use crate::{Attributes, Error, Key, KeyType, Result, ffi};

/// How a key is made, where that is not the usual way (`psa_custom_key_parameters_t` and its data).
///
/// ```
/// use psa::CustomKeyParameters;
///
/// const F4: CustomKeyParameters = CustomKeyParameters::rsa_public_exponent(&[1, 0, 1]);
/// assert_ne!(F4, CustomKeyParameters::DEFAULT);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CustomKeyParameters<'a> {
    pub(crate) flags: u32,
    pub(crate) data: &'a [u8],
}

impl<'a> CustomKeyParameters<'a> {
    /// The usual way.
    pub const DEFAULT: CustomKeyParameters<'static> = CustomKeyParameters {
        flags: 0,
        data: &[],
    };

    /// An RSA key pair with this public exponent, big-endian: odd, at least 3, in Mbed TLS at most 2³¹ - 1.
    #[must_use]
    pub const fn rsa_public_exponent(exponent: &'a [u8]) -> Self {
        Self {
            flags: 0,
            data: exponent,
        }
    }

    /// Any other, by its flags and data.
    #[must_use]
    pub const fn raw(flags: u32, data: &'a [u8]) -> Self {
        Self { flags, data }
    }
}

impl Key {
    /// Generates a key in another way than the usual one (`psa_generate_key_custom`): in Mbed TLS an RSA key pair with
    /// another public exponent than 65537; in TF-M the usual way alone.
    ///
    /// # Errors
    /// As for [`generate`](Self::generate); [`Error::InvalidArgument`] when the parameters
    /// do not fit the type or have no meaning, [`Error::NotSupported`] when the provider does
    /// not have them.
    ///
    /// ```
    /// use psa::{Attributes, Curve, CustomKeyParameters, Key};
    ///
    /// # #[cfg(feature = "full")] {
    /// psa::init()?;
    /// let exponent = CustomKeyParameters::rsa_public_exponent(&[3]);
    /// let key = Key::generate_custom(Attributes::rsa_key_pair(1024), exponent)?;
    /// assert_eq!(key.export_public()?.last(), Some(&3));
    ///
    /// assert!(Key::generate_custom(Attributes::ecc_key_pair(Curve::P256), exponent).is_err());
    /// Key::generate_custom(Attributes::ecc_key_pair(Curve::P256), CustomKeyParameters::DEFAULT)?;
    /// # }
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn generate_custom(
        attributes: Attributes,
        custom: CustomKeyParameters<'_>,
    ) -> Result<Self> {
        // With an even exponent Mbed TLS 3.6 looks for a key for ever, of which there is none.
        let rsa = matches!(attributes.key_type(), KeyType::RsaKeyPair);
        if rsa && custom.data.last().is_some_and(|byte| byte % 2 == 0) {
            return Err(Error::InvalidArgument);
        }
        let id = ffi::key::generate_custom(&attributes, custom.flags, custom.data)?;
        Ok(Self::made(id, &attributes))
    }
}
