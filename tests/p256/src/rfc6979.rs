//! RFC 6979, A.2.5: a key, the nonces that it prescribes for two messages, and their signatures.

use crate::ok;
use psa_conformance::check::same;
use psa_conformance::{Result, hex};
use psa_p256::Backend;
use psa_p256::rand_core::{TryCryptoRng, TryRng};

const PRIVATE: [u8; 32] = hex("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721");
const PUBLIC: [u8; 65] = hex(
    "0460FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB67903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299",
);

/// Hash, nonce and signature of the messages "sample" and "test", with SHA-256, and of "sample" with SHA-512.
const SIGNED: [(&[u8], [u8; 32], [u8; 64]); 3] = [
    (
        &hex::<32>("AF2BDBE1AA9B6EC1E2ADE1D694F41FC71A831D0268E9891562113D8A62ADD1BF"),
        hex("A6E3C57DD01ABE90086538398355DD4C3B17AA873382B0F24D6129493D8AAD60"),
        hex(
            "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8",
        ),
    ),
    (
        &hex::<32>("9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08"),
        hex("D16B6AE827F17175E040871A1C7EC3500192C4C92677336EC2537ACAEE0008E0"),
        hex(
            "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083",
        ),
    ),
    (
        &hex::<64>(
            "39A5E04AAFF7455D9850C605364F514C11324CE64016960D23D5DC57D3FFD8F49A739468AB8049BF18EEF820CDB1AD6C9015F838556BC7FAD4138B23FDF986C7",
        ),
        hex("5FA81C63109BADB88C1F367B47DA606DA28CAD69AA22C4FE6AD7DF73A7173AA5"),
        hex(
            "8496A60B5E9B47C825488827E0495B0E3FA109EC4568FD3F8D1097678EB97F002362AB1ADBE2B8ADF9CB9EDAB740EA6049C028114F2460F96554F61FAE3302FE",
        ),
    ),
];

pub(crate) fn vectors(backend: Backend) -> Result<()> {
    same(&ok(backend.public_key(&PRIVATE))?, &PUBLIC)?;
    for (hash, nonce, signature) in SIGNED {
        same(
            &ok(backend.sign(&PRIVATE, hash, &mut Nonce(nonce)))?,
            &signature,
        )?;
        ok(backend.verify(&PUBLIC, hash, &signature))?;
        // What is longer is of a hash with which that function does not draw.
        if let Ok(hash) = hash.try_into() {
            same(&ok(backend.sign_deterministic(&PRIVATE, hash))?, &signature)?;
        }
    }
    Ok(())
}

/// A source that gives the nonce that RFC 6979 prescribes.
struct Nonce([u8; 32]);

impl TryRng for Nonce {
    type Error = core::convert::Infallible;

    fn try_next_u32(&mut self) -> core::result::Result<u32, Self::Error> {
        Ok(0)
    }

    fn try_next_u64(&mut self) -> core::result::Result<u64, Self::Error> {
        Ok(0)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> core::result::Result<(), Self::Error> {
        bytes.copy_from_slice(&self.0);
        Ok(())
    }
}

impl TryCryptoRng for Nonce {}
