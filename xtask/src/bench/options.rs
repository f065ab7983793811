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

/// Every choice changes `base`: `-Os`, and of ECC what Mbed TLS has by default but `ECP_NIST_OPTIM`, which is on; one table
/// of AES, in flash, the small SHA-256, four key slots.
const CURVES: &[Choice] = &[
    ("base", &[], None),
    ("no ECP_NIST_OPTIM", &[("JOURNEY_NO_NIST_OPTIM", "1")], None),
    ("ECP_FIXED_POINT_OPTIM 0", &[NO_FIXED_POINT], None),
    ("ECP_WINDOW_SIZE 2", &[WINDOW_OF_2], None),
    (
        "ECP_WINDOW_SIZE 6",
        &[("MBEDTLS_ECP_WINDOW_SIZE", "6")],
        None,
    ),
    ("hot files -O2", &[], Some("-O2")),
    ("hot files -O3", &[], Some("-O3")),
    (SIZE, &[WINDOW_OF_2], None),
    (SPEED, &[FAST_SHA], Some("-O2")),
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
    ("fast SHA-256", &[FAST_SHA], None),
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
    (SIZE, &[], None),
    (SPEED, &[FAST_SHA], None),
];

const NO_FIXED_POINT: Define = ("MBEDTLS_ECP_FIXED_POINT_OPTIM", "0");
const WINDOW_OF_2: Define = ("MBEDTLS_ECP_WINDOW_SIZE", "2");
const FAST_SHA: Define = ("JOURNEY_NO_SHA256_SMALLER", "1");

/// The profiles.
const SIZE: &str = "profile size";
const SPEED: &str = "profile speed";

/// `size` is the smallest of flash and RAM together, but for what makes a signature more than so many times as long.
const TOO_SLOW: f64 = 2.0;
/// `speed` is the fastest, but for what brings less than this for kilobytes.
const NEAR: f64 = 1.05;

/// What `ticks.c` needs beyond the journey.
const FOR_TICKS: [Define; 4] = [
    ("PSA_WANT_ALG_ECDH", "1"),
    ("PSA_WANT_ALG_GCM", "1"),
    ("PSA_WANT_KEY_TYPE_AES", "1"),
    ("PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_IMPORT", "1"),
];

/// Flash and RAM together.
const SUM: &str = "flash+ram";

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
    let flash = size::bytes(elf::flash(&journey)?);
    rows.push(row("flash", flash, "B"));
    rows.push(row("ram", gone.ram(), "B"));
    rows.push(row(SUM, flash + gone.ram(), "B"));
    Ok(rows)
}

/// The profiles are what they are called, among all that is measured: limits for their rows.
fn promises(rows: &[Row]) -> Vec<Option<f64>> {
    let value = |group, subject: &str, metric| {
        let row = rows
            .iter()
            .find(|row| row.group == group && row.subject == subject && row.metric == metric);
        row.map(|row| row.value)
    };
    let too_slow = |row: &Row| {
        let times = value(row.group, &row.subject, "sign").zip(value(row.group, "base", "sign"));
        times.is_some_and(|(own, base)| own > TOO_SLOW * base)
    };
    let least = |like: &Row| {
        let alike = rows
            .iter()
            .filter(|row| row.group == like.group && row.metric == like.metric && !too_slow(row));
        alike.map(|row| row.value).reduce(f64::min)
    };
    rows.iter()
        .map(|row| match (row.subject.as_str(), row.metric.as_str()) {
            (SIZE, SUM) => least(row),
            (SPEED, metric) if METRICS.contains(&metric) => least(row).map(|least| least * NEAR),
            _ => None,
        })
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
            row("base", SUM, 100.0),
            row("base", "sign", 50.0),
            row("slow", SUM, 10.0),
            row("slow", "sign", 500.0),
            row(SIZE, SUM, 120.0),
            row(SIZE, "sign", 60.0),
            row(SPEED, "sign", 40.0),
            row(SPEED, SUM, 200.0),
        ];
        let none = None;
        let expected = [
            none,
            none,
            none,
            none,
            Some(100.0),
            none,
            Some(40.0 * NEAR),
            none,
        ];
        assert_eq!(promises(&rows), expected);
    }
}
