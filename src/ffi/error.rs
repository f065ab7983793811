//! `error.c`.
use core::ffi::{CStr, c_char, c_int};

use crate::sys;

/// Writes the description of a code and returns its length.
pub(crate) fn strerror(code: i32, buffer: &mut [u8]) -> usize {
    // SAFETY: the pointer is valid for writes of the length that goes with it, and the function reads static text only.
    unsafe { sys::mbedtls_strerror(negatable(code), buffer.as_mut_ptr().cast(), buffer.len()) };
    // The function ends its text with a zero; an empty buffer has neither.
    CStr::from_bytes_until_nul(buffer).map_or(0, CStr::count_bytes)
}

/// The description of the high-level part.
pub(crate) fn high(code: i32) -> Option<&'static str> {
    // SAFETY: takes a number.
    text(unsafe { sys::mbedtls_high_level_strerr(negatable(code)) })
}

/// The description of the low-level part.
pub(crate) fn low(code: i32) -> Option<&'static str> {
    // SAFETY: takes a number.
    text(unsafe { sys::mbedtls_low_level_strerr(negatable(code)) })
}

/// The C functions negate their argument, which has no meaning for the smallest number.
fn negatable(code: i32) -> c_int {
    code.max(-i32::MAX)
}

fn text(literal: *const c_char) -> Option<&'static str> {
    if literal.is_null() {
        return None;
    }
    // SAFETY: not null, hence one of the string literals of error.c, which live as long as the program.
    unsafe { CStr::from_ptr(literal) }.to_str().ok()
}
