//! Password-authenticated key exchange, in the form of Mbed TLS 3.6.

use super::c;
use super::operation::{Abort, Operation};
use crate::Result;
use core::ptr;

/// Algorithm, group and hash of an exchange: `psa_pake_cipher_suite_t`, in its order and with its sizes.
#[repr(C)]
pub(crate) struct CipherSuite {
    pub(crate) algorithm: u32,
    pub(crate) primitive_type: u8,
    pub(crate) family: u8,
    pub(crate) bits: u16,
    pub(crate) hash: u32,
}

const _: () = assert!(
    size_of::<CipherSuite>() == size_of::<c::psa_pake_cipher_suite_t>()
        && align_of::<CipherSuite>() == align_of::<c::psa_pake_cipher_suite_t>()
);

#[cfg(all(feature = "mbedtls", not(feature = "tfm")))]
const _: () = {
    use core::mem::offset_of;
    type Theirs = c::psa_pake_cipher_suite_t;
    assert!(offset_of!(Theirs, algorithm) == offset_of!(CipherSuite, algorithm));
    assert!(offset_of!(Theirs, type_) == offset_of!(CipherSuite, primitive_type));
    assert!(offset_of!(Theirs, family) == offset_of!(CipherSuite, family));
    assert!(offset_of!(Theirs, bits) == offset_of!(CipherSuite, bits));
    assert!(offset_of!(Theirs, hash) == offset_of!(CipherSuite, hash));
};

/// An exchange in progress.
pub(crate) struct Pake(pub(super) Operation<c::psa_pake_operation_t>);

impl Abort for c::psa_pake_operation_t {
    unsafe fn abort(operation: *mut Self) -> i32 {
        // SAFETY: the caller promises an operation that was zeroed or set up.
        unsafe { c::psa_pake_abort(operation) }
    }
}

impl Pake {
    pub(crate) fn new(suite: &CipherSuite) -> Result<Self> {
        let suite = ptr::from_ref(suite).cast();
        // SAFETY: the operation is zeroed, as setup wants it; the suite has the layout of the C struct and lives through
        // the call.
        Operation::start(|operation| unsafe { c::psa_pake_setup(operation, suite) }).map(Self)
    }

    pub(crate) fn set_user(&mut self, id: &[u8]) -> Result<()> {
        // SAFETY: pointer and length describe `id`; the operation is ours alone.
        self.0
            .step(|operation| unsafe { c::psa_pake_set_user(operation, id.as_ptr(), id.len()) })
    }

    pub(crate) fn set_peer(&mut self, id: &[u8]) -> Result<()> {
        // SAFETY: pointer and length describe `id`; the operation is ours alone.
        self.0
            .step(|operation| unsafe { c::psa_pake_set_peer(operation, id.as_ptr(), id.len()) })
    }

    pub(crate) fn set_password_key(&mut self, id: u32) -> Result<()> {
        // SAFETY: the operation is ours alone; an id without a key is answered with an error.
        self.0
            .step(|operation| unsafe { c::psa_pake_set_password_key(operation, id) })
    }

    pub(crate) fn output(&mut self, step: u8, output: &mut [u8]) -> Result<usize> {
        // SAFETY: the pointers are those of `step_into`: an operation of ours alone, room for `size` bytes, a length.
        self.0
            .step_into(output, |operation, data, size, len| unsafe {
                c::psa_pake_output(operation, step, data, size, len)
            })
    }

    pub(crate) fn input(&mut self, step: u8, input: &[u8]) -> Result<()> {
        // SAFETY: pointer and length describe `input`; the operation is ours alone.
        self.0.step(|operation| unsafe {
            c::psa_pake_input(operation, step, input.as_ptr(), input.len())
        })
    }
}
