//! All vectors for P-256, for tests of an implementation that is no provider.

use super::file::File;

/// Public key of the group; message and signature. The hash is SHA-256.
pub static ECDSA_SHA256: File = File::new(include_bytes!(
    "../../data/wycheproof/ecdsa_secp256r1_sha256_p1363.bin"
));
/// The same with SHA-512, of which the first half counts.
pub static ECDSA_SHA512: File = File::new(include_bytes!(
    "../../data/wycheproof/ecdsa_secp256r1_sha512_p1363.bin"
));
/// Public key, private key and shared secret.
pub static ECDH: File = File::new(include_bytes!(
    "../../data/wycheproof/ecdh_secp256r1_ecpoint.bin"
));
