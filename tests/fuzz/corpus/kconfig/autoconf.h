2#define CONFIG_MBEDTLS 1
#define CONFIG_MBEDTLS_CFG_FILE "config-mbedtls.h"
