//! The tables of one Mbed TLS tree: options, rules, units, functions.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use mbedtls_config::cpp;
use mbedtls_config::expr::Expr;
use mbedtls_config::rules::{self, Node};

use super::functions::{self, Mention};
use super::{options, units};

/// C files that are no units of their own: another one includes them.
const PARTS: [&str; 3] = [
    "everest/library/kremlib/",
    "everest/library/legacy/",
    "everest/library/Hacl_Curve25519.c",
];

/// A tree that is being read.
pub struct Tree<'a> {
    /// The folder with `include` and `library`.
    pub root: &'a Path,
}

/// Every table with its file name.
pub fn tables(root: &Path) -> Result<Vec<(&'static str, String)>, String> {
    let tree = Tree { root };
    let rules = tree.rules()?;
    let (functions, guards) = tree.functions()?;
    let options = options::table(&tree, &rules)?;
    let units = units::program(&tree, &rules, &options, &functions::macros_of(&guards))?;
    Ok(vec![
        ("options.txt", options),
        ("rules.txt", rules::print(&rules)),
        ("units.txt", rules::print(&units)),
        ("functions.txt", functions),
    ])
}

impl Tree<'_> {
    /// The text of a file.
    pub fn read(&self, path: &str) -> Result<String, String> {
        fs::read_to_string(self.root.join(path)).map_err(|error| format!("{path}: {error}"))
    }

    /// The files below a folder with this ending, sorted; none when there is no such folder.
    pub fn files(&self, folder: &str, ending: &str) -> Vec<String> {
        let mut found = Vec::new();
        for entry in fs::read_dir(self.root.join(folder))
            .into_iter()
            .flatten()
            .flatten()
        {
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                found.extend(self.files(&name, ending));
            } else if name.ends_with(ending) {
                found.push(name);
            }
        }
        found.sort();
        found
    }

    /// The program of a file; `include` answers with the steps of what it includes.
    pub fn program(
        &self,
        path: &str,
        include: &mut dyn FnMut(&str) -> Result<Vec<Node>, String>,
    ) -> Result<Vec<Node>, String> {
        let text = self.read(path)?;
        let mut failed = None;
        let nodes = cpp::program(&text, &mut |included| {
            Ok(include(included).unwrap_or_else(|error| {
                failed = Some(error);
                Vec::new()
            }))
        });
        let nodes = nodes.map_err(|error| format!("{path}: {error}"))?;
        failed.map_or(Ok(nodes), Err)
    }

    fn has(&self, path: &str) -> bool {
        self.root.join(path).is_file()
    }

    /// The file that offers the options: its name changed with 3.0.
    pub fn config(&self) -> &'static str {
        let new = "include/mbedtls/mbedtls_config.h";
        if self.has(new) {
            new
        } else {
            "include/mbedtls/config.h"
        }
    }

    /// What finishes a configuration, with everything that it includes from the tree.
    fn rules(&self) -> Result<Vec<Node>, String> {
        let build_info = "mbedtls/build_info.h";
        let mut nodes = Vec::new();
        if self.has(&format!("include/{build_info}")) {
            nodes.push(Node::File(build_info.to_owned()));
            nodes.extend(self.header(build_info)?);
        } else {
            // Before 3.0 the configuration file itself does it; its own definitions are the options.
            nodes.extend([Node::Config, Node::File("mbedtls/config.h".to_owned())]);
            let own = self.header("mbedtls/config.h")?;
            nodes.extend(
                own.into_iter()
                    .filter(|node| !matches!(node, Node::Set(..))),
            );
            // Without a PSA configuration, psa/crypto_platform.h derives one.
            let file = "mbedtls/config_psa.h";
            let mut derived = vec![Node::File(file.to_owned())];
            derived.extend(self.header(file)?);
            nodes.push(Node::If(vec![(
                Expr::defined("MBEDTLS_PSA_CRYPTO_CONFIG").negated(),
                derived,
            )]));
        }
        Ok(pruned(nodes))
    }

    fn header(&self, name: &str) -> Result<Vec<Node>, String> {
        self.program(&format!("include/{name}"), &mut |included| {
            self.included(name, included)
        })
    }

    fn included(&self, from: &str, included: &str) -> Result<Vec<Node>, String> {
        match included {
            // The default configuration stands in the table of options.
            "\"mbedtls/mbedtls_config.h\"" => Ok(Vec::new()),
            "MBEDTLS_CONFIG_FILE" => Ok(vec![Node::Config]),
            _ => {
                let name = included.trim_matches('"');
                if name == included || !self.root.join("include").join(name).is_file() {
                    return Ok(Vec::new());
                }
                let inner = self.header(name)?;
                if inner.is_empty() {
                    return Ok(inner);
                }
                let mut nodes = vec![Node::File(name.to_owned())];
                nodes.extend(inner);
                nodes.push(Node::File(from.to_owned()));
                Ok(nodes)
            }
        }
    }

    fn scan(&self, file: &str) -> Result<BTreeMap<(String, Mention), Vec<Expr>>, String> {
        functions::scan(&self.read(file)?).map_err(|error| format!("{file}: {error}"))
    }

    /// Every function: the file that defines it, and the condition. Also all conditions.
    fn functions(&self) -> Result<(String, Vec<Expr>), String> {
        let mut headers = BTreeMap::new();
        for file in [self.files("include", ".h"), self.files("library", ".h")].concat() {
            headers.insert(file.clone(), self.scan(&file)?);
        }
        let public: BTreeSet<&String> = headers
            .iter()
            .filter(|(file, _)| file.starts_with("include/"))
            .flat_map(|(_, found)| found.keys().map(|key| &key.0))
            .collect();
        let mut index = Index::default();
        let mut defined = BTreeSet::new();
        for file in [self.files("library", ".c"), self.files("3rdparty", ".c")].concat() {
            if PARTS.iter().any(|part| file.contains(part)) {
                continue;
            }
            for ((name, mention), guards) in self.scan(&file)? {
                let kind = match mention {
                    Mention::Defined if public.contains(&name) => "public",
                    Mention::Defined => "internal",
                    Mention::Data => "data",
                    _ => continue,
                };
                index.add(&file, kind, &name, &guards);
                defined.insert(name);
            }
        }
        for (file, found) in &headers {
            for ((name, mention), guards) in found {
                let private = file.starts_with("library/");
                match mention {
                    Mention::Inline | Mention::Macro if private => {}
                    Mention::Inline | Mention::Defined => {
                        index.add(file, "inline", name, guards);
                    }
                    Mention::Macro => index.add(file, "macro", name, guards),
                    // A function of a type that has a name is declared as a variable would be defined.
                    Mention::Declared | Mention::Data if defined.contains(name) => {}
                    Mention::Declared | Mention::Data => {
                        index.add(file, "declared", name, guards);
                    }
                }
            }
        }
        Ok((index.text, index.guards))
    }
}

#[derive(Default)]
struct Index {
    text: String,
    file: String,
    guards: Vec<Expr>,
}

impl Index {
    fn add(&mut self, file: &str, kind: &str, name: &str, guards: &[Expr]) {
        if self.file != file {
            file.clone_into(&mut self.file);
            let _ = writeln!(self.text, "file {file}");
        }
        let guard = either(guards);
        let _ = writeln!(self.text, "  {kind} {name} {guard}");
        self.guards.push(guard);
    }
}

/// Any of several guards. Two that differ in nothing but one condition and its opposite need neither.
fn either(guards: &[Expr]) -> Expr {
    let mut ways: Vec<Vec<Expr>> = guards.iter().map(functions::parts).collect();
    while let Some((first, second, merged)) = mergeable(&ways) {
        ways.remove(second);
        ways[first] = merged;
    }
    let mut guards: Vec<Expr> = ways.into_iter().map(Expr::all).collect();
    match guards.len() {
        1 => guards.remove(0),
        _ if guards.contains(&Expr::Int(1)) => Expr::Int(1),
        _ => Expr::Or(guards),
    }
}

fn mergeable(ways: &[Vec<Expr>]) -> Option<(usize, usize, Vec<Expr>)> {
    for (second, right) in ways.iter().enumerate() {
        for (first, left) in ways[..second].iter().enumerate() {
            let common: Vec<Expr> = left
                .iter()
                .filter(|part| right.contains(part))
                .cloned()
                .collect();
            let only = |way: &[Expr]| {
                way.iter()
                    .filter(|part| !common.contains(part))
                    .cloned()
                    .collect::<Vec<_>>()
            };
            let (left, right) = (only(left), only(right));
            let opposite = Expr::all(left.clone()).negated() == Expr::all(right.clone());
            // One that asks for less includes the other.
            if opposite || left.is_empty() || right.is_empty() {
                return Some((first, second, common));
            }
        }
    }
    None
}

/// A program without branches that do nothing.
pub fn pruned(nodes: Vec<Node>) -> Vec<Node> {
    let mut kept: Vec<Node> = Vec::new();
    for node in nodes {
        match node {
            Node::If(branches) => {
                let mut branches: Vec<_> = branches
                    .into_iter()
                    .map(|(expr, inner)| (expr, pruned(inner)))
                    .collect();
                while branches.last().is_some_and(|branch| branch.1.is_empty()) {
                    branches.pop();
                }
                if !branches.is_empty() {
                    kept.push(Node::If(branches));
                }
            }
            // Of two marks in a row only the last one counts.
            Node::File(name) => {
                if matches!(kept.last(), Some(Node::File(_))) {
                    kept.pop();
                }
                kept.push(Node::File(name));
            }
            other => kept.push(other),
        }
    }
    if matches!(kept.as_slice(), [Node::File(_)]) {
        kept.clear();
    }
    kept
}
