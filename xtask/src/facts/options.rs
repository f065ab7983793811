//! The options: what `mbedtls_config.h` and `psa/crypto_config.h` offer, with their defaults.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use mbedtls_config::rules::{self, Node};

use super::tree::Tree;

/// The table: `section TITLE`, then a line an option: name, whether it is on by default, its value if it takes one.
pub fn table(tree: &Tree, rules: &[Node]) -> Result<String, String> {
    let mut out = String::new();
    scan(&tree.read(tree.config())?, &mut out);
    let _ = writeln!(out, "section PSA");
    scan(&tree.read("include/psa/crypto_config.h")?, &mut out);
    let known: BTreeSet<&str> = out
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    let hidden: Vec<String> = hidden(tree, rules)?
        .into_iter()
        .filter(|name| !known.contains(name.as_str()))
        .collect();
    let _ = writeln!(out, "section Read by the rules only");
    for name in hidden {
        let _ = writeln!(out, "{name} off");
    }
    Ok(out)
}

/// Macros that the rules read although no configuration file offers them: drivers that replace the library's own code,
/// and options that are documented elsewhere or were removed. What Mbed TLS derives itself is none.
fn hidden(tree: &Tree, rules: &[Node]) -> Result<BTreeSet<String>, String> {
    let mut read = BTreeSet::new();
    let mut derived = BTreeSet::new();
    rules::each_step(rules, &mut |node, path| {
        if let Node::Set(name, _) = node {
            derived.insert(name.clone());
        }
        for met in path {
            met.expr.each_macro(&mut |name| {
                read.insert(name.to_owned());
            });
        }
    });
    for file in [tree.files("include", ".h"), tree.files("library", ".h")].concat() {
        let nodes = tree.program(&file, &mut |_| Ok(Vec::new()))?;
        rules::each_step(&nodes, &mut |node, path| {
            if let Node::Set(name, _) = node {
                // What asks for itself first only fills in what a person left open.
                if !reads(path, name) {
                    derived.insert(name.clone());
                }
            }
        });
    }
    // A driver of the library itself may also set what a driver of the application would.
    read.retain(|name| {
        name.starts_with("MBEDTLS_PSA_ACCEL_")
            || name.starts_with("MBEDTLS_") && !derived.contains(name)
    });
    Ok(read)
}

/// True when one of the conditions asks for this macro.
pub fn reads(path: &rules::Path, wanted: &str) -> bool {
    let mut found = false;
    for met in path {
        met.expr.each_macro(&mut |name| found |= name == wanted);
    }
    found
}

fn scan(text: &str, out: &mut String) {
    for line in text.lines() {
        if let Some((_, title)) = line
            .split_once("\\name SECTION: ")
            .filter(|(before, _)| before.trim() == "*")
        {
            let _ = writeln!(out, "section {}", title.trim());
        }
        let line = line.trim();
        let (on, rest) = match line.strip_prefix("//") {
            Some(rest) => ("off", rest.trim_start()),
            None => ("on", line),
        };
        let Some(define) = rest.strip_prefix("#define ") else {
            continue;
        };
        let define = define
            .split("/*")
            .next()
            .unwrap_or_default()
            .split("//")
            .next()
            .unwrap_or_default()
            .trim();
        let (name, value) = define
            .split_once(char::is_whitespace)
            .unwrap_or((define, ""));
        let known = name.starts_with("MBEDTLS_") || name.starts_with("PSA_WANT_");
        // A macro with parameters or attributes is no setting that a value could express.
        if !known || name.contains('(') || value.contains('(') {
            continue;
        }
        let _ = writeln!(
            out,
            "{}",
            format!("{name} {on} {}", value.trim()).trim_end()
        );
    }
}
