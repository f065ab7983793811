//! Making an archive of one object file, which is all that a linker takes from a dependency.

use std::fs::{self, File};
use std::path::Path;

/// The library's name for `rustc-link-lib`.
pub const LIBRARY: &str = "tfm_s_veneers";

/// Puts `object` into an archive below `folder`, without a C tool.
pub fn archive(object: &Path, folder: &Path) -> Result<(), String> {
    let name = object.file_name().ok_or("an object without a name")?;
    let bytes = fs::read(object).map_err(|error| {
        format!(
            "{}: {error}; TF-M writes it when it is built with CONFIG_TFM_USE_TRUSTZONE",
            object.display()
        )
    })?;
    if !bytes.starts_with(b"\x7fELF") {
        return Err(format!("{}: no ELF object", object.display()));
    }
    let path = folder.join(format!("lib{LIBRARY}.a"));
    let write = || -> std::io::Result<()> {
        let name = name.as_encoded_bytes().to_vec();
        let mut archive = ar::GnuBuilder::new(File::create(&path)?, vec![name.clone()]);
        archive.append(&ar::Header::new(name, bytes.len() as u64), &*bytes)
    };
    write().map_err(|error| format!("{}: {error}", path.display()))
}
