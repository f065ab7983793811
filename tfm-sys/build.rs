//! Decides who provides the `psa_*` functions.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(client, recorder, c_symbols)");

    let enabled = |feature: &str| env::var_os(format!("CARGO_FEATURE_{feature}")).is_some();
    let bare_metal = env::var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "none");

    if enabled("TFM") {
        println!("cargo::rustc-cfg=client");
        if !bare_metal {
            println!("cargo::rustc-cfg=recorder");
        }
        if bare_metal || enabled("C_SYMBOLS") {
            println!("cargo::rustc-cfg=c_symbols");
        }
    }
}
