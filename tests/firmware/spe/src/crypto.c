/* The crypto service: takes a request in, finds its function, runs it, gives the results out. */
#include "crypto.h"

#include <string.h>

#include "mbedtls/memory_buffer_alloc.h"

/* TF-M's CRYPTO_IOVEC_BUFFER_SIZE: all inputs and outputs of one call must fit. */
#define SCRATCH_SIZE 5120
#define HEAP_SIZE    (128 * 1024)

static uint8_t scratch[SCRATCH_SIZE] __attribute__((aligned(8)));
static uint8_t heap[HEAP_SIZE] __attribute__((aligned(8)));

/* As on a device, where a length is a word; a host has longer ones. */
#if SIZE_MAX == UINT32_MAX
_Static_assert(sizeof(struct tfm_crypto_pack_iovec) == 56, "the descriptor is 56 bytes");
_Static_assert(offsetof(struct tfm_crypto_pack_iovec, aead_in) == 20, "nonce at 20");
_Static_assert(offsetof(struct tfm_crypto_pack_iovec, function_id) == 40, "function at 40");
_Static_assert(offsetof(struct tfm_crypto_pack_iovec, value) == 48, "value at 48");
#endif

static const struct crypto_group *const groups[] = {
    [TFM_CRYPTO_GROUP_ID_RANDOM] = &crypto_random_group,
    [TFM_CRYPTO_GROUP_ID_KEY_MANAGEMENT] = &crypto_key_group,
    [TFM_CRYPTO_GROUP_ID_HASH] = &crypto_hash_group,
    [TFM_CRYPTO_GROUP_ID_MAC] = &crypto_mac_group,
    [TFM_CRYPTO_GROUP_ID_CIPHER] = &crypto_cipher_group,
    [TFM_CRYPTO_GROUP_ID_AEAD] = &crypto_aead_group,
    [TFM_CRYPTO_GROUP_ID_ASYM_SIGN] = &crypto_sign_group,
    [TFM_CRYPTO_GROUP_ID_ASYM_ENCRYPT] = &crypto_encrypt_group,
    [TFM_CRYPTO_GROUP_ID_KEY_DERIVATION] = &crypto_derivation_group,
};

psa_status_t spe_crypto_init(void)
{
    mbedtls_memory_buffer_alloc_init(heap, sizeof(heap));
    return psa_crypto_init();
}

/* Takes `length` bytes of scratch, in whole words, as TF-M counts them. */
static uint8_t *take(size_t *used, size_t length)
{
    if (length > SCRATCH_SIZE - *used) {
        return NULL;
    }
    uint8_t *start = scratch + *used;
    *used += (length + 3u) & ~(size_t)3u;
    return start;
}

static psa_status_t run_part(const struct crypto_group *group,
                             const struct crypto_function *function, struct crypto_request *r)
{
    union crypto_operation *op = NULL;
    psa_status_t status = PSA_SUCCESS;
    uint32_t handle = r->pack.op_handle;

    if (function->part == SINGLE) {
        return function->run(r, NULL);
    }
    if (function->part != STEP) {
        /* Output 0 carries the handle, unchanged when nothing happens to it. */
        if (r->out[0].len < sizeof(handle)) {
            return PSA_ERROR_PROGRAMMER_ERROR;
        }
        memcpy(r->out[0].base, &handle, sizeof(handle));
    }
    status = function->part == SETUP ? crypto_operation_open(group->kind, &handle, &op)
                                     : crypto_operation_find(group->kind, handle, &op);
    if (status != PSA_SUCCESS) {
        return function->part == ABORT ? PSA_SUCCESS : status;
    }
    status = function->run(r, op);
    if (function->part == ABORT || (function->part == SETUP && status != PSA_SUCCESS) ||
        (function->part == FINISH && status == PSA_SUCCESS)) {
        crypto_operation_close(&handle);
    }
    if (function->part != STEP) {
        memcpy(r->out[0].base, &handle, sizeof(handle));
    }
    return status;
}

static psa_status_t dispatch(struct crypto_request *r)
{
    unsigned number = TFM_CRYPTO_GET_GROUP_ID(r->pack.function_id);
    union crypto_operation *ignored;

    if (number >= sizeof(groups) / sizeof(groups[0]) || groups[number] == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    const struct crypto_group *group = groups[number];
    for (size_t i = 0; i < group->count; i++) {
        if (group->functions[i].id == r->pack.function_id) {
            return run_part(group, &group->functions[i], r);
        }
    }
    /* TF-M looks for the operation before it looks for the function. */
    if (group->kind != KIND_NONE &&
        crypto_operation_find(group->kind, r->pack.op_handle, &ignored) != PSA_SUCCESS) {
        return PSA_ERROR_BAD_STATE;
    }
    return PSA_ERROR_NOT_SUPPORTED;
}

/* Copies the inputs after the descriptor, and makes room for the outputs. */
static psa_status_t copy_in(const struct spe_message *message, struct crypto_request *r,
                            size_t *used)
{
    for (unsigned i = 1; i < PSA_MAX_IOVEC; i++) {
        uint8_t *copy = take(used, message->in_size[i]);
        if (copy == NULL) {
            return PSA_ERROR_INSUFFICIENT_MEMORY;
        }
        r->in[i - 1].base = copy;
        r->in[i - 1].len = spe_read(message, i, copy, message->in_size[i]);
    }
    for (unsigned i = 0; i < PSA_MAX_IOVEC - 1; i++) {
        r->out[i].base = take(used, message->out_size[i]);
        r->out[i].len = message->out_size[i];
        if (r->out[i].base == NULL) {
            return PSA_ERROR_INSUFFICIENT_MEMORY;
        }
    }
    return PSA_SUCCESS;
}

psa_status_t spe_crypto_service(struct spe_message *message)
{
    struct crypto_request r = { 0 };
    size_t used = 0;

    if (message->type != PSA_IPC_CALL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (spe_read(message, 0, &r.pack, sizeof(r.pack)) != sizeof(r.pack)) {
        return PSA_ERROR_GENERIC_ERROR;
    }
    r.key = mbedtls_svc_key_id_make(message->client, r.pack.key_id);

    psa_status_t status = copy_in(message, &r, &used);
    if (status == PSA_SUCCESS) {
        status = dispatch(&r);
        for (unsigned i = 0; i < PSA_MAX_IOVEC - 1; i++) {
            spe_write(message, i, r.out[i].base, r.out[i].len);
        }
    }
    memset(scratch, 0, used);
    return status;
}
