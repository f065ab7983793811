//! Which functions of C were called from another object file, and which could be: calls come by a mark of each.
use core::sync::atomic::{AtomicU8, Ordering};

/// A function of C that our modules `ffi` name.
pub struct Function {
    /// What the bindings call it.
    pub name: &'static str,
    /// The crates whose modules name it.
    pub callers: &'static [&'static str],
}

/// All of them; none without the feature `full`.
pub const FUNCTIONS: &[Function] = include!(concat!(env!("OUT_DIR"), "/functions.rs"));

/// 1 where a function was called.
// SAFETY: no other symbol has this name. It is not this module that writes, so it has an address and no constant value.
#[unsafe(no_mangle)]
static psa_faults_marks: [AtomicU8; FUNCTIONS.len()] =
    [const { AtomicU8::new(0) }; FUNCTIONS.len()];

// Each `__wrap_` writes 1 to a byte of the marks and jumps to the function: no register changes that a call keeps or passes
// on.
core::arch::global_asm!(include_str!(concat!(env!("OUT_DIR"), "/marks.s")));

/// What this answers, and the names of the functions that are called meanwhile.
pub fn called_by<R>(work: impl FnOnce() -> R) -> (R, Vec<&'static str>) {
    for mark in &psa_faults_marks {
        mark.store(0, Ordering::Relaxed);
    }
    let answer = work();
    let marks = FUNCTIONS.iter().zip(&psa_faults_marks);
    let called = marks.filter(|(_, mark)| mark.load(Ordering::Relaxed) != 0);
    (answer, called.map(|(function, _)| function.name).collect())
}
