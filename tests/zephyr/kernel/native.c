/* The board that is a program of the host. */
#include <stdio.h>
#include <stdlib.h>

#include <zephyr/kernel.h>

#include "board.h"

static bool in_isr;

bool k_is_in_isr(void)
{
	return in_isr;
}

void board_in_isr(void (*handler)(void *), void *argument)
{
	in_isr = true;
	handler(argument);
	in_isr = false;
}

void board_print(const char *text)
{
	fputs(text, stdout);
}

void board_exit(int status)
{
	fflush(stdout);
	exit(status);
}

int main(void)
{
	return app_main();
}
