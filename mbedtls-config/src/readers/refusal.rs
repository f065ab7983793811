//! A refusal of Mbed TLS's headers, as a sentence.

use crate::expr::{Expr, Lookup};
use crate::repair;
use crate::rules::{Macros, Met};

/// A refusal.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    /// Who needs what: the `#error` itself has no text in the tables.
    pub(super) text: String,
    /// What would make it go away: for each thing that is lacking, the macros of which one is enough.
    pub(super) lacking: Vec<Vec<String>>,
}

impl Refusal {
    /// `origin` leads from a macro that Mbed TLS derives back to what the configuration says.
    pub(super) fn new(
        file: &str,
        path: &[Met<'_>],
        macros: &Macros,
        origin: &dyn Fn(&str) -> String,
    ) -> Self {
        let mut askers: Vec<String> = Vec::new();
        for name in repair::askers(path, macros) {
            let name = origin(&name);
            if !askers.contains(&name) {
                askers.push(name);
            }
        }
        let mut found = Vec::new();
        for met in path {
            lacking(met.expr, met.held, macros, &mut found);
        }
        let missing: Vec<String> = found.iter().map(|names| names.join(" or ")).collect();
        let file = file.rsplit('/').next().unwrap_or(file);
        let text = match (askers.as_slice(), missing.as_slice()) {
            ([], _) => format!("{file} refuses this configuration"),
            ([only], []) => format!("{only} is refused by {file}"),
            (several, []) => format!("{} cannot be together ({file})", several.join(" and ")),
            (askers, missing) => {
                format!(
                    "{} needs {} ({file})",
                    askers.join(" with "),
                    missing.join(" and ")
                )
            }
        };
        Self {
            text,
            lacking: found,
        }
    }
}

/// What is off and, switched on, would make a condition come out differently: one list for each part of it.
fn lacking(expr: &Expr, held: bool, macros: &Macros, found: &mut Vec<Vec<String>>) {
    match expr {
        Expr::Not(inner) if held => absent(inner, macros, found),
        Expr::Not(inner) => lacking(inner, true, macros, found),
        Expr::Or(parts) if held => {
            let held = parts.iter().filter(|part| part.is_true(macros));
            held.for_each(|part| lacking(part, true, macros, found));
        }
        Expr::And(parts) if held && parts.iter().all(is_absence) => {
            found.push(parts.iter().flat_map(names).collect());
        }
        Expr::And(parts) if held => {
            for part in parts {
                lacking(part, true, macros, found);
            }
        }
        other if !held => absent(other, macros, found),
        _ => {}
    }
}

/// What a condition that does not hold lacks.
fn absent(expr: &Expr, macros: &Macros, found: &mut Vec<Vec<String>>) {
    match expr {
        Expr::Defined(name) if macros.lookup(name).is_none() => found.push(vec![name.clone()]),
        Expr::And(parts) => {
            let off = parts.iter().filter(|part| !part.is_true(macros));
            off.for_each(|part| absent(part, macros, found));
        }
        Expr::Or(parts) => {
            let all: Vec<String> = parts.iter().flat_map(names).collect();
            let off = all.into_iter().filter(|name| macros.lookup(name).is_none());
            found.push(off.collect());
        }
        _ => {}
    }
}

fn is_absence(expr: &Expr) -> bool {
    matches!(expr, Expr::Not(inner) if matches!(inner.as_ref(), Expr::Defined(_)))
}

fn names(expr: &Expr) -> Vec<String> {
    let mut names = Vec::new();
    expr.each_macro(&mut |name| names.push(name.to_owned()));
    names
}
