/* A fault that reaches the secure side, or a breach of the calling rules: say what, then reset.
 * TF-M does the same; seen from outside, the banner comes again. */
#include "spe.h"

#define REGISTER(address) (*(volatile uint32_t *)(address))

static const struct {
    const char *name;
    uint32_t address;
} status_registers[] = {
    { " CFSR=", 0xE000ED28u },    { " HFSR=", 0xE000ED2Cu },    { " SFSR=", 0xE000EDE4u },
    { " SFAR=", 0xE000EDE8u },    { " BFAR=", 0xE000ED38u },    { " NS CFSR=", 0xE002ED28u },
    { " NS MMFAR=", 0xE002ED34u },
};

static const char *const names[] = {
    [2] = "NMI",        [3] = "HardFault",  [4] = "MemManage",
    [5] = "BusFault",   [6] = "UsageFault", [7] = "SecureFault",
};

void spe_panic(const char *why)
{
    spe_print("\r\n[stand-in SPE] FATAL: ");
    spe_print(why);
    spe_print("; resetting\r\n");
    spe_board_reset();
}

/* Mbed TLS's allocator ends the program when it finds its own memory broken. */
_Noreturn void exit(int status)
{
    (void)status;
    spe_panic("the crypto library gave up");
}

/* `frame` may be a non-secure address that no longer holds a stack: its program counter is a hint. */
__attribute__((used)) _Noreturn static void report(uint32_t exception_return, const uint32_t *frame,
                                                   uint32_t exception)
{
    bool from_secure = (exception_return & (1u << 6)) != 0;
    spe_print("\r\n[stand-in SPE] FATAL: ");
    spe_print(exception < 8 && names[exception] != NULL ? names[exception] : "exception");
    spe_print(from_secure ? " in the secure state, pc=" : " in the non-secure state, pc=");
    spe_print_hex(frame[6]);
    for (size_t i = 0; i < sizeof(status_registers) / sizeof(status_registers[0]); i++) {
        spe_print(status_registers[i].name);
        spe_print_hex(REGISTER(status_registers[i].address));
    }
    spe_print("; resetting\r\n");
    spe_board_reset();
}

/* Finds the stack that holds the frame: bit 6 of EXC_RETURN says whose, bit 2 which. The secure
 * side itself only ever uses its main stack. Before a double fault can happen on an overflown
 * stack, the limit is lifted: nothing is lost any more. */
__attribute__((naked)) void spe_fault(void)
{
    __asm volatile(
        "movs r0, #0\n"
        "msr msplim, r0\n"
        "mov r0, lr\n"
        "mrs r1, msp\n"
        "tst r0, #0x40\n"
        "bne 1f\n"
        "mrs r1, msp_ns\n"
        "tst r0, #0x4\n"
        "beq 1f\n"
        "mrs r1, psp_ns\n"
        "1:\n"
        "mrs r2, ipsr\n"
        "b %0\n"
        :
        : "i"(report));
}

void spe_unexpected_interrupt(void)
{
    spe_panic("an interrupt came to the secure side");
}
