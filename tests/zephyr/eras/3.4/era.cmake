# Zephyr 3.4 to 3.6: Mbed TLS 3.4 and 3.5, whose options Kconfig has instead of PSA_WANT_*, and an autoconf.h without a
# folder of Zephyr's.
set(KERNEL_VERSION_MAJOR 3)
set(KERNEL_VERSION_MINOR 4)
set(AUTOCONF_H ${CMAKE_BINARY_DIR}/zephyr/include/generated/autoconf.h)
if(NOT DEFINED SHAPE)
  set(SHAPE 34)
endif()

function(era_mbedtls)
  # As config_psa.h derives them.
  shape_library(${SHAPE} "
#if defined(CONFIG_MBEDTLS_ECP_C)
#define PSA_WANT_KEY_TYPE_ECC_KEY_PAIR 1
#define PSA_WANT_KEY_TYPE_ECC_PUBLIC_KEY 1
#endif
#if defined(CONFIG_MBEDTLS_ECP_DP_SECP256R1_ENABLED)
#define PSA_WANT_ECC_SECP_R1_256 1
#endif
#if defined(CONFIG_MBEDTLS_ECDSA_C)
#define PSA_WANT_ALG_ECDSA 1
#endif
#if defined(CONFIG_MBEDTLS_MAC_SHA256_ENABLED)
#define PSA_WANT_ALG_SHA_256 1
#endif
#if defined(CONFIG_MBEDTLS_CIPHER_AES_ENABLED)
#define PSA_WANT_KEY_TYPE_AES 1
#endif
#if defined(CONFIG_MBEDTLS_CIPHER_CCM_ENABLED)
#define PSA_WANT_ALG_CCM 1
#endif
#define PSA_WANT_ALG_HKDF 1
#define PSA_WANT_KEY_TYPE_DERIVE 1
")
  add_library(mbedTLS INTERFACE)
  target_link_libraries(mbedTLS INTERFACE shape_headers)
endfunction()

function(era_tfm)
endfunction()
