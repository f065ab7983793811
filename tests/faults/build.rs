//! Has the linker lead calls of some functions to the module `ffi`.
use std::env;

/// Each call of `x` in a test program goes to `__wrap_x`, which finds the function itself as `__real_x`.
const WRAPPED: [&str; 10] = [
    "calloc",
    "free",
    "mbedtls_ctr_drbg_random",
    "mbedtls_platform_entropy_poll",
    "open64",
    "read",
    "write",
    "fsync",
    "rename",
    "unlink",
];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if env::var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "linux") {
        for function in WRAPPED {
            println!("cargo::rustc-link-arg-tests=-Wl,--wrap={function}");
        }
    }
}
