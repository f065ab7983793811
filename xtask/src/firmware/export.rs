//! The folder that a TF-M build exports for the non-secure side, filled from our own headers and those of Mbed TLS.
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use super::spe::Spe;
use super::stamp;

/// Changed with what [`begin`] writes, so that old exports are made anew.
pub const CONTENTS_VERSION: &str = "1";

/// The part of `cmake/spe_config.cmake` that says what the export is. TF-M's build glue and ours look there.
const SPE_CONFIG: &str = "\
# Written by `cargo xtask firmware`: the stand-in secure side for tests, not TF-M. It speaks the ABI of this version.
set(TFM_VERSION                            2.1.0)
set(TFM_PROFILE                            stand_in)
set(TFM_PLATFORM                           arm/mps2/an521)
set(TFM_PARTITION_CRYPTO                   ON)
set(TFM_PARTITION_INTERNAL_TRUSTED_STORAGE ON)
set(TFM_PARTITION_PROTECTED_STORAGE        ON)
set(TFM_PARTITION_INITIAL_ATTESTATION      ON)
set(TFM_PARTITION_PLATFORM                 ON)
set(TFM_PARTITION_FIRMWARE_UPDATE          OFF)
set(CONFIG_TFM_USE_TRUSTZONE               ON)
";

/// Starts a new export: all but the image and the veneers. As in TF-M 2.1, the crypto headers are those of Mbed TLS,
/// and no client configuration comes with them.
pub fn begin(spe: &Spe) -> Result<()> {
    let root = spe.api_ns();
    if root.exists() {
        fs::remove_dir_all(root).with_context(|| format!("cannot renew {}", root.display()))?;
    }
    let include = root.join("interface/include");
    copy_headers(&spe.mbedtls().join("include"), &include, |name| {
        // The two default configurations: TF-M leaves them out.
        !matches!(name, "mbedtls/mbedtls_config.h" | "psa/crypto_config.h")
    })?;
    copy_headers(&spe.source().join("include"), &include, |_| true)?;
    for folder in ["bin", "cmake", "interface/lib"] {
        fs::create_dir_all(root.join(folder))?;
    }
    fs::write(root.join("cmake/spe_config.cmake"), SPE_CONFIG)?;
    Ok(())
}

fn copy_headers(from: &Path, to: &Path, wanted: impl Fn(&str) -> bool) -> Result<()> {
    for file in stamp::files_below(from)? {
        let name = file.strip_prefix(from)?;
        if name.extension().is_some_and(|extension| extension == "h")
            && wanted(&name.to_string_lossy())
        {
            let target = to.join(name);
            if let Some(folder) = target.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::copy(&file, &target).with_context(|| format!("cannot copy {}", file.display()))?;
        }
    }
    Ok(())
}
