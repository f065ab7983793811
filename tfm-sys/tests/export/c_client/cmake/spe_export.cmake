# As in a real export of 2.1: the configuration of crypto stays behind in TF-M's source tree.
add_library(psa_crypto_config INTERFACE)
target_compile_definitions(psa_crypto_config INTERFACE
    MBEDTLS_CONFIG_FILE="/nowhere/client.h" MBEDTLS_PSA_CRYPTO_CONFIG_FILE="/nowhere/config.h")
