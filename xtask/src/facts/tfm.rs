//! What TF-M's profiles offer: the `PSA_WANT_` macros that each tree of its sources sets, of several trees those that all
//! set.
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

/// Where the configurations of the profiles stand: to 2.2, and since 2.3.
const FOLDERS: [&str; 2] = [
    "lib/ext/mbedcrypto/mbedcrypto_config",
    "lib/ext/tf-psa-crypto/tfpsacrypto_config",
];

const PROFILES: [&str; 2] = ["medium", "large"];

/// Writes the table of each profile.
pub fn run(repository: &Path, trees: &[PathBuf]) -> Result<()> {
    let versions: Vec<String> = trees
        .iter()
        .map(|tree| version(tree))
        .collect::<Result<_>>()?;
    for profile in PROFILES {
        let name = format!("crypto_config_profile_{profile}.h");
        let mut offered: Option<BTreeSet<String>> = None;
        for tree in trees {
            let wants = wants(&read(tree, &name)?);
            ensure!(
                !wants.is_empty(),
                "{}: {name} sets no PSA_WANT macro",
                tree.display()
            );
            offered = Some(match offered {
                Some(before) => before.intersection(&wants).cloned().collect(),
                None => wants,
            });
        }
        let file = repository.join(format!("mbedtls-config/data/tfm/{profile}.txt"));
        let text = table(profile, &versions, &offered.unwrap_or_default());
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

fn table(profile: &str, versions: &[String], offered: &BTreeSet<String>) -> String {
    let versions = versions.join(", ");
    let mut text = format!(
        "# What TF-M's profile {profile} offers in each of {versions} (crypto_config_profile_{profile}.h).\n"
    );
    for want in offered {
        text.push_str(want);
        text.push('\n');
    }
    text
}

fn read(tree: &Path, name: &str) -> Result<String> {
    let mut files = FOLDERS.iter().map(|folder| tree.join(folder).join(name));
    let file = files
        .find(|file| file.is_file())
        .with_context(|| format!("{}: no sources of TF-M, {name} is missing", tree.display()))?;
    fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))
}

/// The macros that a configuration sets; those that it leaves out are behind `//`.
fn wants(config: &str) -> BTreeSet<String> {
    config
        .lines()
        .filter_map(|line| line.strip_prefix("#define ")?.split_whitespace().next())
        .filter(|name| name.starts_with("PSA_WANT_"))
        .map(str::to_owned)
        .collect()
}

fn version(tree: &Path) -> Result<String> {
    let file = tree.join("cmake/version.cmake");
    let text =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let version = text.lines().find_map(|line| {
        let value = line.trim().strip_prefix("set(TFM_VERSION_MANUAL \"")?;
        // 2.3 writes `2.3.1**`: without git it cannot be sure.
        value.split_once(['"', '*']).map(|(version, _)| version)
    });
    Ok(version
        .with_context(|| format!("{} names no version", file.display()))?
        .to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tree with one line more in profile large.
    fn tree(folder: &str, version: &str, more: &str) -> tempfile::TempDir {
        let tree = tempfile::tempdir().unwrap();
        let (configs, cmake) = (tree.path().join(folder), tree.path().join("cmake"));
        fs::create_dir_all(&configs).unwrap();
        fs::create_dir(&cmake).unwrap();
        let text = format!("set(TFM_VERSION_MANUAL \"{version}\")\n");
        fs::write(cmake.join("version.cmake"), text).unwrap();
        for profile in PROFILES {
            let more = if profile == "large" { more } else { "" };
            let text =
                format!("//#define PSA_WANT_ALG_MD5 1\n#define PSA_WANT_ALG_CCM   1\n{more}");
            fs::write(
                configs.join(format!("crypto_config_profile_{profile}.h")),
                text,
            )
            .unwrap();
        }
        tree
    }

    #[test]
    fn a_table_has_what_every_tree_offers() {
        let repository = tempfile::tempdir().unwrap();
        let data = repository.path().join("mbedtls-config/data/tfm");
        fs::create_dir_all(&data).unwrap();
        let gcm = "#define PSA_WANT_ALG_GCM 1\n";
        let old = tree(FOLDERS[0], "2.1.6", gcm);
        let new = tree(
            FOLDERS[1],
            "2.3.1**",
            &format!("{gcm}#define PSA_WANT_ALG_CTR 1\n"),
        );
        let trees = [old.path().to_owned(), new.path().to_owned()];
        run(repository.path(), &trees).unwrap();
        let read = |profile: &str| fs::read_to_string(data.join(profile)).unwrap();
        assert!(read("medium.txt").ends_with("_medium.h).\nPSA_WANT_ALG_CCM\n"));
        assert!(read("large.txt").ends_with("\nPSA_WANT_ALG_CCM\nPSA_WANT_ALG_GCM\n"));
        assert!(read("large.txt").contains("each of 2.1.6, 2.3.1"));
    }

    #[test]
    fn what_is_no_tree_of_tf_m_is_refused() {
        let empty = tempfile::tempdir().unwrap();
        assert!(run(empty.path(), &[empty.path().to_owned()]).is_err());
    }
}
