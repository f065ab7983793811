//! `cargo xtask firmware`: the Cortex-M33 images, built and run in QEMU.
pub mod arm;
pub mod checks;
mod constant_time;
pub mod cost;
pub mod export;
mod hybrid;
pub mod image;
pub mod local;
mod long;
mod ns;
mod p256;
mod parallel;
pub mod qemu;
mod reproducible;
mod selftest;
mod smoke;
pub mod spe;
pub mod stamp;

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail, ensure};
use lexopt::prelude::*;

use crate::shell::Workspace;
use export::Export;

/// What builds and runs an image.
#[derive(Clone, Copy)]
enum Run {
    /// It brings all that it needs.
    Alone(fn(&Workspace) -> Result<()>),
    /// It runs behind a secure side: the stand-in, or a TF-M of the user's.
    BehindSecureSide(fn(&Workspace, &Export) -> Result<()>),
}

const IMAGES: [(&str, Run); 8] = [
    ("spe", Run::Alone(stand_in)),
    ("smoke", Run::BehindSecureSide(smoke::run)),
    ("ns", Run::BehindSecureSide(ns::run)),
    ("local", Run::Alone(local::run)),
    ("hybrid", Run::BehindSecureSide(hybrid::run)),
    ("p256", Run::Alone(p256::run)),
    ("cost", Run::Alone(cost::run)),
    ("constant-time", Run::Alone(constant_time::run)),
];

/// With `--long`, after them: every vector, in the images that have one provider each, and many signatures of P-256.
const LONG: [(&str, Run); 3] = [
    ("local", Run::Alone(long::local)),
    ("ns", Run::BehindSecureSide(long::ns)),
    ("p256", Run::Alone(p256::long)),
];

/// What was asked for.
#[derive(Default)]
struct Options {
    names: Vec<String>,
    long: bool,
    tfm: Option<PathBuf>,
}

impl Options {
    fn parse(args: &[OsString]) -> Result<Self> {
        let mut options = Self::default();
        let mut parser = lexopt::Parser::from_args(args);
        while let Some(argument) = parser.next()? {
            match argument {
                Long("long") => options.long = true,
                Long("tfm") => options.tfm = Some(parser.value()?.into()),
                Value(name) => options.names.push(name.string()?),
                other => return Err(other.unexpected().into()),
            }
        }
        if let Some(name) = options
            .names
            .iter()
            .find(|name| IMAGES.iter().all(|(image, _)| image != name))
        {
            let all = IMAGES.map(|(image, _)| image).join(", ");
            bail!("there is no image `{name}`; there are: {all}");
        }
        Ok(options)
    }

    /// The images: those that are named, else all that `--tfm` leaves.
    fn images(&self) -> Result<Vec<(&'static str, Run)>> {
        let mut chosen = Vec::new();
        let long = LONG.into_iter().filter(|_| self.long);
        for (name, run) in IMAGES.into_iter().chain(long) {
            let named = self.names.iter().any(|wanted| wanted == name);
            let fits = self.tfm.is_none() || matches!(run, Run::BehindSecureSide(_));
            ensure!(
                fits || !named,
                "`{name}` runs without a secure side: --tfm does not go with it"
            );
            if named || (self.names.is_empty() && fits) {
                chosen.push((name, run));
            }
        }
        Ok(chosen)
    }
}

/// Builds the named images (all, when none is named) and runs them.
pub fn run(workspace: &Workspace, args: &[OsString]) -> Result<()> {
    let options = Options::parse(args)?;
    let tfm = options.tfm.as_deref().map(Export::open).transpose()?;
    run_each(workspace, options.images()?, tfm.as_ref())
}

/// What the stand-in exports, as a TF-M build would.
pub fn stand_in_export(workspace: &Workspace) -> Result<Export> {
    Ok(spe::build(workspace)?.into_export())
}

/// Every vector, on a Cortex-M33 alone.
pub fn long_alone(workspace: &Workspace) -> Result<()> {
    long::local(workspace)
}

/// Every vector, behind the stand-in.
pub fn long_behind_secure_side(workspace: &Workspace) -> Result<()> {
    long::ns(workspace, &stand_in_export(workspace)?)
}

/// Signatures of P-256's assembly before Mbed TLS, and the other way round.
pub fn crosswise(workspace: &Workspace) -> Result<()> {
    p256::long(workspace)
}

/// Each image, built twice.
pub fn same_bytes(workspace: &Workspace) -> Result<()> {
    reproducible::check(workspace)
}

fn run_each(
    workspace: &Workspace,
    images: Vec<(&'static str, Run)>,
    tfm: Option<&Export>,
) -> Result<()> {
    for (name, run) in images {
        println!("== {name}");
        match (run, tfm) {
            (Run::Alone(run), _) => run(workspace),
            (Run::BehindSecureSide(run), Some(tfm)) => run(workspace, tfm),
            (Run::BehindSecureSide(run), None) => run(workspace, &stand_in_export(workspace)?),
        }
        .with_context(|| format!("image {name}"))?;
    }
    Ok(())
}

/// The stand-in secure side, asked everything by its own test image.
fn stand_in(workspace: &Workspace) -> Result<()> {
    let spe = spe::build(workspace)?;
    println!("{}", spe.summary()?);
    selftest::run(workspace, &spe)
}

/// Where firmware is built: `firmware` in cargo's target folder.
pub fn output_folder(workspace: &Workspace) -> Result<PathBuf> {
    Ok(workspace.target_folder()?.join("firmware"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn images(args: &[&str]) -> Result<Vec<&'static str>> {
        let args: Vec<_> = args.iter().map(OsString::from).collect();
        let images = Options::parse(&args)?.images()?;
        Ok(images.into_iter().map(|(name, _)| name).collect())
    }

    #[test]
    fn images_are_named_or_all_that_fit() {
        assert_eq!(images(&[]).unwrap().len(), IMAGES.len());
        assert_eq!(images(&["cost", "ns"]).unwrap(), ["ns", "cost"]);
        assert_eq!(images(&["--tfm", "x"]).unwrap(), ["smoke", "ns", "hybrid"]);
        assert_eq!(images(&["ns", "--tfm=x"]).unwrap(), ["ns"]);
        let both = images(&["ns", "--long", "cost"]).unwrap();
        assert_eq!(both, ["ns", "cost", "ns"]);
        for wrong in [&["sn"][..], &["cost", "--tfm", "x"], &["--tfm"], &["--spe"]] {
            assert!(images(wrong).is_err(), "{wrong:?}");
        }
    }
}
