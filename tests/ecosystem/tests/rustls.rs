//! TLS of rustls whose client, or server, proves who it is with a key in PSA.

#[path = "../../../psa/tests/common/mod.rs"]
mod common;

use common::{Files, ecdsa_key};
use psa::{Curve, Error, Key};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    SubjectPublicKeyInfo,
};
use rustls::{
    ClientConfig, ClientConnection, ProtocolVersion, RootCertStore, ServerConfig, ServerConnection,
    SupportedProtocolVersion,
    crypto::{CryptoProvider, ring},
    pki_types::{CertificateDer, PrivateKeyDer, ServerName},
    server::WebPkiClientVerifier,
    sign::SingleCertAndKey,
    version::{TLS12, TLS13},
};
use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Command, Stdio},
    sync::Arc,
};

const SUBJECT: &str = "device-0001";
const HOST: &str = "server.example.org";

/// An authority of rcgen's own, whom both sides trust.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    root: rcgen::Certificate,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let root = params.self_signed(&key).unwrap();
        let issuer = Issuer::new(params, key);
        Self { issuer, root }
    }

    /// A certificate for a public key.
    fn issue(&self, key: &impl rcgen::PublicKeyData) -> rcgen::Certificate {
        let mut params = CertificateParams::new(vec![HOST.into()]).unwrap();
        params.distinguished_name.push(DnType::CommonName, SUBJECT);
        params.extended_key_usages = vec![
            ExtendedKeyUsagePurpose::ClientAuth,
            ExtendedKeyUsagePurpose::ServerAuth,
        ];
        params.signed_by(key, &self.issuer).unwrap()
    }

    fn roots(&self) -> Arc<RootCertStore> {
        let mut store = RootCertStore::empty();
        store.add(self.root.der().clone()).unwrap();
        Arc::new(store)
    }
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

/// A resolver for a key in PSA; its certificate.
fn in_psa(authority: &Authority, key: Key) -> (Arc<SingleCertAndKey>, CertificateDer<'static>) {
    let certificate = authority.issue(&public_half(&key)).der().clone();
    let certified = psa::rustls::certified_key(key, vec![certificate.clone()]).unwrap();
    certified.keys_match().unwrap();
    (Arc::new(certified.into()), certificate)
}

/// The public half, as an authority gets it in a request.
fn public_half(key: &Key) -> SubjectPublicKeyInfo {
    SubjectPublicKeyInfo::from_der(&key.public_key_der().unwrap()).unwrap()
}

fn client(
    authority: &Authority,
    resolver: Arc<SingleCertAndKey>,
    versions: &[&'static SupportedProtocolVersion],
) -> ClientConfig {
    ClientConfig::builder_with_provider(provider())
        .with_protocol_versions(versions)
        .unwrap()
        .with_root_certificates(authority.roots())
        .with_client_cert_resolver(resolver)
}

/// A server that wants a client's certificate.
fn server(
    authority: &Authority,
    resolver: Option<Arc<SingleCertAndKey>>,
    versions: &[&'static SupportedProtocolVersion],
) -> ServerConfig {
    let verifier =
        WebPkiClientVerifier::builder_with_provider(authority.roots(), provider()).build();
    let builder = ServerConfig::builder_with_provider(provider())
        .with_protocol_versions(versions)
        .unwrap()
        .with_client_cert_verifier(verifier.unwrap());
    if let Some(resolver) = resolver {
        return builder.with_cert_resolver(resolver);
    }
    let key = KeyPair::generate().unwrap();
    let certificate = authority.issue(&key).der().clone();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    builder.with_single_cert(vec![certificate], key).unwrap()
}

/// Carries what each side wrote to the other until nobody has anything to say.
fn handshake(
    client: ClientConfig,
    server: ServerConfig,
) -> Result<(ClientConnection, ServerConnection), rustls::Error> {
    let name = ServerName::try_from(HOST).unwrap();
    let mut client = ClientConnection::new(Arc::new(client), name).unwrap();
    let mut server = ServerConnection::new(Arc::new(server)).unwrap();
    while client.wants_write() || server.wants_write() {
        let mut wire = Vec::new();
        while client.wants_write() {
            client.write_tls(&mut wire).unwrap();
        }
        let mut rest = &wire[..];
        while !rest.is_empty() {
            server.read_tls(&mut rest).unwrap();
            server.process_new_packets()?;
        }
        let mut wire = Vec::new();
        while server.wants_write() {
            server.write_tls(&mut wire).unwrap();
        }
        let mut rest = &wire[..];
        while !rest.is_empty() {
            client.read_tls(&mut rest).unwrap();
            client.process_new_packets()?;
        }
    }
    Ok((client, server))
}

/// The keys that can authenticate in TLS 1.3, with ring on the other side.
fn keys() -> Vec<Key> {
    vec![
        ecdsa_key(Curve::P256),
        #[cfg(feature = "full")]
        ecdsa_key(Curve::P384),
        #[cfg(feature = "full")]
        rsa_key(psa::Algorithm::SignAnyHash(psa::SignAnyHash::RsaPss)),
        #[cfg(feature = "full")]
        rsa_key(psa::Sign::RsaPss(psa::Hash::Sha384).into()),
    ]
}

#[cfg(feature = "full")]
fn rsa_key(algorithm: psa::Algorithm) -> Key {
    psa::init().unwrap();
    let attributes = psa::Attributes::from_file()
        .usage(psa::Usage::SIGN)
        .algorithm(algorithm);
    Key::import_pem(attributes, common::openssl_text(&["genrsa", "2048"], "")).unwrap()
}

#[test]
fn a_client_authenticates_in_tls13_with_a_key_in_psa() {
    let authority = Authority::new();
    for key in keys() {
        let (resolver, certificate) = in_psa(&authority, key);
        let client = client(&authority, resolver, &[&TLS13]);
        let (mut client, mut server) =
            handshake(client, server(&authority, None, &[&TLS13])).unwrap();
        assert!(!client.is_handshaking() && !server.is_handshaking());
        assert_eq!(server.protocol_version(), Some(ProtocolVersion::TLSv1_3));
        assert_eq!(server.peer_certificates(), Some(&[certificate][..]));

        // Data goes over what they negotiated.
        client.writer().write_all(b"hello").unwrap();
        let mut wire = Vec::new();
        client.write_tls(&mut wire).unwrap();
        server.read_tls(&mut &wire[..]).unwrap();
        server.process_new_packets().unwrap();
        let mut received = [0; 5];
        server.reader().read_exact(&mut received).unwrap();
        assert_eq!(&received, b"hello");
    }
}

#[test]
fn a_server_authenticates_with_a_key_in_psa() {
    let authority = Authority::new();
    for version in [&TLS12, &TLS13] {
        let (resolver, _) = in_psa(&authority, ecdsa_key(Curve::P256));
        let (in_server, certificate) = in_psa(&authority, ecdsa_key(Curve::P256));
        let client = client(&authority, resolver, &[version]);
        let (client, server) =
            handshake(client, server(&authority, Some(in_server), &[version])).unwrap();
        assert_eq!(server.protocol_version(), Some(version.version));
        assert_eq!(client.peer_certificates(), Some(&[certificate][..]));
    }
}

#[test]
#[cfg(feature = "full")]
fn tls12_takes_rsa_with_the_old_padding_and_tls13_does_not() {
    let authority = Authority::new();
    let pkcs1 = || rsa_key(psa::Algorithm::SignAnyHash(psa::SignAnyHash::RsaPkcs1v15));
    let (resolver, certificate) = in_psa(&authority, pkcs1());
    let (_, server_12) = handshake(
        client(&authority, resolver, &[&TLS12]),
        server(&authority, None, &[&TLS12]),
    )
    .unwrap();
    assert_eq!(server_12.peer_certificates(), Some(&[certificate][..]));
    let (resolver, _) = in_psa(&authority, pkcs1());
    let refused = handshake(
        client(&authority, resolver, &[&TLS13]),
        server(&authority, None, &[&TLS13]),
    );
    assert_eq!(refused.err(), Some(rustls::Error::NoCertificatesPresented));
}

#[test]
fn a_client_whose_certificate_is_of_another_authority_is_refused() {
    let (authority, other) = (Authority::new(), Authority::new());
    let (resolver, _) = in_psa(&other, ecdsa_key(Curve::P256));
    let client = client(&authority, resolver, &[&TLS13]);
    let refused = handshake(client, server(&authority, None, &[&TLS13]));
    let Err(error) = refused else {
        panic!("the server accepts a client of an authority that it does not know");
    };
    assert!(
        matches!(error, rustls::Error::InvalidCertificate(_)),
        "{error}"
    );
}

#[test]
fn a_certificate_of_another_key_is_found_before_the_handshake() {
    let authority = Authority::new();
    let (key, other) = (ecdsa_key(Curve::P256), ecdsa_key(Curve::P256));
    let certificate = authority.issue(&public_half(&other)).der().clone();
    let certified = psa::rustls::certified_key(key, vec![certificate]);
    assert_eq!(certified.err(), Some(Error::DifferentKey));
}

#[test]
fn openssl_s_server_accepts_a_client_whose_key_is_in_psa() {
    let authority = Authority::new();
    let files = Files::new();
    let server_key = KeyPair::generate().unwrap();
    let root = files.write("root.pem", authority.root.pem());
    let certificate = files.write("server.pem", authority.issue(&server_key).pem());
    let private = files.write("server.key", server_key.serialize_pem());
    for key in keys() {
        let (resolver, _) = in_psa(&authority, key);
        let mut child = Command::new("openssl")
            .args([
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-naccept",
                "1",
                "-tls1_3",
            ])
            .args(["-cert", &certificate, "-key", &private, "-CAfile", &root])
            .args(["-Verify", "1", "-verify_return_error", "-rev"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("this test needs the program openssl: install it (apt-get install openssl)");
        let mut output = BufReader::new(child.stdout.take().expect("piped"));
        let port = port(&mut output);

        let name = ServerName::try_from(HOST).unwrap();
        let config = client(&authority, resolver, &[&TLS13]);
        let mut connection = ClientConnection::new(Arc::new(config), name).unwrap();
        let mut socket = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let mut stream = rustls::Stream::new(&mut connection, &mut socket);
        // With -rev the server answers each line backwards, which it does only to clients that it has verified.
        stream.write_all(b"hello\n").unwrap();
        let mut answer = [0; 6];
        stream.read_exact(&mut answer).unwrap();
        assert_eq!(&answer, b"olleh\n");
        assert_eq!(
            connection.protocol_version(),
            Some(ProtocolVersion::TLSv1_3)
        );
        drop(socket);
        drop(output);
        let report = child.wait_with_output().unwrap().stderr;
        let report = String::from_utf8(report).unwrap();
        for line in ["Protocol version: TLSv1.3", "Peer certificate: CN"] {
            assert!(report.contains(line), "no {line:?} in\n{report}");
        }
    }
}

/// The port that the server chose: it says `ACCEPT 127.0.0.1:port`.
fn port(output: &mut impl std::io::BufRead) -> u16 {
    for line in output.lines() {
        let line = line.unwrap();
        if let Some(address) = line.strip_prefix("ACCEPT ") {
            let (_, port) = address.trim().rsplit_once(':').expect("an address");
            return port.parse().expect("a port");
        }
    }
    panic!("openssl s_server did not start");
}
