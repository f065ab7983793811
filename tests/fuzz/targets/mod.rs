//! What must hold for any input: the bodies of the fuzz targets.
//!
//! `fuzz/` gives them to libFuzzer, and `tests/corpus.rs` runs them over the corpus. A panic, what a sanitizer says, and
//! an answer that does not come are failures of a target.

pub mod configuration;
pub mod diag;
pub mod keys;
pub mod model;
pub mod token;
pub mod x509;

/// A fuzz target: its name, which is that of its program and of its folder of the corpus, and what it does.
pub type Target = (&'static str, fn(&[u8]));

/// Every target that stands on the safe API; the stand-in secure side brings an Mbed TLS of its own, and has its own test.
pub const TARGETS: [Target; 13] = [
    ("archive", diag::archive),
    ("certificate", x509::certificate),
    ("config", configuration::config),
    ("csr", x509::csr),
    ("explain", diag::explain),
    ("kconfig", configuration::kconfig),
    ("key", keys::key),
    ("keygen", diag::keygen),
    ("model", model::model),
    ("pk", keys::pk),
    ("subject", x509::subject),
    ("token", token::token),
    ("why", diag::why),
];

/// The PSA core runs, and what it stores stands in a folder of this process.
fn ready() {
    use std::sync::OnceLock;
    static HOME: OnceLock<tempfile::TempDir> = OnceLock::new();
    HOME.get_or_init(|| {
        let home = tempfile::tempdir().expect("a temporary folder");
        psa::storage::set_folder(home.path().join("keys")).expect("the folder is new");
        psa::init().expect("this machine has random numbers");
        home
    });
}
