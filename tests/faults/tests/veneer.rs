//! A veneer that answers each status at the Nth call across `TrustZone`.
#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::sync::Arc;

use psa_conformance::Provider;
use psa_faults::{
    Case, Fault, Mode, Outcome, Point, STORAGE, Secure, Work, cases, caught, live, slots, with,
};

/// Every status that a call across can answer, by the PSA specifications (Crypto API 1.2 and Status code API 1.0; the first
/// three are the Firmware Framework's).
const STATUSES: [(&str, i32); 25] = [
    ("PSA_ERROR_PROGRAMMER_ERROR", -129),
    ("PSA_ERROR_CONNECTION_REFUSED", -130),
    ("PSA_ERROR_CONNECTION_BUSY", -131),
    ("PSA_ERROR_GENERIC_ERROR", -132),
    ("PSA_ERROR_NOT_PERMITTED", -133),
    ("PSA_ERROR_NOT_SUPPORTED", -134),
    ("PSA_ERROR_INVALID_ARGUMENT", -135),
    ("PSA_ERROR_INVALID_HANDLE", -136),
    ("PSA_ERROR_BAD_STATE", -137),
    ("PSA_ERROR_BUFFER_TOO_SMALL", -138),
    ("PSA_ERROR_ALREADY_EXISTS", -139),
    ("PSA_ERROR_DOES_NOT_EXIST", -140),
    ("PSA_ERROR_INSUFFICIENT_MEMORY", -141),
    ("PSA_ERROR_INSUFFICIENT_STORAGE", -142),
    ("PSA_ERROR_INSUFFICIENT_DATA", -143),
    ("PSA_ERROR_SERVICE_FAILURE", -144),
    ("PSA_ERROR_COMMUNICATION_FAILURE", -145),
    ("PSA_ERROR_STORAGE_FAILURE", -146),
    ("PSA_ERROR_HARDWARE_FAILURE", -147),
    ("PSA_ERROR_INSUFFICIENT_ENTROPY", -148),
    ("PSA_ERROR_INVALID_SIGNATURE", -149),
    ("PSA_ERROR_INVALID_PADDING", -150),
    ("PSA_ERROR_CORRUPTION_DETECTED", -151),
    ("PSA_ERROR_DATA_CORRUPT", -152),
    ("PSA_ERROR_DATA_INVALID", -153),
];

/// What `psa::Error` calls a status: the words of its name.
fn variant(name: &str) -> String {
    let words = name.trim_start_matches("PSA_ERROR_").split('_');
    words
        .map(|word| word[..1].to_owned() + &word[1..].to_lowercase())
        .collect()
}

/// Cases that end well after a status that no call answers them when nothing fails: a part of their names, the statuses, and
/// why. Each was seen in a run with all statuses.
const TAKEN: [(&str, &[i32], &str); 11] = [
    ("is refused", &[-134, -135, -149], EITHER),
    ("belong together", &[-134, -135], EITHER),
    ("under another size than it has", &[-134], EITHER),
    ("nothing is no key", &[-134], EITHER),
    ("a nonce has a length of its algorithm", &[-134], EITHER),
    ("RSA takes a hash of its length", &[-149], EITHER),
    ("persistent: ", &[-140], EITHER),
    ("purging a volatile key changes nothing", &[-140], EITHER),
    ("takes no identifier that is taken", &[-140], EITHER),
    ("without SIGN there is no request", &[-133], HERE),
    ("a request and its certificate", &[-138], AGAIN),
];
const EITHER: &str =
    "the case waits for one of several errors, of which this provider answers another one";
const HERE: &str = "the case waits for that error, which is found on this side";
const AGAIN: &str = "a text that does not fit is written again, into more room";

/// Whether an error is the one that stands for a status: it has its name, or says its number.
fn says(error: &str, (name, status): (&str, i32)) -> bool {
    error == variant(name) || error.ends_with(&format!("(PSA status {status})"))
}

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

/// What was seen.
#[derive(Default)]
struct Seen {
    cases: u64,
    faults: u64,
    /// Runs that ended with the error of the status.
    named: u64,
    /// Runs that ended well: who drops a key or an operation is told nothing of its end.
    hidden: u64,
    /// Runs that ended well: the case waits for that error.
    awaited: u64,
    /// The same, and another call should have answered it.
    mistaken: u64,
    /// Runs after which something stayed on the secure side.
    stayed: u64,
    /// The rows of [`TAKEN`] that were needed.
    taken: BTreeSet<usize>,
    defects: Vec<String>,
}

/// A fault and what came of it.
struct Run<'a> {
    case: &'a Case,
    what: String,
    status: (&'static str, i32),
    outcome: Outcome,
    /// The function that failed.
    failed: Option<u16>,
    /// What the case waits for: statuses that calls answer when nothing fails.
    awaited: &'a BTreeSet<i32>,
}

impl Seen {
    /// The error that came back is that of the status.
    fn judge(&mut self, run: Run<'_>) {
        let (_, status) = run.status;
        let is_awaited = run.awaited.contains(&status);
        self.faults += 1;
        let problem = match run.outcome {
            Outcome::Refused(error) if says(&error, run.status) => {
                self.named += 1;
                return;
            }
            Outcome::Refused(error) => error,
            Outcome::Passed if run.failed.is_some_and(|failed| ENDS.contains(&failed)) => {
                self.hidden += 1;
                return;
            }
            Outcome::Passed if is_awaited => {
                self.awaited += 1;
                return;
            }
            Outcome::Passed => {
                let mut rows = TAKEN.iter();
                let row = rows.position(|(part, statuses, _)| {
                    run.case.name.contains(part) && statuses.contains(&status)
                });
                if let Some(row) = row {
                    self.awaited += 1;
                    self.taken.insert(row);
                    return;
                }
                "no error".to_owned()
            }
            Outcome::Lied(how) if is_mistaken(run.case, &how, run.status, is_awaited) => {
                self.mistaken += 1;
                return;
            }
            Outcome::Lied(how) => how,
        };
        let failed = run.failed;
        self.defects
            .push(format!("{}, {failed:x?}: {problem}", run.what));
    }
}

/// Whether a case took the status for one that it waits for, and what it wants next cannot be.
fn is_mistaken(case: &Case, how: &str, (name, status): (&str, i32), is_awaited: bool) -> bool {
    let wants = |name| how.ends_with(&format!("succeeded, must be {}", variant(name)));
    // It waits for that status from one call, and cannot tell that another was never made; or the operation should have failed,
    // of which the secure side was not asked.
    (is_awaited && (wants(name) || wants("PSA_ERROR_BAD_STATE")))
        // A wrong signature or padding is found by who was permitted to look.
        || (case.name.starts_with("each usage by each operation")
            && [-149, -150].contains(&status)
            && wants("PSA_ERROR_NOT_PERMITTED"))
}

#[test]
fn every_status_at_every_call_comes_back_as_its_error_and_leaves_nothing() {
    mbedtls_psa::storage::set_storage(&STORAGE).unwrap();
    let side = Arc::new(Secure::start());
    let work = Work::or(60);
    let mut seen = Seen::default();
    tfm_sys::recorder::with(side.clone(), || {
        psa::init().unwrap();
        let cases = over_the_veneer();
        side.end_what_is_left();
        for (place, case) in cases.iter().enumerate() {
            go_through(&side, case, place, work, &mut seen);
        }
    });
    let Seen {
        cases,
        faults,
        named,
        hidden,
        awaited,
        mistaken,
        stayed,
        ..
    } = seen;
    println!(
        "veneer: {cases} cases, {faults} faults: {named} named by the error that came back, {hidden} of an end whose caller is \
         told nothing, {awaited} that the case waits for, {mistaken} taken for one that it waits for; in {stayed} something stayed on \
         the secure side"
    );
    let mut defects = seen.defects;
    if work.is_long() {
        let unused = (0..TAKEN.len()).filter(|row| !seen.taken.contains(row));
        defects.extend(unused.map(|row| format!("not needed: {:?}", TAKEN[row])));
    }
    let found = defects.len();
    assert!(found == 0, "{found} defects:\n{}", defects.join("\n"));
    // A case that no longer passes over the veneers would be missing here.
    assert_eq!(cases, CASES);
}

/// One case, with a status at one call after the other, and once more without.
fn go_through(side: &Secure, case: &Case, place: usize, work: Work, seen: &mut Seen) {
    let run = |status, at| {
        with(Point::Veneer, Fault::With(status), Mode::Once, at, || {
            caught(case)
        })
    };
    side.take_answered();
    let (_, counted) = run(0, 0);
    let awaited = side.take_answered();
    if counted.seen == 0 {
        return;
    }
    seen.cases += 1;
    for (index, at) in work.places(counted.seen).into_iter().enumerate() {
        // In a long run each status at each place; else one after the other.
        let statuses = if work.is_long() {
            &STATUSES[..]
        } else {
            let first = (place + 7 * index) % STATUSES.len();
            &STATUSES[first..=first]
        };
        for &(name, status) in statuses {
            let before = level();
            let what = format!("{}, {name} at call {at} of {}", case.name, counted.seen);
            let (outcome, injected) = run(status, at);
            let (operations, keys, failed) = side.end_what_is_left();
            if operations + keys > 0 {
                seen.stayed += 1;
                // What could not be ended is still there, and nothing else.
                let ends = failed.is_some_and(|failed| ENDS.contains(&failed));
                if !ends || operations + keys > 1 {
                    seen.defects.push(format!(
                        "{what}: {operations} operations and {keys} keys stay after {failed:x?}"
                    ));
                }
            }
            if injected.faults > 0 {
                let (status, awaited) = ((name, status), &awaited);
                seen.judge(Run {
                    case,
                    what: what.clone(),
                    status,
                    outcome,
                    failed,
                    awaited,
                });
            } else if outcome != Outcome::Passed {
                seen.defects.push(format!("{what}, no fault: {outcome:?}"));
            }
            clear();
            if level() != before {
                seen.defects
                    .push(format!("{what}: {before:?}, {:?}", level()));
            }
        }
    }
    let (outcome, _) = run(0, 0);
    if outcome != Outcome::Passed {
        seen.defects
            .push(format!("{}, afterwards: {outcome:?}", case.name));
    }
}
