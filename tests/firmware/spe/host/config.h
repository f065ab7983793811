/* The stand-in's Mbed TLS on a host: the same, but with the heap of the C library, which a sanitizer watches. */
#ifndef STAND_IN_HOST_CONFIG_H
#define STAND_IN_HOST_CONFIG_H

#include "spe_mbedtls_config.h"

#undef MBEDTLS_MEMORY_BUFFER_ALLOC_C
#undef MBEDTLS_PLATFORM_NO_STD_FUNCTIONS
#undef MBEDTLS_HAVE_ASM

#endif
