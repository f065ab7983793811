//! A storage that fails, is full, answers half, or flips a bit at the Nth call, once or from then on.
#![cfg(target_os = "linux")]

mod campaign;

use psa_faults::{Fault, Point, Work};

/// The error that says what the medium did, by its name and by its number.
fn says(error: &str, name: &str, status: i32) -> bool {
    error == name || error.contains(&format!("(PSA status {status})"))
}

fn failed(error: &str) -> bool {
    says(error, "StorageFailure", -146)
}

fn is_full(error: &str) -> bool {
    says(error, "InsufficientStorage", -142)
}

fn is_damaged(error: &str) -> bool {
    says(error, "DataCorrupt", -152)
}

#[test]
fn every_operation_ends_with_the_error_of_the_medium_and_leaves_nothing() {
    let faults: [(Fault, campaign::May); 4] = [
        (Fault::Fails, failed),
        (Fault::With(0), is_full),
        (Fault::Cut, is_damaged),
        (Fault::Flipped, is_damaged),
    ];
    campaign::run(Point::Storage, &faults, Work::or(20_000));
}
