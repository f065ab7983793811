//! Decides who provides the `psa_*` functions: links the veneers of a TF-M export after checking that the client speaks its
//! interface, or binds what a Zephyr build links.

#[cfg(feature = "c-client")]
#[path = "build/c_client.rs"]
mod c_client;
#[path = "build/export.rs"]
mod export;
#[path = "build/facts.rs"]
mod facts;
#[path = "build/veneers.rs"]
mod veneers;
#[path = "build/zephyr.rs"]
mod zephyr;

use export::{Export, SUPPORTED};
use mbedtls_config::zephyr::Handover;
use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    for path in ["build.rs", "build", "cmake", "data", "include"] {
        println!("cargo::rerun-if-changed={path}");
    }
    println!("cargo::rerun-if-env-changed=TFM_API_NS");
    for name in Handover::VARIABLES {
        println!("cargo::rerun-if-env-changed={name}");
    }
    println!("cargo::rustc-check-cfg=cfg(client, recorder, c_symbols, no_export, zephyr)");
    println!("cargo::rustc-check-cfg=cfg(absent, values(any()))");

    let done = match Handover::find() {
        Ok(None) => of_features(),
        Ok(Some(handover)) => in_zephyr(&handover),
        Err(error) => Err(error.to_string()),
    };
    if let Err(message) = done {
        println!("cargo::error={}", message.replace('\n', " "));
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Binds what Zephyr links.
fn in_zephyr(handover: &Handover) -> Result<(), String> {
    if env::var_os("CARGO_FEATURE_TFM").is_some() {
        return Err(format!(
            "the feature `tfm` brings a client of TF-M, and Zephyr has one: leave the feature out ({} says that Zephyr builds)",
            handover.file.display()
        ));
    }
    let out = env::var_os("OUT_DIR").ok_or("no OUT_DIR")?;
    zephyr::bind(handover, Path::new(&out))
}

/// Outside of Zephyr the features say who provides the functions.
fn of_features() -> Result<(), String> {
    let enabled = |feature: &str| env::var_os(format!("CARGO_FEATURE_{feature}")).is_some();
    let bare_metal = env::var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "none");
    let c_client = bare_metal && enabled("C_CLIENT");
    if !enabled("TFM") {
        return Ok(());
    }
    if !c_client {
        println!("cargo::rustc-cfg=client");
    }
    if !bare_metal {
        println!("cargo::rustc-cfg=recorder");
    }
    if !c_client && (bare_metal || enabled("C_SYMBOLS")) {
        println!("cargo::rustc-cfg=c_symbols");
    }
    let named = env::var_os("TFM_API_NS").filter(|named| !named.is_empty());
    match named {
        _ if !bare_metal => Ok(()),
        Some(named) => link(Path::new(&named), !enabled("OWN_VENEERS"), c_client),
        None if c_client => Err(
            "the feature c-client builds the client of an export: set TFM_API_NS to the folder \
                                 api_ns of your TF-M build"
                .to_owned(),
        ),
        None => {
            if !enabled("OWN_VENEERS") {
                println!("cargo::rustc-cfg=no_export");
            }
            Ok(())
        }
    }
}

/// Checks an export; links its veneers, and its client in C if that is asked for.
fn link(named: &Path, its_veneers: bool, c_client: bool) -> Result<(), String> {
    let variable = |name: &str| {
        env::var_os(name)
            .map(PathBuf::from)
            .ok_or(format!("no {name}"))
    };
    let (manifest, out) = (variable("CARGO_MANIFEST_DIR")?, variable("OUT_DIR")?);
    let export = Export::open(named)?;
    for path in ["interface", "cmake/spe_config.cmake"] {
        println!(
            "cargo::rerun-if-changed={}",
            export.root.join(path).display()
        );
    }
    let target = env::var("TARGET").map_err(|error| error.to_string())?;
    export.check(&manifest.join("include"), &target)?;
    if !export.is_tested() {
        let name = export.name();
        println!(
            "cargo::warning=this export is {name}; its interface is the known one, but tested are {SUPPORTED}"
        );
    }
    #[cfg(feature = "c-client")]
    if c_client {
        let folder = c_client::build(&export.root, &manifest, &out);
        link_static(&folder, c_client::LIBRARY);
    }
    #[cfg(not(feature = "c-client"))]
    let _ = c_client;
    if its_veneers {
        veneers::archive(&export.veneers(), &out)?;
        link_static(&out, veneers::LIBRARY);
    }
    Ok(())
}

fn link_static(folder: &Path, library: &str) {
    println!("cargo::rustc-link-search=native={}", folder.display());
    println!("cargo::rustc-link-lib=static={library}");
}
