//! Key agreement.

use crate::{Key, KeyAgreement, Result, Secret, ffi};

impl Key {
    /// Agrees on a secret with a peer and writes it to the start of `buffer` (`psa_raw_key_agreement`). The buffer is wiped
    /// when the answer is dropped, and when anything fails.
    ///
    /// The secret is no key: its bytes are not evenly distributed. Derive keys from it, or use an
    /// [`Agreement`](crate::Agreement), from which the secret does not come out at all.
    ///
    /// # Errors
    /// [`Error::NotPermitted`](crate::Error::NotPermitted) when the policy lacks [`Usage::DERIVE`](crate::Usage::DERIVE)
    /// or has another algorithm, [`Error::InvalidArgument`](crate::Error::InvalidArgument) when `peer_public` is no public
    /// key of the same curve or group, [`Error::BufferTooSmall`](crate::Error::BufferTooSmall).
    ///
    /// ```
    /// use psa::{Attributes, Curve, Key, KeyAgreement, Usage};
    ///
    /// psa::init()?;
    /// let attributes =
    ///     Attributes::ecc_key_pair(Curve::P256).usage(Usage::DERIVE).algorithm(KeyAgreement::Ecdh.into());
    /// let (ours, theirs) = (Key::generate(attributes)?, Key::generate(attributes)?);
    /// let (mut our_point, mut their_point) = ([0; 65], [0; 65]);
    /// ours.export_public_into(&mut our_point)?;
    /// theirs.export_public_into(&mut their_point)?;
    ///
    /// let (mut one, mut other) = ([0; 32], [0; 32]);
    /// let one = ours.raw_key_agreement_into(KeyAgreement::Ecdh, &their_point, &mut one)?;
    /// let other = theirs.raw_key_agreement_into(KeyAgreement::Ecdh, &our_point, &mut other)?;
    /// assert_eq!(*one, *other);
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn raw_key_agreement_into<'b>(
        &self,
        algorithm: KeyAgreement,
        peer_public: &[u8],
        buffer: &'b mut [u8],
    ) -> Result<Secret<'b, [u8]>> {
        let mut secret = Secret::new(buffer);
        let output = secret.get_mut();
        let len = ffi::agreement::raw(self.id, algorithm.to_raw(), peer_public, output)?;
        Ok(secret.first(len))
    }
}

#[cfg(feature = "alloc")]
mod owned {
    use crate::{Key, KeyAgreement, Result, SecretVec, ffi, sizes};

    impl Key {
        /// Agrees on a secret with a peer (`psa_raw_key_agreement`).
        ///
        /// # Errors
        /// As for [`raw_key_agreement_into`](Self::raw_key_agreement_into).
        ///
        /// ```
        /// # use psa::{Attributes, Curve, Error, Key, KeyAgreement, Usage};
        /// # psa::init()?;
        /// # let attributes =
        /// #     Attributes::ecc_key_pair(Curve::P256).usage(Usage::DERIVE).algorithm(KeyAgreement::Ecdh.into());
        /// # let (key, peer) = (Key::generate(attributes)?, Key::generate(attributes)?.export_public()?);
        /// assert_eq!(key.raw_key_agreement(KeyAgreement::Ecdh, &peer)?.len(), 32);
        /// let no_point = key.raw_key_agreement(KeyAgreement::Ecdh, &[4; 65]);
        /// assert_eq!(no_point.err(), Some(Error::InvalidArgument));
        /// # Ok::<(), psa::Error>(())
        /// ```
        pub fn raw_key_agreement(
            &self,
            algorithm: KeyAgreement,
            peer_public: &[u8],
        ) -> Result<SecretVec> {
            let attributes = self.attributes()?;
            let size =
                sizes::raw_key_agreement_output_size(attributes.key_type(), attributes.bits());
            SecretVec::written(size, |secret| {
                ffi::agreement::raw(self.id, algorithm.to_raw(), peer_public, secret)
            })
        }
    }
}
