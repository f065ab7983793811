//! The five functions of the secure side.

#[cfg(not(recorder))]
mod symbols {
    use crate::{psa_handle_t, psa_invec, psa_outvec, psa_status_t};

    unsafe extern "C" {
        pub fn tfm_psa_framework_version_veneer() -> u32;
        pub fn tfm_psa_version_veneer(sid: u32) -> u32;
        pub fn tfm_psa_connect_veneer(sid: u32, version: u32) -> psa_handle_t;
        pub fn tfm_psa_call_veneer(
            handle: psa_handle_t,
            ctrl: u32,
            in_vec: *const psa_invec,
            out_vec: *mut psa_outvec,
        ) -> psa_status_t;
        pub fn tfm_psa_close_veneer(handle: psa_handle_t);
    }
}
#[cfg(not(recorder))]
pub use symbols::*;

#[cfg(recorder)]
pub(crate) use crate::recorder::{
    tfm_psa_call_veneer, tfm_psa_close_veneer, tfm_psa_connect_veneer,
    tfm_psa_framework_version_veneer, tfm_psa_version_veneer,
};
