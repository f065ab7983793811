//! The way back: a certificate belongs to its key and to no other.
#![cfg(not(feature = "tfm"))]

mod common;

use common::{ECDSA_CURVES, Files, ecdsa_key, openssl, openssl_text};
use psa::{Curve, Error, Key};

/// A certificate authority in a folder, made by openssl.
struct Authority(Files);

impl Authority {
    fn new() -> Self {
        let files = Files::new();
        let key = openssl_text(&["ecparam", "-name", "prime256v1", "-genkey", "-noout"], "");
        let key = files.write("ca.key", key);
        let certificate = openssl(
            &[
                "req", "-x509", "-key", &key, "-subj", "/CN=CA", "-days", "2",
            ],
            "",
        );
        files.write("ca.crt", certificate);
        Self(files)
    }

    /// Signs a request; what openssl prints in front of the certificate with `-text` stays in front.
    fn sign(&self, key: &Key) -> String {
        let request = key
            .csr("CN=device-0001,O=Example")
            .unwrap()
            .to_pem()
            .unwrap();
        let request = self.0.write("request.pem", request);
        let path = |name| self.0.path(name).into_os_string().into_string().unwrap();
        let (authority, signer) = (path("ca.crt"), path("ca.key"));
        let arguments = [
            "x509",
            "-req",
            "-in",
            &request,
            "-CA",
            &authority,
            "-CAkey",
            &signer,
            "-CAcreateserial",
            "-text",
        ];
        openssl_text(&arguments, "")
    }
}

#[test]
fn a_certificate_matches_the_key_that_asked_for_it_and_no_other() {
    let authority = Authority::new();
    for &(curve, name) in ECDSA_CURVES {
        let (key, other) = (ecdsa_key(curve), ecdsa_key(curve));
        let with_text = authority.sign(&key);
        let pem = openssl_text(&["x509"], &with_text);
        let der = openssl(&["x509", "-outform", "DER"], &pem);
        let crlf = pem.replace('\n', "\r\n");
        let chain = format!("{pem}{}", authority.sign(&other));
        for certificate in [
            pem.as_bytes(),
            with_text.as_bytes(),
            &der,
            crlf.as_bytes(),
            chain.as_bytes(),
        ] {
            assert_eq!(key.matches_certificate(certificate), Ok(()), "{name}");
            assert_eq!(
                other.matches_certificate(certificate),
                Err(Error::DifferentKey),
                "{name}"
            );
        }
        let other_curve = ecdsa_key(Curve::P256);
        assert_eq!(
            other_curve.matches_certificate(&pem),
            Err(Error::DifferentKey)
        );
    }
}

#[test]
fn a_torn_or_wrong_file_is_no_match_and_no_other_key() {
    let key = ecdsa_key(Curve::P256);
    let pem = openssl_text(&["x509"], Authority::new().sign(&key));
    let der = openssl(&["x509", "-outform", "DER"], &pem);
    for len in 0..der.len() {
        let error = key.matches_certificate(&der[..len]).expect_err("torn");
        assert!(matches!(error, Error::Der | Error::Pem), "{len}: {error}");
    }
    for len in 0..pem.trim_end().len() {
        let error = key.matches_certificate(&pem[..len]).expect_err("torn");
        assert_eq!(error, Error::Pem, "{len}");
    }
    let longer = [&der[..], &[0]].concat();
    assert_eq!(key.matches_certificate(longer), Err(Error::Der));
    let request = key.csr("CN=a").unwrap().to_pem().unwrap();
    assert_eq!(key.matches_certificate(request), Err(Error::Pem));
    let public = key.public_key_der().unwrap();
    assert_eq!(key.matches_certificate(public), Err(Error::Pem));
}

#[test]
fn each_flipped_bit_in_the_public_key_is_another_key() {
    let key = ecdsa_key(Curve::P256);
    let der = openssl(&["x509", "-outform", "DER"], Authority::new().sign(&key));
    let point = key.export_public().unwrap();
    let start = der
        .windows(65)
        .position(|window| window == point)
        .expect("the point");
    for bit in 0..65 * 8 {
        let mut flipped = der.clone();
        flipped[start + bit / 8] ^= 1 << (bit % 8);
        assert_eq!(key.matches_certificate(flipped), Err(Error::DifferentKey));
    }
}
