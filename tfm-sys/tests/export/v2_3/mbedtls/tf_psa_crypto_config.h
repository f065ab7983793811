/* For tests: what the export says of its secure side; its own build has one header more. */
#if !defined(TFM_PSA_CRYPTO_CLIENT_ONLY)
#include "config_tfm.h"
#endif
#define MBEDTLS_PSA_CRYPTO_CLIENT
#define PSA_WANT_ALG_ECDSA 1
