//! Certificates and requests that `x509-cert` builds and a key of PSA signs: openssl verifies them.

#[path = "../../../psa/tests/common/mod.rs"]
mod common;

use common::{ECDSA_CURVES, Files, ecdsa_key, openssl, openssl_text, try_openssl};
use psa::signature::{DerSignature, SigningKey};
use psa::{Curve, Key};
use signature::Keypair;
#[cfg(feature = "full")]
use spki::EncodePublicKey;
use std::{str::FromStr, time::Duration};
use x509_cert::{
    Certificate, SubjectPublicKeyInfo,
    builder::{
        Builder, CertificateBuilder, RequestBuilder,
        profile::{cabf, devid::DevId},
    },
    der::{DecodePem, Encode, EncodePem, asn1::Ia5String, pem::LineEnding},
    ext::pkix::{SubjectAltName, name::GeneralName},
    name::Name,
    request::CertReq,
    serial_number::SerialNumber,
    time::Validity,
};

fn name(text: &str) -> Name {
    Name::from_str(text).unwrap()
}

/// A root that signs itself, and what it issues for another key.
fn root_and_device(authority: &Key, device: SubjectPublicKeyInfo) -> (Certificate, Certificate) {
    let signer = SigningKey::new(authority).unwrap();
    let validity = Validity::from_now(Duration::from_secs(3600)).unwrap();
    let issuer = name("CN=Root,O=Example,C=DE");
    let own = SubjectPublicKeyInfo::from_key(&signer.verifying_key()).unwrap();

    let profile = cabf::Root::new(false, issuer.clone()).unwrap();
    let root = CertificateBuilder::new(profile, SerialNumber::from(1_u32), validity, own).unwrap();
    let root = root.build::<_, DerSignature>(&signer).unwrap();

    let profile = DevId::new(issuer, name("CN=device-0001,O=Example"), None).unwrap();
    let leaf = CertificateBuilder::new(profile, SerialNumber::from(2_u32), validity, device);
    let leaf = leaf.unwrap().build::<_, DerSignature>(&signer).unwrap();
    (root, leaf)
}

fn verify(root: &Certificate, leaf: &Certificate, trusted: bool) {
    let files = Files::new();
    let root = files.write("root.pem", root.to_pem(LineEnding::LF).unwrap());
    let leaf = files.write("leaf.pem", leaf.to_pem(LineEnding::LF).unwrap());
    let output = try_openssl(&["verify", "-x509_strict", "-CAfile", &root, &leaf], "");
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.success(), trusted, "{text}");
}

#[test]
fn openssl_trusts_what_a_root_in_psa_issues_from_our_request_and_nothing_of_another_root() {
    for &(curve, _) in ECDSA_CURVES {
        // x509-cert has no say in the curve: one of our requests carries it.
        let device = ecdsa_key(curve);
        let request = device.csr("CN=device-0001").unwrap().to_pem().unwrap();
        let request = CertReq::from_pem(request).unwrap();
        let public = request.info.public_key;

        let (root, leaf) = root_and_device(&ecdsa_key(curve), public.clone());
        verify(&root, &leaf, true);
        device.matches_certificate(leaf.to_der().unwrap()).unwrap();
        let (other, _) = root_and_device(&ecdsa_key(curve), public);
        verify(&other, &leaf, false);
    }
}

#[test]
fn openssl_verifies_a_request_that_the_builder_makes() {
    let key = ecdsa_key(Curve::P256);
    let mut builder = RequestBuilder::new(name("CN=device-0001,O=Example")).unwrap();
    let host = Ia5String::new("device-0001.example.org").unwrap();
    builder
        .add_extension(&SubjectAltName(vec![GeneralName::DnsName(host)]))
        .unwrap();
    let signer = SigningKey::new(&key).unwrap();
    let request = builder.build::<_, DerSignature>(&signer).unwrap();
    let pem = request.to_pem(LineEnding::LF).unwrap();
    let text = openssl_text(&["req", "-verify", "-noout", "-text"], &pem);
    assert!(text.contains("DNS:device-0001.example.org"), "{text}");
    assert_eq!(
        openssl(&["req", "-pubkey", "-noout"], &pem),
        key.public_key_pem().unwrap().into_bytes()
    );
}

#[test]
#[cfg(feature = "full")]
fn openssl_trusts_roots_of_rsa_with_both_paddings() {
    use psa::{Attributes, Hash, Sign, Usage};
    psa::init().unwrap();
    let pem = openssl_text(&["genrsa", "3072"], "");
    for hash in [Hash::Sha256, Hash::Sha384, Hash::Sha512] {
        for algorithm in [Sign::RsaPkcs1v15(hash), Sign::RsaPss(hash)] {
            let attributes = Attributes::from_file()
                .usage(Usage::SIGN)
                .algorithm(algorithm.into());
            let key = Key::import_pem(attributes, &pem).unwrap();
            let device = ecdsa_key(Curve::P256).to_public_key_der().unwrap();
            let device = device.decode_msg().unwrap();
            let (root, leaf) = root_and_device(&key, device);
            verify(&root, &leaf, true);
            // Our own requests name the algorithm the same way.
            let request = key.csr("CN=device-0001").unwrap().to_pem().unwrap();
            openssl(&["req", "-verify", "-noout"], request);
        }
    }
}
