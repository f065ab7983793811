//! Secrets that wipe themselves.

use crate::ffi::text::ascii_mut;
use core::{fmt, ops::Deref};
use zeroize::Zeroize;

/// A secret in the caller's buffer, wiped when this guard is dropped.
///
/// The guard is a pointer, so handing it on copies nothing. It prints nothing.
///
/// ```
/// # use psa::{Attributes, Curve, Key, Usage};
/// # psa::init()?;
/// # let key = Key::generate(Attributes::ecc_key_pair(Curve::P256).usage(Usage::EXPORT))?;
/// let mut buffer = [0; 512];
/// let pem = key.private_key_pem_into(&mut buffer)?;
/// assert!(pem.starts_with("-----BEGIN EC PRIVATE KEY-----"));
/// assert_eq!(format!("{pem:?}"), "Secret(..)");
/// drop(pem);
/// assert_eq!(buffer, [0; 512]);
/// # Ok::<(), psa::Error>(())
/// ```
#[must_use = "the secret is wiped when this is dropped"]
pub struct Secret<'b, T: ?Sized + Zeroize>(&'b mut T);

impl<'b, T: ?Sized + Zeroize> Secret<'b, T> {
    /// Guards what stands in a buffer.
    ///
    /// ```
    /// let mut password = *b"correct horse";
    /// drop(psa::Secret::new(&mut password));
    /// assert_eq!(password, [0; 13]);
    /// ```
    pub fn new(secret: &'b mut T) -> Self {
        Self(secret)
    }

    pub(crate) fn get_mut(&mut self) -> &mut T {
        self.0
    }
}

impl<'b> Secret<'b, [u8]> {
    /// Keeps the first `len` bytes and wipes the rest.
    pub(crate) fn first(self, len: usize) -> Self {
        let (first, rest) = self.split(len);
        drop(rest);
        first
    }

    /// Keeps the last `len` bytes and wipes the rest.
    pub(crate) fn last(self, len: usize) -> Self {
        let start = self.0.len().saturating_sub(len);
        let (rest, last) = self.split(start);
        drop(rest);
        last
    }

    fn split(mut self, middle: usize) -> (Self, Self) {
        let whole = core::mem::take(&mut self.0);
        let (first, last) = whole.split_at_mut(middle.min(whole.len()));
        (Self(first), Self(last))
    }

    /// The same bytes as text, if they are ASCII.
    pub(crate) fn into_str(mut self) -> crate::Result<Secret<'b, str>> {
        match ascii_mut(core::mem::take(&mut self.0)) {
            Ok(text) => Ok(Secret(text)),
            Err(bytes) => {
                // The guard has the bytes again, and wipes them.
                self.0 = bytes;
                Err(crate::Error::Pem)
            }
        }
    }
}

impl<T: ?Sized + Zeroize> Deref for Secret<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0
    }
}

impl<T: ?Sized + Zeroize> AsRef<T> for Secret<'_, T> {
    fn as_ref(&self) -> &T {
        self.0
    }
}

impl AsRef<[u8]> for Secret<'_, str> {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl<T: ?Sized + Zeroize> Drop for Secret<'_, T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: ?Sized + Zeroize> fmt::Debug for Secret<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

#[cfg(feature = "alloc")]
pub use owned::{SecretString, SecretVec};

#[cfg(feature = "alloc")]
mod owned {
    use alloc::{string::String, vec, vec::Vec};
    use core::{fmt, ops::Deref};
    use zeroize::Zeroizing;

    macro_rules! owned {
        ($(#[$doc:meta])* $name:ident, $inner:ty, $target:ty) => {
            $(#[$doc])*
            #[must_use = "the secret is wiped when this is dropped"]
            pub struct $name(Zeroizing<$inner>);

            impl $name {
                pub(crate) fn new(secret: $inner) -> Self {
                    Self(Zeroizing::new(secret))
                }
            }

            impl Deref for $name {
                type Target = $target;

                fn deref(&self) -> &$target {
                    &self.0
                }
            }

            impl AsRef<$target> for $name {
                fn as_ref(&self) -> &$target {
                    &self.0
                }
            }

            impl fmt::Debug for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str(concat!(stringify!($name), "(..)"))
                }
            }
        };
    }

    owned! {
        /// Secret text on the heap, wiped when dropped; it prints nothing.
        ///
        /// ```
        /// # use psa::{Attributes, Curve, Key, Usage};
        /// # psa::init()?;
        /// # let key = Key::generate(Attributes::ecc_key_pair(Curve::P256).usage(Usage::EXPORT))?;
        /// let pem: psa::SecretString = key.private_key_pem()?;
        /// assert!(pem.starts_with("-----BEGIN EC PRIVATE KEY-----"));
        /// assert_eq!(format!("{pem:?}"), "SecretString(..)");
        /// # Ok::<(), psa::Error>(())
        /// ```
        SecretString, String, str
    }
    impl AsRef<[u8]> for SecretString {
        fn as_ref(&self) -> &[u8] {
            self.as_bytes()
        }
    }

    owned! {
        /// Secret bytes on the heap, wiped when dropped; they print nothing.
        ///
        /// ```
        /// # use psa::{Attributes, Curve, Key, Usage};
        /// # psa::init()?;
        /// # let key = Key::generate(Attributes::ecc_key_pair(Curve::P256).usage(Usage::EXPORT))?;
        /// let scalar: psa::SecretVec = key.export()?;
        /// assert_eq!(scalar.len(), 32);
        /// assert_eq!(format!("{scalar:?}"), "SecretVec(..)");
        /// # Ok::<(), psa::Error>(())
        /// ```
        SecretVec, Vec<u8>, [u8]
    }

    impl SecretVec {
        /// What `write` leaves in at most `size` bytes; it answers how many.
        pub(crate) fn written(
            size: usize,
            write: impl FnOnce(&mut [u8]) -> crate::Result<usize>,
        ) -> crate::Result<Self> {
            let mut secret = Zeroizing::new(vec![0; size]);
            let len = write(&mut secret)?;
            secret.truncate(len);
            Ok(Self(secret))
        }

        /// The bytes, which are no secret any more.
        pub(crate) fn into_public(mut self) -> Vec<u8> {
            core::mem::take(&mut *self.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guard_that_cannot_become_text_wipes_its_bytes() {
        let mut buffer = [0xff; 4];
        assert!(Secret::new(&mut buffer[..]).into_str().is_err());
        assert_eq!(buffer, [0; 4]);
        let mut buffer = *b"text";
        assert_eq!(
            &*Secret::new(&mut buffer[..]).into_str().expect("ASCII"),
            "text"
        );
        assert_eq!(buffer, [0; 4]);
    }

    #[test]
    fn what_is_split_off_is_wiped_at_once_and_the_rest_when_it_is_dropped() {
        let mut buffer = [7; 4];
        let first = Secret::new(&mut buffer[..]).first(1);
        assert_eq!(*first, [7]);
        drop(first);
        assert_eq!(buffer, [0; 4]);
        let mut buffer = [7; 4];
        core::mem::forget(Secret::new(&mut buffer[..]).last(1));
        assert_eq!(buffer, [0, 0, 0, 7]);
    }
}
