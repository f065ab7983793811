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

#[cfg(provider = "mbedtls")]
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

/// The other side is what TLS in the same library uses: another interface, with its own form of the messages.
#[cfg(all(test, feature = "full", feature = "std", provider = "mbedtls"))]
mod tests {
    extern crate std;
    use super::c;
    use crate::{
        Attributes, Jpake, JpakeRole, JpakeShare, Key, KeyType, Pake, Tls12EcjpakeToPms, Usage,
    };
    use core::mem::MaybeUninit;
    use core::ptr;
    use std::{boxed::Box, vec, vec::Vec};

    const PASSWORD: &[u8] = b"threadjpaketest";

    /// A party of `mbedtls/ecjpake.h`.
    struct Legacy(Box<c::mbedtls_ecjpake_context>);

    impl Legacy {
        fn new(role: c::mbedtls_ecjpake_role) -> Self {
            // SAFETY: the context has integers and pointers, for which zero is a value; init and setup are given one
            // that lives in its box, and the length of the password.
            unsafe {
                let mut context = Box::new(MaybeUninit::zeroed().assume_init());
                c::mbedtls_ecjpake_init(&raw mut *context);
                let hash = c::MBEDTLS_MD_SHA256;
                let curve = c::MBEDTLS_ECP_DP_SECP256R1;
                let (password, len) = (PASSWORD.as_ptr(), PASSWORD.len());
                let setup =
                    c::mbedtls_ecjpake_setup(&raw mut *context, role, hash, curve, password, len);
                assert_eq!(setup, 0);
                Self(context)
            }
        }

        fn write(
            &mut self,
            call: unsafe extern "C" fn(
                *mut c::mbedtls_ecjpake_context,
                *mut u8,
                usize,
                *mut usize,
                c::mbedtls_f_rng_t,
                *mut core::ffi::c_void,
            ) -> i32,
        ) -> Vec<u8> {
            let mut buffer = vec![0; 512];
            let mut len = 0;
            // SAFETY: the context was set up, the buffer has the length that is given, and the random source is that of
            // the library, which wants no state.
            let written = unsafe {
                call(
                    &raw mut *self.0,
                    buffer.as_mut_ptr(),
                    buffer.len(),
                    &raw mut len,
                    Some(c::mbedtls_psa_get_random),
                    ptr::null_mut(),
                )
            };
            assert_eq!(written, 0);
            buffer.truncate(len);
            buffer
        }

        fn read(
            &mut self,
            call: unsafe extern "C" fn(*mut c::mbedtls_ecjpake_context, *const u8, usize) -> i32,
            message: &[u8],
        ) {
            // SAFETY: the context was set up; pointer and length describe `message`.
            let read = unsafe { call(&raw mut *self.0, message.as_ptr(), message.len()) };
            assert_eq!(read, 0);
        }
    }

    impl Drop for Legacy {
        fn drop(&mut self) {
            // SAFETY: the context was initialized, and nobody else has it.
            unsafe { c::mbedtls_ecjpake_free(&raw mut *self.0) }
        }
    }

    /// The curve by its number: before the server's second share in TLS.
    const P256: &[u8] = &[3, 0, 23];

    fn parse(message: &[u8]) -> Vec<JpakeShare> {
        let mut rest = message;
        let mut parts = Vec::new();
        while let Some((len, following)) = rest.split_first() {
            let (part, following) = following.split_at(usize::from(*len));
            parts.push(part);
            rest = following;
        }
        let shares = parts.chunks(3);
        shares
            .map(|parts| JpakeShare::from_parts(parts[0], parts[1], parts[2]).expect("a share"))
            .collect()
    }

    fn print(shares: &[JpakeShare]) -> Vec<u8> {
        let mut message = Vec::new();
        for share in shares {
            for part in [&share.key_share()[..], share.public(), share.proof()] {
                message.push(u8::try_from(part.len()).expect("65 at most"));
                message.extend(part);
            }
        }
        message
    }

    #[test]
    fn the_exchange_of_tls_and_ours_have_the_same_secret_in_both_roles() {
        crate::init().expect("the provider starts");
        let attributes = Attributes::new(KeyType::Password, 0)
            .usage(Usage::DERIVE)
            .algorithm(Pake::Jpake.into());
        let password = Key::import(attributes, PASSWORD).expect("a password");
        // Often enough that a number with leading zeros comes along, which TLS sends without them.
        for round in 0..32 {
            let ours_is_client = round % 2 == 0;
            let (role, their_role) = if ours_is_client {
                (JpakeRole::Client, c::MBEDTLS_ECJPAKE_SERVER)
            } else {
                (JpakeRole::Server, c::MBEDTLS_ECJPAKE_CLIENT)
            };
            let mut theirs = Legacy::new(their_role);
            let (ours, shares) = Jpake::start(role, &password).expect("a start");
            let first = theirs.write(c::mbedtls_ecjpake_write_round_one);
            theirs.read(c::mbedtls_ecjpake_read_round_one, &print(&shares));
            let shares: [JpakeShare; 2] = parse(&first).try_into().expect("two shares");
            let (ours, share) = ours.round_two(&shares).expect("a second round");

            let second = theirs.write(c::mbedtls_ecjpake_write_round_two);
            let second = if ours_is_client {
                second.strip_prefix(P256).expect("the curve")
            } else {
                &second
            };
            let curve = if ours_is_client { &[][..] } else { P256 };
            let message = [curve, &print(&[share])].concat();
            theirs.read(c::mbedtls_ecjpake_read_round_two, &message);
            let [their_share] = parse(second).try_into().expect("one share");
            let secret = ours.finish(&their_share).expect("a secret");

            let premaster = theirs.write(c::mbedtls_ecjpake_derive_secret);
            let mut output = Tls12EcjpakeToPms.derive(secret).expect("a derivation");
            assert_eq!(*output.output_bytes(32).expect("32 bytes"), *premaster);
        }
    }
}
