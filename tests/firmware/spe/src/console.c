/* Text on UART0 (CMSDK APB UART). */
#include "spe.h"

struct uart {
    volatile uint32_t data, state, control, interrupt, baud_divider;
};

#define UART0_SECURE     ((struct uart *)0x50200000u)
#define UART0_NON_SECURE ((struct uart *)0x40200000u)

#define STATE_TX_FULL     (1u << 0)
#define CONTROL_TX_ENABLE (1u << 0)

static struct uart *uart = UART0_SECURE;

void spe_console_init(void)
{
    uart->baud_divider = 20000000u / 115200u;
    uart->control = CONTROL_TX_ENABLE;
}

/* Once the protection controller gives UART0 to the non-secure side, the secure alias is blocked. */
void spe_console_use_non_secure_alias(void)
{
    uart = UART0_NON_SECURE;
}

void spe_print(const char *text)
{
    for (; *text != '\0'; text++) {
        while (uart->state & STATE_TX_FULL) {
        }
        uart->data = (uint8_t)*text;
    }
}

void spe_print_hex(uint32_t value)
{
    char text[11] = "0x";
    for (int i = 0; i < 8; i++) {
        text[2 + i] = "0123456789abcdef"[(value >> (28 - 4 * i)) & 15];
    }
    text[10] = '\0';
    spe_print(text);
}
