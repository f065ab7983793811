//! Functions of TF-M's crypto service, the same in 2.1 to 2.3.

/// Functions of the crypto service, by group: `group << 8 | index`.
macro_rules! functions {
    ($($group:literal: $($name:ident = $id:literal),*;)*) => {
        /// A function of the crypto service.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u16)]
        pub enum Function {
            $($(
                #[doc = concat!("`psa_", stringify!($name), "`")]
                $name = $id,
            )*)*
        }

        const _: () = {
            $(
                let ids = [$(Function::$name as u16),*];
                let mut index = 0;
                while index < ids.len() {
                    assert!(ids[index] as usize == $group << 8 | index);
                    index += 1;
                }
            )*
        };
    };
}

#[allow(
    non_camel_case_types,
    reason = "each variant is the function's own name"
)]
mod function {
    functions! {
        1:
            generate_random = 0x100;
        2:
            get_key_attributes = 0x200,
            open_key = 0x201,
            close_key = 0x202,
            import_key = 0x203,
            destroy_key = 0x204,
            export_key = 0x205,
            export_public_key = 0x206,
            purge_key = 0x207,
            copy_key = 0x208,
            generate_key = 0x209;
        3:
            hash_compute = 0x300,
            hash_compare = 0x301,
            hash_setup = 0x302,
            hash_update = 0x303,
            hash_clone = 0x304,
            hash_finish = 0x305,
            hash_verify = 0x306,
            hash_abort = 0x307;
        4:
            mac_compute = 0x400,
            mac_verify = 0x401,
            mac_sign_setup = 0x402,
            mac_verify_setup = 0x403,
            mac_update = 0x404,
            mac_sign_finish = 0x405,
            mac_verify_finish = 0x406,
            mac_abort = 0x407;
        5:
            cipher_encrypt = 0x500,
            cipher_decrypt = 0x501,
            cipher_encrypt_setup = 0x502,
            cipher_decrypt_setup = 0x503,
            cipher_generate_iv = 0x504,
            cipher_set_iv = 0x505,
            cipher_update = 0x506,
            cipher_finish = 0x507,
            cipher_abort = 0x508;
        6:
            aead_encrypt = 0x600,
            aead_decrypt = 0x601,
            aead_encrypt_setup = 0x602,
            aead_decrypt_setup = 0x603,
            aead_generate_nonce = 0x604,
            aead_set_nonce = 0x605,
            aead_set_lengths = 0x606,
            aead_update_ad = 0x607,
            aead_update = 0x608,
            aead_finish = 0x609,
            aead_verify = 0x60A,
            aead_abort = 0x60B;
        7:
            sign_message = 0x700,
            verify_message = 0x701,
            sign_hash = 0x702,
            verify_hash = 0x703;
        8:
            asymmetric_encrypt = 0x800,
            asymmetric_decrypt = 0x801;
        9:
            raw_key_agreement = 0x900,
            key_derivation_setup = 0x901,
            key_derivation_get_capacity = 0x902,
            key_derivation_set_capacity = 0x903,
            key_derivation_input_bytes = 0x904,
            key_derivation_input_key = 0x905,
            key_derivation_input_integer = 0x906,
            key_derivation_key_agreement = 0x907,
            key_derivation_output_bytes = 0x908,
            key_derivation_output_key = 0x909,
            key_derivation_abort = 0x90A;
    }
}
pub use function::Function;
