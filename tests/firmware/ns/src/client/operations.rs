//! Multi-part operations, aborted when they are dropped.

use super::{check, first};
use psa::{Key, Result};
#[allow(
    clippy::wildcard_imports,
    reason = "the functions that are called below"
)]
use tfm_sys::*;

/// An operation and its methods, each of a shape: what goes in and what comes out.
macro_rules! operation {
    ($(#[$doc:meta])* $type:ident($raw:ident, $init:ident, $abort:ident) {
        $($shape:ident $name:ident = $function:ident;)*
    }) => {
        $(#[$doc])*
        pub struct $type($raw);

        impl Default for $type {
            fn default() -> Self {
                Self::new()
            }
        }

        impl $type {
            /// An operation that is not active.
            pub const fn new() -> Self {
                Self($init())
            }

            #[doc = concat!("`", stringify!($abort), "`")]
            ///
            /// # Errors
            /// What the secure side answers.
            pub fn abort(&mut self) -> Result<()> {
                // SAFETY: the operation is this value's, borrowed mutably.
                check(unsafe { $abort(&raw mut self.0) })
            }

            $(operation!(@$shape $name = $function);)*
        }

        impl Drop for $type {
            fn drop(&mut self) {
                // A destructor cannot report; a leak shows when operations run out.
                let _ = self.abort();
            }
        }
    };
    (@begin $name:ident = $function:ident) => {
        #[doc = concat!("`", stringify!($function), "`")]
        ///
        /// # Errors
        /// What the secure side answers.
        pub fn $name(&mut self, algorithm: u32) -> Result<()> {
            // SAFETY: the operation is this value's, borrowed mutably.
            check(unsafe { $function(&raw mut self.0, algorithm) })
        }
    };
    (@begin_with_key $name:ident = $function:ident) => {
        #[doc = concat!("`", stringify!($function), "`")]
        ///
        /// # Errors
        /// What the secure side answers.
        pub fn $name(&mut self, key: &Key, algorithm: u32) -> Result<()> {
            // SAFETY: the operation is this value's, borrowed mutably.
            check(unsafe { $function(&raw mut self.0, key.id().to_raw(), algorithm) })
        }
    };
    (@take $name:ident = $function:ident) => {
        #[doc = concat!("`", stringify!($function), "`")]
        ///
        /// # Errors
        /// What the secure side answers.
        pub fn $name(&mut self, input: &[u8]) -> Result<()> {
            // SAFETY: the operation is borrowed mutably; pointer and length describe the slice.
            check(unsafe { $function(&raw mut self.0, input.as_ptr(), input.len()) })
        }
    };
    (@give $name:ident = $function:ident) => {
        #[doc = concat!("`", stringify!($function), "`")]
        ///
        /// # Errors
        /// What the secure side answers.
        pub fn $name<'b>(&mut self, output: &'b mut [u8]) -> Result<&'b [u8]> {
            let mut length = 0;
            // SAFETY: the operation is borrowed mutably; pointer and length describe the slice; `length` lives through
            // the call.
            check(unsafe {
                $function(&raw mut self.0, output.as_mut_ptr(), output.len(), &raw mut length)
            })?;
            first(output, length)
        }
    };
    (@pass $name:ident = $function:ident) => {
        #[doc = concat!("`", stringify!($function), "`")]
        ///
        /// # Errors
        /// What the secure side answers.
        pub fn $name<'b>(&mut self, input: &[u8], output: &'b mut [u8]) -> Result<&'b [u8]> {
            let mut length = 0;
            // SAFETY: the operation is borrowed mutably; each pointer and length describe one slice; `length` lives
            // through the call.
            check(unsafe {
                $function(
                    &raw mut self.0,
                    input.as_ptr(),
                    input.len(),
                    output.as_mut_ptr(),
                    output.len(),
                    &raw mut length,
                )
            })?;
            first(output, length)
        }
    };
}

operation! {
    /// A hash in parts.
    Hash(psa_hash_operation_t, psa_hash_operation_init, psa_hash_abort) {
        begin setup = psa_hash_setup;
        take update = psa_hash_update;
        give finish = psa_hash_finish;
        take verify = psa_hash_verify;
    }
}

impl Hash {
    /// `psa_hash_clone`
    ///
    /// # Errors
    /// What the secure side answers.
    pub fn clone_into(&self, target: &mut Self) -> Result<()> {
        // SAFETY: the source is borrowed, the target borrowed mutably.
        check(unsafe { psa_hash_clone(&raw const self.0, &raw mut target.0) })
    }
}

operation! {
    /// A MAC in parts.
    Mac(psa_mac_operation_t, psa_mac_operation_init, psa_mac_abort) {
        begin_with_key sign_setup = psa_mac_sign_setup;
        begin_with_key verify_setup = psa_mac_verify_setup;
        take update = psa_mac_update;
        give sign_finish = psa_mac_sign_finish;
        take verify_finish = psa_mac_verify_finish;
    }
}

operation! {
    /// A cipher in parts.
    Cipher(psa_cipher_operation_t, psa_cipher_operation_init, psa_cipher_abort) {
        begin_with_key encrypt_setup = psa_cipher_encrypt_setup;
        begin_with_key decrypt_setup = psa_cipher_decrypt_setup;
        take set_iv = psa_cipher_set_iv;
        give generate_iv = psa_cipher_generate_iv;
        pass update = psa_cipher_update;
        give finish = psa_cipher_finish;
    }
}

operation! {
    /// Authenticated encryption in parts.
    Aead(psa_aead_operation_t, psa_aead_operation_init, psa_aead_abort) {
        begin_with_key encrypt_setup = psa_aead_encrypt_setup;
        begin_with_key decrypt_setup = psa_aead_decrypt_setup;
        take set_nonce = psa_aead_set_nonce;
        give generate_nonce = psa_aead_generate_nonce;
        take update_ad = psa_aead_update_ad;
        pass update = psa_aead_update;
    }
}

impl Aead {
    /// `psa_aead_set_lengths`
    ///
    /// # Errors
    /// What the secure side answers.
    pub fn set_lengths(&mut self, ad: usize, plaintext: usize) -> Result<()> {
        // SAFETY: the operation is this value's, borrowed mutably.
        check(unsafe { psa_aead_set_lengths(&raw mut self.0, ad, plaintext) })
    }

    /// `psa_aead_finish`: the rest of the ciphertext, and the tag.
    ///
    /// # Errors
    /// What the secure side answers.
    pub fn finish<'r, 't>(
        &mut self,
        rest: &'r mut [u8],
        tag: &'t mut [u8],
    ) -> Result<(&'r [u8], &'t [u8])> {
        let (mut rest_length, mut tag_length) = (0, 0);
        // SAFETY: the operation is borrowed mutably; each pointer and length describe one slice; both lengths live
        // through the call.
        check(unsafe {
            psa_aead_finish(
                &raw mut self.0,
                rest.as_mut_ptr(),
                rest.len(),
                &raw mut rest_length,
                tag.as_mut_ptr(),
                tag.len(),
                &raw mut tag_length,
            )
        })?;
        Ok((first(rest, rest_length)?, first(tag, tag_length)?))
    }

    /// `psa_aead_verify`: the rest of the plaintext, if the tag is right.
    ///
    /// # Errors
    /// What the secure side answers.
    pub fn verify<'b>(&mut self, rest: &'b mut [u8], tag: &[u8]) -> Result<&'b [u8]> {
        let mut length = 0;
        // SAFETY: the operation is borrowed mutably; each pointer and length describe one slice; `length` lives through
        // the call.
        check(unsafe {
            psa_aead_verify(
                &raw mut self.0,
                rest.as_mut_ptr(),
                rest.len(),
                &raw mut length,
                tag.as_ptr(),
                tag.len(),
            )
        })?;
        first(rest, length)
    }
}

operation! {
    /// A key derivation.
    Derivation(
        psa_key_derivation_operation_t,
        psa_key_derivation_operation_init,
        psa_key_derivation_abort
    ) {
        begin setup = psa_key_derivation_setup;
    }
}

impl Derivation {
    /// `psa_key_derivation_input_bytes`
    ///
    /// # Errors
    /// What the secure side answers.
    pub fn input_bytes(&mut self, step: u16, data: &[u8]) -> Result<()> {
        // SAFETY: the operation is borrowed mutably; pointer and length describe the slice.
        check(unsafe {
            psa_key_derivation_input_bytes(&raw mut self.0, step, data.as_ptr(), data.len())
        })
    }

    /// `psa_key_derivation_input_key`
    ///
    /// # Errors
    /// What the secure side answers.
    pub fn input_key(&mut self, step: u16, key: &Key) -> Result<()> {
        // SAFETY: the operation is this value's, borrowed mutably.
        check(unsafe { psa_key_derivation_input_key(&raw mut self.0, step, key.id().to_raw()) })
    }

    /// `psa_key_derivation_key_agreement`
    ///
    /// # Errors
    /// What the secure side answers.
    pub fn key_agreement(&mut self, step: u16, key: &Key, peer: &[u8]) -> Result<()> {
        // SAFETY: the operation is borrowed mutably; pointer and length describe the slice.
        check(unsafe {
            psa_key_derivation_key_agreement(
                &raw mut self.0,
                step,
                key.id().to_raw(),
                peer.as_ptr(),
                peer.len(),
            )
        })
    }

    /// `psa_key_derivation_get_capacity`
    ///
    /// # Errors
    /// What the secure side answers.
    pub fn capacity(&self) -> Result<usize> {
        let mut capacity = 0;
        // SAFETY: the operation is borrowed; the capacity lives through the call.
        check(unsafe { psa_key_derivation_get_capacity(&raw const self.0, &raw mut capacity) })?;
        Ok(capacity)
    }

    /// `psa_key_derivation_set_capacity`
    ///
    /// # Errors
    /// What the secure side answers.
    pub fn set_capacity(&mut self, capacity: usize) -> Result<()> {
        // SAFETY: the operation is this value's, borrowed mutably.
        check(unsafe { psa_key_derivation_set_capacity(&raw mut self.0, capacity) })
    }

    /// `psa_key_derivation_output_bytes`
    ///
    /// # Errors
    /// What the secure side answers.
    pub fn output_bytes(&mut self, output: &mut [u8]) -> Result<()> {
        // SAFETY: the operation is borrowed mutably; pointer and length describe the slice.
        check(unsafe {
            psa_key_derivation_output_bytes(&raw mut self.0, output.as_mut_ptr(), output.len())
        })
    }

    /// `psa_key_derivation_output_key`: an HMAC key for SHA-256 that may be exported, and its identifier.
    ///
    /// # Errors
    /// What the secure side answers.
    pub fn output_hmac_key(&mut self, bits: usize) -> Result<u32> {
        let mut attributes = psa_key_attributes_init();
        let mut id = 0;
        // SAFETY: operation, attributes and id live through each call, and only this function knows of the latter two.
        unsafe {
            psa_set_key_type(&raw mut attributes, PSA_KEY_TYPE_HMAC);
            psa_set_key_bits(&raw mut attributes, bits);
            psa_set_key_usage_flags(&raw mut attributes, PSA_KEY_USAGE_EXPORT);
            psa_set_key_algorithm(&raw mut attributes, PSA_ALG_HMAC(PSA_ALG_SHA_256));
            check(psa_key_derivation_output_key(
                &raw const attributes,
                &raw mut self.0,
                &raw mut id,
            ))?;
        }
        Ok(id)
    }
}
