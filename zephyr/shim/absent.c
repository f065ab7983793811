/* What the headers declare although this build has not compiled it: parts of the API that Kconfig left out, or that TF-M's
 * client lacks. Weak, so that whoever has it keeps the word. No header is included: which types there are differs by
 * version, and these functions look at no argument.
 */
#include <stdint.h>

#define NOT_SUPPORTED -134

#define ABSENT(name, answer) \
	int32_t name(void); \
	__attribute__((weak)) int32_t name(void) { return answer; }

ABSENT(psa_generate_key_custom, NOT_SUPPORTED)
ABSENT(psa_key_derivation_output_key_custom, NOT_SUPPORTED)
ABSENT(psa_key_derivation_verify_bytes, NOT_SUPPORTED)
ABSENT(psa_key_derivation_verify_key, NOT_SUPPORTED)
ABSENT(psa_interruptible_set_max_ops, 0)
ABSENT(psa_interruptible_get_max_ops, 0)
ABSENT(psa_sign_hash_start, NOT_SUPPORTED)
ABSENT(psa_sign_hash_complete, NOT_SUPPORTED)
ABSENT(psa_sign_hash_abort, 0)
ABSENT(psa_verify_hash_start, NOT_SUPPORTED)
ABSENT(psa_verify_hash_complete, NOT_SUPPORTED)
ABSENT(psa_verify_hash_abort, 0)
ABSENT(psa_pake_setup, NOT_SUPPORTED)
ABSENT(psa_pake_set_password_key, NOT_SUPPORTED)
ABSENT(psa_pake_set_user, NOT_SUPPORTED)
ABSENT(psa_pake_set_peer, NOT_SUPPORTED)
ABSENT(psa_pake_set_role, NOT_SUPPORTED)
ABSENT(psa_pake_input, NOT_SUPPORTED)
ABSENT(psa_pake_output, NOT_SUPPORTED)
ABSENT(psa_pake_get_implicit_key, NOT_SUPPORTED)
ABSENT(psa_pake_abort, 0)
