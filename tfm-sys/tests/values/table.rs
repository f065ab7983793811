//! Every constant and computing macro, by name: `constants!` and `functions!` hand them all to another macro.

macro_rules! constants {
    ($then:ident) => {
        $then! {
            PSA_SUCCESS
            PSA_ERROR_GENERIC_ERROR
            PSA_ERROR_NOT_PERMITTED
            PSA_ERROR_NOT_SUPPORTED
            PSA_ERROR_INVALID_ARGUMENT
            PSA_ERROR_INVALID_HANDLE
            PSA_ERROR_BAD_STATE
            PSA_ERROR_BUFFER_TOO_SMALL
            PSA_ERROR_ALREADY_EXISTS
            PSA_ERROR_DOES_NOT_EXIST
            PSA_ERROR_INSUFFICIENT_MEMORY
            PSA_ERROR_INSUFFICIENT_STORAGE
            PSA_ERROR_INSUFFICIENT_DATA
            PSA_ERROR_SERVICE_FAILURE
            PSA_ERROR_COMMUNICATION_FAILURE
            PSA_ERROR_STORAGE_FAILURE
            PSA_ERROR_HARDWARE_FAILURE
            PSA_ERROR_INSUFFICIENT_ENTROPY
            PSA_ERROR_INVALID_SIGNATURE
            PSA_ERROR_INVALID_PADDING
            PSA_ERROR_CORRUPTION_DETECTED
            PSA_ERROR_DATA_CORRUPT
            PSA_ERROR_DATA_INVALID
            PSA_OPERATION_INCOMPLETE
            PSA_KEY_LIFETIME_VOLATILE
            PSA_KEY_LIFETIME_PERSISTENT
            PSA_KEY_PERSISTENCE_VOLATILE
            PSA_KEY_PERSISTENCE_DEFAULT
            PSA_KEY_PERSISTENCE_READ_ONLY
            PSA_KEY_LOCATION_LOCAL_STORAGE
            PSA_KEY_LOCATION_VENDOR_FLAG
            PSA_KEY_ID_NULL
            PSA_KEY_ID_USER_MIN
            PSA_KEY_ID_USER_MAX
            PSA_KEY_ID_VENDOR_MIN
            PSA_KEY_ID_VENDOR_MAX
            PSA_KEY_USAGE_EXPORT
            PSA_KEY_USAGE_COPY
            PSA_KEY_USAGE_ENCRYPT
            PSA_KEY_USAGE_DECRYPT
            PSA_KEY_USAGE_SIGN_MESSAGE
            PSA_KEY_USAGE_VERIFY_MESSAGE
            PSA_KEY_USAGE_SIGN_HASH
            PSA_KEY_USAGE_VERIFY_HASH
            PSA_KEY_USAGE_DERIVE
            PSA_KEY_USAGE_VERIFY_DERIVATION
            PSA_KEY_DERIVATION_INPUT_SECRET
            PSA_KEY_DERIVATION_INPUT_PASSWORD
            PSA_KEY_DERIVATION_INPUT_OTHER_SECRET
            PSA_KEY_DERIVATION_INPUT_LABEL
            PSA_KEY_DERIVATION_INPUT_SALT
            PSA_KEY_DERIVATION_INPUT_INFO
            PSA_KEY_DERIVATION_INPUT_SEED
            PSA_KEY_DERIVATION_INPUT_COST
            PSA_KEY_DERIVATION_UNLIMITED_CAPACITY
            PSA_KEY_TYPE_NONE
            PSA_KEY_TYPE_VENDOR_FLAG
            PSA_KEY_TYPE_CATEGORY_MASK
            PSA_KEY_TYPE_CATEGORY_RAW
            PSA_KEY_TYPE_CATEGORY_SYMMETRIC
            PSA_KEY_TYPE_CATEGORY_PUBLIC_KEY
            PSA_KEY_TYPE_CATEGORY_KEY_PAIR
            PSA_KEY_TYPE_CATEGORY_FLAG_PAIR
            PSA_KEY_TYPE_RAW_DATA
            PSA_KEY_TYPE_HMAC
            PSA_KEY_TYPE_DERIVE
            PSA_KEY_TYPE_PASSWORD
            PSA_KEY_TYPE_PASSWORD_HASH
            PSA_KEY_TYPE_PEPPER
            PSA_KEY_TYPE_AES
            PSA_KEY_TYPE_ARIA
            PSA_KEY_TYPE_DES
            PSA_KEY_TYPE_CAMELLIA
            PSA_KEY_TYPE_CHACHA20
            PSA_KEY_TYPE_RSA_PUBLIC_KEY
            PSA_KEY_TYPE_RSA_KEY_PAIR
            PSA_KEY_TYPE_DSA_PUBLIC_KEY
            PSA_KEY_TYPE_DSA_KEY_PAIR
            PSA_KEY_TYPE_ECC_PUBLIC_KEY_BASE
            PSA_KEY_TYPE_ECC_KEY_PAIR_BASE
            PSA_KEY_TYPE_ECC_CURVE_MASK
            PSA_KEY_TYPE_DH_PUBLIC_KEY_BASE
            PSA_KEY_TYPE_DH_KEY_PAIR_BASE
            PSA_KEY_TYPE_DH_GROUP_MASK
            PSA_ECC_FAMILY_SECP_K1
            PSA_ECC_FAMILY_SECP_R1
            PSA_ECC_FAMILY_SECP_R2
            PSA_ECC_FAMILY_SECT_K1
            PSA_ECC_FAMILY_SECT_R1
            PSA_ECC_FAMILY_SECT_R2
            PSA_ECC_FAMILY_BRAINPOOL_P_R1
            PSA_ECC_FAMILY_MONTGOMERY
            PSA_ECC_FAMILY_TWISTED_EDWARDS
            PSA_DH_FAMILY_RFC7919
            PSA_ALG_NONE
            PSA_ALG_VENDOR_FLAG
            PSA_ALG_CATEGORY_MASK
            PSA_ALG_CATEGORY_HASH
            PSA_ALG_CATEGORY_MAC
            PSA_ALG_CATEGORY_CIPHER
            PSA_ALG_CATEGORY_AEAD
            PSA_ALG_CATEGORY_SIGN
            PSA_ALG_CATEGORY_ASYMMETRIC_ENCRYPTION
            PSA_ALG_CATEGORY_KEY_DERIVATION
            PSA_ALG_CATEGORY_KEY_AGREEMENT
            PSA_ALG_CATEGORY_PAKE
            PSA_ALG_HASH_MASK
            PSA_ALG_MD5
            PSA_ALG_RIPEMD160
            PSA_ALG_SHA_1
            PSA_ALG_SHA_224
            PSA_ALG_SHA_256
            PSA_ALG_SHA_384
            PSA_ALG_SHA_512
            PSA_ALG_SHA_512_224
            PSA_ALG_SHA_512_256
            PSA_ALG_SHA3_224
            PSA_ALG_SHA3_256
            PSA_ALG_SHA3_384
            PSA_ALG_SHA3_512
            PSA_ALG_SHAKE256_512
            PSA_ALG_ANY_HASH
            PSA_ALG_MAC_SUBCATEGORY_MASK
            PSA_ALG_HMAC_BASE
            PSA_ALG_CIPHER_MAC_BASE
            PSA_ALG_CBC_MAC
            PSA_ALG_CMAC
            PSA_ALG_MAC_TRUNCATION_MASK
            PSA_MAC_TRUNCATION_OFFSET
            PSA_ALG_MAC_AT_LEAST_THIS_LENGTH_FLAG
            PSA_ALG_CIPHER_STREAM_FLAG
            PSA_ALG_CIPHER_FROM_BLOCK_FLAG
            PSA_ALG_STREAM_CIPHER
            PSA_ALG_CTR
            PSA_ALG_CFB
            PSA_ALG_OFB
            PSA_ALG_XTS
            PSA_ALG_ECB_NO_PADDING
            PSA_ALG_CBC_NO_PADDING
            PSA_ALG_CBC_PKCS7
            PSA_ALG_CCM_STAR_NO_TAG
            PSA_ALG_AEAD_FROM_BLOCK_FLAG
            PSA_ALG_CCM
            PSA_ALG_GCM
            PSA_ALG_CHACHA20_POLY1305
            PSA_ALG_AEAD_TAG_LENGTH_MASK
            PSA_AEAD_TAG_LENGTH_OFFSET
            PSA_ALG_AEAD_AT_LEAST_THIS_LENGTH_FLAG
            PSA_ALG_RSA_PKCS1V15_SIGN_RAW
            PSA_ALG_ECDSA_DETERMINISTIC_FLAG
            PSA_ALG_DSA_DETERMINISTIC_FLAG
            PSA_ALG_ECDSA_ANY
            PSA_ALG_PURE_EDDSA
            PSA_ALG_HASH_EDDSA_BASE
            PSA_ALG_ED25519PH
            PSA_ALG_ED448PH
            PSA_ALG_RSA_PKCS1V15_CRYPT
            PSA_ALG_TLS12_ECJPAKE_TO_PMS
            PSA_ALG_PBKDF2_AES_CMAC_PRF_128
            PSA_ALG_KEY_DERIVATION_STRETCHING_FLAG
            PSA_ALG_KEY_DERIVATION_MASK
            PSA_ALG_KEY_AGREEMENT_MASK
            PSA_ALG_FFDH
            PSA_ALG_ECDH
            PSA_ALG_JPAKE
            PSA_HMAC_MAX_HASH_BLOCK_SIZE
            PSA_HASH_MAX_SIZE
            PSA_MAC_MAX_SIZE
            PSA_AEAD_TAG_MAX_SIZE
            PSA_AEAD_NONCE_MAX_SIZE
            PSA_VENDOR_RSA_MAX_KEY_BITS
            PSA_VENDOR_RSA_GENERATE_MIN_KEY_BITS
            PSA_VENDOR_FFDH_MAX_KEY_BITS
            PSA_VENDOR_ECC_MAX_CURVE_BITS
            PSA_VENDOR_PBKDF2_MAX_ITERATIONS
            PSA_TLS12_PSK_TO_MS_PSK_MAX_SIZE
            PSA_TLS12_ECJPAKE_TO_PMS_INPUT_SIZE
            PSA_TLS12_ECJPAKE_TO_PMS_DATA_SIZE
            PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE
            PSA_CIPHER_IV_MAX_SIZE
            PSA_CIPHER_MAX_KEY_LENGTH
            PSA_AEAD_FINISH_OUTPUT_MAX_SIZE
            PSA_AEAD_VERIFY_OUTPUT_MAX_SIZE
            PSA_CIPHER_FINISH_OUTPUT_MAX_SIZE
            PSA_VENDOR_ECDSA_SIGNATURE_MAX_SIZE
            PSA_SIGNATURE_MAX_SIZE
            PSA_ASYMMETRIC_ENCRYPT_OUTPUT_MAX_SIZE
            PSA_ASYMMETRIC_DECRYPT_OUTPUT_MAX_SIZE
            PSA_EXPORT_KEY_PAIR_MAX_SIZE
            PSA_EXPORT_PUBLIC_KEY_MAX_SIZE
            PSA_EXPORT_KEY_PAIR_OR_PUBLIC_MAX_SIZE
            PSA_RAW_KEY_AGREEMENT_OUTPUT_MAX_SIZE
            PSA_PAKE_ROLE_NONE
            PSA_PAKE_ROLE_FIRST
            PSA_PAKE_ROLE_SECOND
            PSA_PAKE_ROLE_CLIENT
            PSA_PAKE_ROLE_SERVER
            PSA_PAKE_PRIMITIVE_TYPE_ECC
            PSA_PAKE_PRIMITIVE_TYPE_DH
            PSA_PAKE_STEP_KEY_SHARE
            PSA_PAKE_STEP_ZK_PUBLIC
            PSA_PAKE_STEP_ZK_PROOF
            PSA_PAKE_OUTPUT_MAX_SIZE
            PSA_PAKE_INPUT_MAX_SIZE
            PSA_MAX_KEY_BITS
            PSA_INTERRUPTIBLE_MAX_OPS_UNLIMITED
            PSA_KEY_BITS_TOO_LARGE
            PSA_ALG_RSA_PKCS1V15_SIGN_BASE
            PSA_ALG_RSA_PSS_BASE
            PSA_ALG_RSA_PSS_ANY_SALT_BASE
            PSA_ALG_RSA_OAEP_BASE
            PSA_ALG_HKDF_BASE
            PSA_ALG_HKDF_EXTRACT_BASE
            PSA_ALG_HKDF_EXPAND_BASE
            PSA_ALG_TLS12_PRF_BASE
            PSA_ALG_TLS12_PSK_TO_MS_BASE
            PSA_ALG_PBKDF2_HMAC_BASE
            PSA_ALG_ECDSA_BASE
            PSA_ALG_DETERMINISTIC_ECDSA_BASE
            PSA_ALG_DSA_BASE
            PSA_ALG_DETERMINISTIC_DSA_BASE
        }
    };
}

macro_rules! functions {
    ($then:ident) => {
        $then! {
            PSA_KEY_LIFETIME_GET_PERSISTENCE(lifetime);
            PSA_KEY_LIFETIME_GET_LOCATION(lifetime);
            PSA_KEY_LIFETIME_IS_VOLATILE(lifetime);
            PSA_KEY_LIFETIME_IS_READ_ONLY(lifetime);
            PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(byte, location);
            PSA_KEY_TYPE_IS_VENDOR_DEFINED(key_type);
            PSA_KEY_TYPE_IS_UNSTRUCTURED(key_type);
            PSA_KEY_TYPE_IS_ASYMMETRIC(key_type);
            PSA_KEY_TYPE_IS_PUBLIC_KEY(key_type);
            PSA_KEY_TYPE_IS_KEY_PAIR(key_type);
            PSA_KEY_TYPE_KEY_PAIR_OF_PUBLIC_KEY(key_type);
            PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(key_type);
            PSA_KEY_TYPE_IS_RSA(key_type);
            PSA_KEY_TYPE_IS_DSA(key_type);
            PSA_KEY_TYPE_ECC_KEY_PAIR(family);
            PSA_KEY_TYPE_ECC_PUBLIC_KEY(family);
            PSA_KEY_TYPE_IS_ECC(key_type);
            PSA_KEY_TYPE_IS_ECC_KEY_PAIR(key_type);
            PSA_KEY_TYPE_IS_ECC_PUBLIC_KEY(key_type);
            PSA_KEY_TYPE_ECC_GET_FAMILY(key_type);
            PSA_ECC_FAMILY_IS_WEIERSTRASS(family);
            PSA_KEY_TYPE_DH_KEY_PAIR(family);
            PSA_KEY_TYPE_DH_PUBLIC_KEY(family);
            PSA_KEY_TYPE_IS_DH(key_type);
            PSA_KEY_TYPE_IS_DH_KEY_PAIR(key_type);
            PSA_KEY_TYPE_IS_DH_PUBLIC_KEY(key_type);
            PSA_KEY_TYPE_DH_GET_FAMILY(key_type);
            PSA_GET_KEY_TYPE_BLOCK_SIZE_EXPONENT(key_type);
            PSA_BLOCK_CIPHER_BLOCK_LENGTH(key_type);
            PSA_ALG_IS_VENDOR_DEFINED(alg);
            PSA_ALG_IS_WILDCARD(alg);
            PSA_ALG_GET_HASH(alg);
            PSA_ALG_HMAC(alg);
            PSA_ALG_HMAC_GET_HASH(alg);
            PSA_ALG_IS_HMAC(alg);
            PSA_ALG_IS_BLOCK_CIPHER_MAC(alg);
            PSA_ALG_TRUNCATED_MAC(alg, tag);
            PSA_ALG_FULL_LENGTH_MAC(alg);
            PSA_MAC_TRUNCATED_LENGTH(alg);
            PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(alg, tag);
            PSA_ALG_IS_STREAM_CIPHER(alg);
            PSA_ALG_IS_AEAD_ON_BLOCK_CIPHER(alg);
            PSA_ALG_AEAD_WITH_SHORTENED_TAG(alg, tag);
            PSA_ALG_AEAD_GET_TAG_LENGTH(alg);
            PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(alg);
            PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(alg, tag);
            MBEDTLS_PSA_ALG_AEAD_EQUAL(alg, alg);
            PSA_ALG_IS_HASH(alg);
            PSA_ALG_IS_MAC(alg);
            PSA_ALG_IS_CIPHER(alg);
            PSA_ALG_IS_AEAD(alg);
            PSA_ALG_IS_SIGN(alg);
            PSA_ALG_IS_ASYMMETRIC_ENCRYPTION(alg);
            PSA_ALG_IS_KEY_DERIVATION(alg);
            PSA_ALG_IS_KEY_AGREEMENT(alg);
            PSA_ALG_IS_PAKE(alg);
            PSA_ALG_IS_RSA_PSS(alg);
            PSA_ALG_IS_HASH_EDDSA(alg);
            PSA_ALG_IS_VENDOR_HASH_AND_SIGN(alg);
            PSA_ALG_IS_SIGN_HASH(alg);
            PSA_ALG_IS_SIGN_MESSAGE(alg);
            PSA_ALG_IS_HASH_AND_SIGN(alg);
            PSA_ALG_SIGN_GET_HASH(alg);
            PSA_ALG_RSA_OAEP_GET_HASH(alg);
            PSA_ALG_IS_ANY_HKDF(alg);
            PSA_ALG_IS_KEY_DERIVATION_STRETCHING(alg);
            PSA_ALG_IS_PBKDF2(alg);
            PSA_ALG_KEY_AGREEMENT(alg, alg);
            PSA_ALG_KEY_AGREEMENT_GET_KDF(alg);
            PSA_ALG_KEY_AGREEMENT_GET_BASE(alg);
            PSA_ALG_IS_RAW_KEY_AGREEMENT(alg);
            PSA_ALG_IS_KEY_DERIVATION_OR_AGREEMENT(alg);
            PSA_ALG_IS_FFDH(alg);
            PSA_ALG_IS_ECDH(alg);
            PSA_BITS_TO_BYTES(bits);
            PSA_BYTES_TO_BITS(length);
            PSA_MAX_OF_THREE(length, length, length);
            PSA_ROUND_UP_TO_MULTIPLE(block, length);
            PSA_HASH_LENGTH(alg);
            PSA_HASH_BLOCK_LENGTH(alg);
            PSA_MAC_LENGTH(key_type, bits, alg);
            PSA_AEAD_NONCE_LENGTH(key_type, alg);
            PSA_AEAD_TAG_LENGTH(key_type, bits, alg);
            PSA_AEAD_ENCRYPT_OUTPUT_SIZE(key_type, alg, length);
            PSA_AEAD_ENCRYPT_OUTPUT_MAX_SIZE(length);
            PSA_AEAD_DECRYPT_OUTPUT_SIZE(key_type, alg, length);
            PSA_AEAD_DECRYPT_OUTPUT_MAX_SIZE(length);
            PSA_AEAD_UPDATE_OUTPUT_SIZE(key_type, alg, length);
            PSA_AEAD_UPDATE_OUTPUT_MAX_SIZE(length);
            PSA_AEAD_FINISH_OUTPUT_SIZE(key_type, alg);
            PSA_AEAD_VERIFY_OUTPUT_SIZE(key_type, alg);
            PSA_CIPHER_IV_LENGTH(key_type, alg);
            PSA_CIPHER_ENCRYPT_OUTPUT_SIZE(key_type, alg, length);
            PSA_CIPHER_ENCRYPT_OUTPUT_MAX_SIZE(length);
            PSA_CIPHER_DECRYPT_OUTPUT_SIZE(key_type, alg, length);
            PSA_CIPHER_DECRYPT_OUTPUT_MAX_SIZE(length);
            PSA_CIPHER_UPDATE_OUTPUT_SIZE(key_type, alg, length);
            PSA_CIPHER_UPDATE_OUTPUT_MAX_SIZE(length);
            PSA_CIPHER_FINISH_OUTPUT_SIZE(key_type, alg);
            PSA_RSA_MINIMUM_PADDING_SIZE(alg);
            PSA_ECDSA_SIGNATURE_SIZE(bits);
            PSA_SIGN_OUTPUT_SIZE(key_type, bits, alg);
            PSA_ASYMMETRIC_ENCRYPT_OUTPUT_SIZE(key_type, bits, alg);
            PSA_ASYMMETRIC_DECRYPT_OUTPUT_SIZE(key_type, rsa_bits, alg);
            PSA_KEY_EXPORT_ASN1_INTEGER_MAX_SIZE(bits);
            PSA_KEY_EXPORT_RSA_PUBLIC_KEY_MAX_SIZE(bits);
            PSA_KEY_EXPORT_RSA_KEY_PAIR_MAX_SIZE(bits);
            PSA_KEY_EXPORT_DSA_PUBLIC_KEY_MAX_SIZE(bits);
            PSA_KEY_EXPORT_DSA_KEY_PAIR_MAX_SIZE(bits);
            PSA_KEY_EXPORT_ECC_PUBLIC_KEY_MAX_SIZE(bits);
            PSA_KEY_EXPORT_ECC_KEY_PAIR_MAX_SIZE(bits);
            PSA_KEY_EXPORT_FFDH_KEY_PAIR_MAX_SIZE(bits);
            PSA_KEY_EXPORT_FFDH_PUBLIC_KEY_MAX_SIZE(bits);
            PSA_EXPORT_KEY_OUTPUT_SIZE(key_type, bits);
            PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(key_type, bits);
            PSA_RAW_KEY_AGREEMENT_OUTPUT_SIZE(key_type, bits);
            PSA_PAKE_PRIMITIVE(byte, family, bits);
            PSA_PAKE_OUTPUT_SIZE(jpake, p256, byte);
            PSA_PAKE_INPUT_SIZE(jpake, p256, byte);
            PSA_ALG_RSA_PKCS1V15_SIGN(alg);
            PSA_ALG_IS_RSA_PKCS1V15_SIGN(alg);
            PSA_ALG_RSA_PSS(alg);
            PSA_ALG_IS_RSA_PSS_STANDARD_SALT(alg);
            PSA_ALG_RSA_PSS_ANY_SALT(alg);
            PSA_ALG_IS_RSA_PSS_ANY_SALT(alg);
            PSA_ALG_RSA_OAEP(alg);
            PSA_ALG_IS_RSA_OAEP(alg);
            PSA_ALG_HKDF(alg);
            PSA_ALG_IS_HKDF(alg);
            PSA_ALG_HKDF_EXTRACT(alg);
            PSA_ALG_IS_HKDF_EXTRACT(alg);
            PSA_ALG_HKDF_EXPAND(alg);
            PSA_ALG_IS_HKDF_EXPAND(alg);
            PSA_ALG_TLS12_PRF(alg);
            PSA_ALG_IS_TLS12_PRF(alg);
            PSA_ALG_TLS12_PSK_TO_MS(alg);
            PSA_ALG_IS_TLS12_PSK_TO_MS(alg);
            PSA_ALG_PBKDF2_HMAC(alg);
            PSA_ALG_IS_PBKDF2_HMAC(alg);
            PSA_ALG_ECDSA(alg);
            PSA_ALG_DETERMINISTIC_ECDSA(alg);
            PSA_ALG_IS_ECDSA(alg);
            PSA_ALG_ECDSA_IS_DETERMINISTIC(alg);
            PSA_ALG_IS_DETERMINISTIC_ECDSA(alg);
            PSA_ALG_IS_RANDOMIZED_ECDSA(alg);
            PSA_ALG_DSA(alg);
            PSA_ALG_DETERMINISTIC_DSA(alg);
            PSA_ALG_IS_DSA(alg);
            PSA_ALG_DSA_IS_DETERMINISTIC(alg);
            PSA_ALG_IS_DETERMINISTIC_DSA(alg);
            PSA_ALG_IS_RANDOMIZED_DSA(alg);
            PSA_ALG_HKDF_GET_HASH(alg);
            PSA_ALG_TLS12_PRF_GET_HASH(alg);
            PSA_ALG_TLS12_PSK_TO_MS_GET_HASH(alg);
            PSA_ALG_PBKDF2_HMAC_GET_HASH(alg);
        }
    };
}
