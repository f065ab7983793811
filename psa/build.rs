//! Says who provides the PSA core: the features, or a Zephyr build, which has one of its own whatever the features are.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(provider, values(\"mbedtls\", \"tfm\", \"environment\"))");
    println!("cargo::rustc-check-cfg=cfg(operations, values(\"structs\", \"handles\"))");
    println!("cargo::rustc-check-cfg=cfg(zephyr, pk)");
    let enabled = |feature: &str| env::var_os(format!("CARGO_FEATURE_{feature}")).is_some();
    let in_zephyr = env::var("DEP_TFM_SYS_ZEPHYR").ok();
    // Another crate may have made the one below a client.
    let is_client = enabled("TFM") || env::var_os("DEP_MBEDTLS_PSA_CLIENT").is_some();
    let (provider, operations) = match &in_zephyr {
        Some(operations) => ("environment", operations.as_str()),
        None if is_client => ("tfm", "handles"),
        None if enabled("MBEDTLS") => ("mbedtls", "structs"),
        None => ("environment", "handles"),
    };
    println!("cargo::rustc-cfg=provider=\"{provider}\"");
    println!("cargo::rustc-cfg=operations=\"{operations}\"");
    if in_zephyr.is_some() {
        println!("cargo::rustc-cfg=zephyr");
    }
    // In Zephyr the C library may be one whose keys and certificates are not bound.
    if enabled("MBEDTLS") && (in_zephyr.is_none() || env::var_os("DEP_MBEDTLS_PSA_PK").is_some()) {
        println!("cargo::rustc-cfg=pk");
    }
}
