//! Reading conditions, in both notations.

use super::{Expr, ExprError, Op};

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Notation {
    C,
    Table,
}

#[derive(Clone, Debug, PartialEq)]
enum Token<'a> {
    Number(i64),
    Name(&'a str),
    Sign(&'static str),
}

struct Parser<'a> {
    tokens: Vec<Token<'a>>,
    at: usize,
    notation: Notation,
}

/// Reads a whole condition.
pub(super) fn run(text: &str, notation: Notation) -> Result<Expr, ExprError> {
    let fail = |reason| ExprError {
        text: text.trim().to_owned(),
        reason,
    };
    let tokens = tokens(text).map_err(fail)?;
    let mut parser = Parser {
        tokens,
        at: 0,
        notation,
    };
    let expr = parser.binary(0).map_err(fail)?;
    if parser.at < parser.tokens.len() {
        return Err(fail("something is left over at its end"));
    }
    Ok(expr)
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&Token<'a>> {
        self.tokens.get(self.at)
    }

    fn accept(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Sign(text)) if *text == sign);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, sign: &str) -> Result<(), &'static str> {
        if self.accept(sign) {
            Ok(())
        } else {
            Err("a parenthesis is missing")
        }
    }

    fn name(&mut self) -> Result<&'a str, &'static str> {
        let Some(Token::Name(name)) = self.peek() else {
            return Err("a name is missing");
        };
        let name = *name;
        self.at += 1;
        Ok(name)
    }

    fn binary(&mut self, least: u8) -> Result<Expr, &'static str> {
        let mut left = self.unary()?;
        loop {
            if least <= 1 && self.accept("||") {
                let mut parts = vec![left];
                parts.push(self.binary(2)?);
                while self.accept("||") {
                    parts.push(self.binary(2)?);
                }
                left = Expr::Or(parts);
            } else if least <= 2 && self.accept("&&") {
                let mut parts = vec![left];
                parts.push(self.binary(3)?);
                while self.accept("&&") {
                    parts.push(self.binary(3)?);
                }
                left = Expr::all(parts);
            } else if let Some(op) = self.operator(least) {
                let right = self.binary(op.binding() + 1)?;
                left = Expr::Binary(op, Box::new(left), Box::new(right));
            } else {
                return Ok(left);
            }
        }
    }

    fn operator(&mut self, least: u8) -> Option<Op> {
        let Some(Token::Sign(sign)) = self.peek() else {
            return None;
        };
        let row = Op::ALL
            .iter()
            .find(|row| row.0 == *sign && row.2 >= least)?;
        self.at += 1;
        Some(row.1)
    }

    fn unary(&mut self) -> Result<Expr, &'static str> {
        if self.accept("!") {
            return Ok(self.unary()?.negated());
        }
        if self.accept("-") {
            return Ok(match self.unary()? {
                Expr::Int(number) => Expr::Int(number.wrapping_neg()),
                other => Expr::Binary(Op::Sub, Box::new(Expr::Int(0)), Box::new(other)),
            });
        }
        if self.accept("(") {
            let inner = self.binary(0)?;
            self.expect(")")?;
            return Ok(inner);
        }
        if self.notation == Notation::Table && self.accept("$") {
            return Ok(Expr::Value(self.name()?.to_owned()));
        }
        if let Some(Token::Number(number)) = self.peek() {
            let number = *number;
            self.at += 1;
            return Ok(Expr::Int(number));
        }
        let name = self.name()?;
        if self.notation == Notation::C && name == "defined" {
            let parenthesis = self.accept("(");
            let name = self.name()?;
            if parenthesis {
                self.expect(")")?;
            }
            return Ok(Expr::defined(name));
        }
        if self.accept("(") {
            self.skip_arguments()?;
            return Ok(Expr::Call(name.to_owned()));
        }
        Ok(match self.notation {
            Notation::C => Expr::Value(name.to_owned()),
            Notation::Table => Expr::defined(name),
        })
    }

    fn skip_arguments(&mut self) -> Result<(), &'static str> {
        let mut open = 1;
        while open > 0 {
            match self.peek().ok_or("a parenthesis is missing")? {
                Token::Sign("(") => open += 1,
                Token::Sign(")") => open -= 1,
                _ => {}
            }
            self.at += 1;
        }
        Ok(())
    }
}

const SIGNS: [&str; 21] = [
    "&&", "||", "==", "!=", "<=", ">=", "<<", ">>", "<", ">", "!", "(", ")", "+", "-", "*", "/",
    "%", "$", ",", ".",
];

fn tokens(text: &str) -> Result<Vec<Token<'_>>, &'static str> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if first.is_ascii_digit() {
            let length = rest
                .find(|c: char| !c.is_ascii_alphanumeric())
                .unwrap_or(rest.len());
            tokens.push(Token::Number(number(&rest[..length])?));
            length
        } else if first.is_ascii_alphabetic() || first == '_' {
            let length = rest
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            tokens.push(Token::Name(&rest[..length]));
            length
        } else if first == '\'' {
            let quoted: Vec<char> = rest.chars().take(3).collect();
            let &[_, inner, '\''] = quoted.as_slice() else {
                return Err("a character constant is not closed");
            };
            tokens.push(Token::Number(i64::from(u32::from(inner))));
            2 + inner.len_utf8()
        } else {
            let sign = SIGNS
                .iter()
                .find(|sign| rest.starts_with(**sign))
                .ok_or("an unknown sign")?;
            tokens.push(Token::Sign(sign));
            sign.len()
        };
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

fn number(text: &str) -> Result<i64, &'static str> {
    let digits = text.trim_end_matches(['u', 'U', 'l', 'L']);
    let parsed = match digits
        .strip_prefix("0x")
        .or_else(|| digits.strip_prefix("0X"))
    {
        Some(hex) => u64::from_str_radix(hex, 16),
        None if digits.len() > 1 && digits.starts_with('0') => u64::from_str_radix(digits, 8),
        None => digits.parse(),
    };
    // What exceeds the widest signed type wraps around, as it does in C.
    parsed
        .map(|number| i64::from_ne_bytes(number.to_ne_bytes()))
        .map_err(|_| "not a number")
}
