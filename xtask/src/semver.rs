//! The public API of the application's library, beside the one that was recorded: `data/api/`.
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::setup::Installed;
use crate::shell::{self, Workspace};

/// The program that compares, and the version that reads the JSON of the pinned toolchain.
const TOOL: Installed = Installed {
    name: "cargo-semver-checks",
    version: "0.51.0",
};

const PACKAGE: &str = "psa-client";
/// The library of that package.
const LIBRARY: &str = "psa";

/// Features that take something out of the API, so that the others together are all of it.
const WITHOUT: [&str; 3] = ["default", "tfm", "tfm-large"];

/// The recorded API.
const RECORDED: &str = "xtask/data/api/psa-client.json";

/// Records the API as it is: what a release promises.
pub fn record(workspace: &Workspace) -> Result<()> {
    let api = Api::read(&document(workspace)?)?;
    let file = workspace.root().join(RECORDED);
    fs::create_dir_all(file.parent().context("the file stands in a folder")?)?;
    fs::write(&file, api.text()?)?;
    println!("recorded {RECORDED}");
    Ok(())
}

/// Compares the API with the recorded one: nothing that a patch or minor version may not change.
pub fn check(workspace: &Workspace) -> Result<()> {
    let tool = TOOL.program(workspace)?;
    let baseline = workspace.root().join(RECORDED);
    let current = document(workspace)?;
    let format = |file: &Path| Ok::<_, anyhow::Error>(Api::read(file)?.0["format_version"].clone());
    if format(&baseline)? != format(&current)? {
        bail!(
            "{RECORDED} is from another Rust: check out the state that it records, and run `cargo xtask semver --record` \
             there with this one"
        );
    }
    let mut command = workspace.command(tool);
    command.args(["semver-checks", "check-release", "--baseline-rustdoc"]);
    command.arg(baseline).arg("--current-rustdoc").arg(current);
    shell::run(&mut command)
}

/// Describes the API as JSON.
fn document(workspace: &Workspace) -> Result<PathBuf> {
    let metadata = workspace.metadata()?;
    let packages = metadata["packages"].as_array();
    let package = packages
        .into_iter()
        .flatten()
        .find(|package| package["name"] == PACKAGE);
    let features = package.and_then(|package| package["features"].as_object());
    let features: Vec<_> = features
        .with_context(|| format!("there is no {PACKAGE}"))?
        .keys()
        .map(String::as_str)
        .filter(|feature| !WITHOUT.contains(feature))
        .collect();
    let target = workspace.root().join("target/api");
    let mut command = workspace.cargo();
    command
        .args(["rustdoc", "--locked", "--lib", "--package", PACKAGE])
        .args(["--no-default-features", "--features", &features.join(",")])
        .args(["--config", "profile.dev.package.mbedtls-psa.opt-level=0"])
        .arg("--target-dir")
        .arg(&target)
        .args(["--", "-Zunstable-options", "--output-format=json"])
        // The format is unstable, and both sides have the same.
        .env("RUSTC_BOOTSTRAP", "1");
    shell::run(&mut command)?;
    Ok(target.join("doc").join(format!("{LIBRARY}.json")))
}

/// What rustdoc says of a library.
struct Api(Value);

impl Api {
    fn read(file: &Path) -> Result<Self> {
        let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
        serde_json::from_str(&text)
            .map(Self)
            .with_context(|| file.display().to_string())
    }

    /// The API without what a comparison does not read: texts, places, paths of this machine, and implementations that
    /// every type has. One item a line.
    fn text(mut self) -> Result<String> {
        let api = self.0.as_object_mut().context("rustdoc writes an object")?;
        let crates = api["external_crates"].as_object_mut();
        for (_, external) in crates.into_iter().flatten() {
            external["path"] = "".into();
        }
        let index = api["index"].as_object_mut().context("an index of items")?;
        let blanket: Vec<String> = index
            .iter()
            .filter(|(_, item)| !item["inner"]["impl"]["blanket_impl"].is_null())
            .flat_map(|(id, item)| {
                let items = item["inner"]["impl"]["items"].as_array();
                let items = items.into_iter().flatten().map(Value::to_string);
                items.chain([id.clone()]).collect::<Vec<_>>()
            })
            .collect();
        index.retain(|id, _| !blanket.contains(id));
        let mut named = BTreeSet::new();
        for (_, item) in index {
            item["docs"] = Value::Null;
            item["span"] = Value::Null;
            item["links"] = Value::Object(serde_json::Map::new());
            forget(&mut item["inner"], &blanket);
            ids(&item["inner"], &mut named);
        }
        let paths = api["paths"].as_object_mut().context("a table of paths")?;
        paths.retain(|id, path| path["crate_id"] == 0 || named.contains(id));
        Ok(serde_json::to_string(&self.0)?.replace("},\"", "},\n\"") + "\n")
    }
}

/// Takes these items out of every list of implementations.
fn forget(value: &mut Value, items: &[String]) {
    let Some(object) = value.as_object_mut() else {
        return;
    };
    for (name, value) in object {
        match value {
            Value::Array(ids) if name == "impls" => {
                ids.retain(|id| !items.contains(&id.to_string()));
            }
            value => forget(value, items),
        }
    }
}

/// Collects what is named by `id` below this.
fn ids(value: &Value, named: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            named.extend(object.get("id").map(Value::to_string));
            object.values().for_each(|value| ids(value, named));
        }
        Value::Array(array) => array.iter().for_each(|value| ids(value, named)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_recorded_has_no_path_and_no_implementation_for_all_types() {
        let item = |inner: Value| serde_json::json!({ "docs": "text", "span": 1, "links": {}, "inner": inner });
        let api = Api(serde_json::json!({
            "paths": { "1": { "crate_id": 0 }, "8": { "crate_id": 1 }, "9": { "crate_id": 1 } },
            "external_crates": { "1": { "name": "core", "path": "/somewhere" } },
            "index": {
                "1": item(serde_json::json!({ "struct": { "impls": [2, 4] } })),
                "2": item(serde_json::json!({ "impl": { "blanket_impl": {}, "items": [3] } })),
                "3": item(serde_json::json!({ "function": {} })),
                "4": item(serde_json::json!({ "impl": { "blanket_impl": null, "items": [], "trait": { "id": 8 } } })),
            },
        }));
        let text = api.text().unwrap();
        assert!(!text.contains("somewhere") && !text.contains("text"));
        let api: Value = serde_json::from_str(&text).unwrap();
        let ids: Vec<_> = api["index"].as_object().unwrap().keys().collect();
        assert_eq!(ids, ["1", "4"]);
        let paths: Vec<_> = api["paths"].as_object().unwrap().keys().collect();
        assert_eq!(paths, ["1", "8"]);
        assert_eq!(
            api["index"]["1"]["inner"]["struct"]["impls"],
            serde_json::json!([4])
        );
    }
}
