//! Building TF-M's own client in C, for whoever asks for it instead of the one in Rust.

use std::path::{Path, PathBuf};

/// The library's name for `rustc-link-lib`.
pub const LIBRARY: &str = "tfm_c_client";

/// Builds the client through the export's `CMake` package and returns the folder with the library.
pub fn build(export: &Path, manifest: &Path, out: &Path) -> PathBuf {
    cmake::Config::new(manifest.join("cmake"))
        .define("TFM_API_NS", export)
        .define("CLIENT_CONFIG", manifest.join("include"))
        // The export's own toolchain file knows processor and floating-point ABI of the secure image.
        .no_default_flags(true)
        .out_dir(out.join("c_client"))
        .build_target(LIBRARY)
        .build()
        .join("build")
}
