//! The functions of TF-M's other services, and of the framework's client side.

use crate::*;
use core::ffi::c_void;

unsafe extern "C" {
    pub fn psa_framework_version() -> u32;
    pub fn psa_version(sid: u32) -> u32;
    pub fn psa_connect(sid: u32, version: u32) -> psa_handle_t;
    pub fn psa_call(
        handle: psa_handle_t,
        call_type: i32,
        in_vec: *const psa_invec,
        in_len: usize,
        out_vec: *mut psa_outvec,
        out_len: usize,
    ) -> psa_status_t;
    pub fn psa_close(handle: psa_handle_t);

    pub fn psa_its_set(
        uid: psa_storage_uid_t,
        data_length: usize,
        p_data: *const c_void,
        create_flags: psa_storage_create_flags_t,
    ) -> psa_status_t;
    pub fn psa_its_get(
        uid: psa_storage_uid_t,
        data_offset: usize,
        data_size: usize,
        p_data: *mut c_void,
        p_data_length: *mut usize,
    ) -> psa_status_t;
    pub fn psa_its_get_info(
        uid: psa_storage_uid_t,
        p_info: *mut psa_storage_info_t,
    ) -> psa_status_t;
    pub fn psa_its_remove(uid: psa_storage_uid_t) -> psa_status_t;

    pub fn psa_ps_set(
        uid: psa_storage_uid_t,
        data_length: usize,
        p_data: *const c_void,
        create_flags: psa_storage_create_flags_t,
    ) -> psa_status_t;
    pub fn psa_ps_get(
        uid: psa_storage_uid_t,
        data_offset: usize,
        data_size: usize,
        p_data: *mut c_void,
        p_data_length: *mut usize,
    ) -> psa_status_t;
    pub fn psa_ps_get_info(uid: psa_storage_uid_t, p_info: *mut psa_storage_info_t)
    -> psa_status_t;
    pub fn psa_ps_remove(uid: psa_storage_uid_t) -> psa_status_t;
    pub fn psa_ps_get_support() -> u32;
    pub fn psa_ps_create(
        uid: psa_storage_uid_t,
        capacity: usize,
        create_flags: psa_storage_create_flags_t,
    ) -> psa_status_t;
    pub fn psa_ps_set_extended(
        uid: psa_storage_uid_t,
        data_offset: usize,
        data_length: usize,
        p_data: *const c_void,
    ) -> psa_status_t;

    pub fn psa_initial_attest_get_token(
        auth_challenge: *const u8,
        challenge_size: usize,
        token_buf: *mut u8,
        token_buf_size: usize,
        token_size: *mut usize,
    ) -> psa_status_t;
    pub fn psa_initial_attest_get_token_size(
        challenge_size: usize,
        token_size: *mut usize,
    ) -> psa_status_t;

    pub fn tfm_platform_system_reset() -> tfm_platform_err_t;
    pub fn tfm_platform_nv_counter_increment(counter_id: u32) -> tfm_platform_err_t;
    pub fn tfm_platform_nv_counter_read(
        counter_id: u32,
        size: u32,
        val: *mut u8,
    ) -> tfm_platform_err_t;
    pub fn tfm_platform_ioctl(
        request: tfm_platform_ioctl_req_t,
        input: *mut psa_invec,
        output: *mut psa_outvec,
    ) -> tfm_platform_err_t;
}
