/* The crypto service's inside: one request, the table of functions, multi-part operations. */
#ifndef SPE_CRYPTO_H
#define SPE_CRYPTO_H

#include "psa/crypto.h"

#include "spe.h"
#include "tfm_crypto_defs.h"

/* Inputs and outputs are copies in secure memory. `out[i].len` is the room on entry and what was
 * produced on return. */
struct crypto_request {
    struct tfm_crypto_pack_iovec pack;
    mbedtls_svc_key_id_t key;
    struct {
        const uint8_t *base;
        size_t len;
    } in[PSA_MAX_IOVEC - 1];
    struct {
        uint8_t *base;
        size_t len;
    } out[PSA_MAX_IOVEC - 1];
};

#define IN(i)  r->in[i].base, r->in[i].len
#define OUT(i) r->out[i].base, r->out[i].len

enum crypto_kind { KIND_NONE, KIND_HASH, KIND_MAC, KIND_CIPHER, KIND_AEAD, KIND_DERIVATION };

union crypto_operation {
    psa_hash_operation_t hash;
    psa_mac_operation_t mac;
    psa_cipher_operation_t cipher;
    psa_aead_operation_t aead;
    psa_key_derivation_operation_t derivation;
};

/* What a function does with the operation that the request names. */
enum crypto_part {
    SINGLE, /* takes none */
    SETUP,  /* makes one; output 0 is its handle */
    STEP,   /* uses one */
    FINISH, /* uses one, and ends it on success; output 0 is its handle */
    ABORT,  /* ends one; an unknown handle is no error; output 0 is its handle */
};

struct crypto_function {
    uint16_t id;
    enum crypto_part part;
    psa_status_t (*run)(struct crypto_request *r, union crypto_operation *op);
};

struct crypto_group {
    enum crypto_kind kind;
    const struct crypto_function *functions;
    size_t count;
};

extern const struct crypto_group crypto_random_group, crypto_key_group, crypto_hash_group,
    crypto_mac_group, crypto_cipher_group, crypto_aead_group, crypto_sign_group,
    crypto_encrypt_group, crypto_derivation_group;

/* Records what a function produced; nothing, unless it succeeded. */
static inline psa_status_t produced(struct crypto_request *r, unsigned out, psa_status_t status,
                                    size_t length)
{
    r->out[out].len = status == PSA_SUCCESS ? length : 0;
    return status;
}

/* crypto_keys.c */
psa_status_t crypto_read_attributes(const struct crypto_request *r, psa_key_attributes_t *into);
psa_status_t crypto_produced_key(struct crypto_request *r, psa_status_t status,
                                 mbedtls_svc_key_id_t key);

/* crypto_operations.c: handles are 1 to 8, 0 means none. */
psa_status_t crypto_operation_open(enum crypto_kind kind, uint32_t *handle,
                                   union crypto_operation **op);
psa_status_t crypto_operation_find(enum crypto_kind kind, uint32_t handle,
                                   union crypto_operation **op);
void crypto_operation_close(uint32_t *handle);

#endif
