/*
 * What the crate mbedtls-psa cannot call of Mbed TLS 3.6 by itself; of another version it binds nothing.
 */
#ifndef MBEDTLS_PSA_SHIM_3_6_H
#define MBEDTLS_PSA_SHIM_3_6_H

#include "mbedtls_psa_shim.h"

#if defined(MBEDTLS_VERSION_NUMBER)
#if MBEDTLS_VERSION_NUMBER >= 0x03060000 && MBEDTLS_VERSION_NUMBER < 0x04000000
#define MBEDTLS_PSA_SHIM_BINDS_3_6

#include <mbedtls/pk.h>
#include <mbedtls/psa_util.h>
#include <mbedtls/x509_crt.h>
#include <mbedtls/x509_csr.h>

#if defined(MBEDTLS_PK_C) && defined(MBEDTLS_ECP_C)
mbedtls_ecp_keypair *mbedtls_psa_3_6_pk_ec(const mbedtls_pk_context pk);
#endif
#if defined(MBEDTLS_PSA_CRYPTO_CLIENT)
psa_algorithm_t mbedtls_psa_3_6_md_psa_alg_from_type(mbedtls_md_type_t type);
#endif

psa_key_attributes_t mbedtls_psa_3_6_key_attributes_init(void);
void mbedtls_psa_3_6_set_key_type(psa_key_attributes_t *attributes, psa_key_type_t type);
void mbedtls_psa_3_6_set_key_bits(psa_key_attributes_t *attributes, size_t bits);
void mbedtls_psa_3_6_set_key_usage_flags(psa_key_attributes_t *attributes, psa_key_usage_t usage);
psa_key_type_t mbedtls_psa_3_6_get_key_type(const psa_key_attributes_t *attributes);
size_t mbedtls_psa_3_6_get_key_bits(const psa_key_attributes_t *attributes);

#endif
#endif

#endif
