//! `psa-p256` alone, without a C library: `checks BACKEND` and `crosswise BACKEND SEED COUNT`, where the back end is the one
//! that must be taken here.
#![cfg_attr(target_os = "none", no_std, no_main)]
#![forbid(unsafe_code)]

#[cfg(target_os = "none")]
mod crosswise;
#[cfg(target_os = "none")]
mod stack;

#[cfg(target_os = "none")]
#[firmware_common::entry]
fn main() -> ! {
    use firmware_common::{argument, exit, outcome};
    use psa_p256::Backend;

    let expected = argument(1, |name| is(Backend::current(), name)) == Some(true);
    outcome("the back end is the right one", expected);
    let failed = match argument(0, |way| way == "crosswise") {
        Some(true) => crosswise::judged(),
        _ => checks(),
    };
    exit(failed + i32::from(!expected))
}

/// Whether it has this name, which is that of its variant.
#[cfg(target_os = "none")]
fn is(backend: psa_p256::Backend, name: &str) -> bool {
    use core::fmt::{Error, Result, Write};

    struct Rest<'a>(&'a str);
    impl Write for Rest<'_> {
        fn write_str(&mut self, part: &str) -> Result {
            self.0 = self.0.strip_prefix(part).ok_or(Error)?;
            Ok(())
        }
    }
    let mut rest = Rest(name);
    write!(rest, "{backend:?}").is_ok() && rest.0.is_empty()
}

/// How many do not hold.
#[cfg(target_os = "none")]
fn checks() -> i32 {
    use firmware_common::println;
    use psa_conformance::{Ctx, Line, Provider, run};

    // Of a provider these tests want nothing.
    let provider = Provider::named("local").expect("a column of the table");
    let mut text = [0; Ctx::MEMORY];
    let mut ctx = Ctx::new(&mut text);
    let tests = p256_checks::TESTS.iter().chain(stack::TESTS);
    let summary = run(tests, provider, &mut ctx, &mut |test, outcome| {
        println!("{}", Line(test, outcome));
    });
    println!("{summary}");
    summary.failed.try_into().unwrap_or(i32::MAX)
}

#[cfg(not(target_os = "none"))]
fn main() {
    println!("this image runs on a Cortex-M: cargo xtask firmware p256");
}
