//! The driver for P-256: six functions that the PSA core asks before its own code, done by `psa-p256`.
//!
//! Mbed TLS's generated wrappers call them by these names (`3rdparty/p256-m/p256-m_driver_entrypoints.h`); they stand in
//! this package, like the C that calls them, so that every linker finds them. `PSA_ERROR_NOT_SUPPORTED` makes the core go on
//! to its own code, where that is compiled. A caller is inside the library already, so nothing here enters it.
use core::ptr;
use core::slice;

use psa_p256::rand_core::{TryCryptoRng, TryRng};
use psa_p256::{Error, Zeroizing};

use crate::sys::{self, psa_algorithm_t, psa_key_attributes_t, psa_status_t};

/// `PSA_SUCCESS`, with the type that a status has.
const SUCCESS: psa_status_t = 0;
/// `PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)` and its public half.
const KEY_PAIR: sys::psa_key_type_t = 0x7112;
const PUBLIC_KEY: sys::psa_key_type_t = 0x4112;
const BITS: usize = 256;

/// Attributes of a key that C promises to be there.
///
/// # Safety
/// `attributes` are valid for reading.
unsafe fn type_and_bits(attributes: *const psa_key_attributes_t) -> (sys::psa_key_type_t, usize) {
    // SAFETY: the caller's promise; both only read.
    unsafe {
        (
            sys::psa_get_key_type(attributes),
            sys::psa_get_key_bits(attributes),
        )
    }
}

/// Bytes of the caller, which may be none.
///
/// # Safety
/// `data` is readable for `len` bytes, and nobody writes to them, for as long as the answer lives.
unsafe fn bytes<'a>(data: *const u8, len: usize) -> &'a [u8] {
    if len == 0 {
        return &[];
    }
    // SAFETY: the caller's promise, and it is not null: there is a byte at least.
    unsafe { slice::from_raw_parts(data, len) }
}

/// Gives the caller what was made.
///
/// # Safety
/// `output` is writable for `size` bytes, and `len` for a length.
unsafe fn give(made: &[u8], output: *mut u8, size: usize, len: *mut usize) -> psa_status_t {
    if size < made.len() {
        return sys::PSA_ERROR_BUFFER_TOO_SMALL;
    }
    // SAFETY: the caller's promise; `made` is memory of this module, which the output cannot overlap.
    unsafe {
        ptr::copy_nonoverlapping(made.as_ptr(), output, made.len());
        len.write(made.len());
    }
    SUCCESS
}

fn status(error: Error) -> psa_status_t {
    match error {
        Error::InvalidPrivateKey | Error::InvalidPublicKey => sys::PSA_ERROR_INVALID_ARGUMENT,
        Error::InvalidSignature => sys::PSA_ERROR_INVALID_SIGNATURE,
        _ => sys::PSA_ERROR_HARDWARE_FAILURE,
    }
}

/// The random source of the PSA core, and how it failed.
struct Random(psa_status_t);

impl Random {
    const fn new() -> Self {
        Self(SUCCESS)
    }

    /// The core's own word, where it was its source that failed.
    fn status(&self, error: Error) -> psa_status_t {
        if self.0 == SUCCESS {
            status(error)
        } else {
            self.0
        }
    }
}

impl TryRng for Random {
    type Error = NoRandom;

    fn try_next_u32(&mut self) -> Result<u32, NoRandom> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_ne_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, NoRandom> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_ne_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, output: &mut [u8]) -> Result<(), NoRandom> {
        // SAFETY: a buffer that is writable for its length; the core calls the driver without a lock that this would want.
        self.0 = unsafe { sys::psa_generate_random(output.as_mut_ptr(), output.len()) };
        if self.0 == SUCCESS {
            Ok(())
        } else {
            Err(NoRandom)
        }
    }
}

impl TryCryptoRng for Random {}

#[derive(Debug)]
struct NoRandom;

impl core::fmt::Display for NoRandom {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("the random source of the PSA core failed")
    }
}

impl core::error::Error for NoRandom {}

/// Checks a key and stores it as it is: the core keeps the format that it imports.
///
/// # Safety
/// The contract of the driver interface: pointers are valid for their lengths.
#[unsafe(no_mangle)]
unsafe extern "C" fn p256_transparent_import_key(
    attributes: *const psa_key_attributes_t,
    data: *const u8,
    data_length: usize,
    key_buffer: *mut u8,
    key_buffer_size: usize,
    key_buffer_length: *mut usize,
    bits: *mut usize,
) -> psa_status_t {
    // SAFETY: the driver interface's contract.
    let (key_type, given) = unsafe { (type_and_bits(attributes).0, bits.read()) };
    if given != 0 && given != BITS {
        return sys::PSA_ERROR_NOT_SUPPORTED;
    }
    // SAFETY: the driver interface's contract.
    let data = unsafe { bytes(data, data_length) };
    let checked = match (key_type, data.len()) {
        // Of another curve of the family, perhaps.
        (KEY_PAIR, len) if given == 0 && len != psa_p256::PRIVATE_KEY_SIZE => {
            return sys::PSA_ERROR_NOT_SUPPORTED;
        }
        (PUBLIC_KEY, len) if given == 0 && len != psa_p256::PUBLIC_KEY_SIZE => {
            return sys::PSA_ERROR_NOT_SUPPORTED;
        }
        (KEY_PAIR, _) => psa_p256::check_private_key(data),
        (PUBLIC_KEY, _) => psa_p256::check_public_key(data),
        _ => return sys::PSA_ERROR_NOT_SUPPORTED,
    };
    if let Err(error) = checked {
        return status(error);
    }
    // SAFETY: the driver interface's contract; the key slot is fresh memory, so it does not overlap the data.
    unsafe {
        bits.write(BITS);
        give(data, key_buffer, key_buffer_size, key_buffer_length)
    }
}

/// Computes the public key of a key pair.
///
/// # Safety
/// The contract of the driver interface: pointers are valid for their lengths.
#[unsafe(no_mangle)]
unsafe extern "C" fn p256_transparent_export_public_key(
    attributes: *const psa_key_attributes_t,
    key_buffer: *const u8,
    key_buffer_size: usize,
    data: *mut u8,
    data_size: usize,
    data_length: *mut usize,
) -> psa_status_t {
    // SAFETY: the driver interface's contract.
    if unsafe { type_and_bits(attributes) } != (KEY_PAIR, BITS) {
        return sys::PSA_ERROR_NOT_SUPPORTED;
    }
    if data_size < psa_p256::PUBLIC_KEY_SIZE {
        return sys::PSA_ERROR_BUFFER_TOO_SMALL;
    }
    // SAFETY: the driver interface's contract; the core lets nobody change the key while it is used.
    match psa_p256::public_key(unsafe { bytes(key_buffer, key_buffer_size) }) {
        // SAFETY: the driver interface's contract.
        Ok(point) => unsafe { give(&point, data, data_size, data_length) },
        Err(error) => status(error),
    }
}

/// Draws a private key. The public key is computed when somebody asks for it.
///
/// # Safety
/// The contract of the driver interface: pointers are valid for their lengths.
#[unsafe(no_mangle)]
unsafe extern "C" fn p256_transparent_generate_key(
    _attributes: *const psa_key_attributes_t,
    key_buffer: *mut u8,
    key_buffer_size: usize,
    key_buffer_length: *mut usize,
) -> psa_status_t {
    let mut private = Zeroizing::new([0; psa_p256::PRIVATE_KEY_SIZE]);
    let mut random = Random::new();
    match psa_p256::generate(&mut private, &mut random) {
        // SAFETY: the driver interface's contract.
        Ok(()) => unsafe { give(&*private, key_buffer, key_buffer_size, key_buffer_length) },
        Err(error) => random.status(error),
    }
}

/// Agrees on a secret with a peer.
///
/// # Safety
/// The contract of the driver interface: pointers are valid for their lengths.
#[unsafe(no_mangle)]
unsafe extern "C" fn p256_transparent_key_agreement(
    _attributes: *const psa_key_attributes_t,
    key_buffer: *const u8,
    key_buffer_size: usize,
    _algorithm: psa_algorithm_t,
    peer_key: *const u8,
    peer_key_length: usize,
    shared_secret: *mut u8,
    shared_secret_size: usize,
    shared_secret_length: *mut usize,
) -> psa_status_t {
    // SAFETY: the driver interface's contract; the core lets nobody change the keys while they are used.
    let (private, peer) = unsafe {
        (
            bytes(key_buffer, key_buffer_size),
            bytes(peer_key, peer_key_length),
        )
    };
    let mut secret = Zeroizing::new([0; psa_p256::SHARED_SECRET_SIZE]);
    match psa_p256::agree_into(private, peer, &mut secret) {
        // SAFETY: the driver interface's contract.
        Ok(()) => unsafe {
            give(
                &*secret,
                shared_secret,
                shared_secret_size,
                shared_secret_length,
            )
        },
        Err(error) => status(error),
    }
}

/// Signs a hash with a nonce of the core's random source.
///
/// # Safety
/// The contract of the driver interface: pointers are valid for their lengths.
#[unsafe(no_mangle)]
unsafe extern "C" fn p256_transparent_sign_hash(
    _attributes: *const psa_key_attributes_t,
    key_buffer: *const u8,
    key_buffer_size: usize,
    _algorithm: psa_algorithm_t,
    hash: *const u8,
    hash_length: usize,
    signature: *mut u8,
    signature_size: usize,
    signature_length: *mut usize,
) -> psa_status_t {
    if signature_size < psa_p256::SIGNATURE_SIZE {
        return sys::PSA_ERROR_BUFFER_TOO_SMALL;
    }
    // SAFETY: the driver interface's contract; the core lets nobody change key and hash while they are used.
    let (private, hash) = unsafe { (bytes(key_buffer, key_buffer_size), bytes(hash, hash_length)) };
    let mut random = Random::new();
    match psa_p256::sign(private, hash, &mut random) {
        // SAFETY: the driver interface's contract.
        Ok(made) => unsafe { give(&made, signature, signature_size, signature_length) },
        Err(error) => random.status(error),
    }
}

/// Verifies the signature of a hash, with a public key or a key pair.
///
/// # Safety
/// The contract of the driver interface: pointers are valid for their lengths.
#[unsafe(no_mangle)]
unsafe extern "C" fn p256_transparent_verify_hash(
    attributes: *const psa_key_attributes_t,
    key_buffer: *const u8,
    key_buffer_size: usize,
    _algorithm: psa_algorithm_t,
    hash: *const u8,
    hash_length: usize,
    signature: *const u8,
    signature_length: usize,
) -> psa_status_t {
    // SAFETY: the driver interface's contract; the core lets nobody change what it hands over while that is used.
    let (key_type, key, hash, signature) = unsafe {
        (
            type_and_bits(attributes).0,
            bytes(key_buffer, key_buffer_size),
            bytes(hash, hash_length),
            bytes(signature, signature_length),
        )
    };
    let verified = if key_type == KEY_PAIR {
        psa_p256::public_key(key).and_then(|point| psa_p256::verify(&point, hash, signature))
    } else {
        psa_p256::verify(key, hash, signature)
    };
    verified.map_or_else(status, |()| SUCCESS)
}

#[cfg(test)]
mod tests;
