//! What single C files and their headers derive or refuse after the configuration is finished: macros that guards of
//! functions read, and `#error` lines that speak of options.

use std::collections::BTreeSet;
use std::path::Path;

use mbedtls_config::expr::Expr;
use mbedtls_config::rules::{self, Node};

use super::options;
use super::tree::{Tree, pruned};

/// Headers whose refusals belong to the C file that includes them.
const CHECKS: [&str; 2] = ["check_crypto_config.h", "psa_crypto_random_impl.h"];

/// Macros of platforms that conditions on options may name.
const PLATFORMS: [&str; 14] = [
    "unix",
    "__unix",
    "__unix__",
    "__APPLE__",
    "_WIN32",
    "_WIN64",
    "WIN32",
    "EFI32",
    "EFIX64",
    "__QNXNTO__",
    "__HAIKU__",
    "__midipix__",
    "__MVS__",
    "__linux__",
];

/// The program; `guards` are the macros that guards of functions read.
pub fn program(
    tree: &Tree,
    rules: &[Node],
    table: &str,
    guards: &BTreeSet<String>,
) -> Result<Vec<Node>, String> {
    let mut known: BTreeSet<String> = table
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect();
    let mut in_rules = BTreeSet::new();
    rules::each_step(rules, &mut |node, _| match node {
        Node::Set(name, _) => {
            known.insert(name.clone());
        }
        Node::File(name) => {
            in_rules.insert(name.clone());
        }
        _ => {}
    });
    let mut files = Vec::new();
    for file in [
        tree.files("include", ".h"),
        tree.files("library", ".h"),
        tree.files("library", ".c"),
    ]
    .concat()
    {
        let nodes = tree.program(&file, &mut |included| {
            let name = included.trim_matches('"');
            let check = file == "library/psa_crypto.c" && CHECKS.contains(&name);
            if check {
                tree.program(&format!("library/{name}"), &mut |_| Ok(Vec::new()))
            } else {
                Ok(Vec::new())
            }
        })?;
        if file != tree.config() && !in_rules.contains(file.trim_start_matches("include/")) {
            files.push((file, nodes));
        }
    }
    let wanted = wanted(&files, guards, &known);
    let mut program = Vec::new();
    for (file, nodes) in files {
        // A header belongs to whoever includes it; only a C file refuses for itself.
        let refusals = Path::new(&file)
            .extension()
            .is_some_and(|ending| ending == "c");
        let kept = pruned(kept(nodes, &wanted, &known, refusals));
        if !kept.is_empty() {
            program.push(Node::File(file));
            program.extend(kept);
        }
    }
    Ok(program)
}

/// The macros worth keeping: those that guards read, and those that conditions of these read.
fn wanted(
    files: &[(String, Vec<Node>)],
    guards: &BTreeSet<String>,
    known: &BTreeSet<String>,
) -> BTreeSet<String> {
    let ours = |name: &&String| name.starts_with("MBEDTLS_") || name.starts_with("PSA_");
    let mut wanted: BTreeSet<String> = guards.difference(known).filter(ours).cloned().collect();
    // An option that a header derives from another one, outside the rules.
    for (_, nodes) in files
        .iter()
        .filter(|(file, _)| file.starts_with("include/"))
    {
        rules::each_step(nodes, &mut |node, path| {
            if let Node::Set(name, _) = node {
                if known.contains(name) && guards.contains(name) && !options::reads(path, name) {
                    wanted.insert(name.clone());
                }
            }
        });
    }
    loop {
        let mut more = BTreeSet::new();
        for (_, nodes) in files {
            rules::each_step(nodes, &mut |node, path| {
                if matches!(node, Node::Set(name, _) if wanted.contains(name)) {
                    macros(path, &mut |name| {
                        if !known.contains(name) && !wanted.contains(name) {
                            more.insert(name.to_owned());
                        }
                    });
                }
            });
        }
        if more.is_empty() {
            return wanted;
        }
        wanted.extend(more);
    }
}

fn macros(path: &rules::Path<'_>, visit: &mut impl FnMut(&str)) {
    for met in path {
        met.expr.each_macro(&mut |name| visit(name));
    }
}

fn kept(
    nodes: Vec<Node>,
    wanted: &BTreeSet<String>,
    known: &BTreeSet<String>,
    refusals: bool,
) -> Vec<Node> {
    nodes
        .into_iter()
        .filter_map(|node| match node {
            Node::If(branches) => {
                let mut all_known = true;
                let branches = branches
                    .into_iter()
                    .map(|(expr, inner)| {
                        all_known &= only_defined(&expr, known);
                        (expr, kept(inner, wanted, known, refusals && all_known))
                    })
                    .collect();
                Some(Node::If(branches))
            }
            Node::Set(ref name, _) | Node::Unset(ref name) => wanted.contains(name).then_some(node),
            Node::Refuse => refusals.then_some(node),
            Node::Config | Node::File(_) => None,
        })
        .collect()
}

/// True for a condition that only asks whether known macros are defined.
fn only_defined(expr: &Expr, known: &BTreeSet<String>) -> bool {
    match expr {
        Expr::Int(_) => true,
        Expr::Defined(name) => known.contains(name) || PLATFORMS.contains(&name.as_str()),
        Expr::Not(inner) => only_defined(inner, known),
        Expr::And(parts) | Expr::Or(parts) => parts.iter().all(|part| only_defined(part, known)),
        Expr::Value(_) | Expr::Call(_) | Expr::Binary(..) => false,
    }
}
