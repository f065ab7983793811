//! An authority of `rcgen` whose key lies in PSA: openssl trusts what it issues from our requests.

#[path = "../../../psa/tests/common/mod.rs"]
mod common;

use common::{Files, ecdsa_key, openssl_text, try_openssl};
use psa::rcgen::SigningKey;
use psa::{AltName, Attributes, Curve, Error, ExtendedKeyUsage, Key};
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CertificateRevocationListParams,
    CertificateSigningRequestParams, DnType, IsCa, Issuer, KeyIdMethod, KeyUsagePurpose,
    SerialNumber, date_time_ymd,
};

/// An authority, and its certificate that it signed itself.
fn authority(key: Key) -> (Issuer<'static, SigningKey<Key>>, Certificate) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name.push(DnType::CommonName, "Root");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let signer = SigningKey::new(key).unwrap();
    let certificate = params.self_signed(&signer).unwrap();
    (Issuer::new(params, signer), certificate)
}

fn keys() -> Vec<Key> {
    vec![
        ecdsa_key(Curve::P256),
        #[cfg(feature = "full")]
        ecdsa_key(Curve::P384),
        #[cfg(feature = "full")]
        rsa_key(),
    ]
}

#[cfg(feature = "full")]
fn rsa_key() -> Key {
    use psa::{Hash, Sign, Usage};
    psa::init().unwrap();
    let attributes = Attributes::from_file()
        .usage(Usage::SIGN)
        .algorithm(Sign::RsaPkcs1v15(Hash::Sha384).into());
    Key::import_pem(attributes, openssl_text(&["genrsa", "2048"], "")).unwrap()
}

#[test]
fn openssl_trusts_what_the_authority_issues_from_our_request() {
    for key in keys() {
        let device = ecdsa_key(Curve::P256);
        let request = device
            .csr("CN=device-0001,O=Example")
            .unwrap()
            .alt_names(&[AltName::Dns("device-0001.example.org")])
            .extended_key_usage(&[ExtendedKeyUsage::ClientAuth])
            .to_pem()
            .unwrap();
        let (issuer, root) = authority(key);
        let mut request = CertificateSigningRequestParams::from_pem(&request).unwrap();
        request.params.use_authority_key_identifier_extension = true;
        let leaf = request.signed_by(&issuer).unwrap();
        device.matches_certificate(leaf.der()).unwrap();

        let files = Files::new();
        let root_file = files.write("root.pem", root.pem());
        let leaf_file = files.write("leaf.pem", leaf.pem());
        let verify = ["verify", "-x509_strict", "-purpose", "sslclient", "-CAfile"];
        let arguments = [&verify[..], &[&root_file, &leaf_file]].concat();
        let output = try_openssl(&arguments, "");
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{text}");
        let text = openssl_text(&["x509", "-noout", "-text"], leaf.pem());
        assert!(text.contains("DNS:device-0001.example.org"), "{text}");

        // A list that revokes it, signed by the same key.
        let list = CertificateRevocationListParams {
            this_update: date_time_ymd(2024, 1, 1),
            next_update: date_time_ymd(4000, 1, 1),
            crl_number: SerialNumber::from(1),
            issuing_distribution_point: None,
            revoked_certs: vec![],
            key_identifier_method: KeyIdMethod::Sha256,
        };
        let list = list.signed_by(&issuer).unwrap();
        let arguments = ["crl", "-noout", "-CAfile", &root_file];
        let output = try_openssl(&arguments, list.pem().unwrap());
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(text.contains("verify OK"), "{text}");
    }
}

#[test]
fn a_request_of_rcgen_for_a_key_in_psa_is_one_that_openssl_verifies() {
    let signer = SigningKey::new(ecdsa_key(Curve::P256)).unwrap();
    let params = CertificateParams::new(vec!["device-0001.example.org".into()]).unwrap();
    let request = params.serialize_request(&signer).unwrap();
    openssl_text(&["req", "-verify", "-noout"], request.pem().unwrap());
}

#[test]
fn what_rcgen_has_no_name_for_is_said_at_once() {
    psa::init().unwrap();
    let attributes = common::policy(Attributes::ecc_key_pair(Curve::P256), psa::Hash::Sha512);
    let key = Key::generate(attributes).unwrap();
    assert_eq!(SigningKey::new(&key).err(), Some(Error::UnsupportedKey));
    #[cfg(feature = "full")]
    for curve in [Curve::P521, Curve::Secp256k1] {
        let key = ecdsa_key(curve);
        assert_eq!(SigningKey::new(&key).err(), Some(Error::UnsupportedKey));
    }
}
