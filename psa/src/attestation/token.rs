//! Tokens as they come from a device.

use super::{Challenge, Claims, TokenError, Value, read};
use crate::{Hash, Key, Sign};
use core::fmt;
use coset::iana::Algorithm;
use coset::{AsCborValue, CoseSign1, RegisteredLabelWithPrivate, iana};

type Result<T> = core::result::Result<T, TokenError>;

/// A token that was read; what it says is to be believed once [`verify`](Self::verify) has checked it.
///
/// The token is a `COSE_Sign1` (RFC 9052) signed with ES256, ES384 or ES512, of any of the profiles that TF-M makes.
///
/// ```
/// use psa::attestation::{LifecycleState, Token};
/// use psa::{Algorithm, Attributes, Curve, Hash, Key, Usage};
///
/// # let nonce = [1; 32];
/// # let received = include_bytes!("../../tests/data/rfc9783.cbor");
/// # let known = include_bytes!("../../tests/data/rfc9783.point");
/// psa::init()?;
/// let device = Key::import(
///     Attributes::ecc_public_key(Curve::P256)
///         .usage(Usage::VERIFY_MESSAGE)
///         .algorithm(Algorithm::ecdsa(Hash::Sha256)),
///     known,
/// )?;
/// let token = Token::parse(received)?;
/// let claims = token.verify(&device, (&nonce).into())?;
/// assert_eq!(claims.security_lifecycle.state(), Some(LifecycleState::Secured));
/// assert_eq!(claims.software_components[0].measurement_type.as_deref(), Some("PRoT"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Token {
    sign1: CoseSign1,
    algorithm: Sign,
    claims: Claims,
}

impl Token {
    /// Reads a token.
    ///
    /// # Errors
    /// [`TokenError`] says what is wrong with it.
    ///
    /// ```
    /// use psa::attestation::{Token, TokenError};
    ///
    /// assert_eq!(Token::parse(b"no token").err(), Some(TokenError::Cbor));
    /// ```
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        let sign1 = match read::cbor(bytes)? {
            Value::Tag(tag, content) if tag == iana::CborTag::CoseSign1 as u64 => {
                CoseSign1::from_cbor_value(*content).map_err(|_| TokenError::Structure)?
            }
            Value::Tag(tag, _) if tag == iana::CborTag::CoseMac0 as u64 => {
                return Err(TokenError::Mac);
            }
            _ => return Err(TokenError::Structure),
        };
        let algorithm = algorithm(&sign1)?;
        let payload = sign1.payload.as_ref().ok_or(TokenError::Structure)?;
        let claims = read::claims(payload)?;
        Ok(Self {
            sign1,
            algorithm,
            claims,
        })
    }

    /// Checks that the token was signed with the key of which this is the public half and that it answers the challenge,
    /// and answers what it says.
    ///
    /// The key needs [`Usage::VERIFY_MESSAGE`](crate::Usage::VERIFY_MESSAGE) for the token's
    /// [`algorithm`](Self::algorithm).
    ///
    /// # Errors
    /// [`TokenError::Verification`] with [`Error::InvalidSignature`](crate::Error::InvalidSignature) when another key or
    /// nobody signed it, or with what the provider answers; [`TokenError::OtherChallenge`].
    pub fn verify(&self, key: &Key, challenge: Challenge<'_>) -> Result<&Claims> {
        key.verify_message(
            self.algorithm,
            &self.sign1.tbs_data(&[]),
            &self.sign1.signature,
        )
        .map_err(TokenError::Verification)?;
        if self.claims.nonce != challenge.as_bytes() {
            return Err(TokenError::OtherChallenge);
        }
        Ok(&self.claims)
    }

    /// What the token says, whoever made it: for instance to find the key by the instance id.
    ///
    /// ```
    /// # use psa::attestation::{Profile, Token};
    /// # let received = include_bytes!("../../tests/data/rfc9783.cbor");
    /// let token = Token::parse(received)?;
    /// assert_eq!(token.unverified_claims().profile, Some(Profile::Tfm));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn unverified_claims(&self) -> &Claims {
        &self.claims
    }

    /// The algorithm that the token says it is signed with.
    ///
    /// ```
    /// # use psa::{Hash, Sign, attestation::Token};
    /// # let received = include_bytes!("../../tests/data/rfc9783.cbor");
    /// assert_eq!(Token::parse(received)?.algorithm(), Sign::Ecdsa(Hash::Sha256));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn algorithm(&self) -> Sign {
        self.algorithm
    }
}

/// From the header that the signature covers, and from no other.
fn algorithm(sign1: &CoseSign1) -> Result<Sign> {
    let header = &sign1.protected.header;
    if !header.crit.is_empty() {
        return Err(TokenError::Algorithm);
    }
    let hash = match header.alg {
        Some(RegisteredLabelWithPrivate::Assigned(Algorithm::ES256)) => Hash::Sha256,
        Some(RegisteredLabelWithPrivate::Assigned(Algorithm::ES384)) => Hash::Sha384,
        Some(RegisteredLabelWithPrivate::Assigned(Algorithm::ES512)) => Hash::Sha512,
        _ => return Err(TokenError::Algorithm),
    };
    Ok(Sign::Ecdsa(hash))
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("algorithm", &self.algorithm)
            .field("claims", &self.claims)
            .finish_non_exhaustive()
    }
}
