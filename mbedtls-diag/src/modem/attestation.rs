//! The signed statement that accompanies a key: which device it is in, and in which slot.

use std::fmt;

use ciborium::Value;
use coset::{CoseSign1, TaggedCborSerializable};

use super::KeygenError;

/// The identity of a device: 16 bytes, written as `50363154-3931-44f0-8022-121b6401627d`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Uuid(pub [u8; 16]);

impl fmt::Display for Uuid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.0.iter().enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                out.write_str("-")?;
            }
            write!(out, "{byte:02x}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Uuid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Uuid({self})")
    }
}

/// What the payload of the `COSE_Sign1` (RFC 9052) says.
///
/// Its signature is made by the identity key of the modem, whose public half is not in the answer: it is not checked
/// here.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attestation {
    /// The kind of message: 8 for a public key, 9 for a certificate request.
    pub message: u64,
    /// The device.
    pub uuid: Uuid,
    /// The slot that holds the private key.
    pub sec_tag: u32,
    /// SHA-256 of the first part of the answer, as the modem sent it.
    pub digest: [u8; 32],
    /// A number used once, chosen by the modem.
    pub nonce: Vec<u8>,
}

impl Attestation {
    /// Reads the second part of an answer.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, KeygenError> {
        let sign1 = CoseSign1::from_tagged_slice(bytes)
            .or_else(|_| coset::CborSerializable::from_slice(bytes))
            .map_err(|error: coset::CoseError| KeygenError::Cose(error.to_string()))?;
        let payload = sign1
            .payload
            .ok_or_else(|| wrong("it carries no payload"))?;
        Self::from_payload(&payload)
    }

    fn from_payload(payload: &[u8]) -> Result<Self, KeygenError> {
        let fields = match value(payload)? {
            // 55799 says nothing but "this is CBOR" (RFC 8949, section 3.4.6).
            Value::Tag(55799, inner) => *inner,
            other => other,
        };
        let fields = fields
            .into_array()
            .map_err(|_| wrong("its payload is not an array"))?;
        let [message, uuid, sec_tag, digest, nonce] = <[Value; 5]>::try_from(fields)
            .map_err(|_| wrong("its payload does not have five fields"))?;
        Ok(Self {
            message: integer(&message)
                .and_then(|number| number.try_into().ok())
                .ok_or_else(|| wrong("its message type is no number"))?,
            uuid: Uuid(fixed(uuid).ok_or_else(|| wrong("its device UUID does not have 16 bytes"))?),
            sec_tag: read_sec_tag(sec_tag)?,
            digest: fixed(digest).ok_or_else(|| wrong("its digest does not have 32 bytes"))?,
            nonce: nonce
                .into_bytes()
                .map_err(|_| wrong("its nonce is not a byte string"))?,
        })
    }
}

/// The `sec_tag` is CBOR inside a byte string. Tags above 0x7fffffff arrive as negative numbers.
fn read_sec_tag(field: Value) -> Result<u32, KeygenError> {
    let field = match field {
        Value::Bytes(inner) => value(&inner)?,
        other => other,
    };
    let number = integer(&field).ok_or_else(|| wrong("its sec_tag is no number"))?;
    let is_negative_i32 = (-(1 << 31)..0).contains(&number);
    let unsigned = number + if is_negative_i32 { 1 << 32 } else { 0 };
    u32::try_from(unsigned).map_err(|_| wrong("its sec_tag does not fit 32 bits"))
}

fn value(bytes: &[u8]) -> Result<Value, KeygenError> {
    ciborium::from_reader(bytes).map_err(|error| KeygenError::Cose(error.to_string()))
}

fn integer(value: &Value) -> Option<i128> {
    value.as_integer().map(i128::from)
}

fn fixed<const N: usize>(value: Value) -> Option<[u8; N]> {
    value.into_bytes().ok()?.try_into().ok()
}

fn wrong(what: &str) -> KeygenError {
    KeygenError::Cose(what.to_string())
}
