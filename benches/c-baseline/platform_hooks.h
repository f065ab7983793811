/* What the library asks of the board: a heap, newlib's and counted, and random bytes. */
#ifndef PLATFORM_HOOKS_H
#define PLATFORM_HOOKS_H

#include <stddef.h>

void *platform_calloc(size_t count, size_t size);
void platform_free(void *block);
int mbedtls_hardware_poll(void *data, unsigned char *output, size_t length, size_t *written);

#endif
