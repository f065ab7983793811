/* The journey's configuration: a P-256 key in the PSA core, PEM, a request, and the certificate that comes back.
 * JOURNEY_NO_... takes a choice back, for the group `options`. */
#ifndef JOURNEY_CONFIG_H
#define JOURNEY_CONFIG_H

#define MBEDTLS_PSA_CRYPTO_C
#define MBEDTLS_PSA_CRYPTO_CONFIG
#define MBEDTLS_USE_PSA_CRYPTO
#if !defined(MBEDTLS_PSA_KEY_SLOT_COUNT)
#define MBEDTLS_PSA_KEY_SLOT_COUNT 4
#endif
/* The caller's buffers are its own: no other context reaches them. */
#define MBEDTLS_PSA_ASSUME_EXCLUSIVE_BUFFERS

#define MBEDTLS_CTR_DRBG_C
#define MBEDTLS_ENTROPY_C
#define MBEDTLS_NO_PLATFORM_ENTROPY
#define MBEDTLS_ENTROPY_HARDWARE_ALT
#define MBEDTLS_ENTROPY_MAX_SOURCES 1

#define MBEDTLS_HAVE_ASM
#define MBEDTLS_PLATFORM_C
#define MBEDTLS_PLATFORM_MEMORY
#define MBEDTLS_PLATFORM_CALLOC_MACRO platform_calloc
#define MBEDTLS_PLATFORM_FREE_MACRO   platform_free
#include "platform_hooks.h"

#define MBEDTLS_AES_C
#define MBEDTLS_BLOCK_CIPHER_NO_DECRYPT
#if !defined(JOURNEY_NO_ROM_TABLES)
#define MBEDTLS_AES_ROM_TABLES
#endif
#if !defined(JOURNEY_NO_FEWER_TABLES)
#define MBEDTLS_AES_FEWER_TABLES
#endif
#if !defined(JOURNEY_NO_SHA256_SMALLER)
#define MBEDTLS_SHA256_SMALLER
#endif

#define MBEDTLS_ASN1_PARSE_C
#define MBEDTLS_ASN1_WRITE_C
#define MBEDTLS_BASE64_C
#define MBEDTLS_OID_C
#define MBEDTLS_PEM_PARSE_C
#define MBEDTLS_PEM_WRITE_C
#define MBEDTLS_PK_C
#define MBEDTLS_PK_PARSE_C
#define MBEDTLS_PK_WRITE_C
#define MBEDTLS_X509_USE_C
#define MBEDTLS_X509_CRT_PARSE_C
#define MBEDTLS_X509_CREATE_C
#define MBEDTLS_X509_CSR_WRITE_C

#if defined(JOURNEY_P256_M)
/* Nothing of ECP and bignum stays. */
#define MBEDTLS_PSA_P256M_DRIVER_ENABLED
#else
#if !defined(JOURNEY_NO_NIST_OPTIM)
#define MBEDTLS_ECP_NIST_OPTIM
#endif
#endif

#endif
