//! Every vector of the conformance list, where the other images run those of each result and flag.
use anyhow::Result;

use super::checks;
use super::export::Export;
use super::image::Image;
use super::local;
use super::qemu::Machine;
use crate::shell::Workspace;

/// Features of `psa-conformance` that fit into the non-secure flash of one image.
const PARTS: [&[&str]; 7] = [
    &["psa-conformance/long-ecdsa"],
    &["psa-conformance/long-ecdh"],
    &[
        "psa-conformance/long-ecdh-large",
        "psa-conformance/long-xdh",
    ],
    &["psa-conformance/long-rsa"],
    &[
        "psa-conformance/long-rsa-pss",
        "psa-conformance/long-rsa-encryption",
    ],
    &["psa-conformance/long-symmetric"],
    &["psa-conformance/long-derivation"],
];

/// No other tests than those: they have run, and need flash.
const ONLY_VECTORS: &str = "psa-conformance/only-vectors";

/// All at once: there the flash is large.
pub fn local(workspace: &Workspace) -> Result<()> {
    let (provider, features) = local::FULL;
    let image = Image {
        package: "firmware-local",
        suffix: "-long",
        features: &[features, &["driver"], &PARTS.concat(), &[ONLY_VECTORS]].concat(),
        ..Image::default()
    }
    .build(workspace)?;
    checks::vectors(local::an505(image), provider)
}

pub fn ns(workspace: &Workspace, secure: &Export) -> Result<()> {
    let provider = secure.provider()?;
    for part in PARTS {
        println!("-- {}", part.join(", "));
        let image = Image {
            package: "firmware-ns",
            suffix: "-long",
            features: &[&["tests", ONLY_VECTORS], part].concat(),
            environment: &[("TFM_API_NS", secure.root().as_os_str())],
            ..Image::default()
        }
        .build(workspace)?;
        checks::vectors(Machine::an521(secure.image(), image), &provider)?;
    }
    Ok(())
}
