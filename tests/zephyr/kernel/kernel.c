/* Zephyr's part: a mutex for one thread, the entry of the application, and a heap for Rust. */
#include <stddef.h>
#include <stdlib.h>

#include <zephyr/kernel.h>

#include "board.h"

void rust_main(void);

static uint32_t held;

int k_mutex_lock(struct k_mutex *mutex, k_timeout_t timeout)
{
	(void)timeout;
	/* There is one thread, and the shim does not come back to itself. */
	if (mutex->lock_count != 0 || k_is_in_isr()) {
		board_print("FAIL a lock that would wait for ever\n");
		board_exit(1);
	}
	mutex->lock_count++;
	held++;
	return 0;
}

int k_mutex_unlock(struct k_mutex *mutex)
{
	mutex->lock_count--;
	held--;
	return 0;
}

/* For the application: what it prints, whether the lock was given back, and its end. */
void app_print(const char *text)
{
	board_print(text);
}

uint32_t app_locks_held(void)
{
	return held;
}

void app_exit(int status)
{
	board_exit(status);
}

/* Runs a function as an interrupt handler. */
void app_in_isr(void (*handler)(void *), void *argument)
{
	board_in_isr(handler, argument);
}

int app_main(void)
{
	rust_main();
	board_print("rust_main came back\n");
	return 0;
}
