//! Builds again only what changed: a file beside the output holds the hash of all that went in.
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// Everything that a build depends on, in a fixed order.
#[derive(Clone, Default)]
pub struct Inputs(DefaultHasher);

impl Inputs {
    /// A setting: a flag, a version, a path.
    pub fn text(&mut self, text: &str) -> &mut Self {
        text.hash(&mut self.0);
        self
    }

    /// A file, or every file below a folder.
    pub fn path(&mut self, path: &Path) -> Result<&mut Self> {
        for file in files_below(path)? {
            let name = file.strip_prefix(path).unwrap_or(&file);
            let content =
                fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            name.hash(&mut self.0);
            content.hash(&mut self.0);
        }
        Ok(self)
    }

    /// Whether `output` was made from exactly these inputs.
    pub fn made(&self, output: &Path) -> bool {
        output.exists()
            && fs::read_to_string(stamp_of(output)).is_ok_and(|hash| hash == self.hash())
    }

    /// Notes that `output` is made from these inputs.
    pub fn note(&self, output: &Path) -> Result<()> {
        let stamp = stamp_of(output);
        fs::write(&stamp, self.hash()).with_context(|| format!("cannot write {}", stamp.display()))
    }

    fn hash(&self) -> String {
        format!("{:016x}", self.0.finish())
    }
}

fn stamp_of(output: &Path) -> PathBuf {
    let mut name = output.file_name().unwrap_or_default().to_os_string();
    name.push(".stamp");
    output.with_file_name(name)
}

/// The files at or below a path, sorted.
pub fn files_below(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut files = Vec::new();
    let entries = fs::read_dir(path).with_context(|| format!("cannot list {}", path.display()))?;
    for entry in entries {
        files.extend(files_below(&entry?.path())?);
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inputs(folder: &Path) -> Inputs {
        let mut inputs = Inputs::default();
        inputs.text("-Os").path(folder).unwrap();
        inputs
    }

    #[test]
    fn an_output_is_made_anew_when_a_source_changed_appeared_or_went() {
        let folder = tempfile::tempdir().unwrap();
        let (sources, output) = (folder.path().join("src"), folder.path().join("out"));
        fs::create_dir_all(sources.join("deep")).unwrap();
        fs::write(sources.join("deep/a.c"), "1").unwrap();
        assert!(!inputs(&sources).made(&output));
        fs::write(&output, "").unwrap();
        inputs(&sources).note(&output).unwrap();
        assert!(inputs(&sources).made(&output));

        fs::write(sources.join("deep/a.c"), "2").unwrap();
        assert!(!inputs(&sources).made(&output));
        fs::write(sources.join("deep/a.c"), "1").unwrap();
        fs::write(sources.join("b.c"), "").unwrap();
        assert!(!inputs(&sources).made(&output));
        fs::remove_file(sources.join("b.c")).unwrap();
        assert!(inputs(&sources).made(&output));
        fs::remove_file(&output).unwrap();
        assert!(!inputs(&sources).made(&output));
    }
}
