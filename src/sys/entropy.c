/* Mbed TLS 3.6 mixes what its entropy sources give with a hash that stands on the heap. When there is no memory to begin that
 * hash anew (mbedtls_entropy_func), it is left without its state, and the next source is mixed into address 0. Here a source that
 * gives nothing comes before the others, and sees to it that such a hash counts as not begun: it is begun with the next source. */
#define MBEDTLS_ALLOW_PRIVATE_ACCESS
#include <psa/crypto.h>

#if defined(MBEDTLS_PSA_CRYPTO_C)

psa_status_t mbedtls_psa_3_6_crypto_init(void);

#if defined(MBEDTLS_PSA_CRYPTO_EXTERNAL_RNG)

psa_status_t mbedtls_psa_3_6_crypto_init(void)
{
    return psa_crypto_init();
}

#else

#include <mbedtls/entropy.h>

/* Declared in library/psa_crypto_invasive.h. */
psa_status_t mbedtls_psa_crypto_configure_entropy_sources(
    void (*entropy_init)(mbedtls_entropy_context *context),
    void (*entropy_free)(mbedtls_entropy_context *context));

static int begin_anew(void *data, unsigned char *output, size_t size, size_t *given)
{
    mbedtls_entropy_context *context = data;
    (void) output;
    (void) size;
    if (context->accumulator_started != 0 && context->accumulator.md_ctx == NULL) {
        mbedtls_md_free(&context->accumulator);
        mbedtls_md_init(&context->accumulator);
        context->accumulator_started = 0;
    }
    *given = 0;
    return 0;
}

static void init(mbedtls_entropy_context *context)
{
    mbedtls_entropy_init(context);
    if (mbedtls_entropy_add_source(context, begin_anew, context, 0, MBEDTLS_ENTROPY_SOURCE_WEAK) != 0) {
        /* Without sources there are no random numbers, and no keys. */
        context->source_count = 0;
        return;
    }
    int last = context->source_count - 1;
    mbedtls_entropy_source_state ours = context->source[last];
    for (; last > 0; last--) {
        context->source[last] = context->source[last - 1];
    }
    context->source[0] = ours;
}

/* psa_crypto_init, with that source. Once the core has begun, its sources stay as they are. */
psa_status_t mbedtls_psa_3_6_crypto_init(void)
{
    (void) mbedtls_psa_crypto_configure_entropy_sources(init, mbedtls_entropy_free);
    return psa_crypto_init();
}

#endif
#endif
