/* TEST ENTROPY, NOT RANDOM: SHA-256 of a counter, the same at every start. It stands here so that a
 * run can be repeated; a secure side with this in it protects nothing. */
#include <string.h>

#include "psa/crypto.h"

#include "mbedtls/sha256.h"

static const char test_entropy_not_random[] = "stand-in SPE test entropy, not random";

psa_status_t mbedtls_psa_external_get_random(mbedtls_psa_external_random_context_t *context,
                                             uint8_t *output, size_t output_size,
                                             size_t *output_length)
{
    static uint64_t counter;
    uint8_t block[sizeof(test_entropy_not_random) + sizeof(counter)], digest[32];

    (void)context;
    memcpy(block, test_entropy_not_random, sizeof(test_entropy_not_random));
    for (size_t done = 0; done < output_size;) {
        size_t part = output_size - done < sizeof(digest) ? output_size - done : sizeof(digest);
        counter++;
        memcpy(block + sizeof(test_entropy_not_random), &counter, sizeof(counter));
        if (mbedtls_sha256(block, sizeof(block), digest, 0) != 0) {
            return PSA_ERROR_GENERIC_ERROR;
        }
        memcpy(output + done, digest, part);
        done += part;
    }
    *output_length = output_size;
    return PSA_SUCCESS;
}
