/* Initial attestation: a COSE_Sign1 (RFC 9052) over PSA claims, signed with a published test key. */
#include <string.h>

#include "psa/crypto.h"

#include "p256-m.h"
#include "psa/initial_attestation.h"
#include "spe.h"
#include "tfm_attest_defs.h"
#include "tfm_attest_iat_defs.h"

/* The P-256 example key of RFC 6979, A.2.5: everyone knows it. */
static const uint8_t test_private_key[32] = {
    0xC9, 0xAF, 0xA9, 0xD8, 0x45, 0xBA, 0x75, 0x16, 0x6B, 0x5C, 0x21, 0x57, 0x67, 0xB1, 0xD6, 0x93,
    0x4E, 0x50, 0xC3, 0xDB, 0x36, 0xE8, 0x9B, 0x12, 0x7B, 0x8A, 0x62, 0x2B, 0x12, 0x0F, 0x67, 0x21,
};

static const uint8_t implementation_id[32] = "stand-in SPE of mbedtls-psa";
static const uint8_t boot_seed[32] = "stand-in SPE, the same each boot";

#define SIGNATURE_SIZE     64
#define LIFECYCLE_SECURED  0x3000
#define CBOR_UNSIGNED      0
#define CBOR_NEGATIVE      1
#define CBOR_BYTES         2
#define CBOR_TEXT          3
#define CBOR_ARRAY         4
#define CBOR_MAP           5
#define CBOR_TAG           6
#define TAG_COSE_SIGN1     18
#define PROTECTED_ES256    "\xA1\x01\x26" /* { 1 (alg): -7 (ES256) } */

struct buffer {
    uint8_t *start;
    size_t room, length; /* `length` runs on past `room`, so that a size can be asked for */
};

static void put(struct buffer *b, const void *from, size_t length)
{
    if (length != 0 && b->length + length <= b->room) {
        memcpy(b->start + b->length, from, length);
    }
    b->length += length;
}

static void put_head(struct buffer *b, unsigned major, uint32_t value)
{
    uint8_t head[5] = { 0, (uint8_t)(value >> 24), (uint8_t)(value >> 16), (uint8_t)(value >> 8),
                        (uint8_t)value };
    unsigned bytes = value < 24 ? 0 : value < 0x100 ? 1 : value < 0x10000 ? 2 : 4;
    const uint8_t additional[] = { (uint8_t)value, 24, 25, 0, 26 };
    uint8_t *first = head + 4 - bytes;
    *first = (uint8_t)(major << 5 | additional[bytes]);
    put(b, first, bytes + 1);
}

static void put_integer(struct buffer *b, int32_t value)
{
    put_head(b, value < 0 ? CBOR_NEGATIVE : CBOR_UNSIGNED,
             value < 0 ? (uint32_t)(-1 - value) : (uint32_t)value);
}

static void put_string(struct buffer *b, unsigned major, const void *from, size_t length)
{
    put_head(b, major, (uint32_t)length);
    put(b, from, length);
}

static void put_text(struct buffer *b, const char *text)
{
    put_string(b, CBOR_TEXT, text, strlen(text));
}

static void put_bytes_claim(struct buffer *b, int32_t label, const void *from, size_t length)
{
    put_integer(b, label);
    put_string(b, CBOR_BYTES, from, length);
}

static void put_claims(struct buffer *b, int32_t client, const uint8_t *challenge,
                       size_t challenge_size)
{
    uint8_t public_key[65] = { 0x04 }, instance_id[33] = { 0x01 };
    size_t length = 0;

    if (p256_public_from_private(public_key + 1, test_private_key) != P256_SUCCESS ||
        psa_hash_compute(PSA_ALG_SHA_256, public_key, sizeof(public_key), instance_id + 1, 32,
                         &length) != PSA_SUCCESS) {
        spe_panic("the attestation key is broken");
    }
    put_head(b, CBOR_MAP, 8);
    put_bytes_claim(b, IAT_NONCE, challenge, challenge_size);
    put_bytes_claim(b, IAT_INSTANCE_ID, instance_id, sizeof(instance_id));
    put_bytes_claim(b, IAT_IMPLEMENTATION_ID, implementation_id, sizeof(implementation_id));
    put_bytes_claim(b, IAT_BOOT_SEED, boot_seed, sizeof(boot_seed));
    put_integer(b, IAT_CLIENT_ID);
    put_integer(b, client);
    put_integer(b, IAT_SECURITY_LIFECYCLE);
    put_integer(b, LIFECYCLE_SECURED);
    put_integer(b, IAT_PROFILE_DEFINITION);
    put_text(b, "PSA_IOT_PROFILE_1");
    put_integer(b, IAT_SW_COMPONENTS);
    put_head(b, CBOR_ARRAY, 1);
    put_head(b, CBOR_MAP, 3);
    put_integer(b, IAT_SW_COMPONENT_MEASUREMENT_TYPE);
    put_text(b, "SPE");
    put_bytes_claim(b, IAT_SW_COMPONENT_MEASUREMENT_VALUE, implementation_id,
                    sizeof(implementation_id));
    put_integer(b, IAT_SW_COMPONENT_VERSION);
    put_text(b, "0.1.0");
}

/* ES256 over the Sig_structure of RFC 9052, 4.4. */
static void sign(const struct buffer *payload, uint8_t signature[SIGNATURE_SIZE])
{
    uint8_t head[32], digest[32];
    struct buffer b = { head, sizeof(head), 0 };
    psa_hash_operation_t hash = PSA_HASH_OPERATION_INIT;
    size_t length = 0;

    put_head(&b, CBOR_ARRAY, 4);
    put_text(&b, "Signature1");
    put_string(&b, CBOR_BYTES, PROTECTED_ES256, 3);
    put_string(&b, CBOR_BYTES, NULL, 0);
    put_head(&b, CBOR_BYTES, (uint32_t)payload->length);
    if (payload->length > payload->room ||
        psa_hash_setup(&hash, PSA_ALG_SHA_256) != PSA_SUCCESS ||
        psa_hash_update(&hash, head, b.length) != PSA_SUCCESS ||
        psa_hash_update(&hash, payload->start, payload->length) != PSA_SUCCESS ||
        psa_hash_finish(&hash, digest, sizeof(digest), &length) != PSA_SUCCESS ||
        p256_ecdsa_sign(signature, test_private_key, digest, length) != P256_SUCCESS) {
        spe_panic("the attestation token was not signed");
    }
}

/* Writes as much as there is room for, and says how long the whole token is. */
static size_t make_token(int32_t client, const uint8_t *challenge, size_t challenge_size,
                         uint8_t *token, size_t room)
{
    static uint8_t claims[PSA_INITIAL_ATTEST_MAX_TOKEN_SIZE];
    struct buffer payload = { claims, sizeof(claims), 0 };
    struct buffer b = { token, room, 0 };
    uint8_t signature[SIGNATURE_SIZE];

    put_claims(&payload, client, challenge, challenge_size);
    sign(&payload, signature);
    put_head(&b, CBOR_TAG, TAG_COSE_SIGN1);
    put_head(&b, CBOR_ARRAY, 4);
    put_string(&b, CBOR_BYTES, PROTECTED_ES256, 3);
    put_head(&b, CBOR_MAP, 0);
    put_string(&b, CBOR_BYTES, payload.start, payload.length);
    put_string(&b, CBOR_BYTES, signature, sizeof(signature));
    return b.length;
}

static bool challenge_size_allowed(size_t size)
{
    return size == PSA_INITIAL_ATTEST_CHALLENGE_SIZE_32 ||
           size == PSA_INITIAL_ATTEST_CHALLENGE_SIZE_48 ||
           size == PSA_INITIAL_ATTEST_CHALLENGE_SIZE_64;
}

static psa_status_t get_token(struct spe_message *message)
{
    static uint8_t token[PSA_INITIAL_ATTEST_MAX_TOKEN_SIZE];
    uint8_t challenge[PSA_INITIAL_ATTEST_CHALLENGE_SIZE_64];
    size_t room = message->out_size[0] < sizeof(token) ? message->out_size[0] : sizeof(token);

    if (!challenge_size_allowed(message->in_size[0]) || room == 0) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    size_t challenge_size = spe_read(message, 0, challenge, sizeof(challenge));
    size_t size = make_token(message->client, challenge, challenge_size, token, room);
    if (size > room) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    spe_write(message, 0, token, size);
    return PSA_SUCCESS;
}

static psa_status_t get_token_size(struct spe_message *message)
{
    static const uint8_t any_challenge[PSA_INITIAL_ATTEST_CHALLENGE_SIZE_64];
    uint32_t challenge_size = 0;

    if (message->in_size[0] != sizeof(challenge_size) ||
        message->out_size[0] != sizeof(uint32_t)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    spe_read(message, 0, &challenge_size, sizeof(challenge_size));
    if (!challenge_size_allowed(challenge_size)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    uint32_t size =
        (uint32_t)make_token(message->client, any_challenge, challenge_size, NULL, 0);
    spe_write(message, 0, &size, sizeof(size));
    return PSA_SUCCESS;
}

psa_status_t spe_attestation_service(struct spe_message *message)
{
    switch (message->type) {
    case TFM_ATTEST_GET_TOKEN:
        return get_token(message);
    case TFM_ATTEST_GET_TOKEN_SIZE:
        return get_token_size(message);
    default:
        return PSA_ERROR_NOT_SUPPORTED;
    }
}
