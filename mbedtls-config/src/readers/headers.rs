//! Headers that people wrote: a program of [`rules`](crate::rules), after a look at how deep they are nested.

use crate::cpp::{self, CppError, Line};
use crate::readers::file::is_header;
use crate::readers::{ReadError, Source};
use crate::rules::Node;

/// More levels of `#if`, of parentheses and of includes than any configuration has; they bound the recursion.
const MOST_LEVELS: usize = 64;
const MOST_INCLUDES: usize = 8;

/// The headers of one build.
pub(super) struct Headers {
    /// The steps of each header; nothing for one that another of them includes.
    pub(super) programs: Vec<Option<Vec<Node>>>,
    /// What they include and nobody gave.
    pub(super) missing: Vec<String>,
}

impl Headers {
    pub(super) fn read(sources: &[Source<'_>]) -> Result<Self, ReadError> {
        for source in sources {
            check_depth(source)?;
        }
        let mut reader = Reader {
            sources,
            included: vec![false; sources.len()],
            missing: Vec::new(),
        };
        let programs: Vec<_> = (0..sources.len())
            .map(|index| reader.program(index, 0))
            .collect::<Result<_, _>>()?;
        let programs = programs
            .into_iter()
            .zip(&reader.included)
            .map(|(nodes, included)| (!included).then_some(nodes))
            .collect();
        Ok(Self {
            programs,
            missing: reader.missing,
        })
    }
}

struct Reader<'a> {
    sources: &'a [Source<'a>],
    included: Vec<bool>,
    missing: Vec<String>,
}

impl Reader<'_> {
    fn program(&mut self, index: usize, depth: usize) -> Result<Vec<Node>, ReadError> {
        let source = self.sources[index];
        let mut failed = None;
        let nodes = cpp::program(source.text, &mut |include| match self
            .include(include, index, depth)
        {
            Ok(nodes) => Ok(nodes),
            Err(error) => {
                failed.get_or_insert(error);
                Ok(Vec::new())
            }
        });
        if let Some(error) = failed {
            return Err(error);
        }
        let mut nodes = nodes.map_err(|error| line_error(source.name, &error))?;
        simplify(&mut nodes);
        Ok(nodes)
    }

    fn include(
        &mut self,
        include: &str,
        from: usize,
        depth: usize,
    ) -> Result<Vec<Node>, ReadError> {
        let path = include.trim_matches(['"', '<', '>', ' ']);
        let name = base_name(path);
        let given = (0..self.sources.len())
            .find(|&index| index != from && base_name(self.sources[index].name) == name);
        match given {
            Some(index) if depth < MOST_INCLUDES => {
                self.included[index] = true;
                self.program(index, depth + 1)
            }
            Some(_) => Ok(Vec::new()),
            None => {
                // Mbed TLS's own headers are part of the rules; what is named by a macro cannot be looked up.
                let own = path.starts_with("mbedtls/") || path.starts_with("psa/");
                let literal = include.starts_with(['"', '<']);
                if !own && literal && is_header(path) && !self.missing.contains(&path.to_owned()) {
                    self.missing.push(path.to_owned());
                }
                Ok(Vec::new())
            }
        }
    }
}

fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn line_error(file: &str, error: &CppError) -> ReadError {
    ReadError::Line {
        file: file.to_owned(),
        line: error.line(),
        reason: error.reason().to_owned(),
    }
}

/// Conditions are read and run by recursion; here its depth is bounded.
fn check_depth(source: &Source<'_>) -> Result<(), ReadError> {
    let mut open = 0_usize;
    for line in cpp::lines(source.text) {
        let Line::Directive { name, rest, number } = line else {
            continue;
        };
        match name.as_str() {
            "if" | "ifdef" | "ifndef" => open += 1,
            "endif" => open = open.saturating_sub(1),
            _ => {}
        }
        let nested = rest
            .chars()
            .filter(|c| matches!(c, '(' | '!' | '-' | '~'))
            .count();
        if open > MOST_LEVELS
            || (matches!(name.as_str(), "if" | "elif") && nested > MOST_LEVELS * 4)
        {
            return Err(ReadError::Line {
                file: source.name.to_owned(),
                line: number,
                reason: "this is nested deeper than any configuration".to_owned(),
            });
        }
    }
    Ok(())
}

/// Keeps of each macro's text what a condition can use in bounded time.
fn simplify(nodes: &mut [Node]) {
    for node in nodes {
        match node {
            Node::Set(_, value) => *value = plain_value(value).to_owned(),
            Node::If(branches) => branches.iter_mut().for_each(|(_, inner)| simplify(inner)),
            _ => {}
        }
    }
}

/// A number, a quoted text, one name, or arithmetic without names: no macro can grow when it is expanded.
pub(super) fn plain_value(value: &str) -> &str {
    let is_name = value
        .bytes()
        .all(|c| c.is_ascii_alphanumeric() || c == b'_');
    let is_quoted = value.starts_with(['"', '<']);
    let is_arithmetic = value.len() <= 64
        && value
            .bytes()
            .all(|c| c.is_ascii_hexdigit() || b" ()+-*/%<>=!&|xXuUlL".contains(&c));
    if is_name || is_quoted || is_arithmetic {
        value
    } else {
        ""
    }
}
