//! A heap that has no memory at the Nth call, once or from then on.
#![cfg(target_os = "linux")]

use psa_conformance::Provider;
use psa_faults::{Fault, Mode, Point, Record, STORAGE, Work, cases};

const PROVIDER: &str = if cfg!(feature = "full") {
    "host-full"
} else {
    "host"
};

#[test]
fn every_operation_ends_with_an_error_and_leaves_nothing() {
    psa::storage::set_storage(&STORAGE).unwrap();
    psa::init().unwrap();
    let provider = Provider::named(PROVIDER).unwrap();
    let work = Work::or(20_000);
    let mut defects = Vec::new();
    for mode in [Mode::Once, Mode::Onwards] {
        let mut record = Record::default();
        for case in cases(provider).iter().filter(|case| !case.is_of_vectors()) {
            let begin = std::time::Instant::now();
            let runs = record.runs;
            record.add(case, Point::Heap, Fault::Fails, mode, work);
            let time = begin.elapsed().as_secs_f64();
            if time > 0.2 {
                println!("{time:.2} s {} {}", record.runs - runs, case.name);
            }
        }
        println!("heap, {mode:?}: {record}");
        defects.append(&mut record.defects);
    }
    assert!(defects.is_empty(), "{}", defects.join("\n"));
}
