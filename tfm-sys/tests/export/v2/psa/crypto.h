/* For tests: attributes and operations as TF-M 2.1 to 2.3 have them, behind the files that they ask for. */
#include MBEDTLS_CONFIG_FILE
#include MBEDTLS_PSA_CRYPTO_CONFIG_FILE
#if !defined(MBEDTLS_PSA_CRYPTO_CLIENT) || defined(MBEDTLS_PSA_CRYPTO_C)
#error "not the configuration of a client"
#endif
#if !defined(TFM_PSA_CRYPTO_CLIENT_ONLY) || !defined(MBEDTLS_ALLOW_PRIVATE_ACCESS) || DOMAIN_NS != 1
#error "not the definitions of a non-secure build"
#endif
#include <stdint.h>
typedef uint32_t psa_key_id_t;
typedef uint32_t psa_algorithm_t;
typedef struct {
    uint16_t type;
    uint16_t bits;
    uint32_t lifetime;
    struct {
        uint32_t usage;
        psa_algorithm_t alg;
        psa_algorithm_t alg2;
    } policy;
    psa_key_id_t id;
} psa_key_attributes_t;
typedef struct { uint32_t handle; } psa_hash_operation_t;
typedef struct { uint32_t handle; } psa_mac_operation_t;
typedef struct { uint32_t handle; } psa_cipher_operation_t;
typedef struct { uint32_t handle; } psa_aead_operation_t;
typedef struct { uint32_t handle; } psa_key_derivation_operation_t;
