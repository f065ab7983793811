//! Keys.

mod aead;
mod agreement;
mod attributes;
mod cipher;
mod custom;
mod encryption;
mod formats;
mod id;
mod lifetime;
mod mac;
#[cfg(pk)]
mod pk;
mod policy;
pub(crate) mod public;
mod scheme;
mod signing;
mod types;
mod usage;

pub use attributes::Attributes;
pub use custom::CustomKeyParameters;
pub use id::KeyId;
pub use lifetime::{Lifetime, Location, Persistence};
pub use policy::Policy;
pub(crate) use scheme::Scheme;
pub use types::{Curve, DhFamily, EccFamily, KeyType};
pub use usage::Usage;

use crate::{Error, Result, Secret, ffi};
use core::fmt;
use public::PublicPoint;

/// A key in the provider: a name for it, never the key itself.
///
/// A volatile key is destroyed when this is dropped, unless [`into_id`](Key::into_id) has taken it away;
/// [`destroy`](Key::destroy) does it as well and answers the error, if any. A persistent key stays, for
/// [`open`](Key::open).
///
/// On bare metal a volatile key that is dropped while another context is inside the provider, in an interrupt handler for
/// instance, is destroyed by the next call of this crate that is let in; operations are ended so, too. Of a key in TF-M
/// that is dropped where calls are refused ([`Error::CalledFromHandler`], [`Error::Busy`]) nobody tells TF-M, which keeps it
/// until it starts anew: drop keys where calls succeed.
///
/// A `Key` may be sent to another thread and used by several at once: nothing in it changes but the remembered public
/// point, which is atomic. The point is computed once. Who replaces a persistent key by other means than this crate, while a
/// `Key` for its identifier lives, calls [`purge`](Key::purge) then, which forgets the point too.
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
#[must_use = "a volatile key is destroyed when it is dropped"]
pub struct Key {
    id: u32,
    volatile: bool,
    public: PublicPoint,
}

impl Key {
    /// The owner of a key that has this lifetime.
    const fn owner(id: u32, lifetime: Lifetime) -> Self {
        Self {
            id,
            volatile: lifetime.is_volatile(),
            public: PublicPoint::unknown(),
        }
    }

    /// The owner of a key that was just made with these attributes.
    pub(crate) const fn made(id: u32, attributes: &Attributes) -> Self {
        Self::owner(id, attributes.key_lifetime())
    }

    /// Generates a key (`psa_generate_key`).
    ///
    /// # Errors
    /// [`Error::NotSupported`] when the provider does not have the type or size, [`Error::InsufficientEntropy`] without
    /// a random source, [`Error::AlreadyExists`] when the identifier of a persistent key is taken, [`Error::BadState`]
    /// before [`init`](crate::init).
    ///
    /// ```
    /// use psa::{Attributes, Key, KeyType, Usage};
    ///
    /// psa::init()?;
    /// let key = Key::generate(Attributes::new(KeyType::RawData, 128).usage(Usage::EXPORT))?;
    /// assert_eq!(key.attributes()?.bits(), 128);
    /// let another = Key::generate(key.attributes()?)?;
    /// assert_ne!(another.id(), key.id());
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn generate(attributes: Attributes) -> Result<Self> {
        let id = ffi::key::generate(&attributes)?;
        Ok(Self::made(id, &attributes))
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
        let id = ffi::key::import(&attributes, data)?;
        Ok(Self::made(id, &attributes))
    }

    /// Opens a persistent key that was made before (PSA Crypto API, "Key lifetimes").
    ///
    /// # Errors
    /// [`Error::InvalidHandle`] when there is none with this identifier, [`Error::InvalidArgument`] when it is the
    /// identifier of a volatile key, which has one owner: see [`from_id`](Self::from_id). [`Error::NoStorage`] before
    /// the provider in this image was told where keys are kept, [`Error::DataCorrupt`] when what it finds there is
    /// damaged.
    ///
    #[cfg_attr(
        all(feature = "storage", not(target_os = "none")),
        doc = "```",
        doc = "use psa::{Attributes, Curve, Error, Key, KeyId};",
        doc = "",
        doc = "# let home = tempfile::tempdir()?;",
        doc = "# let folder = home.path().join(\"keys\");",
        doc = "psa::storage::set_folder(folder)?;",
        doc = "psa::init()?;",
        doc = "const DEVICE_KEY: KeyId = KeyId::user(0x1234).unwrap();",
        doc = "assert_eq!(Key::open(DEVICE_KEY).err(), Some(Error::InvalidHandle));",
        doc = "let key = Key::generate(Attributes::ecc_key_pair(Curve::P256).persistent(DEVICE_KEY))?;",
        doc = "let public = key.export_public()?;",
        doc = "drop(key);",
        doc = "assert_eq!(Key::open(DEVICE_KEY)?.export_public()?, public);",
        doc = "# Ok::<(), Box<dyn std::error::Error>>(())",
        doc = "```"
    )]
    pub fn open(id: KeyId) -> Result<Self> {
        let lifetime = Self::lifetime_of(id)?;
        if lifetime.is_volatile() {
            return Err(Error::InvalidArgument);
        }
        Ok(Self::owner(id.to_raw(), lifetime))
    }

    /// Gives up the key without destroying it, a volatile one included.
    ///
    /// ```
    /// use psa::{Attributes, Curve, Key};
    ///
    /// psa::init()?;
    /// let id = Key::generate(Attributes::ecc_key_pair(Curve::P256))?.into_id();
    /// let key = Key::from_id(id)?;
    /// assert_eq!(key.attributes()?.curve(), Some(Curve::P256));
    /// # Ok::<(), psa::Error>(())
    /// ```
    #[must_use = "a volatile key stays in the provider until somebody takes its identifier back"]
    pub fn into_id(self) -> KeyId {
        let id = self.id();
        core::mem::forget(self);
        id
    }

    /// Takes a key by its identifier, which [`into_id`](Self::into_id) or another API gave. A volatile key is destroyed
    /// when the answer is dropped, so take it once.
    ///
    /// # Errors
    /// [`Error::InvalidHandle`] when there is no such key.
    ///
    /// ```
    /// # use psa::{Error, Key, KeyId};
    /// # psa::init()?;
    /// assert_eq!(Key::from_id(KeyId::from_raw(0)).err(), Some(Error::InvalidHandle));
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn from_id(id: KeyId) -> Result<Self> {
        Ok(Self::owner(id.to_raw(), Self::lifetime_of(id)?))
    }

    fn lifetime_of(id: KeyId) -> Result<Lifetime> {
        Ok(ffi::key::attributes(id.to_raw())?.key_lifetime())
    }

    /// Copies the key (`psa_copy_key`), to another lifetime or with a narrower policy.
    ///
    /// The copy may do what both policies permit. Type and size are the key's own: the attributes repeat them or leave
    /// them open ([`Attributes::from_file`]).
    ///
    /// # Errors
    /// [`Error::NotPermitted`] without [`Usage::COPY`], and to another location without [`Usage::EXPORT`];
    /// [`Error::InvalidArgument`] when the policies have no algorithm in common, or type and size are others.
    ///
    /// ```
    /// use psa::{Algorithm, Attributes, Curve, Error, Hash, Key, Usage};
    ///
    /// psa::init()?;
    /// let ecdsa = Algorithm::ecdsa(Hash::Sha256);
    /// let usage = Usage::SIGN | Usage::EXPORT | Usage::COPY;
    /// let key = Key::generate(Attributes::ecc_key_pair(Curve::P256).usage(usage).algorithm(ecdsa))?;
    /// let signer = key.copy(Attributes::from_file().usage(Usage::SIGN).algorithm(ecdsa))?;
    /// assert_eq!(signer.export().err(), Some(Error::NotPermitted));
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn copy(&self, attributes: Attributes) -> Result<Self> {
        let id = ffi::key::copy(self.id, &attributes)?;
        Ok(Self::made(id, &attributes))
    }

    /// Drops what the provider keeps of a persistent key in fast memory (`psa_purge_key`); the key itself stays.
    ///
    /// # Errors
    /// What the provider answers; of a volatile key nothing happens.
    ///
    /// ```
    /// # use psa::{Attributes, Curve, Key};
    /// # psa::init()?;
    /// let key = Key::generate(Attributes::ecc_key_pair(Curve::P256))?;
    /// key.purge()?;
    /// key.export_public()?;
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn purge(&self) -> Result<()> {
        match public::ending(self.id, || ffi::key::purge(self.id)) {
            // Mbed TLS and TF-M say so of a key that is not in memory: what was asked for is so already.
            Err(Error::DoesNotExist) => Ok(()),
            answer => answer,
        }
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
        ffi::key::attributes(self.id)
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
    /// [`Error::Busy`] while another context is inside a provider without threads, and in Zephyr
    /// [`Error::CalledFromHandler`]: then a volatile key is as one that was [dropped](Self), and a persistent one is
    /// untouched: [`open`](Self::open) it to try again. Otherwise what the provider
    /// answers; the key may or may not be gone then.
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
        let answer = public::ending(self.id, || ffi::key::destroy(self.id));
        if !matches!(answer, Err(Error::Busy | Error::CalledFromHandler)) {
            core::mem::forget(self);
        }
        answer
    }

    pub(crate) fn export_raw(&self, output: &mut [u8]) -> Result<usize> {
        ffi::key::export(self.id, output)
    }

    /// The public key; computed once, and then remembered.
    pub(crate) fn export_public_raw(&self, output: &mut [u8]) -> Result<usize> {
        // Before the provider is asked: what it answers may be of this epoch or a later one, never of an earlier.
        let epoch = self.epoch();
        if let Some(len) = self.public.get(epoch, output) {
            return Ok(len);
        }
        let len = ffi::key::export_public(self.id, output)?;
        self.public
            .set(epoch, output.get(..len).ok_or(Error::CorruptionDetected)?);
        Ok(len)
    }

    /// Nobody else replaces a volatile key under its identifier; of a persistent one see [`public::epoch`].
    fn epoch(&self) -> u32 {
        if self.volatile {
            0
        } else {
            public::epoch(self.id)
        }
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        if self.volatile {
            ffi::key::abandon(self.id);
        }
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
            SecretVec::written(size, |buffer| self.export_raw(buffer))
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
