/* Multi-part operations: handles, limits, and one run through each kind. */
#include <string.h>

#include "selftest.h"

/* A call on `handle` whose output 0 brings the handle back. */
static psa_status_t with_handle(uint16_t function, uint32_t *handle, psa_key_id_t key,
                                psa_algorithm_t alg)
{
    return crypto(&(struct crypto_call){
        .pack = { .function_id = function, .op_handle = *handle, .key_id = key, .alg = alg },
        .out = { { handle, sizeof(*handle) } },
    });
}

static psa_status_t feed(uint16_t function, uint32_t handle, const void *data, size_t length)
{
    return crypto(&(struct crypto_call){
        .pack = { .function_id = function, .op_handle = handle },
        .in = { { data, length } },
    });
}

static psa_status_t take(uint16_t function, uint32_t *handle, void *into, size_t *length)
{
    struct crypto_call c = {
        .pack = { .function_id = function, .op_handle = *handle },
        .out = { { handle, sizeof(*handle) }, { into, *length } },
    };
    psa_status_t status = crypto(&c);
    *length = c.out[1].len;
    return status;
}

static void test_hash(void)
{
    uint32_t handle = 0, clone = 0;
    uint8_t one[32], two[32], three[32];
    size_t length = sizeof(one);

    check("hash set up", with_handle(TFM_CRYPTO_HASH_SETUP_SID, &handle, 0, PSA_ALG_SHA_256), 0);
    check("the handle is not 0", handle != 0, true);
    check("set up again", with_handle(TFM_CRYPTO_HASH_SETUP_SID, &handle, 0, PSA_ALG_SHA_256), -137);
    check("update", feed(TFM_CRYPTO_HASH_UPDATE_SID, handle, "ab", 2), 0);
    check("clone", crypto(&(struct crypto_call){
                       .pack = { .function_id = TFM_CRYPTO_HASH_CLONE_SID, .op_handle = handle },
                       .in = { { &clone, sizeof(clone) } },
                       .out = { { &clone, sizeof(clone) } } }), 0);
    check("the clone has a handle of its own", clone != 0 && clone != handle, true);
    check("update both", feed(TFM_CRYPTO_HASH_UPDATE_SID, handle, "c", 1) |
                             feed(TFM_CRYPTO_HASH_UPDATE_SID, clone, "c", 1), 0);
    check("finish", take(TFM_CRYPTO_HASH_FINISH_SID, &handle, one, &length), 0);
    check("the handle is 0 then", (int32_t)handle, 0);
    check("finish the clone", take(TFM_CRYPTO_HASH_FINISH_SID, &clone, two, &length), 0);
    crypto(&(struct crypto_call){
        .pack = { .function_id = TFM_CRYPTO_HASH_COMPUTE_SID, .alg = PSA_ALG_SHA_256 },
        .in = { { "abc", 3 } }, .out = { { three, 32 } } });
    check("all the same", memcmp(one, two, 32) | memcmp(one, three, 32), 0);

    check("an algorithm that is not built",
          with_handle(TFM_CRYPTO_HASH_SETUP_SID, &handle, 0, PSA_ALG_MD5), -134);
    check("leaves no operation", (int32_t)handle, 0);
    check("too small a buffer keeps the operation",
          with_handle(TFM_CRYPTO_HASH_SETUP_SID, &handle, 0, PSA_ALG_SHA_256), 0);
    length = 8;
    check("while it fails", take(TFM_CRYPTO_HASH_FINISH_SID, &handle, one, &length), -138);
    check("the handle stays", handle != 0, true);
    check("abort", with_handle(TFM_CRYPTO_HASH_ABORT_SID, &handle, 0, 0), 0);
    check("ends it", (int32_t)handle, 0);
}

static void test_bogus_handles(void)
{
    uint32_t handle = 77;
    check("update of a bogus handle", feed(TFM_CRYPTO_HASH_UPDATE_SID, handle, "x", 1), -137);
    check("abort of a bogus handle", with_handle(TFM_CRYPTO_HASH_ABORT_SID, &handle, 0, 0), 0);
    check("keeps its value", (int32_t)handle, 77);
    handle = 0;
    check("abort of none", with_handle(TFM_CRYPTO_KEY_DERIVATION_ABORT_SID, &handle, 0, 0), 0);
    check("a hash", with_handle(TFM_CRYPTO_HASH_SETUP_SID, &handle, 0, PSA_ALG_SHA_256), 0);
    check("is no MAC", feed(TFM_CRYPTO_MAC_UPDATE_SID, handle, "x", 1), -137);
    check("aborted", with_handle(TFM_CRYPTO_HASH_ABORT_SID, &handle, 0, 0), 0);
    check("abort without room for the handle", feed(TFM_CRYPTO_HASH_ABORT_SID, 1, NULL, 0), -129);
}

static void test_operation_limit(void)
{
    uint32_t handles[9] = { 0 };
    int32_t open = 0;
    psa_status_t status = PSA_SUCCESS;

    while (open < 9 && status == PSA_SUCCESS) {
        status = with_handle(TFM_CRYPTO_HASH_SETUP_SID, &handles[open], 0, PSA_ALG_SHA_256);
        open += status == PSA_SUCCESS;
    }
    check("8 operations", open, 8);
    check("the 9th", status, -133);
    for (int32_t i = 0; i < open; i++) {
        status = with_handle(TFM_CRYPTO_HASH_ABORT_SID, &handles[i], 0, 0);
    }
    check("all aborted, one more fits",
          with_handle(TFM_CRYPTO_HASH_SETUP_SID, &handles[0], 0, PSA_ALG_SHA_256), 0);
    with_handle(TFM_CRYPTO_HASH_ABORT_SID, &handles[0], 0, 0);
}

static void test_keyed(void)
{
    psa_key_id_t key = 0;
    uint32_t handle = 0;
    uint8_t mac[32], iv[16], text[32];
    size_t length = sizeof(mac);
    const psa_algorithm_t hmac = PSA_ALG_HMAC(PSA_ALG_SHA_256);

    generate(PSA_KEY_TYPE_HMAC, 256, PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE,
             hmac, &key);
    check("HMAC", with_handle(TFM_CRYPTO_MAC_SIGN_SETUP_SID, &handle, key, hmac) |
                      feed(TFM_CRYPTO_MAC_UPDATE_SID, handle, "data", 4) |
                      take(TFM_CRYPTO_MAC_SIGN_FINISH_SID, &handle, mac, &length), 0);
    check("HMAC verified", with_handle(TFM_CRYPTO_MAC_VERIFY_SETUP_SID, &handle, key, hmac) |
                               feed(TFM_CRYPTO_MAC_UPDATE_SID, handle, "data", 4), 0);
    check("to the end", crypto(&(struct crypto_call){
                            .pack = { .function_id = TFM_CRYPTO_MAC_VERIFY_FINISH_SID,
                                      .op_handle = handle },
                            .in = { { mac, length } },
                            .out = { { &handle, sizeof(handle) } } }), 0);
    destroy(key);

    generate(PSA_KEY_TYPE_AES, 128, PSA_KEY_USAGE_ENCRYPT, PSA_ALG_CTR, &key);
    handle = 0;
    check("AES-CTR", with_handle(TFM_CRYPTO_CIPHER_ENCRYPT_SETUP_SID, &handle, key, PSA_ALG_CTR), 0);
    struct crypto_call step = {
        .pack = { .function_id = TFM_CRYPTO_CIPHER_GENERATE_IV_SID, .op_handle = handle },
        .out = { { iv, sizeof(iv) } },
    };
    check("its IV", crypto(&step), 0);
    step.pack.function_id = TFM_CRYPTO_CIPHER_UPDATE_SID;
    step.in[0] = (psa_invec){ "some text", 9 };
    step.out[0] = (psa_outvec){ text, sizeof(text) };
    check("its text", crypto(&step), 0);
    check("9 bytes", (int32_t)step.out[0].len, 9);
    length = sizeof(text);
    check("its end", take(TFM_CRYPTO_CIPHER_FINISH_SID, &handle, text, &length), 0);
    destroy(key);
}

/* RFC 5869, A.1: HKDF with SHA-256. */
static void test_derivation(void)
{
    static const uint8_t salt[13] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };
    static const uint8_t info[10] = { 0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9 };
    static const uint8_t expected[8] = { 0x3c, 0xb2, 0x5f, 0x25, 0xfa, 0xac, 0xd5, 0x7a };
    uint8_t secret[22], output[42];
    uint32_t handle = 0, capacity = 0;
    const psa_algorithm_t hkdf = PSA_ALG_HKDF(PSA_ALG_SHA_256);

    memset(secret, 0x0b, sizeof(secret));
    check("HKDF", with_handle(TFM_CRYPTO_KEY_DERIVATION_SETUP_SID, &handle, 0, hkdf), 0);
    struct crypto_call c = {
        .pack = { .function_id = TFM_CRYPTO_KEY_DERIVATION_INPUT_BYTES_SID, .op_handle = handle,
                  .step = PSA_KEY_DERIVATION_INPUT_SALT },
        .in = { { salt, sizeof(salt) } },
    };
    check("salt", crypto(&c), 0);
    c.pack.step = PSA_KEY_DERIVATION_INPUT_SECRET;
    c.in[0] = (psa_invec){ secret, sizeof(secret) };
    check("secret", crypto(&c), 0);
    c.pack.step = PSA_KEY_DERIVATION_INPUT_INFO;
    c.in[0] = (psa_invec){ info, sizeof(info) };
    check("info", crypto(&c), 0);
    c = (struct crypto_call){
        .pack = { .function_id = TFM_CRYPTO_KEY_DERIVATION_GET_CAPACITY_SID, .op_handle = handle },
        .out = { { &capacity, sizeof(capacity) } },
    };
    check("capacity", crypto(&c), 0);
    check("255 hashes", (int32_t)capacity, 255 * 32);
    c.pack.function_id = TFM_CRYPTO_KEY_DERIVATION_OUTPUT_BYTES_SID;
    c.out[0] = (psa_outvec){ output, sizeof(output) };
    check("output", crypto(&c), 0);
    check("as RFC 5869 has it", memcmp(output, expected, sizeof(expected)), 0);
    check("aborted", with_handle(TFM_CRYPTO_KEY_DERIVATION_ABORT_SID, &handle, 0, 0), 0);
}

void test_operations(void)
{
    test_hash();
    test_bogus_handles();
    test_operation_limit();
    test_keyed();
    test_derivation();
}
