//! One kind of fault, and every case.
#![allow(dead_code, reason = "each test program uses a part of it")]

use std::sync::{Mutex, MutexGuard, PoisonError};

use psa::storage::StorageError;
use psa_conformance::Provider;
use psa_faults::{Fault, Mode, Point, Record, STORAGE, Work, calls, cases};

const PROVIDER: &str = if cfg!(feature = "full") {
    "host-full"
} else {
    "host"
};

/// Starts the provider with a storage that can fail. Tests take turns: each counts what all of the process allocates.
pub fn start() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    match psa::storage::set_storage(&STORAGE) {
        Ok(()) | Err(StorageError::AlreadySet) => {}
        Err(error) => panic!("{error}"),
    }
    psa::init().unwrap();
    turn
}

/// Whether a call may answer this.
pub type May = fn(&str) -> bool;

/// Goes through every case with each of the faults, once and from a call on.
pub fn run(point: Point, faults: &[(Fault, May)], work: Work) {
    let _turn = start();
    let mut records = Vec::new();
    for &(fault, may) in faults {
        for mode in [Mode::Once, Mode::Onwards] {
            records.push((Record::new(point, fault, mode), may));
        }
    }
    for case in cases(Provider::named(PROVIDER).unwrap()) {
        // They do many times what other cases do once.
        if case.is_of_vectors() && !work.is_long() {
            continue;
        }
        let calls = calls(&case, point);
        if calls > 0 {
            for (record, _) in &mut records {
                record.add(&case, calls, work);
            }
        }
    }
    let mut defects = Vec::new();
    for (mut record, may) in records {
        println!("{record}");
        assert!(record.runs > 0, "no fault happened");
        let wrong = record.refused.iter().filter(|(error, _)| !may(error));
        defects.extend(wrong.map(|(error, seen)| format!("{error}, {seen:?}")));
        defects.append(&mut record.defects);
    }
    let count = defects.len();
    assert!(count == 0, "{count} defects:\n{}", defects.join("\n"));
}
