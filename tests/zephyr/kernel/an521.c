/* The board mps2/an521/cpu0/ns: start-up, semihosting, an interrupt. */
#include <stdint.h>
#include <string.h>

#include <zephyr/kernel.h>

#include "board.h"

#define SYS_WRITE0        0x04
#define SYS_EXIT_EXTENDED 0x20
#define APPLICATION_EXIT  0x20026
#define ICSR              (*(volatile uint32_t *)0xE000ED04u)
#define PENDSVSET         (1u << 28)

extern uint32_t data_start[], data_end[], data_source[], bss_start[], bss_end[], stack_top[];

static void (*isr)(void *);
static void *isr_argument;

static int semihosting(int operation, const void *argument)
{
	register int r0 __asm("r0") = operation;
	register const void *r1 __asm("r1") = argument;

	__asm volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
	return r0;
}

void board_print(const char *text)
{
	semihosting(SYS_WRITE0, text);
}

void board_exit(int status)
{
	const uint32_t argument[2] = {APPLICATION_EXIT, (uint32_t)status};

	semihosting(SYS_EXIT_EXTENDED, argument);
	for (;;) {
	}
}

bool k_is_in_isr(void)
{
	uint32_t ipsr;

	__asm volatile("mrs %0, ipsr" : "=r"(ipsr));
	return ipsr != 0;
}

void board_in_isr(void (*handler)(void *), void *argument)
{
	isr_argument = argument;
	isr = handler;
	ICSR = PENDSVSET;
	__asm volatile("dsb\n isb" ::: "memory");
}

static void on_pend_sv(void)
{
	isr(isr_argument);
}

static void on_fault(void)
{
	board_print("FAIL the image faulted\n");
	board_exit(2);
}

void reset(void)
{
	memcpy(data_start, data_source, (size_t)((char *)data_end - (char *)data_start));
	memset(bss_start, 0, (size_t)((char *)bss_end - (char *)bss_start));
	board_exit(app_main());
}

/* newlib's malloc asks for memory here. */
void *_sbrk(intptr_t more)
{
	static uint8_t heap[64 * 1024] __attribute__((aligned(8)));
	static uintptr_t used;
	uintptr_t before = used;

	if (used + more > sizeof(heap)) {
		return (void *)-1;
	}
	used += more;
	return heap + before;
}

__attribute__((section(".vectors"), used)) static const struct {
	uint32_t *stack;
	void (*handler[15])(void);
} vectors = {
	.stack = stack_top,
	.handler = {[0] = reset, [1 ... 12] = on_fault, [13] = on_pend_sv, [14] = on_fault},
};
