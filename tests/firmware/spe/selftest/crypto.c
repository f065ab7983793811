/* Keys and single-part functions: known answers, and the statuses of the facts. */
#include <string.h>

#include "selftest.h"

#define P256_PAIR PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)
#define ES256     PSA_ALG_ECDSA(PSA_ALG_SHA_256)

/* FIPS 180-4 example: SHA-256 of "abc". */
static const uint8_t sha256_abc[32] = {
    0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40, 0xde, 0x5d, 0xae, 0x22, 0x23,
    0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17, 0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad,
};

static psa_status_t import(psa_key_type_t type, psa_key_usage_t usage, psa_algorithm_t alg,
                           const void *data, size_t length, psa_key_id_t *key)
{
    psa_key_attributes_t attributes = psa_key_attributes_init();
    psa_set_key_type(&attributes, type);
    psa_set_key_usage_flags(&attributes, usage);
    psa_set_key_algorithm(&attributes, alg);
    return crypto(&(struct crypto_call){
        .pack.function_id = TFM_CRYPTO_IMPORT_KEY_SID,
        .in = { { &attributes, sizeof(attributes) }, { data, length } },
        .out = { { key, sizeof(*key) } },
    });
}

static psa_status_t export(uint16_t function, psa_key_id_t key, void *into, size_t room,
                           size_t *length)
{
    struct crypto_call c = { .pack = { .function_id = function, .key_id = key },
                             .out = { { into, room } } };
    psa_status_t status = crypto(&c);
    *length = c.out[0].len;
    return status;
}

static void test_hashes(void)
{
    uint8_t hash[64];
    struct crypto_call c = {
        .pack = { .function_id = TFM_CRYPTO_HASH_COMPUTE_SID, .alg = PSA_ALG_SHA_256 },
        .in = { { "abc", 3 } },
        .out = { { hash, sizeof(hash) } },
    };
    check("SHA-256 of abc", crypto(&c), 0);
    check("its length", (int32_t)c.out[0].len, 32);
    check("its value", memcmp(hash, sha256_abc, 32), 0);
    c.out[0].len = 31;
    check("a hash into 31 bytes", crypto(&c), -138);
    check("which leaves nothing", (int32_t)c.out[0].len, 0);
    c.out[0].len = sizeof(hash);
    c.pack.alg = PSA_ALG_SHA_512;
    check("SHA-512", crypto(&c), 0);
    c.out[0].len = sizeof(hash);
    c.pack.alg = PSA_ALG_MD5;
    check("MD5 is not built", crypto(&c), -134);
    check("comparing a hash",
          crypto(&(struct crypto_call){
              .pack = { .function_id = TFM_CRYPTO_HASH_COMPARE_SID, .alg = PSA_ALG_SHA_256 },
              .in = { { "abc", 3 }, { sha256_abc, 32 } } }),
          0);
    check("comparing a wrong hash",
          crypto(&(struct crypto_call){
              .pack = { .function_id = TFM_CRYPTO_HASH_COMPARE_SID, .alg = PSA_ALG_SHA_256 },
              .in = { { "abd", 3 }, { sha256_abc, 32 } } }),
          -149);
}

static void test_attributes(void)
{
    psa_key_id_t key = 0;
    uint8_t attributes[28] = { 0 };
    struct crypto_call c = { .pack.function_id = TFM_CRYPTO_GENERATE_KEY_SID,
                             .in = { { attributes, 20 } },
                             .out = { { &key, sizeof(key) } } };

    check("a client's attributes are 24 bytes", (int32_t)sizeof(psa_key_attributes_t), 24);
    check("attributes of 20 bytes", crypto(&c), -129);
    c.in[0].len = 28;
    check("attributes of 28 bytes", crypto(&c), -129);

    check("an AES key", generate(PSA_KEY_TYPE_AES, 128, PSA_KEY_USAGE_ENCRYPT, PSA_ALG_GCM, &key), 0);
    check("volatile ids begin at 0x40000000", key >= 0x40000000u && key < 0x40000020u, true);
    c = (struct crypto_call){ .pack = { .function_id = TFM_CRYPTO_GET_KEY_ATTRIBUTES_SID,
                                        .key_id = key },
                              .out = { { attributes, 24 } } };
    check("its attributes", crypto(&c), 0);
    psa_key_attributes_t seen;
    memcpy(&seen, attributes, sizeof(seen));
    check("say AES", psa_get_key_type(&seen), PSA_KEY_TYPE_AES);
    check("say 128 bits", (int32_t)psa_get_key_bits(&seen), 128);
    check("destroyed", destroy(key), 0);
    check("an unknown key id", crypto(&c), -136);
}

static void test_ecdsa(void)
{
    psa_key_id_t key = 0, public_key = 0;
    uint8_t signature[64], point[65];
    size_t length;

    check("a P-256 key",
          generate(P256_PAIR, 256, PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH, ES256, &key),
          0);
    check("its private half stays inside",
          export(TFM_CRYPTO_EXPORT_KEY_SID, key, point, sizeof(point), &length), -133);
    check("its public half",
          export(TFM_CRYPTO_EXPORT_PUBLIC_KEY_SID, key, point, sizeof(point), &length), 0);
    check("is an uncompressed point", (int32_t)length, 65);
    check("into 64 bytes", export(TFM_CRYPTO_EXPORT_PUBLIC_KEY_SID, key, point, 64, &length), -138);

    struct crypto_call sign = {
        .pack = { .function_id = TFM_CRYPTO_ASYMMETRIC_SIGN_HASH_SID, .key_id = key, .alg = ES256 },
        .in = { { sha256_abc, 32 } },
        .out = { { signature, sizeof(signature) } },
    };
    check("sign a hash", crypto(&sign), 0);
    check("64 bytes", (int32_t)sign.out[0].len, 64);
    check("import the public half", import(PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1),
                                           PSA_KEY_USAGE_VERIFY_MESSAGE, ES256, point, 65,
                                           &public_key), 0);
    struct crypto_call verify = {
        .pack = { .function_id = TFM_CRYPTO_ASYMMETRIC_VERIFY_MESSAGE_SID, .key_id = public_key,
                  .alg = ES256 },
        .in = { { "abc", 3 }, { signature, sizeof(signature) } },
    };
    check("which verifies the message", crypto(&verify), 0);
    verify.in[0].base = "abd";
    check("and no other", crypto(&verify), -149);
    sign.pack.key_id = public_key;
    check("and does not sign", crypto(&sign), -133);
    check("destroyed", destroy(key) | destroy(public_key), 0);
}

static void test_aead(void)
{
    psa_key_id_t key = 0;
    uint8_t sealed[20], opened[4];
    struct crypto_call c = {
        .pack = { .function_id = TFM_CRYPTO_AEAD_ENCRYPT_SID, .alg = PSA_ALG_GCM,
                  .aead_in.nonce_length = 12 },
        .in = { { "text", 4 }, { "more", 4 } },
        .out = { { sealed, sizeof(sealed) } },
    };
    check("an AES-GCM key",
          generate(PSA_KEY_TYPE_AES, 256, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT,
                   PSA_ALG_GCM, &key), 0);
    c.pack.key_id = key;
    check("seal", crypto(&c), 0);
    c.pack.function_id = TFM_CRYPTO_AEAD_DECRYPT_SID;
    c.in[0] = (psa_invec){ sealed, sizeof(sealed) };
    c.out[0] = (psa_outvec){ opened, sizeof(opened) };
    check("open", crypto(&c), 0);
    check("the same text", memcmp(opened, "text", 4), 0);
    sealed[19] ^= 1;
    check("a changed tag", crypto(&c), -149);
    c.pack.aead_in.nonce_length = 17;
    check("a nonce of 17 bytes", crypto(&c), -135);
    check("destroyed", destroy(key), 0);
}

static void test_persistent_keys(void)
{
    psa_key_attributes_t attributes = psa_key_attributes_init();
    psa_key_id_t key = 0;
    uint8_t secret[16];
    size_t length;

    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    psa_set_key_bits(&attributes, 128);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_EXPORT);
    psa_set_key_id(&attributes, 7);
    struct crypto_call c = { .pack.function_id = TFM_CRYPTO_GENERATE_KEY_SID,
                             .in = { { &attributes, sizeof(attributes) } },
                             .out = { { &key, sizeof(key) } } };
    check("a persistent key", crypto(&c), 0);
    check("keeps its id", (int32_t)key, 7);
    c.out[0].len = sizeof(key);
    check("whose id is then taken", crypto(&c), -139);
    check("purged from memory",
          crypto(&(struct crypto_call){ .pack = { .function_id = TFM_CRYPTO_PURGE_KEY_SID,
                                                  .key_id = 7 } }), 0);
    check("is read back", export(TFM_CRYPTO_EXPORT_KEY_SID, 7, secret, 16, &length), 0);
    check("destroyed", destroy(7), 0);
    check("is gone", export(TFM_CRYPTO_EXPORT_KEY_SID, 7, secret, 16, &length), -136);
}

static void test_key_limit(void)
{
    psa_key_id_t keys[33] = { 0 };
    int32_t made = 0;
    psa_status_t status = PSA_SUCCESS;

    while (made < 33 && status == PSA_SUCCESS) {
        status = generate(PSA_KEY_TYPE_RAW_DATA, 8, 0, 0, &keys[made]);
        made += status == PSA_SUCCESS;
    }
    check("32 volatile keys", made, 32);
    check("the 33rd", status, -141);
    for (int32_t i = 0; i < made; i++) {
        status = destroy(keys[i]);
    }
    check("all destroyed, one more fits", generate(PSA_KEY_TYPE_RAW_DATA, 8, 0, 0, &keys[0]), 0);
    destroy(keys[0]);
}

void test_crypto(void)
{
    test_hashes();
    test_attributes();
    test_ecdsa();
    test_aead();
    test_persistent_keys();
    test_key_limit();
}
