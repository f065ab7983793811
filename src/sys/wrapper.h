/* What the bindings are made from: every header whose functions the safe side calls. */
#include <psa/crypto.h>
#include <mbedtls/version.h>
#include <mbedtls/base64.h>
#include <mbedtls/entropy.h>
#include <mbedtls/error.h>
#include <mbedtls/oid.h>
#include <mbedtls/pk.h>
#include <mbedtls/pem.h>
#include <mbedtls/platform.h>
#include <mbedtls/platform_util.h>
#include <mbedtls/psa_util.h>
#include <mbedtls/x509.h>
#include <mbedtls/x509_crt.h>
#include <mbedtls/x509_csr.h>
#if defined(MBEDTLS_PSA_CRYPTO_STORAGE_C) && !defined(__ZEPHYR__)
#include <psa/internal_trusted_storage.h>
#endif

#if defined(__ZEPHYR__)
/* Zephyr compiles the functions that a binding cannot call. */
#include <mbedtls_psa_shim_3_6.h>
#else
/* mbedtls_calloc and mbedtls_free are macros: these are functions that a binding can name. */
static inline void *mbedtls_psa_rs_calloc(size_t size) { return mbedtls_calloc(1, size); }
static inline void mbedtls_psa_rs_free(void *memory) { mbedtls_free(memory); }
#endif

/* pk.h defines MBEDTLS_PK_SIGNATURE_MAX_SIZE several times over; only the compiler knows the value that holds. */
enum { MBEDTLS_PSA_RS_SIGNATURE_MAX = MBEDTLS_PK_SIGNATURE_MAX_SIZE };

/* In client mode these cross to TF-M, whose headers are others; this is what they hold there (2.1 to 2.3). */
#if defined(MBEDTLS_PSA_CRYPTO_CLIENT) && !defined(MBEDTLS_PSA_CRYPTO_C) && !defined(__ZEPHYR__)
_Static_assert(sizeof(psa_key_attributes_t) == 24, "key attributes have 24 bytes in TF-M");
_Static_assert(sizeof(mbedtls_svc_key_id_t) == 4, "a key id has 4 bytes in TF-M");
_Static_assert(sizeof(psa_hash_operation_t) == 4, "a hash operation is a handle in TF-M");
_Static_assert(sizeof(psa_mac_operation_t) == 4, "a MAC operation is a handle in TF-M");
_Static_assert(sizeof(psa_cipher_operation_t) == 4, "a cipher operation is a handle in TF-M");
_Static_assert(sizeof(psa_aead_operation_t) == 4, "an AEAD operation is a handle in TF-M");
_Static_assert(sizeof(psa_key_derivation_operation_t) == 4, "a key derivation is a handle in TF-M");
#endif
