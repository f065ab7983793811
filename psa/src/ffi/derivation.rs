//! Key derivation.

use super::operation::{Abort, Operation};
use super::pake::Pake;
use super::{c, check, new_key};
use crate::{Attributes, Result};

/// A key derivation in progress.
pub(crate) struct Deriving(Operation<c::psa_key_derivation_operation_t>);

impl Abort for c::psa_key_derivation_operation_t {
    unsafe fn abort(operation: *mut Self) -> i32 {
        // SAFETY: the caller promises an operation that was zeroed or set up.
        unsafe { c::psa_key_derivation_abort(operation) }
    }
}

impl Deriving {
    pub(crate) fn new(algorithm: u32) -> Result<Self> {
        // SAFETY: the operation is zeroed, as setup wants it, and lives through the call.
        Operation::start(|operation| unsafe { c::psa_key_derivation_setup(operation, algorithm) })
            .map(Self)
    }

    pub(crate) fn capacity(&self) -> Result<usize> {
        let mut capacity = 0;
        let operation = self.0.as_ptr();
        // SAFETY: the operation was set up and is only read; the number lives through the call.
        check(|| unsafe { c::psa_key_derivation_get_capacity(operation, &raw mut capacity) })?;
        Ok(capacity)
    }

    pub(crate) fn set_capacity(&mut self, capacity: usize) -> Result<()> {
        // SAFETY: the operation is ours alone.
        self.0
            .step(|operation| unsafe { c::psa_key_derivation_set_capacity(operation, capacity) })
    }

    pub(crate) fn input_bytes(&mut self, step: u16, data: &[u8]) -> Result<()> {
        // SAFETY: pointer and length describe `data`; the operation is ours alone.
        self.0.step(|operation| unsafe {
            c::psa_key_derivation_input_bytes(operation, step, data.as_ptr(), data.len())
        })
    }

    pub(crate) fn input_integer(&mut self, step: u16, value: u64) -> Result<()> {
        // SAFETY: the operation is ours alone.
        self.0.step(|operation| unsafe {
            c::psa_key_derivation_input_integer(operation, step, value)
        })
    }

    pub(crate) fn input_key(&mut self, step: u16, id: u32) -> Result<()> {
        // SAFETY: the operation is ours alone; an id without a key is answered with an error.
        self.0
            .step(|operation| unsafe { c::psa_key_derivation_input_key(operation, step, id) })
    }

    pub(crate) fn key_agreement(&mut self, step: u16, id: u32, peer_public: &[u8]) -> Result<()> {
        // SAFETY: pointer and length describe `peer_public`; the operation is ours alone.
        self.0.step(|operation| unsafe {
            c::psa_key_derivation_key_agreement(
                operation,
                step,
                id,
                peer_public.as_ptr(),
                peer_public.len(),
            )
        })
    }

    /// The secret of an exchange becomes the input `SECRET`.
    pub(crate) fn input_pake(&mut self, pake: Pake) -> Result<()> {
        let operation = self.0.as_mut_ptr();
        // SAFETY: both operations were set up, are two, and are ours alone. A success leaves the exchange inactive.
        pake.0
            .end(|pake| unsafe { c::psa_pake_get_implicit_key(pake, operation) })
    }

    /// Fills the whole of `output`.
    pub(crate) fn output_bytes(&mut self, output: &mut [u8]) -> Result<()> {
        // SAFETY: pointer and length describe `output`, which C fills; the operation is ours alone.
        self.0.step(|operation| unsafe {
            c::psa_key_derivation_output_bytes(operation, output.as_mut_ptr(), output.len())
        })
    }

    pub(crate) fn output_key(&mut self, attributes: &Attributes) -> Result<u32> {
        let operation = self.0.as_mut_ptr();
        // SAFETY: attributes and id are those of `new_key` and live through the call, `Attributes` has the layout of the C struct, and the operation
        // is ours alone.
        new_key(attributes, |attributes, id| unsafe {
            c::psa_key_derivation_output_key(attributes, operation, id)
        })
    }

    pub(crate) fn output_key_custom(
        &mut self,
        attributes: &Attributes,
        flags: u32,
        data: &[u8],
    ) -> Result<u32> {
        let operation = self.0.as_mut_ptr();
        let custom = c::psa_custom_key_parameters_t { flags };
        // SAFETY: as in `output_key`; the parameters live through the call, and pointer and length describe `data`.
        new_key(attributes, |attributes, id| unsafe {
            c::psa_key_derivation_output_key_custom(
                attributes,
                operation,
                &raw const custom,
                data.as_ptr(),
                data.len(),
                id,
            )
        })
    }

    pub(crate) fn verify_bytes(&mut self, expected: &[u8]) -> Result<()> {
        // SAFETY: pointer and length describe `expected`; the operation is ours alone.
        self.0.step(|operation| unsafe {
            c::psa_key_derivation_verify_bytes(operation, expected.as_ptr(), expected.len())
        })
    }

    pub(crate) fn verify_key(&mut self, expected: u32) -> Result<()> {
        // SAFETY: the operation is ours alone; an id without a key is answered with an error.
        self.0
            .step(|operation| unsafe { c::psa_key_derivation_verify_key(operation, expected) })
    }
}
