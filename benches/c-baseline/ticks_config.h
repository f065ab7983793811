/* On top of Mbed TLS's default configuration: keys of the PSA core for PK, and no operating system. */
#define MBEDTLS_USE_PSA_CRYPTO

#undef MBEDTLS_FS_IO
#undef MBEDTLS_HAVE_TIME
#undef MBEDTLS_HAVE_TIME_DATE
#undef MBEDTLS_NET_C
#undef MBEDTLS_PSA_CRYPTO_STORAGE_C
#undef MBEDTLS_PSA_ITS_FILE_C
#undef MBEDTLS_TIMING_C

#define MBEDTLS_NO_PLATFORM_ENTROPY
#define MBEDTLS_ENTROPY_HARDWARE_ALT

#define MBEDTLS_PLATFORM_MEMORY
#define MBEDTLS_PLATFORM_CALLOC_MACRO platform_calloc
#define MBEDTLS_PLATFORM_FREE_MACRO   platform_free
#include "platform_hooks.h"
