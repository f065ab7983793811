/* The part of Zephyr's kernel that the module's shim uses. */
#ifndef ZEPHYR_KERNEL_H
#define ZEPHYR_KERNEL_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
	int64_t ticks;
} k_timeout_t;
#define K_FOREVER ((k_timeout_t){-1})

struct k_mutex {
	uint32_t lock_count;
};
#define K_MUTEX_DEFINE(name) struct k_mutex name

bool k_is_in_isr(void);
int k_mutex_lock(struct k_mutex *mutex, k_timeout_t timeout);
int k_mutex_unlock(struct k_mutex *mutex);

#endif
