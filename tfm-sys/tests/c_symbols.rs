//! What C code gets that links the standard names.
#![cfg(all(feature = "tfm", feature = "c-symbols"))]

use std::sync::Arc;
use tfm_sys::recorder::{Answer, Output, Recorder, SecureSide, set_in_handler, with};
use tfm_sys::{PSA_ERROR_BAD_STATE, PSA_ERROR_NOT_PERMITTED, TFM_PLATFORM_ERR_SYSTEM_ERROR};

/// The names as a C object refers to them, which Rust's own functions of these names do not answer.
mod c {
    unsafe extern "C" {
        pub safe fn psa_purge_key(key: u32) -> i32;
        pub safe fn psa_can_do_hash(alg: u32) -> i32;
        pub safe fn psa_framework_version() -> u32;
        pub safe fn psa_connect(sid: u32, version: u32) -> i32;
        pub safe fn tfm_platform_system_reset() -> i32;
    }
}

#[test]
fn the_secure_side_s_answers_reach_c_as_they_are() {
    let recorder = Arc::new(Recorder::new());
    with(recorder.clone(), || {
        assert_eq!(c::psa_purge_key(5), 0);
        recorder.answer(Answer::new(PSA_ERROR_NOT_PERMITTED));
        assert_eq!(c::psa_purge_key(5), PSA_ERROR_NOT_PERMITTED);
        assert_eq!(c::psa_can_do_hash(0x0200_0009), 1);
        assert_eq!(c::psa_framework_version(), 0x0101);
        recorder.answer(Answer::new(2));
        assert_eq!(c::tfm_platform_system_reset(), 2);
    });
    assert_eq!(recorder.calls().len(), 3);
}

#[test]
fn c_called_from_a_handler_gets_bad_state() {
    let recorder = Arc::new(Recorder::new());
    with(recorder.clone(), || {
        set_in_handler(true);
        assert_eq!(c::psa_purge_key(5), PSA_ERROR_BAD_STATE);
        assert_eq!(c::psa_connect(1, 1), PSA_ERROR_BAD_STATE);
        assert_eq!(c::psa_framework_version(), 0);
        assert_eq!(
            c::tfm_platform_system_reset(),
            TFM_PLATFORM_ERR_SYSTEM_ERROR
        );
    });
    assert_eq!(recorder.calls(), []);
}

#[test]
fn c_calling_while_another_call_is_in_progress_gets_bad_state() {
    struct Nested;
    impl SecureSide for Nested {
        fn call(&self, _: i32, _: u32, _: &[Vec<u8>], _: &mut [Output]) -> i32 {
            c::psa_purge_key(5)
        }
    }
    with(Arc::new(Nested), || {
        assert_eq!(c::psa_purge_key(5), PSA_ERROR_BAD_STATE);
    });
}
