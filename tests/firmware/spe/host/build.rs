//! Compiles the services, and the Mbed TLS under them, for the host.
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use mbedtls_config::source::{self, Environment};

/// The part of Mbed TLS that they stand on.
const LIBRARY: &str = include_str!("../config/library.txt");

/// Of the board itself; `host.c` stands for it, and has the parts with a state in it.
const LEFT_OUT: [&str; 9] = [
    "board.c",
    "caller.c",
    "console.c",
    "crypto_operations.c",
    "faults.c",
    "platform.c",
    "startup.c",
    "storage.c",
    "veneers.c",
];

fn main() -> Result<(), Box<dyn Error>> {
    for name in Environment::VARIABLES {
        println!("cargo::rerun-if-env-changed={name}");
    }
    println!("cargo::rerun-if-changed=..");
    let mbedtls = source::find(&Environment::from_build_script())?.root;
    let spe = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("..");

    let mut own = common(&spe, &mbedtls);
    own.file("host.c");
    for entry in fs::read_dir(spe.join("src"))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default();
        let is_c = path.extension().is_some_and(|extension| extension == "c");
        if is_c && LEFT_OUT.iter().all(|left_out| name != *left_out) {
            own.file(path);
        }
    }
    own.extra_warnings(true).flag("-Wno-unused-parameter");
    own.try_compile("stand_in_services")?;

    let mut library = common(&spe, &mbedtls);
    let folder = mbedtls.join("library");
    let p256_m = mbedtls.join("3rdparty/p256-m");
    for name in LIBRARY.lines() {
        library.file(folder.join(name).with_extension("c"));
    }
    library
        .file(p256_m.join("p256-m_driver_entrypoints.c"))
        .file(p256_m.join("p256-m/p256-m.c"))
        .include(folder)
        .warnings(false);
    library.try_compile("stand_in_mbedtls")?;
    Ok(())
}

fn common(spe: &Path, mbedtls: &Path) -> cc::Build {
    let mut build = cc::Build::new();
    // Without optimisation the tests would take long.
    build
        .opt_level(2)
        .std("c11")
        .include(spe.join("host"))
        .include(spe.join("config"))
        .include(spe.join("include"))
        .include(spe.join("src"))
        .include(mbedtls.join("include"))
        .include(mbedtls.join("3rdparty/p256-m"))
        .include(mbedtls.join("3rdparty/p256-m/p256-m"))
        .include(mbedtls.join("3rdparty/p256-m/p256-m/include"))
        .define("MBEDTLS_CONFIG_FILE", "\"config.h\"")
        .define("MBEDTLS_PSA_CRYPTO_CONFIG_FILE", "\"spe_crypto_config.h\"");
    build
}
