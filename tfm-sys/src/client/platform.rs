//! TF-M's platform service: system reset, counters that only count up, and what a platform adds.

use super::call::{call, input, output};
use crate::*;
use core::mem::size_of;

/// What C gets: it has no statuses of calls here, only that something failed.
#[cfg(c_symbols)]
fn platform_error_for_c(result: tfm_platform_err_t) -> tfm_platform_err_t {
    if result < 0 {
        TFM_PLATFORM_ERR_SYSTEM_ERROR
    } else {
        result
    }
}

client! { platform_error_for_c;
    /// Resets the whole system; returns only when it could not.
    pub unsafe fn tfm_platform_system_reset() -> tfm_platform_err_t {
        // SAFETY: there are no vectors.
        unsafe { call(handle::PLATFORM, call_type::PLATFORM_SYSTEM_RESET, &[], &mut []) }
    }

    /// Counts a counter up by one.
    pub unsafe fn tfm_platform_nv_counter_increment(counter_id: u32) -> tfm_platform_err_t {
        let in_vec = [input(&raw const counter_id, size_of::<u32>())];
        // SAFETY: the only vector is the counter's number, here.
        unsafe { call(handle::PLATFORM, call_type::PLATFORM_NV_INCREMENT, &in_vec, &mut []) }
    }

    /// Reads a counter into `size` bytes at `val`.
    pub unsafe fn tfm_platform_nv_counter_read(
        counter_id: u32,
        size: u32,
        val: *mut u8,
    ) -> tfm_platform_err_t {
        let in_vec = [input(&raw const counter_id, size_of::<u32>())];
        let mut out_vec = [output(val, size as usize)];
        // SAFETY: the value is the caller's promise.
        unsafe { call(handle::PLATFORM, call_type::PLATFORM_NV_READ, &in_vec, &mut out_vec) }
    }

    /// Asks for something that the platform defines, with one optional input and output.
    pub unsafe fn tfm_platform_ioctl(
        request: tfm_platform_ioctl_req_t,
        input: *mut psa_invec,
        output: *mut psa_outvec,
    ) -> tfm_platform_err_t {
        let mut in_vec = [self::input(&raw const request, size_of::<i32>()); 2];
        let (mut in_len, mut out_len) = (1, 0);
        if !input.is_null() {
            // SAFETY: it is not NULL, so the caller promises a vector that may be read.
            in_vec[1] = unsafe { *input };
            in_len = 2;
        }
        if !output.is_null() {
            out_len = 1;
        }
        let kind = call_type::PLATFORM_IOCTL;
        // SAFETY: one or two vectors are in the array; the output vector is NULL and not counted, or the caller's.
        unsafe { psa_call(handle::PLATFORM, kind, in_vec.as_ptr(), in_len, output, out_len) }
    }
}
