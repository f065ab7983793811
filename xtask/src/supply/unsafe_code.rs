//! How much `unsafe` stands in each of our packages.
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use proc_macro2::{TokenStream, TokenTree};
use serde_json::Value;
use syn::visit::{self, Visit};

use super::{ours, text};

/// What is counted.
#[derive(Default)]
struct Counts {
    blocks: usize,
    functions: usize,
    /// `unsafe impl`, `unsafe trait`, `unsafe extern`.
    items: usize,
    /// The word in what a macro is given or made of.
    in_macros: usize,
    /// Comments that begin with `SAFETY:`.
    reasons: usize,
    files: usize,
}

impl<'ast> Visit<'ast> for Counts {
    fn visit_expr_unsafe(&mut self, node: &'ast syn::ExprUnsafe) {
        self.blocks += 1;
        visit::visit_expr_unsafe(self, node);
    }

    fn visit_signature(&mut self, node: &'ast syn::Signature) {
        self.functions += usize::from(node.unsafety.is_some());
        visit::visit_signature(self, node);
    }

    fn visit_item_impl(&mut self, node: &'ast syn::ItemImpl) {
        self.items += usize::from(node.unsafety.is_some());
        visit::visit_item_impl(self, node);
    }

    fn visit_item_trait(&mut self, node: &'ast syn::ItemTrait) {
        self.items += usize::from(node.unsafety.is_some());
        visit::visit_item_trait(self, node);
    }

    fn visit_item_foreign_mod(&mut self, node: &'ast syn::ItemForeignMod) {
        self.items += usize::from(node.unsafety.is_some());
        visit::visit_item_foreign_mod(self, node);
    }

    fn visit_macro(&mut self, node: &'ast syn::Macro) {
        self.in_macros += words(node.tokens.clone());
    }
}

fn words(tokens: TokenStream) -> usize {
    let count = |token| match token {
        TokenTree::Ident(word) => usize::from(word == "unsafe"),
        TokenTree::Group(group) => words(group.stream()),
        _ => 0,
    };
    tokens.into_iter().map(count).sum()
}

impl Counts {
    fn add(&mut self, source: &str) -> syn::Result<()> {
        let before = self.all();
        self.visit_file(&syn::parse_file(source)?);
        self.reasons += source
            .lines()
            .filter(|line| line.trim_start().starts_with("// SAFETY:"))
            .count();
        self.files += usize::from(self.all() > before);
        Ok(())
    }

    const fn all(&self) -> usize {
        self.blocks + self.functions + self.items + self.in_macros
    }
}

pub fn section(metadata: &Value) -> Result<String> {
    let folders: BTreeMap<&str, &Path> = ours(metadata)
        .filter_map(|package| {
            let folder = Path::new(text(package, "manifest_path")).parent()?;
            Some((text(package, "name"), folder))
        })
        .collect();
    let mut lines = vec![
        "| package | files with `unsafe` | blocks | functions | other items | in macros | `SAFETY` comments |"
            .to_owned(),
        "|---|---:|---:|---:|---:|---:|---:|".to_owned(),
    ];
    let mut without = Vec::new();
    for (name, folder) in &folders {
        let mut counts = Counts::default();
        for part in ["src", "build.rs", "build", "tests", "examples", "benches"] {
            let inner = |path: &Path| {
                folders
                    .values()
                    .any(|other| other != folder && path == *other)
            };
            below(&folder.join(part), &inner, &mut |file| {
                let source = fs::read_to_string(file)?;
                counts
                    .add(&source)
                    .map_err(|error| anyhow!("{}: {error}", file.display()))
            })?;
        }
        if counts.all() == 0 {
            without.push(format!("`{name}`"));
            continue;
        }
        let Counts {
            blocks,
            functions,
            items,
            in_macros,
            reasons,
            files,
        } = counts;
        lines.push(format!(
            "| `{name}` | {files} | {blocks} | {functions} | {items} | {in_macros} | {reasons} |"
        ));
    }
    lines.push(format!("\nNone at all: {}.", without.join(", ")));
    Ok(lines.join("\n"))
}

/// Every Rust file at or below `path`, but for folders of other packages and of what is no code.
fn below(
    path: &Path,
    left_out: &dyn Fn(&Path) -> bool,
    each: &mut dyn FnMut(&Path) -> Result<()>,
) -> Result<()> {
    if left_out(path) || !path.exists() {
        return Ok(());
    }
    if path.is_dir() {
        for entry in fs::read_dir(path).with_context(|| path.display().to_string())? {
            below(&entry?.path(), left_out, each)?;
        }
    } else if path.extension().is_some_and(|extension| extension == "rs") {
        each(path)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_every_kind_of_unsafe_and_no_word_in_a_comment_or_string() {
        let source = r#"
            // unsafe
            unsafe extern "C" { fn a(); }
            unsafe fn b() {}
            unsafe impl Send for C {}
            fn d() {
                let _ = "unsafe";
                // SAFETY: it is.
                unsafe { a() }
            }
            macro_rules! e { () => { unsafe { a() } } }
        "#;
        let mut counts = Counts::default();
        counts.add(source).unwrap();
        assert_eq!((counts.blocks, counts.functions, counts.items), (1, 1, 2));
        assert_eq!((counts.in_macros, counts.reasons, counts.files), (1, 1, 1));
        counts.add("fn nothing() {}").unwrap();
        assert_eq!(counts.files, 1);
    }
}
