/* Storage, attestation, platform. */
#include <string.h>

#include "psa/initial_attestation.h"
#include "psa/storage_common.h"
#include "selftest.h"
#include "tfm_attest_defs.h"
#include "tfm_its_defs.h"
#include "tfm_platform_api.h"
#include "tfm_ps_defs.h"

static psa_status_t set(psa_handle_t service, uint64_t uid, const void *data, size_t length,
                        uint32_t flags)
{
    psa_invec in[] = { { &uid, sizeof(uid) }, { data, length }, { &flags, sizeof(flags) } };
    return call(service, TFM_ITS_SET, in, 3, NULL, 0);
}

static psa_status_t get(psa_handle_t service, uint64_t uid, uint32_t offset, void *into,
                        size_t *length)
{
    psa_invec in[] = { { &uid, sizeof(uid) }, { &offset, sizeof(offset) } };
    psa_outvec out[] = { { into, *length } };
    psa_status_t status = call(service, TFM_ITS_GET, in, 2, out, 1);
    *length = out[0].len;
    return status;
}

static psa_status_t discard(psa_handle_t service, uint64_t uid)
{
    psa_invec in[] = { { &uid, sizeof(uid) } };
    return call(service, TFM_ITS_REMOVE, in, 1, NULL, 0);
}

static void test_storage(psa_handle_t service, size_t limit)
{
    static uint8_t large[2049];
    uint8_t seen[16];
    size_t length = sizeof(seen);
    struct psa_storage_info_t info;
    uint64_t uid = 5;
    psa_invec in[] = { { &uid, sizeof(uid) } };
    psa_outvec out[] = { { &info, sizeof(info) } };

    check("nothing there", get(service, 5, 0, seen, &length), -140);
    check("set", set(service, 5, "contents", 8, 0), 0);
    length = sizeof(seen);
    check("get", get(service, 5, 0, seen, &length), 0);
    check("8 bytes", (int32_t)length, 8);
    check("the same", memcmp(seen, "contents", 8), 0);
    length = 3;
    check("get a part", get(service, 5, 3, seen, &length), 0);
    check("of it", memcmp(seen, "ten", 3), 0);
    length = sizeof(seen);
    check("get at its end", get(service, 5, 8, seen, &length), 0);
    check("nothing", (int32_t)length, 0);
    length = sizeof(seen);
    check("get past its end", get(service, 5, 9, seen, &length), -135);
    check("info", call(service, TFM_ITS_GET_INFO, in, 1, out, 1), 0);
    check("its size", (int32_t)info.size, 8);
    check("replace", set(service, 5, "new", 3, 0), 0);
    check("remove", discard(service, 5), 0);
    check("remove again", discard(service, 5), -140);
    check("uid 0", set(service, 0, "x", 1, 0), -135);
    check("unknown flags", set(service, 5, "x", 1, 0x80), -134);
    check("too large", set(service, 5, large, limit + 1, 0), -135);
    check("just not too large", set(service, 5, large, limit, 0), 0);
    check("removed", discard(service, 5), 0);
    check("write once", set(service, 6, "fixed", 5, PSA_STORAGE_FLAG_WRITE_ONCE), 0);
    check("is not replaced", set(service, 6, "other", 5, 0), -133);
    check("nor removed", discard(service, 6), -133);
    in[0].len = 7;
    check("a uid of 7 bytes", call(service, TFM_ITS_REMOVE, in, 1, NULL, 0), -129);

    psa_status_t status = PSA_SUCCESS;
    uint64_t next = 100;
    while (status == PSA_SUCCESS) {
        status = set(service, next++, "x", 1, 0);
    }
    check("full after 10 assets", status, -142);
    check("9 of them here", (int32_t)(next - 101), 9);
    while (next-- > 100) {
        discard(service, next);
    }
}

/* The signature is checked with the public half that RFC 6979, A.2.5 publishes. */
static void test_token_signature(const uint8_t *token, size_t length)
{
    static const uint8_t public_point[65] = {
        0x04, 0x60, 0xFE, 0xD4, 0xBA, 0x25, 0x5A, 0x9D, 0x31, 0xC9, 0x61, 0xEB, 0x74, 0xC6, 0x35,
        0x6D, 0x68, 0xC0, 0x49, 0xB8, 0x92, 0x3B, 0x61, 0xFA, 0x6C, 0xE6, 0x69, 0x62, 0x2E, 0x60,
        0xF2, 0x9F, 0xB6, 0x79, 0x03, 0xFE, 0x10, 0x08, 0xB8, 0xBC, 0x99, 0xA4, 0x1A, 0xE9, 0xE9,
        0x56, 0x28, 0xBC, 0x64, 0xF2, 0xF1, 0xB2, 0x0C, 0x2D, 0x7E, 0x9F, 0x51, 0x77, 0xA3, 0xC2,
        0x94, 0xD4, 0x46, 0x22, 0x99,
    };
    static const uint8_t token_head[8] = { 0xD2, 0x84, 0x43, 0xA1, 0x01, 0x26, 0xA0, 0x59 };
    static const uint8_t signed_head[17] = "\x84\x6ASignature1\x43\xA1\x01\x26\x40";
    static uint8_t message[700];
    const psa_algorithm_t es256 = PSA_ALG_ECDSA(PSA_ALG_SHA_256);
    psa_key_attributes_t attributes = psa_key_attributes_init();
    psa_key_id_t key = 0;

    check("a tagged COSE_Sign1 with ES256", memcmp(token, token_head, sizeof(token_head)), 0);
    size_t payload = (size_t)token[8] << 8 | token[9];
    check("payload and signature fill it", (int32_t)(10 + payload + 2 + 64), (int32_t)length);
    memcpy(message, signed_head, sizeof(signed_head));
    memcpy(message + sizeof(signed_head), token + 7, 3 + payload);

    psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1));
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_VERIFY_MESSAGE);
    psa_set_key_algorithm(&attributes, es256);
    check("the test key's public half",
          crypto(&(struct crypto_call){ .pack.function_id = TFM_CRYPTO_IMPORT_KEY_SID,
                                        .in = { { &attributes, sizeof(attributes) },
                                                { public_point, sizeof(public_point) } },
                                        .out = { { &key, sizeof(key) } } }), 0);
    check("verifies the token",
          crypto(&(struct crypto_call){
              .pack = { .function_id = TFM_CRYPTO_ASYMMETRIC_VERIFY_MESSAGE_SID, .key_id = key,
                        .alg = es256 },
              .in = { { message, sizeof(signed_head) + 3 + payload },
                      { token + length - 64, 64 } } }), 0);
    destroy(key);
}

static void test_attestation(void)
{
    static uint8_t token[PSA_INITIAL_ATTEST_MAX_TOKEN_SIZE];
    uint8_t challenge[64] = { 1, 2, 3 };
    uint32_t challenge_size = 64, size = 0;
    psa_invec ask[] = { { &challenge_size, sizeof(challenge_size) } };
    psa_outvec answer[] = { { &size, sizeof(size) } };
    psa_invec in[] = { { challenge, sizeof(challenge) } };
    psa_outvec out[] = { { token, sizeof(token) } };
    const psa_handle_t service = TFM_ATTESTATION_SERVICE_HANDLE;

    check("token size", call(service, TFM_ATTEST_GET_TOKEN_SIZE, ask, 1, answer, 1), 0);
    check("token", call(service, TFM_ATTEST_GET_TOKEN, in, 1, out, 1), 0);
    check("as large as said", (int32_t)out[0].len, (int32_t)size);
    test_token_signature(token, out[0].len);
    out[0].len = size - 1;
    check("a buffer one byte short", call(service, TFM_ATTEST_GET_TOKEN, in, 1, out, 1), -138);
    in[0].len = 33;
    out[0].len = sizeof(token);
    check("a challenge of 33 bytes", call(service, TFM_ATTEST_GET_TOKEN, in, 1, out, 1), -135);
    challenge_size = 33;
    check("its size", call(service, TFM_ATTEST_GET_TOKEN_SIZE, ask, 1, answer, 1), -135);
    check("an unknown request", call(service, 1003, ask, 1, answer, 1), -134);
}

static void test_platform(void)
{
    uint32_t counter = 1, before = 0, after = 0;
    psa_invec in[] = { { &counter, sizeof(counter) } };
    psa_outvec out[] = { { &before, sizeof(before) } };
    const psa_handle_t service = TFM_PLATFORM_SERVICE_HANDLE;

    check("read a counter", call(service, TFM_PLATFORM_API_ID_NV_READ, in, 1, out, 1), 0);
    check("increment it", call(service, TFM_PLATFORM_API_ID_NV_INCREMENT, in, 1, NULL, 0), 0);
    out[0].base = &after;
    check("read it again", call(service, TFM_PLATFORM_API_ID_NV_READ, in, 1, out, 1), 0);
    check("one more", (int32_t)(after - before), 1);
    counter = 3;
    check("no such counter", call(service, TFM_PLATFORM_API_ID_NV_READ, in, 1, out, 1), 1);
    check("no ioctl on this board", call(service, TFM_PLATFORM_API_ID_IOCTL, in, 1, NULL, 0), 3);
    check("an unknown request", call(service, 1014, in, 1, NULL, 0), -134);
}

void test_services(void)
{
    uint32_t support = 1;
    psa_outvec out[] = { { &support, sizeof(support) } };

    test_storage(TFM_INTERNAL_TRUSTED_STORAGE_SERVICE_HANDLE, 512);
    test_storage(TFM_PROTECTED_STORAGE_SERVICE_HANDLE, 2048);
    check("PS support", call(TFM_PROTECTED_STORAGE_SERVICE_HANDLE, TFM_PS_GET_SUPPORT, NULL, 0, out,
                             1), 0);
    check("has no optional part", (int32_t)support, 0);
    test_attestation();
    test_platform();
}
