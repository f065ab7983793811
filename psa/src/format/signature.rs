//! Signatures and the names of their algorithms, as X.509 has them.

use super::writer::{DerWriter, tag};
use crate::{Error, Hash, Result, Sign};
#[cfg(feature = "signature")]
use der::{Decode as _, Reader as _, SliceReader, asn1::UintRef};

/// `ecdsa-with-SHA2` (RFC 5758) and `pkcs-1` (RFC 8017) without their last number.
const ECDSA_WITH_SHA2: [u8; 7] = [0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3];
const PKCS1: [u8; 8] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1];
/// `hashAlgs` of NIST without its last number.
const NIST_HASH: [u8; 8] = [0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2];
/// The last numbers of `id-mgf1` and `id-RSASSA-PSS` in `pkcs-1`.
const MGF1: u8 = 8;
const RSASSA_PSS: u8 = 10;

/// The longest `r || s`: P-521.
pub(crate) const ECDSA_RAW_MAX: usize = tfm_sys::PSA_VENDOR_ECDSA_SIGNATURE_MAX_SIZE;

/// The most bytes that X.509 adds to a signature: headers, signs of `r` and `s`, and the algorithm's name.
pub(crate) const fn overhead(algorithm: Sign) -> usize {
    match algorithm {
        // Brainpool's curve of 512 bits has both signs and long headers.
        _ if is_ecdsa(algorithm) => 25,
        Sign::RsaPss(_) => 72,
        _ => 20,
    }
}

pub(crate) const fn is_ecdsa(algorithm: Sign) -> bool {
    matches!(
        algorithm,
        Sign::Ecdsa(_) | Sign::DeterministicEcdsa(_) | Sign::EcdsaAny
    )
}

/// The `AlgorithmIdentifier` of a signature (RFC 5758, RFC 4055).
pub(crate) fn write_algorithm(
    algorithm: Sign,
    hash: Hash,
    writer: &mut DerWriter<'_>,
) -> Result<()> {
    let (ecdsa, rsa, nist) = match hash {
        Hash::Sha224 => (1, 14, 4),
        Hash::Sha256 => (2, 11, 1),
        Hash::Sha384 => (3, 12, 2),
        Hash::Sha512 => (4, 13, 3),
        _ => return Err(Error::UnsupportedKey),
    };
    let mark = writer.len();
    let (prefix, last) = match algorithm {
        Sign::RsaPkcs1v15(_) => {
            writer.element(tag::NULL, &[]);
            (&PKCS1[..], rsa)
        }
        Sign::RsaPss(_) => {
            write_pss(nist, hash.len(), writer);
            (&PKCS1[..], RSASSA_PSS)
        }
        _ if is_ecdsa(algorithm) => (&ECDSA_WITH_SHA2[..], ecdsa),
        _ => return Err(Error::UnsupportedKey),
    };
    write_oid(prefix, last, writer);
    writer.wrap(tag::SEQUENCE, mark);
    Ok(())
}

/// `RSASSA-PSS-params`: this hash, MGF1 over the same, a salt as long as the hash.
fn write_pss(hash: u8, salt: usize, writer: &mut DerWriter<'_>) {
    let mark = writer.len();
    writer.unsigned(&salt.to_be_bytes());
    writer.wrap(tag::context_constructed(2), mark);

    let generator = writer.len();
    write_hash(hash, writer);
    write_oid(&PKCS1, MGF1, writer);
    writer.wrap(tag::SEQUENCE, generator);
    writer.wrap(tag::context_constructed(1), generator);

    let digest = writer.len();
    write_hash(hash, writer);
    writer.wrap(tag::context_constructed(0), digest);
    writer.wrap(tag::SEQUENCE, mark);
}

fn write_hash(hash: u8, writer: &mut DerWriter<'_>) {
    let mark = writer.len();
    writer.element(tag::NULL, &[]);
    write_oid(&NIST_HASH, hash, writer);
    writer.wrap(tag::SEQUENCE, mark);
}

fn write_oid(prefix: &[u8], last: u8, writer: &mut DerWriter<'_>) {
    let mark = writer.len();
    writer.byte(last);
    writer.bytes(prefix);
    writer.wrap(tag::OBJECT_IDENTIFIER, mark);
}

/// The signature itself; PSA's `r || s` becomes an `Ecdsa-Sig-Value` (RFC 3279).
pub(crate) fn write(algorithm: Sign, signature: &[u8], writer: &mut DerWriter<'_>) {
    if !is_ecdsa(algorithm) {
        return writer.bytes(signature);
    }
    let mark = writer.len();
    let (r, s) = signature
        .split_at_checked(signature.len() / 2)
        .unwrap_or_default();
    writer.unsigned(s);
    writer.unsigned(r);
    writer.wrap(tag::SEQUENCE, mark);
}

/// Makes an `Ecdsa-Sig-Value` of the `r || s` that was written since `mark`.
// Not part of what signs: its copy of the signature is not on the stack while the provider works.
#[inline(never)]
pub(crate) fn rewrite_ecdsa(writer: &mut DerWriter<'_>, mark: usize) -> Result<()> {
    let mut raw = [0; ECDSA_RAW_MAX];
    let raw = writer.take_back(mark, &mut raw)?;
    write(Sign::EcdsaAny, raw, writer);
    Ok(())
}

/// Reads an `Ecdsa-Sig-Value` into `r || s`, each half of `raw`.
#[cfg(feature = "signature")]
pub(crate) fn read_ecdsa(der: &[u8], raw: &mut [u8]) -> Result<()> {
    let numbers = || {
        let mut reader = SliceReader::new(der)?;
        let numbers = reader.sequence(|reader| {
            let r = UintRef::decode(reader)?;
            Ok::<_, der::Error>((r, UintRef::decode(reader)?))
        })?;
        reader.finish()?;
        Ok(numbers)
    };
    let (r, s) = numbers().map_err(super::damaged)?;
    let (first, second) = raw
        .split_at_mut_checked(raw.len() / 2)
        .ok_or(Error::CorruptionDetected)?;
    for (half, number) in [(first, r), (second, s)] {
        let bytes = number.as_bytes();
        let start = half
            .len()
            .checked_sub(bytes.len())
            .ok_or(Error::InvalidSignature)?;
        half.fill(0);
        half.get_mut(start..)
            .ok_or(Error::CorruptionDetected)?
            .copy_from_slice(bytes);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use super::*;
    use alloc::vec;

    /// What a signature becomes, with headers that its own length decides.
    fn written(algorithm: Sign, hash: Hash, raw: &[u8]) -> usize {
        let mut buffer = vec![0; raw.len() + 200];
        let mut writer = DerWriter::new(&mut buffer);
        write(algorithm, raw, &mut writer);
        writer.byte(0);
        writer.wrap(tag::BIT_STRING, 0);
        write_algorithm(algorithm, hash, &mut writer).unwrap();
        writer.finish().unwrap().len()
    }

    #[test]
    fn a_signature_of_any_size_has_the_room_that_it_needs() {
        let mut most = [0; 3];
        for hash in [Hash::Sha224, Hash::Sha256, Hash::Sha384, Hash::Sha512] {
            for bytes in [24, 28, 32, 48, 64, 66] {
                let mut raw = vec![0xff; 2 * bytes];
                if bytes == 66 {
                    // 521 bits.
                    raw[0] = 1;
                    raw[66] = 1;
                }
                let added = written(Sign::Ecdsa(hash), hash, &raw) - raw.len();
                most[0] = added.max(most[0]);
            }
            for bytes in [64, 128, 256, 384, 512, 1024, 2048] {
                let raw = vec![0xff; bytes];
                for (index, algorithm) in [Sign::RsaPkcs1v15(hash), Sign::RsaPss(hash)]
                    .into_iter()
                    .enumerate()
                {
                    let added = written(algorithm, hash, &raw) - bytes;
                    most[index + 1] = added.max(most[index + 1]);
                }
            }
        }
        let hash = Hash::Sha256;
        let room = [
            Sign::Ecdsa(hash),
            Sign::RsaPkcs1v15(hash),
            Sign::RsaPss(hash),
        ]
        .map(overhead);
        assert_eq!(most, room);
    }
}
