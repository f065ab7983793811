/* The test image's own small world: calls, checks, semihosting. */
#ifndef SELFTEST_H
#define SELFTEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "psa/client.h"
#include "psa/crypto.h"
#include "psa_manifest/sid.h"
#include "tfm_crypto_defs.h"
#include "tfm_psa_call_pack.h"
#include "tfm_veneers.h"

/* start.c */
extern volatile uint32_t ticks;
void print(const char *text);
void print_number(int32_t value);
_Noreturn void finish(int status);
const char *scenario(void);
void start_ticks(uint32_t clocks);
void switch_thread_on_tick(void (*thread)(void));
void drop_privilege(void);
void regain_privilege(void);

/* Prints one line and counts. */
void check(const char *promise, int32_t got, int32_t want);

/* psa_call, without the checks that a client makes first. */
psa_status_t call(psa_handle_t handle, int32_t type, const psa_invec *in, size_t in_len,
                  psa_outvec *out, size_t out_len);

/* A crypto call: the descriptor, up to three inputs and three outputs more. */
struct crypto_call {
    struct tfm_crypto_pack_iovec pack;
    psa_invec in[3];
    psa_outvec out[3];
};
psa_status_t crypto(struct crypto_call *c);

/* Generates a volatile key; the status, or the id in `*key`. */
psa_status_t generate(psa_key_type_t type, size_t bits, psa_key_usage_t usage, psa_algorithm_t alg,
                      psa_key_id_t *key);
psa_status_t destroy(psa_key_id_t key);

void test_calls(void);
void test_crypto(void);
void test_operations(void);
void test_services(void);
void test_context(void);

#endif
