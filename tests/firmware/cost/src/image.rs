//! Measures each call twice: the client's function, and in its place one that does nothing. The difference is the
//! function's own.

use core::arch::global_asm;
use core::hint::black_box;
use core::ptr;
use firmware_common::{entry, exit, measure, print, println};
#[allow(
    clippy::wildcard_imports,
    reason = "the functions that are called below"
)]
use tfm_sys::*;

// The veneers, two instructions each: success, and the outputs stay as they are.
global_asm!(
    ".section .text.veneers, \"ax\"",
    ".thumb",
    ".irp name, framework_version, version, connect, call, close",
    ".global tfm_psa_\\name\\()_veneer",
    ".thumb_func",
    "tfm_psa_\\name\\()_veneer:",
    "movs r0, #0",
    "bx lr",
    ".endr",
);

/// Bytes of stack that a call may use.
const STACK: usize = 160;
/// Instructions of the function that does nothing: an answer and the return.
const NOTHING: u32 = 2;

struct Cost {
    name: &'static str,
    /// Instructions of TF-M 2.1.6's C client at -Os, with the same veneer, where that was measured.
    at_most: Option<u32>,
    call: fn(),
    nothing: fn(),
}

macro_rules! costs {
    ($($(at most $most:literal:)? $name:literal = $function:ident($($type:ty = $value:expr),* $(,)?);)*) => {
        const COSTS: &[Cost] = &[$({
            type Function = unsafe extern "C" fn($($type),*) -> psa_status_t;

            unsafe extern "C" fn nothing($(_: $type),*) -> psa_status_t {
                PSA_SUCCESS
            }

            /// Through a pointer that the compiler cannot see through: as C calls it, not woven into this image.
            #[inline(never)]
            fn call(function: Function) {
                // SAFETY: each pointer is followed by the length of what it points to, and that lives to the end of the
                // statement.
                black_box(unsafe { black_box(function)($($value),*) });
            }

            #[allow(unused_assignments, unused_mut, reason = "not every call has a bound")]
            Cost {
                name: $name,
                at_most: {
                    let mut at_most = None;
                    $(at_most = Some($most);)?
                    at_most
                },
                call: || call($function),
                nothing: || call(nothing),
            }
        }),*];
    };
}

const KEY: u32 = 1;
const ECDSA: u32 = PSA_ALG_ECDSA(PSA_ALG_SHA_256);

costs! {
    at most 116: "generate_random(32)" = psa_generate_random(
        *mut u8 = [0; 32].as_mut_ptr(), usize = 32,
    );
    at most 125: "sign_hash" = psa_sign_hash(
        u32 = KEY, u32 = ECDSA,
        *const u8 = [0; 32].as_ptr(), usize = 32,
        *mut u8 = [0; 64].as_mut_ptr(), usize = 64, *mut usize = &mut 0,
    );
    at most 128: "hash_compute(64)" = psa_hash_compute(
        u32 = PSA_ALG_SHA_256,
        *const u8 = [0; 64].as_ptr(), usize = 64,
        *mut u8 = [0; 32].as_mut_ptr(), usize = 32, *mut usize = &mut 0,
    );
    "verify_hash" = psa_verify_hash(
        u32 = KEY, u32 = ECDSA,
        *const u8 = [0; 32].as_ptr(), usize = 32, *const u8 = [0; 64].as_ptr(), usize = 64,
    );
    "generate_key" = psa_generate_key(
        *const psa_key_attributes_t = &psa_key_attributes_init(), *mut u32 = &mut 0,
    );
    "import_key" = psa_import_key(
        *const psa_key_attributes_t = &psa_key_attributes_init(),
        *const u8 = [0; 32].as_ptr(), usize = 32, *mut u32 = &mut 0,
    );
    "export_public_key" = psa_export_public_key(
        u32 = KEY, *mut u8 = [0; 65].as_mut_ptr(), usize = 65, *mut usize = &mut 0,
    );
    "hash_update" = psa_hash_update(
        *mut psa_hash_operation_t = &mut psa_hash_operation_init(),
        *const u8 = [0; 64].as_ptr(), usize = 64,
    );
    "aead_encrypt" = psa_aead_encrypt(
        u32 = KEY, u32 = PSA_ALG_CCM,
        *const u8 = [0; 13].as_ptr(), usize = 13,
        *const u8 = [0; 8].as_ptr(), usize = 8,
        *const u8 = [0; 64].as_ptr(), usize = 64,
        *mut u8 = [0; 80].as_mut_ptr(), usize = 80, *mut usize = &mut 0,
    );
    "aead_finish" = psa_aead_finish(
        *mut psa_aead_operation_t = &mut psa_aead_operation_init(),
        *mut u8 = [0; 16].as_mut_ptr(), usize = 16, *mut usize = &mut 0,
        *mut u8 = [0; 16].as_mut_ptr(), usize = 16, *mut usize = &mut 0,
    );
    "key_derivation_output_key" = psa_key_derivation_output_key(
        *const psa_key_attributes_t = &psa_key_attributes_init(),
        *mut psa_key_derivation_operation_t = &mut psa_key_derivation_operation_init(),
        *mut u32 = &mut 0,
    );
    "its_set" = psa_its_set(
        u64 = 1, usize = 16, *const core::ffi::c_void = ptr::from_ref(&[0; 16]).cast(), u32 = 0,
    );
    "ps_get" = psa_ps_get(
        u64 = 1, usize = 0, usize = 16,
        *mut core::ffi::c_void = ptr::from_mut(&mut [0; 16]).cast(), *mut usize = &mut 0,
    );
    "initial_attest_get_token" = psa_initial_attest_get_token(
        *const u8 = [0; 32].as_ptr(), usize = 32,
        *mut u8 = [0; 512].as_mut_ptr(), usize = 512, *mut usize = &mut 0,
    );
}

/// An RTOS's lock that is free.
struct FreeLock;

impl Lock for FreeLock {
    fn acquire(&self) {}
    fn release(&self) {}
}

#[entry]
fn main() -> ! {
    let mut failed = COSTS.iter().filter(|cost| !holds(cost)).count();
    println!("with a lock:");
    let set = set_lock(&FreeLock);
    failed += usize::from(set.is_err());
    failed += COSTS.iter().filter(|cost| !holds(cost)).count();
    exit(failed.try_into().unwrap_or(i32::MAX))
}

/// Measures a call and prints what it costs.
fn holds(cost: &Cost) -> bool {
    let instructions =
        measure::instructions(cost.call) + NOTHING - measure::instructions(cost.nothing);
    let stack = measure::stack(cost.call).saturating_sub(measure::stack(cost.nothing));
    let holds = stack <= STACK && cost.at_most.is_none_or(|most| instructions <= most);
    print!(
        "{} {}: {instructions} instructions",
        if holds { "ok  " } else { "FAIL" },
        cost.name
    );
    if let Some(most) = cost.at_most {
        print!(" (at most {most})");
    }
    println!(", {stack} bytes of stack (at most {STACK})");
    holds
}
