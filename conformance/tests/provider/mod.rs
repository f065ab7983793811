//! Which column of the table this host is.

use psa::{Attributes, Curve, Error, Key};
use psa_conformance::Provider;

/// This workspace's tests run with Mbed TLS built for provisioning and built with everything. The two differ in all
/// tables of the list, so that one question is enough to know which it is.
pub fn provider() -> Provider {
    psa::init().unwrap();
    let name = match Key::generate(Attributes::ecc_key_pair(Curve::P384)) {
        Ok(_) => "host-full",
        Err(Error::NotSupported) => "host",
        Err(error) => panic!("{error}"),
    };
    Provider::named(name).unwrap()
}
