#include "mbedtls_psa_shim_3_6.h"

#if defined(MBEDTLS_PSA_SHIM_BINDS_3_6)

#include "sizes.h"

#if defined(MBEDTLS_PK_C) && defined(MBEDTLS_ECP_C)
mbedtls_ecp_keypair *mbedtls_psa_3_6_pk_ec(const mbedtls_pk_context pk)
{
	return mbedtls_pk_ec(pk);
}
#endif

#if defined(MBEDTLS_PSA_CRYPTO_CLIENT)
psa_algorithm_t mbedtls_psa_3_6_md_psa_alg_from_type(mbedtls_md_type_t type)
{
	return mbedtls_md_psa_alg_from_type(type);
}
#endif

psa_key_attributes_t mbedtls_psa_3_6_key_attributes_init(void)
{
	return psa_key_attributes_init();
}

void mbedtls_psa_3_6_set_key_type(psa_key_attributes_t *attributes, psa_key_type_t type)
{
	psa_set_key_type(attributes, type);
}

void mbedtls_psa_3_6_set_key_bits(psa_key_attributes_t *attributes, size_t bits)
{
	psa_set_key_bits(attributes, bits);
}

void mbedtls_psa_3_6_set_key_usage_flags(psa_key_attributes_t *attributes, psa_key_usage_t usage)
{
	psa_set_key_usage_flags(attributes, usage);
}

psa_key_type_t mbedtls_psa_3_6_get_key_type(const psa_key_attributes_t *attributes)
{
	return psa_get_key_type(attributes);
}

size_t mbedtls_psa_3_6_get_key_bits(const psa_key_attributes_t *attributes)
{
	return psa_get_key_bits(attributes);
}

MBEDTLS_PSA_RS_SIZES void mbedtls_psa_3_6_sizes(void)
{
	MBEDTLS_PSA_RS_SIZE(mbedtls_pk_context);
	MBEDTLS_PSA_RS_SIZE(mbedtls_pk_type_t);
	MBEDTLS_PSA_RS_SIZE(mbedtls_md_type_t);
	MBEDTLS_PSA_RS_SIZE(mbedtls_asn1_buf);
	MBEDTLS_PSA_RS_SIZE(mbedtls_asn1_sequence);
	MBEDTLS_PSA_RS_SIZE(mbedtls_asn1_named_data);
	MBEDTLS_PSA_RS_SIZE(mbedtls_x509_time);
#if defined(MBEDTLS_X509_CRT_PARSE_C)
	MBEDTLS_PSA_RS_SIZE(mbedtls_x509_crt);
#endif
#if defined(MBEDTLS_X509_CRT_WRITE_C)
	MBEDTLS_PSA_RS_SIZE(mbedtls_x509write_cert);
#endif
#if defined(MBEDTLS_X509_CSR_PARSE_C)
	MBEDTLS_PSA_RS_SIZE(mbedtls_x509_csr);
#endif
#if defined(MBEDTLS_X509_CSR_WRITE_C)
	MBEDTLS_PSA_RS_SIZE(mbedtls_x509write_csr);
#endif
#if defined(MBEDTLS_X509_USE_C) || defined(MBEDTLS_X509_CREATE_C)
	MBEDTLS_PSA_RS_SIZE(mbedtls_x509_san_list);
#endif
}

#else

/* A source without anything is no C. */
typedef int mbedtls_psa_3_6_nothing;

#endif
