/* What the stand-in's crypto service offers: TF-M's default profile (which contains large),
 * and PBKDF2, HKDF's two halves and ChaCha20-Poly1305 for the conformance tests.
 * MD5, SHA-1, DES and finite-field DH stay out, so that NOT_SUPPORTED can be seen. */
#ifndef SPE_CRYPTO_CONFIG_H
#define SPE_CRYPTO_CONFIG_H

#define PSA_WANT_ALG_CBC_NO_PADDING               1
#define PSA_WANT_ALG_CBC_PKCS7                    1
#define PSA_WANT_ALG_CCM                          1
#define PSA_WANT_ALG_CFB                          1
#define PSA_WANT_ALG_CHACHA20_POLY1305            1
#define PSA_WANT_ALG_CMAC                         1
#define PSA_WANT_ALG_CTR                          1
#define PSA_WANT_ALG_DETERMINISTIC_ECDSA          1
#define PSA_WANT_ALG_ECB_NO_PADDING               1
#define PSA_WANT_ALG_ECDH                         1
#define PSA_WANT_ALG_ECDSA                        1
#define PSA_WANT_ALG_GCM                          1
#define PSA_WANT_ALG_HKDF                         1
#define PSA_WANT_ALG_HKDF_EXPAND                  1
#define PSA_WANT_ALG_HKDF_EXTRACT                 1
#define PSA_WANT_ALG_HMAC                         1
#define PSA_WANT_ALG_OFB                          1
#define PSA_WANT_ALG_PBKDF2_HMAC                  1
#define PSA_WANT_ALG_RSA_OAEP                     1
#define PSA_WANT_ALG_RSA_PKCS1V15_CRYPT           1
#define PSA_WANT_ALG_RSA_PKCS1V15_SIGN            1
#define PSA_WANT_ALG_RSA_PSS                      1
#define PSA_WANT_ALG_SHA_224                      1
#define PSA_WANT_ALG_SHA_256                      1
#define PSA_WANT_ALG_SHA_384                      1
#define PSA_WANT_ALG_SHA_512                      1
#define PSA_WANT_ALG_STREAM_CIPHER                1
#define PSA_WANT_ALG_TLS12_PRF                    1
#define PSA_WANT_ALG_TLS12_PSK_TO_MS              1

#define PSA_WANT_ECC_MONTGOMERY_255               1
#define PSA_WANT_ECC_MONTGOMERY_448               1
#define PSA_WANT_ECC_SECP_K1_256                  1
#define PSA_WANT_ECC_SECP_R1_256                  1
#define PSA_WANT_ECC_SECP_R1_384                  1
#define PSA_WANT_ECC_SECP_R1_521                  1

#define PSA_WANT_KEY_TYPE_AES                     1
#define PSA_WANT_KEY_TYPE_CHACHA20                1
#define PSA_WANT_KEY_TYPE_DERIVE                  1
#define PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_BASIC      1
#define PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_DERIVE     1
#define PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_EXPORT     1
#define PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_GENERATE   1
#define PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_IMPORT     1
#define PSA_WANT_KEY_TYPE_ECC_PUBLIC_KEY          1
#define PSA_WANT_KEY_TYPE_HMAC                    1
#define PSA_WANT_KEY_TYPE_PASSWORD                1
#define PSA_WANT_KEY_TYPE_PASSWORD_HASH           1
#define PSA_WANT_KEY_TYPE_PEPPER                  1
#define PSA_WANT_KEY_TYPE_RAW_DATA                1
#define PSA_WANT_KEY_TYPE_RSA_KEY_PAIR_BASIC      1
#define PSA_WANT_KEY_TYPE_RSA_KEY_PAIR_EXPORT     1
#define PSA_WANT_KEY_TYPE_RSA_KEY_PAIR_GENERATE   1
#define PSA_WANT_KEY_TYPE_RSA_KEY_PAIR_IMPORT     1
#define PSA_WANT_KEY_TYPE_RSA_PUBLIC_KEY          1

#endif
