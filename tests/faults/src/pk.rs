//! What the conformance list does not have: keys, requests and certificates of Mbed TLS itself, and what it adds to the
//! PSA Crypto API.
use core::task::Poll;

use mbedtls_psa::md::Md;
use mbedtls_psa::pk::{Curve, KeyType as PkType, Pk};
use mbedtls_psa::x509::csr::{Csr, CsrBuilder};
use mbedtls_psa::x509::{AltName, Certificate, CertificateBuilder, KeyUsage, Name, Purpose, Time};

use psa::{
    Algorithm, Attributes, Hash, Hkdf, InterruptibleSign, InterruptibleVerify, Key, KeyAgreement,
    KeyType, Sign, Usage,
};

use crate::case::{Case, Ended, ended, fails, holds};

pub const CASES: [Case; 8] = [
    Case::new("a second algorithm, and work that is counted", || {
        ended(counted())
    }),
    Case::new("PK: keys are read from every form", || ended(read())),
    Case::new("PK: a key of EC signs and is written", || {
        ended(ec(PkType::Ec(Curve::P256)))
    }),
    Case::new("PK: a key of RSA signs and is written", || ended(rsa())),
    Case::new("X.509: a request", || ended(request())),
    Case::new("X.509: certificates and a chain", || ended(chain())),
    Case::new("X.509: names", || ended(names())),
    Case::new("X.509: a certificate of openssl", || ended(openssl())),
];

const SEC1: &str = include_str!("../../../conformance/data/p256/sec1.pem");
const PKCS8: &str = include_str!("../../../conformance/data/p256/pkcs8.pem");
const PUBLIC: &str = include_str!("../../../conformance/data/p256/public.pem");
const CERTIFICATE: &str = include_str!("../../../conformance/data/p256/certificate.pem");

/// A key that agrees and signs, in steps.
fn counted() -> Result<(), Ended> {
    const ECDSA: Sign = Sign::DeterministicEcdsa(Hash::Sha256);
    const ECDH: Algorithm = Algorithm::RawKeyAgreement(KeyAgreement::Ecdh);
    let attributes = Attributes::ecc_key_pair(psa::Curve::P256)
        .usage(Usage::SIGN | Usage::VERIFY | Usage::DERIVE)
        .algorithm(ECDSA.into())
        .enrollment_algorithm(ECDH);
    let key = Key::generate(attributes)?;
    let second = key.attributes()?.permitted_enrollment_algorithm();
    holds(second == ECDH, "another second algorithm")?;
    let public = key.export_public()?;
    drop(key.raw_key_agreement(KeyAgreement::Ecdh, &public)?);

    let known = Attributes::new(KeyType::PasswordHash, 0).usage(Usage::VERIFY_DERIVATION);
    let known = Key::import(known, &[7; 32])?;
    let hkdf = Hkdf {
        hash: Hash::Sha256,
        salt: b"",
        info: b"",
    };
    let compared = hkdf.derive(b"secret")?.verify_key(&known);
    fails(compared, "what Mbed TLS does not have was done")?;

    let mut hash = [0; 32];
    let hash = Hash::Sha256.compute_into(b"message", &mut hash)?;
    let limit = psa::interruptible_get_max_ops();
    let mut signing = InterruptibleSign::start(&key, ECDSA, hash)?;
    let mut signature = [0; 64];
    let Poll::Ready(signature) = signing.step(&mut signature) else {
        return holds(limit != u32::MAX, "a step without a limit did not end");
    };
    let signature = signature?;
    let mut verifying = InterruptibleVerify::start(&key, ECDSA, hash, signature)?;
    let counted = verifying.get_num_ops() == 0 && signing.get_num_ops() > 0;
    if let Poll::Ready(verified) = verifying.step() {
        verified?;
    }
    holds(counted, "work was not counted")
}

fn read() -> Result<(), Ended> {
    let public = Pk::parse_public_key(PUBLIC.as_bytes())?;
    for pem in [SEC1, PKCS8] {
        let key = Pk::parse_key(pem.as_bytes(), None)?;
        key.check_pair(&public)?;
        let again = Pk::parse_key(&key.key_der()?, None)?;
        again.check_pair(&public)?;
    }
    fails(
        Pk::parse_key(CERTIFICATE.as_bytes(), None),
        "a certificate was read as a key",
    )
}

fn ec(key_type: PkType) -> Result<(), Ended> {
    let key = Pk::generate(key_type)?;
    holds(key.key_type()? == key_type, "a key of another type")?;
    signs(&key)?;
    let public = Pk::parse_public_key(key.pubkey_pem()?.as_bytes())?;
    key.check_pair(&public)?;
    let again = Pk::parse_key(key.key_pem()?.as_bytes(), None)?;
    again.check_pair(&public)?;
    let other = Pk::generate(key_type)?;
    fails(other.check_pair(&public), "two keys are one")
}

fn rsa() -> Result<(), Ended> {
    const RSA: &str = include_str!("../../../conformance/data/rsa/pkcs8.pem");
    let key = Pk::parse_key(RSA.as_bytes(), None)?;
    signs(&key)?;
    let public = Pk::parse_public_key(&key.pubkey_der()?)?;
    Ok(key.check_pair(&public)?)
}

fn signs(key: &Pk<'_>) -> Result<(), Ended> {
    let signature = key.sign_message(Md::Sha256, b"message")?;
    key.verify_message(Md::Sha256, b"message", &signature)?;
    let wrong = key.verify_message(Md::Sha256, b"another", &signature);
    fails(wrong, "a wrong signature verified")
}

fn request() -> Result<(), Ended> {
    let key = Pk::generate(PkType::Ec(Curve::P256))?;
    let subject: Name = "C=DE,O=Example,CN=device-0001".parse()?;
    let names = [
        AltName::Dns("device-0001.example.org"),
        AltName::Ip([192, 0, 2, 1].into()),
    ];
    let builder = CsrBuilder::new(&key, &subject)
        .alt_names(&names)
        .key_usage(KeyUsage::DIGITAL_SIGNATURE);
    for form in [builder.pem()?.into_bytes(), builder.der()?] {
        let csr = Csr::parse(&form)?;
        csr.verify()?;
        key.check_pair(&csr.public_key()?)?;
        holds(
            csr.subject().to_string() == "C=DE, O=Example, CN=device-0001",
            "another subject",
        )?;
    }
    let mut der = builder.der()?;
    if let Some(last) = der.last_mut() {
        *last ^= 1;
    }
    let csr = Csr::parse(&der)?;
    fails(csr.verify(), "a wrong signature verified")
}

fn chain() -> Result<(), Ended> {
    let (from, to) = (
        Time::new(2025, 1, 1, 0, 0, 0)?,
        Time::new(2049, 12, 31, 0, 0, 0)?,
    );
    let authority = |name: &str| -> Result<_, Ended> {
        let key = Pk::generate(PkType::Ec(Curve::P256))?;
        let ca = CertificateBuilder::self_signed(&key, &name.parse()?, from, to).authority(None);
        let ca = Certificate::parse(&ca.der()?)?;
        Ok((key, ca))
    };
    let (ca_key, ca) = authority("CN=Example CA")?;
    let (_, other) = authority("CN=Example CA")?;
    let key = Pk::generate(PkType::Ec(Curve::P256))?;
    let names = [AltName::Dns("device.example.org")];
    let pem = CertificateBuilder::issued_by(&ca, &ca_key, &key, &"CN=device".parse()?, from, to)?
        .alt_names(&names)
        .key_usage(KeyUsage::DIGITAL_SIGNATURE)
        .purposes(&[Purpose::ServerAuth])
        .pem()?;
    let certificate = Certificate::parse(pem.as_bytes())?;
    certificate.check_key(&key)?;
    certificate.verify(&ca, Some("device.example.org"))?;
    fails(
        certificate.verify(&ca, Some("another.example.org")),
        "another's name was taken",
    )?;
    fails(
        certificate.verify(&other, None),
        "another's signature verified",
    )
}

fn names() -> Result<(), Ended> {
    "C=DE,O=Example\\, Ltd.,OU=a,CN=device-0001".parse::<Name>()?;
    fails("CN".parse::<Name>(), "half a name was taken")
}

fn openssl() -> Result<(), Ended> {
    let certificate = Certificate::parse(CERTIFICATE.as_bytes())?;
    let key = Pk::parse_key(PKCS8.as_bytes(), None)?;
    certificate.check_key(&key)?;
    let half_bad = [CERTIFICATE, &CERTIFICATE.replace("MII", "AII")].concat();
    fails(
        Certificate::parse(half_bad.as_bytes()),
        "a damaged certificate was read",
    )
}
