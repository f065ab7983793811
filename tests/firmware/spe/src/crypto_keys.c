/* Groups 1 and 2: random bytes and key management. */
#include <string.h>

#include "crypto.h"

/* The caller's view of attributes has no owner; ours has one more word at the end. */
#define CLIENT_ATTRIBUTES 24
_Static_assert(sizeof(psa_key_attributes_t) == CLIENT_ATTRIBUTES + 4, "one word for the owner");

psa_status_t crypto_read_attributes(const struct crypto_request *r, psa_key_attributes_t *into)
{
    if (r->in[0].len != CLIENT_ATTRIBUTES) {
        return PSA_ERROR_PROGRAMMER_ERROR;
    }
    memset(into, 0, sizeof(*into));
    memcpy(into, r->in[0].base, CLIENT_ATTRIBUTES);
    mbedtls_set_key_owner_id(into, MBEDTLS_SVC_KEY_ID_GET_OWNER_ID(r->key));
    return PSA_SUCCESS;
}

psa_status_t crypto_produced_key(struct crypto_request *r, psa_status_t status,
                                 mbedtls_svc_key_id_t key)
{
    psa_key_id_t id = status == PSA_SUCCESS ? MBEDTLS_SVC_KEY_ID_GET_KEY_ID(key) : PSA_KEY_ID_NULL;
    memcpy(r->out[0].base, &id, sizeof(id));
    return status;
}

/* Makes a key from attributes (input 0) by one of the ways below; output 0 is its id. */
static psa_status_t make_key(struct crypto_request *r,
                             psa_status_t (*make)(struct crypto_request *r,
                                                  const psa_key_attributes_t *attributes,
                                                  mbedtls_svc_key_id_t *key))
{
    psa_key_attributes_t attributes;
    mbedtls_svc_key_id_t key = MBEDTLS_SVC_KEY_ID_INIT;

    psa_status_t status = crypto_read_attributes(r, &attributes);
    if (status == PSA_SUCCESS && r->out[0].len < sizeof(psa_key_id_t)) {
        status = PSA_ERROR_PROGRAMMER_ERROR;
    }
    if (status != PSA_SUCCESS) {
        return status;
    }
    return crypto_produced_key(r, make(r, &attributes, &key), key);
}

static psa_status_t by_import(struct crypto_request *r, const psa_key_attributes_t *attributes,
                              mbedtls_svc_key_id_t *key)
{
    return psa_import_key(attributes, IN(1), key);
}

static psa_status_t by_generation(struct crypto_request *r, const psa_key_attributes_t *attributes,
                                  mbedtls_svc_key_id_t *key)
{
    (void)r;
    return psa_generate_key(attributes, key);
}

static psa_status_t by_copy(struct crypto_request *r, const psa_key_attributes_t *attributes,
                            mbedtls_svc_key_id_t *key)
{
    return psa_copy_key(r->key, attributes, key);
}

static psa_status_t import_key(struct crypto_request *r, union crypto_operation *op)
{
    return make_key(r, by_import);
}

static psa_status_t generate_key(struct crypto_request *r, union crypto_operation *op)
{
    return make_key(r, by_generation);
}

static psa_status_t copy_key(struct crypto_request *r, union crypto_operation *op)
{
    return make_key(r, by_copy);
}

static psa_status_t open_key(struct crypto_request *r, union crypto_operation *op)
{
    mbedtls_svc_key_id_t key;
    if (r->out[0].len < sizeof(psa_key_id_t)) {
        return PSA_ERROR_PROGRAMMER_ERROR;
    }
    psa_status_t status = psa_open_key(r->key, &key);
    return crypto_produced_key(r, status, key);
}

static psa_status_t close_key(struct crypto_request *r, union crypto_operation *op)
{
    return psa_close_key(r->key);
}

static psa_status_t destroy_key(struct crypto_request *r, union crypto_operation *op)
{
    return psa_destroy_key(r->key);
}

static psa_status_t purge_key(struct crypto_request *r, union crypto_operation *op)
{
    return psa_purge_key(r->key);
}

static psa_status_t get_key_attributes(struct crypto_request *r, union crypto_operation *op)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_status_t status = psa_get_key_attributes(r->key, &attributes);
    if (r->out[0].len == 0 || r->out[0].len > sizeof(attributes)) {
        return PSA_ERROR_PROGRAMMER_ERROR;
    }
    memcpy(r->out[0].base, &attributes, r->out[0].len);
    return status;
}

static psa_status_t export_key(struct crypto_request *r, union crypto_operation *op)
{
    size_t length = 0;
    psa_status_t status = psa_export_key(r->key, OUT(0), &length);
    return produced(r, 0, status, length);
}

static psa_status_t export_public_key(struct crypto_request *r, union crypto_operation *op)
{
    size_t length = 0;
    psa_status_t status = psa_export_public_key(r->key, OUT(0), &length);
    return produced(r, 0, status, length);
}

static psa_status_t generate_random(struct crypto_request *r, union crypto_operation *op)
{
    return psa_generate_random(OUT(0));
}

static const struct crypto_function random_functions[] = {
    { TFM_CRYPTO_GENERATE_RANDOM_SID, SINGLE, generate_random },
};

static const struct crypto_function key_functions[] = {
    { TFM_CRYPTO_GET_KEY_ATTRIBUTES_SID, SINGLE, get_key_attributes },
    { TFM_CRYPTO_OPEN_KEY_SID, SINGLE, open_key },
    { TFM_CRYPTO_CLOSE_KEY_SID, SINGLE, close_key },
    { TFM_CRYPTO_IMPORT_KEY_SID, SINGLE, import_key },
    { TFM_CRYPTO_DESTROY_KEY_SID, SINGLE, destroy_key },
    { TFM_CRYPTO_EXPORT_KEY_SID, SINGLE, export_key },
    { TFM_CRYPTO_EXPORT_PUBLIC_KEY_SID, SINGLE, export_public_key },
    { TFM_CRYPTO_PURGE_KEY_SID, SINGLE, purge_key },
    { TFM_CRYPTO_COPY_KEY_SID, SINGLE, copy_key },
    { TFM_CRYPTO_GENERATE_KEY_SID, SINGLE, generate_key },
};

const struct crypto_group crypto_random_group = { KIND_NONE, random_functions, 1 };
const struct crypto_group crypto_key_group = {
    KIND_NONE, key_functions, sizeof(key_functions) / sizeof(key_functions[0])
};
