//! Each operation several times, and the ticks that all of them took: a line `ticks METRIC RUNS TICKS`.
#![cfg_attr(target_os = "none", no_std, no_main)]

#[cfg(target_os = "none")]
#[cfg_attr(
    feature = "rustcrypto",
    allow(dead_code, reason = "the other one runs")
)]
mod by_psa;
#[cfg(all(target_os = "none", feature = "rustcrypto"))]
mod by_rustcrypto;

#[cfg(target_os = "none")]
mod image {
    use firmware_common::{entry, exit, measure, println};

    #[cfg(not(feature = "rustcrypto"))]
    use crate::by_psa::{OPERATIONS, Operation, State};
    #[cfg(feature = "rustcrypto")]
    use crate::by_rustcrypto::{OPERATIONS, Operation, State};

    #[entry]
    fn main() -> ! {
        firmware_local::plainly().expect("set up once");
        let state = State::new().expect("the keys are made");
        for (metric, runs, operation) in OPERATIONS {
            let sum = ticks(*operation, &state, *runs);
            println!("ticks {metric} {runs} {sum}");
        }
        exit(0)
    }

    /// Once for all that is done at the first time only, then as often as is counted.
    fn ticks(operation: Operation, state: &State, runs: u32) -> u32 {
        operation(state).expect("it works");
        (0..runs)
            .map(|_| measure::clock(|| operation(state).expect("it works")))
            .sum()
    }
}

#[cfg(not(target_os = "none"))]
fn main() {
    println!("this image runs on a Cortex-M33: cargo xtask bench --only m33");
}
