//! Writing requests and certificates.
use core::ffi::c_int;
use core::ptr;

use zeroize::Zeroize;

use crate::error::{Error, Result};
use crate::ffi::md::md_type;
#[cfg(mbedtls = "PEM_WRITE_C")]
use crate::ffi::mem::text_len;
use crate::ffi::mem::to_front;
use crate::ffi::pk::Context;
use crate::ffi::x509::{AltNames, Names};
use crate::ffi::{RNG, check, check_len, enter};
use crate::md::Md;
use crate::sys;
use crate::x509::{AltName, KeyUsage};

/// The form that is written.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    Der,
    #[cfg(mbedtls = "PEM_WRITE_C")]
    Pem,
}

/// A C writer: it gets the structure, the buffer and the random source.
type Writer<T> = unsafe extern "C" fn(
    *mut T,
    *mut core::ffi::c_uchar,
    usize,
    sys::mbedtls_f_rng_t,
    *mut core::ffi::c_void,
) -> c_int;

/// Runs a C writer and moves what it wrote to the front.
///
/// # Safety
/// `context` is ready for the writer, with everything it points to.
unsafe fn write<T>(
    context: *mut T,
    writer: Writer<T>,
    form: Form,
    buffer: &mut [u8],
) -> Result<usize> {
    buffer.zeroize();
    // SAFETY: as the caller promises; the buffer is writable for its length.
    let result = unsafe {
        writer(
            context,
            buffer.as_mut_ptr(),
            buffer.len(),
            RNG,
            ptr::null_mut(),
        )
    };
    let len = check_len(result, buffer.len())?;
    match form {
        Form::Der => Ok(to_front(buffer, len)),
        #[cfg(mbedtls = "PEM_WRITE_C")]
        Form::Pem => text_len(buffer),
    }
}

/// What a request says.
#[cfg(mbedtls = "X509_CSR_WRITE_C")]
pub(crate) struct Request<'a> {
    pub(crate) key: &'a Context,
    pub(crate) subject: Names<'a>,
    pub(crate) md: Md,
    pub(crate) key_usage: Option<KeyUsage>,
    pub(crate) alt_names: &'a [AltName<'a>],
}

#[cfg(mbedtls = "X509_CSR_WRITE_C")]
struct CsrWriter(sys::mbedtls_x509write_csr);

#[cfg(mbedtls = "X509_CSR_WRITE_C")]
impl Drop for CsrWriter {
    fn drop(&mut self) {
        // The names are ours: the library would free them.
        self.0.private_subject = ptr::null_mut();
        // SAFETY: an initialised structure, freed once, while its owner has entered.
        unsafe { sys::mbedtls_x509write_csr_free(&raw mut self.0) };
    }
}

#[cfg(mbedtls = "X509_CSR_WRITE_C")]
impl Request<'_> {
    /// Signs the request and writes it to the front of `buffer`; returns its length.
    pub(crate) fn write(mut self, form: Form, buffer: &mut [u8]) -> Result<usize> {
        let _entered = enter()?;
        let writer: Writer<sys::mbedtls_x509write_csr> = match form {
            Form::Der => sys::mbedtls_x509write_csr_der,
            #[cfg(mbedtls = "PEM_WRITE_C")]
            Form::Pem => sys::mbedtls_x509write_csr_pem,
        };
        let mut alt_names = AltNames::new(self.alt_names)?;
        // SAFETY: numbers and pointers, for which zero is a value; `init` sets the same.
        let mut csr = CsrWriter(unsafe { core::mem::zeroed() });
        let context = &raw mut csr.0;
        // SAFETY: the structure is initialised first. Key, names and lists live until it is freed, and the library copies
        // what it is given as extensions.
        unsafe {
            sys::mbedtls_x509write_csr_init(context);
            (*context).private_subject = self.subject.head();
            sys::mbedtls_x509write_csr_set_md_alg(context, md_type(self.md));
            sys::mbedtls_x509write_csr_set_key(context, self.key.as_ptr());
            if let Some(usage) = self.key_usage {
                let unavailable = |_| Error::from_code(sys::MBEDTLS_ERR_X509_FEATURE_UNAVAILABLE);
                let usage = u8::try_from(usage.bits()).map_err(unavailable)?;
                check(sys::mbedtls_x509write_csr_set_key_usage(context, usage))?;
            }
            if !self.alt_names.is_empty() {
                check(sys::mbedtls_x509write_csr_set_subject_alternative_name(
                    context,
                    alt_names.head(),
                ))?;
            }
            write(context, writer, form, buffer)
        }
    }
}

/// What a certificate says.
#[cfg(mbedtls = "X509_CRT_WRITE_C")]
pub(crate) struct Statement<'a> {
    pub(crate) key: &'a Context,
    pub(crate) subject: Names<'a>,
    pub(crate) issuer_key: &'a Context,
    pub(crate) issuer: Names<'a>,
    pub(crate) md: Md,
    pub(crate) serial: &'a [u8],
    /// Each `YYYYMMDDhhmmss` with a final zero.
    pub(crate) validity: [[u8; 15]; 2],
    /// The length of the path below an authority, -1 for any; `None` for what is no authority.
    pub(crate) authority: Option<i8>,
    pub(crate) key_usage: Option<KeyUsage>,
    /// Object identifiers.
    pub(crate) purposes: &'a [&'a [u8]],
    pub(crate) alt_names: &'a [AltName<'a>],
}

#[cfg(mbedtls = "X509_CRT_WRITE_C")]
struct CrtWriter(sys::mbedtls_x509write_cert);

#[cfg(mbedtls = "X509_CRT_WRITE_C")]
impl Drop for CrtWriter {
    fn drop(&mut self) {
        // The names are ours: the library would free them.
        self.0.private_subject = ptr::null_mut();
        self.0.private_issuer = ptr::null_mut();
        // SAFETY: an initialised structure, freed once, while its owner has entered.
        unsafe { sys::mbedtls_x509write_crt_free(&raw mut self.0) };
    }
}

/// The purposes of a key as a C list; the C writer has room for about as many.
#[cfg(mbedtls = "X509_CRT_WRITE_C")]
const MAX_PURPOSES: usize = 8;

#[cfg(mbedtls = "X509_CRT_WRITE_C")]
impl Statement<'_> {
    /// Signs the certificate and writes it to the front of `buffer`; returns its length.
    pub(crate) fn write(mut self, form: Form, buffer: &mut [u8]) -> Result<usize> {
        let _entered = enter()?;
        let writer: Writer<sys::mbedtls_x509write_cert> = match form {
            Form::Der => sys::mbedtls_x509write_crt_der,
            #[cfg(mbedtls = "PEM_WRITE_C")]
            Form::Pem => sys::mbedtls_x509write_crt_pem,
        };
        // SAFETY: numbers and pointers, for which zero is a value; `init` sets nearly the same.
        let mut crt = CrtWriter(unsafe { core::mem::zeroed() });
        let context = &raw mut crt.0;
        // SAFETY: the structure is initialised first. Keys and names live until it is freed; serial and times are copied.
        unsafe {
            sys::mbedtls_x509write_crt_init(context);
            (*context).private_subject = self.subject.head();
            (*context).private_issuer = self.issuer.head();
            sys::mbedtls_x509write_crt_set_md_alg(context, md_type(self.md));
            sys::mbedtls_x509write_crt_set_subject_key(context, self.key.as_ptr());
            sys::mbedtls_x509write_crt_set_issuer_key(context, self.issuer_key.as_ptr());
            let serial = self.serial.as_ptr().cast_mut();
            check(sys::mbedtls_x509write_crt_set_serial_raw(
                context,
                serial,
                self.serial.len(),
            ))?;
            let [from, to] = &self.validity;
            check(sys::mbedtls_x509write_crt_set_validity(
                context,
                from.as_ptr().cast(),
                to.as_ptr().cast(),
            ))?;
        }
        self.set_extensions(&mut crt)?;
        // SAFETY: ready but for signing, see above.
        unsafe { write(&raw mut crt.0, writer, form, buffer) }
    }

    /// Each setter copies what it is given.
    fn set_extensions(&self, crt: &mut CrtWriter) -> Result<()> {
        let context = &raw mut crt.0;
        let (is_ca, path) = self.authority.map_or((0, 0), |path| (1, c_int::from(path)));
        // SAFETY: an initialised structure with its keys set.
        unsafe {
            check(sys::mbedtls_x509write_crt_set_basic_constraints(
                context, is_ca, path,
            ))?;
            #[cfg(mbedtls = "SHA1_C")]
            {
                check(sys::mbedtls_x509write_crt_set_subject_key_identifier(
                    context,
                ))?;
                check(sys::mbedtls_x509write_crt_set_authority_key_identifier(
                    context,
                ))?;
            }
            if let Some(usage) = self.key_usage {
                check(sys::mbedtls_x509write_crt_set_key_usage(
                    context,
                    usage.bits().into(),
                ))?;
            }
        }
        if !self.alt_names.is_empty() {
            let mut alt_names = AltNames::new(self.alt_names)?;
            // SAFETY: the list lives as long as the call.
            check(unsafe {
                sys::mbedtls_x509write_crt_set_subject_alternative_name(context, alt_names.head())
            })?;
        }
        self.set_purposes(crt)
    }

    fn set_purposes(&self, crt: &mut CrtWriter) -> Result<()> {
        #[allow(clippy::cast_possible_wrap)] // 6
        let buffer = |bytes: &[u8]| sys::mbedtls_asn1_buf {
            tag: sys::MBEDTLS_ASN1_OID as c_int,
            len: bytes.len(),
            p: bytes.as_ptr().cast_mut(),
        };
        if self.purposes.len() > MAX_PURPOSES {
            return Err(Error::from_code(sys::MBEDTLS_ERR_X509_BAD_INPUT_DATA));
        }
        let mut nodes = [sys::mbedtls_asn1_sequence {
            buf: buffer(&[]),
            next: ptr::null_mut(),
        }; MAX_PURPOSES];
        let mut head = ptr::null_mut();
        for (node, purpose) in nodes.iter_mut().zip(self.purposes).rev() {
            *node = sys::mbedtls_asn1_sequence {
                buf: buffer(purpose),
                next: head,
            };
            head = ptr::from_mut(node);
        }
        if head.is_null() {
            return Ok(());
        }
        // SAFETY: an initialised structure and a list that lives as long as the call.
        check(unsafe { sys::mbedtls_x509write_crt_set_ext_key_usage(&raw mut crt.0, head) })
    }
}
