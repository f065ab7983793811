//! Services of TF-M and what can be asked of them, the same in 2.1 to 2.3.

use crate::psa_handle_t;

/// Stateless handles: bit 30, the version in bits 8 to 15, the index in bits 0 to 7.
pub mod handle {
    use super::psa_handle_t;

    /// Crypto.
    pub const CRYPTO: psa_handle_t = 0x4000_0100;
    /// Protected storage.
    pub const PROTECTED_STORAGE: psa_handle_t = 0x4000_0101;
    /// Internal trusted storage.
    pub const INTERNAL_TRUSTED_STORAGE: psa_handle_t = 0x4000_0102;
    /// Initial attestation.
    pub const ATTESTATION: psa_handle_t = 0x4000_0103;
    /// Firmware update.
    pub const FIRMWARE_UPDATE: psa_handle_t = 0x4000_0104;
    /// The platform service.
    pub const PLATFORM: psa_handle_t = 0x4000_0105;
}

/// Service identifiers, for `psa_version`.
pub mod sid {
    /// Crypto.
    pub const CRYPTO: u32 = 0x80;
    /// Protected storage.
    pub const PROTECTED_STORAGE: u32 = 0x60;
    /// Internal trusted storage.
    pub const INTERNAL_TRUSTED_STORAGE: u32 = 0x70;
    /// Initial attestation.
    pub const ATTESTATION: u32 = 0x20;
    /// Firmware update.
    pub const FIRMWARE_UPDATE: u32 = 0xA0;
    /// The platform service.
    pub const PLATFORM: u32 = 0x40;
}

/// Types of calls to services other than crypto, whose calls have type 0.
pub mod call_type {
    /// Storage, internal or protected: write an item.
    pub const STORAGE_SET: i32 = 1001;
    /// Storage: read an item.
    pub const STORAGE_GET: i32 = 1002;
    /// Storage: what is known of an item.
    pub const STORAGE_GET_INFO: i32 = 1003;
    /// Storage: remove an item.
    pub const STORAGE_REMOVE: i32 = 1004;
    /// Protected storage: optional features.
    pub const STORAGE_GET_SUPPORT: i32 = 1005;
    /// Attestation: make a token.
    pub const ATTEST_GET_TOKEN: i32 = 1001;
    /// Attestation: the size of a token.
    pub const ATTEST_GET_TOKEN_SIZE: i32 = 1002;
    /// Platform: read a counter.
    pub const PLATFORM_NV_READ: i32 = 1010;
    /// Platform: count one up.
    pub const PLATFORM_NV_INCREMENT: i32 = 1011;
    /// Platform: reset the system.
    pub const PLATFORM_SYSTEM_RESET: i32 = 1012;
    /// Platform: whatever the platform defines.
    pub const PLATFORM_IOCTL: i32 = 1013;
}
