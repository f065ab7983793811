//! The journey of a device's key, on the console: what it prints, and the certificate that is pasted into it.
#![no_std]

use core::fmt;

use provision_journey::{Device, journey, read_certificate};
use psa::Result;
use zephyr::printk;

unsafe extern "C" {
    fn provision_console_byte() -> u8;
}

struct Board;

impl fmt::Write for Board {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        printk!("{text}");
        Ok(())
    }
}

impl Device for Board {
    fn certificate(&mut self, buffer: &mut [u8]) -> Result<usize> {
        // SAFETY: takes nothing and answers a byte; this is a thread, the only one that reads the console.
        read_certificate(buffer, || Ok(unsafe { provision_console_byte() }))
    }

    #[cfg(any(CONFIG_SECURE_STORAGE, CONFIG_TFM_PARTITION_PROTECTED_STORAGE))]
    fn key_id(&self) -> Option<psa::KeyId> {
        Some(psa::KeyId::USER_MIN)
    }

    #[cfg(any(CONFIG_SECURE_STORAGE, CONFIG_TFM_PARTITION_PROTECTED_STORAGE))]
    fn store<'b>(&mut self, certificate: &[u8], buffer: &'b mut [u8]) -> Result<Option<&'b [u8]>> {
        use psa::storage::{Flags, Uid, protected};

        const CERTIFICATE: Uid = Uid::new(1).unwrap();
        protected::set(CERTIFICATE, certificate, Flags::NONE)?;
        Ok(Some(protected::get_into(CERTIFICATE, 0, buffer)?))
    }

    fn say_error(&mut self, what: &str, error: psa::Error) {
        // The name that the C headers have, and what to do.
        match error.name() {
            Some(name) => printk!("{what}{name}: {error}\n"),
            None => printk!("{what}{error}\n"),
        }
    }
}

/// What Zephyr calls.
#[unsafe(no_mangle)]
extern "C" fn rust_main() {
    if journey(&mut Board).is_ok() {
        printk!("the journey ended well\n");
    }
}
