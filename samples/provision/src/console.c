/* The console's next byte: a function, because the device is found by a macro. */
#include <zephyr/device.h>
#include <zephyr/drivers/uart.h>
#include <zephyr/kernel.h>

/* Waits without sleeping: a small UART holds a byte only as long as the next one takes. */
unsigned char provision_console_byte(void)
{
	const struct device *console = DEVICE_DT_GET(DT_CHOSEN(zephyr_console));
	unsigned char byte;

	while (uart_poll_in(console, &byte) != 0) {
		k_busy_wait(10);
	}
	return byte;
}
