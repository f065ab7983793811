/* A client's configuration of the exported headers: TF-M 2.1 and 2.2 leave it to the user. */
#define MBEDTLS_PSA_CRYPTO_CLIENT
#define MBEDTLS_PSA_CRYPTO_CONFIG
