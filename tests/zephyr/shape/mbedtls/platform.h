#include <stddef.h>
void *mbedtls_calloc(size_t count, size_t size);
void mbedtls_free(void *memory);
