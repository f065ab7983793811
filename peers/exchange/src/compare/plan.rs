//! What is asked, round by round: what one peer makes, the next round gives to all.

use std::collections::BTreeSet;

use exchange::{
    Aead, Answer, Bytes, Encryption, Form, Hash, Kind, Mac, Private, Public, PublicForm, Scheme,
    Task,
};

use crate::Round;

/// What is known of the right answer.
#[derive(Clone)]
pub enum Expected {
    /// All that answer give the same.
    Same,
    /// This.
    Is(Answer),
    /// Each makes something of its own, which a later round gives to all.
    Fresh,
}

pub struct Job {
    pub task: Task,
    pub expected: Expected,
}

/// Jobs without repetition: two peers often make the same file.
#[derive(Default)]
struct Jobs {
    jobs: Vec<Job>,
    known: BTreeSet<String>,
}

impl Jobs {
    fn push(&mut self, task: Task, expected: Expected) {
        if self.known.insert(format!("{task:?}")) {
            self.jobs.push(Job { task, expected });
        }
    }
}

/// Bytes that look random and are the same in each run (`SplitMix64`).
fn bytes(seed: u64, len: usize) -> Bytes {
    let mut state = seed;
    let mut word = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    let mut output: Vec<u8> = (0..len.div_ceil(8))
        .flat_map(|_| word().to_le_bytes())
        .collect();
    output.truncate(len);
    Bytes(output)
}

/// Lengths around the blocks of hashes and ciphers.
const LENGTHS: [usize; 14] = [0, 1, 15, 16, 17, 55, 63, 64, 65, 111, 127, 128, 129, 1000];

/// What the signatures are of.
fn messages() -> [Bytes; 2] {
    [bytes(1, 0), bytes(2, 100)]
}

/// The same with one bit changed.
fn altered(bytes: &Bytes, at: usize) -> Bytes {
    let mut other = bytes.clone();
    other.0[at] ^= 1;
    other
}

/// Symmetric work, and a key of each kind.
pub fn first() -> Vec<Job> {
    let mut jobs = Jobs::default();
    for (seed, len) in (10..).zip(LENGTHS) {
        let input = bytes(seed, len);
        for hash in Hash::ALL {
            let input = input.clone();
            jobs.push(Task::Hash { hash: *hash, input }, Expected::Same);
        }
        for (mac, key) in mac_keys() {
            let input = input.clone();
            jobs.push(Task::Mac { mac, key, input }, Expected::Same);
        }
        for (aead, key, nonce) in aead_keys() {
            for additional in [0, 13, 64] {
                let task = Task::Encrypt {
                    aead,
                    key: key.clone(),
                    nonce: nonce.clone(),
                    additional: bytes(seed + 1, additional),
                    plaintext: input.clone(),
                };
                jobs.push(task, Expected::Same);
            }
        }
    }
    for hash in Hash::ALL {
        for (salt, secret, info, len) in [
            (0, 1, 0, 1),
            (1, 32, 10, 42),
            (16, 20, 0, 16),
            (80, 80, 80, 82),
            (200, 48, 3, 255),
        ] {
            let task = Task::Hkdf {
                hash: *hash,
                salt: bytes(60, salt),
                secret: bytes(61, secret),
                info: bytes(62, info),
                len,
            };
            jobs.push(task, Expected::Same);
        }
    }
    for kind in Kind::ALL {
        jobs.push(Task::Generate { kind: *kind }, Expected::Fresh);
    }
    jobs.jobs
}

fn mac_keys() -> impl Iterator<Item = (Mac, Bytes)> {
    // Shorter than the hash, as long as its block, longer.
    let hmac = Hash::ALL.iter().flat_map(|hash| {
        [1, 16, 64, 200].map(|len| (Mac::Hmac(*hash), bytes(70 + len as u64, len)))
    });
    hmac.chain([16, 24, 32].map(|len| (Mac::Cmac, bytes(len as u64, len))))
}

fn aead_keys() -> impl Iterator<Item = (Aead, Bytes, Bytes)> {
    let nonce = |len| bytes(90, len);
    let aes = [16, 24, 32].into_iter().flat_map(move |len| {
        let key = bytes(91, len);
        [
            (Aead::AesGcm, key.clone(), nonce(12)),
            (Aead::AesGcm, key.clone(), nonce(16)),
            (Aead::AesCcm, key.clone(), nonce(13)),
            (Aead::AesCcm, key, nonce(7)),
        ]
    });
    aes.chain([(Aead::ChaCha20Poly1305, bytes(92, 32), nonce(12))])
}

/// What each peer answered to a task, when it was an output.
fn outputs(round: &Round) -> impl Iterator<Item = (&Task, &Bytes)> {
    round.jobs.iter().enumerate().flat_map(|(index, job)| {
        let answers = round.answers.iter().map(move |of| &of[index]);
        answers.filter_map(move |answer| match answer {
            Answer::Bytes(bytes) => Some((&job.task, bytes)),
            _ => None,
        })
    })
}

fn scheme_hash(kind: Kind) -> Hash {
    match kind {
        Kind::P384 => Hash::Sha384,
        Kind::P521 => Hash::Sha512,
        _ => Hash::Sha256,
    }
}

fn schemes(kind: Kind) -> &'static [Scheme] {
    match kind {
        Kind::X25519 => &[],
        Kind::Rsa2048 => &[Scheme::RsaPkcs1v15, Scheme::RsaPss],
        _ => &[Scheme::Ecdsa, Scheme::DeterministicEcdsa],
    }
}

/// The private keys that the second round asked about, each with its public half, both raw.
fn pairs(rounds: &[Round]) -> Vec<(&Private, Public)> {
    let halves = outputs(&rounds[1]).filter_map(|(task, output)| match task {
        Task::PublicOf {
            key,
            form: form @ PublicForm::Raw,
        } => Some((
            key,
            Public {
                kind: key.kind,
                form: *form,
                data: output.clone(),
            },
        )),
        _ => None,
    });
    let mut pairs: Vec<(&Private, Public)> = Vec::new();
    for (private, public) in halves {
        let known = |pair: &(&Private, Public)| pair.0.data == private.data;
        if !pairs.iter().any(known) {
            pairs.push((private, public));
        }
    }
    pairs
}

/// Both directions of MACs and ciphers, and what is made of each peer's keys.
pub fn second(rounds: &[Round]) -> Vec<Job> {
    let mut jobs = Jobs::default();
    for (task, output) in outputs(&rounds[0]) {
        match task {
            Task::Mac { mac, key, input } => {
                for (tag, expected) in [
                    (output.clone(), Answer::Accepted),
                    (altered(output, output.len() - 1), Answer::Rejected),
                ] {
                    let task = Task::VerifyMac {
                        mac: *mac,
                        key: key.clone(),
                        input: input.clone(),
                        tag,
                    };
                    jobs.push(task, Expected::Is(expected));
                }
            }
            Task::Encrypt {
                aead,
                key,
                nonce,
                additional,
                plaintext,
            } => {
                for (ciphertext, expected) in [
                    (output.clone(), Answer::Bytes(plaintext.clone())),
                    (altered(output, 0), Answer::Rejected),
                    (altered(output, output.len() - 1), Answer::Rejected),
                ] {
                    let task = Task::Decrypt {
                        aead: *aead,
                        key: key.clone(),
                        nonce: nonce.clone(),
                        additional: additional.clone(),
                        ciphertext,
                    };
                    jobs.push(task, Expected::Is(expected));
                }
            }
            Task::Generate { kind } => with_private(&mut jobs, *kind, output),
            _ => {}
        }
    }
    jobs.jobs
}

/// What can be made of a private key.
fn with_private(jobs: &mut Jobs, kind: Kind, raw: &Bytes) {
    let key = Private {
        kind,
        form: Form::Raw,
        data: raw.clone(),
    };
    for form in Form::ALL {
        let expected = match form {
            Form::Raw => Expected::Is(Answer::Bytes(raw.clone())),
            _ => Expected::Fresh,
        };
        let (key, form) = (key.clone(), *form);
        jobs.push(Task::Export { key, form }, expected);
    }
    for form in PublicForm::ALL {
        let (key, form) = (key.clone(), *form);
        jobs.push(Task::PublicOf { key, form }, Expected::Same);
    }
    for scheme in schemes(kind) {
        for message in messages() {
            let expected = match scheme {
                Scheme::DeterministicEcdsa | Scheme::RsaPkcs1v15 => Expected::Same,
                Scheme::Ecdsa | Scheme::RsaPss => Expected::Fresh,
            };
            let task = Task::Sign {
                key: key.clone(),
                scheme: *scheme,
                hash: scheme_hash(kind),
                message,
            };
            jobs.push(task, expected);
        }
    }
}

/// Every file and signature of one peer to all.
pub fn third(rounds: &[Round]) -> Vec<Job> {
    let mut jobs = Jobs::default();
    for (task, output) in outputs(&rounds[1]) {
        match task {
            Task::Export { key, form } => {
                let task = Task::Export {
                    key: Private {
                        kind: key.kind,
                        form: *form,
                        data: output.clone(),
                    },
                    form: Form::Raw,
                };
                jobs.push(task, Expected::Is(Answer::Bytes(key.data.clone())));
            }
            Task::PublicOf { key, form } => {
                for wanted in PublicForm::ALL {
                    let task = Task::ExportPublic {
                        key: Public {
                            kind: key.kind,
                            form: *form,
                            data: output.clone(),
                        },
                        form: *wanted,
                    };
                    jobs.push(task, Expected::Same);
                }
            }
            _ => {}
        }
    }
    let pairs = pairs(rounds);
    for (private, public) in &pairs {
        if private.kind == Kind::Rsa2048 {
            for encryption in Encryption::ALL {
                let task = Task::Seal {
                    key: public.clone(),
                    encryption: *encryption,
                    plaintext: bytes(3, 48),
                };
                jobs.push(task, Expected::Fresh);
            }
            continue;
        }
        for (other, peer) in &pairs {
            if other.kind == private.kind && other.data != private.data {
                let task = Task::Agree {
                    key: Private::clone(private),
                    peer: peer.data.clone(),
                };
                jobs.push(task, Expected::Same);
            }
        }
    }
    verify(&mut jobs, &rounds[1], &pairs);
    jobs.jobs
}

/// Each signature as it is, altered, and over another message.
fn verify(jobs: &mut Jobs, round: &Round, pairs: &[(&Private, Public)]) {
    for (task, output) in outputs(round) {
        let Task::Sign {
            key,
            scheme,
            hash,
            message,
        } = task
        else {
            continue;
        };
        let Some((_, public)) = pairs.iter().find(|(private, _)| private.data == key.data) else {
            continue;
        };
        let last = output.len() - 1;
        for (signature, message, expected) in [
            (output.clone(), message.clone(), Answer::Accepted),
            (altered(output, last), message.clone(), Answer::Rejected),
            (output.clone(), bytes(4, 20), Answer::Rejected),
        ] {
            let task = Task::Verify {
                key: public.clone(),
                scheme: *scheme,
                hash: *hash,
                message,
                signature,
            };
            jobs.push(task, Expected::Is(expected));
        }
    }
}

/// What one peer encrypted, decrypted by all.
pub fn fourth(rounds: &[Round]) -> Vec<Job> {
    let mut jobs = Jobs::default();
    let pairs = pairs(rounds);
    for (task, output) in outputs(&rounds[2]) {
        let Task::Seal {
            key,
            encryption,
            plaintext,
        } = task
        else {
            continue;
        };
        let Some((private, _)) = pairs.iter().find(|(_, public)| public.data == key.data) else {
            continue;
        };
        let task = Task::Open {
            key: Private::clone(private),
            encryption: *encryption,
            ciphertext: output.clone(),
        };
        jobs.push(task, Expected::Is(Answer::Bytes(plaintext.clone())));
    }
    jobs.jobs
}
