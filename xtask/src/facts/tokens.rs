//! Just enough of C's grammar to see where a function begins.

/// The name before the last group of parentheses that is no attribute.
pub fn function_name(tokens: &[String]) -> Option<String> {
    let mut end = tokens.len();
    loop {
        let close = tokens[..end].iter().rposition(|token| token == ")")?;
        let mut open = 0;
        let start = (0..=close).rev().find(|&at| {
            match tokens[at].as_str() {
                ")" => open += 1,
                "(" => open -= 1,
                _ => {}
            }
            open == 0
        })?;
        let name = tokens.get(start.checked_sub(1)?)?;
        if name.starts_with("__attribute") {
            end = start - 1;
            continue;
        }
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        return (is_name && start >= 2).then(|| name.clone());
    }
}

/// The tokens of a line: names, strings, and single signs.
pub fn tokens(code: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' | '\'' => quoted(rest, first),
            c if c.is_ascii_alphanumeric() || c == '_' => rest
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        tokens.push(rest[..length].to_owned());
        rest = rest[length..].trim_start();
    }
    tokens
}

fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}
