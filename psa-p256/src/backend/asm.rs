//! P256-Cortex-M4, in assembly: the only place with `unsafe`.
//!
//! Its functions take numbers as eight words, the lowest first, and are written for processors without a data cache: which
//! words they read of a table depends on secrets, but not how long that takes.
#![allow(unsafe_code)]

use super::Point;
use crate::{PRIVATE_KEY_SIZE, SHARED_SECRET_SIZE, SIGNATURE_SIZE, wipe};
#[cfg(backend = "rust")]
use core::sync::atomic::{AtomicBool, Ordering};
use p256_cortex_m4_sys as sys;
use zeroize::Zeroizing;

/// A number, the lowest word first.
type Words = [u32; 8];

/// Words of stack to wipe: below the frame of a caller here, the functions that see secrets use at most this much. A test
/// in tests/firmware/p256/src/stack.rs measures it by painting.
const DEPTH: usize = 512;

/// Wipes what the assembly had its numbers in: the stack and, where it uses them, the floating-point registers.
fn wipe() {
    wipe::stack::<DEPTH>();
    #[cfg(float_registers)]
    float_registers::wipe();
}

#[cfg(float_registers)]
mod float_registers {
    // The sixteen that a function need not keep (AAPCS32, 6.1.2.1); the assembly uses no other.
    core::arch::global_asm!(
        ".section .text.psa_p256_wipe_float_registers, \"ax\", %progbits",
        ".fpu fpv4-sp-d16",
        ".thumb",
        ".global psa_p256_wipe_float_registers",
        ".type psa_p256_wipe_float_registers, %function",
        ".thumb_func",
        "psa_p256_wipe_float_registers:",
        "movs r0, #0",
        ".irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15",
        "vmov s\\n, r0",
        ".endr",
        "bx lr",
        ".size psa_p256_wipe_float_registers, . - psa_p256_wipe_float_registers",
        ".text",
    );

    pub(super) fn wipe() {
        unsafe extern "C" {
            fn psa_p256_wipe_float_registers();
        }
        // SAFETY: the function above. It changes registers that every function may change, and the assembly that ran before
        // has used the same unit.
        unsafe { psa_p256_wipe_float_registers() }
    }
}

/// Into words that stay where they are: a secret that moves leaves a copy behind.
fn read(bytes: &[u8; 32], words: &mut Words) {
    for (word, bytes) in words.iter_mut().zip(bytes.rchunks_exact(4)) {
        *word = u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    }
}

fn write_bytes(words: &Words, bytes: &mut [u8]) {
    for (word, bytes) in words.iter().zip(bytes.rchunks_exact_mut(4)) {
        bytes.copy_from_slice(&word.to_be_bytes());
    }
}

/// Two numbers that stand one after the other, and are no secret.
fn pair(bytes: &[u8]) -> Option<(Words, Words)> {
    let (first, second) = bytes.split_first_chunk()?;
    let (mut one, mut other) = ([0; 8], [0; 8]);
    read(first, &mut one);
    read(second.first_chunk()?, &mut other);
    Some((one, other))
}

/// A hash and its length; more than 32 bytes never count.
fn hash_in(hash: &[u8]) -> (*const u8, u32) {
    let hash = hash.get(..32).unwrap_or(hash);
    #[allow(clippy::cast_possible_truncation)] // At most 32.
    (hash.as_ptr(), hash.len() as u32)
}

/// Whether this code may know what the processor has: registers of the system are for privileged code.
#[cfg(backend = "rust")]
fn is_privileged() -> bool {
    let (control, exception): (u32, u32);
    // SAFETY: reads two special registers, which any code may read, and touches neither memory nor flags.
    unsafe {
        core::arch::asm!(
            "mrs {control}, CONTROL",
            "mrs {exception}, IPSR",
            control = out(reg) control,
            exception = out(reg) exception,
            options(nomem, nostack, preserves_flags),
        );
    }
    control & 1 == 0 || exception != 0
}

/// Whether the processor has UMAAL, which the assembly is built on, and no data cache at work, which would tell what the
/// assembly reads. Asked with every call: two loads, and a cache may be switched on.
///
/// Code for Armv7E-M runs on no processor without UMAAL, whatever the register says: QEMU's Cortex-M4 has that of a Cortex-M3.
#[cfg(backend = "rust")]
pub(super) fn is_right() -> bool {
    /// What privileged code has found last; unprivileged code takes that.
    static FOUND: AtomicBool = AtomicBool::new(false);
    const ID_ISAR2: *const u32 = 0xE000_ED68 as *const u32;
    const CCR: *const u32 = 0xE000_ED14 as *const u32;
    if !is_privileged() {
        return FOUND.load(Ordering::Relaxed);
    }
    // SAFETY: every processor of Armv7-M, and of Armv8-M with the Main Extension, has these registers at these addresses,
    // readable by privileged code, which this is; reading them changes nothing.
    let (multiplications, configuration) =
        unsafe { (ID_ISAR2.read_volatile(), CCR.read_volatile()) };
    // MultU is 2 with UMAAL; DC is 1 while the data cache is on (Armv8-M Architecture Reference Manual).
    let has_umaal = cfg!(dsp_always) || multiplications >> 20 & 0xf >= 2;
    let found = has_umaal && configuration >> 16 & 1 == 0;
    FOUND.store(found, Ordering::Relaxed);
    found
}

/// The only back end is the right one: who chose it knows the processor.
#[cfg(not(backend = "rust"))]
pub(super) const fn is_right() -> bool {
    true
}

pub(super) fn is_on_curve(point: &Point) -> bool {
    let (mut x, mut y): (Words, Words) = ([0; 8], [0; 8]);
    // SAFETY: x and y have room for eight words each, and the input has the 65 bytes that the length says.
    unsafe { sys::p256_octet_string_to_point(x.as_mut_ptr(), y.as_mut_ptr(), point.as_ptr(), 65) }
}

pub(super) fn public_key(private: &[u8; PRIVATE_KEY_SIZE]) -> Option<Point> {
    let mut words = Zeroizing::new([0; 8]);
    read(private, &mut words);
    let (mut x, mut y): (Words, Words) = ([0; 8], [0; 8]);
    // SAFETY: x, y and the private key are eight words each; the function keeps no pointer.
    let valid = unsafe { sys::p256_keygen(x.as_mut_ptr(), y.as_mut_ptr(), words.as_ptr()) };
    wipe();
    let mut point = [4; 65];
    write_bytes(&x, &mut point[1..33]);
    write_bytes(&y, &mut point[33..]);
    valid.then_some(point)
}

pub(super) fn sign(
    private: &[u8; PRIVATE_KEY_SIZE],
    hash: &[u8],
    nonce: &[u8; PRIVATE_KEY_SIZE],
) -> Option<[u8; SIGNATURE_SIZE]> {
    let mut secrets = Zeroizing::new([[0; 8]; 2]);
    let [private_words, nonce_words] = &mut *secrets;
    read(private, private_words);
    read(nonce, nonce_words);
    let (mut r, mut s): (Words, Words) = ([0; 8], [0; 8]);
    let (hash, len) = hash_in(hash);
    // SAFETY: r, s, the private key and the nonce are eight words each, the hash has the length that is given with it;
    // the function keeps no pointer.
    let made = unsafe {
        sys::p256_sign(
            r.as_mut_ptr(),
            s.as_mut_ptr(),
            hash,
            len,
            private_words.as_ptr(),
            nonce_words.as_ptr(),
        )
    };
    wipe();
    let mut signature = [0; SIGNATURE_SIZE];
    write_bytes(&r, &mut signature[..32]);
    write_bytes(&s, &mut signature[32..]);
    made.then_some(signature)
}

pub(super) fn verify(point: &Point, hash: &[u8], signature: &[u8; SIGNATURE_SIZE]) -> bool {
    let (Some((x, y)), Some((r, s))) = (pair(&point[1..]), pair(signature)) else {
        return false;
    };
    let (hash, len) = hash_in(hash);
    // SAFETY: the coordinates, r and s are eight words each, the hash has the length that is given with it; the function
    // only reads. It checks that the point is on the curve, and the ranges of all four.
    unsafe { sys::p256_verify(x.as_ptr(), y.as_ptr(), hash, len, r.as_ptr(), s.as_ptr()) }
}

pub(super) fn agree(
    private: &[u8; PRIVATE_KEY_SIZE],
    point: &Point,
    shared: &mut [u8; SHARED_SECRET_SIZE],
) -> bool {
    let Some((x, y)) = pair(&point[1..]) else {
        return false;
    };
    let mut words = Zeroizing::new([0; 8]);
    read(private, &mut words);
    // SAFETY: the shared secret has room for 32 bytes, the private key and the coordinates are eight words each; the
    // function keeps no pointer. It checks that the point is on the curve; that the scalar is in range the caller did.
    let valid = unsafe {
        sys::p256_ecdh_calc_shared_secret(
            shared.as_mut_ptr(),
            words.as_ptr(),
            x.as_ptr(),
            y.as_ptr(),
        )
    };
    wipe();
    valid
}
