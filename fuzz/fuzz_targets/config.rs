//! A header that configures a build.
#![no_main]

#[path = "../../tests/fuzz/targets/mod.rs"]
#[allow(dead_code, reason = "the others are other programs")]
mod targets;

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::configuration::config(data));
