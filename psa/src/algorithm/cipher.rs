//! Ciphers without authentication.

use super::numbered;
use tfm_sys as raw;

numbered! {
    /// A cipher without authentication (PSA Crypto API, "Unauthenticated ciphers").
    ///
    /// The key's type says which block cipher it is. Prefer an [`Aead`](crate::Aead): nothing here notices that data was
    /// changed.
    ///
    /// ```
    /// use psa::Cipher;
    ///
    /// assert_eq!(Cipher::Ctr.to_raw(), 0x04c0_1000);
    /// assert_eq!(Cipher::from_raw(0x0440_4100), Cipher::CbcPkcs7);
    /// ```
    Cipher {
        /// The stream cipher that the key's type names: `ChaCha20`.
        StreamCipher = PSA_ALG_STREAM_CIPHER,
        /// Counter mode.
        Ctr = PSA_ALG_CTR,
        /// Cipher feedback mode.
        Cfb = PSA_ALG_CFB,
        /// Output feedback mode.
        Ofb = PSA_ALG_OFB,
        /// XTS, for storage.
        Xts = PSA_ALG_XTS,
        /// Electronic codebook: equal blocks stay equal, so it is for no message, only to build something of.
        EcbNoPadding = PSA_ALG_ECB_NO_PADDING,
        /// Cipher block chaining of whole blocks.
        CbcNoPadding = PSA_ALG_CBC_NO_PADDING,
        /// Cipher block chaining with PKCS#7 padding.
        CbcPkcs7 = PSA_ALG_CBC_PKCS7,
        /// CCM* without its tag.
        CcmStarNoTag = PSA_ALG_CCM_STAR_NO_TAG,
    }
}
