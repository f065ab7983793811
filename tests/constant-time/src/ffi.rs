//! Requests to valgrind's memcheck (`valgrind/valgrind.h` and `memcheck.h`): the only place with `unsafe`.
//!
//! A request is a sequence of instructions that change nothing on a processor, and that valgrind knows.
#![allow(unsafe_code)]

#[cfg(not(target_arch = "x86_64"))]
compile_error!("valgrind's requests are written for x86-64 here");

/// `VG_USERREQ__RUNNING_ON_VALGRIND`.
const RUNNING: usize = 0x1001;
/// `VG_USERREQ__COUNT_ERRORS`.
const COUNT_ERRORS: usize = 0x1201;
/// `VG_USERREQ__MAKE_MEM_UNDEFINED` and `VG_USERREQ__MAKE_MEM_DEFINED`.
const MAKE_UNDEFINED: usize = 0x4d43_0001;
const MAKE_DEFINED: usize = 0x4d43_0002;

/// Asks valgrind; 0 when it is not there.
fn request(number: usize, first: usize, second: usize) -> usize {
    let arguments: [usize; 6] = [number, first, second, 0, 0, 0];
    let mut answer = 0;
    // SAFETY: on a processor the rotations, 128 bits in all, leave `rdi` as it was, and the exchange does nothing. Valgrind
    // reads the six words, and changes what it knows of memory but not memory itself.
    unsafe {
        core::arch::asm!(
            "rol rdi, 3",
            "rol rdi, 13",
            "rol rdi, 61",
            "rol rdi, 51",
            "xchg rbx, rbx",
            in("rax") arguments.as_ptr(),
            inout("rdx") answer,
            options(nostack),
        );
    }
    answer
}

/// Whether this runs under valgrind.
pub fn is_there() -> bool {
    request(RUNNING, 0, 0) != 0
}

/// How many errors valgrind has seen.
pub fn errors() -> usize {
    request(COUNT_ERRORS, 0, 0)
}

/// Marks bytes as secret: valgrind reports each branch and each address that depends on them.
pub fn mark(secret: &mut [u8]) {
    request(MAKE_UNDEFINED, secret.as_mut_ptr().addr(), secret.len());
}

/// Ends the mark of memory that may be seen.
pub fn unmark(start: *mut u8, len: usize) {
    request(MAKE_DEFINED, start.addr(), len);
}
