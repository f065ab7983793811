/* Start-up, console, timer, heap and random source on AN505 and AN521. */
#include "board.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "platform_hooks.h"

extern uint32_t board_data_start[], board_data_end[], board_data_source[];
extern uint32_t board_bss_start[], board_bss_end[];
extern uint32_t board_stack_top[], board_heap_start[], board_heap_end[];

int main(void);

/* Semihosting */

#define SYS_OPEN          0x01
#define SYS_CLOSE         0x02
#define SYS_WRITE         0x05
#define SYS_READ          0x06
#define SYS_EXIT_EXTENDED 0x20
#define OPEN_READ_BINARY  1
#define OPEN_WRITE        4
#define APPLICATION_EXIT  0x20026

static int semihosting(int operation, const void *block)
{
    register int r0 __asm("r0") = operation;
    register const void *r1 __asm("r1") = block;
    __asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

static int open_file(const char *name, uint32_t mode)
{
    const uint32_t block[] = { (uint32_t)name, mode, strlen(name) };
    return semihosting(SYS_OPEN, block);
}

static void write_bytes(const void *bytes, size_t length)
{
    static int console;
    if (console == 0) {
        console = open_file(":tt", OPEN_WRITE);
    }
    const uint32_t block[] = { (uint32_t)console, (uint32_t)bytes, length };
    semihosting(SYS_WRITE, block);
}

void print(const char *text)
{
    write_bytes(text, strlen(text));
}

void say(const char *text)
{
    print(text);
    print("\n");
}

void say_number(const char *text, uint32_t number)
{
    char digits[11];
    char *at = digits + sizeof(digits) - 1;
    *at = '\0';
    do {
        *--at = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    print(text);
    say(at);
}

void board_exit(int status)
{
    const uint32_t block[] = { APPLICATION_EXIT, (uint32_t)status };
    for (;;) {
        semihosting(SYS_EXIT_EXTENDED, block);
    }
}

size_t board_read_file(const char *name, void *buffer, size_t size)
{
    int file = open_file(name, OPEN_READ_BINARY);
    if (file < 0) {
        return 0;
    }
    const uint32_t block[] = { (uint32_t)file, (uint32_t)buffer, size };
    size_t left = (size_t)semihosting(SYS_READ, block);
    semihosting(SYS_CLOSE, block);
    return left > size ? 0 : size - left;
}

/* Timer */

struct systick {
    volatile uint32_t control, reload, current;
};

#define SYSTICK        ((struct systick *)0xE000E010u)
#define SYSTICK_FULL   0x00FFFFFFu
#define SYSTICK_ENABLE 1u
#define SYSTICK_CORE   4u

static uint32_t timer_begin;

void board_timer_start(void)
{
    SYSTICK->control = 0;
    SYSTICK->reload = SYSTICK_FULL;
    SYSTICK->current = 0;
    SYSTICK->control = SYSTICK_CORE | SYSTICK_ENABLE;
    while (SYSTICK->current == 0) {
    }
    timer_begin = SYSTICK->current;
}

uint32_t board_timer_stop(void)
{
    uint32_t end = SYSTICK->current;
    SYSTICK->control = 0;
    return (timer_begin - end) & SYSTICK_FULL;
}

/* Heap: newlib's, which takes what it needs from here. */

static size_t heap_now, heap_peak;

void *_sbrk(ptrdiff_t more)
{
    static char *end = (char *)board_heap_start;
    char *old = end;
    if (more > (char *)board_heap_end - end) {
        return (void *)-1;
    }
    end += more;
    return old;
}

/* With what newlib-nano puts before each block. */
static size_t taken(void *block)
{
    return malloc_usable_size(block) + sizeof(long);
}

void *platform_calloc(size_t count, size_t size)
{
    void *block = calloc(count, size);
    if (block != NULL) {
        heap_now += taken(block);
        if (heap_now > heap_peak) {
            heap_peak = heap_now;
        }
    }
    return block;
}

void platform_free(void *block)
{
    if (block != NULL) {
        heap_now -= taken(block);
        free(block);
    }
}

uint32_t board_heap_peak(void)
{
    return heap_peak;
}

/* Random source. NOT RANDOM: this board has no generator, and the keys of a test need not be secret. */

int mbedtls_hardware_poll(void *data, unsigned char *output, size_t length, size_t *written)
{
    static uint32_t state = 0x2545F491;
    (void)data;
    for (size_t i = 0; i < length; i++) {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        output[i] = (unsigned char)(state >> 24);
    }
    *written = length;
    return 0;
}

/* Start-up */

#define PAINT 0xA5C33C5Au

uint32_t board_stack_peak(void)
{
    const uint32_t *at = board_heap_end;
    while (at < board_stack_top && *at == PAINT) {
        at++;
    }
    return (uint32_t)((const char *)board_stack_top - (const char *)at);
}

static void start(void)
{
    memcpy(board_data_start, board_data_source,
           (size_t)((char *)board_data_end - (char *)board_data_start));
    memset(board_bss_start, 0, (size_t)((char *)board_bss_end - (char *)board_bss_start));
    board_exit(main());
}

/* Paints the stack before there is one. */
void reset(void);
__attribute__((naked)) void reset(void)
{
    __asm volatile(
        "ldr r0, =board_heap_end\n"
        "ldr r1, =board_stack_top\n"
        "ldr r2, =0xA5C33C5A\n"
        "1: str r2, [r0], #4\n"
        "cmp r0, r1\n"
        "blo 1b\n"
        "b %0\n"
        :
        : "i"(start));
}

static void unhandled(void)
{
    board_exit(102);
}

struct vector_table {
    uint32_t *stack;
    void (*handler[15])(void);
};

__attribute__((section(".vectors"), used))
static const struct vector_table vectors = {
    .stack = board_stack_top,
    .handler = { [0] = reset, [1 ... 14] = unhandled },
};
