//! Calls of the stand-in secure side.
#![no_main]

#[path = "../../tests/fuzz/targets/psa_call.rs"]
mod psa_call;

libfuzzer_sys::fuzz_target!(|data: &[u8]| psa_call::psa_call(data));
