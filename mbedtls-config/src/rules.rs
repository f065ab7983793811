//! Rules: the headers that finish and check a configuration, as a small program of conditions, settings and refusals.
//!
//! The tables keep the nesting of the `#if` lines, because flattening would change their meaning: a condition is
//! evaluated when it is met, not when the line inside it is.
//!
//! ```
//! use mbedtls_config::rules::{self, Event, Macros};
//!
//! let program = rules::parse("config\nif A && !B\n  refuse\nend\n")?;
//! let config = Macros::from([("A".to_owned(), String::new())]);
//! let outcome = rules::run(&program, &Macros::new(), &config);
//! assert!(matches!(outcome.events[0], Event::Refused { .. }));
//! # Ok::<(), rules::RulesError>(())
//! ```

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::expr::{Expr, Lookup};

/// One step of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// `#if`, `#elif`, `#else`: the first branch whose condition holds is taken; `else` has the condition 1.
    If(Vec<(Expr, Vec<Node>)>),
    /// `#define NAME VALUE`
    Set(String, String),
    /// `#undef NAME`
    Unset(String),
    /// `#error`
    Refuse,
    /// The place where the configuration itself is read.
    Config,
    /// From here on the steps come from this file.
    File(String),
}

/// A condition that was met, and whether it held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Met<'a> {
    /// The condition.
    pub expr: &'a Expr,
    /// Its outcome.
    pub held: bool,
}

/// The conditions under which a step is reached, outermost first.
pub type Path<'a> = Vec<Met<'a>>;

/// The macros and their texts.
pub type Macros = BTreeMap<String, String>;

impl Lookup for Macros {
    fn lookup(&self, name: &str) -> Option<&str> {
        self.get(name).map(String::as_str)
    }
}

/// Something that happened while the program ran.
#[derive(Clone, Debug)]
pub enum Event<'a> {
    /// A rule defined a macro that was not defined before.
    Set {
        /// The macro.
        name: &'a str,
        /// Why this step was reached.
        path: Path<'a>,
    },
    /// A rule removed a macro that was defined.
    Unset {
        /// The macro.
        name: &'a str,
        /// Why this step was reached.
        path: Path<'a>,
    },
    /// The headers refuse the configuration.
    Refused {
        /// The file that refuses.
        file: &'a str,
        /// Why this step was reached.
        path: Path<'a>,
    },
}

/// What came of a configuration.
#[derive(Clone, Debug, Default)]
pub struct Outcome<'a> {
    /// Every macro that is defined at the end.
    pub macros: Macros,
    /// What happened, in order.
    pub events: Vec<Event<'a>>,
}

/// Runs a program: `before` is defined from the start (what the compiler predefines), `config` is what the
/// configuration defines.
pub fn run<'a>(program: &'a [Node], before: &Macros, config: &Macros) -> Outcome<'a> {
    let mut runner = Runner {
        outcome: Outcome {
            macros: before.clone(),
            events: Vec::new(),
        },
        config,
        file: "",
        path: Vec::new(),
    };
    runner.nodes(program);
    runner.outcome
}

struct Runner<'a, 'c> {
    outcome: Outcome<'a>,
    config: &'c Macros,
    file: &'a str,
    path: Path<'a>,
}

impl<'a> Runner<'a, '_> {
    fn nodes(&mut self, nodes: &'a [Node]) {
        for node in nodes {
            self.node(node);
        }
    }

    fn node(&mut self, node: &'a Node) {
        match node {
            Node::If(branches) => self.branches(branches),
            Node::Set(name, value) => {
                if self
                    .outcome
                    .macros
                    .insert(name.clone(), value.clone())
                    .is_none()
                {
                    self.outcome.events.push(Event::Set {
                        name,
                        path: self.path.clone(),
                    });
                }
            }
            Node::Unset(name) => {
                if self.outcome.macros.remove(name).is_some() {
                    self.outcome.events.push(Event::Unset {
                        name,
                        path: self.path.clone(),
                    });
                }
            }
            Node::Refuse => {
                self.outcome.events.push(Event::Refused {
                    file: self.file,
                    path: self.path.clone(),
                });
            }
            Node::Config => self.outcome.macros.extend(self.config.clone()),
            Node::File(name) => self.file = name,
        }
    }

    fn branches(&mut self, branches: &'a [(Expr, Vec<Node>)]) {
        let depth = self.path.len();
        for (expr, nodes) in branches {
            let held = expr.is_true(&self.outcome.macros);
            self.path.push(Met { expr, held });
            if held {
                self.nodes(nodes);
                break;
            }
        }
        self.path.truncate(depth);
    }
}

/// Calls `visit` with every step that is no condition, and the conditions under which it is reached.
pub fn each_step<'a>(program: &'a [Node], visit: &mut impl FnMut(&'a Node, &Path<'a>)) {
    fn walk<'a>(
        nodes: &'a [Node],
        path: &mut Path<'a>,
        visit: &mut impl FnMut(&'a Node, &Path<'a>),
    ) {
        for node in nodes {
            let Node::If(branches) = node else {
                visit(node, path);
                continue;
            };
            let depth = path.len();
            for (expr, inner) in branches {
                path.push(Met { expr, held: true });
                walk(inner, path, visit);
                path.last_mut().expect("just pushed").held = false;
            }
            path.truncate(depth);
        }
    }
    walk(program, &mut Vec::new(), visit);
}

/// A table that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the rules: {reason}")]
pub struct RulesError {
    line: usize,
    reason: String,
}

/// Reads a table of rules.
pub fn parse(text: &str) -> Result<Vec<Node>, RulesError> {
    let mut builder = Builder::default();
    for (index, line) in text.lines().enumerate() {
        let fail = |reason: String| RulesError {
            line: index + 1,
            reason,
        };
        let line = line.trim();
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let condition = |text: &str| Expr::parse(text).map_err(|error| fail(error.to_string()));
        let done = match word {
            "" | "#" => true,
            "if" => builder.open(condition(rest)?),
            "elif" => builder.branch(condition(rest)?),
            "else" => builder.branch(Expr::Int(1)),
            "end" => builder.close(),
            _ => builder.push(step(word, rest).ok_or_else(|| fail("an unknown word".to_owned()))?),
        };
        if !done {
            return Err(fail("no `if` is open".to_owned()));
        }
    }
    let line = text.lines().count();
    builder.finish().ok_or_else(|| RulesError {
        line,
        reason: "an `if` is not closed".to_owned(),
    })
}

/// Puts the steps of a program together, line by line.
#[derive(Default)]
pub(crate) struct Builder {
    /// The steps of the list that is open.
    nodes: Vec<Node>,
    /// The `if`s that are open, the innermost last.
    open: Vec<Open>,
}

struct Open {
    /// The list around it.
    around: Vec<Node>,
    /// The branches that are finished.
    branches: Vec<(Expr, Vec<Node>)>,
    /// The condition of the branch that is open.
    current: Expr,
}

impl Builder {
    /// Each of these answers whether it could be done.
    pub(crate) fn push(&mut self, node: Node) -> bool {
        self.nodes.push(node);
        true
    }

    pub(crate) fn open(&mut self, expr: Expr) -> bool {
        self.open.push(Open {
            around: std::mem::take(&mut self.nodes),
            branches: Vec::new(),
            current: expr,
        });
        true
    }

    /// Not when no `if` is open.
    pub(crate) fn branch(&mut self, expr: Expr) -> bool {
        let Some(open) = self.open.last_mut() else {
            return false;
        };
        let done = std::mem::replace(&mut open.current, expr);
        open.branches.push((done, std::mem::take(&mut self.nodes)));
        true
    }

    /// Not when no `if` is open.
    pub(crate) fn close(&mut self) -> bool {
        let Some(mut open) = self.open.pop() else {
            return false;
        };
        let inner = std::mem::replace(&mut self.nodes, open.around);
        open.branches.push((open.current, inner));
        self.nodes.push(Node::If(open.branches));
        true
    }

    /// Nothing when an `if` is still open.
    pub(crate) fn finish(self) -> Option<Vec<Node>> {
        self.open.is_empty().then_some(self.nodes)
    }
}

fn step(word: &str, rest: &str) -> Option<Node> {
    Some(match word {
        "set" => {
            let (name, value) = rest.split_once(' ').unwrap_or((rest, ""));
            Node::Set(name.to_owned(), value.to_owned())
        }
        "unset" => Node::Unset(rest.to_owned()),
        "refuse" => Node::Refuse,
        "config" => Node::Config,
        "file" => Node::File(rest.to_owned()),
        _ => return None,
    })
}

/// Writes a table of rules.
pub fn print(nodes: &[Node]) -> String {
    let mut out = String::new();
    print_into(&mut out, nodes, 0);
    out
}

fn print_into(out: &mut String, nodes: &[Node], depth: usize) {
    for node in nodes {
        let mut line = |text: String| {
            let _ = writeln!(out, "{:1$}{text}", "", depth * 2);
        };
        match node {
            Node::If(branches) => {
                for (index, (expr, inner)) in branches.iter().enumerate() {
                    let head = match (index, expr) {
                        (0, _) => format!("if {expr}"),
                        (_, Expr::Int(1)) => "else".to_owned(),
                        _ => format!("elif {expr}"),
                    };
                    let _ = writeln!(out, "{:1$}{head}", "", depth * 2);
                    print_into(out, inner, depth + 1);
                }
                let _ = writeln!(out, "{:1$}end", "", depth * 2);
            }
            Node::Set(name, value) if value.is_empty() => line(format!("set {name}")),
            Node::Set(name, value) => line(format!("set {name} {value}")),
            Node::Unset(name) => line(format!("unset {name}")),
            Node::Refuse => line("refuse".to_owned()),
            Node::Config => line("config".to_owned()),
            Node::File(name) => line(format!("file {name}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\
config
file check.h
if !A
  set A
  set B 1
elif C
  unset C
else
  refuse
end
";

    #[test]
    fn a_table_reads_back_what_was_written() {
        let program = parse(TABLE).unwrap();
        assert_eq!(print(&program), TABLE);
    }

    #[test]
    fn a_condition_is_evaluated_when_it_is_met() {
        let program = parse(TABLE).unwrap();
        let outcome = run(&program, &Macros::new(), &Macros::new());
        assert_eq!(outcome.macros.keys().collect::<Vec<_>>(), ["A", "B"]);
        let config = Macros::from([("A".to_owned(), String::new())]);
        let outcome = run(&program, &Macros::new(), &config);
        let [
            Event::Refused {
                file: "check.h",
                path,
            },
        ] = outcome.events.as_slice()
        else {
            panic!("not refused: {:?}", outcome.events)
        };
        assert_eq!(
            path.iter().map(|met| met.held).collect::<Vec<_>>(),
            [false, false, true]
        );
    }

    #[test]
    fn every_step_is_visited_with_its_conditions() {
        let program = parse(TABLE).unwrap();
        let mut seen = Vec::new();
        each_step(&program, &mut |node, path| {
            if matches!(node, Node::Unset(_)) {
                seen = path
                    .iter()
                    .map(|met| (met.expr.to_string(), met.held))
                    .collect();
            }
        });
        assert_eq!(seen, [("!A".to_owned(), false), ("C".to_owned(), true)]);
    }

    #[test]
    fn a_broken_table_is_refused_with_its_line() {
        for (text, line) in [
            ("if A", 1),
            ("end", 1),
            ("config\nelse", 2),
            ("if A\nfoo\nend", 2),
            ("if &&\nend", 1),
        ] {
            assert_eq!(parse(text).unwrap_err().line, line, "{text}");
        }
    }
}
