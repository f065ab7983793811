//! Reading C headers: their lines without comments, and their preprocessor lines as a program of [`rules`](crate::rules).
//!
//! ```
//! use mbedtls_config::cpp;
//! use mbedtls_config::rules::{self, Macros};
//!
//! let header = "#define MBEDTLS_PK_C\n#if defined(BIG)\n#define MBEDTLS_MPI_MAX_SIZE 1024\n#endif\n";
//! let program = cpp::program(header, &mut |_included| Ok(Vec::new()))?;
//! let outcome = rules::run(&program, &Macros::new(), &Macros::new());
//! assert_eq!(outcome.macros.keys().collect::<Vec<_>>(), ["MBEDTLS_PK_C"]);
//! # Ok::<(), cpp::CppError>(())
//! ```

use crate::expr::Expr;
use crate::rules::{Builder, Node};

/// A logical line of C: comments are gone, continued lines are joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// `#name rest`
    Directive {
        /// The word after `#`.
        name: String,
        /// What follows it.
        rest: String,
        /// The number of the line, from 1.
        number: usize,
    },
    /// Anything else.
    Code(String),
}

/// Splits C text into its logical lines.
pub fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 1;
    let mut current = String::new();
    let plain = without_comments(text);
    for (number, line) in (1..).zip(plain.split('\n')) {
        let line = line.trim_end_matches('\r');
        if current.is_empty() {
            start = number;
        }
        if let Some(continued) = line.strip_suffix('\\') {
            current.push_str(continued);
            current.push(' ');
            continue;
        }
        current.push_str(line);
        lines.push(logical(&current, start));
        current.clear();
    }
    lines
}

fn logical(text: &str, number: usize) -> Line {
    let Some(directive) = text.trim_start().strip_prefix('#') else {
        return Line::Code(text.to_owned());
    };
    let directive = directive.trim();
    let end = directive
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(directive.len());
    let (name, rest) = directive.split_at(end);
    Line::Directive {
        name: name.to_owned(),
        rest: rest.trim().to_owned(),
        number,
    }
}

/// Replaces comments by spaces, and keeps line ends (a continued line comment goes on, as in C).
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut quote = None;
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some(open), _) if c == open || c == '\n' => {
                quote = None;
                out.push(c);
            }
            (Some(_), '\\') => {
                out.push(c);
                out.extend(chars.next());
            }
            (None, '"' | '\'') => {
                quote = Some(c);
                out.push(c);
            }
            (None, '/') if chars.peek() == Some(&'*') => {
                chars.next();
                out.push(' ');
                let mut before = ' ';
                for c in chars.by_ref() {
                    if before == '*' && c == '/' {
                        break;
                    }
                    if c == '\n' {
                        // Inside a directive a comment may span lines: the directive goes on after it.
                        out.push_str("\\\n");
                    }
                    before = c;
                }
            }
            (None, '/') if chars.peek() == Some(&'/') => {
                let mut before = ' ';
                while let Some(&c) = chars.peek() {
                    if c == '\n' && before != '\\' {
                        break;
                    }
                    before = c;
                    chars.next();
                }
            }
            _ => out.push(c),
        }
    }
    out
}

/// A header that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct CppError {
    line: usize,
    reason: String,
}

impl CppError {
    /// The line, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// What is wrong with it.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

/// Reads the preprocessor lines of a C text as a program. `include` is asked for the steps of each included file; it
/// answers with none for a file that is of no interest.
pub fn program(
    text: &str,
    include: &mut dyn FnMut(&str) -> Result<Vec<Node>, CppError>,
) -> Result<Vec<Node>, CppError> {
    let mut builder = Builder::default();
    let mut last = 1;
    for line in lines(text) {
        let Line::Directive { name, rest, number } = line else {
            continue;
        };
        last = number;
        let fail = |reason: String| CppError {
            line: number,
            reason,
        };
        let done = match (name.as_str(), condition(&name, &rest).map_err(&fail)?) {
            ("elif" | "else", Some(expr)) => builder.branch(expr),
            (_, Some(expr)) => builder.open(expr),
            ("endif", _) => builder.close(),
            ("define", _) => builder.push(define(&rest)),
            ("undef", _) => builder.push(Node::Unset(rest)),
            ("error", _) => builder.push(Node::Refuse),
            ("include", _) => include(&rest)?.into_iter().all(|node| builder.push(node)),
            // Warnings, pragmas and line marks say nothing about the configuration.
            _ => true,
        };
        if !done {
            return Err(fail("no #if is open".to_owned()));
        }
    }
    let nodes = builder.finish().ok_or_else(|| CppError {
        line: last,
        reason: "an #if is not closed".to_owned(),
    })?;
    Ok(without_guard(nodes))
}

/// The condition of a directive that opens a branch; nothing for any other directive.
pub fn condition(name: &str, rest: &str) -> Result<Option<Expr>, String> {
    let first = || rest.split_whitespace().next().unwrap_or_default();
    match name {
        "if" | "elif" => Expr::parse_c(rest)
            .map(Some)
            .map_err(|error| error.to_string()),
        "ifdef" => Ok(Some(Expr::defined(first()))),
        "ifndef" => Ok(Some(Expr::defined(first()).negated())),
        "else" => Ok(Some(Expr::Int(1))),
        _ => Ok(None),
    }
}

/// A macro with parameters counts as defined; its text is of no use in a condition.
fn define(rest: &str) -> Node {
    let end = rest
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(rest.len());
    let (name, value) = rest.split_at(end);
    let value = if value.starts_with('(') {
        ""
    } else {
        value.trim()
    };
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    Node::Set(name.to_owned(), value)
}

/// The steps inside an include guard: `#ifndef X`, `#define X`, and all the rest.
fn without_guard(mut nodes: Vec<Node>) -> Vec<Node> {
    if let [Node::If(branches)] = nodes.as_mut_slice() {
        if let [(Expr::Not(guard), inner)] = branches.as_mut_slice() {
            if let (Expr::Defined(guard), Some(Node::Set(name, value))) =
                (guard.as_ref(), inner.first())
            {
                if guard == name && value.is_empty() {
                    return inner.split_off(1);
                }
            }
        }
    }
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::print;

    fn read(text: &str) -> String {
        print(&program(text, &mut |_| Ok(Vec::new())).unwrap())
    }

    #[test]
    fn comments_and_continued_lines_are_understood() {
        let text = "/* a\n#error\n*/\n// #error \\\n#error\n#define A \"/*\" /* x */\n  # if defined(A) \\\n  && !B /* y\n z */\n#undef A\n#endif\n";
        assert_eq!(read(text), "set A \"/*\"\nif A && !$B\n  unset A\nend\n");
    }

    #[test]
    fn an_include_guard_is_no_rule() {
        let text = "#ifndef X_H\n#define X_H\n#define A 1\n#endif\n";
        assert_eq!(read(text), "set A 1\n");
    }

    #[test]
    fn branches_keep_their_order() {
        let text =
            "#ifdef A\n#define B(x) x\n#elif C > 1\n#error \"no\"\n#else\n#undef D\n#endif\n";
        assert_eq!(
            read(text),
            "if A\n  set B\nelif $C > 1\n  refuse\nelse\n  unset D\nend\n"
        );
    }

    #[test]
    fn a_broken_header_is_refused_with_its_line() {
        for (text, line) in [
            ("#if A\n", 1),
            ("\n#endif\n", 2),
            ("#if (\n#endif", 1),
            ("#else", 1),
        ] {
            let error = program(text, &mut |_| Ok(Vec::new())).unwrap_err();
            assert_eq!(error.line, line, "{text}");
        }
    }
}
