/* A key and its PEM, a key that never leaves and its request, and the certificate that comes back.
 *
 * The host reads what is printed, checks it with openssl, and answers the request with a certificate. */
#include <string.h>

#include "board.h"

#include "mbedtls/asn1write.h"
#include "mbedtls/error.h"
#include "mbedtls/oid.h"
#include "mbedtls/pem.h"
#include "mbedtls/pk.h"
#include "mbedtls/platform_util.h"
#include "mbedtls/psa_util.h"
#include "mbedtls/x509_crt.h"
#include "mbedtls/x509_csr.h"
#include "psa/crypto.h"

#define CERTIFICATE "certificate.pem"
#define SIGNING     (PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_SIGN_MESSAGE)

/* Every text is written here, one after the other. */
typedef unsigned char text_t[1024];

/* A key of the PSA core, and the same for PK. */
struct key {
    mbedtls_svc_key_id_t id;
    mbedtls_pk_context pk;
};

static const char *name_of(int status)
{
    switch (status) {
    case PSA_ERROR_GENERIC_ERROR:        return "PSA_ERROR_GENERIC_ERROR";
    case PSA_ERROR_NOT_PERMITTED:        return "PSA_ERROR_NOT_PERMITTED";
    case PSA_ERROR_NOT_SUPPORTED:        return "PSA_ERROR_NOT_SUPPORTED";
    case PSA_ERROR_INVALID_ARGUMENT:     return "PSA_ERROR_INVALID_ARGUMENT";
    case PSA_ERROR_INVALID_HANDLE:       return "PSA_ERROR_INVALID_HANDLE";
    case PSA_ERROR_BAD_STATE:            return "PSA_ERROR_BAD_STATE";
    case PSA_ERROR_BUFFER_TOO_SMALL:     return "PSA_ERROR_BUFFER_TOO_SMALL";
    case PSA_ERROR_ALREADY_EXISTS:       return "PSA_ERROR_ALREADY_EXISTS";
    case PSA_ERROR_DOES_NOT_EXIST:       return "PSA_ERROR_DOES_NOT_EXIST";
    case PSA_ERROR_INSUFFICIENT_MEMORY:  return "PSA_ERROR_INSUFFICIENT_MEMORY";
    case PSA_ERROR_INSUFFICIENT_STORAGE: return "PSA_ERROR_INSUFFICIENT_STORAGE";
    case PSA_ERROR_INSUFFICIENT_ENTROPY: return "PSA_ERROR_INSUFFICIENT_ENTROPY";
    case PSA_ERROR_COMMUNICATION_FAILURE: return "PSA_ERROR_COMMUNICATION_FAILURE";
    case PSA_ERROR_HARDWARE_FAILURE:     return "PSA_ERROR_HARDWARE_FAILURE";
    case PSA_ERROR_CORRUPTION_DETECTED:  return "PSA_ERROR_CORRUPTION_DETECTED";
    case PSA_ERROR_INVALID_SIGNATURE:    return "PSA_ERROR_INVALID_SIGNATURE";
    case MBEDTLS_ERR_PK_TYPE_MISMATCH:   return "MBEDTLS_ERR_PK_TYPE_MISMATCH";
    case MBEDTLS_ERR_PK_ALLOC_FAILED:    return "MBEDTLS_ERR_PK_ALLOC_FAILED";
    case MBEDTLS_ERR_X509_INVALID_FORMAT: return "MBEDTLS_ERR_X509_INVALID_FORMAT";
    case MBEDTLS_ERR_X509_ALLOC_FAILED:  return "MBEDTLS_ERR_X509_ALLOC_FAILED";
    default:                             return "";
    }
}

static int generate(struct key *key, psa_key_usage_t usage)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1));
    psa_set_key_bits(&attributes, 256);
    psa_set_key_usage_flags(&attributes, usage);
    psa_set_key_algorithm(&attributes, PSA_ALG_ECDSA(PSA_ALG_SHA_256));
    psa_status_t status = psa_generate_key(&attributes, &key->id);
    return status != PSA_SUCCESS ? status : mbedtls_pk_setup_opaque(&key->pk, key->id);
}

static void destroy(struct key *key)
{
    mbedtls_pk_free(&key->pk);
    psa_destroy_key(key->id);
}

/* PK writes SEC1 only: PrivateKeyInfo (RFC 5208) is put around it. */
static int write_pkcs8_pem(const mbedtls_pk_context *pk, text_t text)
{
    unsigned char der[160];
    unsigned char *at = der + sizeof(der);
    size_t length, parameters = 0;
    int ret = mbedtls_pk_write_key_der(pk, der, sizeof(der));
    if (ret < 0) {
        goto end;
    }
    length = (size_t)ret;
    at -= length;
    MBEDTLS_ASN1_CHK_CLEANUP_ADD(length, mbedtls_asn1_write_len(&at, der, length));
    MBEDTLS_ASN1_CHK_CLEANUP_ADD(length,
                                 mbedtls_asn1_write_tag(&at, der, MBEDTLS_ASN1_OCTET_STRING));
    MBEDTLS_ASN1_CHK_CLEANUP_ADD(parameters,
                                 mbedtls_asn1_write_oid(&at, der, MBEDTLS_OID_EC_GRP_SECP256R1,
                                                        MBEDTLS_OID_SIZE(MBEDTLS_OID_EC_GRP_SECP256R1)));
    MBEDTLS_ASN1_CHK_CLEANUP_ADD(length,
                                 mbedtls_asn1_write_algorithm_identifier(
                                     &at, der, MBEDTLS_OID_EC_ALG_UNRESTRICTED,
                                     MBEDTLS_OID_SIZE(MBEDTLS_OID_EC_ALG_UNRESTRICTED), parameters));
    MBEDTLS_ASN1_CHK_CLEANUP_ADD(length, mbedtls_asn1_write_int(&at, der, 0));
    MBEDTLS_ASN1_CHK_CLEANUP_ADD(length, mbedtls_asn1_write_len(&at, der, length));
    MBEDTLS_ASN1_CHK_CLEANUP_ADD(length,
                                 mbedtls_asn1_write_tag(&at, der, MBEDTLS_ASN1_CONSTRUCTED |
                                                                  MBEDTLS_ASN1_SEQUENCE));
    ret = mbedtls_pem_write_buffer("-----BEGIN PRIVATE KEY-----\n", "-----END PRIVATE KEY-----\n",
                                   at, length, text, sizeof(text_t), &length);
cleanup:
end:
    mbedtls_platform_zeroize(der, sizeof(der));
    return ret;
}

static int write_csr_pem(mbedtls_pk_context *pk, const char *subject, text_t text)
{
    mbedtls_x509write_csr csr;
    mbedtls_x509write_csr_init(&csr);
    mbedtls_x509write_csr_set_key(&csr, pk);
    mbedtls_x509write_csr_set_md_alg(&csr, MBEDTLS_MD_SHA256);
    int ret = mbedtls_x509write_csr_set_subject_name(&csr, subject);
    if (ret == 0) {
        ret = mbedtls_x509write_csr_pem(&csr, text, sizeof(text_t), mbedtls_psa_get_random,
                                        MBEDTLS_PSA_RANDOM_STATE);
    }
    mbedtls_x509write_csr_free(&csr);
    return ret;
}

static int exportable_key(struct key *key, text_t text)
{
    int ret = generate(key, SIGNING | PSA_KEY_USAGE_EXPORT);
    if (ret != 0) {
        return ret;
    }
    say("== private key, SEC1");
    if ((ret = mbedtls_pk_write_key_pem(&key->pk, text, sizeof(text_t))) != 0) {
        return ret;
    }
    say((char *)text);
    say("== private key, PKCS#8");
    if ((ret = write_pkcs8_pem(&key->pk, text)) != 0) {
        return ret;
    }
    say((char *)text);
    mbedtls_platform_zeroize(text, sizeof(text_t));
    say("== its public key");
    if ((ret = mbedtls_pk_write_pubkey_pem(&key->pk, text, sizeof(text_t))) != 0) {
        return ret;
    }
    say((char *)text);
    return 0;
}

static int device_key(struct key *key, text_t text)
{
    size_t length;
    int ret = generate(key, SIGNING);
    if (ret != 0) {
        return ret;
    }
    if ((ret = psa_export_key(key->id, text, sizeof(text_t), &length)) == PSA_SUCCESS) {
        return PSA_ERROR_CORRUPTION_DETECTED;
    }
    print("without EXPORT: ");
    say(name_of(ret));
    say("== public key of the device");
    if ((ret = mbedtls_pk_write_pubkey_pem(&key->pk, text, sizeof(text_t))) != 0) {
        return ret;
    }
    say((char *)text);
    say("== request of the device");
    if ((ret = write_csr_pem(&key->pk, "CN=device-0001,O=Example", text)) != 0) {
        return ret;
    }
    say((char *)text);
    return 0;
}

static int matches(const mbedtls_x509_crt *certificate, const struct key *key)
{
    return mbedtls_pk_check_pair(&certificate->pk, &key->pk, mbedtls_psa_get_random,
                                 MBEDTLS_PSA_RANDOM_STATE);
}

static int certificate(const struct key *device, const struct key *other, text_t text)
{
    size_t length;
    say("waiting for the certificate");
    do {
        length = board_read_file(CERTIFICATE, text, sizeof(text_t) - 1);
    } while (length == 0);
    text[length] = '\0';

    mbedtls_x509_crt parsed;
    mbedtls_x509_crt_init(&parsed);
    int ret = mbedtls_x509_crt_parse(&parsed, text, length + 1);
    if (ret == 0 && (ret = matches(&parsed, device)) == 0) {
        say("the certificate is the device's");
        if (matches(&parsed, other) != 0) {
            say("and not the other key's");
        } else {
            ret = PSA_ERROR_CORRUPTION_DETECTED;
        }
    }
    mbedtls_x509_crt_free(&parsed);
    return ret;
}

static int journey(void)
{
    text_t text;
    struct key exportable = { PSA_KEY_ID_NULL, { 0 } }, device = { PSA_KEY_ID_NULL, { 0 } };
    mbedtls_pk_init(&exportable.pk);
    mbedtls_pk_init(&device.pk);
    int ret = psa_crypto_init();
    if (ret == PSA_SUCCESS && (ret = exportable_key(&exportable, text)) == 0 &&
        (ret = device_key(&device, text)) == 0) {
        ret = certificate(&device, &exportable, text);
    }
    destroy(&device);
    destroy(&exportable);
    return ret;
}

int main(void)
{
    int ret = journey();
    if (ret != 0) {
        print("the journey ended early: ");
        say(name_of(ret));
    }
    say_number("heap, most in use: ", board_heap_peak());
    say_number("stack, most in use: ", board_stack_peak());
    return ret == 0 ? 0 : 1;
}
