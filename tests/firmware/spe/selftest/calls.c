/* The framework: versions, handles, vectors, hostile pointers. */
#include "selftest.h"

#define SECURE_RAM  ((void *)0x38000000u)
#define SECURE_CODE ((void *)0x10000000u)

static psa_status_t random_into(void *base, size_t length)
{
    const struct tfm_crypto_pack_iovec pack = { .function_id = TFM_CRYPTO_GENERATE_RANDOM_SID };
    psa_invec in[] = { { &pack, sizeof(pack) } };
    psa_outvec out[] = { { base, length } };
    return call(TFM_CRYPTO_HANDLE, PSA_IPC_CALL, in, 1, out, 1);
}

static psa_status_t hash_of(const void *base, size_t length)
{
    uint8_t hash[32];
    return crypto(&(struct crypto_call){
        .pack = { .function_id = TFM_CRYPTO_HASH_COMPUTE_SID, .alg = PSA_ALG_SHA_256 },
        .in = { { base, length } },
        .out = { { hash, sizeof(hash) } },
    });
}

static void test_versions_and_handles(void)
{
    check("framework version 1.1", (int32_t)tfm_psa_framework_version_veneer(), 0x0101);
    check("crypto is there", (int32_t)tfm_psa_version_veneer(TFM_CRYPTO_SID), 1);
    check("protected storage is there",
          (int32_t)tfm_psa_version_veneer(TFM_PROTECTED_STORAGE_SERVICE_SID), 1);
    check("an absent service has version 0", (int32_t)tfm_psa_version_veneer(0xA0), 0);
    check("connecting to a stateless service", tfm_psa_connect_veneer(TFM_CRYPTO_SID, 1), -134);
    tfm_psa_close_veneer(0);
    check("a bogus handle", call(0x12345678, 0, NULL, 0, NULL, 0), -129);
    check("an absent service's handle", call(0x40000104, 0, NULL, 0, NULL, 0), -129);
    check("another version in the handle", call(0x40000200, 0, NULL, 0, NULL, 0), -129);
    check("a negative type", call(TFM_CRYPTO_HANDLE, 0x8000, NULL, 0, NULL, 0), -129);
}

static void test_descriptor(void)
{
    struct tfm_crypto_pack_iovec pack[2] = { { .function_id = TFM_CRYPTO_GENERATE_RANDOM_SID } };
    uint8_t byte = 0;
    psa_invec in[5] = { { pack, sizeof(pack[0]) } };
    psa_outvec out[] = { { &byte, 1 } };

    check("56 bytes of descriptor", call(TFM_CRYPTO_HANDLE, 0, in, 1, out, 1), 0);
    in[0].len = 55;
    check("55 bytes of descriptor", call(TFM_CRYPTO_HANDLE, 0, in, 1, out, 1), -132);
    in[0].len = 57;
    check("57 bytes of descriptor", call(TFM_CRYPTO_HANDLE, 0, in, 1, out, 1), 0);
    check("no descriptor", call(TFM_CRYPTO_HANDLE, 0, NULL, 0, NULL, 0), -132);
    in[0].len = sizeof(pack[0]);
    check("another type than 0", call(TFM_CRYPTO_HANDLE, 7, in, 1, out, 1), -134);
    check("five vectors", call(TFM_CRYPTO_HANDLE, 0, in, 4, out, 1), -129);
    pack[0].function_id = 0xA00;
    check("an unknown group", call(TFM_CRYPTO_HANDLE, 0, in, 1, out, 1), -134);
    pack[0].function_id = 0x20A;
    check("an unknown function", call(TFM_CRYPTO_HANDLE, 0, in, 1, out, 1), -134);
    pack[0].function_id = 0x308;
    check("an unknown hash function without an operation",
          call(TFM_CRYPTO_HANDLE, 0, in, 1, out, 1), -137);
}

static void test_hostile_pointers(void)
{
    static uint8_t here[64];

    check("NULL output", random_into(NULL, 16), -129);
    check("NULL output of no length", random_into(NULL, 0), 0);
    check("secure RAM as output", random_into(SECURE_RAM, 16), -129);
    check("output that reaches into secure RAM", random_into((void *)0x281FFFF0u, 32), -129);
    check("output that starts below non-secure RAM", random_into((void *)0x280FFFF0u, 32), -129);
    check("a length that wraps", random_into(here, 0xFFFFFFF0u), -129);
    check("code as output is the caller's own affair", random_into((void *)0x0016F000u, 16), 0);
    check("secure code as input", hash_of(SECURE_CODE, 16), -129);
    check("the veneers as input",
          hash_of((void *)((uintptr_t)tfm_psa_call_veneer & ~(uintptr_t)31), 16), -129);
    check("NULL input", hash_of(NULL, 16), -129);

    const struct tfm_crypto_pack_iovec pack = { .function_id = TFM_CRYPTO_HASH_COMPUTE_SID,
                                                .alg = PSA_ALG_SHA_256 };
    psa_invec overlapping[] = { { &pack, sizeof(pack) }, { (const uint8_t *)&pack + 8, 16 } };
    psa_outvec out[] = { { here, sizeof(here) } };
    check("overlapping inputs", call(TFM_CRYPTO_HANDLE, 0, overlapping, 2, out, 1), -129);
    psa_invec same[] = { { &pack, sizeof(pack) }, { here, 32 } };
    check("input and output may overlap", call(TFM_CRYPTO_HANDLE, 0, same, 2, out, 1), 0);
    check("the output length is written back", (int32_t)out[0].len, 32);

    check("secure descriptors", call(TFM_CRYPTO_HANDLE, 0, SECURE_CODE, 1, NULL, 0), -129);
    check("NULL descriptors", call(TFM_CRYPTO_HANDLE, 0, NULL, 1, NULL, 0), -129);
    check("secure output descriptors", call(TFM_CRYPTO_HANDLE, 0, same, 2, SECURE_RAM, 1), -129);
}

static void test_buffer_limit(void)
{
    static uint8_t big[5121];
    check("outputs of 5120 bytes", random_into(big, 5120), 0);
    check("outputs of 5121 bytes", random_into(big, 5121), -141);
    check("5088 bytes to hash, 32 to return", hash_of(big, 5088), 0);
    check("5089 bytes to hash, 32 to return", hash_of(big, 5089), -141);
}

void test_calls(void)
{
    test_versions_and_handles();
    test_descriptor();
    test_hostile_pointers();
    test_buffer_limit();
}
