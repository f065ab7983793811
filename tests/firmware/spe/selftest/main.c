/* Asks the secure side everything that the facts about TF-M state, and compares. */
#include <string.h>

#include "selftest.h"
#include "tfm_platform_api.h"

static int checks, failures;

void check(const char *promise, int32_t got, int32_t want)
{
    checks++;
    if (got == want) {
        print("ok   ");
        print(promise);
    } else {
        failures++;
        print("FAIL ");
        print(promise);
        print(": got ");
        print_number(got);
        print(", want ");
        print_number(want);
    }
    print("\n");
}

psa_status_t call(psa_handle_t handle, int32_t type, const psa_invec *in, size_t in_len,
                  psa_outvec *out, size_t out_len)
{
    return tfm_psa_call_veneer(handle, PARAM_PACK(type, in_len, out_len), in, out);
}

psa_status_t crypto(struct crypto_call *c)
{
    psa_invec in[PSA_MAX_IOVEC] = { { &c->pack, sizeof(c->pack) } };
    size_t in_len = 3, out_len = 3;

    while (in_len > 0 && c->in[in_len - 1].len == 0) {
        in_len--;
    }
    while (out_len > 0 && c->out[out_len - 1].len == 0) {
        out_len--;
    }
    memcpy(in + 1, c->in, in_len * sizeof(in[0]));
    return call(TFM_CRYPTO_HANDLE, PSA_IPC_CALL, in, in_len + 1, c->out, out_len);
}

psa_status_t generate(psa_key_type_t type, size_t bits, psa_key_usage_t usage, psa_algorithm_t alg,
                      psa_key_id_t *key)
{
    psa_key_attributes_t attributes = psa_key_attributes_init();
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, bits);
    psa_set_key_usage_flags(&attributes, usage);
    psa_set_key_algorithm(&attributes, alg);
    return crypto(&(struct crypto_call){
        .pack.function_id = TFM_CRYPTO_GENERATE_KEY_SID,
        .in = { { &attributes, sizeof(attributes) } },
        .out = { { key, sizeof(*key) } },
    });
}

psa_status_t destroy(psa_key_id_t key)
{
    return crypto(&(struct crypto_call){
        .pack = { .function_id = TFM_CRYPTO_DESTROY_KEY_SID, .key_id = key } });
}

static void call_again(void)
{
    print("calling from a second thread\n");
    (void)tfm_psa_framework_version_veneer();
    print("FAIL the second call came back\n");
    finish(3);
}

/* Each of these ends in a reset: the host sees the banner again. */
static void provoke_reset(const char *how)
{
    if (strcmp(how, "call-from-handler") == 0) {
        *(volatile uint32_t *)0xE000ED04u = 1u << 28; /* ICSR.PENDSVSET */
        __asm volatile("dsb\n isb");
    } else if (strcmp(how, "second-call") == 0) {
        psa_key_id_t key;
        uint8_t point[97];
        generate(PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 384, 0, 0, &key);
        start_ticks(2000);
        switch_thread_on_tick(call_again);
        crypto(&(struct crypto_call){
            .pack = { .function_id = TFM_CRYPTO_EXPORT_PUBLIC_KEY_SID, .key_id = key },
            .out = { { point, sizeof(point) } } });
    } else if (strcmp(how, "read-secure-memory") == 0) {
        print_number(*(volatile int32_t *)0x38000000u);
    } else if (strcmp(how, "jump-past-the-veneer") == 0) {
        ((void (*)(void))((uintptr_t)tfm_psa_framework_version_veneer + 4))();
    } else if (strcmp(how, "system-reset") == 0) {
        call(TFM_PLATFORM_SERVICE_HANDLE, TFM_PLATFORM_API_ID_SYSTEM_RESET, NULL, 0, NULL, 0);
    } else {
        return;
    }
    print("FAIL the image went on\n");
    finish(3);
}

int main(void)
{
    provoke_reset(scenario());
    test_calls();
    test_crypto();
    test_operations();
    test_services();
    test_context();
    print("selftest: ");
    print_number(checks);
    print(" checks, ");
    print_number(failures);
    print(" failed\n");
    return failures == 0 ? 0 : 1;
}
