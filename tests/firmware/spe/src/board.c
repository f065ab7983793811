/* AN521: who may touch which memory, device and interrupt, and the step into the non-secure image. */
#include "spe.h"

#define REGISTER(address) (*(volatile uint32_t *)(address))

#define SCB_AIRCR  REGISTER(0xE000ED0Cu)
#define SCB_SHCSR  REGISTER(0xE000ED24u)
#define NVIC_ITNS  ((volatile uint32_t *)0xE000E380u)
#define SAU_CTRL   REGISTER(0xE000EDD0u)
#define SAU_RNR    REGISTER(0xE000EDD8u)
#define SAU_RBAR   REGISTER(0xE000EDDCu)
#define SAU_RLAR   REGISTER(0xE000EDE0u)
#define SCB_NS_VTOR REGISTER(0xE002ED08u)

#define AIRCR_KEY          0x05FA0000u
#define AIRCR_PRIS         (1u << 14) /* non-secure interrupts rank below secure ones */
#define AIRCR_SYSRESETREQS (1u << 3)  /* only the secure side may reset */
#define AIRCR_SYSRESETREQ  (1u << 2)
#define SHCSR_FAULTS       ((1u << 16) | (1u << 17) | (1u << 18) | (1u << 19))

/* Security controller of the SSE-200 subsystem. */
#define SECURE_CONTROL     0x50080000u
#define NON_SECURE_CONTROL 0x40080000u
#define NSCCFG             REGISTER(SECURE_CONTROL + 0x14)
#define NSCCFG_CODE        1u
#define AHB_EXPANSION(block, n) REGISTER((block) + 0x60 + 4 * (n))
#define AHB_EXPANSION_UNPRIVILEGED(block, n) REGISTER((block) + 0xA0 + 4 * (n))
#define APB_INTERNAL(n)    REGISTER(SECURE_CONTROL + 0x70 + 4 * (n))
#define APB_INTERNAL_UNPRIVILEGED(n) REGISTER(NON_SECURE_CONTROL + 0xB0 + 4 * (n))
#define APB_EXPANSION(n)   REGISTER(SECURE_CONTROL + 0x80 + 4 * (n))
#define APB_EXPANSION_UNPRIVILEGED(n) REGISTER(NON_SECURE_CONTROL + 0xC0 + 4 * (n))

#define MPC_CODE           0x58007000u /* SSRAM1, 0x0000_0000 */
#define MPC_RAM            0x58008000u /* SSRAM2, 0x2800_0000 */
#define MPC_CTRL           0x00
#define MPC_BLOCK_CONFIG   0x14
#define MPC_BLOCK_INDEX    0x18
#define MPC_BLOCK_LUT      0x1C
#define MPC_CTRL_BUS_ERROR (1u << 4)

/* TF-M's layout of the board. Ends are inclusive. */
#define NS_CODE_START 0x00100000u
#define NS_CODE_END   0x0016FBFFu
#define NS_RAM_START  0x28100000u
#define NS_RAM_END    0x281FFFFFu
#define SSRAM1_BASE   0x00000000u
#define SSRAM2_BASE   0x28000000u

extern uint8_t spe_veneers_start[], spe_veneers_end[];

static void sau_region(uint32_t number, uint32_t start, uint32_t end, bool callable)
{
    SAU_RNR = number;
    SAU_RBAR = start & ~31u;
    SAU_RLAR = (end & ~31u) | (callable ? 2u : 0u) | 1u;
}

/* Gives the blocks from `start` to `end` (offsets into the memory behind this controller) away. */
static void mpc_release(uint32_t controller, uint32_t start, uint32_t end)
{
    uint32_t shift = (REGISTER(controller + MPC_BLOCK_CONFIG) & 15u) + 5u;
    for (uint32_t block = start >> shift; block <= end >> shift; block++) {
        REGISTER(controller + MPC_CTRL) &= ~(1u << 8); /* no automatic step of the index */
        REGISTER(controller + MPC_BLOCK_INDEX) = block / 32u;
        REGISTER(controller + MPC_BLOCK_LUT) |= 1u << (block % 32u);
    }
    REGISTER(controller + MPC_CTRL) |= MPC_CTRL_BUS_ERROR;
}

/* Timers, UARTs, GPIO, Ethernet, FPGA I/O: a test image may use whatever it finds on the board,
 * privileged or not. The memory protection controllers themselves (APB expansion 0) stay secure. */
static void release_devices(void)
{
    const uint32_t timers = 7u;
    APB_INTERNAL(0) = timers;
    APB_INTERNAL_UNPRIVILEGED(0) = timers;
    for (int n = 1; n <= 2; n++) {
        APB_EXPANSION(n) = 0xFFFFu;
        APB_EXPANSION_UNPRIVILEGED(n) = 0xFFFFu;
    }
    AHB_EXPANSION(SECURE_CONTROL, 0) = 0xFFFFu;
    AHB_EXPANSION_UNPRIVILEGED(NON_SECURE_CONTROL, 0) = 0xFFFFu;
}

void spe_board_protect(void)
{
    sau_region(0, NS_CODE_START, NS_CODE_END, false);
    sau_region(1, NS_RAM_START, NS_RAM_END, false);
    sau_region(2, 0x40000000u, 0x4FFFFFFFu, false);
    sau_region(3, (uint32_t)spe_veneers_start, (uint32_t)spe_veneers_end - 1u, true);
    SAU_CTRL = 1u;
    NSCCFG = NSCCFG_CODE;

    mpc_release(MPC_CODE, NS_CODE_START - SSRAM1_BASE, NS_CODE_END - SSRAM1_BASE);
    mpc_release(MPC_RAM, NS_RAM_START - SSRAM2_BASE, NS_RAM_END - SSRAM2_BASE);
    release_devices();

    for (int i = 0; i < 4; i++) {
        NVIC_ITNS[i] = 0xFFFFFFFFu;
    }
    SCB_AIRCR = AIRCR_KEY | AIRCR_PRIS | AIRCR_SYSRESETREQS;
    SCB_SHCSR |= SHCSR_FAULTS;
    __asm volatile("dsb\n isb" ::: "memory");
}

void spe_board_reset(void)
{
    __asm volatile("dsb" ::: "memory");
    SCB_AIRCR = AIRCR_KEY | (SCB_AIRCR & 0xFFFFu) | AIRCR_SYSRESETREQ;
    for (;;) {
    }
}

void spe_board_start_non_secure(void)
{
    const volatile uint32_t *image = (const volatile uint32_t *)NS_CODE_START;
    uint32_t stack = image[0];
    uint32_t entry = image[1];

    if ((entry & 1u) == 0 || entry < NS_CODE_START || entry > NS_CODE_END) {
        spe_print("[stand-in SPE] no non-secure image at 0x00100000: waiting\r\n");
        for (;;) {
            __asm volatile("wfi");
        }
    }
    SCB_NS_VTOR = NS_CODE_START;
    __asm volatile(
        "msr msp_ns, %0\n"
        "mov r0, %1\n"
        "bic r0, r0, #1\n" /* bit 0 clear: BXNS leaves the secure state */
        "mov r1, #0\n mov r2, #0\n mov r3, #0\n mov r4, #0\n mov r5, #0\n mov r6, #0\n"
        "mov r7, #0\n mov r8, #0\n mov r9, #0\n mov r10, #0\n mov r11, #0\n mov r12, #0\n"
        "mov lr, #-1\n"
        "msr apsr_nzcvq, r1\n"
        "bxns r0\n"
        :
        : "r"(stack), "r"(entry)
        : "r0", "memory");
    __builtin_unreachable();
}
