//! The vectors of Wycheproof as compact files of `conformance/data/wycheproof`, whose format `conformance/data/README.md`
//! describes.
mod encode;
mod read;

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use encode::encode;
use read::Kind;

const FOLDER: &str = "conformance/data/wycheproof";

/// The files of the crate, without `_test.json`, and what they hold.
const FILES: [(&str, Kind); 37] = [
    ("ecdsa_secp224r1_sha224_p1363", Kind::Ecdsa),
    ("ecdsa_secp256r1_sha256_p1363", Kind::Ecdsa),
    ("ecdsa_secp256r1_sha512_p1363", Kind::Ecdsa),
    ("ecdsa_secp384r1_sha384_p1363", Kind::Ecdsa),
    ("ecdsa_secp521r1_sha512_p1363", Kind::Ecdsa),
    ("ecdsa_secp256k1_sha256_p1363", Kind::Ecdsa),
    ("ecdh_secp256r1_ecpoint", Kind::Ecdh { scalar: 32 }),
    ("ecdh_secp384r1_ecpoint", Kind::Ecdh { scalar: 48 }),
    ("ecdh_secp521r1_ecpoint", Kind::Ecdh { scalar: 66 }),
    ("x25519", Kind::Xdh),
    ("x448", Kind::Xdh),
    ("aes_gcm", Kind::Aead),
    ("aes_ccm", Kind::Aead),
    ("chacha20_poly1305", Kind::Aead),
    ("hmac_sha1", Kind::Mac),
    ("hmac_sha224", Kind::Mac),
    ("hmac_sha256", Kind::Mac),
    ("hmac_sha384", Kind::Mac),
    ("hmac_sha512", Kind::Mac),
    ("hmac_sha3_256", Kind::Mac),
    ("aes_cmac", Kind::Mac),
    ("hkdf_sha1", Kind::Hkdf),
    ("hkdf_sha256", Kind::Hkdf),
    ("hkdf_sha384", Kind::Hkdf),
    ("hkdf_sha512", Kind::Hkdf),
    ("pbkdf2_hmacsha256", Kind::Pbkdf2),
    ("pbkdf2_hmacsha512", Kind::Pbkdf2),
    ("aes_cbc_pkcs5", Kind::Cipher),
    ("rsa_signature_2048_sha256", Kind::RsaVerify),
    ("rsa_signature_3072_sha256", Kind::RsaVerify),
    ("rsa_signature_4096_sha512", Kind::RsaVerify),
    ("rsa_pss_2048_sha256_mgf1_32", Kind::RsaVerify),
    ("rsa_pss_3072_sha256_mgf1_32", Kind::RsaVerify),
    ("rsa_pss_4096_sha512_mgf1_64", Kind::RsaVerify),
    ("rsa_oaep_2048_sha1_mgf1sha1", Kind::RsaOaep),
    ("rsa_oaep_2048_sha256_mgf1sha256", Kind::RsaOaep),
    ("rsa_pkcs1_2048", Kind::RsaDecrypt),
];

/// Writes the files from the crate's folder `src/data`.
pub fn run(repository: &Path, vectors: &Path) -> Result<()> {
    let folder = repository.join(FOLDER);
    fs::create_dir_all(&folder)?;
    for (name, kind) in FILES {
        let file = vectors.join(format!("{name}_test.json"));
        let text = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let set = kind
            .read(&text)
            .with_context(|| format!("{name} is not what is expected"))?;
        let bytes = encode(&set);
        ensure!(!bytes.is_empty(), "{name} is empty");
        fs::write(folder.join(format!("{name}.bin")), bytes)?;
    }
    Ok(())
}
