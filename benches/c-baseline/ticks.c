/* Each operation several times, and the ticks that all of them took: `ticks METRIC RUNS TICKS`. */
#include <string.h>

#include "board.h"

#include "mbedtls/pk.h"
#include "mbedtls/psa_util.h"
#include "mbedtls/x509_csr.h"
#include "psa/crypto.h"

#define SIGNING (PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_SIGN_MESSAGE)

static unsigned char text[1024], message[1024], sealed[1024 + 16], output[1024 + 16];
static const unsigned char hash[32] = { 0xAF, 0x2B, 0xDB, 0xE1 };
static unsigned char signature[64], point[65];
static mbedtls_svc_key_id_t signer, verifier, agreer, cipher;

static int ecc_attributes(psa_key_attributes_t *attributes, psa_key_usage_t usage,
                          psa_algorithm_t algorithm)
{
    psa_set_key_type(attributes, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1));
    psa_set_key_bits(attributes, 256);
    psa_set_key_usage_flags(attributes, usage);
    psa_set_key_algorithm(attributes, algorithm);
    return 0;
}

static int generate(mbedtls_svc_key_id_t *id)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    ecc_attributes(&attributes, SIGNING | PSA_KEY_USAGE_EXPORT, PSA_ALG_ECDSA(PSA_ALG_SHA_256));
    return psa_generate_key(&attributes, id);
}

static int write_pem(mbedtls_svc_key_id_t id)
{
    mbedtls_pk_context pk;
    mbedtls_pk_init(&pk);
    int ret = mbedtls_pk_setup_opaque(&pk, id);
    if (ret == 0) {
        ret = mbedtls_pk_write_key_pem(&pk, text, sizeof(text));
    }
    mbedtls_pk_free(&pk);
    return ret;
}

static int write_csr(mbedtls_svc_key_id_t id)
{
    mbedtls_pk_context pk;
    mbedtls_x509write_csr csr;
    mbedtls_pk_init(&pk);
    mbedtls_x509write_csr_init(&csr);
    int ret = mbedtls_pk_setup_opaque(&pk, id);
    mbedtls_x509write_csr_set_key(&csr, &pk);
    mbedtls_x509write_csr_set_md_alg(&csr, MBEDTLS_MD_SHA256);
    if (ret == 0 &&
        (ret = mbedtls_x509write_csr_set_subject_name(&csr, "CN=device-0001,O=Example")) == 0) {
        ret = mbedtls_x509write_csr_pem(&csr, text, sizeof(text), mbedtls_psa_get_random,
                                        MBEDTLS_PSA_RANDOM_STATE);
    }
    mbedtls_x509write_csr_free(&csr);
    mbedtls_pk_free(&pk);
    return ret;
}

static int key(void)
{
    mbedtls_svc_key_id_t id;
    int ret = generate(&id);
    return ret != 0 ? ret : psa_destroy_key(id);
}

static int key_pem(void)
{
    mbedtls_svc_key_id_t id;
    int ret = generate(&id);
    if (ret == 0) {
        ret = write_pem(id);
        psa_destroy_key(id);
    }
    return ret;
}

static int csr(void)
{
    return write_csr(signer);
}

static int key_pem_csr(void)
{
    mbedtls_svc_key_id_t id;
    int ret = generate(&id);
    if (ret == 0) {
        if ((ret = write_pem(id)) == 0) {
            ret = write_csr(id);
        }
        psa_destroy_key(id);
    }
    return ret;
}

static int sign(void)
{
    size_t length;
    return psa_sign_hash(signer, PSA_ALG_ECDSA(PSA_ALG_SHA_256), hash, sizeof(hash), signature,
                         sizeof(signature), &length);
}

static int verify(void)
{
    return psa_verify_hash(verifier, PSA_ALG_ECDSA(PSA_ALG_SHA_256), hash, sizeof(hash), signature,
                           sizeof(signature));
}

static int ecdh(void)
{
    size_t length;
    return psa_raw_key_agreement(PSA_ALG_ECDH, agreer, point, sizeof(point), output, sizeof(output),
                                 &length);
}

static int sha256(void)
{
    size_t length;
    return psa_hash_compute(PSA_ALG_SHA_256, message, sizeof(message), output, sizeof(output),
                            &length);
}

static int aes_gcm(void)
{
    static const unsigned char nonce[12] = { 7 };
    size_t length;
    return psa_aead_encrypt(cipher, PSA_ALG_GCM, nonce, sizeof(nonce), NULL, 0, message,
                            sizeof(message), sealed, sizeof(sealed), &length);
}

static int prepare(void)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    static const unsigned char secret[16] = { 0x42 };
    size_t length;
    int ret;

    memset(message, 0x55, sizeof(message));
    if ((ret = psa_crypto_init()) != PSA_SUCCESS || (ret = generate(&signer)) != PSA_SUCCESS ||
        (ret = psa_export_public_key(signer, point, sizeof(point), &length)) != PSA_SUCCESS) {
        return ret;
    }
    psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1));
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_VERIFY_HASH);
    psa_set_key_algorithm(&attributes, PSA_ALG_ECDSA(PSA_ALG_SHA_256));
    if ((ret = psa_import_key(&attributes, point, length, &verifier)) != PSA_SUCCESS) {
        return ret;
    }
    ecc_attributes(&attributes, PSA_KEY_USAGE_DERIVE, PSA_ALG_ECDH);
    if ((ret = psa_generate_key(&attributes, &agreer)) != PSA_SUCCESS) {
        return ret;
    }
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    psa_set_key_bits(&attributes, 128);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_ENCRYPT);
    psa_set_key_algorithm(&attributes, PSA_ALG_GCM);
    return psa_import_key(&attributes, secret, sizeof(secret), &cipher);
}

struct operation {
    const char *line;
    uint32_t runs;
    int (*run)(void);
};

static const struct operation operations[] = {
    { "ticks key 16 ", 16, key },
    { "ticks key+pem 4 ", 4, key_pem },
    { "ticks csr 4 ", 4, csr },
    { "ticks key+pem+csr 4 ", 4, key_pem_csr },
    { "ticks sign 4 ", 4, sign },
    { "ticks verify 4 ", 4, verify },
    { "ticks ecdh 4 ", 4, ecdh },
    { "ticks sha256-1k 16 ", 16, sha256 },
    { "ticks aes-gcm-1k 16 ", 16, aes_gcm },
};

/* Once for all that is done at the first time only, then as often as is counted. */
static int measure(const struct operation *operation)
{
    uint32_t sum = 0;
    int ret = operation->run();
    for (uint32_t i = 0; ret == 0 && i < operation->runs; i++) {
        board_timer_start();
        ret = operation->run();
        sum += board_timer_stop();
    }
    if (ret == 0) {
        say_number(operation->line, sum);
    } else {
        print(operation->line);
        say_number("failed: -", (uint32_t)-ret);
    }
    return ret;
}

int main(void)
{
    int failed = prepare() != 0;
    for (size_t i = 0; !failed && i < sizeof(operations) / sizeof(operations[0]); i++) {
        failed = measure(&operations[i]) != 0;
    }
    return failed;
}
