/* For tests: a function of the crypto service in C. */
#include "psa/crypto.h"
#include "psa/client.h"
#include "psa_manifest/sid.h"
#include "tfm_crypto_defs.h"

int32_t psa_call(int32_t handle, int32_t type, const psa_invec *in, size_t in_len, psa_outvec *out, size_t out_len);

int32_t psa_generate_random(uint8_t *output, size_t output_size)
{
    struct tfm_crypto_pack_iovec pack = { .function_id = TFM_CRYPTO_GENERATE_RANDOM_SID };
    psa_invec in[] = { { &pack, sizeof(pack) } };
    psa_outvec out[] = { { output, output_size } };
    return psa_call(TFM_CRYPTO_HANDLE, 0, in, 1, out, 1);
}
