/* Groups 3 and 4: hashes and message authentication codes. */
#include <string.h>

#include "crypto.h"

static psa_status_t hash_compute(struct crypto_request *r, union crypto_operation *op)
{
    size_t length = 0;
    psa_status_t status = psa_hash_compute(r->pack.alg, IN(0), OUT(0), &length);
    return produced(r, 0, status, length);
}

static psa_status_t hash_compare(struct crypto_request *r, union crypto_operation *op)
{
    return psa_hash_compare(r->pack.alg, IN(0), IN(1));
}

static psa_status_t hash_setup(struct crypto_request *r, union crypto_operation *op)
{
    return psa_hash_setup(&op->hash, r->pack.alg);
}

static psa_status_t hash_update(struct crypto_request *r, union crypto_operation *op)
{
    return psa_hash_update(&op->hash, IN(0));
}

/* The target's handle comes as input 0 (it must be none yet) and goes as output 0. */
static psa_status_t hash_clone(struct crypto_request *r, union crypto_operation *op)
{
    union crypto_operation *target;
    uint32_t handle;

    if (r->in[0].len < sizeof(handle) || r->out[0].len < sizeof(handle)) {
        return PSA_ERROR_PROGRAMMER_ERROR;
    }
    memcpy(&handle, r->in[0].base, sizeof(handle));
    psa_status_t status = crypto_operation_open(KIND_HASH, &handle, &target);
    if (status == PSA_SUCCESS) {
        status = psa_hash_clone(&op->hash, &target->hash);
        if (status != PSA_SUCCESS) {
            crypto_operation_close(&handle);
        }
    }
    memcpy(r->out[0].base, &handle, sizeof(handle));
    return status;
}

static psa_status_t hash_finish(struct crypto_request *r, union crypto_operation *op)
{
    size_t length = 0;
    psa_status_t status = psa_hash_finish(&op->hash, OUT(1), &length);
    return produced(r, 1, status, length);
}

static psa_status_t hash_verify(struct crypto_request *r, union crypto_operation *op)
{
    return psa_hash_verify(&op->hash, IN(0));
}

static psa_status_t hash_abort(struct crypto_request *r, union crypto_operation *op)
{
    return psa_hash_abort(&op->hash);
}

static psa_status_t mac_compute(struct crypto_request *r, union crypto_operation *op)
{
    size_t length = 0;
    psa_status_t status = psa_mac_compute(r->key, r->pack.alg, IN(0), OUT(0), &length);
    return produced(r, 0, status, length);
}

static psa_status_t mac_verify(struct crypto_request *r, union crypto_operation *op)
{
    return psa_mac_verify(r->key, r->pack.alg, IN(0), IN(1));
}

static psa_status_t mac_sign_setup(struct crypto_request *r, union crypto_operation *op)
{
    return psa_mac_sign_setup(&op->mac, r->key, r->pack.alg);
}

static psa_status_t mac_verify_setup(struct crypto_request *r, union crypto_operation *op)
{
    return psa_mac_verify_setup(&op->mac, r->key, r->pack.alg);
}

static psa_status_t mac_update(struct crypto_request *r, union crypto_operation *op)
{
    return psa_mac_update(&op->mac, IN(0));
}

static psa_status_t mac_sign_finish(struct crypto_request *r, union crypto_operation *op)
{
    size_t length = 0;
    psa_status_t status = psa_mac_sign_finish(&op->mac, OUT(1), &length);
    return produced(r, 1, status, length);
}

static psa_status_t mac_verify_finish(struct crypto_request *r, union crypto_operation *op)
{
    return psa_mac_verify_finish(&op->mac, IN(0));
}

static psa_status_t mac_abort(struct crypto_request *r, union crypto_operation *op)
{
    return psa_mac_abort(&op->mac);
}

static const struct crypto_function hash_functions[] = {
    { TFM_CRYPTO_HASH_COMPUTE_SID, SINGLE, hash_compute },
    { TFM_CRYPTO_HASH_COMPARE_SID, SINGLE, hash_compare },
    { TFM_CRYPTO_HASH_SETUP_SID, SETUP, hash_setup },
    { TFM_CRYPTO_HASH_UPDATE_SID, STEP, hash_update },
    { TFM_CRYPTO_HASH_CLONE_SID, STEP, hash_clone },
    { TFM_CRYPTO_HASH_FINISH_SID, FINISH, hash_finish },
    { TFM_CRYPTO_HASH_VERIFY_SID, FINISH, hash_verify },
    { TFM_CRYPTO_HASH_ABORT_SID, ABORT, hash_abort },
};

static const struct crypto_function mac_functions[] = {
    { TFM_CRYPTO_MAC_COMPUTE_SID, SINGLE, mac_compute },
    { TFM_CRYPTO_MAC_VERIFY_SID, SINGLE, mac_verify },
    { TFM_CRYPTO_MAC_SIGN_SETUP_SID, SETUP, mac_sign_setup },
    { TFM_CRYPTO_MAC_VERIFY_SETUP_SID, SETUP, mac_verify_setup },
    { TFM_CRYPTO_MAC_UPDATE_SID, STEP, mac_update },
    { TFM_CRYPTO_MAC_SIGN_FINISH_SID, FINISH, mac_sign_finish },
    { TFM_CRYPTO_MAC_VERIFY_FINISH_SID, FINISH, mac_verify_finish },
    { TFM_CRYPTO_MAC_ABORT_SID, ABORT, mac_abort },
};

const struct crypto_group crypto_hash_group = {
    KIND_HASH, hash_functions, sizeof(hash_functions) / sizeof(hash_functions[0])
};
const struct crypto_group crypto_mac_group = {
    KIND_MAC, mac_functions, sizeof(mac_functions) / sizeof(mac_functions[0])
};
