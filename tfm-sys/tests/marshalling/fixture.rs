//! Arguments that can be told apart, and the call of each function with them.

use tfm_sys::*;

pub const KEY: u32 = 0x4000_0011;
pub const ALG: u32 = 0x0600_0609;
pub const HANDLE: u32 = 0x0a0b_0c51;
pub const AD_LENGTH: u32 = 0x21;
pub const PLAINTEXT_LENGTH: u32 = 0x4321;
pub const NONCE: &[u8] = b"a nonce of 15 b";
pub const STEP: u16 = 0x0203;
pub const CAPACITY: u32 = 0x0001_2345;
pub const VALUE: u64 = 0x1122_3344_5566_7788;

/// An output buffer and the length that is reported for it. Vectors, because moving one does not move its bytes.
pub struct Output {
    pub name: &'static str,
    pub bytes: Vec<u8>,
    pub length: Vec<usize>,
}

/// What a call is made with, and what it leaves.
pub struct Fixture {
    pub inputs: Vec<(&'static str, Vec<u8>)>,
    pub outputs: Vec<Output>,
    pub handle: Vec<u32>,
    pub target: Vec<u32>,
    pub id: Vec<u32>,
    pub capacity: Vec<usize>,
    pub attributes: Vec<psa_key_attributes_t>,
    /// Optional vectors are empty.
    pub without_optional: bool,
}

pub const UNTOUCHED: u8 = 0xEE;
pub const NO_LENGTH: usize = 0xdead;

impl Fixture {
    pub fn new(without_optional: bool) -> Self {
        let mut attributes = psa_key_attributes_init();
        // SAFETY: the attributes are the ones above.
        unsafe {
            psa_set_key_type(&raw mut attributes, 0x7112);
            psa_set_key_bits(&raw mut attributes, 256);
            psa_set_key_usage_flags(&raw mut attributes, PSA_KEY_USAGE_SIGN_HASH);
            psa_set_key_algorithm(&raw mut attributes, ALG);
            psa_set_key_enrollment_algorithm(&raw mut attributes, 0x0902_0000);
            psa_set_key_id(&raw mut attributes, 0x1234);
        }
        Self {
            inputs: Vec::new(),
            outputs: Vec::new(),
            handle: vec![HANDLE],
            target: vec![0],
            id: vec![0xffff],
            capacity: vec![NO_LENGTH],
            attributes: vec![attributes],
            without_optional,
        }
    }

    fn input(&mut self, name: &'static str) -> (*const u8, usize) {
        let bytes = format!("the bytes of {name}").into_bytes();
        let vector = (bytes.as_ptr(), bytes.len());
        self.inputs.push((name, bytes));
        vector
    }

    fn optional_input(&mut self, name: &'static str) -> (*const u8, usize) {
        if self.without_optional {
            (core::ptr::null(), 0)
        } else {
            self.input(name)
        }
    }

    fn output(&mut self, name: &'static str) -> (*mut u8, usize, *mut usize) {
        let mut bytes = vec![UNTOUCHED; 40 + self.outputs.len() + name.len()];
        let mut length = vec![NO_LENGTH];
        let vector = (bytes.as_mut_ptr(), bytes.len(), length.as_mut_ptr());
        self.outputs.push(Output {
            name,
            bytes,
            length,
        });
        vector
    }

    fn optional_output(&mut self, name: &'static str) -> (*mut u8, usize, *mut usize) {
        if self.without_optional {
            (core::ptr::null_mut(), 0, core::ptr::null_mut())
        } else {
            self.output(name)
        }
    }

    /// Every operation is one handle.
    fn operation<T>(&mut self) -> *mut T {
        assert_eq!(size_of::<T>(), 4);
        self.handle.as_mut_ptr().cast()
    }

    /// The function of this name, called.
    pub fn call(&mut self, name: &str) -> psa_status_t {
        // SAFETY: every pointer is to a vector of the fixture, with its length; each outlives the call.
        unsafe {
            match name.split('_').next().unwrap() {
                "hash" => self.call_hash(name),
                "mac" => self.call_mac(name),
                "cipher" => self.call_cipher(name),
                "aead" => self.call_aead(name),
                _ if name.starts_with("key_derivation") => self.call_derivation(name),
                _ => self.call_key(name),
            }
        }
    }

    unsafe fn call_key(&mut self, name: &str) -> psa_status_t {
        let (id, attributes) = (self.id.as_mut_ptr(), self.attributes.as_mut_ptr());
        // SAFETY: see `call`.
        unsafe {
            match name {
                "generate_random" => {
                    let (bytes, size, _) = self.output("buffer");
                    psa_generate_random(bytes, size)
                }
                "get_key_attributes" => psa_get_key_attributes(KEY, attributes),
                "open_key" => psa_open_key(KEY, id),
                "close_key" => psa_close_key(KEY),
                "import_key" => {
                    let (data, length) = self.input("data");
                    psa_import_key(attributes, data, length, id)
                }
                "destroy_key" => psa_destroy_key(KEY),
                "purge_key" => psa_purge_key(KEY),
                "copy_key" => psa_copy_key(KEY, attributes, id),
                "generate_key" => psa_generate_key(attributes, id),
                "export_key" | "export_public_key" => {
                    let (data, size, length) = self.output("data");
                    let function = if name == "export_key" {
                        psa_export_key
                    } else {
                        psa_export_public_key
                    };
                    function(KEY, data, size, length)
                }
                "sign_message" | "sign_hash" => {
                    let hash = name == "sign_hash";
                    let (input, length) = self.input(if hash { "hash" } else { "input" });
                    let (signature, size, written) = self.output("signature");
                    let function = if hash {
                        psa_sign_hash
                    } else {
                        psa_sign_message
                    };
                    function(KEY, ALG, input, length, signature, size, written)
                }
                "verify_message" | "verify_hash" => {
                    let hash = name == "verify_hash";
                    let (input, length) = self.input(if hash { "hash" } else { "input" });
                    let (signature, size) = self.input("signature");
                    let function = if hash {
                        psa_verify_hash
                    } else {
                        psa_verify_message
                    };
                    function(KEY, ALG, input, length, signature, size)
                }
                "asymmetric_encrypt" | "asymmetric_decrypt" => {
                    let (input, length) = self.input("input");
                    let (salt, salt_length) = self.optional_input("salt");
                    let (output, size, written) = self.output("output");
                    let function = if name.ends_with("encrypt") {
                        psa_asymmetric_encrypt
                    } else {
                        psa_asymmetric_decrypt
                    };
                    function(
                        KEY,
                        ALG,
                        input,
                        length,
                        salt,
                        salt_length,
                        output,
                        size,
                        written,
                    )
                }
                "raw_key_agreement" => {
                    let (peer, length) = self.input("peer_key");
                    let (output, size, written) = self.output("output");
                    psa_raw_key_agreement(ALG, KEY, peer, length, output, size, written)
                }
                _ => panic!("no call of {name}"),
            }
        }
    }

    unsafe fn call_hash(&mut self, name: &str) -> psa_status_t {
        let operation = self.operation();
        // SAFETY: see `call`.
        unsafe {
            match name {
                "hash_compute" => {
                    let (input, length) = self.input("input");
                    let (hash, size, written) = self.output("hash");
                    psa_hash_compute(ALG, input, length, hash, size, written)
                }
                "hash_compare" => {
                    let (input, length) = self.input("input");
                    let (hash, size) = self.input("hash");
                    psa_hash_compare(ALG, input, length, hash, size)
                }
                "hash_setup" => psa_hash_setup(operation, ALG),
                "hash_update" => {
                    let (input, length) = self.input("input");
                    psa_hash_update(operation, input, length)
                }
                "hash_clone" => psa_hash_clone(operation, self.target.as_mut_ptr().cast()),
                "hash_finish" => {
                    let (hash, size, written) = self.output("hash");
                    psa_hash_finish(operation, hash, size, written)
                }
                "hash_verify" => {
                    let (hash, length) = self.input("hash");
                    psa_hash_verify(operation, hash, length)
                }
                "hash_abort" => psa_hash_abort(operation),
                _ => panic!("no call of {name}"),
            }
        }
    }

    unsafe fn call_mac(&mut self, name: &str) -> psa_status_t {
        let operation = self.operation();
        // SAFETY: see `call`.
        unsafe {
            match name {
                "mac_compute" => {
                    let (input, length) = self.input("input");
                    let (mac, size, written) = self.output("mac");
                    psa_mac_compute(KEY, ALG, input, length, mac, size, written)
                }
                "mac_verify" => {
                    let (input, length) = self.input("input");
                    let (mac, size) = self.input("mac");
                    psa_mac_verify(KEY, ALG, input, length, mac, size)
                }
                "mac_sign_setup" => psa_mac_sign_setup(operation, KEY, ALG),
                "mac_verify_setup" => psa_mac_verify_setup(operation, KEY, ALG),
                "mac_update" => {
                    let (input, length) = self.input("input");
                    psa_mac_update(operation, input, length)
                }
                "mac_sign_finish" => {
                    let (mac, size, written) = self.output("mac");
                    psa_mac_sign_finish(operation, mac, size, written)
                }
                "mac_verify_finish" => {
                    let (mac, length) = self.input("mac");
                    psa_mac_verify_finish(operation, mac, length)
                }
                "mac_abort" => psa_mac_abort(operation),
                _ => panic!("no call of {name}"),
            }
        }
    }

    unsafe fn call_cipher(&mut self, name: &str) -> psa_status_t {
        let operation = self.operation();
        // SAFETY: see `call`.
        unsafe {
            match name {
                "cipher_encrypt" | "cipher_decrypt" => {
                    let (input, length) = self.input("input");
                    let (output, size, written) = self.output("output");
                    let function = if name.ends_with("encrypt") {
                        psa_cipher_encrypt
                    } else {
                        psa_cipher_decrypt
                    };
                    function(KEY, ALG, input, length, output, size, written)
                }
                "cipher_encrypt_setup" => psa_cipher_encrypt_setup(operation, KEY, ALG),
                "cipher_decrypt_setup" => psa_cipher_decrypt_setup(operation, KEY, ALG),
                "cipher_generate_iv" => {
                    let (iv, size, written) = self.output("iv");
                    psa_cipher_generate_iv(operation, iv, size, written)
                }
                "cipher_set_iv" => {
                    let (iv, length) = self.input("iv");
                    psa_cipher_set_iv(operation, iv, length)
                }
                "cipher_update" => {
                    let (input, length) = self.input("input");
                    let (output, size, written) = self.output("output");
                    psa_cipher_update(operation, input, length, output, size, written)
                }
                "cipher_finish" => {
                    let (output, size, written) = self.output("output");
                    psa_cipher_finish(operation, output, size, written)
                }
                "cipher_abort" => psa_cipher_abort(operation),
                _ => panic!("no call of {name}"),
            }
        }
    }

    unsafe fn call_aead(&mut self, name: &str) -> psa_status_t {
        let operation = self.operation();
        let (nonce, nonce_length) = (NONCE.as_ptr(), NONCE.len());
        // SAFETY: see `call`.
        unsafe {
            match name {
                "aead_encrypt" | "aead_decrypt" => {
                    let (text, length) = self.input("input");
                    let (data, data_length) = self.optional_input("ad");
                    let (output, size, written) = self.output("output");
                    let function = if name.ends_with("encrypt") {
                        psa_aead_encrypt
                    } else {
                        psa_aead_decrypt
                    };
                    function(
                        KEY,
                        ALG,
                        nonce,
                        nonce_length,
                        data,
                        data_length,
                        text,
                        length,
                        output,
                        size,
                        written,
                    )
                }
                "aead_encrypt_setup" => psa_aead_encrypt_setup(operation, KEY, ALG),
                "aead_decrypt_setup" => psa_aead_decrypt_setup(operation, KEY, ALG),
                "aead_generate_nonce" => {
                    let (nonce, size, written) = self.output("nonce");
                    psa_aead_generate_nonce(operation, nonce, size, written)
                }
                "aead_set_nonce" => {
                    let (nonce, length) = self.input("nonce");
                    psa_aead_set_nonce(operation, nonce, length)
                }
                "aead_set_lengths" => {
                    psa_aead_set_lengths(operation, AD_LENGTH as usize, PLAINTEXT_LENGTH as usize)
                }
                "aead_update_ad" => {
                    let (data, length) = self.input("ad");
                    psa_aead_update_ad(operation, data, length)
                }
                "aead_update" => {
                    let (input, length) = self.input("input");
                    let (output, size, written) = self.output("output");
                    psa_aead_update(operation, input, length, output, size, written)
                }
                "aead_finish" => {
                    let (tag, tag_size, tag_written) = self.output("tag");
                    let (output, size, written) = self.optional_output("output");
                    psa_aead_finish(operation, output, size, written, tag, tag_size, tag_written)
                }
                "aead_verify" => {
                    let (tag, tag_length) = self.input("tag");
                    let (output, size, written) = self.optional_output("output");
                    psa_aead_verify(operation, output, size, written, tag, tag_length)
                }
                "aead_abort" => psa_aead_abort(operation),
                _ => panic!("no call of {name}"),
            }
        }
    }

    unsafe fn call_derivation(&mut self, name: &str) -> psa_status_t {
        let operation = self.operation();
        // SAFETY: see `call`.
        unsafe {
            match name.strip_prefix("key_derivation_").unwrap() {
                "setup" => psa_key_derivation_setup(operation, ALG),
                "get_capacity" => {
                    psa_key_derivation_get_capacity(operation, self.capacity.as_mut_ptr())
                }
                "set_capacity" => psa_key_derivation_set_capacity(operation, CAPACITY as usize),
                "input_bytes" => {
                    let (data, length) = self.input("data");
                    psa_key_derivation_input_bytes(operation, STEP, data, length)
                }
                "input_key" => psa_key_derivation_input_key(operation, STEP, KEY),
                "input_integer" => psa_key_derivation_input_integer(operation, STEP, VALUE),
                "key_agreement" => {
                    let (peer, length) = self.input("peer_key");
                    psa_key_derivation_key_agreement(operation, STEP, KEY, peer, length)
                }
                "output_bytes" => {
                    let (output, size, _) = self.output("output");
                    psa_key_derivation_output_bytes(operation, output, size)
                }
                "output_key" => psa_key_derivation_output_key(
                    self.attributes.as_ptr(),
                    operation,
                    self.id.as_mut_ptr(),
                ),
                "abort" => psa_key_derivation_abort(operation),
                _ => panic!("no call of {name}"),
            }
        }
    }
}
