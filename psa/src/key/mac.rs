//! Message authentication codes.

use crate::{Error, Key, Mac, Result, ffi};

impl Key {
    /// Computes a MAC into the start of `output` and answers that part of it (`psa_mac_compute`). What is left of `output`
    /// has no defined contents afterwards.
    ///
    /// To compare with a MAC, use [`verify_mac`](Self::verify_mac), which takes constant time.
    ///
    /// # Errors
    /// [`Error::NotPermitted`] when the policy lacks [`Usage::SIGN_MESSAGE`](crate::Usage::SIGN_MESSAGE) or has another
    /// algorithm, [`Error::InvalidArgument`] when key and algorithm do not belong together, [`Error::NotSupported`] when
    /// the provider does not have the algorithm (Mbed TLS 3.6 has no CBC-MAC), [`Error::BufferTooSmall`] when `output` is
    /// shorter than [`sizes::mac_length`](crate::sizes::mac_length).
    ///
    #[doc = example_of_full!()]
    /// use psa::{Attributes, Hash, Key, KeyType, Mac, Usage};
    ///
    /// psa::init()?;
    /// let hmac = Mac::Hmac(Hash::Sha256);
    /// let key = Key::import(
    ///     Attributes::new(KeyType::Hmac, 0).usage(Usage::SIGN_MESSAGE).algorithm(hmac.into()),
    ///     b"Jefe",
    /// )?;
    /// let mut buffer = [0; 32];
    /// let mac = key.compute_mac_into(hmac, b"what do ya want for nothing?", &mut buffer)?;
    /// assert_eq!(mac[..4], [0x5b, 0xdc, 0xc1, 0x46]); // RFC 4231, test case 2
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn compute_mac_into<'b>(
        &self,
        algorithm: Mac,
        input: &[u8],
        output: &'b mut [u8],
    ) -> Result<&'b [u8]> {
        let len = ffi::mac::compute(self.id, algorithm.to_raw(), input, output)?;
        output.get(..len).ok_or(Error::CorruptionDetected)
    }

    /// Compares the MAC of `input` with another in constant time (`psa_mac_verify`).
    ///
    /// # Errors
    /// [`Error::InvalidSignature`] when they differ or `mac` has another length; otherwise as for
    /// [`compute_mac_into`](Self::compute_mac_into), with [`Usage::VERIFY_MESSAGE`](crate::Usage::VERIFY_MESSAGE).
    ///
    #[doc = example_of_full!()]
    /// # use psa::{Attributes, Error, Key, KeyType, Mac, Usage};
    /// # psa::init()?;
    /// let key = Key::generate(
    ///     Attributes::new(KeyType::Aes, 128).usage(Usage::VERIFY_MESSAGE).algorithm(Mac::Cmac.into()),
    /// )?;
    /// assert_eq!(key.verify_mac(Mac::Cmac, b"a message", &[0; 16]), Err(Error::InvalidSignature));
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn verify_mac(&self, algorithm: Mac, input: &[u8], mac: &[u8]) -> Result<()> {
        ffi::mac::verify(self.id, algorithm.to_raw(), input, mac)
    }
}

#[cfg(feature = "alloc")]
mod owned {
    use crate::{Key, Mac, Result, sizes};
    use alloc::{vec, vec::Vec};

    impl Key {
        /// Computes a MAC (`psa_mac_compute`).
        ///
        /// # Errors
        /// As for [`compute_mac_into`](Self::compute_mac_into).
        ///
        #[doc = example_of_full!()]
        /// # use psa::{Attributes, Key, KeyType, Mac, Usage};
        /// # psa::init()?;
        /// # let attributes = Attributes::new(KeyType::Aes, 128);
        /// # let key = Key::generate(attributes.usage(Usage::SIGN_MESSAGE | Usage::VERIFY_MESSAGE).algorithm(Mac::Cmac.into()))?;
        /// let mac = key.compute_mac(Mac::Cmac, b"a message")?;
        /// key.verify_mac(Mac::Cmac, b"a message", &mac)?;
        /// # Ok::<(), psa::Error>(())
        /// ```
        pub fn compute_mac(&self, algorithm: Mac, input: &[u8]) -> Result<Vec<u8>> {
            let mut output = vec![0; sizes::MAC_MAX_SIZE];
            let len = self.compute_mac_into(algorithm, input, &mut output)?.len();
            output.truncate(len);
            Ok(output)
        }
    }
}
