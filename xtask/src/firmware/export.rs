//! The folder that a TF-M build exports for the non-secure side: TF-M's, or the stand-in's, which is filled here from
//! our own headers and those of Mbed TLS.
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

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

/// An export: what a TF-M build puts into its folder `api_ns`.
pub struct Export {
    root: PathBuf,
}

impl Export {
    /// The export in this folder, whether it is there or not.
    pub fn at(root: PathBuf) -> Self {
        Self { root }
    }

    /// The export in this folder, or in the `api_ns` of it.
    pub fn open(folder: &Path) -> Result<Self> {
        let inner = folder.join("api_ns");
        let root = if inner.is_dir() { &inner } else { folder };
        let root = fs::canonicalize(root)
            .with_context(|| format!("there is no export at {}", folder.display()))?;
        let export = Self { root };
        for file in [export.image(), export.veneers(), export.config()] {
            let missing = || format!("{} is missing: no export of a TF-M build", file.display());
            ensure!(file.is_file(), missing());
        }
        Ok(export)
    }

    /// What `TFM_API_NS` is set to.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The secure image, for QEMU's `-kernel`.
    pub fn image(&self) -> PathBuf {
        self.root.join("bin/tfm_s.axf")
    }

    /// The import library with the addresses of the veneers.
    pub fn veneers(&self) -> PathBuf {
        self.root.join("interface/lib/s_veneers.o")
    }

    fn config(&self) -> PathBuf {
        self.root.join("cmake/spe_config.cmake")
    }

    /// What the conformance list calls this secure side: `stand-in`, or such as `tfm-2.1-medium`.
    pub fn provider(&self) -> Result<String> {
        let file = self.config();
        let text =
            fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        provider(&text).with_context(|| format!("{} names no version or profile", file.display()))
    }
}

/// The provider that a `spe_config.cmake` describes.
fn provider(config: &str) -> Option<String> {
    let value = |name: &str| {
        let mut words = config.lines().map(|line| {
            let inside = line.trim().strip_prefix("set(")?.trim_end_matches(')');
            let (found, rest) = inside.split_once(char::is_whitespace)?;
            (found == name).then(|| rest.split_whitespace().next())?
        });
        words.find_map(|word| word)
    };
    let profile = value("TFM_PROFILE")?;
    let mut version = value("TFM_VERSION")?.split('.');
    Some(match profile.strip_prefix("profile_") {
        Some(profile) => format!("tfm-{}.{}-{profile}", version.next()?, version.next()?),
        None => profile.replace('_', "-"),
    })
}

/// Starts a new export: all but the image and the veneers. As in TF-M 2.1, the crypto headers are those of Mbed TLS,
/// and no client configuration comes with them.
pub fn begin(spe: &Spe) -> Result<()> {
    let root = spe.export().root();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_has_its_name_from_version_and_profile() {
        let tfm = "\
# TF-M Profile
set(TFM_PROFILE                            profile_medium    CACHE STRING \"The TF-M profile\")
set(MCUBOOT_IMAGE_NUMBER                   )
set(TFM_VERSION                            2.1.6)
";
        assert_eq!(provider(tfm).as_deref(), Some("tfm-2.1-medium"));
        assert_eq!(provider(SPE_CONFIG).as_deref(), Some("stand-in"));
        assert_eq!(provider("set(TFM_PROFILE )\nset(TFM_VERSION 2.1.6)"), None);
    }
}
