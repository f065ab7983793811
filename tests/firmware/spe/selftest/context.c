/* From where a call may come, and what happens around it. */
#include "selftest.h"

#define REGISTER(address) (*(volatile uint32_t *)(address))
#define MPU_CTRL  REGISTER(0xE000ED94u)
#define MPU_RNR   REGISTER(0xE000ED98u)
#define MPU_RBAR  REGISTER(0xE000ED9Cu)
#define MPU_RLAR  REGISTER(0xE000EDA0u)
#define MPU_MAIR0 REGISTER(0xE000EDC0u)

static psa_status_t random_into(void *base, size_t length)
{
    struct crypto_call c = { .pack.function_id = TFM_CRYPTO_GENERATE_RANDOM_SID,
                             .out = { { base, length } } };
    return crypto(&c);
}

static void test_interrupts(void)
{
    const psa_algorithm_t alg = PSA_ALG_ECDSA(PSA_ALG_SHA_256);
    psa_key_id_t key = 0;
    uint8_t hash[32] = { 1 }, signature[64];
    struct crypto_call sign = {
        .pack = { .function_id = TFM_CRYPTO_ASYMMETRIC_SIGN_HASH_SID, .alg = alg },
        .in = { { hash, sizeof(hash) } },
        .out = { { signature, sizeof(signature) } },
    };

    generate(PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 256, PSA_KEY_USAGE_SIGN_HASH, alg,
             &key);
    sign.pack.key_id = key;
    start_ticks(2000); /* 10 kHz at 20 MHz */
    uint32_t before = ticks;
    check("sign while SysTick runs", crypto(&sign), 0);
    check("SysTick pre-empts the secure side five times and more", ticks - before >= 5, true);
    __asm volatile("cpsid i");
    before = ticks;
    sign.out[0].len = sizeof(signature);
    psa_status_t status = crypto(&sign);
    bool quiet = ticks == before;
    uint32_t primask;
    __asm volatile("mrs %0, primask\n cpsie i" : "=r"(primask));
    check("sign with interrupts masked", status, 0);
    check("none came", quiet, true);
    check("and the mask is as it was", (int32_t)primask, 1);
    start_ticks(0);
    destroy(key);
}

static void test_process_stack(void)
{
    static uint64_t stack[256];
    static uint8_t random[8];
    psa_status_t status;
    uint64_t *top = stack + 256;

    /* The stack pointer changes under the compiler's feet: only r0 to r3 and r12 may be touched. */
    static struct crypto_call c;
    c = (struct crypto_call){ .pack.function_id = TFM_CRYPTO_GENERATE_RANDOM_SID,
                              .out = { { random, sizeof(random) } } };
    __asm volatile(
        "msr psp, %[top]\n"
        "mrs r3, control\n"
        "orr r3, r3, #2\n"
        "msr control, r3\n"
        "isb\n"
        "mov r0, %[call]\n"
        "blx %[function]\n"
        "mrs r3, control\n"
        "bic r3, r3, #2\n"
        "msr control, r3\n"
        "isb\n"
        "mov %[status], r0\n"
        : [status] "=&r"(status)
        : [top] "r"(top), [call] "r"(&c), [function] "r"(crypto)
        : "r0", "r1", "r2", "r3", "r12", "lr", "cc", "memory");
    check("a call on the process stack", status, 0);
}

static void test_unprivileged(void)
{
    static uint8_t mine[32] __attribute__((aligned(32)));
    static uint8_t read_only[32] __attribute__((aligned(32)));
    uint8_t hash[32];

    /* Two regions, all else by the default map for privileged code only: so give the unprivileged
     * part RAM and code by region, and `read_only` a region of its own below. */
    MPU_MAIR0 = 0xFF;
    MPU_RNR = 0;
    MPU_RBAR = 0x00100000u | 3u << 1; /* code: read-only for all */
    MPU_RLAR = 0x0016FBE0u | 1u;
    MPU_RNR = 1;
    MPU_RBAR = 0x28100000u | 1u << 1; /* RAM below: read-write for all, execute */
    MPU_RLAR = (((uint32_t)read_only - 1u) & ~31u) | 1u;
    MPU_RNR = 2;
    MPU_RBAR = (uint32_t)read_only | 3u << 1;
    MPU_RLAR = ((uint32_t)read_only & ~31u) | 1u;
    MPU_RNR = 3;
    MPU_RBAR = ((uint32_t)read_only + 32u) | 1u << 1;
    MPU_RLAR = 0x281FFFE0u | 1u;
    MPU_CTRL = 5;
    __asm volatile("dsb\n isb" ::: "memory");

    check("output to memory that the MPU allows", random_into(mine, sizeof(mine)), 0);
    check("output to memory that the MPU makes read-only", random_into(read_only, 32), -129);
    drop_privilege();
    psa_status_t allowed = random_into(mine, sizeof(mine));
    psa_status_t denied = crypto(&(struct crypto_call){
        .pack = { .function_id = TFM_CRYPTO_HASH_COMPUTE_SID, .alg = PSA_ALG_SHA_256 },
        .in = { { (const void *)0x40200000u, 4 } }, /* a device, for privileged code only */
        .out = { { hash, sizeof(hash) } } });
    regain_privilege();
    MPU_CTRL = 0;
    __asm volatile("dsb\n isb" ::: "memory");
    check("an unprivileged call", allowed, 0);
    check("with input that only privileged code may read", denied, -129);
}

void test_context(void)
{
    test_interrupts();
    test_process_stack();
    test_unprivileged();
}
