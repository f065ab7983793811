/* Statuses, as the PSA Secure Storage API names their header. Mbed TLS defines them with its own. */
#ifndef PSA_ERROR_H
#define PSA_ERROR_H

#include <psa/crypto_types.h>
#include <psa/crypto_values.h>

#endif
