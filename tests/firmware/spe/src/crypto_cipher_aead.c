/* Groups 5 and 6: ciphers and authenticated encryption. */
#include "crypto.h"

static psa_status_t cipher_encrypt(struct crypto_request *r, union crypto_operation *op)
{
    size_t length = 0;
    psa_status_t status = psa_cipher_encrypt(r->key, r->pack.alg, IN(0), OUT(0), &length);
    return produced(r, 0, status, length);
}

static psa_status_t cipher_decrypt(struct crypto_request *r, union crypto_operation *op)
{
    size_t length = 0;
    psa_status_t status = psa_cipher_decrypt(r->key, r->pack.alg, IN(0), OUT(0), &length);
    return produced(r, 0, status, length);
}

static psa_status_t cipher_encrypt_setup(struct crypto_request *r, union crypto_operation *op)
{
    return psa_cipher_encrypt_setup(&op->cipher, r->key, r->pack.alg);
}

static psa_status_t cipher_decrypt_setup(struct crypto_request *r, union crypto_operation *op)
{
    return psa_cipher_decrypt_setup(&op->cipher, r->key, r->pack.alg);
}

static psa_status_t cipher_generate_iv(struct crypto_request *r, union crypto_operation *op)
{
    size_t length = 0;
    psa_status_t status = psa_cipher_generate_iv(&op->cipher, OUT(0), &length);
    return produced(r, 0, status, length);
}

static psa_status_t cipher_set_iv(struct crypto_request *r, union crypto_operation *op)
{
    return psa_cipher_set_iv(&op->cipher, IN(0));
}

static psa_status_t cipher_update(struct crypto_request *r, union crypto_operation *op)
{
    size_t length = 0;
    psa_status_t status = psa_cipher_update(&op->cipher, IN(0), OUT(0), &length);
    return produced(r, 0, status, length);
}

static psa_status_t cipher_finish(struct crypto_request *r, union crypto_operation *op)
{
    size_t length = 0;
    psa_status_t status = psa_cipher_finish(&op->cipher, OUT(1), &length);
    return produced(r, 1, status, length);
}

static psa_status_t cipher_abort(struct crypto_request *r, union crypto_operation *op)
{
    return psa_cipher_abort(&op->cipher);
}

static psa_status_t aead_encrypt(struct crypto_request *r, union crypto_operation *op)
{
    const struct tfm_crypto_aead_pack_input *nonce = &r->pack.aead_in;
    size_t length = 0;
    if (nonce->nonce_length > TFM_CRYPTO_MAX_NONCE_LENGTH) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    psa_status_t status = psa_aead_encrypt(r->key, r->pack.alg, nonce->nonce, nonce->nonce_length,
                                           IN(1), IN(0), OUT(0), &length);
    return produced(r, 0, status, length);
}

static psa_status_t aead_decrypt(struct crypto_request *r, union crypto_operation *op)
{
    const struct tfm_crypto_aead_pack_input *nonce = &r->pack.aead_in;
    size_t length = 0;
    if (nonce->nonce_length > TFM_CRYPTO_MAX_NONCE_LENGTH) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    psa_status_t status = psa_aead_decrypt(r->key, r->pack.alg, nonce->nonce, nonce->nonce_length,
                                           IN(1), IN(0), OUT(0), &length);
    return produced(r, 0, status, length);
}

static psa_status_t aead_encrypt_setup(struct crypto_request *r, union crypto_operation *op)
{
    return psa_aead_encrypt_setup(&op->aead, r->key, r->pack.alg);
}

static psa_status_t aead_decrypt_setup(struct crypto_request *r, union crypto_operation *op)
{
    return psa_aead_decrypt_setup(&op->aead, r->key, r->pack.alg);
}

static psa_status_t aead_generate_nonce(struct crypto_request *r, union crypto_operation *op)
{
    size_t length = 0;
    psa_status_t status = psa_aead_generate_nonce(&op->aead, OUT(0), &length);
    return produced(r, 0, status, length);
}

static psa_status_t aead_set_nonce(struct crypto_request *r, union crypto_operation *op)
{
    return psa_aead_set_nonce(&op->aead, IN(0));
}

static psa_status_t aead_set_lengths(struct crypto_request *r, union crypto_operation *op)
{
    return psa_aead_set_lengths(&op->aead, r->pack.ad_length, r->pack.plaintext_length);
}

static psa_status_t aead_update_ad(struct crypto_request *r, union crypto_operation *op)
{
    return psa_aead_update_ad(&op->aead, IN(0));
}

static psa_status_t aead_update(struct crypto_request *r, union crypto_operation *op)
{
    size_t length = 0;
    psa_status_t status = psa_aead_update(&op->aead, IN(0), OUT(0), &length);
    return produced(r, 0, status, length);
}

static psa_status_t aead_finish(struct crypto_request *r, union crypto_operation *op)
{
    size_t length = 0, tag_length = 0;
    psa_status_t status = psa_aead_finish(&op->aead, OUT(2), &length, OUT(1), &tag_length);
    produced(r, 2, status, length);
    return produced(r, 1, status, tag_length);
}

static psa_status_t aead_verify(struct crypto_request *r, union crypto_operation *op)
{
    size_t length = 0;
    psa_status_t status = psa_aead_verify(&op->aead, OUT(1), &length, IN(0));
    return produced(r, 1, status, length);
}

static psa_status_t aead_abort(struct crypto_request *r, union crypto_operation *op)
{
    return psa_aead_abort(&op->aead);
}

static const struct crypto_function cipher_functions[] = {
    { TFM_CRYPTO_CIPHER_ENCRYPT_SID, SINGLE, cipher_encrypt },
    { TFM_CRYPTO_CIPHER_DECRYPT_SID, SINGLE, cipher_decrypt },
    { TFM_CRYPTO_CIPHER_ENCRYPT_SETUP_SID, SETUP, cipher_encrypt_setup },
    { TFM_CRYPTO_CIPHER_DECRYPT_SETUP_SID, SETUP, cipher_decrypt_setup },
    { TFM_CRYPTO_CIPHER_GENERATE_IV_SID, STEP, cipher_generate_iv },
    { TFM_CRYPTO_CIPHER_SET_IV_SID, STEP, cipher_set_iv },
    { TFM_CRYPTO_CIPHER_UPDATE_SID, STEP, cipher_update },
    { TFM_CRYPTO_CIPHER_FINISH_SID, FINISH, cipher_finish },
    { TFM_CRYPTO_CIPHER_ABORT_SID, ABORT, cipher_abort },
};

static const struct crypto_function aead_functions[] = {
    { TFM_CRYPTO_AEAD_ENCRYPT_SID, SINGLE, aead_encrypt },
    { TFM_CRYPTO_AEAD_DECRYPT_SID, SINGLE, aead_decrypt },
    { TFM_CRYPTO_AEAD_ENCRYPT_SETUP_SID, SETUP, aead_encrypt_setup },
    { TFM_CRYPTO_AEAD_DECRYPT_SETUP_SID, SETUP, aead_decrypt_setup },
    { TFM_CRYPTO_AEAD_GENERATE_NONCE_SID, STEP, aead_generate_nonce },
    { TFM_CRYPTO_AEAD_SET_NONCE_SID, STEP, aead_set_nonce },
    { TFM_CRYPTO_AEAD_SET_LENGTHS_SID, STEP, aead_set_lengths },
    { TFM_CRYPTO_AEAD_UPDATE_AD_SID, STEP, aead_update_ad },
    { TFM_CRYPTO_AEAD_UPDATE_SID, STEP, aead_update },
    { TFM_CRYPTO_AEAD_FINISH_SID, FINISH, aead_finish },
    { TFM_CRYPTO_AEAD_VERIFY_SID, FINISH, aead_verify },
    { TFM_CRYPTO_AEAD_ABORT_SID, ABORT, aead_abort },
};

const struct crypto_group crypto_cipher_group = {
    KIND_CIPHER, cipher_functions, sizeof(cipher_functions) / sizeof(cipher_functions[0])
};
const struct crypto_group crypto_aead_group = {
    KIND_AEAD, aead_functions, sizeof(aead_functions) / sizeof(aead_functions[0])
};
