//! No `Debug` prints a secret: each type of `psa` that holds one, made of one that is known, and printed.
#![cfg(feature = "full")]

use digest::Update as _;
use psa::state::{NeedsIv, NeedsNonce};
use psa::{
    Aead, AeadOperation, Agreement, Algorithm, Attributes, Cipher, CipherOperation, Curve, Decrypt,
    Encrypt, Hash, HashOperation, Hkdf, InterruptibleSign, InterruptibleVerify, Jpake, JpakeRole,
    Key, KeyAgreement, KeyDerivation, KeyDerivationOperation, KeyDerivationStep, KeyType, Mac,
    MacSignOperation, MacVerifyOperation, Pake, Secret, Sign, Usage,
};
use rustls::{SignatureScheme, sign::SigningKey as _};
use std::collections::BTreeSet;
use std::fmt::{self, Debug};
use std::path::Path;

/// Types without a secret, by their file: what is public, names of algorithms and of policies, errors. Builders of key
/// derivations are among them: they take the secret when they derive.
const WITHOUT_SECRETS: &[(&str, &[&str])] = &[
    ("algorithm.rs", &["$name", "Algorithm"]),
    ("algorithm/aead.rs", &["AeadKind", "Aead"]),
    ("algorithm/derivation.rs", &["KeyDerivation"]),
    ("algorithm/encryption.rs", &["AsymmetricEncryption"]),
    ("algorithm/length.rs", &["TagLength"]),
    ("algorithm/mac.rs", &["MacKind", "Mac"]),
    ("algorithm/sign.rs", &["Sign", "SignAnyHash"]),
    ("attestation.rs", &["Challenge"]),
    (
        "attestation/claims.rs",
        &[
            "Claims",
            "Profile",
            "SoftwareComponent",
            "Lifecycle",
            "LifecycleState",
        ],
    ),
    ("attestation/error.rs", &["Claim", "TokenError"]),
    ("attestation/token.rs", &["Token"]),
    (
        "csr/extensions.rs",
        &[
            "AltName",
            "KeyUsage",
            "ExtendedKeyUsage",
            "Extensions",
            "Write",
        ],
    ),
    ("csr/subject.rs", &["Subject"]),
    (
        "csr/subject/error.rs",
        &["SubjectError", "SubjectErrorKind"],
    ),
    ("ecosystem/aead.rs", &["$name"]),
    ("ecosystem/digest/algorithm.rs", &["$name"]),
    ("ecosystem/rand_core.rs", &["Rng"]),
    ("ecosystem/signature/bytes.rs", &["$name"]),
    ("error.rs", &["Error"]),
    ("format/algorithm.rs", &["KeyAlgorithm"]),
    ("key/attributes.rs", &["Attributes"]),
    ("key/custom.rs", &["CustomKeyParameters"]),
    ("key/id.rs", &["KeyId"]),
    ("key/lifetime.rs", &["Lifetime", "Persistence", "Location"]),
    ("key/policy.rs", &["Policy"]),
    ("key/scheme.rs", &["Scheme"]),
    ("key/types.rs", &["KeyType", "$name", "Curve"]),
    ("key/usage.rs", &["Usage"]),
    ("operation/derivation.rs", &["KeyDerivationStep"]),
    ("operation/jpake.rs", &["JpakeRole", "JpakeShare"]),
    (
        "operation/kdf.rs",
        &[
            "Hkdf",
            "HkdfExtract",
            "HkdfExpand",
            "Tls12Prf",
            "Tls12PskToMs",
            "Tls12EcjpakeToPms",
            "Pbkdf2Hmac",
            "Pbkdf2AesCmacPrf128",
        ],
    ),
    ("storage/types.rs", &["Uid", "Flags", "Info"]),
];

/// As many bytes of a secret as a text must not have in a row, in numbers.
const WINDOW: usize = 4;
/// The same of characters, of which words are made.
const TEXT_WINDOW: usize = 8;

/// What must not be printed.
struct Secrets(Vec<Vec<u8>>);

impl Secrets {
    /// Whether a text has a part of a secret: as it is, escaped, in hexadecimal or in numbers.
    fn are_in(&self, text: &str) -> bool {
        let plain: String = text.split_whitespace().collect();
        let plain = plain.to_lowercase().replace("0x", "");
        let shown = |window: &[u8]| {
            let joined = |form: &dyn Fn(&u8) -> String, between: &str| {
                let parts: Vec<_> = window.iter().map(form).collect();
                plain.contains(&parts.join(between))
            };
            let hex = |byte: &u8| format!("{byte:02x}");
            ["", ",", ":"].iter().any(|between| joined(&hex, between))
                || joined(&|byte| format!("{byte:x}"), ",")
                || joined(&u8::to_string, ",")
        };
        let raw = |window: &[u8]| {
            text.contains(&window.escape_ascii().to_string())
                || std::str::from_utf8(window).is_ok_and(|window| text.contains(window))
        };
        self.0
            .iter()
            .any(|secret| secret.windows(TEXT_WINDOW).any(raw) || secret.windows(WINDOW).any(shown))
    }
}

/// What was looked at.
struct Table {
    secrets: Secrets,
    seen: BTreeSet<String>,
}

impl Table {
    fn see(&mut self, name: &str, value: &(impl Debug + ?Sized)) {
        for text in [
            format!("{value:?}"),
            format!("{value:#?}"),
            format!("{value:x?}"),
            format!("{value:#X?}"),
        ] {
            assert!(!self.secrets.are_in(&text), "{name} prints {text}");
        }
        self.seen.insert(name.to_owned());
    }
}

/// The bytes of every secret: a private key of P-256 too.
fn secret() -> Vec<u8> {
    (0..32_u8)
        .map(|place| place.wrapping_mul(73).wrapping_add(41))
        .collect()
}

fn key(attributes: Attributes, algorithm: impl Into<Algorithm>) -> Key {
    psa::init().unwrap();
    let usage = Usage::EXPORT
        | Usage::ENCRYPT
        | Usage::DECRYPT
        | Usage::SIGN
        | Usage::VERIFY
        | Usage::DERIVE;
    Key::import(
        attributes.usage(usage).algorithm(algorithm.into()),
        &secret(),
    )
    .unwrap()
}

fn symmetric(key_type: KeyType, algorithm: impl Into<Algorithm>) -> Key {
    key(Attributes::new(key_type, 256), algorithm)
}

const ECDSA: Sign = Sign::Ecdsa(Hash::Sha256);
const P256: Attributes = Attributes::ecc_key_pair(Curve::P256);

#[test]
fn no_type_prints_a_secret() {
    let key = key(P256, ECDSA);
    let pem = key.private_key_pem().unwrap();
    let mut secrets = vec![secret(), pem.as_bytes()[32..96].to_vec()];
    // What comes of the secret is secret too.
    let hkdf = Hkdf {
        hash: Hash::Sha256,
        salt: b"salt",
        info: b"info",
    };
    let root = symmetric(KeyType::Derive, KeyDerivation::Hkdf(Hash::Sha256));
    let derived = hkdf.derive(&root).unwrap().output_bytes(32).unwrap();
    secrets.push(derived.to_vec());
    let mut table = Table {
        secrets: Secrets(secrets),
        seen: BTreeSet::new(),
    };

    keys(&mut table, &key);
    operations(&mut table, &key);
    ciphers(&mut table);
    derivations(&mut table, &root, hkdf);
    agreements(&mut table);
    ecosystem(&mut table, key);

    for (file, names) in WITHOUT_SECRETS {
        let names = names.iter().map(|name| format!("{file} {name}"));
        for name in names {
            assert!(table.seen.insert(name.clone()), "{name} stands here twice");
        }
    }
    // A new type is put into one of the lists.
    assert_eq!(table.seen, types_that_print());
}

fn keys(table: &mut Table, key: &Key) {
    table.see("key.rs Key", key);
    table.see("csr.rs Csr", &key.csr("CN=device").unwrap());
    let mut buffer = [0; 512];
    table.see("secret.rs Secret", &Secret::new(&mut secret()[..]));
    table.see("secret.rs Secret", &key.export_into(&mut buffer).unwrap());
    let pem = key.private_key_pem_into(&mut buffer).unwrap();
    table.see("secret.rs Secret", &pem);
    table.see("secret.rs $name", &key.export().unwrap());
    table.see("secret.rs $name", &key.private_key_pem().unwrap());
}

fn operations(table: &mut Table, key: &Key) {
    let mut hash = HashOperation::new(Hash::Sha256).unwrap();
    hash.update(&secret()).unwrap();
    table.see("operation/hash.rs HashOperation", &hash);

    let hmac = Mac::Hmac(Hash::Sha256);
    let hmac_key = symmetric(KeyType::Hmac, hmac);
    let mut mac = MacSignOperation::new(&hmac_key, hmac).unwrap();
    mac.update(&secret()).unwrap();
    table.see("operation/mac.rs MacSignOperation", &mac);
    let mut mac = MacVerifyOperation::new(&hmac_key, hmac).unwrap();
    mac.update(&secret()).unwrap();
    table.see("operation/mac.rs MacVerifyOperation", &mac);

    let operation = InterruptibleSign::start(key, ECDSA, &secret()).unwrap();
    table.see("operation/interruptible.rs InterruptibleSign", &operation);
    let signature = key.sign_hash(ECDSA, &secret()).unwrap();
    let operation = InterruptibleVerify::start(key, ECDSA, &secret(), &signature).unwrap();
    table.see("operation/interruptible.rs InterruptibleVerify", &operation);
}

fn ciphers(table: &mut Table) {
    let name = "operation/cipher.rs CipherOperation";
    let key = symmetric(KeyType::Aes, Cipher::CbcPkcs7);
    let operation = CipherOperation::<Encrypt, NeedsIv>::new(&key, Cipher::CbcPkcs7).unwrap();
    table.see(name, &operation);
    let mut operation = operation.set_iv(&[7; 16]).unwrap();
    let ciphertext = operation.update(&secret()).unwrap();
    table.see(name, &operation);
    let operation = CipherOperation::<Decrypt, NeedsIv>::new(&key, Cipher::CbcPkcs7).unwrap();
    let mut operation = operation.set_iv(&[7; 16]).unwrap();
    let _plaintext = operation.update(&ciphertext).unwrap();
    table.see(name, &operation);

    let name = "operation/aead.rs AeadOperation";
    let key = symmetric(KeyType::Aes, Aead::Gcm);
    let operation = AeadOperation::<Encrypt, NeedsNonce>::new(&key, Aead::Gcm).unwrap();
    table.see(name, &operation);
    let mut operation = operation.set_nonce(&[7; 12]).unwrap();
    operation.update_ad(&secret()).unwrap();
    table.see(name, &operation);
    let mut operation = operation.begin_data();
    let ciphertext = operation.update(&secret()).unwrap();
    table.see(name, &operation);
    let operation = AeadOperation::<Decrypt, NeedsNonce>::new(&key, Aead::Gcm).unwrap();
    let mut operation = operation.set_nonce(&[7; 12]).unwrap().begin_data();
    let _plaintext = operation.update(&ciphertext).unwrap();
    table.see(name, &operation);
}

fn derivations(table: &mut Table, root: &Key, hkdf: Hkdf<'_>) {
    let mut operation = KeyDerivationOperation::new(KeyDerivation::Hkdf(Hash::Sha256)).unwrap();
    operation
        .input_key(KeyDerivationStep::Secret, root)
        .unwrap();
    table.see("operation/derivation.rs KeyDerivationOperation", &operation);
    let mut output = hkdf.derive(root).unwrap();
    let _derived = output.output_bytes(3).unwrap();
    table.see("operation/derivation.rs KeyDerivationOutput", &output);
    let output = hkdf.derive(&secret()[..]).unwrap();
    table.see("operation/derivation.rs KeyDerivationOutput", &output);
}

fn agreements(table: &mut Table) {
    let ours = key(P256, KeyAgreement::Ecdh);
    let peer = Key::generate(P256).unwrap().export_public().unwrap();
    let shared = ours.raw_key_agreement(KeyAgreement::Ecdh, &peer).unwrap();
    table.secrets.0.push(shared.to_vec());
    table.see("secret.rs $name", &shared);
    let agreement = Agreement {
        algorithm: KeyAgreement::Ecdh,
        private_key: &ours,
        peer_public: &peer,
    };
    table.see("operation/kdf.rs Agreement", &agreement);

    let password = key(Attributes::new(KeyType::Password, 0), Pake::Jpake);
    let (client, from_client) = Jpake::start(JpakeRole::Client, &password).unwrap();
    let (server, from_server) = Jpake::start(JpakeRole::Server, &password).unwrap();
    table.see("operation/jpake.rs Jpake", &client);
    let (client, from_client_too) = client.round_two(&from_server).unwrap();
    let (server, from_server_too) = server.round_two(&from_client).unwrap();
    table.see("operation/jpake.rs JpakeRoundTwo", &client);
    let secret = server.finish(&from_client_too).unwrap();
    let premaster = psa::Tls12EcjpakeToPms.derive(secret).unwrap();
    let premaster = { premaster }.output_bytes(32).unwrap();
    table.secrets.0.push(premaster.to_vec());
    let secret = client.finish(&from_server_too).unwrap();
    table.see("operation/jpake.rs JpakeSecret", &secret);
}

/// What a `Hasher` does when the provider fails, which here it does not.
struct Panic;

impl psa::digest::OnFailure for Panic {
    fn failed(error: psa::Error) -> ! {
        panic!("{error}")
    }
}

fn ecosystem(table: &mut Table, key: Key) {
    let mut hasher = psa::digest::Hasher::<psa::digest::Sha256, Panic>::default();
    hasher.update(&secret());
    table.see("ecosystem/digest.rs Hasher", &hasher);

    let aes = symmetric(KeyType::Aes, Aead::Gcm);
    let sealing = psa::aead::SealingKey::<_, psa::aead::Gcm>::new(aes);
    table.see("ecosystem/aead.rs SealingKey", &sealing);

    let signing = psa::signature::SigningKey::new(&key).unwrap();
    table.see("ecosystem/signature.rs SigningKey", &signing);
    let verifying = psa::signature::VerifyingKey::new(&key).unwrap();
    table.see("ecosystem/signature/verifying.rs VerifyingKey", &verifying);
    let signing = psa::rcgen::SigningKey::new(&key).unwrap();
    table.see("ecosystem/rcgen.rs SigningKey", &signing);
    let signing = psa::rustls::SigningKey::new(key).unwrap();
    table.see("ecosystem/rustls.rs SigningKey", &signing);
    let scheme = signing.choose_scheme(&[SignatureScheme::ECDSA_NISTP256_SHA256]);
    table.see("ecosystem/rustls.rs OneScheme", &*scheme.unwrap());
}

/// Every type of the sources with a `Debug`, derived or not, by file; what macros make is `$name`.
fn types_that_print() -> BTreeSet<String> {
    let sources = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../psa/src"));
    let mut found = BTreeSet::new();
    let mut folders = vec![sources.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let file = path.strip_prefix(sources).unwrap().to_str().unwrap();
            let source = std::fs::read_to_string(&path).unwrap();
            found.extend(names(&source).map(|name| format!("{file} {name}")));
        }
    }
    found
}

fn names(source: &str) -> impl Iterator<Item = String> {
    let lines: Vec<_> = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let code = lines.join("\n");
    let first_word = |text: &str| {
        let end = text.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '$');
        text[..end.unwrap_or(text.len())].to_owned()
    };
    let derived = code.split("#[derive(").skip(1).filter_map(move |after| {
        let (traits, after) = after.split_once(")]")?;
        let mut words = after.split_whitespace();
        words.find(|word| ["struct", "enum", "union"].contains(word))?;
        traits
            .contains("Debug")
            .then(|| first_word(words.next().unwrap()))
    });
    let derived: Vec<_> = derived.collect();
    let written = code.split("Debug for ").skip(1).map(first_word);
    let written: Vec<_> = written.collect();
    derived.into_iter().chain(written)
}

/// The test sees what a careless type would print.
#[test]
fn a_secret_is_seen_in_each_form() {
    struct Hex(Vec<u8>, bool);
    impl Debug for Hex {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            for byte in &self.0 {
                if self.1 {
                    write!(f, "{byte:02X}")?;
                } else {
                    write!(f, "0x{byte:02x}, ")?;
                }
            }
            Ok(())
        }
    }
    let secrets = Secrets(vec![secret(), b"correct horse battery".to_vec()]);
    let bytes = secret();
    let text = String::from_utf8_lossy(&secrets.0[1]).into_owned();
    for careless in [
        format!("{bytes:?}"),
        format!("{bytes:#?}"),
        format!("{bytes:x?}"),
        format!("{bytes:#X?}"),
        format!("{:?}", Some(&bytes[9..13])),
        format!("{:?}", Hex(bytes.clone(), true)),
        format!("{:?}", Hex(bytes.clone(), false)),
        bytes.escape_ascii().to_string(),
        format!("{text:?}"),
    ] {
        assert!(secrets.are_in(&careless), "{careless}");
    }
    assert!(!secrets.are_in("Key { id: 2147483648, .. }"));
}

#[test]
fn types_are_found_in_sources() {
    let source = "
        #[derive(Clone)]
        struct No;
        /// #[derive(Debug)] struct NoExample;
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub struct Yes<'a>(&'a u8);
        impl<T> core::fmt::Debug for Too<T> {}
        #[derive(Debug)] pub enum $name {}
    ";
    let found: Vec<_> = names(source).collect();
    assert_eq!(found, ["Yes", "$name", "Too"]);
}
