//! `mbedtls_x509_crt`, owned.
use core::cell::UnsafeCell;
use core::ffi::c_int;
use core::mem::MaybeUninit;
use core::ptr;

use crate::error::{Error, Result};
use crate::ffi::mem::{Input, Terminated};
use crate::ffi::x509::{Attributes, bytes};
use crate::ffi::{check, enter};
use crate::sys;
use crate::x509::Time;

/// A parsed certificate and those that followed it, freed when it is dropped. It has no pointer to itself and may be
/// moved.
pub(crate) struct Crt {
    /// Verifying changes the keys inside, hence the cell.
    inner: UnsafeCell<sys::mbedtls_x509_crt>,
}

// SAFETY: not bound to the thread that made it; the cell keeps it from being `Sync`.
unsafe impl Send for Crt {}

impl Crt {
    pub(crate) fn parse(pem_or_der: &[u8]) -> Result<Self> {
        let mut inner = MaybeUninit::uninit();
        // SAFETY: writes an initial value to the whole structure.
        let inner = unsafe {
            sys::mbedtls_x509_crt_init(inner.as_mut_ptr());
            inner.assume_init()
        };
        // Made before the library is entered and so dropped after it was left: dropping enters.
        let crt = Self {
            inner: UnsafeCell::new(inner),
        };
        let entered = enter()?;
        let input = Input::new(pem_or_der, sys::MBEDTLS_ERR_X509_ALLOC_FAILED, &entered)?;
        // The function for both takes DER for PEM that has such words in it and ends with a zero.
        let parse = match input {
            Input::Der(_) => sys::mbedtls_x509_crt_parse_der,
            Input::Pem(_) => sys::mbedtls_x509_crt_parse,
        };
        let input = input.as_slice();
        // SAFETY: a fresh structure, and a pointer that is valid for reads of the length beside it. PEM ends with a zero.
        match unsafe { parse(crt.inner.get(), input.as_ptr(), input.len()) } {
            // So many certificates of a PEM file were not read: none shall be missing unseen.
            1.. => return Err(Error::from_code(sys::MBEDTLS_ERR_X509_INVALID_FORMAT)),
            result => check(result)?,
        }
        Ok(crt)
    }

    /// A copy of the first certificate's structure: its pointers stay valid as long as `self` is not freed.
    fn view(&self) -> sys::mbedtls_x509_crt {
        // SAFETY: an initialised structure, and no call of the library is under way: it would be in this context.
        unsafe { self.inner.get().read() }
    }

    /// How many certificates there are.
    pub(crate) fn count(&self) -> usize {
        let mut count = 1;
        let mut next = self.view().next;
        // SAFETY: the parser's list; each pointer in it is null or a certificate that lives as long as `self`.
        while let Some(crt) = unsafe { next.as_ref() } {
            count += 1;
            next = crt.next;
        }
        count
    }

    pub(crate) fn version(&self) -> c_int {
        self.view().version
    }

    /// The whole certificate.
    pub(crate) fn der(&self) -> &[u8] {
        // SAFETY: the parser points into its own copy of the DER, which does not change until `self` is dropped.
        unsafe { bytes(self.view().raw) }
    }

    pub(crate) fn serial(&self) -> &[u8] {
        // SAFETY: as for `der`.
        unsafe { bytes(self.view().serial) }
    }

    /// The public key as DER.
    pub(crate) fn public_key_der(&self) -> &[u8] {
        // SAFETY: as for `der`.
        unsafe { bytes(self.view().pk_raw) }
    }

    pub(crate) fn subject(&self) -> Attributes<'_> {
        // SAFETY: as for `der`; the first node stands in the structure, the others on the heap.
        unsafe { Attributes::new(&raw const (*self.inner.get()).subject) }
    }

    pub(crate) fn issuer(&self) -> Attributes<'_> {
        // SAFETY: as for `subject`.
        unsafe { Attributes::new(&raw const (*self.inner.get()).issuer) }
    }

    pub(crate) fn validity(&self) -> (Time, Time) {
        let view = self.view();
        (time(view.valid_from), time(view.valid_to))
    }

    /// Whether the certificate says that it belongs to an authority.
    pub(crate) fn is_authority(&self) -> bool {
        self.view().private_ca_istrue != 0
    }

    /// Verifies the chain; the second number of an error tells what is wrong.
    pub(crate) fn verify(
        &self,
        trusted: &Self,
        host: Option<&str>,
    ) -> core::result::Result<(), (Error, u32)> {
        let plain = |error| (error, 0);
        let entered = enter().map_err(plain)?;
        let host = match host {
            // C would look at the part before the zero only.
            Some(host) if host.contains('\0') => {
                return Err(plain(Error::from_code(
                    sys::MBEDTLS_ERR_X509_BAD_INPUT_DATA,
                )));
            }
            Some(host) => {
                let copy = Terminated::new(
                    host.as_bytes(),
                    sys::MBEDTLS_ERR_X509_ALLOC_FAILED,
                    &entered,
                );
                Some(copy.map_err(plain)?)
            }
            None => None,
        };
        let name = host
            .as_ref()
            .map_or(ptr::null(), |host| host.as_slice().as_ptr().cast());
        let mut flags = 0;
        // SAFETY: two chains of the parser's, which may be the same: the function changes neither, but for the keys'
        // insides. No revocation list, no callback; a name that ends with a zero or none.
        let result = unsafe {
            sys::mbedtls_x509_crt_verify(
                self.inner.get(),
                trusted.inner.get(),
                ptr::null_mut(),
                name,
                &raw mut flags,
                None,
                ptr::null_mut(),
            )
        };
        check(result).map_err(|error| (error, flags))
    }
}

fn time(time: sys::mbedtls_x509_time) -> Time {
    // The parser has checked the ranges; a year has four digits.
    let byte = |number: c_int| u8::try_from(number).unwrap_or_default();
    Time::from_parts(
        u16::try_from(time.year).unwrap_or_default(),
        [
            byte(time.mon),
            byte(time.day),
            byte(time.hour),
            byte(time.min),
            byte(time.sec),
        ],
    )
}

impl Drop for Crt {
    fn drop(&mut self) {
        // Without threads: as for a key, losing memory is better than two contexts in one heap.
        if let Ok(_entered) = enter() {
            // SAFETY: an initialised structure, freed once.
            unsafe { sys::mbedtls_x509_crt_free(self.inner.get()) };
        }
    }
}
