/* What the board gives the services: here the caller's memory is what the test says, and a panic ends the process. */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include "psa/crypto.h"

/* The parts with a state, so that a test can begin anew. */
#include "../src/crypto_operations.c"
#include "../src/platform.c"
#include "../src/storage.c"

#include "mbedtls/memory_buffer_alloc.h"

/* Memory of the caller. */
struct range {
    const void *start;
    size_t length;
    bool writable;
};

static const struct range *memory;
static size_t ranges;
static jmp_buf at_reset;

/* Status of a call that ends in a reset. */
#define RESET INT32_MIN

psa_status_t spe_host_call(psa_handle_t handle, uint32_t ctrl, const psa_invec *in, psa_outvec *out,
                           const struct range *of_caller, size_t count)
{
    memory = of_caller;
    ranges = count;
    psa_status_t status = setjmp(at_reset) == 0 ? spe_call(handle, ctrl, in, out) : RESET;
    ranges = 0;
    return status;
}

/* As after a reset. */
psa_status_t spe_host_begin(void)
{
    for (uint32_t i = 0; i < OPERATIONS; i++) {
        union crypto_operation *op = &open_operations[i].operation;
        switch (open_operations[i].kind) {
        case KIND_NONE: break;
        case KIND_HASH: psa_hash_abort(&op->hash); break;
        case KIND_MAC: psa_mac_abort(&op->mac); break;
        case KIND_CIPHER: psa_cipher_abort(&op->cipher); break;
        case KIND_AEAD: psa_aead_abort(&op->aead); break;
        case KIND_DERIVATION: psa_key_derivation_abort(&op->derivation); break;
        }
    }
    memset(open_operations, 0, sizeof(open_operations));
    memset(counters, 0, sizeof(counters));
    memset(its.assets, 0, sizeof(its.assets));
    memset(ps.assets, 0, sizeof(ps.assets));
    mbedtls_psa_crypto_free();
    return spe_crypto_init();
}

bool spe_caller_may(const void *start, size_t length, enum spe_access access)
{
    uintptr_t from = (uintptr_t)start;
    if (length == 0) {
        return true;
    }
    for (size_t i = 0; i < ranges; i++) {
        uintptr_t own = (uintptr_t)memory[i].start;
        if (from >= own && from - own <= memory[i].length && length <= memory[i].length - (from - own) &&
            (access == SPE_READ || memory[i].writable)) {
            return true;
        }
    }
    return false;
}

void spe_panic(const char *why)
{
    fprintf(stderr, "stand-in SPE: %s\n", why);
    abort();
}

void spe_board_reset(void)
{
    longjmp(at_reset, 1);
}

void spe_print(const char *text)
{
    (void)text;
}

void mbedtls_memory_buffer_alloc_init(unsigned char *heap, size_t length)
{
    (void)heap;
    (void)length;
}
