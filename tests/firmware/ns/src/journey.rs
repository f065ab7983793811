//! The journey, with keys in TF-M and the certificate in protected storage.
#![cfg_attr(target_os = "none", no_std, no_main)]

#[cfg(target_os = "none")]
mod image {
    use firmware_common::{entry, exit};
    use firmware_ns::client::Storage;

    /// Where the certificate is kept.
    const CERTIFICATE_UID: u64 = 1;

    #[entry]
    fn main() -> ! {
        exit(firmware_checks::journey(Some(|certificate, buffer| {
            Storage::PROTECTED.set(CERTIFICATE_UID, certificate, 0)?;
            Storage::PROTECTED.get(CERTIFICATE_UID, 0, buffer)
        })))
    }
}

#[cfg(not(target_os = "none"))]
fn main() {
    println!("this image runs on a Cortex-M33: cargo xtask firmware ns");
}
