/* Groups 7, 8 and 9: signatures, asymmetric encryption, key agreement and derivation. */
#include <string.h>

#include "crypto.h"

static psa_status_t sign_message(struct crypto_request *r, union crypto_operation *op)
{
    size_t length = 0;
    psa_status_t status = psa_sign_message(r->key, r->pack.alg, IN(0), OUT(0), &length);
    return produced(r, 0, status, length);
}

static psa_status_t verify_message(struct crypto_request *r, union crypto_operation *op)
{
    return psa_verify_message(r->key, r->pack.alg, IN(0), IN(1));
}

static psa_status_t sign_hash(struct crypto_request *r, union crypto_operation *op)
{
    size_t length = 0;
    psa_status_t status = psa_sign_hash(r->key, r->pack.alg, IN(0), OUT(0), &length);
    return produced(r, 0, status, length);
}

static psa_status_t verify_hash(struct crypto_request *r, union crypto_operation *op)
{
    return psa_verify_hash(r->key, r->pack.alg, IN(0), IN(1));
}

static psa_status_t asymmetric_encrypt(struct crypto_request *r, union crypto_operation *op)
{
    size_t length = 0;
    psa_status_t status =
        psa_asymmetric_encrypt(r->key, r->pack.alg, IN(0), IN(1), OUT(0), &length);
    return produced(r, 0, status, length);
}

static psa_status_t asymmetric_decrypt(struct crypto_request *r, union crypto_operation *op)
{
    size_t length = 0;
    psa_status_t status =
        psa_asymmetric_decrypt(r->key, r->pack.alg, IN(0), IN(1), OUT(0), &length);
    return produced(r, 0, status, length);
}

static psa_status_t raw_key_agreement(struct crypto_request *r, union crypto_operation *op)
{
    size_t length = 0;
    psa_status_t status = psa_raw_key_agreement(r->pack.alg, r->key, IN(0), OUT(0), &length);
    return produced(r, 0, status, length);
}

static psa_status_t derivation_setup(struct crypto_request *r, union crypto_operation *op)
{
    return psa_key_derivation_setup(&op->derivation, r->pack.alg);
}

static psa_status_t get_capacity(struct crypto_request *r, union crypto_operation *op)
{
    size_t capacity = 0;
    if (r->out[0].len != sizeof(capacity)) {
        return PSA_ERROR_PROGRAMMER_ERROR;
    }
    psa_status_t status = psa_key_derivation_get_capacity(&op->derivation, &capacity);
    memcpy(r->out[0].base, &capacity, sizeof(capacity));
    return status;
}

static psa_status_t set_capacity(struct crypto_request *r, union crypto_operation *op)
{
    return psa_key_derivation_set_capacity(&op->derivation, r->pack.capacity);
}

static psa_status_t input_bytes(struct crypto_request *r, union crypto_operation *op)
{
    return psa_key_derivation_input_bytes(&op->derivation, r->pack.step, IN(0));
}

static psa_status_t input_key(struct crypto_request *r, union crypto_operation *op)
{
    return psa_key_derivation_input_key(&op->derivation, r->pack.step, r->key);
}

static psa_status_t input_integer(struct crypto_request *r, union crypto_operation *op)
{
    return psa_key_derivation_input_integer(&op->derivation, r->pack.step, r->pack.value);
}

static psa_status_t input_agreement(struct crypto_request *r, union crypto_operation *op)
{
    return psa_key_derivation_key_agreement(&op->derivation, r->pack.step, r->key, IN(0));
}

static psa_status_t output_bytes(struct crypto_request *r, union crypto_operation *op)
{
    return psa_key_derivation_output_bytes(&op->derivation, OUT(0));
}

static psa_status_t output_key(struct crypto_request *r, union crypto_operation *op)
{
    psa_key_attributes_t attributes;
    mbedtls_svc_key_id_t key = MBEDTLS_SVC_KEY_ID_INIT;

    if (r->out[0].len < sizeof(psa_key_id_t)) {
        return PSA_ERROR_PROGRAMMER_ERROR;
    }
    psa_status_t status = crypto_read_attributes(r, &attributes);
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = psa_key_derivation_output_key(&attributes, &op->derivation, &key);
    return crypto_produced_key(r, status, key);
}

static psa_status_t derivation_abort(struct crypto_request *r, union crypto_operation *op)
{
    return psa_key_derivation_abort(&op->derivation);
}

static const struct crypto_function sign_functions[] = {
    { TFM_CRYPTO_ASYMMETRIC_SIGN_MESSAGE_SID, SINGLE, sign_message },
    { TFM_CRYPTO_ASYMMETRIC_VERIFY_MESSAGE_SID, SINGLE, verify_message },
    { TFM_CRYPTO_ASYMMETRIC_SIGN_HASH_SID, SINGLE, sign_hash },
    { TFM_CRYPTO_ASYMMETRIC_VERIFY_HASH_SID, SINGLE, verify_hash },
};

static const struct crypto_function encrypt_functions[] = {
    { TFM_CRYPTO_ASYMMETRIC_ENCRYPT_SID, SINGLE, asymmetric_encrypt },
    { TFM_CRYPTO_ASYMMETRIC_DECRYPT_SID, SINGLE, asymmetric_decrypt },
};

static const struct crypto_function derivation_functions[] = {
    { TFM_CRYPTO_RAW_KEY_AGREEMENT_SID, SINGLE, raw_key_agreement },
    { TFM_CRYPTO_KEY_DERIVATION_SETUP_SID, SETUP, derivation_setup },
    { TFM_CRYPTO_KEY_DERIVATION_GET_CAPACITY_SID, STEP, get_capacity },
    { TFM_CRYPTO_KEY_DERIVATION_SET_CAPACITY_SID, STEP, set_capacity },
    { TFM_CRYPTO_KEY_DERIVATION_INPUT_BYTES_SID, STEP, input_bytes },
    { TFM_CRYPTO_KEY_DERIVATION_INPUT_KEY_SID, STEP, input_key },
    { TFM_CRYPTO_KEY_DERIVATION_INPUT_INTEGER_SID, STEP, input_integer },
    { TFM_CRYPTO_KEY_DERIVATION_KEY_AGREEMENT_SID, STEP, input_agreement },
    { TFM_CRYPTO_KEY_DERIVATION_OUTPUT_BYTES_SID, STEP, output_bytes },
    { TFM_CRYPTO_KEY_DERIVATION_OUTPUT_KEY_SID, STEP, output_key },
    { TFM_CRYPTO_KEY_DERIVATION_ABORT_SID, ABORT, derivation_abort },
};

const struct crypto_group crypto_sign_group = {
    KIND_NONE, sign_functions, sizeof(sign_functions) / sizeof(sign_functions[0])
};
const struct crypto_group crypto_encrypt_group = {
    KIND_NONE, encrypt_functions, sizeof(encrypt_functions) / sizeof(encrypt_functions[0])
};
const struct crypto_group crypto_derivation_group = {
    KIND_DERIVATION, derivation_functions,
    sizeof(derivation_functions) / sizeof(derivation_functions[0])
};
