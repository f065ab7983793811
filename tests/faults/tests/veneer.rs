//! A veneer that answers each status at the Nth call across `TrustZone`.
#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::sync::Arc;

use psa_conformance::Provider;
use psa_faults::{
    Case, Fault, Mode, Outcome, Point, STORAGE, Secure, Work, cases, caught, live, slots, with,
};

/// Every status that the PSA specifications know and a call across can answer.
const STATUSES: [i32; 25] = [
    -129, -130, -131, -132, -133, -134, -135, -136, -137, -138, -139, -140, -141, -142, -143, -144,
    -145, -146, -147, -148, -149, -150, -151, -152, -153,
];

/// Functions whose failure leaves what they were to end: `destroy_key`, and the end of each operation.
const ENDS: [u16; 6] = [0x204, 0x307, 0x407, 0x508, 0x60B, 0x90A];

/// Cases that pass over the veneers, and call across them.
const CASES: u64 = 229;

/// What a run left behind it on the secure side.
fn level() -> (psa_faults::Live, psa_faults::Store) {
    (live(), slots())
}

/// Every case, over a secure side that has all that Mbed TLS has.
fn over_the_veneer() -> Vec<Case> {
    let all = cases(Provider::named("host-full").unwrap());
    let of_few_words = all.into_iter().filter(|case| !case.is_of_vectors());
    // What TF-M's client does not offer ends with nothing that fails, too.
    of_few_words
        .filter(|case| caught(case) == Outcome::Passed)
        .collect()
}

fn clear() {
    for uid in STORAGE.keys() {
        let id = psa::KeyId::from_raw(u32::try_from(uid).unwrap());
        psa::Key::open(id).and_then(psa::Key::destroy).unwrap();
    }
}

#[test]
fn every_status_at_every_call_is_an_error_and_leaves_nothing() {
    mbedtls_psa::storage::set_storage(&STORAGE).unwrap();
    let side = Arc::new(Secure::start());
    let work = Work::or(60);
    let mut answers = BTreeMap::<String, u64>::new();
    let mut defects = Vec::new();
    let (mut count, mut runs, mut passed, mut mistaken, mut stayed) =
        (0u64, 0u64, 0u64, 0u64, 0u64);
    tfm_sys::recorder::with(side.clone(), || {
        psa::init().unwrap();
        let cases = over_the_veneer();
        side.end_what_is_left();
        for (place, case) in cases.iter().enumerate() {
            let run = |status, mode, at| {
                with(Point::Veneer, Fault::With(status), mode, at, || {
                    caught(case)
                })
            };
            side.take_answered();
            let (_, counted) = run(0, Mode::Once, 0);
            let mut awaited = side.take_answered();
            if case.name.starts_with("each usage by each operation") {
                // A test of permissions asks whether it may, not what comes of it.
                awaited.extend([-149, -150]);
            }
            if counted.seen == 0 {
                continue;
            }
            count += 1;
            for (index, at) in work.places(counted.seen).into_iter().enumerate() {
                let before = level();
                // In a long run each status at each place; else one after the other.
                let statuses = if work.is_long() {
                    &STATUSES[..]
                } else {
                    let first = (place + 7 * index) % STATUSES.len();
                    &STATUSES[first..=first]
                };
                for &status in statuses {
                    let what = format!("{}, {status} at call {at} of {}", case.name, counted.seen);
                    let (outcome, injected) = run(status, Mode::Once, at);
                    runs += u64::from(injected.faults > 0);
                    match outcome {
                        Outcome::Passed => passed += 1,
                        Outcome::Refused(error) => *answers.entry(error).or_default() += 1,
                        // The case waits for that status from one call or another, and cannot tell that this one was
                        // never made.
                        Outcome::Lied(how)
                            if awaited.contains(&status) && how.contains("succeeded, must be") =>
                        {
                            mistaken += 1;
                        }
                        Outcome::Lied(how) => defects.push(format!("{what}: {how}")),
                    }
                    let (operations, keys, failed) = side.end_what_is_left();
                    if operations + keys > 0 {
                        stayed += 1;
                        // What could not be ended is still there, and nothing else.
                        let ends = failed.is_some_and(|failed| ENDS.contains(&failed));
                        if !ends || operations + keys > 1 {
                            defects.push(format!(
                                "{what}: {operations} operations and {keys} keys stay after {failed:x?}"
                            ));
                        }
                    }
                    clear();
                    if level() != before {
                        defects.push(format!("{what}: {before:?}, {:?}", level()));
                    }
                }
            }
            let (outcome, _) = run(0, Mode::Once, 0);
            if outcome != Outcome::Passed {
                defects.push(format!("{}, afterwards: {outcome:?}", case.name));
            }
        }
    });
    println!(
        "veneer: {count} cases, {runs} faults; {passed} runs passed all the same, {mistaken} took the status for the one they wait for, in {stayed} something stayed on the secure \
         side; {answers:?}"
    );
    let found = defects.len();
    assert!(found == 0, "{found} defects:\n{}", defects.join("\n"));
    // A case that no longer passes over the veneers would be missing here.
    assert!(count >= CASES, "{count} cases, and there were {CASES}");
    assert!(runs > 0);
}
