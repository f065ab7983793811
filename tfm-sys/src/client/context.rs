//! Where a call comes from.

/// Whether an interrupt or fault handler is running.
///
/// TF-M takes calls from thread mode only: from a handler it answers with a secure fault and a reset, so the client asks
/// first. The number of the active exception is 0 in thread mode (Armv8-M Architecture Reference Manual, IPSR).
#[cfg(not(recorder))]
#[inline]
pub fn in_handler() -> bool {
    let ipsr: u32;
    // SAFETY: reading IPSR has no effect, needs no privilege that thread mode may lack, and touches no memory or flags.
    unsafe {
        core::arch::asm!("mrs {}, IPSR", out(reg) ipsr, options(nomem, nostack, preserves_flags));
    };
    ipsr & 0x1ff != 0
}

#[cfg(recorder)]
pub(crate) use crate::recorder::in_handler;
