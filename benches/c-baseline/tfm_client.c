/* What a call of TF-M's client costs on our side, as `tests/firmware/cost` measures ours: each call twice, the client's
 * function, and in its place one that does nothing. The difference is the function's own. */

#include "board.h"
#include "psa/crypto.h"
#include "psa/initial_attestation.h"
#include "psa/internal_trusted_storage.h"
#include "psa/protected_storage.h"

/* The veneers, two instructions each: success, and the outputs stay as they are. */
__asm(".syntax unified\n"
      ".section .text.veneers, \"ax\"\n"
      ".thumb\n"
      ".irp name, framework_version, version, connect, call, close\n"
      ".global tfm_psa_\\name\\()_veneer\n"
      ".thumb_func\n"
      "tfm_psa_\\name\\()_veneer:\n"
      "movs r0, #0\n"
      "bx lr\n"
      ".endr\n"
      ".text\n");

#if defined(WITH_LOCK)
/* An RTOS's lock that is free. */
#include "os_wrapper/mutex.h"

void *os_wrapper_mutex_create(void)
{
    static int lock;
    return &lock;
}

uint32_t os_wrapper_mutex_acquire(void *handle, uint32_t timeout)
{
    (void)handle;
    (void)timeout;
    return OS_WRAPPER_SUCCESS;
}

uint32_t os_wrapper_mutex_release(void *handle)
{
    (void)handle;
    return OS_WRAPPER_SUCCESS;
}

uint32_t os_wrapper_mutex_delete(void *handle)
{
    (void)handle;
    return OS_WRAPPER_SUCCESS;
}
#endif

#define KEY   1
#define ECDSA PSA_ALG_ECDSA(PSA_ALG_SHA_256)

static uint8_t bytes[512], more[512];
static size_t length;
static psa_key_id_t key;
static psa_key_attributes_t attributes;
static psa_hash_operation_t hash;
static psa_aead_operation_t aead;
static psa_key_derivation_operation_t derivation;

/* The function through a pointer that the compiler cannot see through. */
#define CALL(id, function, types, ...)                                                  \
    static psa_status_t nothing_##id types { return PSA_SUCCESS; }                      \
    static psa_status_t(*volatile function_##id) types = function;                      \
    static psa_status_t(*volatile no_function_##id) types = nothing_##id;               \
    static void call_##id(void) { function_##id(__VA_ARGS__); }                         \
    static void skip_##id(void) { no_function_##id(__VA_ARGS__); }

CALL(generate_random, psa_generate_random, (uint8_t *a, size_t b), bytes, 32)
CALL(sign_hash, psa_sign_hash,
     (psa_key_id_t a, psa_algorithm_t b, const uint8_t *c, size_t d, uint8_t *e, size_t f, size_t *g),
     KEY, ECDSA, bytes, 32, more, 64, &length)
CALL(hash_compute, psa_hash_compute,
     (psa_algorithm_t a, const uint8_t *b, size_t c, uint8_t *d, size_t e, size_t *f),
     PSA_ALG_SHA_256, bytes, 64, more, 32, &length)
CALL(verify_hash, psa_verify_hash,
     (psa_key_id_t a, psa_algorithm_t b, const uint8_t *c, size_t d, const uint8_t *e, size_t f),
     KEY, ECDSA, bytes, 32, more, 64)
CALL(generate_key, psa_generate_key, (const psa_key_attributes_t *a, psa_key_id_t *b), &attributes,
     &key)
CALL(import_key, psa_import_key,
     (const psa_key_attributes_t *a, const uint8_t *b, size_t c, psa_key_id_t *d), &attributes, bytes,
     32, &key)
CALL(export_public_key, psa_export_public_key,
     (psa_key_id_t a, uint8_t *b, size_t c, size_t *d), KEY, bytes, 65, &length)
CALL(hash_update, psa_hash_update, (psa_hash_operation_t *a, const uint8_t *b, size_t c), &hash, bytes,
     64)
CALL(aead_encrypt, psa_aead_encrypt,
     (psa_key_id_t a, psa_algorithm_t b, const uint8_t *c, size_t d, const uint8_t *e, size_t f,
      const uint8_t *g, size_t h, uint8_t *i, size_t j, size_t *k),
     KEY, PSA_ALG_CCM, bytes, 13, bytes, 8, bytes, 64, more, 80, &length)
CALL(aead_finish, psa_aead_finish,
     (psa_aead_operation_t *a, uint8_t *b, size_t c, size_t *d, uint8_t *e, size_t f, size_t *g), &aead,
     bytes, 16, &length, more, 16, &length)
CALL(output_key, psa_key_derivation_output_key,
     (const psa_key_attributes_t *a, psa_key_derivation_operation_t *b, psa_key_id_t *c), &attributes,
     &derivation, &key)
CALL(its_set, psa_its_set,
     (psa_storage_uid_t a, size_t b, const void *c, psa_storage_create_flags_t d), 1, 16, bytes, 0)
CALL(ps_get, psa_ps_get, (psa_storage_uid_t a, size_t b, size_t c, void *d, size_t *e), 1, 0, 16,
     bytes, &length)
CALL(get_token, psa_initial_attest_get_token,
     (const uint8_t *a, size_t b, uint8_t *c, size_t d, size_t *e), bytes, 32, more, 512, &length)

struct cost {
    const char *line;
    void (*call)(void);
    void (*skip)(void);
};

static const struct cost costs[] = {
    { "generate_random(32): ", call_generate_random, skip_generate_random },
    { "sign_hash: ", call_sign_hash, skip_sign_hash },
    { "hash_compute(64): ", call_hash_compute, skip_hash_compute },
    { "verify_hash: ", call_verify_hash, skip_verify_hash },
    { "generate_key: ", call_generate_key, skip_generate_key },
    { "import_key: ", call_import_key, skip_import_key },
    { "export_public_key: ", call_export_public_key, skip_export_public_key },
    { "hash_update: ", call_hash_update, skip_hash_update },
    { "aead_encrypt: ", call_aead_encrypt, skip_aead_encrypt },
    { "aead_finish: ", call_aead_finish, skip_aead_finish },
    { "key_derivation_output_key: ", call_output_key, skip_output_key },
    { "its_set: ", call_its_set, skip_its_set },
    { "ps_get: ", call_ps_get, skip_ps_get },
    { "initial_attest_get_token: ", call_get_token, skip_get_token },
};

/* Instructions of the function that does nothing: an answer and the return. */
#define NOTHING 2

/* A tick takes 50 ns, an instruction 64. */
static uint32_t instructions(void (*call)(void))
{
    board_timer_start();
    call();
    return (board_timer_stop() * 50 + 32) / 64;
}

int main(void)
{
    for (size_t i = 0; i < sizeof(costs) / sizeof(costs[0]); i++) {
        uint32_t with = instructions(costs[i].call);
        say_number(costs[i].line, with + NOTHING - instructions(costs[i].skip));
    }
    return 0;
}
