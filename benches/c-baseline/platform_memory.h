/* The heap of the library: newlib's, counted. */
#ifndef PLATFORM_MEMORY_H
#define PLATFORM_MEMORY_H

#include <stddef.h>

void *platform_calloc(size_t count, size_t size);
void platform_free(void *block);

#endif
