//! Hashes, computed by the PSA core.
use crate::error::Result;
use crate::ffi::{bounded, check, enter};
use crate::md::Md;
use crate::sys;

pub(crate) const MAX_SIZE: usize = 64;

/// The C library's number of a hash.
pub(crate) const fn md_type(md: Md) -> sys::mbedtls_md_type_t {
    match md {
        Md::Md5 => sys::MBEDTLS_MD_MD5,
        Md::Ripemd160 => sys::MBEDTLS_MD_RIPEMD160,
        Md::Sha1 => sys::MBEDTLS_MD_SHA1,
        Md::Sha224 => sys::MBEDTLS_MD_SHA224,
        Md::Sha256 => sys::MBEDTLS_MD_SHA256,
        Md::Sha384 => sys::MBEDTLS_MD_SHA384,
        Md::Sha512 => sys::MBEDTLS_MD_SHA512,
        Md::Sha3_224 => sys::MBEDTLS_MD_SHA3_224,
        Md::Sha3_256 => sys::MBEDTLS_MD_SHA3_256,
        Md::Sha3_384 => sys::MBEDTLS_MD_SHA3_384,
        Md::Sha3_512 => sys::MBEDTLS_MD_SHA3_512,
    }
}

/// The hash of a message and its length.
pub(crate) fn hash(md: Md, message: &[u8]) -> Result<([u8; MAX_SIZE], usize)> {
    let _entered = enter()?;
    let mut digest = [0; MAX_SIZE];
    let mut len = 0;
    // SAFETY: both slices are valid for the lengths that go with them, `len` for a write.
    check(unsafe {
        sys::psa_hash_compute(
            sys::mbedtls_md_psa_alg_from_type(md_type(md)),
            message.as_ptr(),
            message.len(),
            digest.as_mut_ptr(),
            digest.len(),
            &raw mut len,
        )
    })?;
    Ok((digest, bounded(len, MAX_SIZE)?))
}
