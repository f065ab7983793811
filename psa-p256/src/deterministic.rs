//! Nonces that a key and a hash prescribe (RFC 6979, 3.2): what `HMAC_DRBG` draws of both.

use core::convert::Infallible;
use rand_core::{TryCryptoRng, TryRng};
use rfc6979::HmacDrbg;
use sha2::Sha256;

use crate::backend::Backend;
use crate::{PRIVATE_KEY_SIZE, Result, SIGNATURE_SIZE, scalar, wipe};

/// Words of stack to wipe: `HMAC_DRBG` and its hashes stand in as many, above what a back end wipes. A test in
/// tests/firmware/constant-time looks for what is left.
const DEPTH: usize = if cfg!(target_os = "none") { 1024 } else { 4096 };

/// A source that gives one nonce after the other. It knows the key: nobody else gets it.
struct Nonces(HmacDrbg<Sha256>);

impl TryRng for Nonces {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> core::result::Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_be_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> core::result::Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_be_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, output: &mut [u8]) -> core::result::Result<(), Infallible> {
        self.0.fill_bytes(output);
        Ok(())
    }
}

impl TryCryptoRng for Nonces {}

pub(crate) fn sign(
    backend: Backend,
    private: &[u8],
    hash: &[u8; 32],
) -> Result<[u8; SIGNATURE_SIZE]> {
    #[inline(never)]
    fn compute(
        backend: Backend,
        private: &[u8; PRIVATE_KEY_SIZE],
        hash: &[u8; 32],
    ) -> Result<[u8; SIGNATURE_SIZE]> {
        let mut nonces = Nonces(HmacDrbg::new(private, &scalar::reduced(hash), &[]));
        backend.sign(private, hash, &mut nonces)
    }
    let private = scalar::check(private)?;
    let signature = compute(backend, private, hash);
    wipe::stack::<DEPTH>();
    signature
}
