//! `mbedtls_x509_csr`, owned.
use core::cell::UnsafeCell;
use core::mem::MaybeUninit;

use crate::error::Result;
use crate::ffi::md::MAX_SIZE;
use crate::ffi::mem::Input;
use crate::ffi::x509::{Attributes, bytes};
use crate::ffi::{bounded, check, enter};
#[cfg(mbedtls = "PK_WRITE_C")]
use crate::ffi::{check_len, mem::to_front};
use crate::sys;

/// A parsed request, freed when it is dropped. It has no pointer to itself and may be moved.
pub(crate) struct Csr {
    /// Verifying changes the key inside, hence the cell.
    inner: UnsafeCell<sys::mbedtls_x509_csr>,
}

// SAFETY: not bound to the thread that made it; the cell keeps it from being `Sync`.
unsafe impl Send for Csr {}

impl Csr {
    pub(crate) fn parse(pem_or_der: &[u8]) -> Result<Self> {
        let mut inner = MaybeUninit::uninit();
        // SAFETY: writes an initial value to the whole structure.
        let inner = unsafe {
            sys::mbedtls_x509_csr_init(inner.as_mut_ptr());
            inner.assume_init()
        };
        // Made before the library is entered and so dropped after it was left: dropping enters.
        let csr = Self {
            inner: UnsafeCell::new(inner),
        };
        let entered = enter()?;
        let input = Input::new(pem_or_der, sys::MBEDTLS_ERR_X509_ALLOC_FAILED, &entered)?;
        // The function for both takes DER for PEM that has such words in it and ends with a zero.
        let parse = match input {
            Input::Der(_) => sys::mbedtls_x509_csr_parse_der,
            Input::Pem(_) => sys::mbedtls_x509_csr_parse,
        };
        let input = input.as_slice();
        // SAFETY: a fresh structure, and a pointer that is valid for reads of the length beside it. PEM ends with a zero.
        check(unsafe { parse(csr.inner.get(), input.as_ptr(), input.len()) })?;
        Ok(csr)
    }

    /// A copy of the structure: its pointers stay valid as long as `self` is not freed.
    fn view(&self) -> sys::mbedtls_x509_csr {
        // SAFETY: an initialised structure, and no call of the library is under way: it would be in this context.
        unsafe { self.inner.get().read() }
    }

    /// The whole request.
    pub(crate) fn der(&self) -> &[u8] {
        // SAFETY: the parser points into its own copy of the DER, which does not change until `self` is dropped.
        unsafe { bytes(self.view().raw) }
    }

    /// The attributes of the subject.
    pub(crate) fn subject(&self) -> Attributes<'_> {
        // SAFETY: as for `der`; the first node stands in the structure, the others on the heap.
        unsafe { Attributes::new(&raw const (*self.inner.get()).subject) }
    }

    /// The public key inside, as DER at the front of `buffer`.
    #[cfg(mbedtls = "PK_WRITE_C")]
    pub(crate) fn public_key_der(&self, buffer: &mut [u8]) -> Result<usize> {
        let _entered = enter()?;
        // SAFETY: the key inside is set, and the buffer is writable for its length.
        let result = unsafe {
            sys::mbedtls_pk_write_pubkey_der(
                &raw const (*self.inner.get()).pk,
                buffer.as_mut_ptr(),
                buffer.len(),
            )
        };
        let len = check_len(result, buffer.len())?;
        Ok(to_front(buffer, len))
    }

    /// Verifies the signature with the key inside.
    pub(crate) fn verify(&self) -> Result<()> {
        let _entered = enter()?;
        let view = self.view();
        // SAFETY: as for `der`.
        let (signed, signature) = unsafe { (bytes(view.cri), bytes(view.private_sig)) };
        let mut digest = [0; MAX_SIZE];
        let mut len = 0;
        // SAFETY: slices that are valid for the lengths beside them; key, algorithm and options are the parser's.
        unsafe {
            check(sys::psa_hash_compute(
                sys::mbedtls_md_psa_alg_from_type(view.private_sig_md),
                signed.as_ptr(),
                signed.len(),
                digest.as_mut_ptr(),
                digest.len(),
                &raw mut len,
            ))?;
            let digest = &digest[..bounded(len, MAX_SIZE)?];
            check(sys::mbedtls_pk_verify_ext(
                view.private_sig_pk,
                view.private_sig_opts,
                &raw mut (*self.inner.get()).pk,
                view.private_sig_md,
                digest.as_ptr(),
                digest.len(),
                signature.as_ptr(),
                signature.len(),
            ))
        }
    }
}

impl Drop for Csr {
    fn drop(&mut self) {
        // Without threads: as for a key, losing memory is better than two contexts in one heap.
        if let Ok(_entered) = enter() {
            // SAFETY: an initialised structure, freed once.
            unsafe { sys::mbedtls_x509_csr_free(self.inner.get()) };
        }
    }
}
