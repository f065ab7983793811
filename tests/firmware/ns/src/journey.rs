//! The journey, with keys in TF-M and the certificate in protected storage.
#![cfg_attr(target_os = "none", no_std, no_main)]

#[cfg(target_os = "none")]
mod image {
    use firmware_common::{entry, exit};
    use psa::storage::{Flags, Uid, protected};

    /// Where the certificate is kept.
    const CERTIFICATE: Uid = Uid::new(1).unwrap();

    #[entry]
    fn main() -> ! {
        exit(firmware_checks::journey(Some(|certificate, buffer| {
            protected::set(CERTIFICATE, certificate, Flags::NONE)?;
            Ok(protected::get_into(CERTIFICATE, 0, buffer)?)
        })))
    }
}

#[cfg(not(target_os = "none"))]
fn main() {
    println!("this image runs on a Cortex-M33: cargo xtask firmware ns");
}
