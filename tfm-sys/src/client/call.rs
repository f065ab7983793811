//! Packing a call and making it.

use super::ids::Function;
use super::{lock, veneer};
use crate::*;
use core::cell::UnsafeCell;
use core::ffi::c_void;
use core::mem::{MaybeUninit, offset_of, size_of};
use core::ptr;

/// The longest nonce that a call can carry.
pub const MAX_NONCE_LENGTH: usize = 16;

/// The first input vector of every call to the crypto service.
#[repr(C, align(8))]
pub struct Pack {
    pub key_id: psa_key_id_t,
    pub alg: psa_algorithm_t,
    pub op_handle: u32,
    pub ad_length: u32,
    pub plaintext_length: u32,
    pub nonce: [u8; MAX_NONCE_LENGTH],
    pub nonce_length: u32,
    pub function_id: u16,
    pub step: u16,
    reserved: u32,
    /// The capacity of a derivation (its low half) or an integer for one.
    pub value: u64,
}

const _: () = {
    assert!(size_of::<Pack>() == 56 && align_of::<Pack>() == 8);
    assert!(offset_of!(Pack, key_id) == 0);
    assert!(offset_of!(Pack, alg) == 4);
    assert!(offset_of!(Pack, op_handle) == 8);
    assert!(offset_of!(Pack, ad_length) == 12);
    assert!(offset_of!(Pack, plaintext_length) == 16);
    assert!(offset_of!(Pack, nonce) == 20);
    assert!(offset_of!(Pack, nonce_length) == 36);
    assert!(offset_of!(Pack, function_id) == 40);
    assert!(offset_of!(Pack, step) == 42);
    assert!(offset_of!(Pack, reserved) == 44);
    assert!(offset_of!(Pack, value) == 48);
    assert!(size_of::<psa_key_attributes_t>() == 24 && align_of::<psa_key_attributes_t>() == 4);
    assert!(offset_of!(psa_key_attributes_t, key_type) == 0);
    assert!(offset_of!(psa_key_attributes_t, bits) == 2);
    assert!(offset_of!(psa_key_attributes_t, lifetime) == 4);
    assert!(offset_of!(psa_key_attributes_t, usage) == 8);
    assert!(offset_of!(psa_key_attributes_t, alg) == 12);
    assert!(offset_of!(psa_key_attributes_t, alg2) == 16);
    assert!(offset_of!(psa_key_attributes_t, id) == 20);
    assert!(size_of::<psa_hash_operation_t>() == 4);
    assert!(size_of::<psa_mac_operation_t>() == 4);
    assert!(size_of::<psa_cipher_operation_t>() == 4);
    assert!(size_of::<psa_aead_operation_t>() == 4);
    assert!(size_of::<psa_key_derivation_operation_t>() == 4);
    assert!(size_of::<psa_invec>() == 2 * size_of::<usize>());
    assert!(size_of::<psa_outvec>() == 2 * size_of::<usize>());
    assert!(offset_of!(psa_invec, len) == size_of::<usize>());
    assert!(offset_of!(psa_outvec, len) == size_of::<usize>());
};

impl Pack {
    /// A pack in `slot` with everything zero but the function.
    ///
    /// The stores are volatile so that they stay seven stores: as a call of `memset` the same 56 bytes cost eight times as
    /// many instructions.
    #[inline]
    pub fn start(slot: &mut MaybeUninit<Self>, function: Function) -> &mut Self {
        let words = slot.as_mut_ptr().cast::<u64>();
        // SAFETY: `slot` is seven words of eight bytes, aligned to eight, and borrowed mutably.
        unsafe {
            words.write_volatile(0);
            words.add(1).write_volatile(0);
            words.add(2).write_volatile(0);
            words.add(3).write_volatile(0);
            words.add(4).write_volatile(0);
            words.add(5).write_volatile(0);
            words.add(6).write_volatile(0);
        }
        // SAFETY: every byte was just written, and all zero is a value of every field.
        let pack = unsafe { slot.assume_init_mut() };
        pack.function_id = function as u16;
        pack
    }

    /// The pack as an input vector.
    #[inline]
    pub fn vector(&self) -> psa_invec {
        psa_invec {
            base: ptr::from_ref(self).cast(),
            len: size_of::<Self>(),
        }
    }

    /// Takes a nonce of up to 16 bytes.
    ///
    /// # Safety
    /// `nonce` is readable for `length` bytes.
    pub unsafe fn set_nonce(
        &mut self,
        nonce: *const u8,
        length: usize,
    ) -> Result<(), psa_status_t> {
        if length > MAX_NONCE_LENGTH {
            return Err(PSA_ERROR_INVALID_ARGUMENT);
        }
        if !nonce.is_null() {
            for (index, byte) in self.nonce.iter_mut().take(length).enumerate() {
                // SAFETY: the caller promises `length` readable bytes, and the index stays below.
                *byte = unsafe { *nonce.add(index) };
            }
            self.nonce_length = as_u32(length)?;
        }
        Ok(())
    }
}

/// A length as the interface carries it; only a 64-bit host has longer ones.
#[inline]
pub fn as_u32(length: usize) -> Result<u32, psa_status_t> {
    u32::try_from(length).map_err(|_| PSA_ERROR_INVALID_ARGUMENT)
}

/// An input vector over the caller's bytes.
#[inline]
pub fn input<T>(base: *const T, len: usize) -> psa_invec {
    psa_invec {
        base: base.cast::<c_void>(),
        len,
    }
}

/// An output vector over the caller's bytes.
#[inline]
pub fn output<T>(base: *mut T, len: usize) -> psa_outvec {
    psa_outvec {
        base: base.cast::<c_void>(),
        len,
    }
}

/// Lengths, type and vectors of a call in one word.
#[expect(
    clippy::cast_sign_loss,
    clippy::cast_possible_truncation,
    reason = "a type is 0 to i16::MAX, a count 0 to 4"
)]
pub const fn control_word(call_type: i32, in_len: usize, out_len: usize) -> u32 {
    assert!(in_len + out_len <= PSA_MAX_IOVEC);
    (call_type as u32 & 0xffff) | (in_len as u32 & 7) << 24 | (out_len as u32 & 7) << 16
}

/// Crosses into the secure side.
///
/// # Safety
/// The caller has passed the gate. The vectors that `control_word` counts are at `in_vec` and `out_vec`; what they point
/// to may be read and written. The secure side checks every address, but it cannot know which of the caller's bytes the
/// caller meant.
#[inline]
unsafe fn cross(
    service: psa_handle_t,
    control_word: u32,
    in_vec: *const psa_invec,
    out_vec: *mut psa_outvec,
) -> psa_status_t {
    // SAFETY: the veneer is the secure side's entry for exactly these arguments and keeps AAPCS; the gate lets one call
    // through at a time and only from thread mode; the pointers are the caller's promise.
    unsafe { veneer::tfm_psa_call_veneer(service, control_word, in_vec, out_vec) }
}

/// Passes the gate and crosses into the secure side.
///
/// # Safety
/// As for [`cross`], but for the gate.
#[inline(never)]
pub unsafe fn dispatch(
    service: psa_handle_t,
    control_word: u32,
    in_vec: *const psa_invec,
    out_vec: *mut psa_outvec,
) -> psa_status_t {
    if let Some(set) = lock::is_set() {
        // SAFETY: the caller promises the same.
        return unsafe { dispatch_waiting(service, control_word, in_vec, out_vec, set) };
    }
    // SAFETY: the caller promises the same, and here the gate has been passed.
    match lock::pass_at_once(|| unsafe { cross(service, control_word, in_vec, out_vec) }) {
        Ok(status) | Err(status) => status,
    }
}

/// [`dispatch`] with a lock: apart from it, so that without one nothing has to be kept for its release.
///
/// # Safety
/// As for [`dispatch`].
#[inline(never)]
unsafe fn dispatch_waiting(
    service: psa_handle_t,
    control_word: u32,
    in_vec: *const psa_invec,
    out_vec: *mut psa_outvec,
    set: lock::Set,
) -> psa_status_t {
    // SAFETY: the caller promises the same, and here the gate has been passed.
    match lock::pass_waiting(set, || unsafe {
        cross(service, control_word, in_vec, out_vec)
    }) {
        Ok(status) | Err(status) => status,
    }
}

/// A call of a service.
///
/// # Safety
/// What the vectors point to may be read and written.
#[inline]
pub unsafe fn call<const I: usize, const O: usize>(
    service: psa_handle_t,
    call_type: i32,
    in_vec: &[psa_invec; I],
    out_vec: &mut [psa_outvec; O],
) -> psa_status_t {
    // SAFETY: the counts are those of the arrays, and the caller promises what they point to.
    unsafe {
        dispatch(
            service,
            control_word(call_type, I, O),
            in_vec.as_ptr(),
            out_vec.as_mut_ptr(),
        )
    }
}

/// A call of the crypto service.
///
/// # Safety
/// What the vectors point to may be read and written.
#[inline]
pub unsafe fn crypto<const I: usize, const O: usize>(
    in_vec: &[psa_invec; I],
    out_vec: &mut [psa_outvec; O],
) -> psa_status_t {
    // SAFETY: the caller promises the same.
    unsafe { call(handle::CRYPTO, PSA_IPC_CALL, in_vec, out_vec) }
}

/// Reports an output length: what the secure side wrote, and only if it succeeded.
///
/// # Safety
/// `length` may be written.
#[inline]
pub unsafe fn report(status: psa_status_t, vector: &psa_outvec, length: *mut usize) {
    let written = if status == PSA_SUCCESS { vector.len } else { 0 };
    // SAFETY: the caller promises that `length` may be written.
    unsafe { *length = written };
}

/// The longest input that is copied to part it from another one that it overlaps.
const COPIED_LENGTH: usize = 64;

/// Where it is copied: no stack is spent on what rarely happens.
struct Copied(UnsafeCell<[u8; COPIED_LENGTH]>);

// SAFETY: only a caller who has passed the gate touches the bytes, and the gate lets one through at a time.
unsafe impl Sync for Copied {}

static COPIED: Copied = Copied(UnsafeCell::new([0; COPIED_LENGTH]));

/// A call of the crypto service with two inputs of the caller's, which may overlap.
///
/// TF-M refuses overlapping inputs. When they do overlap, the shorter one is copied if it has at most 64 bytes (a hash, a
/// tag, a P-256 signature) and has an address, else the answer is `PSA_ERROR_INVALID_ARGUMENT`.
///
/// # Safety
/// What the vectors point to may be read and written.
#[inline]
pub unsafe fn crypto_two<const O: usize>(
    in_vec: &mut [psa_invec; 3],
    out_vec: &mut [psa_outvec; O],
) -> psa_status_t {
    let [_, first, second] = in_vec;
    // An empty vector inside another one counts as overlapping in TF-M; the address of an empty one does not matter.
    if first.len == 0 {
        first.base = ptr::null();
    }
    if second.len == 0 {
        second.base = ptr::null();
    }
    let apart = (second.base as usize).wrapping_sub(first.base as usize) >= first.len
        && (first.base as usize).wrapping_sub(second.base as usize) >= second.len;
    if apart {
        // SAFETY: the caller promises the same.
        unsafe { crypto(in_vec, out_vec) }
    } else {
        let control_word = const { control_word(PSA_IPC_CALL, 3, O) };
        // SAFETY: the caller promises the same; the count of outputs is the array's.
        unsafe { crypto_with_copy(in_vec, control_word, out_vec.as_mut_ptr()) }
    }
}

/// The rare half of [`crypto_two`].
///
/// # Safety
/// As for [`dispatch`].
#[cold]
#[inline(never)]
unsafe fn crypto_with_copy(
    in_vec: &mut [psa_invec; 3],
    control_word: u32,
    out_vec: *mut psa_outvec,
) -> psa_status_t {
    let shorter = if in_vec[1].len <= in_vec[2].len { 1 } else { 2 };
    // Two NULLs with a length overlap too: there is nothing to copy.
    if in_vec[shorter].len > COPIED_LENGTH || in_vec[shorter].base.is_null() {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    let crossed = lock::pass(|| {
        let (copy, vector) = (COPIED.0.get().cast::<u8>(), &mut in_vec[shorter]);
        // SAFETY: the caller promises `len` readable bytes, they fit the copy, the copy belongs to whoever is behind the
        // gate, and the rest is passed on.
        unsafe {
            ptr::copy_nonoverlapping(vector.base.cast(), copy, vector.len);
            vector.base = copy.cast();
            let status = cross(handle::CRYPTO, control_word, in_vec.as_ptr(), out_vec);
            wipe(copy, in_vec[shorter].len);
            status
        }
    });
    match crossed {
        Ok(status) | Err(status) => status,
    }
}

/// Overwrites bytes that may have been secret, in a way that the compiler keeps.
///
/// # Safety
/// `bytes` is writable for `length` bytes.
unsafe fn wipe(bytes: *mut u8, length: usize) {
    for index in 0..length {
        // SAFETY: the index is below the length that the caller promises.
        unsafe { bytes.add(index).write_volatile(0) };
    }
}

/// A call with a key, an input and an output: what most single-part functions are.
///
/// # Safety
/// The vectors are valid, `output_length` may be written.
pub unsafe fn with_key(
    function: Function,
    key: psa_key_id_t,
    alg: psa_algorithm_t,
    input: psa_invec,
    output: psa_outvec,
    output_length: *mut usize,
) -> psa_status_t {
    let mut slot = MaybeUninit::uninit();
    let pack = Pack::start(&mut slot, function);
    pack.key_id = key;
    pack.alg = alg;
    let mut out_vec = [output];
    // SAFETY: input, output and its length are the caller's promise.
    unsafe {
        let status = crypto(&[pack.vector(), input], &mut out_vec);
        report(status, &out_vec[0], output_length);
        status
    }
}

/// A call with a key and two inputs: a message, or its hash, and what it is compared with.
///
/// # Safety
/// The vectors are valid.
pub unsafe fn verify_with_key(
    function: Function,
    key: psa_key_id_t,
    alg: psa_algorithm_t,
    input: psa_invec,
    expected: psa_invec,
) -> psa_status_t {
    let mut slot = MaybeUninit::uninit();
    let pack = Pack::start(&mut slot, function);
    pack.key_id = key;
    pack.alg = alg;
    // SAFETY: both inputs are the caller's promise.
    unsafe { crypto_two(&mut [pack.vector(), input, expected], &mut []) }
}
