/* Vector table and the way from reset to the non-secure image. */
#include <string.h>

#include "spe.h"

extern uint32_t spe_stack_limit[], spe_stack_top[];
extern uint32_t spe_data_start[], spe_data_end[], spe_data_source[];
extern uint32_t spe_bss_start[], spe_bss_end[];

void spe_reset(void);
void spe_fault(void);
void spe_unexpected_interrupt(void);

#define AN521_INTERRUPTS 124

struct vector_table {
    uint32_t *stack;
    void (*handler[15 + AN521_INTERRUPTS])(void);
};

__attribute__((section(".vectors"), used))
static const struct vector_table vectors = {
    .stack = spe_stack_top,
    .handler = {
        [0] = spe_reset,
        [1 ... 6] = spe_fault, /* NMI, HardFault, MemManage, BusFault, UsageFault, SecureFault */
        [10 ... 14 + AN521_INTERRUPTS] = spe_unexpected_interrupt,
    },
};

static const char banner[] =
    "\r\n[stand-in SPE] Secure side for tests only, NOT Trusted Firmware-M; speaks the TF-M 2.1 ABI\r\n"
    "[stand-in SPE] deterministic random numbers, public test keys: nothing here is secret\r\n";

static void start(void)
{
    memcpy(spe_data_start, spe_data_source,
           (size_t)((uint8_t *)spe_data_end - (uint8_t *)spe_data_start));
    memset(spe_bss_start, 0, (size_t)((uint8_t *)spe_bss_end - (uint8_t *)spe_bss_start));

    spe_console_init();
    spe_print(banner);
    if (spe_crypto_init() != PSA_SUCCESS) {
        spe_panic("the crypto service did not start");
    }
    spe_board_protect();
    spe_console_use_non_secure_alias();
    spe_board_start_non_secure();
}

/* Naked: sets the stack limit before the first push. The two words below the top seal the stack,
 * so that a forged return into the secure side finds no frame there. */
__attribute__((naked)) void spe_reset(void)
{
    __asm volatile(
        "ldr r0, =spe_stack_limit\n"
        "msr msplim, r0\n"
        "ldr r0, =0xFEF5EDA5\n"
        "mov r1, r0\n"
        "push {r0, r1}\n"
        "b %0\n"
        :
        : "i"(start));
}
