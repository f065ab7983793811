//! Rows as a table of Markdown: a line a metric, a column a subject.
use std::fmt::Write as _;

use super::Row;

/// The table of rows of one group.
pub fn markdown(rows: &[&Row]) -> String {
    let subjects = distinct(rows.iter().map(|row| row.subject.as_str()));
    let metrics = distinct(rows.iter().map(|row| (row.metric.as_str(), row.unit)));
    let mut lines = vec![
        std::iter::once("metric".to_owned())
            .chain(subjects.iter().map(|subject| (*subject).to_owned()))
            .collect::<Vec<_>>(),
    ];
    for (metric, unit) in metrics {
        let cell = |subject: &&str| {
            let row = rows.iter().find(|row| {
                (row.metric.as_str(), row.unit, &row.subject.as_str()) == (metric, unit, subject)
            });
            row.map_or_else(|| "-".to_owned(), |row| cell(row))
        };
        let mut line = vec![format!("{metric}, {unit}")];
        line.extend(subjects.iter().map(cell));
        lines.push(line);
    }
    aligned(&lines)
}

/// A row whose limit is broken, as a line.
pub fn broken(row: &Row) -> String {
    format!(
        "{}, {}, {}: {}",
        row.group,
        row.metric,
        row.subject,
        cell(row)
    )
}

fn cell(row: &Row) -> String {
    let value = number(row.value, row.unit);
    match row.limit {
        None => value,
        Some(limit) if row.is_kept() => format!("{value} (limit {})", number(limit, row.unit)),
        Some(limit) => format!("{value} **ABOVE THE LIMIT {}**", number(limit, row.unit)),
    }
}

/// As many digits as mean something, thousands apart.
pub fn number(value: f64, unit: &str) -> String {
    let digits = match unit {
        "ratio" => 4,
        "s" => 1,
        _ if value < 10.0 && value.fract() != 0.0 => 1,
        _ => 0,
    };
    let text = format!("{value:.digits$}");
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if !rest.is_empty() {
        _ = write!(grouped, ".{rest}");
    }
    grouped
}

/// Each once, in the order in which it is seen first.
fn distinct<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = Vec::new();
    for one in all {
        if !seen.contains(&one) {
            seen.push(one);
        }
    }
    seen
}

/// Columns of one width, so that the source reads as well as the page; numbers to the right.
fn aligned(lines: &[Vec<String>]) -> String {
    let columns = lines.first().map_or(0, Vec::len);
    let width = |column: usize| {
        lines
            .iter()
            .map(|line| line[column].len())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for (index, line) in lines.iter().enumerate() {
        for (column, (word, width)) in line.iter().zip(&widths).enumerate() {
            _ = if column == 0 {
                write!(text, "| {word:<width$} ")
            } else {
                write!(text, "| {word:>width$} ")
            };
        }
        text.push_str("|\n");
        if index == 0 {
            for (column, width) in widths.iter().enumerate() {
                let (dashes, end) = if column == 0 {
                    (width + 2, "")
                } else {
                    (width + 1, ":")
                };
                _ = write!(text, "|{}{end}", "-".repeat(dashes));
            }
            text.push_str("|\n");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(metric: &str, subject: &str, value: f64, limit: Option<f64>) -> Row {
        Row {
            group: "m33",
            metric: metric.to_owned(),
            subject: subject.to_owned(),
            value,
            unit: "ticks",
            limit,
        }
    }

    #[test]
    fn a_metric_is_a_line_and_a_subject_a_column() {
        let rows = [
            row("key", "ours", 133.4, Some(250.0)),
            row("sign", "ours", 6000.0, Some(5700.0)),
            row("sign", "p256-m", 175_434.0, None),
        ];
        let table = markdown(&rows.iter().collect::<Vec<_>>());
        let expected = "\
| metric      |                            ours |  p256-m |
|-------------|--------------------------------:|--------:|
| key, ticks  |                 133 (limit 250) |       - |
| sign, ticks | 6,000 **ABOVE THE LIMIT 5,700** | 175,434 |
";
        assert_eq!(table, expected);
    }

    #[test]
    fn a_number_has_the_digits_of_its_unit() {
        let cases = [
            (1_234_567.8, "B", "1,234,568"),
            (999.0, "B", "999"),
            (1.00349, "ratio", "1.0035"),
            (12.34, "s", "12.3"),
            (2.5, "ticks", "2.5"),
            (1234.5, "s", "1,234.5"),
        ];
        for (value, unit, text) in cases {
            assert_eq!(number(value, unit), text);
        }
    }

    #[test]
    fn a_broken_limit_is_a_line() {
        let text = broken(&row("sign", "ours", 6000.0, Some(5700.0)));
        assert_eq!(text, "m33, sign, ours: 6,000 **ABOVE THE LIMIT 5,700**");
    }
}
