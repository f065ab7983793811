//! The conformance list: what every provider of the PSA Crypto API must do, asked of the one in this image.
#![no_std]

use psa_conformance::{Ctx, Line, Provider, run, tests};
use zephyr::kconfig::CONFIG_CONFORMANCE_PROVIDER;
use zephyr::{printk, printkln};

/// What Zephyr calls.
#[unsafe(no_mangle)]
extern "C" fn rust_main() {
    let Some(provider) = Provider::named(CONFIG_CONFORMANCE_PROVIDER) else {
        printkln!(
            "CONFIG_CONFORMANCE_PROVIDER: no provider `{CONFIG_CONFORMANCE_PROVIDER}` in the table of what is offered"
        );
        return;
    };
    if let Err(error) = psa::init() {
        printkln!("psa::init: {error}");
        return;
    }
    let mut memory = [0; Ctx::MEMORY];
    let mut ctx = Ctx::new(&mut memory);
    let summary = run(tests(), provider, &mut ctx, &mut |test, outcome| {
        printk!("{}\n", Line(test, outcome));
    });
    printkln!("{summary}");
}
