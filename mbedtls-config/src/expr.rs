//! Conditions: what stands behind `#if`, read in C's notation or in the shorter one of the tables, and evaluated as the
//! preprocessor would.
//!
//! The tables write `NAME` for `defined(NAME)` and `$NAME` for the value of `NAME`; everything else is as in C.
//!
//! ```
//! use mbedtls_config::expr::Expr;
//!
//! let condition = Expr::parse_c("defined(MBEDTLS_PK_C) && MBEDTLS_MPI_MAX_SIZE > 512")?;
//! assert_eq!(condition.to_string(), "MBEDTLS_PK_C && $MBEDTLS_MPI_MAX_SIZE > 512");
//! # Ok::<(), mbedtls_config::expr::ExprError>(())
//! ```

use std::fmt;

mod parser;

use parser::Notation;

/// An operator between two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `%`
    Rem,
    /// `<<`
    Shl,
    /// `>>`
    Shr,
}

impl Op {
    const ALL: [(&'static str, Self, u8); 13] = [
        ("==", Self::Eq, 3),
        ("!=", Self::Ne, 3),
        ("<=", Self::Le, 4),
        (">=", Self::Ge, 4),
        ("<<", Self::Shl, 5),
        (">>", Self::Shr, 5),
        ("<", Self::Lt, 4),
        (">", Self::Gt, 4),
        ("+", Self::Add, 6),
        ("-", Self::Sub, 6),
        ("*", Self::Mul, 7),
        ("/", Self::Div, 7),
        ("%", Self::Rem, 7),
    ];

    fn text(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|row| row.1 == self)
            .map_or("?", |row| row.0)
    }

    fn binding(self) -> u8 {
        Self::ALL
            .iter()
            .find(|row| row.1 == self)
            .map_or(0, |row| row.2)
    }

    fn apply(self, left: i64, right: i64) -> i64 {
        match self {
            Self::Eq => i64::from(left == right),
            Self::Ne => i64::from(left != right),
            Self::Lt => i64::from(left < right),
            Self::Le => i64::from(left <= right),
            Self::Gt => i64::from(left > right),
            Self::Ge => i64::from(left >= right),
            Self::Add => left.wrapping_add(right),
            Self::Sub => left.wrapping_sub(right),
            Self::Mul => left.wrapping_mul(right),
            Self::Div => left.checked_div(right).unwrap_or(0),
            Self::Rem => left.checked_rem(right).unwrap_or(0),
            Self::Shl => u32::try_from(right)
                .ok()
                .and_then(|by| left.checked_shl(by))
                .unwrap_or(0),
            Self::Shr => u32::try_from(right)
                .ok()
                .and_then(|by| left.checked_shr(by))
                .unwrap_or(0),
        }
    }
}

/// A condition of the preprocessor.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Expr {
    /// A number.
    Int(i64),
    /// `defined(NAME)`.
    Defined(String),
    /// The value of a macro; 0 when it is not defined.
    Value(String),
    /// A call of a function-like macro, such as `__has_feature(x)`: always 0 here.
    Call(String),
    /// `!x`
    Not(Box<Expr>),
    /// All of them.
    And(Vec<Expr>),
    /// Any of them.
    Or(Vec<Expr>),
    /// Arithmetic or a comparison.
    Binary(Op, Box<Expr>, Box<Expr>),
}

/// A condition that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot read the condition `{text}`: {reason}")]
pub struct ExprError {
    text: String,
    reason: &'static str,
}

/// Where an evaluation looks macros up.
pub trait Lookup {
    /// The text of a macro, or nothing when it is not defined.
    fn lookup(&self, name: &str) -> Option<&str>;
}

impl Expr {
    /// Reads C's notation.
    pub fn parse_c(text: &str) -> Result<Self, ExprError> {
        parser::run(text, Notation::C)
    }

    /// Reads the notation of the tables.
    pub fn parse(text: &str) -> Result<Self, ExprError> {
        parser::run(text, Notation::Table)
    }

    /// `defined(name)`.
    pub fn defined(name: &str) -> Self {
        Self::Defined(name.to_owned())
    }

    /// The negation, without a double one.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// The conjunction of several conditions, flattened.
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut flat: Vec<Self> = Vec::new();
        for part in parts {
            let inner = match part {
                Self::And(inner) => inner,
                other => vec![other],
            };
            for part in inner {
                if part != Self::Int(1) && !flat.contains(&part) {
                    flat.push(part);
                }
            }
        }
        match flat.len() {
            0 => Self::Int(1),
            1 => flat.remove(0),
            _ => Self::And(flat),
        }
    }

    /// True when the preprocessor would take the branch.
    pub fn is_true(&self, macros: &impl Lookup) -> bool {
        self.value(macros, 0) != 0
    }

    fn value(&self, macros: &impl Lookup, depth: u8) -> i64 {
        match self {
            Self::Int(number) => *number,
            Self::Defined(name) => i64::from(macros.lookup(name).is_some()),
            Self::Value(name) => expand(name, macros, depth),
            Self::Call(_) => 0,
            Self::Not(inner) => i64::from(inner.value(macros, depth) == 0),
            Self::And(parts) => i64::from(parts.iter().all(|part| part.value(macros, depth) != 0)),
            Self::Or(parts) => i64::from(parts.iter().any(|part| part.value(macros, depth) != 0)),
            Self::Binary(op, left, right) => {
                op.apply(left.value(macros, depth), right.value(macros, depth))
            }
        }
    }

    /// Calls `visit` with every macro that the condition reads.
    pub fn each_macro<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        match self {
            Self::Int(_) => {}
            Self::Defined(name) | Self::Value(name) | Self::Call(name) => visit(name),
            Self::Not(inner) => inner.each_macro(visit),
            Self::And(parts) | Self::Or(parts) => {
                for part in parts {
                    part.each_macro(visit);
                }
            }
            Self::Binary(_, left, right) => {
                left.each_macro(visit);
                right.each_macro(visit);
            }
        }
    }

    fn binding(&self) -> u8 {
        match self {
            Self::Or(_) => 1,
            Self::And(_) => 2,
            Self::Binary(op, ..) => op.binding(),
            Self::Int(number) if *number < 0 => 8,
            _ => 9,
        }
    }

    fn write(&self, out: &mut fmt::Formatter<'_>, outer: u8) -> fmt::Result {
        let parenthesis = self.binding() <= outer;
        if parenthesis {
            out.write_str("(")?;
        }
        match self {
            Self::Int(number) => write!(out, "{number}")?,
            Self::Defined(name) => out.write_str(name)?,
            Self::Value(name) => write!(out, "${name}")?,
            Self::Call(name) => write!(out, "{name}()")?,
            Self::Not(inner) => {
                out.write_str("!")?;
                inner.write(out, 8)?;
            }
            Self::And(parts) => write_list(out, parts, " && ", 2)?,
            Self::Or(parts) => write_list(out, parts, " || ", 1)?,
            Self::Binary(op, left, right) => {
                left.write(out, op.binding() - 1)?;
                write!(out, " {} ", op.text())?;
                right.write(out, op.binding())?;
            }
        }
        if parenthesis {
            out.write_str(")")?;
        }
        Ok(())
    }
}

fn write_list(
    out: &mut fmt::Formatter<'_>,
    parts: &[Expr],
    between: &str,
    outer: u8,
) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            out.write_str(between)?;
        }
        part.write(out, outer)?;
    }
    Ok(())
}

impl fmt::Display for Expr {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(out, 0)
    }
}

/// The number that a macro stands for. Macros may name macros; 16 levels are more than any header has, and they stop a
/// macro that names itself.
fn expand(name: &str, macros: &impl Lookup, depth: u8) -> i64 {
    let Some(text) = macros.lookup(name).filter(|_| depth < 16) else {
        return 0;
    };
    match text.trim() {
        "" => 0,
        "1" => 1,
        other => Expr::parse_c(other).map_or(0, |expr| expr.value(macros, depth + 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    struct Macros(BTreeMap<&'static str, &'static str>);

    impl Lookup for Macros {
        fn lookup(&self, name: &str) -> Option<&str> {
            self.0.get(name).copied()
        }
    }

    fn macros() -> Macros {
        Macros(BTreeMap::from([
            ("A", ""),
            ("ONE", "1"),
            ("TEN", "(5 + 5)"),
            ("ALIAS", "TEN"),
            ("SELF", "SELF"),
        ]))
    }

    #[test]
    fn evaluates_like_the_preprocessor() {
        for (text, expected) in [
            ("defined(A)", true),
            ("defined A && !defined(B)", true),
            ("defined(B) || defined(C) || ONE", true),
            ("ALIAS > 9 && ALIAS <= 10", true),
            ("SELF", false),
            ("UNKNOWN == 0", true),
            ("__has_feature(memory_sanitizer)", false),
            ("0x03060500UL >= 0x03000000", true),
            ("-1 < 0", true),
            ("1 + 2 * 3 == 7", true),
            ("'A' == 65", true),
            ("!(defined(A) && (defined(B)))", true),
            ("TEN % 3 << 2 == 4", true),
        ] {
            assert_eq!(
                Expr::parse_c(text).unwrap().is_true(&macros()),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn the_tables_notation_reads_back_what_was_written() {
        for text in [
            "A && !B",
            "!(A || B) && $C > 64",
            "A && (B || C && D)",
            "$A - ($B - 1) == 2",
            "!($A == 1)",
            "$MAX > (1 << 4)",
            "__has_feature()",
        ] {
            let expr = Expr::parse(text).unwrap();
            assert_eq!(
                Expr::parse(&expr.to_string()).unwrap(),
                expr,
                "{text} became {expr}"
            );
        }
    }

    #[test]
    fn says_what_is_wrong_with_a_condition() {
        for text in ["", "A &&", "(A", "A B", "1x", "#", "'a", "defined("] {
            assert!(Expr::parse_c(text).is_err(), "{text}");
        }
    }
}
