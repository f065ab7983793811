//! The chart of the README: what takes how long on a Cortex-M33, and how large an image is.
use std::fmt::Write as _;

use super::table::number;
use super::{Row, m33, size};

/// A block of bars that share a scale.
struct Block<'a> {
    title: String,
    unit: &'a str,
    bars: Vec<(&'a str, f64)>,
}

/// A group in the chart: its title, metrics with the words for them, and subjects.
struct Part {
    group: &'static str,
    metrics: &'static [(&'static str, &'static str)],
}

const PARTS: [Part; 2] = [
    Part {
        group: m33::GROUP,
        metrics: &[
            ("key+pem", "A key and its PEM"),
            ("sign", "A signature"),
            ("verify", "A verification"),
            ("ecdh", "A shared secret"),
        ],
    },
    Part {
        group: size::GROUP,
        metrics: &[
            ("flash", "Flash: key, PEM, request, certificate"),
            ("ram", "RAM: variables, most heap, most stack"),
        ],
    },
];

/// What a subject is called where there is room.
const WORDS: [(&str, &str); 8] = [
    ("ours", "mbedtls-psa"),
    ("ours-no-driver", "mbedtls-psa, no driver"),
    ("mbedtls-c", "Mbed TLS in C"),
    ("p256-m", "Mbed TLS in C, p256-m"),
    ("rustcrypto", "RustCrypto p256"),
    ("ours-auto", "mbedtls-psa, any core"),
    ("ours-ns", "mbedtls-psa, TF-M"),
    ("ours-hybrid", "mbedtls-psa, hybrid"),
];

const WIDTH: usize = 760;
const COLUMN: usize = 380;
const LABELS: usize = 150;
const VALUES: usize = 62;
const LINE: usize = 17;
const MARGIN: usize = 12;

/// Text and bars are seen on a light page and on a dark one.
const STYLE: &str = "\
text{font:12px system-ui,sans-serif;fill:#1f2328}\
.t{font-weight:600}\
.u{fill:#656d76}\
.o{fill:#0969da}\
.p{fill:#8c959f}\
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.u{fill:#8d96a0}.o{fill:#4493f8}.p{fill:#6e7681}}";

/// The chart, as a picture in SVG.
pub fn svg(rows: &[&Row]) -> String {
    let blocks = blocks(rows);
    let mut tops = [MARGIN + LINE; 2];
    let mut body = String::new();
    for (index, block) in blocks.iter().enumerate() {
        // Columns are filled in turns.
        let column = index % 2;
        draw(
            &mut body,
            block,
            column * COLUMN + MARGIN,
            &mut tops[column],
        );
    }
    let height = tops[0].max(tops[1]);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" \
         role=\"img\" aria-label=\"P-256 on a Cortex-M33, and the size of images\">\n<style>{STYLE}</style>\n{body}</svg>\n"
    )
}

fn blocks<'a>(rows: &[&'a Row]) -> Vec<Block<'a>> {
    let mut blocks = Vec::new();
    for part in &PARTS {
        for (metric, title) in part.metrics {
            let of: Vec<&Row> = rows
                .iter()
                .copied()
                .filter(|row| row.group == part.group && row.metric == *metric)
                .collect();
            let Some(first) = of.first() else { continue };
            blocks.push(Block {
                title: (*title).to_owned(),
                unit: first.unit,
                bars: of
                    .iter()
                    .map(|row| (row.subject.as_str(), row.value))
                    .collect(),
            });
        }
    }
    blocks
}

fn draw(body: &mut String, block: &Block, left: usize, top: &mut usize) {
    _ = writeln!(
        body,
        "<text class=\"t\" x=\"{left}\" y=\"{top}\">{}<tspan class=\"u\">, {}</tspan></text>",
        escaped(&block.title),
        escaped(block.unit)
    );
    let most = block.bars.iter().map(|bar| bar.1).fold(0.0, f64::max);
    let bar_left = left + LABELS;
    #[allow(clippy::cast_precision_loss, reason = "a few hundred")]
    let (room, zero) = (
        (COLUMN - 2 * MARGIN - LABELS - VALUES) as f64,
        bar_left as f64,
    );
    for (subject, value) in &block.bars {
        *top += LINE;
        let width = if most > 0.0 {
            (value / most * room).max(1.0)
        } else {
            0.0
        };
        let class = if subject.starts_with("ours") {
            "o"
        } else {
            "p"
        };
        let opacity = if *subject == "ours" || class == "p" {
            "1"
        } else {
            "0.55"
        };
        let words = WORDS.iter().find(|(name, _)| name == subject);
        let words = words.map_or(*subject, |(_, words)| words);
        let text_left = zero + width + 5.0;
        _ = writeln!(
            body,
            "<text x=\"{left}\" y=\"{top}\">{}</text><rect class=\"{class}\" opacity=\"{opacity}\" x=\"{bar_left}\" \
             y=\"{}\" width=\"{width:.1}\" height=\"{}\" rx=\"1.5\"/><text class=\"u\" x=\"{text_left:.1}\" y=\"{top}\">{}</text>",
            escaped(words),
            *top - 10,
            LINE - 6,
            number(*value, block.unit),
        );
    }
    *top += 2 * LINE;
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(metric: &str, subject: &str, value: f64) -> Row {
        Row {
            group: m33::GROUP,
            metric: metric.to_owned(),
            subject: subject.to_owned(),
            value,
            unit: "ticks",
            limit: None,
        }
    }

    #[test]
    fn a_bar_is_as_long_as_its_share_of_the_longest() {
        let rows = [
            row("sign", "ours", 5000.0),
            row("sign", "p256-m", 50_000.0),
            row("key", "ours", 1.0),
        ];
        let svg = svg(&rows.iter().collect::<Vec<_>>());
        let widths: Vec<f64> = svg
            .split("<rect ")
            .skip(1)
            .map(|bar| {
                let width = bar.split("width=\"").nth(1).unwrap();
                width.split('"').next().unwrap().parse().unwrap()
            })
            .collect();
        // Two bars: `key` is no part of the chart.
        assert_eq!(widths.len(), 2);
        assert!((widths[1] / widths[0] - 10.0).abs() < 0.1, "{widths:?}");
        assert!(svg.contains(">50,000</text>") && svg.ends_with("</svg>\n"));
    }

    #[test]
    fn without_rows_there_is_an_empty_picture() {
        assert!(!svg(&[]).contains("<rect"));
    }
}
