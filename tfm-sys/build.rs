//! Decides who provides the `psa_*` functions, and links the veneers of a TF-M export after checking that the client
//! speaks its interface.

#[path = "build/export.rs"]
mod export;
#[path = "build/facts.rs"]
mod facts;
#[path = "build/veneers.rs"]
mod veneers;

use export::{Export, SUPPORTED};
use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    for path in ["build.rs", "build", "data", "include"] {
        println!("cargo::rerun-if-changed={path}");
    }
    println!("cargo::rerun-if-env-changed=TFM_API_NS");
    println!("cargo::rustc-check-cfg=cfg(client, recorder, c_symbols, no_export)");

    let enabled = |feature: &str| env::var_os(format!("CARGO_FEATURE_{feature}")).is_some();
    let bare_metal = env::var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "none");
    if !enabled("TFM") {
        return ExitCode::SUCCESS;
    }
    println!("cargo::rustc-cfg=client");
    if !bare_metal {
        println!("cargo::rustc-cfg=recorder");
    }
    if bare_metal || enabled("C_SYMBOLS") {
        println!("cargo::rustc-cfg=c_symbols");
    }
    if !bare_metal || enabled("OWN_VENEERS") {
        return ExitCode::SUCCESS;
    }
    match env::var_os("TFM_API_NS").filter(|named| !named.is_empty()) {
        None => println!("cargo::rustc-cfg=no_export"),
        Some(named) => {
            if let Err(message) = link(Path::new(&named)) {
                println!("cargo::error={}", message.replace('\n', " "));
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

/// Checks an export and links its veneers.
fn link(named: &Path) -> Result<(), String> {
    let variable = |name: &str| {
        env::var_os(name)
            .map(PathBuf::from)
            .ok_or(format!("no {name}"))
    };
    let export = Export::open(named)?;
    for path in [
        "interface/include",
        "interface/lib",
        "cmake/spe_config.cmake",
    ] {
        println!(
            "cargo::rerun-if-changed={}",
            export.root.join(path).display()
        );
    }
    let target = env::var("TARGET").map_err(|error| error.to_string())?;
    export.check(&variable("CARGO_MANIFEST_DIR")?.join("include"), &target)?;
    if !export.is_tested() {
        let name = export.name();
        println!(
            "cargo::warning=this export is {name}; its interface is the known one, but tested are {SUPPORTED}"
        );
    }
    let folder = variable("OUT_DIR")?;
    veneers::archive(&export.veneers(), &folder)?;
    println!("cargo::rustc-link-search=native={}", folder.display());
    println!("cargo::rustc-link-lib=static={}", veneers::LIBRARY);
    Ok(())
}
