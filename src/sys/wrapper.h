/* What the bindings are made from: every header whose functions the safe side calls. */
#include <psa/crypto.h>
#include <mbedtls/version.h>
#include <mbedtls/base64.h>
#include <mbedtls/entropy.h>
#include <mbedtls/error.h>
#include <mbedtls/oid.h>
#include <mbedtls/pk.h>
#include <mbedtls/pem.h>
#include <mbedtls/platform.h>
#include <mbedtls/platform_util.h>
#include <mbedtls/psa_util.h>
#include <mbedtls/x509.h>
#include <mbedtls/x509_crt.h>
#include <mbedtls/x509_csr.h>

/* mbedtls_calloc and mbedtls_free are macros: these are functions that a binding can name. */
static inline void *mbedtls_psa_rs_calloc(size_t size) { return mbedtls_calloc(1, size); }
static inline void mbedtls_psa_rs_free(void *memory) { mbedtls_free(memory); }

/* pk.h defines MBEDTLS_PK_SIGNATURE_MAX_SIZE several times over; only the compiler knows the value that holds. */
enum { MBEDTLS_PSA_RS_SIGNATURE_MAX = MBEDTLS_PK_SIGNATURE_MAX_SIZE };
