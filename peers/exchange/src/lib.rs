//! What the peers are asked to do, and how they answer: one JSON object a line, in files.
//!
//! A peer is a program that gets two paths: it reads tasks from the first and writes as many answers to the second.

use std::fmt;
use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use serde::{Deserialize, Serialize};

/// Bytes, in hexadecimal in the files.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bytes(#[serde(with = "hex::serde")] pub Vec<u8>);

/// Keys and secrets too: these are made for the comparison, and are in its files.
impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(&self.0))
    }
}

impl<T: AsRef<[u8]> + ?Sized> From<&T> for Bytes {
    fn from(bytes: &T) -> Self {
        Self(bytes.as_ref().to_vec())
    }
}

impl std::ops::Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($variant:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[allow(missing_docs, reason = "the names are the field's")]
        pub enum $name {
            $($variant,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];
        }
    };
}

names! {
    /// A hash.
    Hash { Md5, Ripemd160, Sha1, Sha224, Sha256, Sha384, Sha512, Sha3_224, Sha3_256, Sha3_384, Sha3_512, }
}
names! {
    /// An authenticated cipher with its longest tag; the key says how many bits AES has.
    Aead { AesGcm, AesCcm, ChaCha20Poly1305, }
}
names! {
    /// A type of key pair.
    Kind { P256, P384, P521, Secp256k1, BrainpoolP256r1, X25519, Rsa2048, }
}
names! {
    /// How a private key is written: as the PSA Crypto API has it (scalar, PKCS#1), as the older files, as PKCS#8.
    Form { Raw, Der, Pem, Pkcs8Der, Pkcs8Pem, }
}
names! {
    /// How a public key is written: as the PSA Crypto API has it (point, PKCS#1), as `SubjectPublicKeyInfo`.
    PublicForm { Raw, Der, Pem, }
}
names! {
    /// How a message is signed. ECDSA signatures are r and s, one after the other.
    Scheme { Ecdsa, DeterministicEcdsa, RsaPkcs1v15, RsaPss, }
}
names! {
    /// How something is encrypted with RSA; OAEP is with SHA-256.
    Encryption { Pkcs1v15, Oaep, }
}

/// A MAC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mac {
    /// HMAC with this hash.
    Hmac(Hash),
    /// CMAC with AES.
    Cmac,
}

/// A private key.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Private {
    /// Its type.
    pub kind: Kind,
    /// How `data` is written.
    pub form: Form,
    /// The key.
    pub data: Bytes,
}

/// A public key.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Public {
    /// Its type.
    pub kind: Kind,
    /// How `data` is written.
    pub form: PublicForm,
    /// The key.
    pub data: Bytes,
}

/// What a peer is asked to do. The answer is bytes unless it says otherwise.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names are the field's")]
pub enum Task {
    Hash {
        hash: Hash,
        input: Bytes,
    },
    Mac {
        mac: Mac,
        key: Bytes,
        input: Bytes,
    },
    /// Answers whether the MAC is right.
    VerifyMac {
        mac: Mac,
        key: Bytes,
        input: Bytes,
        tag: Bytes,
    },
    /// Answers ciphertext and tag.
    Encrypt {
        aead: Aead,
        key: Bytes,
        nonce: Bytes,
        additional: Bytes,
        plaintext: Bytes,
    },
    /// Answers the plaintext, or that the ciphertext is rejected.
    Decrypt {
        aead: Aead,
        key: Bytes,
        nonce: Bytes,
        additional: Bytes,
        ciphertext: Bytes,
    },
    Hkdf {
        hash: Hash,
        salt: Bytes,
        secret: Bytes,
        info: Bytes,
        len: usize,
    },
    /// Answers a new private key, raw.
    Generate {
        kind: Kind,
    },
    /// Answers the private key in another form.
    Export {
        key: Private,
        form: Form,
    },
    /// Answers the public half in this form.
    PublicOf {
        key: Private,
        form: PublicForm,
    },
    /// Answers the public key in another form.
    ExportPublic {
        key: Public,
        form: PublicForm,
    },
    /// Answers the secret that two keys share; the public one is raw.
    Agree {
        key: Private,
        peer: Bytes,
    },
    Sign {
        key: Private,
        scheme: Scheme,
        hash: Hash,
        message: Bytes,
    },
    /// Answers whether the signature is right.
    Verify {
        key: Public,
        scheme: Scheme,
        hash: Hash,
        message: Bytes,
        signature: Bytes,
    },
    /// Encrypts with a public key.
    Seal {
        key: Public,
        encryption: Encryption,
        plaintext: Bytes,
    },
    /// Decrypts with a private key.
    Open {
        key: Private,
        encryption: Encryption,
        ciphertext: Bytes,
    },
}

impl fmt::Display for Task {
    /// What of a library the task needs: the name of a line in the table of what peers lack.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hash { hash, .. } => write!(f, "hash {hash:?}"),
            Self::Mac { mac, .. } | Self::VerifyMac { mac, .. } => match mac {
                Mac::Hmac(hash) => write!(f, "mac Hmac{hash:?}"),
                Mac::Cmac => write!(f, "mac Cmac"),
            },
            Self::Encrypt { aead, .. } | Self::Decrypt { aead, .. } => write!(f, "aead {aead:?}"),
            Self::Hkdf { hash, .. } => write!(f, "hkdf {hash:?}"),
            Self::Generate { kind } => write!(f, "generate {kind:?}"),
            Self::Export { key, form } => {
                write!(f, "private {:?} {:?} to {form:?}", key.kind, key.form)
            }
            Self::PublicOf { key, form } => write!(f, "half {:?} to {form:?}", key.kind),
            Self::ExportPublic { key, form } => {
                write!(f, "public {:?} {:?} to {form:?}", key.kind, key.form)
            }
            Self::Agree { key, .. } => write!(f, "agree {:?}", key.kind),
            Self::Sign { key, scheme, .. } => write!(f, "sign {:?} {scheme:?}", key.kind),
            Self::Verify { key, scheme, .. } => write!(f, "verify {:?} {scheme:?}", key.kind),
            Self::Seal { encryption, .. } | Self::Open { encryption, .. } => {
                write!(f, "encryption {encryption:?}")
            }
        }
    }
}

/// What a peer answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// The output.
    Bytes(Bytes),
    /// A signature, MAC or ciphertext is right.
    Accepted,
    /// A signature, MAC or ciphertext is wrong.
    Rejected,
    /// The library does not have this.
    NotOffered,
    /// The library says that it failed.
    Failed(String),
}

impl Answer {
    /// The answer that holds this output.
    #[must_use]
    pub fn bytes(output: impl AsRef<[u8]>) -> Self {
        Self::Bytes(Bytes::from(&output))
    }

    /// The answer to a verification that gave `result`, of whose errors one means that it does not match.
    pub fn verified<E: fmt::Display>(
        result: std::result::Result<(), E>,
        mismatch: impl FnOnce(&E) -> bool,
    ) -> Self {
        match result {
            Ok(()) => Self::Accepted,
            Err(error) if mismatch(&error) => Self::Rejected,
            Err(error) => Self::Failed(error.to_string()),
        }
    }
}

/// The main function of a peer: answers every task of the first file in the second.
///
/// # Errors
/// When a file cannot be read or written, or is not what it should be.
pub fn serve(mut answer: impl FnMut(&Task) -> Answer) -> Result<()> {
    let paths: Vec<_> = std::env::args_os().skip(1).collect();
    let [tasks, answers] = &paths[..] else {
        bail!("two paths are wanted: the file of tasks, and that for the answers");
    };
    let tasks: Vec<Task> = read(tasks.as_ref())?;
    write(answers.as_ref(), tasks.iter().map(&mut answer))
}

/// Reads a file of tasks or answers.
///
/// # Errors
/// When it cannot be read, or is not what it should be.
pub fn read<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<Vec<T>> {
    let file = File::open(path).with_context(|| path.display().to_string())?;
    BufReader::new(file)
        .lines()
        .map(|line| serde_json::from_str(&line?).with_context(|| path.display().to_string()))
        .collect()
}

/// Writes a file of tasks or answers.
///
/// # Errors
/// When it cannot be written.
pub fn write<T: Serialize>(path: &Path, items: impl Iterator<Item = T>) -> Result<()> {
    let mut file = BufWriter::new(File::create(path).with_context(|| path.display().to_string())?);
    for item in items {
        serde_json::to_writer(&mut file, &item)?;
        file.write_all(b"\n")?;
    }
    Ok(file.flush()?)
}
