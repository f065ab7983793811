//! Writing keys as PEM and DER.
#[cfg(feature = "alloc")]
use alloc::{string::String, vec, vec::Vec};

#[cfg(feature = "alloc")]
use zeroize::Zeroizing;

#[cfg(mbedtls = "PEM_WRITE_C")]
use crate::error::Error;
use crate::error::Result;
use crate::ffi::pk::Form;
use crate::pk::Pk;

/// Into a buffer of the caller, without an allocator on the Rust side.
///
/// 256 bytes hold every EC key as DER and 512 as PEM; a private RSA key needs up to 5 times the bytes of its modulus plus
/// 64 as DER, and 1.5 times that as PEM. After an error the whole buffer is zero, after a success the part behind the
/// result. A buffer for a private key belongs into a `Zeroizing`.
impl Pk<'_> {
    /// Writes the private key as DER: SEC1 (RFC 5915), PKCS#8 for Curve25519, PKCS#1 for RSA.
    ///
    /// # Errors
    /// `MBEDTLS_ERR_ASN1_BUF_TOO_SMALL`; `MBEDTLS_ERR_ECP_BAD_INPUT_DATA` or `MBEDTLS_ERR_RSA_BAD_INPUT_DATA` for a public
    /// key; for an opaque key that must not be exported the PSA status, translated.
    ///
    /// ```
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    ///
    /// let mut buffer = zeroize::Zeroizing::new([0; 256]);
    /// let der = Pk::generate(KeyType::Ec(Curve::P256))?.write_key_der(&mut *buffer)?;
    /// assert_eq!(der.len(), 121);
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn write_key_der<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b [u8]> {
        let len = self.context.write(Form::KeyDer, buffer)?;
        Ok(&buffer[..len])
    }

    /// Writes the public key as DER: `SubjectPublicKeyInfo` (RFC 5280).
    ///
    /// # Errors
    /// `MBEDTLS_ERR_ASN1_BUF_TOO_SMALL`.
    ///
    /// ```
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    ///
    /// let mut buffer = [0; 256];
    /// let der = Pk::generate(KeyType::Ec(Curve::P256))?.write_pubkey_der(&mut buffer)?;
    /// assert_eq!(der.len(), 91);
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn write_pubkey_der<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b [u8]> {
        let len = self.context.write(Form::PublicDer, buffer)?;
        Ok(&buffer[..len])
    }

    /// Writes the private key as PEM, in the formats of [`write_key_der`](Self::write_key_der); the lines end in LF.
    ///
    /// # Errors
    /// `MBEDTLS_ERR_BASE64_BUFFER_TOO_SMALL`, and as `write_key_der`.
    ///
    /// ```
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    ///
    /// let mut buffer = zeroize::Zeroizing::new([0; 512]);
    /// let pem = Pk::generate(KeyType::Ec(Curve::P256))?.write_key_pem(&mut *buffer)?;
    /// assert!(pem.starts_with("-----BEGIN EC PRIVATE KEY-----\n"));
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    #[cfg(mbedtls = "PEM_WRITE_C")]
    pub fn write_key_pem<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b str> {
        let len = self.context.write(Form::KeyPem, buffer)?;
        text(&buffer[..len])
    }

    /// Writes the public key as PEM.
    ///
    /// # Errors
    /// `MBEDTLS_ERR_BASE64_BUFFER_TOO_SMALL`.
    ///
    /// ```
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    ///
    /// let mut buffer = [0; 512];
    /// let pem = Pk::generate(KeyType::Ec(Curve::P256))?.write_pubkey_pem(&mut buffer)?;
    /// assert!(pem.starts_with("-----BEGIN PUBLIC KEY-----\n"));
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    #[cfg(mbedtls = "PEM_WRITE_C")]
    pub fn write_pubkey_pem<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b str> {
        let len = self.context.write(Form::PublicPem, buffer)?;
        text(&buffer[..len])
    }
}

/// Into memory of the Rust allocator (feature `alloc`).
#[cfg(feature = "alloc")]
impl Pk<'_> {
    /// The private key as DER, wiped when it is dropped: see [`write_key_der`](Self::write_key_der).
    ///
    /// # Errors
    /// As `write_key_der`.
    ///
    /// ```
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    ///
    /// assert_eq!(Pk::generate(KeyType::Ec(Curve::P256))?.key_der()?.len(), 121);
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn key_der(&self) -> Result<Zeroizing<Vec<u8>>> {
        self.form(Form::KeyDer)
    }

    /// The public key as DER: see [`write_pubkey_der`](Self::write_pubkey_der).
    ///
    /// # Errors
    /// As `write_pubkey_der`.
    ///
    /// ```
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    ///
    /// assert_eq!(Pk::generate(KeyType::Ec(Curve::P256))?.pubkey_der()?.len(), 91);
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn pubkey_der(&self) -> Result<Vec<u8>> {
        self.form(Form::PublicDer)
            .map(|mut der| core::mem::take(&mut *der))
    }

    /// The private key as PEM, wiped when it is dropped: see [`write_key_pem`](Self::write_key_pem).
    ///
    /// # Errors
    /// As `write_key_pem`.
    ///
    /// ```
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    ///
    /// let pem = Pk::generate(KeyType::Ec(Curve::P256))?.key_pem()?;
    /// assert!(pem.ends_with("-----END EC PRIVATE KEY-----\n"));
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    #[cfg(mbedtls = "PEM_WRITE_C")]
    pub fn key_pem(&self) -> Result<Zeroizing<String>> {
        string(self.form(Form::KeyPem)?).map(Zeroizing::new)
    }

    /// The public key as PEM: see [`write_pubkey_pem`](Self::write_pubkey_pem).
    ///
    /// # Errors
    /// As `write_pubkey_pem`.
    ///
    /// ```
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    ///
    /// let pem = Pk::generate(KeyType::Ec(Curve::P256))?.pubkey_pem()?;
    /// assert!(pem.ends_with("-----END PUBLIC KEY-----\n"));
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    #[cfg(mbedtls = "PEM_WRITE_C")]
    pub fn pubkey_pem(&self) -> Result<String> {
        string(self.form(Form::PublicPem)?)
    }

    fn form(&self, form: Form) -> Result<Zeroizing<Vec<u8>>> {
        // An RSA key has at most nine numbers: five of half the modulus' length, four of its whole length.
        let der = 128 + 7 * self.bits().div_ceil(8);
        let mut buffer = Zeroizing::new(vec![0; 128 + der.div_ceil(48) * 65]);
        let len = self.context.write(form, &mut buffer)?;
        buffer.truncate(len);
        Ok(buffer)
    }
}

#[cfg(mbedtls = "PEM_WRITE_C")]
fn text(bytes: &[u8]) -> Result<&str> {
    core::str::from_utf8(bytes).map_err(|_| not_text())
}

/// The same memory as a string: no copy of a secret is left behind.
#[cfg(all(feature = "alloc", mbedtls = "PEM_WRITE_C"))]
fn string(mut bytes: Zeroizing<Vec<u8>>) -> Result<String> {
    text(&bytes)?;
    String::from_utf8(core::mem::take(&mut *bytes)).map_err(|_| not_text())
}

#[cfg(mbedtls = "PEM_WRITE_C")]
fn not_text() -> Error {
    Error::from_code(crate::sys::MBEDTLS_ERR_ERROR_CORRUPTION_DETECTED)
}
