//! What the Cortex-M33 test images share: start-up, console, timer, threads and measuring, on AN505 and AN521 in QEMU.
//!
//! An image is a binary crate beside this one:
//!
//! ```text
//! build.rs      include!("../common/link.rs");  fn main() { link("non-secure") }
//! src/main.rs   #![cfg_attr(target_os = "none", no_std, no_main)]
//!               #[cfg(target_os = "none")]
//!               #[firmware_common::entry]
//!               fn main() -> ! { firmware_common::say("hello"); firmware_common::exit(0) }
//!               #[cfg(not(target_os = "none"))]
//!               fn main() {}
//! ```
//!
//! It may be entered by reset (layout `single`) or by the secure side (layout `non-secure`), privileged, in thread mode,
//! on the main stack. Output and exit status go to the host by semihosting.
#![cfg_attr(target_os = "none", no_std)]
#![deny(missing_docs, unsafe_op_in_unsafe_fn)]

#[cfg(target_os = "none")]
mod console;
#[cfg(target_os = "none")]
pub mod measure;
#[cfg(target_os = "none")]
mod panic;
#[cfg(target_os = "none")]
pub mod ram;
#[cfg(all(target_os = "none", feature = "threads"))]
pub mod threads;
#[cfg(target_os = "none")]
pub mod ticks;

#[cfg(target_os = "none")]
pub use console::{Console, argument, exit, outcome, read_file, say, say_hex, say_number};
#[cfg(target_os = "none")]
pub use cortex_m_rt::entry;
/// Files of the folder that QEMU runs in.
#[cfg(target_os = "none")]
pub mod files {
    pub use semihosting::fs::File;
    pub use semihosting::io::{Read, Write};
}
/// `print!` and `println!` of the host; they bring `core::fmt` into the image, [`say`] does not.
#[cfg(target_os = "none")]
pub use semihosting::{print, println};

#[cfg(target_os = "none")]
unsafe extern "C" {
    /// What cortex-m-rt calls for every exception without a handler of its own.
    fn DefaultHandler();
}

/// The handlers of device interrupts, of which none is ever enabled; the linker script wants one at least.
#[cfg(target_os = "none")]
// SAFETY: cortex-m-rt's linker script puts this section where the processor looks for addresses of handlers.
#[unsafe(link_section = ".vector_table.interrupts")]
#[unsafe(no_mangle)]
static __INTERRUPTS: [unsafe extern "C" fn(); 1] = [DefaultHandler];
