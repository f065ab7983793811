//! One case after the other, with a fault at each call of a point, and what was seen.
use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::{env, fmt};

use psa::{Error, Key, KeyId};

use crate::plan::with;
use crate::{Case, Fault, Injected, Live, Mode, Outcome, Point, STORAGE, Store, live, slots};

/// How much a campaign does: the calls of the point that all runs of one case may make, together. A case that makes few
/// calls has a fault at each; of one that makes many the first ones are taken, and others all over it.
#[derive(Clone, Copy, Debug)]
pub struct Work {
    calls: u64,
    long: bool,
}

impl Work {
    /// As much as the variable `PSA_FAULT_WORK` says, or this.
    ///
    /// # Panics
    /// When the variable is no number.
    pub fn or(default: u64) -> Self {
        let given = env::var("PSA_FAULT_WORK").ok();
        let long = given.is_some();
        let calls = given.map_or(default, |text| text.parse().expect("a number"));
        Self { calls, long }
    }

    /// Whether it is more than every change must wait for.
    pub const fn is_long(self) -> bool {
        self.long
    }

    /// Where faults are put, of so many calls.
    pub fn places(self, calls: u64) -> Vec<u64> {
        /// However long a case takes: its first calls, and as many all over it.
        const FEWEST: u64 = 4;
        let all = calls.saturating_mul(calls + 1) / 2;
        if all <= self.calls {
            return (1..=calls).collect();
        }
        let spread = (2 * self.calls / calls).max(FEWEST);
        let mut places: Vec<_> = (1..=FEWEST.min(calls)).collect();
        places.extend((0..spread).map(|index| 1 + (index * calls + calls / 2) / spread));
        places.retain(|place| *place <= calls);
        places.sort_unstable();
        places.dedup();
        places
    }
}

/// What must be the same before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Level {
    heap: Live,
    keys: Store,
}

impl Level {
    fn now() -> Self {
        Self {
            heap: live(),
            keys: slots(),
        }
    }
}

/// How many calls of the point the case makes.
///
/// # Panics
/// When the case does not end as it should, with nothing that fails.
pub fn calls(case: &Case, point: Point) -> u64 {
    let count = || with(point, Fault::Fails, Mode::Once, 0, || caught(case));
    // The first time the library may keep what it allocates.
    let (outcome, first) = count();
    assert_eq!(outcome, Outcome::Passed, "{}", case.name);
    if first.seen == 0 {
        return 0;
    }
    let level = Level::now();
    let (outcome, counted) = count();
    assert_eq!(outcome, Outcome::Passed, "{}", case.name);
    assert_eq!(Level::now(), level, "{}", case.name);
    counted.seen
}

/// What a campaign has seen.
pub struct Record {
    point: Point,
    fault: Fault,
    mode: Mode,
    /// Cases that faults happened to.
    pub cases: u64,
    /// Of these, the ones with a fault at every call that they make.
    pub whole: u64,
    /// Runs with a fault.
    pub runs: u64,
    /// Faults: several in a run where the fault goes on.
    pub faults: u64,
    /// Runs that ended well in spite of it.
    pub passed: u64,
    /// What else calls answered, how often, and where first.
    pub refused: BTreeMap<String, (u64, String)>,
    /// What must not be.
    pub defects: Vec<String>,
}

impl Record {
    /// Nothing seen yet of this fault.
    pub fn new(point: Point, fault: Fault, mode: Mode) -> Self {
        Self {
            point,
            fault,
            mode,
            cases: 0,
            whole: 0,
            runs: 0,
            faults: 0,
            passed: 0,
            refused: BTreeMap::new(),
            defects: Vec::new(),
        }
    }

    /// Goes through the case with a fault at one call after the other, and once more without.
    pub fn add(&mut self, case: &Case, calls: u64, work: Work) {
        let (point, fault, mode) = (self.point, self.fault, self.mode);
        let places = work.places(calls);
        self.cases += 1;
        self.whole += u64::from(places.len() as u64 == calls);
        for at in places {
            let what = format!("{}, call {at} of {calls}", case.name);
            let level = Level::now();
            let (outcome, injected) = with(point, fault, mode, at, || caught(case));
            self.judge(&what, outcome, injected);
            self.tidy(&what);
            self.level(&what, level);
        }
        let level = Level::now();
        let what = format!("{}, afterwards", case.name);
        self.clean(&what, &caught(case));
        self.level(&what, level);
    }

    fn judge(&mut self, what: &str, outcome: Outcome, injected: Injected) {
        // Where a case makes other calls each time it may end before the fault.
        if injected.faults == 0 {
            return self.clean(what, &outcome);
        }
        self.runs += 1;
        self.faults += injected.faults;
        match outcome {
            Outcome::Passed => self.passed += 1,
            Outcome::Refused(error) => {
                let first = || (0, what.to_owned());
                self.refused.entry(error).or_insert_with(first).0 += 1;
            }
            Outcome::Lied(how) => self.defects.push(format!("{what}: {how}")),
        }
    }

    fn clean(&mut self, what: &str, outcome: &Outcome) {
        if *outcome != Outcome::Passed {
            self.defects.push(format!("{what}, no fault: {outcome:?}"));
        }
    }

    fn level(&mut self, what: &str, before: Level) {
        let now = Level::now();
        if now != before {
            self.defects.push(format!("{what}: {before:?}, {now:?}"));
        }
    }

    /// Removes the keys that the case left. Each is whole, unless it is the medium that damages what it keeps.
    fn tidy(&mut self, what: &str) {
        for uid in STORAGE.keys() {
            let id = KeyId::from_raw(u32::try_from(uid).expect("a key's identifier"));
            let removed = match Key::open(id).and_then(Key::destroy) {
                Err(Error::DataCorrupt) if matches!(self.fault, Fault::Cut | Fault::Flipped) => {
                    mbedtls_psa::storage::remove_damaged_key(id.to_raw())
                        .map_err(|error| Error::from_status(error.status()))
                }
                other => other,
            };
            if let Err(error) = removed {
                self.defects
                    .push(format!("{what}: left key {uid:#x}, {error:?}"));
            }
        }
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?} {:?} {:?}: {} cases, {} of them with a fault at every call; {} runs, {} faults; {} passed all the same",
            self.point,
            self.fault,
            self.mode,
            self.cases,
            self.whole,
            self.runs,
            self.faults,
            self.passed
        )?;
        for (error, (count, first)) in &self.refused {
            write!(f, "\n{count:>8} {error} ({first})")?;
        }
        Ok(())
    }
}

/// Goes through the case once; a panic is a lie.
pub fn caught(case: &Case) -> Outcome {
    catch_unwind(AssertUnwindSafe(|| case.run())).unwrap_or_else(|panic| {
        let text = text_of(&*panic);
        Outcome::Lied(format!("panicked: {text}"))
    })
}

fn text_of(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or(panic.downcast_ref::<&str>().copied())
        .unwrap_or("something")
}
