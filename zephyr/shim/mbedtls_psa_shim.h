/*
 * What Rust cannot call by itself: static inline functions, function-like macros, and the kernel.
 *
 * bindgen reads this header, and the shim is compiled with it: both see the same prototypes.
 */
#ifndef MBEDTLS_PSA_SHIM_H
#define MBEDTLS_PSA_SHIM_H

#include <stddef.h>
#include <stdint.h>

#include <psa/crypto.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The attributes of a key as Rust has them: the same in every version of the API. */
typedef struct mbedtls_psa_rs_attributes {
	uint16_t key_type;
	uint16_t bits;
	uint32_t lifetime;
	uint32_t usage;
	uint32_t alg;
	uint32_t alg2;
	uint32_t id;
} mbedtls_psa_rs_attributes;

/*
 * Begins a call of the API: 0, or MBEDTLS_PSA_RS_FROM_HANDLER when an interrupt handler asks for it, which is told
 * before anything could block. What this image has no mutex for is locked until mbedtls_psa_rs_leave.
 */
int32_t mbedtls_psa_rs_enter(void);
void mbedtls_psa_rs_leave(void);

#define MBEDTLS_PSA_RS_FROM_HANDLER INT32_MIN

/* 0, or PSA_ERROR_NOT_SUPPORTED for what these attributes have no field for. */
int32_t mbedtls_psa_rs_attributes_to_c(const mbedtls_psa_rs_attributes *from, psa_key_attributes_t *to);
void mbedtls_psa_rs_attributes_from_c(const psa_key_attributes_t *from, mbedtls_psa_rs_attributes *to);

/* The heap of the library, zeroed; for operations, which hold keys. */
void *mbedtls_psa_rs_calloc(size_t size);
void mbedtls_psa_rs_free(void *memory);
void mbedtls_psa_rs_zeroize(void *memory, size_t size);

#ifdef __cplusplus
}
#endif

#endif
