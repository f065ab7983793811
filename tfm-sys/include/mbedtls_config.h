/* The client's side of Mbed TLS's configuration, which an export of TF-M 2.1 or 2.2 refers to but does not contain. */
#define MBEDTLS_PSA_CRYPTO_CLIENT
#define MBEDTLS_PSA_CRYPTO_CONFIG
