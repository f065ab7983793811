/*
 * The shape of psa/crypto.h in versions whose sources are not pinned: versions, layouts and prototypes, and nothing that
 * works. The macro SHAPE says which: 34 is Mbed TLS 3.4, 35 is 3.5, 40 is Mbed TLS 4.0 with TF-PSA-Crypto 1.0, 18 is the
 * client's side of TF-M 1.8, and 22 an Mbed TLS of long ago.
 */
#ifndef PSA_CRYPTO_H
#define PSA_CRYPTO_H

#include <stddef.h>
#include <stdint.h>

#include <shape_config.h>

#if SHAPE == 22
#define MBEDTLS_VERSION_NUMBER 0x021C0A00
#elif SHAPE == 34
#define MBEDTLS_VERSION_NUMBER 0x03040000
#elif SHAPE == 35
#define MBEDTLS_VERSION_NUMBER 0x03050100
#elif SHAPE == 40
#define MBEDTLS_VERSION_NUMBER        0x04000000
#define TF_PSA_CRYPTO_VERSION_NUMBER  0x01000000
#elif SHAPE == 18
#define PSA_CRYPTO_API_VERSION_MAJOR 1
#define PSA_CRYPTO_API_VERSION_MINOR 0
#endif

#if SHAPE != 18
#define MBEDTLS_PSA_CRYPTO_CLIENT
#define MBEDTLS_PSA_CRYPTO_C
#endif

typedef int32_t psa_status_t;
typedef uint32_t psa_algorithm_t;
typedef uint16_t psa_key_type_t;
typedef uint32_t psa_key_usage_t;
typedef uint32_t psa_key_lifetime_t;
typedef uint32_t psa_key_id_t;
typedef psa_key_id_t mbedtls_svc_key_id_t;
typedef uint16_t psa_key_derivation_step_t;

#define PSA_SUCCESS             ((psa_status_t)0)
#define PSA_ERROR_GENERIC_ERROR ((psa_status_t)-132)
#define PSA_ERROR_NOT_SUPPORTED ((psa_status_t)-134)

/* The attributes: the same fields, in another order and among others. */
struct psa_key_attributes_s {
#if SHAPE == 18
	uint16_t type;
	uint16_t bits;
	uint32_t lifetime;
	psa_key_id_t id;
	uint32_t usage;
	uint32_t alg;
#elif SHAPE == 40
	uint16_t type;
	uint16_t bits;
	uint32_t lifetime;
	uint32_t usage;
	uint32_t alg;
	uint32_t alg2;
	psa_key_id_t id;
#else
	uint16_t type;
	uint16_t bits;
	uint32_t lifetime;
	psa_key_id_t id;
	uint32_t usage;
	uint32_t alg;
	uint32_t alg2;
	uint16_t flags;
	void *domain_parameters;
	size_t domain_parameters_size;
#endif
};
typedef struct psa_key_attributes_s psa_key_attributes_t;

#define ACCESSORS(name, c_type, field)                                                                    \
	static inline void psa_set_key_##name(psa_key_attributes_t *attributes, c_type value)             \
	{                                                                                                 \
		attributes->field = value;                                                                \
	}                                                                                                 \
	static inline c_type psa_get_key_##name(const psa_key_attributes_t *attributes)                   \
	{                                                                                                 \
		return attributes->field;                                                                 \
	}
ACCESSORS(type, psa_key_type_t, type)
ACCESSORS(usage_flags, psa_key_usage_t, usage)
ACCESSORS(algorithm, psa_algorithm_t, alg)
ACCESSORS(lifetime, psa_key_lifetime_t, lifetime)
ACCESSORS(id, mbedtls_svc_key_id_t, id)
#if SHAPE != 18
ACCESSORS(enrollment_algorithm, psa_algorithm_t, alg2)
#endif

static inline void psa_set_key_bits(psa_key_attributes_t *attributes, size_t bits)
{
	attributes->bits = (uint16_t)bits;
}

static inline size_t psa_get_key_bits(const psa_key_attributes_t *attributes)
{
	return attributes->bits;
}

static inline psa_key_attributes_t psa_key_attributes_init(void)
{
	const psa_key_attributes_t empty = {0};

	return empty;
}

void psa_reset_key_attributes(psa_key_attributes_t *attributes);

/* Operations: of other sizes than anywhere else, or a handle. */
#if SHAPE == 18
#define OPERATION(name, words)                                                                            \
	struct psa_##name##_operation_s {                                                                 \
		uint32_t handle;                                                                          \
	};                                                                                                \
	typedef struct psa_##name##_operation_s psa_##name##_operation_t;
#else
#define OPERATION(name, words)                                                                            \
	struct psa_##name##_operation_s {                                                                 \
		uint64_t inside[words];                                                                   \
	};                                                                                                \
	typedef struct psa_##name##_operation_s psa_##name##_operation_t;
#endif
OPERATION(hash, 11 + SHAPE)
OPERATION(mac, 12 + SHAPE)
OPERATION(cipher, 13 + SHAPE)
OPERATION(aead, 14 + SHAPE)
OPERATION(key_derivation, 15 + SHAPE)
#if SHAPE != 18
OPERATION(sign_hash_interruptible, 3)
OPERATION(verify_hash_interruptible, 4)
OPERATION(pake, 16 + SHAPE)

typedef uint8_t psa_pake_role_t;
typedef uint8_t psa_pake_step_t;
typedef struct psa_pake_cipher_suite_s {
	psa_algorithm_t algorithm;
	uint8_t type;
	uint8_t family;
	uint16_t bits;
	psa_algorithm_t hash;
} psa_pake_cipher_suite_t;
#endif
#if SHAPE == 40
typedef struct psa_custom_key_parameters_s {
	uint32_t flags;
} psa_custom_key_parameters_t;
#endif

/* A function that answers that nothing is supported, where shape.c defines it. */
#if !defined(FUNCTION)
#define FUNCTION(result, name, arguments) result name arguments;
#endif

psa_status_t psa_crypto_init(void);
psa_status_t psa_get_key_attributes(mbedtls_svc_key_id_t key, psa_key_attributes_t *attributes);
FUNCTION(psa_status_t, psa_purge_key, (mbedtls_svc_key_id_t key))
FUNCTION(psa_status_t, psa_copy_key, (mbedtls_svc_key_id_t source_key, const psa_key_attributes_t *attributes, mbedtls_svc_key_id_t *target_key))
psa_status_t psa_destroy_key(mbedtls_svc_key_id_t key);
FUNCTION(psa_status_t, psa_import_key, (const psa_key_attributes_t *attributes, const uint8_t *data, size_t data_length, mbedtls_svc_key_id_t *key))
FUNCTION(psa_status_t, psa_export_key, (mbedtls_svc_key_id_t key, uint8_t *data, size_t data_size, size_t *data_length))
FUNCTION(psa_status_t, psa_export_public_key, (mbedtls_svc_key_id_t key, uint8_t *data, size_t data_size, size_t *data_length))
FUNCTION(psa_status_t, psa_hash_compute, (psa_algorithm_t alg, const uint8_t *input, size_t input_length, uint8_t *hash, size_t hash_size, size_t *hash_length))
FUNCTION(psa_status_t, psa_hash_compare, (psa_algorithm_t alg, const uint8_t *input, size_t input_length, const uint8_t *hash, size_t hash_length))
psa_status_t psa_hash_setup(psa_hash_operation_t *operation, psa_algorithm_t alg);
FUNCTION(psa_status_t, psa_hash_update, (psa_hash_operation_t *operation, const uint8_t *input, size_t input_length))
FUNCTION(psa_status_t, psa_hash_finish, (psa_hash_operation_t *operation, uint8_t *hash, size_t hash_size, size_t *hash_length))
FUNCTION(psa_status_t, psa_hash_verify, (psa_hash_operation_t *operation, const uint8_t *hash, size_t hash_length))
psa_status_t psa_hash_abort(psa_hash_operation_t *operation);
FUNCTION(psa_status_t, psa_hash_clone, (const psa_hash_operation_t *source_operation, psa_hash_operation_t *target_operation))
FUNCTION(psa_status_t, psa_mac_compute, (mbedtls_svc_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length, uint8_t *mac, size_t mac_size, size_t *mac_length))
FUNCTION(psa_status_t, psa_mac_verify, (mbedtls_svc_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length, const uint8_t *mac, size_t mac_length))
FUNCTION(psa_status_t, psa_mac_sign_setup, (psa_mac_operation_t *operation, mbedtls_svc_key_id_t key, psa_algorithm_t alg))
FUNCTION(psa_status_t, psa_mac_verify_setup, (psa_mac_operation_t *operation, mbedtls_svc_key_id_t key, psa_algorithm_t alg))
FUNCTION(psa_status_t, psa_mac_update, (psa_mac_operation_t *operation, const uint8_t *input, size_t input_length))
FUNCTION(psa_status_t, psa_mac_sign_finish, (psa_mac_operation_t *operation, uint8_t *mac, size_t mac_size, size_t *mac_length))
FUNCTION(psa_status_t, psa_mac_verify_finish, (psa_mac_operation_t *operation, const uint8_t *mac, size_t mac_length))
FUNCTION(psa_status_t, psa_mac_abort, (psa_mac_operation_t *operation))
FUNCTION(psa_status_t, psa_cipher_encrypt, (mbedtls_svc_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length, uint8_t *output, size_t output_size, size_t *output_length))
FUNCTION(psa_status_t, psa_cipher_decrypt, (mbedtls_svc_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length, uint8_t *output, size_t output_size, size_t *output_length))
FUNCTION(psa_status_t, psa_cipher_encrypt_setup, (psa_cipher_operation_t *operation, mbedtls_svc_key_id_t key, psa_algorithm_t alg))
FUNCTION(psa_status_t, psa_cipher_decrypt_setup, (psa_cipher_operation_t *operation, mbedtls_svc_key_id_t key, psa_algorithm_t alg))
FUNCTION(psa_status_t, psa_cipher_generate_iv, (psa_cipher_operation_t *operation, uint8_t *iv, size_t iv_size, size_t *iv_length))
FUNCTION(psa_status_t, psa_cipher_set_iv, (psa_cipher_operation_t *operation, const uint8_t *iv, size_t iv_length))
FUNCTION(psa_status_t, psa_cipher_update, (psa_cipher_operation_t *operation, const uint8_t *input, size_t input_length, uint8_t *output, size_t output_size, size_t *output_length))
FUNCTION(psa_status_t, psa_cipher_finish, (psa_cipher_operation_t *operation, uint8_t *output, size_t output_size, size_t *output_length))
FUNCTION(psa_status_t, psa_cipher_abort, (psa_cipher_operation_t *operation))
FUNCTION(psa_status_t, psa_aead_encrypt, (mbedtls_svc_key_id_t key, psa_algorithm_t alg, const uint8_t *nonce, size_t nonce_length, const uint8_t *additional_data, size_t additional_data_length, const uint8_t *plaintext, size_t plaintext_length, uint8_t *ciphertext, size_t ciphertext_size, size_t *ciphertext_length))
FUNCTION(psa_status_t, psa_aead_decrypt, (mbedtls_svc_key_id_t key, psa_algorithm_t alg, const uint8_t *nonce, size_t nonce_length, const uint8_t *additional_data, size_t additional_data_length, const uint8_t *ciphertext, size_t ciphertext_length, uint8_t *plaintext, size_t plaintext_size, size_t *plaintext_length))
FUNCTION(psa_status_t, psa_aead_encrypt_setup, (psa_aead_operation_t *operation, mbedtls_svc_key_id_t key, psa_algorithm_t alg))
FUNCTION(psa_status_t, psa_aead_decrypt_setup, (psa_aead_operation_t *operation, mbedtls_svc_key_id_t key, psa_algorithm_t alg))
FUNCTION(psa_status_t, psa_aead_generate_nonce, (psa_aead_operation_t *operation, uint8_t *nonce, size_t nonce_size, size_t *nonce_length))
FUNCTION(psa_status_t, psa_aead_set_nonce, (psa_aead_operation_t *operation, const uint8_t *nonce, size_t nonce_length))
FUNCTION(psa_status_t, psa_aead_set_lengths, (psa_aead_operation_t *operation, size_t ad_length, size_t plaintext_length))
FUNCTION(psa_status_t, psa_aead_update_ad, (psa_aead_operation_t *operation, const uint8_t *input, size_t input_length))
FUNCTION(psa_status_t, psa_aead_update, (psa_aead_operation_t *operation, const uint8_t *input, size_t input_length, uint8_t *output, size_t output_size, size_t *output_length))
FUNCTION(psa_status_t, psa_aead_finish, (psa_aead_operation_t *operation, uint8_t *ciphertext, size_t ciphertext_size, size_t *ciphertext_length, uint8_t *tag, size_t tag_size, size_t *tag_length))
FUNCTION(psa_status_t, psa_aead_verify, (psa_aead_operation_t *operation, uint8_t *plaintext, size_t plaintext_size, size_t *plaintext_length, const uint8_t *tag, size_t tag_length))
FUNCTION(psa_status_t, psa_aead_abort, (psa_aead_operation_t *operation))
FUNCTION(psa_status_t, psa_sign_message, (mbedtls_svc_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length, uint8_t *signature, size_t signature_size, size_t *signature_length))
FUNCTION(psa_status_t, psa_verify_message, (mbedtls_svc_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length, const uint8_t *signature, size_t signature_length))
FUNCTION(psa_status_t, psa_sign_hash, (mbedtls_svc_key_id_t key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length, uint8_t *signature, size_t signature_size, size_t *signature_length))
FUNCTION(psa_status_t, psa_verify_hash, (mbedtls_svc_key_id_t key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length, const uint8_t *signature, size_t signature_length))
FUNCTION(psa_status_t, psa_asymmetric_encrypt, (mbedtls_svc_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length, const uint8_t *salt, size_t salt_length, uint8_t *output, size_t output_size, size_t *output_length))
FUNCTION(psa_status_t, psa_asymmetric_decrypt, (mbedtls_svc_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length, const uint8_t *salt, size_t salt_length, uint8_t *output, size_t output_size, size_t *output_length))
FUNCTION(psa_status_t, psa_key_derivation_setup, (psa_key_derivation_operation_t *operation, psa_algorithm_t alg))
FUNCTION(psa_status_t, psa_key_derivation_get_capacity, (const psa_key_derivation_operation_t *operation, size_t *capacity))
FUNCTION(psa_status_t, psa_key_derivation_set_capacity, (psa_key_derivation_operation_t *operation, size_t capacity))
FUNCTION(psa_status_t, psa_key_derivation_input_bytes, (psa_key_derivation_operation_t *operation, psa_key_derivation_step_t step, const uint8_t *data, size_t data_length))
FUNCTION(psa_status_t, psa_key_derivation_input_integer, (psa_key_derivation_operation_t *operation, psa_key_derivation_step_t step, uint64_t value))
FUNCTION(psa_status_t, psa_key_derivation_input_key, (psa_key_derivation_operation_t *operation, psa_key_derivation_step_t step, mbedtls_svc_key_id_t key))
FUNCTION(psa_status_t, psa_key_derivation_key_agreement, (psa_key_derivation_operation_t *operation, psa_key_derivation_step_t step, mbedtls_svc_key_id_t private_key, const uint8_t *peer_key, size_t peer_key_length))
FUNCTION(psa_status_t, psa_key_derivation_output_bytes, (psa_key_derivation_operation_t *operation, uint8_t *output, size_t output_length))
FUNCTION(psa_status_t, psa_key_derivation_output_key, (const psa_key_attributes_t *attributes, psa_key_derivation_operation_t *operation, mbedtls_svc_key_id_t *key))
FUNCTION(psa_status_t, psa_key_derivation_abort, (psa_key_derivation_operation_t *operation))
FUNCTION(psa_status_t, psa_raw_key_agreement, (psa_algorithm_t alg, mbedtls_svc_key_id_t private_key, const uint8_t *peer_key, size_t peer_key_length, uint8_t *output, size_t output_size, size_t *output_length))
FUNCTION(psa_status_t, psa_generate_random, (uint8_t *output, size_t output_size))
psa_status_t psa_generate_key(const psa_key_attributes_t *attributes, mbedtls_svc_key_id_t *key);

#if SHAPE != 18
FUNCTION(void, psa_interruptible_set_max_ops, (uint32_t max_ops))
FUNCTION(uint32_t, psa_interruptible_get_max_ops, (void))
FUNCTION(uint32_t, psa_sign_hash_get_num_ops, (const psa_sign_hash_interruptible_operation_t *operation))
FUNCTION(uint32_t, psa_verify_hash_get_num_ops, (const psa_verify_hash_interruptible_operation_t *operation))
FUNCTION(psa_status_t, psa_sign_hash_start, (psa_sign_hash_interruptible_operation_t *operation, mbedtls_svc_key_id_t key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length))
FUNCTION(psa_status_t, psa_sign_hash_complete, (psa_sign_hash_interruptible_operation_t *operation, uint8_t *signature, size_t signature_size, size_t *signature_length))
FUNCTION(psa_status_t, psa_sign_hash_abort, (psa_sign_hash_interruptible_operation_t *operation))
FUNCTION(psa_status_t, psa_verify_hash_start, (psa_verify_hash_interruptible_operation_t *operation, mbedtls_svc_key_id_t key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length, const uint8_t *signature, size_t signature_length))
FUNCTION(psa_status_t, psa_verify_hash_complete, (psa_verify_hash_interruptible_operation_t *operation))
FUNCTION(psa_status_t, psa_verify_hash_abort, (psa_verify_hash_interruptible_operation_t *operation))
#endif

#if SHAPE == 40
FUNCTION(psa_status_t, psa_key_derivation_output_key_custom, (const psa_key_attributes_t *attributes, psa_key_derivation_operation_t *operation, const psa_custom_key_parameters_t *custom, const uint8_t *custom_data, size_t custom_data_length, mbedtls_svc_key_id_t *key))
FUNCTION(psa_status_t, psa_generate_key_custom, (const psa_key_attributes_t *attributes, const psa_custom_key_parameters_t *custom, const uint8_t *custom_data, size_t custom_data_length, mbedtls_svc_key_id_t *key))
FUNCTION(psa_status_t, psa_key_derivation_verify_bytes, (psa_key_derivation_operation_t *operation, const uint8_t *expected, size_t expected_length))
FUNCTION(psa_status_t, psa_key_derivation_verify_key, (psa_key_derivation_operation_t *operation, psa_key_id_t expected))
psa_status_t psa_pake_setup(psa_pake_operation_t *operation, mbedtls_svc_key_id_t password_key,
			    const psa_pake_cipher_suite_t *cipher_suite);
psa_status_t psa_pake_set_user(psa_pake_operation_t *operation, const uint8_t *user_id, size_t user_id_len);
psa_status_t psa_pake_set_peer(psa_pake_operation_t *operation, const uint8_t *peer_id, size_t peer_id_len);
psa_status_t psa_pake_abort(psa_pake_operation_t *operation);
#elif SHAPE != 18
FUNCTION(psa_status_t, psa_pake_setup, (psa_pake_operation_t *operation, const psa_pake_cipher_suite_t *cipher_suite))
FUNCTION(psa_status_t, psa_pake_set_password_key, (psa_pake_operation_t *operation, mbedtls_svc_key_id_t password))
FUNCTION(psa_status_t, psa_pake_set_user, (psa_pake_operation_t *operation, const uint8_t *user_id, size_t user_id_len))
FUNCTION(psa_status_t, psa_pake_set_peer, (psa_pake_operation_t *operation, const uint8_t *peer_id, size_t peer_id_len))
FUNCTION(psa_status_t, psa_pake_set_role, (psa_pake_operation_t *operation, psa_pake_role_t role))
FUNCTION(psa_status_t, psa_pake_output, (psa_pake_operation_t *operation, psa_pake_step_t step, uint8_t *output, size_t output_size, size_t *output_length))
FUNCTION(psa_status_t, psa_pake_input, (psa_pake_operation_t *operation, psa_pake_step_t step, const uint8_t *input, size_t input_length))
FUNCTION(psa_status_t, psa_pake_get_implicit_key, (psa_pake_operation_t *operation, psa_key_derivation_operation_t *output))
FUNCTION(psa_status_t, psa_pake_abort, (psa_pake_operation_t *operation))
#endif

#endif
