//! Tells the crate which back ends the target can have.
use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(backend, values(\"asm\", \"rust\"))");
    println!("cargo::rustc-check-cfg=cfg(float_registers)");
    println!("cargo::rustc-check-cfg=cfg(dsp_always)");
    let target = env::var("TARGET").unwrap_or_default();
    let feature = |name: &str| env::var_os(format!("CARGO_FEATURE_{name}")).is_some();
    // Armv7E-M has the DSP extension always, Armv8-M at the processor's choice.
    let has_dsp = target.starts_with("thumbv7em-");
    let may_have_dsp = has_dsp || target.starts_with("thumbv8m.main-");
    let is_cortex_m = env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "arm")
        && env::var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "none");
    let asm = feature("ASM") && may_have_dsp;
    let rust = !is_cortex_m || feature("RUST");
    if asm {
        println!("cargo::rustc-cfg=backend=\"asm\"");
        if has_dsp {
            println!("cargo::rustc-cfg=dsp_always");
        }
        if target.ends_with("eabihf") || c_flags_name_float_registers(&target) {
            println!("cargo::rustc-cfg=float_registers");
        }
    }
    if rust {
        println!("cargo::rustc-cfg=backend=\"rust\"");
    }
    if !asm && !rust {
        println!(
            "cargo::error=psa-p256 has no back end for {target}: switch on its feature `rust`, or `asm` on thumbv7em and \
             thumbv8m.main (of mbedtls-psa and psa-client: `p256-driver`, `p256-driver-rust` or `p256-driver-asm`)"
        );
    }
}

/// Whether the C compiler is told of the floating-point unit by the variables that the crate `cc` reads: then the assembly
/// keeps words in its registers, with the calling convention of the processor's other registers too.
fn c_flags_name_float_registers(target: &str) -> bool {
    let names = [
        "CFLAGS".to_owned(),
        "TARGET_CFLAGS".to_owned(),
        format!("CFLAGS_{target}"),
        format!("CFLAGS_{}", target.replace(['-', '.'], "_")),
    ];
    names.iter().any(|name| {
        println!("cargo::rerun-if-env-changed={name}");
        env::var(name).is_ok_and(|flags| {
            flags.contains("-mfloat-abi=softfp") || flags.contains("-mfloat-abi=hard")
        })
    })
}
