//! A refusal of Mbed TLS's headers, as a sentence.

use crate::expr::{Expr, Lookup};
use crate::repair;
use crate::rules::{Macros, Met};

/// Says who needs what: the `#error` itself has no text in the tables. `origin` leads from a macro that Mbed TLS derives
/// back to what the configuration says.
pub(super) fn sentence(
    file: &str,
    path: &[Met<'_>],
    macros: &Macros,
    origin: &dyn Fn(&str) -> String,
) -> String {
    let mut askers: Vec<String> = Vec::new();
    for name in repair::askers(path, macros) {
        let name = origin(&name);
        if !askers.contains(&name) {
            askers.push(name);
        }
    }
    let mut missing = Vec::new();
    for met in path {
        lacking(met.expr, met.held, macros, &mut missing);
    }
    let file = file.rsplit('/').next().unwrap_or(file);
    match (askers.as_slice(), missing.as_slice()) {
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
    }
}

/// What would have made the refusal go away: each entry is a name, or alternatives.
fn lacking(expr: &Expr, held: bool, macros: &Macros, found: &mut Vec<String>) {
    match expr {
        Expr::Not(inner) => match (inner.as_ref(), held) {
            (Expr::Defined(name), true) => found.push(name.clone()),
            (Expr::Or(parts), true) => found.push(alternatives(parts)),
            (Expr::And(parts), true) => {
                let absent = parts.iter().filter(|part| !part.is_true(macros));
                found.extend(absent.map(ToString::to_string));
            }
            (inner, held) => lacking(inner, !held, macros, found),
        },
        Expr::Or(parts) if held => {
            let held = parts.iter().filter(|part| part.is_true(macros));
            held.for_each(|part| lacking(part, true, macros, found));
        }
        Expr::And(parts) if held && parts.iter().all(is_absence) => {
            found.push(alternatives(parts).replace('!', ""));
        }
        Expr::And(parts) if held => {
            for part in parts {
                lacking(part, true, macros, found);
            }
        }
        Expr::Or(parts) if !held => found.push(alternatives(parts)),
        Expr::Defined(name) if !held && macros.lookup(name).is_none() => found.push(name.clone()),
        _ => {}
    }
}

fn is_absence(expr: &Expr) -> bool {
    matches!(expr, Expr::Not(inner) if matches!(inner.as_ref(), Expr::Defined(_)))
}

fn alternatives(parts: &[Expr]) -> String {
    let names: Vec<String> = parts.iter().map(ToString::to_string).collect();
    names.join(" or ")
}
