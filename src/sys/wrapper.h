/* What the bindings are made from: every header whose functions the safe side calls. */
#include <psa/crypto.h>
#include <mbedtls/version.h>
#include <mbedtls/error.h>
#include <mbedtls/pk.h>
#include <mbedtls/pem.h>
#include <mbedtls/platform.h>
#include <mbedtls/platform_util.h>
#include <mbedtls/psa_util.h>
#include <mbedtls/x509.h>
#include <mbedtls/x509_crt.h>
#include <mbedtls/x509_csr.h>
