//! What an image takes of flash and RAM before it runs.
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use object::{Object as _, ObjectSection as _, SectionKind};

/// The bytes that an image takes of the flash: code, constants, and what variables begin with.
pub fn flash(image: &Path) -> Result<u64> {
    sum(image, |kind| {
        matches!(
            kind,
            SectionKind::Text
                | SectionKind::Data
                | SectionKind::ReadOnlyData
                | SectionKind::ReadOnlyString
        )
    })
}

/// The bytes of RAM that its variables take, a heap among them.
pub fn variables(image: &Path) -> Result<u64> {
    sum(image, |kind| {
        matches!(kind, SectionKind::Data | SectionKind::UninitializedData)
    })
}

fn sum(image: &Path, counts: impl Fn(SectionKind) -> bool) -> Result<u64> {
    let bytes = fs::read(image).with_context(|| image.display().to_string())?;
    let file = object::File::parse(&*bytes)?;
    let counted = file.sections().filter(|section| counts(section.kind()));
    Ok(counted.map(|section| section.size()).sum())
}
