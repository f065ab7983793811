//! `mbedtls_pk_context`, owned.
use core::cell::UnsafeCell;
use core::mem::MaybeUninit;

use zeroize::Zeroize;

use crate::error::{Error, Result};
use crate::ffi::md::md_type;
#[cfg(mbedtls = "PK_PARSE_C")]
use crate::ffi::mem::Input;
#[cfg(mbedtls = "PEM_WRITE_C")]
use crate::ffi::mem::text_len;
#[cfg(mbedtls = "PK_WRITE_C")]
use crate::ffi::mem::to_front;
use crate::ffi::pk_type::{self, key_type, psa_type};
use crate::ffi::{Entered, RNG, bounded, check, check_len, enter};
use crate::md::Md;
use crate::pk::KeyType;
use crate::sys;

/// Bytes of the longest signature that the configured algorithms can make.
pub(crate) const SIGNATURE_MAX: usize = sys::MBEDTLS_PSA_RS_SIGNATURE_MAX as usize;

/// A context that holds a key, freed when it is dropped.
///
/// The context has no pointer to itself (`pk_info` is static, `pk_ctx` on the heap), so it may be moved.
pub(crate) struct Context {
    /// The library changes what it calls constant (tables of a curve, blinding values of RSA), hence the cell.
    inner: UnsafeCell<sys::mbedtls_pk_context>,
}

// SAFETY: a context is not bound to the thread that made it. It is not `Sync` (the cell sees to that): the library
// guards the PSA core and an RSA key against concurrent use, but not the group of an EC key.
unsafe impl Send for Context {}

impl Context {
    /// An empty context. Never leaves this module without a key.
    ///
    /// It is made before the library is entered, so that it is dropped after the library was left: dropping enters, and
    /// where there are no threads nobody enters twice.
    fn empty() -> Self {
        let mut inner = MaybeUninit::uninit();
        // SAFETY: writes an initial value to the whole context.
        let inner = unsafe {
            sys::mbedtls_pk_init(inner.as_mut_ptr());
            inner.assume_init()
        };
        Self {
            inner: UnsafeCell::new(inner),
        }
    }

    /// The context for a C function. Whoever calls one has entered the library and holds no reference into the context.
    pub(crate) fn as_ptr(&self) -> *mut sys::mbedtls_pk_context {
        self.inner.get()
    }

    /// Makes a key in the PSA core, takes it over and destroys the original.
    pub(crate) fn generate(key_type: KeyType) -> Result<Self> {
        let context = Self::empty();
        let _entered = enter()?;
        let (psa_type, bits) = psa_type(key_type)?;
        let mut id = 0;
        // SAFETY: the attributes are initialised by the first call, and `id` is writable.
        check(unsafe {
            let mut attributes = sys::psa_key_attributes_init();
            sys::psa_set_key_type(&raw mut attributes, psa_type);
            sys::psa_set_key_bits(&raw mut attributes, bits);
            sys::psa_set_key_usage_flags(&raw mut attributes, sys::PSA_KEY_USAGE_EXPORT);
            sys::psa_generate_key(&raw const attributes, &raw mut id)
        })?;
        // SAFETY: `id` is the key made above, which nobody else knows; the context is empty, as the function wants it.
        let (copied, destroyed) = unsafe {
            (
                check(sys::mbedtls_pk_copy_from_psa(id, context.as_ptr())),
                check(sys::psa_destroy_key(id)),
            )
        };
        copied.and(destroyed)?;
        Ok(context)
    }

    /// Wraps a key pair that stays in the PSA core.
    pub(crate) fn opaque(id: sys::mbedtls_svc_key_id_t) -> Result<Self> {
        let context = Self::empty();
        let _entered = enter()?;
        // SAFETY: the context is empty, as the function wants it; a key that is none gives an error.
        check(unsafe { sys::mbedtls_pk_setup_opaque(context.as_ptr(), id) })?;
        Ok(context)
    }

    /// Reads a private key and checks that its two halves belong together.
    #[cfg(mbedtls = "PK_PARSE_C")]
    pub(crate) fn parse_key(key: &[u8], password: Option<&[u8]>) -> Result<Self> {
        let context = Self::empty();
        let entered = enter()?;
        let input = Input::new(key, sys::MBEDTLS_ERR_PK_ALLOC_FAILED, &entered)?;
        let key = input.as_slice();
        // An empty one is none: the library takes it for a wrong one in some formats.
        let password = password.filter(|password| !password.is_empty());
        let (password, password_len) =
            password.map_or((core::ptr::null(), 0), |p| (p.as_ptr(), p.len()));
        // SAFETY: an empty context, and each pointer is valid for reads of the length beside it; no password is null and
        // 0, as documented. PEM ends with a zero.
        check(unsafe {
            sys::mbedtls_pk_parse_key(
                context.as_ptr(),
                key.as_ptr(),
                key.len(),
                password,
                password_len,
                RNG,
                core::ptr::null_mut(),
            )
        })?;
        context.check_halves(&context, &entered)?;
        Ok(context)
    }

    /// Reads a public key.
    #[cfg(mbedtls = "PK_PARSE_C")]
    pub(crate) fn parse_public_key(key: &[u8]) -> Result<Self> {
        let context = Self::empty();
        let entered = enter()?;
        let input = Input::new(key, sys::MBEDTLS_ERR_PK_ALLOC_FAILED, &entered)?;
        let key = input.as_slice();
        // SAFETY: an empty context, and a pointer that is valid for reads of the length beside it. PEM ends with a zero.
        check(unsafe {
            sys::mbedtls_pk_parse_public_key(context.as_ptr(), key.as_ptr(), key.len())
        })?;
        Ok(context)
    }

    fn c_type(&self) -> sys::mbedtls_pk_type_t {
        // SAFETY: reads one field of an initialised context.
        unsafe { sys::mbedtls_pk_get_type(self.as_ptr()) }
    }

    /// Whether the key lives in the PSA core.
    pub(crate) fn is_opaque(&self) -> bool {
        self.c_type() == sys::MBEDTLS_PK_OPAQUE
    }

    /// What kind of key this is, or `None` for a kind that has no name here or a PSA key that is gone.
    pub(crate) fn key_type(&self) -> Result<Option<KeyType>> {
        let _entered = enter()?;
        let (psa_type, bits) = self.psa_type()?;
        Ok(key_type(psa_type, bits))
    }

    fn psa_type(&self) -> Result<(sys::psa_key_type_t, usize)> {
        if self.c_type() == sys::MBEDTLS_PK_RSA {
            // Not by attributes: for those the library proves the private half again.
            // SAFETY: a context with a key.
            let bits = unsafe { sys::mbedtls_pk_get_bitlen(self.as_ptr()) };
            return Ok((pk_type::RSA_PUBLIC_KEY, bits));
        }
        // SAFETY: the attributes are initialised by the first call and no longer used after the last; the context has a
        // key, and `priv_id` is what `opaque` put there.
        unsafe {
            let mut attributes = sys::psa_key_attributes_init();
            check(if self.is_opaque() {
                sys::psa_get_key_attributes((*self.as_ptr()).private_priv_id, &raw mut attributes)
            } else {
                sys::mbedtls_pk_get_psa_attributes(
                    self.as_ptr(),
                    sys::PSA_KEY_USAGE_VERIFY_HASH,
                    &raw mut attributes,
                )
            })?;
            let found = (
                sys::psa_get_key_type(&raw const attributes),
                sys::psa_get_key_bits(&raw const attributes),
            );
            sys::psa_reset_key_attributes(&raw mut attributes);
            Ok(found)
        }
    }

    /// The size of the key in bits.
    pub(crate) fn bits(&self) -> usize {
        // Without a lock there is no answer, as for a key that is gone.
        let Ok(_entered) = enter() else { return 0 };
        // SAFETY: a context with a key.
        unsafe { sys::mbedtls_pk_get_bitlen(self.as_ptr()) }
    }

    /// Signs a digest of the length that `md` has; returns how many bytes of `signature` were written.
    pub(crate) fn sign(&self, md: Md, digest: &[u8], signature: &mut [u8]) -> Result<usize> {
        let _entered = enter()?;
        let mut len = 0;
        // SAFETY: a context with a key, slices valid for the lengths that go with them, a writable length.
        check(unsafe {
            sys::mbedtls_pk_sign(
                self.as_ptr(),
                md_type(md),
                digest.as_ptr(),
                digest.len(),
                signature.as_mut_ptr(),
                signature.len(),
                &raw mut len,
                RNG,
                core::ptr::null_mut(),
            )
        })?;
        bounded(len, signature.len())
    }

    /// Verifies a signature of a digest of the length that `md` has.
    pub(crate) fn verify(&self, md: Md, digest: &[u8], signature: &[u8]) -> Result<()> {
        let _entered = enter()?;
        // SAFETY: a context with a key, slices valid for the lengths that go with them.
        check(unsafe {
            sys::mbedtls_pk_verify(
                self.as_ptr(),
                md_type(md),
                digest.as_ptr(),
                digest.len(),
                signature.as_ptr(),
                signature.len(),
            )
        })
    }

    /// Whether `public` is the public half of this key.
    pub(crate) fn check_pair(&self, public: &Self) -> Result<()> {
        let entered = enter()?;
        if !self.is_opaque() && !public.is_opaque() {
            return self.check_halves(public, &entered);
        }
        // Not by the C function: with an opaque key it takes the public one for an EC key unseen.
        if !self.is_opaque() {
            self.check_halves(self, &entered)?;
        }
        self.check_same_public(public, &entered)
    }

    #[cfg(mbedtls = "PK_WRITE_C")]
    fn check_same_public(&self, other: &Self, entered: &Entered) -> Result<()> {
        /// An RSA key of the PSA core has at most 4096 bits.
        const MAX: usize = 640;
        let (mut mine, mut others) = ([0; MAX], [0; MAX]);
        let mine_len = self.write_to(Form::PublicDer, &mut mine, entered)?;
        let others_len = other.write_to(Form::PublicDer, &mut others, entered)?;
        if mine[..mine_len] == others[..others_len] {
            Ok(())
        } else {
            Err(Error::from_code(sys::MBEDTLS_ERR_PK_BAD_INPUT_DATA))
        }
    }

    #[cfg(not(mbedtls = "PK_WRITE_C"))]
    fn check_same_public(&self, _other: &Self, _entered: &Entered) -> Result<()> {
        Err(Error::from_code(sys::MBEDTLS_ERR_PK_FEATURE_UNAVAILABLE))
    }

    fn check_halves(&self, public: &Self, _entered: &Entered) -> Result<()> {
        if self.is_opaque() || public.is_opaque() || self.c_type() != public.c_type() {
            return Err(Error::from_code(sys::MBEDTLS_ERR_PK_TYPE_MISMATCH));
        }
        #[cfg(mbedtls = "ECP_C")]
        if self.c_type() != sys::MBEDTLS_PK_RSA {
            // Not by mbedtls_pk_check_pair: that compares the first bytes of the points only.
            // SAFETY: what is neither opaque nor RSA holds an EC key, which these functions return.
            return check(unsafe {
                sys::mbedtls_ecp_check_pub_priv(
                    sys::mbedtls_pk_ec(*public.as_ptr()),
                    sys::mbedtls_pk_ec(*self.as_ptr()),
                    RNG,
                    core::ptr::null_mut(),
                )
            });
        }
        #[cfg(not(mbedtls = "ECP_C"))]
        if self.psa_type()? != public.psa_type()? {
            // The C function compares as many bytes as the public key has, whatever the other one's length.
            return Err(Error::from_code(sys::MBEDTLS_ERR_PK_TYPE_MISMATCH));
        }
        // SAFETY: two contexts of the same type, each with a key.
        check(unsafe {
            sys::mbedtls_pk_check_pair(public.as_ptr(), self.as_ptr(), RNG, core::ptr::null_mut())
        })
    }

    /// Writes a DER or PEM form to the front of `buffer` and returns its length; the rest of the buffer is zero, and all
    /// of it after an error.
    #[cfg(mbedtls = "PK_WRITE_C")]
    pub(crate) fn write(&self, form: Form, buffer: &mut [u8]) -> Result<usize> {
        buffer.zeroize();
        let written = enter().and_then(|entered| self.write_to(form, buffer, &entered));
        if written.is_err() {
            buffer.zeroize();
        }
        written
    }

    #[cfg(mbedtls = "PK_WRITE_C")]
    fn write_to(&self, form: Form, buffer: &mut [u8], _entered: &Entered) -> Result<usize> {
        let function = match form {
            Form::KeyDer => sys::mbedtls_pk_write_key_der,
            Form::PublicDer => sys::mbedtls_pk_write_pubkey_der,
            #[cfg(mbedtls = "PEM_WRITE_C")]
            Form::KeyPem => sys::mbedtls_pk_write_key_pem,
            #[cfg(mbedtls = "PEM_WRITE_C")]
            Form::PublicPem => sys::mbedtls_pk_write_pubkey_pem,
        };
        // SAFETY: a context with a key and a buffer that is writable for its length.
        let result = unsafe { function(self.as_ptr(), buffer.as_mut_ptr(), buffer.len()) };
        let len = check_len(result, buffer.len())?;
        match form {
            Form::KeyDer | Form::PublicDer => Ok(to_front(buffer, len)),
            #[cfg(mbedtls = "PEM_WRITE_C")]
            Form::KeyPem | Form::PublicPem => text_len(buffer),
        }
    }
}

impl Drop for Context {
    fn drop(&mut self) {
        // Where there are no threads, a value that is dropped while another context is inside the library keeps its
        // memory: losing it is better than two contexts in one heap.
        if let Ok(_entered) = enter() {
            // SAFETY: an initialised context, freed once.
            unsafe { sys::mbedtls_pk_free(self.as_ptr()) };
        }
    }
}

/// What [`Context::write`] writes.
#[cfg(mbedtls = "PK_WRITE_C")]
#[derive(Clone, Copy)]
pub(crate) enum Form {
    KeyDer,
    PublicDer,
    #[cfg(mbedtls = "PEM_WRITE_C")]
    KeyPem,
    #[cfg(mbedtls = "PEM_WRITE_C")]
    PublicPem,
}
