/* Start-up, interrupts and semihosting of the test image. */
#include <string.h>

#include "selftest.h"

#define REGISTER(address) (*(volatile uint32_t *)(address))
#define SYST_CSR REGISTER(0xE000E010u)
#define SYST_RVR REGISTER(0xE000E014u)
#define SYST_CVR REGISTER(0xE000E018u)

#define SYS_WRITE0        0x04
#define SYS_GET_CMDLINE   0x15
#define SYS_EXIT_EXTENDED 0x20
#define APPLICATION_EXIT  0x20026

extern uint32_t data_start[], data_end[], data_source[], bss_start[], bss_end[], stack_top[];

volatile uint32_t ticks;
int main(void);

static int semihosting(int operation, const void *argument)
{
    register int r0 __asm("r0") = operation;
    register const void *r1 __asm("r1") = argument;
    __asm volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

void print(const char *text)
{
    semihosting(SYS_WRITE0, text);
}

void print_number(int32_t value)
{
    char text[12];
    char *p = text + sizeof(text) - 1;
    uint32_t rest = value < 0 ? 0u - (uint32_t)value : (uint32_t)value;
    *p = '\0';
    do {
        *--p = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest != 0);
    if (value < 0) {
        *--p = '-';
    }
    print(p);
}

void finish(int status)
{
    const uint32_t argument[2] = { APPLICATION_EXIT, (uint32_t)status };
    semihosting(SYS_EXIT_EXTENDED, argument);
    for (;;) {
    }
}

/* The last word of QEMU's semihosting argument. */
const char *scenario(void)
{
    static char line[128];
    struct {
        char *at;
        uint32_t room;
    } argument = { line, sizeof(line) };
    if (semihosting(SYS_GET_CMDLINE, &argument) != 0) {
        return "";
    }
    const char *space = strrchr(line, ' ');
    return space == NULL ? line : space + 1;
}

void start_ticks(uint32_t clocks)
{
    SYST_RVR = clocks - 1;
    SYST_CVR = 0;
    SYST_CSR = clocks == 0 ? 0 : 7;
}

/* What SysTick runs: counts, or (armed, and well inside a secure call) leaves that call where it
 * stands and goes on, once, as another thread with a process stack: what a scheduler would do. */
#define WELL_INSIDE 10

static uint32_t ticks_until_switch;
static uint32_t other_stack[256] __attribute__((aligned(8)));

void switch_thread_on_tick(void (*thread)(void))
{
    uint32_t *frame = other_stack + 256 - 8;
    frame[6] = (uint32_t)thread;
    frame[7] = 1u << 24; /* xPSR.T */
    __asm volatile("msr psp, %0" : : "r"(frame));
    ticks_until_switch = WELL_INSIDE;
}

__attribute__((used)) static uint32_t count_tick(uint32_t exception_return)
{
    bool in_secure_call = (exception_return & (1u << 6)) != 0;
    ticks++;
    if (ticks_until_switch == 0 || !in_secure_call || --ticks_until_switch != 0) {
        return exception_return;
    }
    return 0xFFFFFFBCu; /* to non-secure thread mode on the process stack */
}

__attribute__((naked)) static void on_tick(void)
{
    __asm volatile(
        "mov r0, lr\n"
        "push {r4, lr}\n"
        "bl count_tick\n"
        "pop {r4, lr}\n"
        "bx r0\n");
}

/* SVC: back to privileged thread mode on the main stack. */
__attribute__((naked)) static void on_svc(void)
{
    __asm volatile(
        "mrs r0, control\n"
        "bic r0, r0, #1\n"
        "msr control, r0\n"
        "isb\n"
        "bx lr\n");
}

void drop_privilege(void)
{
    __asm volatile("mrs r0, control\n orr r0, r0, #1\n msr control, r0\n isb" ::: "r0");
}

void regain_privilege(void)
{
    __asm volatile("svc 0" ::: "r0", "memory");
}

static void on_fault(void)
{
    print("FAIL the test image itself faulted\n");
    finish(2);
}

static void pend_sv(void)
{
    print("calling from a handler\n");
    (void)tfm_psa_framework_version_veneer();
    print("FAIL the call from a handler came back\n");
    finish(3);
}

void reset(void)
{
    memcpy(data_start, data_source, (size_t)((char *)data_end - (char *)data_start));
    memset(bss_start, 0, (size_t)((char *)bss_end - (char *)bss_start));
    finish(main());
}

__attribute__((section(".vectors"), used)) static const struct {
    uint32_t *stack;
    void (*handler[15])(void);
} vectors = {
    .stack = stack_top,
    .handler = { [0] = reset, [1 ... 5] = on_fault, [10] = on_svc, [13] = pend_sv, [14] = on_tick },
};
