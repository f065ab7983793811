//! Tells the crate which back ends the target can have, and on which of them a look at the processor decides.
use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(backend, values(\"asm\", \"rust\"))");
    println!("cargo::rustc-check-cfg=cfg(dsp, values(\"optional\"))");
    let target = env::var("TARGET").unwrap_or_default();
    let feature = |name: &str| env::var_os(format!("CARGO_FEATURE_{name}")).is_some();
    // Armv7E-M is Armv7-M with the DSP extension; for Armv8-M it is an option of the processor.
    let (always, optional) = (
        target.starts_with("thumbv7em-"),
        target.starts_with("thumbv8m.main-"),
    );
    if feature("ASM") && (always || optional) {
        println!("cargo::rustc-cfg=backend=\"asm\"");
        if optional {
            println!("cargo::rustc-cfg=dsp=\"optional\"");
        }
    }
    if feature("RUST") {
        println!("cargo::rustc-cfg=backend=\"rust\"");
    }
}
