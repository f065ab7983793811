//! The same image twice: clean builds in folders of different names and depths give the same bytes.
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use super::spe;
use crate::shell::{self, Workspace};

/// The images, each with the features and the program that a user would build first.
const IMAGES: [(&str, &str, &str); 3] = [
    ("firmware-ns", "firmware-ns-journey", ""),
    ("firmware-local", "firmware-local-journey", ""),
    ("firmware-hybrid", "firmware-hybrid-journey", ""),
];

/// Builds each image in two copies of the repository, and compares.
pub fn check(workspace: &Workspace) -> Result<()> {
    let export = spe::build(workspace)?.into_export();
    let scratch = tempfile::tempdir()?;
    let folders = [
        scratch.path().join("a"),
        scratch.path().join("another/place"),
    ];
    for folder in &folders {
        copy(workspace, folder)?;
    }
    for (package, program, features) in IMAGES {
        let mut images = Vec::new();
        for folder in &folders {
            let image = build(
                workspace,
                folder,
                (package, program, features),
                export.root(),
            )?;
            images.push(fs::read(&image).with_context(|| image.display().to_string())?);
        }
        let [first, second] = &images[..] else {
            unreachable!("two folders");
        };
        let differ = first.iter().zip(second).filter(|(a, b)| a != b).count();
        ensure!(
            first == second,
            "{program}: {} and {} bytes, {differ} differ",
            first.len(),
            second.len()
        );
        for folder in &folders {
            let path = folder.to_string_lossy().into_owned();
            let inside = first
                .windows(path.len())
                .any(|window| window == path.as_bytes());
            ensure!(!inside, "{program} has the folder of its build in it");
        }
        println!("{program}: twice the same {} bytes", first.len());
    }
    Ok(())
}

/// Copies the files of the repository, those of the last commit and what was changed since.
fn copy(workspace: &Workspace, folder: &Path) -> Result<()> {
    let files = shell::output(workspace.command("git").args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]))?;
    for file in files.split('\0').filter(|file| !file.is_empty()) {
        let from = workspace.root().join(file);
        let to = folder.join(file);
        if !from.is_file() {
            // Deleted, and not committed.
            continue;
        }
        fs::create_dir_all(to.parent().context("a file has a folder")?)?;
        fs::copy(&from, &to).with_context(|| from.display().to_string())?;
    }
    Ok(())
}

/// Builds an image, clean, with the folder's name out of what the compilers write.
fn build(
    workspace: &Workspace,
    folder: &Path,
    (package, program, features): (&str, &str, &str),
    export: &Path,
) -> Result<PathBuf> {
    const TARGET: &str = "thumbv8m.main-none-eabi";
    let root = folder.display();
    let registry = crate::cargo_home()?.join("registry");
    let registry = registry.display();
    let mut command = workspace.cargo();
    command
        .current_dir(folder)
        .args(["build", "--locked", "--quiet", "--target", TARGET])
        .args([
            "--profile",
            "firmware",
            "--package",
            package,
            "--bin",
            program,
        ])
        .args(["--features", features, "--target-dir"])
        .arg(folder.join("target"))
        .env("TFM_API_NS", export)
        .env(
            "RUSTFLAGS",
            format!("--remap-path-prefix={root}=/build --remap-path-prefix={registry}=/registry"),
        )
        .env(
            "CFLAGS",
            format!("-ffile-prefix-map={root}=/build -ffile-prefix-map={registry}=/registry"),
        )
        .env_remove("CARGO_TARGET_DIR");
    shell::run(&mut command)?;
    Ok(folder
        .join("target")
        .join(TARGET)
        .join("firmware")
        .join(program))
}
