0#ifndef A
#define A
#if defined(MBEDTLS_AES_C) && \
   !defined(X)
#define MBEDTLS_PK_C
#define MBEDTLS_MPI_MAX_SIZE 1024 /* bytes */
#undef MBEDTLS_RSA_C
#elif MBEDTLS_X > 3
#include "other.h"
#else
#error no
#endif
#endif
