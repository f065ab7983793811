/* Zephyr's random source for Mbed TLS; here it is for tests only, and says so. */
#include <stdlib.h>

#include <psa/crypto.h>

#if defined(MBEDTLS_PSA_CRYPTO_EXTERNAL_RNG)
psa_status_t mbedtls_psa_external_get_random(mbedtls_psa_external_random_context_t *context, uint8_t *output,
					     size_t output_size, size_t *output_length)
{
	static uint32_t state = 0x2545f491;

	(void)context;
	for (size_t i = 0; i < output_size; i++) {
		state ^= state << 13;
		state ^= state >> 17;
		state ^= state << 5;
		output[i] = (uint8_t)(state >> 11);
	}
	*output_length = output_size;
	return PSA_SUCCESS;
}
#endif
