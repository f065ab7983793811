/* For tests: attributes and operations as TF-M 2.3 has them. An export is whole since then: its configuration is one of its
 * own headers, and the two files that 2.1 and 2.2 leave out are not asked for. */
#include "mbedtls/private_access.h"
#include "tf-psa-crypto/build_info.h"
#include <stdint.h>
#if !defined(MBEDTLS_PSA_CRYPTO_CLIENT) || defined(MBEDTLS_PSA_CRYPTO_C) || DOMAIN_NS != 1
#error "not the definitions of a non-secure build"
#endif
typedef uint32_t psa_key_id_t;
typedef psa_key_id_t mbedtls_svc_key_id_t;
typedef uint32_t psa_algorithm_t;
typedef uint32_t mbedtls_psa_client_handle_t;
struct psa_key_policy_s {
    uint32_t MBEDTLS_PRIVATE(usage);
    psa_algorithm_t MBEDTLS_PRIVATE(alg);
    psa_algorithm_t MBEDTLS_PRIVATE(alg2);
};
struct psa_key_attributes_s {
    uint16_t MBEDTLS_PRIVATE(type);
    uint16_t MBEDTLS_PRIVATE(bits);
    uint32_t MBEDTLS_PRIVATE(lifetime);
    struct psa_key_policy_s MBEDTLS_PRIVATE(policy);
    mbedtls_svc_key_id_t MBEDTLS_PRIVATE(id);
};
typedef struct psa_key_attributes_s psa_key_attributes_t;
typedef struct { mbedtls_psa_client_handle_t handle; } psa_hash_operation_t;
typedef struct { mbedtls_psa_client_handle_t handle; } psa_mac_operation_t;
typedef struct { mbedtls_psa_client_handle_t handle; } psa_cipher_operation_t;
typedef struct { mbedtls_psa_client_handle_t handle; } psa_aead_operation_t;
typedef struct { mbedtls_psa_client_handle_t handle; } psa_key_derivation_operation_t;
