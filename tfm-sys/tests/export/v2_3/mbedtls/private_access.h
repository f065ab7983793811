/* For tests. */
#if defined(MBEDTLS_ALLOW_PRIVATE_ACCESS)
#define MBEDTLS_PRIVATE(member) member
#else
#define MBEDTLS_PRIVATE(member) private_##member
#endif
