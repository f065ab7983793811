//! Password-authenticated key exchange: types and constants. TF-M does not offer it to the non-secure side.

use super::algorithm_asymmetric::PSA_ALG_JPAKE;
use super::key_type::PSA_ECC_FAMILY_SECP_R1;
use super::types::psa_algorithm_t;

/// A side of the exchange.
pub type psa_pake_role_t = u8;
/// A step of the exchange.
pub type psa_pake_step_t = u8;
/// The kind of group.
pub type psa_pake_primitive_type_t = u8;
/// The family of the group.
pub type psa_pake_family_t = u8;
/// A group: its kind, family and size.
pub type psa_pake_primitive_t = u32;

/// The exchange has no sides.
pub const PSA_PAKE_ROLE_NONE: psa_pake_role_t = 0x00;
/// The first peer.
pub const PSA_PAKE_ROLE_FIRST: psa_pake_role_t = 0x01;
/// The second peer.
pub const PSA_PAKE_ROLE_SECOND: psa_pake_role_t = 0x02;
/// The client.
pub const PSA_PAKE_ROLE_CLIENT: psa_pake_role_t = 0x11;
/// The server.
pub const PSA_PAKE_ROLE_SERVER: psa_pake_role_t = 0x12;
/// Elliptic curves.
pub const PSA_PAKE_PRIMITIVE_TYPE_ECC: psa_pake_primitive_type_t = 0x01;
/// Diffie-Hellman groups.
pub const PSA_PAKE_PRIMITIVE_TYPE_DH: psa_pake_primitive_type_t = 0x02;
/// A key share.
pub const PSA_PAKE_STEP_KEY_SHARE: psa_pake_step_t = 0x01;
/// The public key of a Schnorr proof.
pub const PSA_PAKE_STEP_ZK_PUBLIC: psa_pake_step_t = 0x02;
/// The proof itself.
pub const PSA_PAKE_STEP_ZK_PROOF: psa_pake_step_t = 0x03;
/// The longest output of a step.
pub const PSA_PAKE_OUTPUT_MAX_SIZE: usize = 65;
/// The longest input of a step.
pub const PSA_PAKE_INPUT_MAX_SIZE: usize = 65;

/// Algorithm, group and hash of an exchange.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct psa_pake_cipher_suite_t {
    pub(crate) algorithm: psa_algorithm_t,
    pub(crate) primitive_type: psa_pake_primitive_type_t,
    pub(crate) family: psa_pake_family_t,
    pub(crate) bits: u16,
    pub(crate) hash: psa_algorithm_t,
}

/// A group; 0 when its size has more than 16 bits.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the branch proves that the size fits 16 bits"
)]
#[inline]
pub const fn PSA_PAKE_PRIMITIVE(
    pake_type: psa_pake_primitive_type_t,
    pake_family: psa_pake_family_t,
    pake_bits: usize,
) -> psa_pake_primitive_t {
    if pake_bits > 0xffff {
        return 0;
    }
    (pake_type as u32) << 24 | (pake_family as u32) << 16 | pake_bits as u32
}

/// What a step writes at most, in bytes; 0 when nothing fits together.
#[inline]
pub const fn PSA_PAKE_OUTPUT_SIZE(
    alg: psa_algorithm_t,
    primitive: psa_pake_primitive_t,
    step: psa_pake_step_t,
) -> usize {
    const P256: psa_pake_primitive_t =
        PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_ECC, PSA_ECC_FAMILY_SECP_R1, 256);
    if alg != PSA_ALG_JPAKE || primitive != P256 {
        return 0;
    }
    match step {
        PSA_PAKE_STEP_KEY_SHARE | PSA_PAKE_STEP_ZK_PUBLIC => 65,
        _ => 32,
    }
}

/// What a step reads at most, in bytes; 0 when nothing fits together.
#[inline]
pub const fn PSA_PAKE_INPUT_SIZE(
    alg: psa_algorithm_t,
    primitive: psa_pake_primitive_t,
    step: psa_pake_step_t,
) -> usize {
    PSA_PAKE_OUTPUT_SIZE(alg, primitive, step)
}
