/* What the headers declare although this build has not compiled it: parts of the API that Kconfig left out, or that TF-M's
 * client lacks. Weak, so that whoever has it keeps the word: Zephyr links its libraries whole. No header is included, because which
 * types there are differs by version; custom parameters begin with their flags in each.
 */
#include <stddef.h>
#include <stdint.h>

#define NOT_SUPPORTED -134

#define ABSENT(name, answer) \
	int32_t name(void); \
	__attribute__((weak)) int32_t name(void) { return answer; }

/* Without flags and data a key in a custom way is the usual one, which each provider makes. */
static int is_usual(const uint32_t *flags, size_t data_length)
{
	return *flags == 0 && data_length == 0;
}

int32_t psa_generate_key(const void *attributes, uint32_t *key);
int32_t psa_generate_key_custom(const void *attributes, const uint32_t *flags, const uint8_t *data,
				size_t data_length, uint32_t *key);
__attribute__((weak)) int32_t psa_generate_key_custom(const void *attributes, const uint32_t *flags,
						      const uint8_t *data, size_t data_length, uint32_t *key)
{
	(void)data;
	*key = 0;
	return is_usual(flags, data_length) ? psa_generate_key(attributes, key) : NOT_SUPPORTED;
}

int32_t psa_key_derivation_output_key(const void *attributes, void *operation, uint32_t *key);
int32_t psa_key_derivation_output_key_custom(const void *attributes, void *operation, const uint32_t *flags,
					     const uint8_t *data, size_t data_length, uint32_t *key);
__attribute__((weak)) int32_t psa_key_derivation_output_key_custom(const void *attributes, void *operation,
								   const uint32_t *flags, const uint8_t *data,
								   size_t data_length, uint32_t *key)
{
	(void)data;
	*key = 0;
	return is_usual(flags, data_length) ? psa_key_derivation_output_key(attributes, operation, key)
					    : NOT_SUPPORTED;
}

ABSENT(psa_key_derivation_verify_bytes, NOT_SUPPORTED)
ABSENT(psa_key_derivation_verify_key, NOT_SUPPORTED)
ABSENT(psa_interruptible_set_max_ops, 0)
ABSENT(psa_interruptible_get_max_ops, 0)
ABSENT(psa_sign_hash_start, NOT_SUPPORTED)
ABSENT(psa_sign_hash_complete, NOT_SUPPORTED)
ABSENT(psa_sign_hash_abort, 0)
ABSENT(psa_sign_hash_get_num_ops, 0)
ABSENT(psa_verify_hash_start, NOT_SUPPORTED)
ABSENT(psa_verify_hash_complete, NOT_SUPPORTED)
ABSENT(psa_verify_hash_abort, 0)
ABSENT(psa_verify_hash_get_num_ops, 0)
ABSENT(psa_pake_setup, NOT_SUPPORTED)
ABSENT(psa_pake_set_password_key, NOT_SUPPORTED)
ABSENT(psa_pake_set_user, NOT_SUPPORTED)
ABSENT(psa_pake_set_peer, NOT_SUPPORTED)
ABSENT(psa_pake_set_role, NOT_SUPPORTED)
ABSENT(psa_pake_input, NOT_SUPPORTED)
ABSENT(psa_pake_output, NOT_SUPPORTED)
ABSENT(psa_pake_get_implicit_key, NOT_SUPPORTED)
ABSENT(psa_pake_abort, 0)
