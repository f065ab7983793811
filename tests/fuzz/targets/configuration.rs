//! Files that configure a build.

use mbedtls_config::readers::{Build, Source, System};
use mbedtls_diag::buildconfig::{NEEDS, Need, report};

/// A header, under a name that the first byte chooses.
pub fn config(data: &[u8]) {
    read(data, &["mbedtls_config.h", "crypto_config.h", "file"]);
}

/// Kconfig's files, under a name that the first byte chooses.
pub fn kconfig(data: &[u8]) {
    read(data, &[".config", "prj.conf", "autoconf.h", "sdkconfig"]);
}

/// The report says of each need whether it is met.
fn read(data: &[u8], names: &[&str]) {
    let Some((first, rest)) = data.split_first() else {
        return;
    };
    let text = String::from_utf8_lossy(rest);
    let name = names[usize::from(*first) % names.len()];
    let source = Source { name, text: &text };
    let Ok(build) = Build::read(&[source], Some(System::Zephyr)) else {
        return;
    };
    // What would have to be written for what is lacking is looked for, which takes long: not each time.
    if data.len() % 128 != 0 {
        return;
    }
    let need: &'static Need = &NEEDS[usize::from(*first >> 4) % NEEDS.len()];
    assert!(report(&build, &[need]).needs_met.is_some());
}
