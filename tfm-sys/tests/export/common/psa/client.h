/* For tests: what the client depends on, in the words of the PSA Firmware Framework. */
#include <stddef.h>
#include <stdint.h>
#define PSA_MAX_IOVEC (4u)
typedef struct psa_invec {
    const void *base;
    size_t len;
} psa_invec;
typedef struct psa_outvec {
    void *base;
    size_t len;
} psa_outvec;
