#include "mbedtls_psa_shim.h"
#include "sizes.h"

#include <stdlib.h>
#include <string.h>

#include <zephyr/kernel.h>

/* Mbed TLS in this image, not a client of TF-M. */
#if defined(MBEDTLS_PSA_CRYPTO_C) || defined(TF_PSA_CRYPTO_PSA_CRYPTO_C)
#define CORE_IS_HERE
#endif

/* TF-M's headers before 2.1 say no version of Mbed TLS, and lack what only that has. */
#if defined(MBEDTLS_VERSION_NUMBER) || defined(TF_PSA_CRYPTO_VERSION_NUMBER)
#define HEADERS_OF_MBEDTLS
#endif

#if defined(CORE_IS_HERE)
#include <mbedtls/platform.h>
#include <mbedtls/platform_util.h>
#endif

/*
 * Without mutexes of its own the library is for one thread at a time, and so is the limit of restartable ECC, which no mutex
 * guards. TF-M's client has its own; the Mbed TLS that may stand beside it, for PK and X.509, has not, nor has its heap.
 */
#if !defined(MBEDTLS_THREADING_C) || defined(MBEDTLS_ECP_RESTARTABLE)
#define NEEDS_LOCK
#endif
#if (defined(CORE_IS_HERE) || defined(CONFIG_MBEDTLS)) && defined(NEEDS_LOCK) && defined(CONFIG_MULTITHREADING)
#define LOCKED_HERE
K_MUTEX_DEFINE(mbedtls_psa_rs_mutex);
#endif

int32_t mbedtls_psa_rs_enter(void)
{
	if (k_is_in_isr()) {
		return MBEDTLS_PSA_RS_FROM_HANDLER;
	}
#if defined(LOCKED_HERE)
	if (k_mutex_lock(&mbedtls_psa_rs_mutex, K_FOREVER) != 0) {
		return PSA_ERROR_GENERIC_ERROR;
	}
#endif
	return PSA_SUCCESS;
}

void mbedtls_psa_rs_leave(void)
{
#if defined(LOCKED_HERE)
	(void)k_mutex_unlock(&mbedtls_psa_rs_mutex);
#endif
}

int32_t mbedtls_psa_rs_attributes_to_c(const mbedtls_psa_rs_attributes *from, psa_key_attributes_t *to)
{
	*to = psa_key_attributes_init();
	psa_set_key_type(to, from->key_type);
	psa_set_key_bits(to, from->bits);
	/* The identifier first: it makes a volatile lifetime persistent. */
	if (from->id != 0) {
		psa_set_key_id(to, from->id);
	}
	psa_set_key_lifetime(to, from->lifetime);
	psa_set_key_usage_flags(to, from->usage);
	psa_set_key_algorithm(to, from->alg);
#if defined(HEADERS_OF_MBEDTLS)
	psa_set_key_enrollment_algorithm(to, from->alg2);
#else
	if (from->alg2 != 0) {
		return PSA_ERROR_NOT_SUPPORTED;
	}
#endif
	return PSA_SUCCESS;
}

void mbedtls_psa_rs_attributes_from_c(const psa_key_attributes_t *from, mbedtls_psa_rs_attributes *to)
{
	to->key_type = psa_get_key_type(from);
	to->bits = (uint16_t)psa_get_key_bits(from);
	to->lifetime = psa_get_key_lifetime(from);
	to->usage = psa_get_key_usage_flags(from);
	to->alg = psa_get_key_algorithm(from);
#if defined(HEADERS_OF_MBEDTLS)
	to->alg2 = psa_get_key_enrollment_algorithm(from);
#else
	to->alg2 = 0;
#endif
	to->id = psa_get_key_id(from);
}

void *mbedtls_psa_rs_calloc(size_t size)
{
#if defined(CORE_IS_HERE)
	return mbedtls_calloc(1, size);
#else
	return calloc(1, size);
#endif
}

void mbedtls_psa_rs_free(void *memory)
{
#if defined(CORE_IS_HERE)
	mbedtls_free(memory);
#else
	free(memory);
#endif
}

void mbedtls_psa_rs_zeroize(void *memory, size_t size)
{
#if defined(CORE_IS_HERE)
	mbedtls_platform_zeroize(memory, size);
#else
	volatile uint8_t *byte = memory;

	while (size-- > 0) {
		*byte++ = 0;
	}
#endif
}

MBEDTLS_PSA_RS_SIZES void mbedtls_psa_rs_sizes(void)
{
	MBEDTLS_PSA_RS_SIZE(psa_status_t);
	MBEDTLS_PSA_RS_SIZE(psa_algorithm_t);
	MBEDTLS_PSA_RS_SIZE(psa_key_type_t);
	MBEDTLS_PSA_RS_SIZE(psa_key_usage_t);
	MBEDTLS_PSA_RS_SIZE(psa_key_lifetime_t);
	MBEDTLS_PSA_RS_SIZE(psa_key_id_t);
	MBEDTLS_PSA_RS_SIZE(mbedtls_svc_key_id_t);
	MBEDTLS_PSA_RS_SIZE(psa_key_derivation_step_t);
	MBEDTLS_PSA_RS_SIZE(mbedtls_psa_rs_attributes);
	MBEDTLS_PSA_RS_SIZE(psa_key_attributes_t);
	MBEDTLS_PSA_RS_SIZE(psa_hash_operation_t);
	MBEDTLS_PSA_RS_SIZE(psa_mac_operation_t);
	MBEDTLS_PSA_RS_SIZE(psa_cipher_operation_t);
	MBEDTLS_PSA_RS_SIZE(psa_aead_operation_t);
	MBEDTLS_PSA_RS_SIZE(psa_key_derivation_operation_t);
#if defined(HEADERS_OF_MBEDTLS)
	MBEDTLS_PSA_RS_SIZE(psa_sign_hash_interruptible_operation_t);
	MBEDTLS_PSA_RS_SIZE(psa_verify_hash_interruptible_operation_t);
	MBEDTLS_PSA_RS_SIZE(psa_pake_operation_t);
	MBEDTLS_PSA_RS_SIZE(psa_pake_cipher_suite_t);
#endif
}
