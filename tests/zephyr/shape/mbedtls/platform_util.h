#include <stddef.h>
void mbedtls_platform_zeroize(void *memory, size_t size);
