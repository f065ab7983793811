/* Mbed TLS for the stand-in secure side: the PSA core and nothing above it. */
#ifndef SPE_MBEDTLS_CONFIG_H
#define SPE_MBEDTLS_CONFIG_H

#define MBEDTLS_PSA_CRYPTO_C
#define MBEDTLS_PSA_CRYPTO_CONFIG
#define MBEDTLS_PSA_CRYPTO_STORAGE_C
#define MBEDTLS_PSA_CRYPTO_KEY_ID_ENCODES_OWNER
#define MBEDTLS_PSA_P256M_DRIVER_ENABLED

/* The service hands the core its own copies, never the caller's memory. */
#define MBEDTLS_PSA_ASSUME_EXCLUSIVE_BUFFERS

/* TF-M's limit: the 33rd volatile key is refused. */
#define MBEDTLS_PSA_KEY_SLOT_COUNT 32

/* See src/test_entropy.c: deterministic, for tests only. */
#define MBEDTLS_PSA_CRYPTO_EXTERNAL_RNG
#define MBEDTLS_NO_PLATFORM_ENTROPY

#define MBEDTLS_PLATFORM_C
#define MBEDTLS_PLATFORM_MEMORY
#define MBEDTLS_PLATFORM_NO_STD_FUNCTIONS
#define MBEDTLS_PLATFORM_SNPRINTF_MACRO snprintf
#define MBEDTLS_MEMORY_BUFFER_ALLOC_C

#define MBEDTLS_HAVE_ASM
#define MBEDTLS_AES_ROM_TABLES
#define MBEDTLS_AES_FEWER_TABLES
#define MBEDTLS_ECP_NIST_OPTIM
#define MBEDTLS_ECP_FIXED_POINT_OPTIM 0

#endif
