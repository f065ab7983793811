//! What options of Mbed TLS cost and bring: the program in C of the journey, with one choice changed at a time.
use anyhow::{Context as _, Result};

use super::baseline::{self, Configuration, Program};
use super::{Report, Row, elf, m33, size};
use crate::shell::Workspace;

pub const GROUP: &str = "options";
/// The same without curves of Mbed TLS: what is left to choose beside the driver.
pub const GROUP_DRIVER: &str = "options-driver";

type Define = (&'static str, &'static str);

/// A choice: its name, options, and flags for the files in which the time is spent.
type Choice = (&'static str, &'static [Define], Option<&'static str>);

/// Every choice changes the one before all: `-Os`, `NIST_OPTIM`, a window of 4, tables of AES in flash and one of four,
/// the small SHA-256, four key slots.
const CURVES: &[Choice] = &[
    ("base", &[], None),
    ("no ECP_NIST_OPTIM", &[("JOURNEY_NO_NIST_OPTIM", "1")], None),
    (
        "ECP_WINDOW_SIZE 2",
        &[("MBEDTLS_ECP_WINDOW_SIZE", "2")],
        None,
    ),
    (
        "ECP_WINDOW_SIZE 6",
        &[("MBEDTLS_ECP_WINDOW_SIZE", "6")],
        None,
    ),
    (
        "ECP_FIXED_POINT_OPTIM",
        &[("MBEDTLS_ECP_FIXED_POINT_OPTIM", "1")],
        None,
    ),
    ("hot files -O2", &[], Some("-O2")),
    ("hot files -O3", &[], Some("-O3")),
    SIZE,
    SPEED,
];

/// Choices that count with the driver as well.
const SYMMETRIC: &[Choice] = &[
    ("base", &[], None),
    ("AES tables in RAM", &[("JOURNEY_NO_ROM_TABLES", "1")], None),
    (
        "all AES tables in flash",
        &[("JOURNEY_NO_FEWER_TABLES", "1")],
        None,
    ),
    ("fast SHA-256", &[("JOURNEY_NO_SHA256_SMALLER", "1")], None),
    ("hot files -O2", &[], Some("-O2")),
    (
        "32 key slots",
        &[("MBEDTLS_PSA_KEY_SLOT_COUNT", "32")],
        None,
    ),
    (
        "static key slots",
        &[("MBEDTLS_PSA_STATIC_KEY_SLOTS", "1")],
        None,
    ),
    (
        "dynamic key store",
        &[("MBEDTLS_PSA_KEY_STORE_DYNAMIC", "1")],
        None,
    ),
    SIZE,
    SPEED,
];

/// The profile `size`: the smallest of flash and RAM together that is no slower for nothing.
const SIZE: Choice = ("profile size", &[], None);
/// The profile `speed`.
const SPEED: Choice = (
    "profile speed",
    &[
        ("JOURNEY_NO_FEWER_TABLES", "1"),
        ("JOURNEY_NO_SHA256_SMALLER", "1"),
        ("MBEDTLS_ECP_WINDOW_SIZE", "6"),
        ("MBEDTLS_ECP_FIXED_POINT_OPTIM", "1"),
    ],
    Some("-O2"),
);

/// What `ticks.c` needs beyond the journey.
const FOR_TICKS: [Define; 4] = [
    ("PSA_WANT_ALG_ECDH", "1"),
    ("PSA_WANT_ALG_GCM", "1"),
    ("PSA_WANT_KEY_TYPE_AES", "1"),
    ("PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_IMPORT", "1"),
];

/// It has more keys at once than the journey.
const KEY_SLOTS: Define = ("MBEDTLS_PSA_KEY_SLOT_COUNT", "8");

/// The metrics of `ticks.c` that are of interest here.
const METRICS: [&str; 5] = ["key+pem", "sign", "verify", "sha256-1k", "aes-gcm-1k"];

pub fn run(workspace: &Workspace) -> Result<Report> {
    let mut report = Report::default();
    for (group, choices, driver) in [(GROUP, CURVES, false), (GROUP_DRIVER, SYMMETRIC, true)] {
        for (index, choice) in choices.iter().enumerate() {
            let name = format!("{group}-{index}");
            let rows = measured(workspace, group, &name, choice, driver);
            report.rows.extend(rows.context(choice.0)?);
        }
    }
    let promises = promises(&report.rows);
    for (row, limit) in report.rows.iter_mut().zip(promises) {
        row.limit = limit;
    }
    Ok(report)
}

fn measured(
    workspace: &Workspace,
    group: &'static str,
    name: &str,
    (subject, define, hot): &Choice,
    driver: bool,
) -> Result<Vec<Row>> {
    let mut all = define.to_vec();
    if driver {
        all.push(("JOURNEY_P256_M", "1"));
    }
    let program = |main: &'static str, define: &[Define]| {
        Program {
            name: &format!("{name}-{main}"),
            main,
            machine: baseline::WITH_DSP,
            configuration: Configuration::Journey,
            define,
            hot: *hot,
        }
        .build(workspace)
    };
    let row = |metric: &str, value, unit| Row {
        group,
        metric: metric.to_owned(),
        subject: (*subject).to_owned(),
        value,
        unit,
        limit: None,
    };
    let journey = program("journey", &all)?;
    all.extend(FOR_TICKS);
    if all.iter().all(|(name, _)| *name != KEY_SLOTS.0) {
        all.push(KEY_SLOTS);
    }
    let ticks = m33::ticks("mps2-an505", program("ticks", &all)?)?;
    let mut rows: Vec<Row> = METRICS
        .iter()
        .filter_map(|metric| {
            let (_, value) = ticks.iter().find(|(name, _)| name == metric)?;
            Some(row(metric, *value, "ticks"))
        })
        .collect();
    let gone = size::alone("journey", &journey)?;
    rows.push(row("flash", size::bytes(elf::flash(&journey)?), "B"));
    rows.push(row("ram", gone.ram(), "B"));
    Ok(rows)
}

/// The profiles are what they are called: nothing measured is smaller than `size`, nor signs or verifies faster than `speed`.
fn promises(rows: &[Row]) -> Vec<Option<f64>> {
    let best = |row: &Row| {
        let alike = rows
            .iter()
            .filter(|other| (other.group, &other.metric) == (row.group, &row.metric));
        alike.map(|other| other.value).reduce(f64::min)
    };
    let promised = |row: &Row| match row.subject.as_str() {
        "profile size" => matches!(row.metric.as_str(), "flash"),
        "profile speed" => matches!(row.metric.as_str(), "key+pem" | "sign" | "verify"),
        _ => false,
    };
    rows.iter()
        .map(|row| promised(row).then(|| best(row)).flatten())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_the_best_of_what_it_is_chosen_for() {
        let row = |subject: &str, metric: &str, value| Row {
            group: GROUP,
            metric: metric.to_owned(),
            subject: subject.to_owned(),
            value,
            unit: "B",
            limit: None,
        };
        let rows = [
            row("base", "flash", 100.0),
            row("base", "sign", 50.0),
            row("profile size", "flash", 120.0),
            row("profile size", "sign", 60.0),
            row("profile speed", "sign", 40.0),
        ];
        let expected = [None, None, Some(100.0), None, Some(40.0)];
        assert_eq!(promises(&rows), expected);
    }
}
