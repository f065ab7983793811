//! A secure side on this host: TF-M's services for cryptography and storage, over the Mbed TLS of this process.

use core::mem::MaybeUninit;
use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use mbedtls_psa::storage;
use mbedtls_psa::sys as c;
use tfm_sys::recorder::{Output, SecureSide};
use tfm_sys::{call_type, handle};

use crate::plan::{Fault, Point, reached};

const NOT_PERMITTED: i32 = c::PSA_ERROR_NOT_PERMITTED;
const BAD_STATE: i32 = c::PSA_ERROR_BAD_STATE;
const NOT_SUPPORTED: i32 = c::PSA_ERROR_NOT_SUPPORTED;
/// `PSA_ERROR_PROGRAMMER_ERROR`.
const PROGRAMMER_ERROR: i32 = -129;

/// Operations that go on at a time, as in TF-M.
const OPERATIONS: usize = 8;

enum Operation {
    Hash(c::psa_hash_operation_t),
    Mac(c::psa_mac_operation_t),
    Cipher(c::psa_cipher_operation_t),
    Aead(c::psa_aead_operation_t),
    Derivation(c::psa_key_derivation_operation_t),
}

impl Operation {
    fn abort(&mut self) {
        // SAFETY: each was zeroed or set up, and nobody else has it.
        unsafe {
            match self {
                Self::Hash(op) => c::psa_hash_abort(op),
                Self::Mac(op) => c::psa_mac_abort(op),
                Self::Cipher(op) => c::psa_cipher_abort(op),
                Self::Aead(op) => c::psa_aead_abort(op),
                Self::Derivation(op) => c::psa_key_derivation_abort(op),
            };
        }
    }
}

/// An operation of C in its initial state.
fn zeroed<T>() -> T {
    // SAFETY: used for operations of C alone, whose initial state is all-bits-zero.
    unsafe { MaybeUninit::zeroed().assume_init() }
}

struct State {
    operations: [Option<Box<Operation>>; OPERATIONS],
    /// Volatile keys that a client made.
    keys: Vec<u32>,
    /// The function whose call failed last, by its number in TF-M.
    failed: Option<u16>,
    /// What calls were answered that nothing let fail.
    answered: BTreeSet<i32>,
}

// SAFETY: operations are data and pointers to memory of their own; whichever thread has the lock uses them.
unsafe impl Send for State {}

/// A secure side that fails when the plan of the calling thread says so: with its status, and without doing anything.
pub struct Secure(Mutex<State>);

impl Secure {
    /// Started, with no operation and no key.
    ///
    /// # Panics
    /// When the core does not start.
    pub fn start() -> Self {
        // SAFETY: no arguments.
        let status = unsafe { c::psa_crypto_init() };
        assert_eq!(status, 0, "the core starts");
        Self(Mutex::new(State {
            operations: [const { None }; OPERATIONS],
            keys: Vec::new(),
            failed: None,
            answered: BTreeSet::new(),
        }))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The statuses that calls were answered since this was asked last, but for those that were let fail.
    pub fn take_answered(&self) -> BTreeSet<i32> {
        std::mem::take(&mut self.state().answered)
    }

    /// What the client has left, operations and volatile keys, ended; and the function that last failed, if one did.
    pub fn end_what_is_left(&self) -> (usize, usize, Option<u16>) {
        let mut state = self.state();
        let mut operations = 0;
        for slot in &mut state.operations {
            if let Some(mut operation) = slot.take() {
                operation.abort();
                operations += 1;
            }
        }
        let mut keys = 0;
        for id in std::mem::take(&mut state.keys) {
            // SAFETY: no pointers.
            keys += usize::from(unsafe { c::psa_destroy_key(id) } == 0);
        }
        (operations, keys, state.failed.take())
    }
}

impl SecureSide for Secure {
    fn call(
        &self,
        service: i32,
        control_word: u32,
        inputs: &[Vec<u8>],
        outputs: &mut [Output],
    ) -> i32 {
        let mut state = self.state();
        if let Some(fault) = reached(Point::Veneer) {
            let function = inputs.first().and_then(|pack| number(pack, 40));
            state.failed = function;
            return match fault {
                Fault::With(status) => status,
                _ => c::PSA_ERROR_GENERIC_ERROR,
            };
        }
        let status = match service {
            handle::CRYPTO => state.crypto(inputs, outputs),
            handle::INTERNAL_TRUSTED_STORAGE | handle::PROTECTED_STORAGE => {
                let call = i32::try_from(control_word & 0xffff).unwrap_or_default();
                stored(call, inputs, outputs).map_or_else(storage::Error::status, |()| 0)
            }
            _ => PROGRAMMER_ERROR,
        };
        state.answered.insert(status);
        status
    }
}

fn number(pack: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(pack.get(at..at + 2)?.try_into().ok()?))
}

fn word(pack: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(pack[at..at + 4].try_into().expect("four bytes"))
}

fn stored(call: i32, inputs: &[Vec<u8>], outputs: &mut [Output]) -> storage::Result<()> {
    let uid = u64::from_le_bytes(inputs[0][..8].try_into().expect("eight bytes"));
    match call {
        call_type::STORAGE_SET => storage::set(uid, &inputs[1], word(&inputs[2], 0)),
        call_type::STORAGE_GET => {
            let mut buffer = vec![0; outputs[0].size()];
            let offset = word(&inputs[1], 0) as usize;
            let got = storage::get_into(uid, offset, &mut buffer)?;
            outputs[0].write(got);
            Ok(())
        }
        call_type::STORAGE_GET_INFO => {
            let info = storage::info(uid)?;
            let size = u32::try_from(info.size).expect("a size");
            outputs[0].write(&[size, size, info.flags].map(u32::to_le_bytes).concat());
            Ok(())
        }
        _ => storage::remove(uid),
    }
}

/// Calls C with an output, and hands on what it wrote.
fn produced(output: &mut Output, call: impl FnOnce(*mut u8, usize, *mut usize) -> i32) -> i32 {
    let mut bytes = vec![0; output.size()];
    let mut length = 0;
    let status = call(bytes.as_mut_ptr(), bytes.len(), &raw mut length);
    if status == 0 {
        output.write(&bytes[..length]);
    }
    status
}

macro_rules! find {
    ($state:ident, $pack:ident, $kind:ident) => {
        match $state.find(word($pack, 8)) {
            Some(Operation::$kind(operation)) => &raw mut *operation,
            _ => return BAD_STATE,
        }
    };
}

impl State {
    fn find(&mut self, handle: u32) -> Option<&mut Operation> {
        let index = (handle as usize).checked_sub(1)?;
        self.operations.get_mut(index)?.as_deref_mut()
    }

    fn close(&mut self, handle: u32, output: &mut Output) {
        if let Some(slot) = (handle as usize)
            .checked_sub(1)
            .and_then(|index| self.operations.get_mut(index))
        {
            *slot = None;
        }
        output.write(&[0; 4]);
    }

    /// Keeps an operation that was set up, and answers its handle.
    fn open(&mut self, mut operation: Box<Operation>, status: i32, output: &mut Output) -> i32 {
        if status != 0 {
            operation.abort();
            output.write(&[0; 4]);
            return status;
        }
        let free = self.operations.iter().position(Option::is_none);
        let Some(index) = free else {
            operation.abort();
            return NOT_PERMITTED;
        };
        self.operations[index] = Some(operation);
        let handle = u32::try_from(index + 1).expect("a handle");
        output.write(&handle.to_le_bytes());
        0
    }

    /// The end of an operation, which a success closes.
    fn end(&mut self, handle: u32, status: i32, output: &mut Output) -> i32 {
        if status == 0 {
            self.close(handle, output);
        } else {
            output.write(&handle.to_le_bytes());
        }
        status
    }

    fn abort(&mut self, handle: u32, output: &mut Output) -> i32 {
        if let Some(operation) = self.find(handle) {
            operation.abort();
        }
        self.close(handle, output);
        0
    }

    fn new_key(
        &mut self,
        attributes: &[u8],
        output: &mut Output,
        make: impl FnOnce(*const c::psa_key_attributes_t, *mut u32) -> i32,
    ) -> i32 {
        if attributes.len() != size_of::<c::psa_key_attributes_t>() {
            return PROGRAMMER_ERROR;
        }
        // SAFETY: as many bytes as the struct has, of which every pattern is a value.
        let attributes: c::psa_key_attributes_t = unsafe {
            attributes
                .as_ptr()
                .cast::<c::psa_key_attributes_t>()
                .read_unaligned()
        };
        let mut id = 0;
        let status = make(&raw const attributes, &raw mut id);
        output.write(&id.to_le_bytes());
        if status == 0 && id >= c::PSA_KEY_ID_VENDOR_MIN {
            self.keys.push(id);
        }
        status
    }

    fn crypto(&mut self, inputs: &[Vec<u8>], outputs: &mut [Output]) -> i32 {
        let pack = &inputs[0][..];
        let Some(function) = number(pack, 40).filter(|_| pack.len() == 56) else {
            return c::PSA_ERROR_GENERIC_ERROR;
        };
        let inputs = &inputs[1..];
        match function >> 8 {
            1 | 2 => self.keys(function, pack, inputs, outputs),
            3 => self.hash(function, pack, inputs, outputs),
            4 => self.mac(function, pack, inputs, outputs),
            5 => self.cipher(function, pack, inputs, outputs),
            6 => self.aead(function, pack, inputs, outputs),
            7 | 8 => asymmetric(function, pack, inputs, outputs),
            9 => self.derivation(function, pack, inputs, outputs),
            _ => NOT_SUPPORTED,
        }
    }

    fn keys(&mut self, function: u16, pack: &[u8], i: &[Vec<u8>], o: &mut [Output]) -> i32 {
        let key = word(pack, 0);
        // SAFETY: each pointer is to a vector or a value of here, with its length, and lives through the call.
        unsafe {
            match function {
                0x100 => produced(&mut o[0], |bytes, size, length| {
                    length.write(size);
                    c::psa_generate_random(bytes, size)
                }),
                0x200 => {
                    let mut attributes: c::psa_key_attributes_t = zeroed();
                    let status = c::psa_get_key_attributes(key, &raw mut attributes);
                    let bytes = (&raw const attributes).cast::<u8>();
                    o[0].write(core::slice::from_raw_parts(bytes, size_of_val(&attributes)));
                    status
                }
                0x203 => self.new_key(&i[0], &mut o[0], |attributes, id| {
                    c::psa_import_key(attributes, i[1].as_ptr(), i[1].len(), id)
                }),
                0x204 => {
                    let status = c::psa_destroy_key(key);
                    if status == 0 {
                        self.keys.retain(|id| *id != key);
                    }
                    status
                }
                0x205 => produced(&mut o[0], |bytes, size, length| {
                    c::psa_export_key(key, bytes, size, length)
                }),
                0x206 => produced(&mut o[0], |bytes, size, length| {
                    c::psa_export_public_key(key, bytes, size, length)
                }),
                0x207 => c::psa_purge_key(key),
                0x208 => self.new_key(&i[0], &mut o[0], |attributes, id| {
                    c::psa_copy_key(key, attributes, id)
                }),
                0x209 => self.new_key(&i[0], &mut o[0], |attributes, id| {
                    c::psa_generate_key(attributes, id)
                }),
                _ => NOT_SUPPORTED,
            }
        }
    }

    fn hash(&mut self, function: u16, pack: &[u8], i: &[Vec<u8>], o: &mut [Output]) -> i32 {
        let (alg, handle) = (word(pack, 4), word(pack, 8));
        // SAFETY: as in `keys`; operations are those of this state, which nobody else uses meanwhile.
        unsafe {
            match function {
                0x300 => produced(&mut o[0], |bytes, size, length| {
                    c::psa_hash_compute(alg, i[0].as_ptr(), i[0].len(), bytes, size, length)
                }),
                0x301 => {
                    c::psa_hash_compare(alg, i[0].as_ptr(), i[0].len(), i[1].as_ptr(), i[1].len())
                }
                0x302 => {
                    let mut new = Box::new(Operation::Hash(zeroed()));
                    let Operation::Hash(operation) = &mut *new else {
                        return BAD_STATE;
                    };
                    let status = c::psa_hash_setup(operation, alg);
                    self.open(new, status, &mut o[0])
                }
                0x303 => {
                    let operation = find!(self, pack, Hash);
                    c::psa_hash_update(operation, i[0].as_ptr(), i[0].len())
                }
                0x304 => {
                    let source = find!(self, pack, Hash);
                    let mut new = Box::new(Operation::Hash(zeroed()));
                    let Operation::Hash(target) = &mut *new else {
                        return BAD_STATE;
                    };
                    let status = c::psa_hash_clone(source, target);
                    self.open(new, status, &mut o[0])
                }
                0x305 => {
                    let operation = find!(self, pack, Hash);
                    let status = produced(&mut o[1], |bytes, size, length| {
                        c::psa_hash_finish(operation, bytes, size, length)
                    });
                    self.end(handle, status, &mut o[0])
                }
                0x306 => {
                    let operation = find!(self, pack, Hash);
                    let status = c::psa_hash_verify(operation, i[0].as_ptr(), i[0].len());
                    self.end(handle, status, &mut o[0])
                }
                0x307 => self.abort(handle, &mut o[0]),
                _ => NOT_SUPPORTED,
            }
        }
    }

    fn mac(&mut self, function: u16, pack: &[u8], i: &[Vec<u8>], o: &mut [Output]) -> i32 {
        let (key, alg, handle) = (word(pack, 0), word(pack, 4), word(pack, 8));
        // SAFETY: as in `hash`.
        unsafe {
            match function {
                0x400 => produced(&mut o[0], |bytes, size, length| {
                    c::psa_mac_compute(key, alg, i[0].as_ptr(), i[0].len(), bytes, size, length)
                }),
                0x401 => c::psa_mac_verify(
                    key,
                    alg,
                    i[0].as_ptr(),
                    i[0].len(),
                    i[1].as_ptr(),
                    i[1].len(),
                ),
                0x402 | 0x403 => {
                    let mut new = Box::new(Operation::Mac(zeroed()));
                    let Operation::Mac(operation) = &mut *new else {
                        return BAD_STATE;
                    };
                    let status = if function == 0x402 {
                        c::psa_mac_sign_setup(operation, key, alg)
                    } else {
                        c::psa_mac_verify_setup(operation, key, alg)
                    };
                    self.open(new, status, &mut o[0])
                }
                0x404 => {
                    let operation = find!(self, pack, Mac);
                    c::psa_mac_update(operation, i[0].as_ptr(), i[0].len())
                }
                0x405 => {
                    let operation = find!(self, pack, Mac);
                    let status = produced(&mut o[1], |bytes, size, length| {
                        c::psa_mac_sign_finish(operation, bytes, size, length)
                    });
                    self.end(handle, status, &mut o[0])
                }
                0x406 => {
                    let operation = find!(self, pack, Mac);
                    let status = c::psa_mac_verify_finish(operation, i[0].as_ptr(), i[0].len());
                    self.end(handle, status, &mut o[0])
                }
                0x407 => self.abort(handle, &mut o[0]),
                _ => NOT_SUPPORTED,
            }
        }
    }

    fn cipher(&mut self, function: u16, pack: &[u8], i: &[Vec<u8>], o: &mut [Output]) -> i32 {
        let (key, alg, handle) = (word(pack, 0), word(pack, 4), word(pack, 8));
        // SAFETY: as in `hash`.
        unsafe {
            match function {
                0x500 => produced(&mut o[0], |bytes, size, length| {
                    c::psa_cipher_encrypt(key, alg, i[0].as_ptr(), i[0].len(), bytes, size, length)
                }),
                0x501 => produced(&mut o[0], |bytes, size, length| {
                    c::psa_cipher_decrypt(key, alg, i[0].as_ptr(), i[0].len(), bytes, size, length)
                }),
                0x502 | 0x503 => {
                    let mut new = Box::new(Operation::Cipher(zeroed()));
                    let Operation::Cipher(operation) = &mut *new else {
                        return BAD_STATE;
                    };
                    let status = if function == 0x502 {
                        c::psa_cipher_encrypt_setup(operation, key, alg)
                    } else {
                        c::psa_cipher_decrypt_setup(operation, key, alg)
                    };
                    self.open(new, status, &mut o[0])
                }
                0x504 => {
                    let operation = find!(self, pack, Cipher);
                    produced(&mut o[0], |bytes, size, length| {
                        c::psa_cipher_generate_iv(operation, bytes, size, length)
                    })
                }
                0x505 => {
                    let operation = find!(self, pack, Cipher);
                    c::psa_cipher_set_iv(operation, i[0].as_ptr(), i[0].len())
                }
                0x506 => {
                    let operation = find!(self, pack, Cipher);
                    produced(&mut o[0], |bytes, size, length| {
                        let (data, len) = (i[0].as_ptr(), i[0].len());
                        c::psa_cipher_update(operation, data, len, bytes, size, length)
                    })
                }
                0x507 => {
                    let operation = find!(self, pack, Cipher);
                    let status = produced(&mut o[1], |bytes, size, length| {
                        c::psa_cipher_finish(operation, bytes, size, length)
                    });
                    self.end(handle, status, &mut o[0])
                }
                0x508 => self.abort(handle, &mut o[0]),
                _ => NOT_SUPPORTED,
            }
        }
    }

    fn aead(&mut self, function: u16, pack: &[u8], i: &[Vec<u8>], o: &mut [Output]) -> i32 {
        let (key, alg, handle) = (word(pack, 0), word(pack, 4), word(pack, 8));
        let nonce = &pack[20..20 + (word(pack, 36) as usize).min(16)];
        let ad = i.get(1).map_or(&[][..], Vec::as_slice);
        // SAFETY: as in `hash`.
        unsafe {
            match function {
                0x600 | 0x601 => produced(&mut o[0], |bytes, size, length| {
                    let crypt = if function == 0x600 {
                        c::psa_aead_encrypt
                    } else {
                        c::psa_aead_decrypt
                    };
                    let (nonce, nonce_len) = (nonce.as_ptr(), nonce.len());
                    let (text, len) = (i[0].as_ptr(), i[0].len());
                    let (ad, ad_len) = (ad.as_ptr(), ad.len());
                    crypt(
                        key, alg, nonce, nonce_len, ad, ad_len, text, len, bytes, size, length,
                    )
                }),
                0x602 | 0x603 => {
                    let mut new = Box::new(Operation::Aead(zeroed()));
                    let Operation::Aead(operation) = &mut *new else {
                        return BAD_STATE;
                    };
                    let status = if function == 0x602 {
                        c::psa_aead_encrypt_setup(operation, key, alg)
                    } else {
                        c::psa_aead_decrypt_setup(operation, key, alg)
                    };
                    self.open(new, status, &mut o[0])
                }
                0x604 => {
                    let operation = find!(self, pack, Aead);
                    produced(&mut o[0], |bytes, size, length| {
                        c::psa_aead_generate_nonce(operation, bytes, size, length)
                    })
                }
                0x605 => {
                    let operation = find!(self, pack, Aead);
                    c::psa_aead_set_nonce(operation, i[0].as_ptr(), i[0].len())
                }
                0x606 => {
                    let operation = find!(self, pack, Aead);
                    let lengths = (word(pack, 12) as usize, word(pack, 16) as usize);
                    c::psa_aead_set_lengths(operation, lengths.0, lengths.1)
                }
                0x607 => {
                    let operation = find!(self, pack, Aead);
                    c::psa_aead_update_ad(operation, i[0].as_ptr(), i[0].len())
                }
                0x608 => {
                    let operation = find!(self, pack, Aead);
                    produced(&mut o[0], |bytes, size, length| {
                        let (data, len) = (i[0].as_ptr(), i[0].len());
                        c::psa_aead_update(operation, data, len, bytes, size, length)
                    })
                }
                0x609 => {
                    let operation = find!(self, pack, Aead);
                    let mut rest = vec![0; o.get(2).map_or(0, Output::size)];
                    let mut written = 0;
                    let status = produced(&mut o[1], |tag, size, length| {
                        let (text, len) = (rest.as_mut_ptr(), rest.len());
                        c::psa_aead_finish(
                            operation,
                            text,
                            len,
                            &raw mut written,
                            tag,
                            size,
                            length,
                        )
                    });
                    if let Some(output) = o.get_mut(2).filter(|_| status == 0) {
                        output.write(&rest[..written]);
                    }
                    self.end(handle, status, &mut o[0])
                }
                0x60A => {
                    let operation = find!(self, pack, Aead);
                    let mut rest = vec![0; o.get(1).map_or(0, Output::size)];
                    let mut written = 0;
                    let (text, len) = (rest.as_mut_ptr(), rest.len());
                    let (tag, tag_len) = (i[0].as_ptr(), i[0].len());
                    let status =
                        c::psa_aead_verify(operation, text, len, &raw mut written, tag, tag_len);
                    if let Some(output) = o.get_mut(1).filter(|_| status == 0) {
                        output.write(&rest[..written]);
                    }
                    self.end(handle, status, &mut o[0])
                }
                0x60B => self.abort(handle, &mut o[0]),
                _ => NOT_SUPPORTED,
            }
        }
    }

    fn derivation(&mut self, function: u16, pack: &[u8], i: &[Vec<u8>], o: &mut [Output]) -> i32 {
        let (key, alg, handle) = (word(pack, 0), word(pack, 4), word(pack, 8));
        let step = number(pack, 42).unwrap_or_default();
        let value = u64::from(word(pack, 48)) | u64::from(word(pack, 52)) << 32;
        // SAFETY: as in `hash`.
        unsafe {
            match function {
                0x900 => produced(&mut o[0], |bytes, size, length| {
                    let (peer, len) = (i[0].as_ptr(), i[0].len());
                    c::psa_raw_key_agreement(alg, key, peer, len, bytes, size, length)
                }),
                0x901 => {
                    let mut new = Box::new(Operation::Derivation(zeroed()));
                    let Operation::Derivation(operation) = &mut *new else {
                        return BAD_STATE;
                    };
                    let status = c::psa_key_derivation_setup(operation, alg);
                    self.open(new, status, &mut o[0])
                }
                0x902 => {
                    let operation = find!(self, pack, Derivation);
                    let mut capacity = 0;
                    let status = c::psa_key_derivation_get_capacity(operation, &raw mut capacity);
                    let capacity = u32::try_from(capacity).unwrap_or(u32::MAX);
                    o[0].write(&capacity.to_le_bytes());
                    status
                }
                0x903 => {
                    let operation = find!(self, pack, Derivation);
                    c::psa_key_derivation_set_capacity(operation, word(pack, 48) as usize)
                }
                0x904 => {
                    let operation = find!(self, pack, Derivation);
                    c::psa_key_derivation_input_bytes(operation, step, i[0].as_ptr(), i[0].len())
                }
                0x905 => {
                    let operation = find!(self, pack, Derivation);
                    c::psa_key_derivation_input_key(operation, step, key)
                }
                0x906 => {
                    let operation = find!(self, pack, Derivation);
                    c::psa_key_derivation_input_integer(operation, step, value)
                }
                0x907 => {
                    let operation = find!(self, pack, Derivation);
                    let (peer, len) = (i[0].as_ptr(), i[0].len());
                    c::psa_key_derivation_key_agreement(operation, step, key, peer, len)
                }
                0x908 => {
                    let operation = find!(self, pack, Derivation);
                    produced(&mut o[0], |bytes, size, length| {
                        length.write(size);
                        c::psa_key_derivation_output_bytes(operation, bytes, size)
                    })
                }
                0x909 => {
                    let operation = find!(self, pack, Derivation);
                    self.new_key(&i[0], &mut o[0], |attributes, id| {
                        c::psa_key_derivation_output_key(attributes, operation, id)
                    })
                }
                0x90A => self.abort(handle, &mut o[0]),
                _ => NOT_SUPPORTED,
            }
        }
    }
}

fn asymmetric(function: u16, pack: &[u8], i: &[Vec<u8>], o: &mut [Output]) -> i32 {
    let (key, alg) = (word(pack, 0), word(pack, 4));
    let (data, len) = (i[0].as_ptr(), i[0].len());
    let second = i.get(1).map_or(&[][..], Vec::as_slice);
    let (second, second_len) = (second.as_ptr(), second.len());
    // SAFETY: as in `keys`.
    unsafe {
        match function {
            0x700 => produced(&mut o[0], |bytes, size, length| {
                c::psa_sign_message(key, alg, data, len, bytes, size, length)
            }),
            0x701 => c::psa_verify_message(key, alg, data, len, second, second_len),
            0x702 => produced(&mut o[0], |bytes, size, length| {
                c::psa_sign_hash(key, alg, data, len, bytes, size, length)
            }),
            0x703 => c::psa_verify_hash(key, alg, data, len, second, second_len),
            0x800 | 0x801 => produced(&mut o[0], |bytes, size, length| {
                let crypt = if function == 0x800 {
                    c::psa_asymmetric_encrypt
                } else {
                    c::psa_asymmetric_decrypt
                };
                crypt(key, alg, data, len, second, second_len, bytes, size, length)
            }),
            _ => NOT_SUPPORTED,
        }
    }
}
