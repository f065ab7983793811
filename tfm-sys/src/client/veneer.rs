//! The five functions of the secure side.

/// Without an export there are no veneers to link, and the linker says so by the name of what it misses.
#[cfg(not(recorder))]
#[cfg_attr(
    no_export,
    allow(clashing_extern_declarations, reason = "one name, which is a message")
)]
mod symbols {
    use crate::{psa_handle_t, psa_invec, psa_outvec, psa_status_t};

    macro_rules! veneers {
        ($(fn $name:ident($($arg:ident: $type:ty),*) $(-> $result:ty)?;)*) => {
            unsafe extern "C" {
                $(
                    #[cfg_attr(
                        no_export,
                        link_name = "set_TFM_API_NS_to_the_api_ns_folder_of_your_TFM_build"
                    )]
                    pub fn $name($($arg: $type),*) $(-> $result)?;
                )*
            }
        };
    }

    veneers! {
        fn tfm_psa_framework_version_veneer() -> u32;
        fn tfm_psa_version_veneer(sid: u32) -> u32;
        fn tfm_psa_connect_veneer(sid: u32, version: u32) -> psa_handle_t;
        fn tfm_psa_call_veneer(
            handle: psa_handle_t,
            ctrl: u32,
            in_vec: *const psa_invec,
            out_vec: *mut psa_outvec
        ) -> psa_status_t;
        fn tfm_psa_close_veneer(handle: psa_handle_t);
    }
}
#[cfg(not(recorder))]
pub use symbols::*;

#[cfg(recorder)]
pub(crate) use crate::recorder::{
    tfm_psa_call_veneer, tfm_psa_close_veneer, tfm_psa_connect_veneer,
    tfm_psa_framework_version_veneer, tfm_psa_version_veneer,
};
