//! Types of the PSA Crypto API with the layout that a TF-M client uses.
//!
//! Attributes are 24 bytes and every multi-part operation is one handle: so TF-M 2.1 to 2.3 exports have them, and so
//! a client build of Mbed TLS 3.6 has them (without `MBEDTLS_PSA_CRYPTO_SE_C` and
//! `MBEDTLS_PSA_CRYPTO_KEY_ID_ENCODES_OWNER`).

use super::key::{
    PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION, PSA_KEY_LIFETIME_GET_LOCATION,
    PSA_KEY_LIFETIME_IS_VOLATILE, PSA_KEY_PERSISTENCE_DEFAULT, PSA_KEY_USAGE_SIGN_HASH,
    PSA_KEY_USAGE_SIGN_MESSAGE, PSA_KEY_USAGE_VERIFY_HASH, PSA_KEY_USAGE_VERIFY_MESSAGE,
};

/// A status: 0 or an error.
pub type psa_status_t = i32;
/// A key type.
pub type psa_key_type_t = u16;
/// A family of elliptic curves.
pub type psa_ecc_family_t = u8;
/// A family of Diffie-Hellman groups.
pub type psa_dh_family_t = u8;
/// An algorithm.
pub type psa_algorithm_t = u32;
/// A lifetime: persistence and location.
pub type psa_key_lifetime_t = u32;
/// The persistence part of a lifetime.
pub type psa_key_persistence_t = u8;
/// The location part of a lifetime.
pub type psa_key_location_t = u32;
/// A key identifier.
pub type psa_key_id_t = u32;
/// A key identifier, by the name that Mbed TLS gives it.
pub type mbedtls_svc_key_id_t = psa_key_id_t;
/// A key handle of the API before 1.0: a key identifier.
pub type psa_key_handle_t = mbedtls_svc_key_id_t;
/// Permitted uses of a key, as flags.
pub type psa_key_usage_t = u32;
/// A step of a key derivation.
pub type psa_key_derivation_step_t = u16;
/// The size of a key in bits, as attributes store it.
pub type psa_key_bits_t = u16;

/// The largest key size in bits that attributes can hold.
pub const PSA_MAX_KEY_BITS: usize = 0xfff8;
/// What attributes hold instead of a larger size.
pub const PSA_KEY_BITS_TOO_LARGE: psa_key_bits_t = 0xffff;

/// No limit of one step of an interruptible operation.
pub const PSA_INTERRUPTIBLE_MAX_OPS_UNLIMITED: u32 = u32::MAX;

/// Attributes of a key: type, size, lifetime, policy and identifier.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct psa_key_attributes_t {
    pub(crate) key_type: psa_key_type_t,
    pub(crate) bits: psa_key_bits_t,
    pub(crate) lifetime: psa_key_lifetime_t,
    pub(crate) usage: psa_key_usage_t,
    pub(crate) alg: psa_algorithm_t,
    pub(crate) alg2: psa_algorithm_t,
    pub(crate) id: mbedtls_svc_key_id_t,
}

// Zephyr's headers have their own.
#[cfg(not(zephyr))]
macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident, $init:ident;)*) => {$(
        $(#[$doc])*
        #[repr(C)]
        #[derive(Debug, Default)]
        pub struct $name {
            pub(crate) handle: u32,
        }

        /// An inactive operation, ready for its setup function.
        ///
        /// ```
        #[doc = concat!("let operation = tfm_sys::", stringify!($init), "();")]
        /// assert_eq!(size_of_val(&operation), 4);
        /// ```
        #[inline]
        pub const fn $init() -> $name {
            $name { handle: 0 }
        }
    )*};
}

#[cfg(not(zephyr))]
operations! {
    /// A multi-part hash operation.
    psa_hash_operation_t, psa_hash_operation_init;
    /// A multi-part MAC operation.
    psa_mac_operation_t, psa_mac_operation_init;
    /// A multi-part cipher operation.
    psa_cipher_operation_t, psa_cipher_operation_init;
    /// A multi-part AEAD operation.
    psa_aead_operation_t, psa_aead_operation_init;
    /// A key derivation.
    psa_key_derivation_operation_t, psa_key_derivation_operation_init;
    /// An interruptible signature of a hash; TF-M does not offer it.
    psa_sign_hash_interruptible_operation_t, psa_sign_hash_interruptible_operation_init;
    /// An interruptible verification of a hash's signature; TF-M does not offer it.
    psa_verify_hash_interruptible_operation_t, psa_verify_hash_interruptible_operation_init;
    /// A password-authenticated key exchange; TF-M does not offer it to the non-secure side.
    psa_pake_operation_t, psa_pake_operation_init;
}

/// Parameters of a custom key generation; zero for the usual one.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct psa_custom_key_parameters_t {
    /// Flags that say what is not usual.
    pub flags: u32,
}

/// Attributes with every field zero: no type, volatile, no use permitted.
///
/// ```
/// let attributes = tfm_sys::psa_key_attributes_init();
/// assert_eq!(size_of_val(&attributes), 24);
/// ```
#[inline]
pub const fn psa_key_attributes_init() -> psa_key_attributes_t {
    psa_key_attributes_t {
        key_type: 0,
        bits: 0,
        lifetime: 0,
        usage: 0,
        alg: 0,
        alg2: 0,
        id: 0,
    }
}

// Setters and getters: in C, static inline functions of the headers. They keep the prototypes that bindings of a C
// library have, so that a caller compiles against either.
macro_rules! accessors {
    ($($(#[$doc:meta])* $get:ident, $set:ident, $field:ident: $type:ty;)*) => {$(
        $(#[$doc])*
        ///
        /// # Safety
        /// `attributes` points to attributes that may be read.
        #[inline]
        pub const unsafe fn $get(attributes: *const psa_key_attributes_t) -> $type {
            // SAFETY: the caller promises a readable object; one field of it is copied.
            unsafe { (*attributes).$field }
        }

        $(#[$doc])*
        ///
        /// # Safety
        /// `attributes` points to attributes that may be written.
        #[inline]
        pub const unsafe fn $set(attributes: *mut psa_key_attributes_t, value: $type) {
            // SAFETY: the caller promises a writable object; one plain field of it is set.
            unsafe { (*attributes).$field = value }
        }
    )*};
}

accessors! {
    /// The type of the key.
    psa_get_key_type, psa_set_key_type, key_type: psa_key_type_t;
    /// The algorithm that the policy permits.
    psa_get_key_algorithm, psa_set_key_algorithm, alg: psa_algorithm_t;
    /// The second algorithm that the policy permits (an extension of Mbed TLS).
    psa_get_key_enrollment_algorithm, psa_set_key_enrollment_algorithm, alg2: psa_algorithm_t;
}

/// The identifier of the key.
///
/// # Safety
/// `attributes` points to attributes that may be read.
#[inline]
pub const unsafe fn psa_get_key_id(
    attributes: *const psa_key_attributes_t,
) -> mbedtls_svc_key_id_t {
    // SAFETY: the caller promises a readable object; one field of it is copied.
    unsafe { (*attributes).id }
}

/// Sets the identifier, and makes a volatile lifetime persistent.
///
/// # Safety
/// `attributes` points to attributes that may be written.
#[inline]
pub const unsafe fn psa_set_key_id(
    attributes: *mut psa_key_attributes_t,
    key: mbedtls_svc_key_id_t,
) {
    // SAFETY: the caller promises a writable object, and nothing else uses it during this call.
    let attributes = unsafe { &mut *attributes };
    attributes.id = key;
    if PSA_KEY_LIFETIME_IS_VOLATILE(attributes.lifetime) {
        attributes.lifetime = PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(
            PSA_KEY_PERSISTENCE_DEFAULT,
            PSA_KEY_LIFETIME_GET_LOCATION(attributes.lifetime),
        );
    }
}

/// The lifetime of the key.
///
/// # Safety
/// `attributes` points to attributes that may be read.
#[inline]
pub const unsafe fn psa_get_key_lifetime(
    attributes: *const psa_key_attributes_t,
) -> psa_key_lifetime_t {
    // SAFETY: the caller promises a readable object; one field of it is copied.
    unsafe { (*attributes).lifetime }
}

/// Sets the lifetime, and clears the identifier when the lifetime is volatile.
///
/// # Safety
/// `attributes` points to attributes that may be written.
#[inline]
pub const unsafe fn psa_set_key_lifetime(
    attributes: *mut psa_key_attributes_t,
    lifetime: psa_key_lifetime_t,
) {
    // SAFETY: the caller promises a writable object, and nothing else uses it during this call.
    let attributes = unsafe { &mut *attributes };
    attributes.lifetime = lifetime;
    if PSA_KEY_LIFETIME_IS_VOLATILE(lifetime) {
        attributes.id = 0;
    }
}

/// The permitted uses of the key.
///
/// # Safety
/// `attributes` points to attributes that may be read.
#[inline]
pub const unsafe fn psa_get_key_usage_flags(
    attributes: *const psa_key_attributes_t,
) -> psa_key_usage_t {
    // SAFETY: the caller promises a readable object; one field of it is copied.
    unsafe { (*attributes).usage }
}

/// Sets the permitted uses; signing (verifying) a hash permits signing (verifying) a message as well.
///
/// # Safety
/// `attributes` points to attributes that may be written.
#[inline]
pub const unsafe fn psa_set_key_usage_flags(
    attributes: *mut psa_key_attributes_t,
    usage_flags: psa_key_usage_t,
) {
    let mut usage = usage_flags;
    if usage & PSA_KEY_USAGE_SIGN_HASH != 0 {
        usage |= PSA_KEY_USAGE_SIGN_MESSAGE;
    }
    if usage & PSA_KEY_USAGE_VERIFY_HASH != 0 {
        usage |= PSA_KEY_USAGE_VERIFY_MESSAGE;
    }
    // SAFETY: the caller promises a writable object; one plain field of it is set.
    unsafe { (*attributes).usage = usage }
}

/// The size of the key in bits.
///
/// # Safety
/// `attributes` points to attributes that may be read.
#[inline]
pub const unsafe fn psa_get_key_bits(attributes: *const psa_key_attributes_t) -> usize {
    // SAFETY: the caller promises a readable object; one field of it is copied.
    unsafe { (*attributes).bits as usize }
}

/// Sets the size of the key in bits; above [`PSA_MAX_KEY_BITS`] it becomes [`PSA_KEY_BITS_TOO_LARGE`].
///
/// # Safety
/// `attributes` points to attributes that may be written.
#[inline]
#[expect(
    clippy::cast_possible_truncation,
    reason = "the branch proves that the value fits 16 bits"
)]
pub const unsafe fn psa_set_key_bits(attributes: *mut psa_key_attributes_t, bits: usize) {
    let bits = if bits > PSA_MAX_KEY_BITS {
        PSA_KEY_BITS_TOO_LARGE
    } else {
        bits as psa_key_bits_t
    };
    // SAFETY: the caller promises a writable object; one plain field of it is set.
    unsafe { (*attributes).bits = bits }
}
