//! The functions of a C file: which it defines, which it declares, and under which condition.

use std::collections::{BTreeMap, BTreeSet};

use mbedtls_config::cpp::{self, Line};
use mbedtls_config::expr::Expr;

use super::tokens::{function_name, tokens};

/// How a C file mentions a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mention {
    /// Defined, and visible to the linker.
    Defined,
    /// Defined in a header, in every unit that includes it.
    Inline,
    /// No function but a variable, visible to the linker.
    Data,
    /// Declared without a body.
    Declared,
    /// No function at all, but a macro that is called like one.
    Macro,
}

/// Every function of a C text with the conditions of its mentions.
pub fn scan(text: &str) -> Result<BTreeMap<(String, Mention), Vec<Expr>>, String> {
    let mut scanner = Scanner::default();
    for line in cpp::lines(text) {
        match line {
            Line::Directive { name, rest, number } => {
                scanner
                    .directive(&name, &rest)
                    .map_err(|reason| format!("line {number}: {reason}"))?;
            }
            Line::Code(code) => scanner.code(&code),
        }
    }
    Ok(scanner.finished())
}

/// A condition that is open.
struct Open {
    earlier: Vec<Expr>,
    current: Expr,
    depth: usize,
    pending: Vec<String>,
}

#[derive(Default)]
struct Scanner {
    open: Vec<Open>,
    depth: usize,
    pending: Vec<String>,
    /// The conditions under which the word `static` was met that is pending.
    private: Option<Vec<Expr>>,
    /// Functions that were declared `static`: a definition without the word is as private.
    statics: BTreeSet<String>,
    /// `#define old new` for functions, with its condition.
    renamed: Vec<(String, String, Vec<Expr>)>,
    found: BTreeMap<(String, Mention), Vec<Expr>>,
}

impl Scanner {
    fn directive(&mut self, name: &str, rest: &str) -> Result<(), String> {
        let condition = cpp::condition(name, rest)?;
        if matches!(name, "elif" | "else" | "endif") {
            self.head_in_a_branch();
        }
        match (name, condition) {
            ("elif" | "else", Some(expr)) => {
                let open = self.open.last_mut().ok_or("no #if is open")?;
                let before = std::mem::replace(&mut open.current, expr);
                open.earlier.push(before);
                // A brace that each branch opens is one brace.
                self.depth = open.depth;
                self.pending.clone_from(&open.pending);
            }
            (_, Some(expr)) => self.open.push(Open {
                earlier: Vec::new(),
                current: expr,
                depth: self.depth,
                pending: self.pending.clone(),
            }),
            ("endif", None) => {
                self.open.pop().ok_or("no #if is open")?;
            }
            ("define", None) => {
                let end = rest
                    .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                    .unwrap_or(rest.len());
                let (name, text) = (&rest[..end], rest[end..].trim());
                if is_api_name(name) {
                    self.note(name.to_owned(), Mention::Macro, None);
                }
                if is_api_name(name) && is_api_name(text) {
                    let conditions = self.conditions();
                    self.renamed
                        .push((name.to_owned(), text.to_owned(), conditions));
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Each branch may hold the head of a function whose body follows them all.
    fn head_in_a_branch(&mut self) {
        let before = self.open.last().map_or(0, |open| open.pending.len());
        if self.depth == 0
            && self.pending.len() > before
            && self.pending.last().is_some_and(|token| token == ")")
        {
            self.definition();
            self.pending.truncate(before);
        }
    }

    /// Some files write a function as a call of a macro that defines it; the first argument that names a function is
    /// its name. No semicolon ends such a call.
    fn made_by_a_macro(&mut self) {
        if !self
            .pending
            .first()
            .is_some_and(|first| first.starts_with("FN_"))
        {
            return;
        }
        let count = |sign: &str| self.pending.iter().filter(|token| *token == sign).count();
        if count("(") > 0 && count("(") == count(")") {
            let name = self
                .pending
                .get(2)
                .filter(|name| is_api_name(name) && !name.ends_with("_t"));
            if let Some(name) = name.cloned() {
                self.note(name, Mention::Defined, None);
            }
            self.pending.clear();
        }
    }

    fn code(&mut self, code: &str) {
        if self
            .open
            .iter()
            .any(|open| open.current == Expr::defined("__cplusplus"))
        {
            return;
        }
        for token in tokens(code) {
            match (token.as_str(), self.depth) {
                ("{", 0) => {
                    self.definition();
                    self.depth = 1;
                }
                ("{", _) => self.depth += 1,
                ("}", _) => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        self.pending.clear();
                    }
                }
                (";", 0) => {
                    self.declaration();
                    self.pending.clear();
                }
                (word, 0) => {
                    if word == "static" {
                        self.private = Some(self.conditions());
                    }
                    self.pending.push(token);
                    self.made_by_a_macro();
                }
                _ => {}
            }
        }
    }

    fn has(&self, word: &str) -> bool {
        self.pending.iter().any(|token| token == word)
    }

    /// The name of a variable whose definition is pending; also `int (*name)(void)`.
    fn variable(&self) -> Option<String> {
        let end = self
            .pending
            .iter()
            .position(|token| token == "=")
            .unwrap_or(self.pending.len());
        let head = &self.pending[..end];
        let no_variable = ["static", "typedef", "inline"]
            .iter()
            .any(|word| self.has(word));
        if no_variable
            || head.len() < 2
            || head.iter().any(|token| token == ",") && !head.contains(&"*".to_owned())
        {
            return None;
        }
        match head.iter().position(|token| token == "(") {
            None => head.iter().rfind(|token| is_api_name(token)).cloned(),
            Some(open) => match &head[open..] {
                [_, star, name, ..] if star == "*" && is_api_name(name) => Some(name.clone()),
                _ => None,
            },
        }
    }

    fn data(&mut self) {
        let Some(name) = self.variable() else {
            return;
        };
        if self.has("extern") {
            self.note(name, Mention::Declared, None);
        } else if self.has("MBEDTLS_STATIC_TESTABLE") {
            self.note(
                name,
                Mention::Data,
                Some(Expr::defined("MBEDTLS_TEST_HOOKS")),
            );
        } else if self
            .pending
            .first()
            .is_some_and(|word| word != "struct" || self.pending.len() > 2)
        {
            self.note(name, Mention::Data, None);
        }
    }

    fn definition(&mut self) {
        if self.has("=") {
            self.data();
            return;
        }
        let Some(name) = function_name(&self.pending) else {
            return;
        };
        if self.has("=") || self.has("typedef") || self.statics.contains(&name) {
            return;
        }
        if self.has("inline") || self.has("__inline") {
            self.note(name, Mention::Inline, None);
        } else if self.has("MBEDTLS_STATIC_TESTABLE") {
            self.note(
                name,
                Mention::Defined,
                Some(Expr::defined("MBEDTLS_TEST_HOOKS")),
            );
        } else if let Some(private) = self.private.take().filter(|_| self.has("static")) {
            // The word may stand in a branch of its own: then the function is public outside that branch.
            let here = self.conditions();
            let more: Vec<Expr> = private
                .into_iter()
                .filter(|expr| !here.contains(expr))
                .collect();
            if !more.is_empty() {
                self.note(name, Mention::Defined, Some(Expr::all(more).negated()));
            }
        } else {
            self.note(name, Mention::Defined, None);
        }
    }

    fn declaration(&mut self) {
        self.data();
        let Some(name) = function_name(&self.pending) else {
            return;
        };
        if ["=", "typedef", "inline"].iter().any(|word| self.has(word)) {
            return;
        }
        if self.has("static") {
            self.statics.insert(name);
        } else if is_api_name(&name) {
            self.note(name, Mention::Declared, None);
        }
    }

    /// The conditions that are open here.
    fn conditions(&self) -> Vec<Expr> {
        let all = self.open.iter().flat_map(|open| {
            open.earlier
                .iter()
                .cloned()
                .map(Expr::negated)
                .chain([open.current.clone()])
        });
        all.filter(|expr| !is_noise(expr)).collect()
    }

    fn note(&mut self, name: String, mention: Mention, also: Option<Expr>) {
        let guard = Expr::all(self.conditions().into_iter().chain(also));
        self.add(name, mention, guard);
    }

    fn add(&mut self, name: String, mention: Mention, guard: Expr) {
        let guards = self.found.entry((name, mention)).or_default();
        if !guards.contains(&guard) {
            guards.push(guard);
        }
    }

    /// What was found, under the names that the linker sees.
    fn finished(mut self) -> BTreeMap<(String, Mention), Vec<Expr>> {
        for (old, new, conditions) in std::mem::take(&mut self.renamed) {
            let key = (old.clone(), Mention::Defined);
            for guard in self.found.remove(&key).unwrap_or_default() {
                let known = parts(&guard);
                let here = conditions
                    .iter()
                    .filter(|expr| !known.contains(expr))
                    .cloned();
                let here = Expr::all(here);
                for (name, also) in [(&new, here.clone()), (&old, here.negated())] {
                    let guard = Expr::all([guard.clone(), also]);
                    if !is_never(&guard) {
                        self.add(name.clone(), Mention::Defined, guard);
                    }
                }
            }
        }
        self.found
    }
}

/// The conditions that must all hold.
pub fn parts(guard: &Expr) -> Vec<Expr> {
    match guard {
        Expr::And(parts) => parts.clone(),
        Expr::Int(1) => Vec::new(),
        other => vec![other.clone()],
    }
}

/// True when a condition and its opposite must both hold.
fn is_never(guard: &Expr) -> bool {
    let parts = parts(guard);
    parts.contains(&Expr::Int(1).negated())
        || parts
            .iter()
            .any(|part| parts.contains(&part.clone().negated()))
}

/// Include guards, the C++ wrapper, and what the packager of 2.28 patched in say nothing about a function.
fn is_noise(expr: &Expr) -> bool {
    let Expr::Not(inner) = expr else {
        return false;
    };
    let Expr::Defined(name) = inner.as_ref() else {
        return false;
    };
    name.ends_with("_H") || name == "__cplusplus" || name.starts_with("MBEDTLS_CUSTOM_")
}

fn is_api_name(name: &str) -> bool {
    name.starts_with("mbedtls_") || name.starts_with("psa_")
}

/// The macros that a set of guards reads.
pub fn macros_of<'a>(guards: impl IntoIterator<Item = &'a Expr>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for guard in guards {
        guard.each_macro(&mut |name| {
            names.insert(name.to_owned());
        });
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        scan(text)
            .unwrap()
            .into_iter()
            .map(|((name, mention), guards)| {
                let guards: Vec<_> = guards.iter().map(ToString::to_string).collect();
                format!("{mention:?} {name} {}", guards.join(" | "))
            })
            .collect()
    }

    #[test]
    fn a_definition_is_found_with_all_its_conditions() {
        let text = "#if defined(A)\nstatic int a(void) { if (1) { } }\n#if B > 1\nint\nb(int (*f)(void),\n  char c[2])\n{ return '{'; }\n#else\nvoid c(void) __attribute__((x(1)))\n{\n#if D\n}\n#else\n}\n#endif\n#endif\n#endif\nMBEDTLS_STATIC_TESTABLE int d(void) {}\nint e[] = { 1 };\n";
        assert_eq!(
            found(text),
            [
                "Defined b A && $B > 1",
                "Defined c A && !($B > 1)",
                "Defined d MBEDTLS_TEST_HOOKS"
            ]
        );
    }

    #[test]
    fn a_body_may_follow_several_heads() {
        let text = "#if A\nint mbedtls_a(void)\n#else\nint mbedtls_b(int x)\n#endif\n{ return 0; }\nFN_GET(mbedtls_c, 1)\nFN_MAKE(mbedtls_x_t, y)\nint mbedtls_d(int x) { return x; }\n";
        assert_eq!(
            found(text),
            [
                "Defined mbedtls_a $A",
                "Defined mbedtls_b !$A",
                "Defined mbedtls_c 1",
                "Defined mbedtls_d 1"
            ]
        );
    }

    #[test]
    fn variables_that_the_linker_sees_are_found() {
        let text = "const mbedtls_t mbedtls_a = {\n 1 };\nvoid (*mbedtls_b)(int, int) = x;\nmbedtls_t mbedtls_c INIT;\nstatic mbedtls_t mbedtls_d;\nstruct mbedtls_e;\ntypedef int mbedtls_f;\nextern int (*mbedtls_g)(void);\nstruct mbedtls_h { int x; };\nint mbedtls_i[2] = { 1, 2 };\n";
        assert_eq!(
            found(text),
            [
                "Data mbedtls_a 1",
                "Data mbedtls_b 1",
                "Data mbedtls_c 1",
                "Declared mbedtls_g 1",
                "Data mbedtls_i 1"
            ]
        );
    }

    #[test]
    fn a_function_is_private_only_where_it_is_static() {
        let text = "static int mbedtls_a(void);\nint mbedtls_a(void) { }\n#if A\n#if B\nstatic\n#endif\nint mbedtls_b(void) { }\n#endif\n#if C\n#define mbedtls_c mbedtls_d\n#endif\nint mbedtls_c(void) { }\n";
        assert_eq!(
            found(text),
            [
                "Defined mbedtls_b $A && !$B",
                "Defined mbedtls_c !$C",
                "Macro mbedtls_c $C",
                "Defined mbedtls_d $C"
            ]
        );
    }

    #[test]
    fn a_header_declares_inlines_and_defines_macros() {
        let text = "#ifndef A_H\n#define A_H\n#ifdef __cplusplus\nextern \"C\" {\n#endif\nint mbedtls_a(void);\n#ifdef X\nstatic inline int mbedtls_b(void) { return 0; }\n#define mbedtls_c(x) x\n#endif\ntypedef int (*mbedtls_e)(void);\nextern int mbedtls_f(int) MBEDTLS_X;\n#endif\n";
        assert_eq!(
            found(text),
            [
                "Declared mbedtls_a 1",
                "Inline mbedtls_b X",
                "Macro mbedtls_c X",
                "Declared mbedtls_f 1"
            ]
        );
    }
}
