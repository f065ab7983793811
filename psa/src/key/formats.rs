//! PEM and DER of keys.

use crate::{
    Attributes, Error, Key, Result, Secret,
    csr::{Csr, Subject},
    format::{
        certificate, pem, read,
        write::{self, PrivateForm},
        writer::DerWriter,
    },
};

impl Key {
    /// Writes the private key as PEM in its traditional form, as `mbedtls_pk_write_key_pem` does: `EC PRIVATE KEY`
    /// (SEC1, RFC 5915) for ECDSA curves, `RSA PRIVATE KEY` (PKCS#1) for RSA; keys of X25519 and its like have only
    /// PKCS#8's.
    ///
    /// The text stands in `buffer`, which is wiped when the answer is dropped, and when writing fails. 512 bytes are
    /// enough for every curve; [`sizes::private_key_pem_size`](crate::sizes::private_key_pem_size) says it exactly
    /// enough for all.
    ///
    /// # Errors
    /// [`Error::NotPermitted`] without [`Usage::EXPORT`](crate::Usage::EXPORT), [`Error::BufferTooSmall`],
    /// [`Error::UnsupportedKey`] for keys that are no key pairs.
    ///
    /// ```
    /// # use psa::{Attributes, Curve, Key, Usage};
    /// # psa::init()?;
    /// let key = Key::generate(Attributes::ecc_key_pair(Curve::P256).usage(Usage::EXPORT))?;
    /// let mut buffer = [0; 512];
    /// let pem = key.private_key_pem_into(&mut buffer)?;
    /// assert!(pem.starts_with("-----BEGIN EC PRIVATE KEY-----\n"));
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn private_key_pem_into<'b>(&self, buffer: &'b mut [u8]) -> Result<Secret<'b, str>> {
        self.private_key_into(PrivateForm::Traditional, true, buffer)?
            .into_str()
    }

    /// Writes the private key as PEM in PKCS#8's form (RFC 5958): `PRIVATE KEY`.
    ///
    /// # Errors
    /// As for [`private_key_pem_into`](Self::private_key_pem_into).
    ///
    /// ```
    /// # use psa::{Attributes, Curve, Key, Usage};
    /// # psa::init()?;
    /// let key = Key::generate(Attributes::ecc_key_pair(Curve::P256).usage(Usage::EXPORT))?;
    /// let mut buffer = [0; 512];
    /// let pem = key.private_key_pkcs8_pem_into(&mut buffer)?;
    /// assert!(pem.starts_with("-----BEGIN PRIVATE KEY-----\n"));
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn private_key_pkcs8_pem_into<'b>(&self, buffer: &'b mut [u8]) -> Result<Secret<'b, str>> {
        self.private_key_into(PrivateForm::Pkcs8, true, buffer)?
            .into_str()
    }

    /// Writes the private key as DER in its traditional form; see [`private_key_pem_into`](Self::private_key_pem_into).
    ///
    /// It stands at the end of the buffer, and is the answer.
    ///
    /// # Errors
    /// As for [`private_key_pem_into`](Self::private_key_pem_into).
    ///
    /// ```
    /// # use psa::{Attributes, Curve, Key, Usage};
    /// # psa::init()?;
    /// let key = Key::generate(Attributes::ecc_key_pair(Curve::P256).usage(Usage::EXPORT))?;
    /// let mut buffer = [0; 256];
    /// assert_eq!(key.private_key_der_into(&mut buffer)?.len(), 121);
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn private_key_der_into<'b>(&self, buffer: &'b mut [u8]) -> Result<Secret<'b, [u8]>> {
        self.private_key_into(PrivateForm::Traditional, false, buffer)
    }

    /// Writes the private key as DER in PKCS#8's form (RFC 5958).
    ///
    /// # Errors
    /// As for [`private_key_pem_into`](Self::private_key_pem_into).
    ///
    /// ```
    /// # use psa::{Attributes, Curve, Key, Usage};
    /// # psa::init()?;
    /// let key = Key::generate(Attributes::ecc_key_pair(Curve::P256).usage(Usage::EXPORT))?;
    /// let mut buffer = [0; 256];
    /// assert_eq!(key.private_key_pkcs8_der_into(&mut buffer)?.len(), 138);
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn private_key_pkcs8_der_into<'b>(&self, buffer: &'b mut [u8]) -> Result<Secret<'b, [u8]>> {
        self.private_key_into(PrivateForm::Pkcs8, false, buffer)
    }

    /// Writes the public key as PEM: `PUBLIC KEY`, a `SubjectPublicKeyInfo` (RFC 5280, RFC 5480, RFC 8410).
    ///
    /// Any policy permits it.
    ///
    /// # Errors
    /// [`Error::BufferTooSmall`], [`Error::UnsupportedKey`] for keys without a public half or a format.
    ///
    /// ```
    /// # use psa::{Attributes, Curve, Key};
    /// # psa::init()?;
    /// let key = Key::generate(Attributes::ecc_key_pair(Curve::P256))?;
    /// let mut buffer = [0; 256];
    /// assert!(key.public_key_pem_into(&mut buffer)?.starts_with("-----BEGIN PUBLIC KEY-----\n"));
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn public_key_pem_into<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b str> {
        let len = self.public_key_len(buffer)?;
        let len = pem::encode_in_place(pem::PUBLIC_KEY, buffer, len)?;
        pem::as_text(buffer, len)
    }

    /// Writes the public key as DER: a `SubjectPublicKeyInfo`.
    ///
    /// # Errors
    /// As for [`public_key_pem_into`](Self::public_key_pem_into).
    ///
    /// ```
    /// # use psa::{Attributes, Curve, Key};
    /// # psa::init()?;
    /// let key = Key::generate(Attributes::ecc_key_pair(Curve::P256))?;
    /// let mut buffer = [0; 128];
    /// assert_eq!(key.public_key_der_into(&mut buffer)?.len(), 91);
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn public_key_der_into<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b [u8]> {
        let len = self.public_key_len(buffer)?;
        Ok(pem::tail(buffer, len))
    }

    /// Imports a key from PEM: SEC1, PKCS#1, PKCS#8 or `SubjectPublicKeyInfo`, whichever comes first in the text.
    ///
    /// The attributes say what the key must be, or leave it open ([`Attributes::from_file`]).
    ///
    /// # Errors
    /// [`Error::Pem`] or [`Error::Der`] when the file is damaged or holds no key, [`Error::Encrypted`] when it needs a
    /// password, [`Error::UnsupportedKey`] for an unknown algorithm or curve, [`Error::DifferentKeyType`] when the
    /// attributes ask for another, and what [`import`](Self::import) answers.
    ///
    /// ```
    /// use psa::{Attributes, Curve, Error, Key, Usage};
    ///
    /// psa::init()?;
    /// let key = Key::generate(Attributes::ecc_key_pair(Curve::P256).usage(Usage::EXPORT))?;
    /// let pem = key.private_key_pem()?;
    /// let again = Key::import_pem(Attributes::from_file(), &*pem)?;
    /// assert_eq!(again.export_public()?, key.export_public()?);
    ///
    /// let other = Key::import_pem(Attributes::ecc_key_pair(Curve::P384), &*pem);
    /// assert_eq!(other.err(), Some(Error::DifferentKeyType));
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn import_pem(attributes: Attributes, pem: impl AsRef<[u8]>) -> Result<Self> {
        read::import_pem(attributes, pem.as_ref())
    }

    /// Imports a key from DER: SEC1, PKCS#1, PKCS#8 or `SubjectPublicKeyInfo`.
    ///
    /// # Errors
    /// As for [`import_pem`](Self::import_pem).
    ///
    /// ```
    /// use psa::{Attributes, Curve, Key};
    ///
    /// psa::init()?;
    /// let key = Key::generate(Attributes::ecc_key_pair(Curve::P256))?;
    /// let public = Key::import_der(Attributes::ecc_public_key(Curve::P256), key.public_key_der()?)?;
    /// assert_eq!(public.export_public()?, key.export_public()?);
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn import_der(attributes: Attributes, der: impl AsRef<[u8]>) -> Result<Self> {
        read::import_der(attributes, der.as_ref())
    }

    /// Begins a certificate signing request for this subject; the key signs it and stays where it is.
    ///
    /// The subject is text or a [`Subject`], where text means [`Subject::parse`].
    ///
    /// # Errors
    /// [`Error::Subject`] when the subject is no distinguished name.
    ///
    /// ```
    /// use psa::{Algorithm, Attributes, Curve, Error, Hash, Key, Usage};
    ///
    /// psa::init()?;
    /// let key = Key::generate(
    ///     Attributes::ecc_key_pair(Curve::P256).usage(Usage::SIGN).algorithm(Algorithm::ecdsa(Hash::Sha256)),
    /// )?;
    /// let pem = key.csr("CN=device-0001,O=Example")?.to_pem()?;
    /// assert!(pem.starts_with("-----BEGIN CERTIFICATE REQUEST-----\n"));
    /// assert!(matches!(key.csr("device-0001"), Err(Error::Subject(_))));
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn csr<'a, S>(&'a self, subject: S) -> Result<Csr<'a>>
    where
        S: TryInto<Subject<'a>>,
        Error: From<S::Error>,
    {
        Ok(Csr::new(self, subject.try_into()?))
    }

    /// Checks that a certificate, PEM or DER, was issued for this key. Of a chain the first certificate counts.
    ///
    /// Nothing else of the certificate is checked: neither its signature nor its dates.
    ///
    /// # Errors
    /// [`Error::DifferentKey`] when it was issued for another, [`Error::Pem`] or [`Error::Der`] when it is damaged.
    ///
    /// ```
    /// # use psa::{Attributes, Curve, Error, Key};
    /// # psa::init()?;
    /// # let key = Key::generate(Attributes::ecc_key_pair(Curve::P256))?;
    /// # let certificate = include_str!("../../tests/data/certificate.pem");
    /// assert_eq!(key.matches_certificate(certificate), Err(Error::DifferentKey));
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn matches_certificate(&self, certificate: impl AsRef<[u8]>) -> Result<()> {
        certificate::matches(self, certificate.as_ref())
    }

    fn private_key_into<'b>(
        &self,
        form: PrivateForm,
        as_pem: bool,
        buffer: &'b mut [u8],
    ) -> Result<Secret<'b, [u8]>> {
        let mut secret = Secret::new(buffer);
        let attributes = self.attributes()?;
        let mut writer = DerWriter::new(secret.get_mut());
        let label = write::private_key(self, &attributes, form, &mut writer)?;
        let len = writer.finish()?.len();
        if as_pem {
            let len = pem::encode_in_place(label, secret.get_mut(), len)?;
            Ok(secret.first(len))
        } else {
            Ok(secret.last(len))
        }
    }

    fn public_key_len(&self, buffer: &mut [u8]) -> Result<usize> {
        let mut writer = DerWriter::new(buffer);
        write::public_key(self, &self.attributes()?, &mut writer)?;
        Ok(writer.finish()?.len())
    }
}

#[cfg(feature = "alloc")]
mod owned {
    use super::PrivateForm;
    use crate::{Error, Key, Result, SecretString, SecretVec, sizes};
    use alloc::{string::String, vec, vec::Vec};
    use zeroize::Zeroizing;

    impl Key {
        /// The private key as PEM in its traditional form; see [`private_key_pem_into`](Self::private_key_pem_into).
        ///
        /// # Errors
        /// As for [`private_key_pem_into`](Self::private_key_pem_into).
        ///
        /// ```
        /// # use psa::{Attributes, Curve, Key, Usage};
        /// # psa::init()?;
        /// let key = Key::generate(Attributes::ecc_key_pair(Curve::P256).usage(Usage::EXPORT))?;
        /// assert!(key.private_key_pem()?.starts_with("-----BEGIN EC PRIVATE KEY-----\n"));
        /// # Ok::<(), psa::Error>(())
        /// ```
        pub fn private_key_pem(&self) -> Result<SecretString> {
            secret_string(self.private_key(PrivateForm::Traditional, true)?)
        }

        /// The private key as PEM in PKCS#8's form.
        ///
        /// # Errors
        /// As for [`private_key_pem_into`](Self::private_key_pem_into).
        ///
        /// ```
        /// # use psa::{Attributes, Curve, Key, Usage};
        /// # psa::init()?;
        /// let key = Key::generate(Attributes::ecc_key_pair(Curve::P256).usage(Usage::EXPORT))?;
        /// assert!(key.private_key_pkcs8_pem()?.starts_with("-----BEGIN PRIVATE KEY-----\n"));
        /// # Ok::<(), psa::Error>(())
        /// ```
        pub fn private_key_pkcs8_pem(&self) -> Result<SecretString> {
            secret_string(self.private_key(PrivateForm::Pkcs8, true)?)
        }

        /// The private key as DER in its traditional form.
        ///
        /// # Errors
        /// As for [`private_key_pem_into`](Self::private_key_pem_into).
        ///
        /// ```
        /// # use psa::{Attributes, Curve, Key, Usage};
        /// # psa::init()?;
        /// let key = Key::generate(Attributes::ecc_key_pair(Curve::P256).usage(Usage::EXPORT))?;
        /// assert_eq!(key.private_key_der()?.len(), 121);
        /// # Ok::<(), psa::Error>(())
        /// ```
        pub fn private_key_der(&self) -> Result<SecretVec> {
            Ok(SecretVec::new(
                self.private_key(PrivateForm::Traditional, false)?,
            ))
        }

        /// The private key as DER in PKCS#8's form.
        ///
        /// # Errors
        /// As for [`private_key_pem_into`](Self::private_key_pem_into).
        ///
        /// ```
        /// # use psa::{Attributes, Curve, Key, Usage};
        /// # psa::init()?;
        /// let key = Key::generate(Attributes::ecc_key_pair(Curve::P256).usage(Usage::EXPORT))?;
        /// assert_eq!(key.private_key_pkcs8_der()?.len(), 138);
        /// # Ok::<(), psa::Error>(())
        /// ```
        pub fn private_key_pkcs8_der(&self) -> Result<SecretVec> {
            Ok(SecretVec::new(self.private_key(PrivateForm::Pkcs8, false)?))
        }

        /// The public key as PEM; see [`public_key_pem_into`](Self::public_key_pem_into).
        ///
        /// # Errors
        /// As for [`public_key_pem_into`](Self::public_key_pem_into).
        ///
        /// ```
        /// # use psa::{Attributes, Curve, Key};
        /// # psa::init()?;
        /// let key = Key::generate(Attributes::ecc_key_pair(Curve::P256))?;
        /// assert!(key.public_key_pem()?.starts_with("-----BEGIN PUBLIC KEY-----\n"));
        /// # Ok::<(), psa::Error>(())
        /// ```
        pub fn public_key_pem(&self) -> Result<String> {
            let attributes = self.attributes()?;
            let mut buffer =
                vec![0; sizes::public_key_pem_size(attributes.key_type(), attributes.bits())];
            Ok(self.public_key_pem_into(&mut buffer)?.into())
        }

        /// The public key as DER: a `SubjectPublicKeyInfo`.
        ///
        /// # Errors
        /// As for [`public_key_pem_into`](Self::public_key_pem_into).
        ///
        /// ```
        /// # use psa::{Attributes, Curve, Key};
        /// # psa::init()?;
        /// let key = Key::generate(Attributes::ecc_key_pair(Curve::P256))?;
        /// assert_eq!(key.public_key_der()?.len(), 91);
        /// # Ok::<(), psa::Error>(())
        /// ```
        pub fn public_key_der(&self) -> Result<Vec<u8>> {
            let attributes = self.attributes()?;
            let mut buffer =
                vec![0; sizes::public_key_der_size(attributes.key_type(), attributes.bits())];
            Ok(self.public_key_der_into(&mut buffer)?.into())
        }

        fn private_key(&self, form: PrivateForm, as_pem: bool) -> Result<Vec<u8>> {
            let attributes = self.attributes()?;
            let size = sizes::private_key_pem_size(attributes.key_type(), attributes.bits());
            let mut buffer = Zeroizing::new(vec![0; size]);
            let secret = self.private_key_into(form, as_pem, &mut buffer)?;
            // A copy of exactly this length: the larger one is wiped.
            Ok(secret.to_vec())
        }
    }

    fn secret_string(pem: Vec<u8>) -> Result<SecretString> {
        match String::from_utf8(pem) {
            Ok(pem) => Ok(SecretString::new(pem)),
            Err(error) => {
                drop(Zeroizing::new(error.into_bytes()));
                Err(Error::Pem)
            }
        }
    }
}
