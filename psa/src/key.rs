//! Keys.

mod attributes;
mod formats;
mod id;
#[cfg(feature = "mbedtls")]
mod pk;
mod public;
mod signing;
mod types;
mod usage;

pub use attributes::Attributes;
pub use id::KeyId;
pub use types::{Curve, DhFamily, EccFamily, KeyType};
pub use usage::Usage;

use crate::{Error, Result, Secret, ffi};
use core::fmt;
use public::PublicPoint;

/// A key in the provider: a name for it, never the key itself.
///
/// The key is destroyed when this is dropped; [`destroy`](Key::destroy) does it as well and answers the error, if any.
/// On bare metal a key that is dropped while another context is inside the provider ([`Error::Busy`]), in an interrupt
/// handler for instance, keeps its slot until the provider starts anew: losing a slot is better than two contexts in one
/// key store. Drop keys where calls succeed.
///
/// A `Key` may be sent to another thread and used by several at once: nothing in it changes but the remembered public
/// point, which is atomic.
///
/// ```
/// use psa::{Algorithm, Attributes, Curve, Hash, Key, Sign, Usage};
///
/// psa::init()?;
/// let key = Key::generate(
///     Attributes::ecc_key_pair(Curve::P256)
///         .usage(Usage::SIGN | Usage::VERIFY)
///         .algorithm(Algorithm::ecdsa(Hash::Sha256)),
/// )?;
/// let mut buffer = [0; 64];
/// let signature = key.sign_message_into(Sign::Ecdsa(Hash::Sha256), b"hello", &mut buffer)?;
/// key.verify_message(Sign::Ecdsa(Hash::Sha256), b"hello", signature)?;
/// # Ok::<(), psa::Error>(())
/// ```
pub struct Key {
    id: u32,
    public: PublicPoint,
}

impl Key {
    const fn volatile(id: u32) -> Self {
        Self {
            id,
            public: PublicPoint::unknown(),
        }
    }

    /// Generates a key (`psa_generate_key`).
    ///
    /// # Errors
    /// [`Error::NotSupported`] when the provider does not have the type or size, [`Error::InsufficientEntropy`] without
    /// a random source, [`Error::BadState`] before [`init`](crate::init).
    ///
    /// ```
    /// use psa::{Attributes, Key, KeyType, Usage};
    ///
    /// psa::init()?;
    /// let key = Key::generate(Attributes::new(KeyType::RawData, 128).usage(Usage::EXPORT))?;
    /// assert_eq!(key.attributes()?.bits(), 128);
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn generate(attributes: Attributes) -> Result<Self> {
        ffi::generate_key(&attributes).map(Self::volatile)
    }

    /// Imports a key in the format of the specification (`psa_import_key`): for a curve the scalar, or the point of a
    /// public key; for RSA the DER of PKCS#1. For PEM and other DER see [`import_pem`](Self::import_pem) and
    /// [`import_der`](Self::import_der).
    ///
    /// # Errors
    /// [`Error::InvalidArgument`] when the data is no such key, [`Error::NotSupported`] when the provider does not have
    /// the type or size.
    ///
    /// ```
    /// use psa::{Attributes, Curve, Key};
    ///
    /// psa::init()?;
    /// let scalar = [0x42; 32];
    /// let key = Key::import(Attributes::ecc_key_pair(Curve::P256), &scalar)?;
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn import(attributes: Attributes, data: &[u8]) -> Result<Self> {
        ffi::import_key(&attributes, data).map(Self::volatile)
    }

    /// Reads the attributes back (`psa_get_key_attributes`).
    ///
    /// # Errors
    /// What the provider answers; for a key that exists that is a failure of its own.
    ///
    /// ```
    /// use psa::{Attributes, Curve, Key};
    ///
    /// psa::init()?;
    /// let key = Key::generate(Attributes::ecc_key_pair(Curve::P256))?;
    /// assert_eq!(key.attributes()?.curve(), Some(Curve::P256));
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn attributes(&self) -> Result<Attributes> {
        ffi::get_key_attributes(self.id)
    }

    /// The identifier, for other APIs that take one; the key stays this value's, and dies with it.
    ///
    /// ```
    /// use psa::{Attributes, Curve, Key};
    ///
    /// psa::init()?;
    /// let key = Key::generate(Attributes::ecc_key_pair(Curve::P256))?;
    /// assert_ne!(key.id().to_raw(), 0);
    /// # Ok::<(), psa::Error>(())
    /// ```
    #[must_use]
    pub const fn id(&self) -> KeyId {
        KeyId::from_raw(self.id)
    }

    /// Exports the private or secret key into `buffer` in the format of the specification (`psa_export_key`).
    ///
    /// The buffer is wiped when the answer is dropped, and when the export fails.
    ///
    /// # Errors
    /// [`Error::NotPermitted`] without [`Usage::EXPORT`], [`Error::BufferTooSmall`].
    ///
    /// ```
    /// use psa::{Attributes, Curve, Error, Key, Usage};
    ///
    /// psa::init()?;
    /// let key = Key::generate(Attributes::ecc_key_pair(Curve::P256).usage(Usage::EXPORT))?;
    /// let mut buffer = [0; 32];
    /// assert_eq!(key.export_into(&mut buffer)?.len(), 32);
    ///
    /// let key = Key::generate(Attributes::ecc_key_pair(Curve::P256))?;
    /// assert_eq!(key.export_into(&mut buffer).err(), Some(Error::NotPermitted));
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn export_into<'b>(&self, buffer: &'b mut [u8]) -> Result<Secret<'b, [u8]>> {
        let mut secret = Secret::new(buffer);
        let len = self.export_raw(secret.get_mut())?;
        Ok(secret.first(len))
    }

    /// Exports the public key into `buffer` in the format of the specification (`psa_export_public_key`): for a curve
    /// the uncompressed point, for RSA the DER of PKCS#1.
    ///
    /// # Errors
    /// [`Error::InvalidArgument`] for a key without a public half, [`Error::BufferTooSmall`].
    ///
    /// ```
    /// use psa::{Attributes, Curve, Key};
    ///
    /// psa::init()?;
    /// let key = Key::generate(Attributes::ecc_key_pair(Curve::P256))?;
    /// let mut buffer = [0; 65];
    /// assert_eq!(key.export_public_into(&mut buffer)?[0], 4);
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn export_public_into<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b [u8]> {
        let len = self.export_public_raw(buffer)?;
        buffer.get(..len).ok_or(Error::CorruptionDetected)
    }

    /// Destroys the key now (`psa_destroy_key`), and says whether that worked; dropping it cannot say so.
    ///
    /// # Errors
    /// What the provider answers; the key may or may not be gone then.
    ///
    /// ```
    /// use psa::{Attributes, Curve, Key};
    ///
    /// psa::init()?;
    /// let key = Key::generate(Attributes::ecc_key_pair(Curve::P256))?;
    /// key.destroy()?;
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn destroy(self) -> Result<()> {
        let id = self.id;
        core::mem::forget(self);
        ffi::destroy_key(id)
    }

    pub(crate) fn export_raw(&self, output: &mut [u8]) -> Result<usize> {
        ffi::export_key(self.id, output)
    }

    pub(crate) fn export_public_raw(&self, output: &mut [u8]) -> Result<usize> {
        if let Some(len) = self.public.get(output) {
            return Ok(len);
        }
        let len = ffi::export_public_key(self.id, output)?;
        self.public
            .set(output.get(..len).ok_or(Error::CorruptionDetected)?);
        Ok(len)
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        // A destructor cannot report; `destroy` can.
        let _ = ffi::destroy_key(self.id);
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

#[cfg(feature = "alloc")]
mod owned {
    use crate::{Key, Result, SecretVec, sizes};
    use alloc::{vec, vec::Vec};
    use zeroize::Zeroizing;

    impl Key {
        /// Exports the private or secret key in the format of the specification (`psa_export_key`).
        ///
        /// # Errors
        /// [`Error::NotPermitted`](crate::Error::NotPermitted) without [`Usage::EXPORT`](crate::Usage::EXPORT).
        ///
        /// ```
        /// use psa::{Attributes, Key, KeyType, Usage};
        ///
        /// psa::init()?;
        /// let key = Key::import(Attributes::new(KeyType::RawData, 0).usage(Usage::EXPORT), b"abc")?;
        /// assert_eq!(*key.export()?, *b"abc");
        /// # Ok::<(), psa::Error>(())
        /// ```
        pub fn export(&self) -> Result<SecretVec> {
            let attributes = self.attributes()?;
            let size = sizes::export_key_output_size(attributes.key_type(), attributes.bits());
            let mut buffer = Zeroizing::new(vec![0; size]);
            let len = self.export_raw(&mut buffer)?;
            buffer.truncate(len);
            Ok(SecretVec::new(core::mem::take(&mut *buffer)))
        }

        /// Exports the public key in the format of the specification (`psa_export_public_key`).
        ///
        /// # Errors
        /// [`Error::InvalidArgument`](crate::Error::InvalidArgument) for a key without a public half.
        ///
        /// ```
        /// use psa::{Attributes, Curve, Key};
        ///
        /// psa::init()?;
        /// let key = Key::generate(Attributes::ecc_key_pair(Curve::P256))?;
        /// assert_eq!(key.export_public()?.len(), 65);
        /// # Ok::<(), psa::Error>(())
        /// ```
        pub fn export_public(&self) -> Result<Vec<u8>> {
            let attributes = self.attributes()?;
            let size =
                sizes::export_public_key_output_size(attributes.key_type(), attributes.bits());
            let mut buffer = vec![0; size];
            let len = self.export_public_raw(&mut buffer)?;
            buffer.truncate(len);
            Ok(buffer)
        }
    }
}
