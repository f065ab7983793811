//! Signatures as the crate `ecdsa` has them.

use super::form::Form;
use crate::{Error, Result, key::Scheme};
use core::ops::Add;
use ecdsa::{
    EcdsaCurve, Signature, SignatureBytes,
    der::{MaxOverhead, MaxSize, Signature as DerSignature},
    elliptic_curve::{FieldBytesSize, array::ArraySize},
};

impl<C: EcdsaCurve> Form for Signature<C> {
    fn signed(_: &Scheme, sign: &mut dyn FnMut(&mut [u8]) -> Result<usize>) -> Result<Self> {
        let mut bytes = SignatureBytes::<C>::default();
        // A key on a smaller curve does not fill it, and one on a larger does not fit.
        if sign(&mut bytes)? != bytes.len() {
            return Err(Error::DifferentKeyType);
        }
        Self::from_bytes(&bytes).map_err(|_| Error::DifferentKeyType)
    }

    fn verified(&self, _: &Scheme, verify: &mut dyn FnMut(&[u8]) -> Result<()>) -> Result<()> {
        verify(&self.to_bytes())
    }
}

impl<C> Form for DerSignature<C>
where
    C: EcdsaCurve,
    MaxSize<C>: ArraySize,
    <FieldBytesSize<C> as Add>::Output: Add<MaxOverhead> + ArraySize,
{
    fn signed(scheme: &Scheme, sign: &mut dyn FnMut(&mut [u8]) -> Result<usize>) -> Result<Self> {
        Signature::signed(scheme, sign).map(Into::into)
    }

    fn verified(&self, _: &Scheme, verify: &mut dyn FnMut(&[u8]) -> Result<()>) -> Result<()> {
        let signature = Signature::<C>::from_der(self.as_bytes()).map_err(|_| Error::Der)?;
        verify(&signature.to_bytes())
    }
}
