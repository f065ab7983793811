/* For tests: calls through the dispatcher of the OS wrapper. */
#include "psa/client.h"
#include "tfm_psa_call_pack.h"

typedef uint32_t (*veneer)(uint32_t, uint32_t, uint32_t, uint32_t);
uint32_t dispatch(veneer function, uint32_t a, uint32_t b, uint32_t c, uint32_t d);
uint32_t tfm_psa_version_veneer(uint32_t, uint32_t, uint32_t, uint32_t);
uint32_t tfm_psa_call_veneer(uint32_t, uint32_t, uint32_t, uint32_t);

uint32_t psa_version(uint32_t sid)
{
    return dispatch(tfm_psa_version_veneer, sid, 0, 0, 0);
}

int32_t psa_call(int32_t handle, int32_t type, const psa_invec *in, size_t in_len, psa_outvec *out, size_t out_len)
{
    uint32_t word = PARAM_PACK(type, in_len, out_len);
    return dispatch(tfm_psa_call_veneer, handle, word, (uint32_t) in, (uint32_t) out);
}
