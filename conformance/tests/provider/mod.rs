//! Which column of the table this host is.

use psa_conformance::Provider;

/// This workspace's tests run with Mbed TLS built for provisioning and, with the feature `full`, built with everything.
pub fn provider() -> Provider {
    psa::init().unwrap();
    Provider::named(NAME).unwrap()
}

pub const NAME: &str = if cfg!(feature = "full") {
    "host-full"
} else {
    "host"
};
