/* For tests: TF-PSA-Crypto reads the one file that it is given. */
#include TF_PSA_CRYPTO_CONFIG_FILE
