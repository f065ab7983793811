//! Which call fails. One plan a thread: others go on undisturbed.
use std::cell::Cell;

/// Where a fault can happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    /// `calloc` of the C library.
    Heap,
    /// The generator of random numbers that the PSA core asks.
    Random,
    /// The source that seeds that generator.
    Entropy,
    /// A call of the storage.
    Storage,
    /// A call of the file system.
    File,
    /// A call across `TrustZone`.
    Veneer,
}

/// What happens there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It fails in its only way.
    Fails,
    /// It fails with this number, an `errno` or a status.
    With(i32),
    /// It does less than it was asked to.
    Cut,
    /// It does something else: a bit is wrong.
    Flipped,
}

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// At this one call.
    Once,
    /// From this call on.
    Onwards,
}

#[derive(Clone, Copy)]
struct Plan {
    point: Point,
    fault: Fault,
    mode: Mode,
    /// The first call that fails; calls count from 1.
    at: u64,
    seen: u64,
    injected: u64,
}

thread_local!(static PLAN: Cell<Option<Plan>> = const { Cell::new(None) });

/// What came of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Injected {
    /// Calls that came by the point.
    pub seen: u64,
    /// Calls of these that failed.
    pub faults: u64,
}

/// Runs `work` with a fault at the `at`th call that it makes of `point`; at 0 there is none, and calls are counted.
pub fn with<R>(
    point: Point,
    fault: Fault,
    mode: Mode,
    at: u64,
    work: impl FnOnce() -> R,
) -> (R, Injected) {
    struct Reset;
    impl Drop for Reset {
        fn drop(&mut self) {
            PLAN.set(None);
        }
    }
    let _reset = Reset;
    PLAN.set(Some(Plan {
        point,
        fault,
        mode,
        at,
        seen: 0,
        injected: 0,
    }));
    let result = work();
    let plan = PLAN.get();
    let (seen, faults) = plan.map_or((0, 0), |plan| (plan.seen, plan.injected));
    (result, Injected { seen, faults })
}

/// A call comes by: the fault, if it is this one that fails.
pub(crate) fn reached(point: Point) -> Option<Fault> {
    let mut plan = PLAN.get().filter(|plan| plan.point == point)?;
    plan.seen += 1;
    let fails = plan.at != 0
        && match plan.mode {
            Mode::Once => plan.seen == plan.at,
            Mode::Onwards => plan.seen >= plan.at,
        };
    plan.injected += u64::from(fails);
    PLAN.set(Some(plan));
    fails.then_some(plan.fault)
}
