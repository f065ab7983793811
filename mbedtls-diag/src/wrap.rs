//! Paragraphs for people.

/// Lines are broken before this column.
const WIDTH: usize = 96;

/// A paragraph, broken into lines; the first and the further lines begin differently.
pub(crate) fn wrap(text: &str, first: &str, further: &str) -> String {
    let mut whole = String::new();
    let mut line = String::from(first);
    let mut begun = false;
    for word in text.split_whitespace() {
        if begun && line.chars().count() + 1 + word.chars().count() > WIDTH {
            whole.push_str(&line);
            whole.push('\n');
            line = String::from(further);
            begun = false;
        }
        if begun {
            line.push(' ');
        }
        line.push_str(word);
        begun = true;
    }
    whole.push_str(&line);
    whole.push('\n');
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_keeps_its_words_and_its_width() {
        let text = "word ".repeat(100);
        let wrapped = wrap(&text, "  - ", "    ");
        assert!(wrapped.lines().all(|line| line.chars().count() <= WIDTH));
        assert!(wrapped.starts_with("  - word word"));
        assert!(
            wrapped
                .lines()
                .skip(1)
                .all(|line| line.starts_with("    word"))
        );
        assert_eq!(wrapped.matches("word").count(), 100);
        // What cannot be broken stays whole.
        let long = "x".repeat(200);
        assert_eq!(wrap(&long, "", "  "), format!("{long}\n"));
        assert_eq!(wrap("", "a", "b"), "a\n");
    }
}
