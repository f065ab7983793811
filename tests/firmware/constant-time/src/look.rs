//! Does something with secrets, and looks for what is left of them.
use crate::numbers::fill;
use core::hint::black_box;
use core::sync::atomic::{AtomicU32, Ordering};
use firmware_common::println;
use firmware_common::ram::{self, Pattern};

pub struct Look {
    float_unit: bool,
    /// Whether a word alone is nothing to find. The C compiler saves registers that it need not, to align the stack, with
    /// whatever word is in them.
    pub side_by_side: bool,
    failed: i32,
}

impl Look {
    pub fn new() -> Self {
        let float_unit = ram::float_unit();
        println!("a floating-point unit: {float_unit}");
        Self {
            float_unit,
            side_by_side: false,
            failed: 0,
        }
    }

    pub fn failed(&self) -> i32 {
        self.failed
    }

    /// Does the work, which answers whether it went well, and looks for the secrets.
    pub fn after(&mut self, name: &str, secrets: &[Pattern], work: impl FnOnce() -> bool) {
        let worked = ram::deep_down(work);
        // First: the rest might use them.
        let registers = self.float_unit && ram::in_float_registers();
        let place = ram::find(secrets, self.side_by_side);
        let holds = worked && !registers && place.is_none();
        self.failed += i32::from(!holds);
        if holds {
            println!("ok   {name}");
            return;
        }
        println!("FAIL {name}: worked: {worked}, floating-point registers in use: {registers}");
        if let Some((place, which)) = place {
            println!("     a word of secret {which} stands at {place:#x}");
        }
    }

    /// A copy that is kept on purpose is seen: in a static, on the stack, in either order, and of one word.
    pub fn is_not_blind(&mut self) {
        static KEPT: AtomicU32 = AtomicU32::new(0);
        let secrets = [secret(9)];
        let mut see = |name: &str, one_word: bool, work: fn()| {
            ram::deep_down(work);
            let single = ram::find(&secrets, false).is_some();
            let seen = single && (ram::find(&secrets, true).is_some() != one_word);
            self.failed += i32::from(!seen);
            println!(
                "{} the copy is seen: {name}",
                if seen { "ok  " } else { "FAIL" }
            );
        };
        see("one word in a static", true, || {
            black_box(&KEPT).store(
                u32::from_be_bytes(with(9, |bytes| [bytes[4], bytes[5], bytes[6], bytes[7]])),
                Ordering::Relaxed,
            );
        });
        black_box(&KEPT).store(0, Ordering::Relaxed);
        see("on the stack, at an odd place", false, || {
            let mut copy = [0; 33];
            with(9, |bytes| copy[1..].copy_from_slice(bytes));
            black_box(&copy);
            with(9, |bytes| bytes.fill(0));
        });
        overwrite();
        see("on the stack, as a number", false, || {
            let mut copy = [0; 32];
            with(9, |bytes| copy.copy_from_slice(bytes));
            copy.reverse();
            black_box(&copy);
        });
        overwrite();
        if self.float_unit {
            ram::set_float_register(1);
            let seen = ram::in_float_registers();
            ram::set_float_register(0);
            self.failed += i32::from(!seen);
            println!("{} a register is seen", if seen { "ok  " } else { "FAIL" });
        }
        let left = ram::find(&secrets, false);
        self.failed += i32::from(left.is_some());
        println!(
            "{} and then it is gone",
            if left.is_none() { "ok  " } else { "FAIL" }
        );
    }
}

/// The stack that was used, with zeros.
fn overwrite() {
    ram::deep_down(|| {
        let mut zeros = [0_u8; 4096];
        black_box(&mut zeros);
    });
}

/// Hands over the secret of that number, and wipes it.
#[inline(never)]
pub fn with<T>(seed: u32, use_it: impl FnOnce(&mut [u8; 32]) -> T) -> T {
    let mut bytes = psa_p256::Zeroizing::new([0; 32]);
    fill(&mut bytes, seed);
    use_it(&mut bytes)
}

/// What to look for: the secret of that number.
pub fn secret(seed: u32) -> Pattern {
    ram::deep_down(|| with(seed, |bytes| Pattern::of(bytes)))
}
