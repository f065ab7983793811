/* What behaves behind the shape: attributes come back, and an operation fills its whole struct. */
#include <stdlib.h>
#include <string.h>

#include <shape_config.h>

#define FUNCTION(result, name, arguments)                                                                 \
	result name arguments;                                                                            \
	ANSWER_##result(name, arguments)
#define ANSWER_psa_status_t(name, arguments)                                                              \
	psa_status_t name arguments                                                                       \
	{                                                                                                 \
		return PSA_ERROR_NOT_SUPPORTED;                                                           \
	}
#define ANSWER_uint32_t(name, arguments)                                                                  \
	uint32_t name arguments                                                                           \
	{                                                                                                 \
		return 0;                                                                                 \
	}
#define ANSWER_void(name, arguments)                                                                      \
	void name arguments                                                                               \
	{                                                                                                 \
	}
#include <psa/crypto.h>

static psa_key_attributes_t kept;

psa_status_t psa_crypto_init(void)
{
	return PSA_SUCCESS;
}

psa_status_t psa_generate_key(const psa_key_attributes_t *attributes, mbedtls_svc_key_id_t *key)
{
	kept = *attributes;
	kept.id = 0x40000001;
	*key = kept.id;
	return PSA_SUCCESS;
}

psa_status_t psa_get_key_attributes(mbedtls_svc_key_id_t key, psa_key_attributes_t *attributes)
{
	if (key != kept.id) {
		return PSA_ERROR_GENERIC_ERROR;
	}
	*attributes = kept;
	return PSA_SUCCESS;
}

void psa_reset_key_attributes(psa_key_attributes_t *attributes)
{
	memset(attributes, 0, sizeof(*attributes));
}

psa_status_t psa_destroy_key(mbedtls_svc_key_id_t key)
{
	return key == kept.id ? PSA_SUCCESS : PSA_ERROR_GENERIC_ERROR;
}

psa_status_t psa_hash_setup(psa_hash_operation_t *operation, psa_algorithm_t alg)
{
	(void)alg;
	memset(operation, 0xA5, sizeof(*operation));
	return PSA_SUCCESS;
}

psa_status_t psa_hash_abort(psa_hash_operation_t *operation)
{
	for (size_t i = 0; i < sizeof(*operation); i++) {
		if (((uint8_t *)operation)[i] != 0xA5) {
			abort();
		}
	}
	return PSA_SUCCESS;
}

#if SHAPE != 18
/* What <mbedtls/platform.h> and <mbedtls/platform_util.h> have. */
void *mbedtls_calloc(size_t count, size_t size)
{
	return calloc(count, size);
}

void mbedtls_free(void *memory)
{
	free(memory);
}

void mbedtls_platform_zeroize(void *memory, size_t size)
{
	memset(memory, 0, size);
}
#endif
