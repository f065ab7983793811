//! The PSA Firmware Framework's client side, storage, attestation and TF-M's platform service: types and constants.

use super::types::psa_status_t;
use core::ffi::c_void;

/// A connection, or a stateless handle.
pub type psa_handle_t = i32;

/// An input vector.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct psa_invec {
    /// Where the bytes begin.
    pub base: *const c_void,
    /// How many bytes there are.
    pub len: usize,
}

/// An output vector.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct psa_outvec {
    /// Where the bytes go.
    pub base: *mut c_void,
    /// How many bytes fit; afterwards, how many were written.
    pub len: usize,
}

/// The version of the framework's interface.
pub const PSA_FRAMEWORK_VERSION: u32 = 0x0101;
/// The version of a service that is not there.
pub const PSA_VERSION_NONE: u32 = 0;
/// No handle.
pub const PSA_NULL_HANDLE: psa_handle_t = 0;
/// Input and output vectors of one call, together.
pub const PSA_MAX_IOVEC: usize = 4;
/// The lowest type of a call.
pub const PSA_CALL_TYPE_MIN: i32 = 0;
/// The highest type of a call.
pub const PSA_CALL_TYPE_MAX: i32 = i16::MAX as i32;
/// The type of a call to a service that has only one.
pub const PSA_IPC_CALL: i32 = 0;

/// The identifier of a stored item.
pub type psa_storage_uid_t = u64;
/// Flags of a stored item.
pub type psa_storage_create_flags_t = u32;

/// No flags.
pub const PSA_STORAGE_FLAG_NONE: psa_storage_create_flags_t = 0;
/// The item can be neither changed nor removed.
pub const PSA_STORAGE_FLAG_WRITE_ONCE: psa_storage_create_flags_t = 1;
/// The item need not be encrypted.
pub const PSA_STORAGE_FLAG_NO_CONFIDENTIALITY: psa_storage_create_flags_t = 2;
/// The item need not be protected against replay.
pub const PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION: psa_storage_create_flags_t = 4;
/// `psa_ps_get_support`: items can be created and then written in parts.
pub const PSA_STORAGE_SUPPORT_SET_EXTENDED: u32 = 1;

/// What is known of a stored item.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct psa_storage_info_t {
    /// The space set aside, in bytes.
    pub capacity: usize,
    /// The stored bytes.
    pub size: usize,
    /// The flags it was created with.
    pub flags: psa_storage_create_flags_t,
}

/// A challenge of 32 bytes.
pub const PSA_INITIAL_ATTEST_CHALLENGE_SIZE_32: usize = 32;
/// A challenge of 48 bytes.
pub const PSA_INITIAL_ATTEST_CHALLENGE_SIZE_48: usize = 48;
/// A challenge of 64 bytes.
pub const PSA_INITIAL_ATTEST_CHALLENGE_SIZE_64: usize = 64;

/// What a function of the platform service answers.
///
/// Called from Rust, a negative value is the status of the call itself (see [`crate::Error::check`]); from C it is
/// [`TFM_PLATFORM_ERR_SYSTEM_ERROR`] then.
pub type tfm_platform_err_t = psa_status_t;

/// Done.
pub const TFM_PLATFORM_ERR_SUCCESS: tfm_platform_err_t = 0;
/// The service failed, or could not be called.
pub const TFM_PLATFORM_ERR_SYSTEM_ERROR: tfm_platform_err_t = 1;
/// A parameter is invalid.
pub const TFM_PLATFORM_ERR_INVALID_PARAM: tfm_platform_err_t = 2;
/// The platform does not have it.
pub const TFM_PLATFORM_ERR_NOT_SUPPORTED: tfm_platform_err_t = 3;
/// A request to the platform.
pub type tfm_platform_ioctl_req_t = i32;
