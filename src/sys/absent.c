/* Functions of the PSA Crypto API that the headers of Mbed TLS declare and its library has not: never, or not with this
 * configuration. What calls them links, and is told so. */
#include <psa/crypto.h>

#if defined(MBEDTLS_PSA_CRYPTO_C)

/* Declared since 3.6.0, defined nowhere in 3.6. */
psa_status_t psa_key_derivation_verify_bytes(
    psa_key_derivation_operation_t *operation, const uint8_t *expected, size_t expected_length)
{
    (void) operation;
    (void) expected;
    (void) expected_length;
    return PSA_ERROR_NOT_SUPPORTED;
}

psa_status_t psa_key_derivation_verify_key(
    psa_key_derivation_operation_t *operation, psa_key_id_t expected)
{
    (void) operation;
    (void) expected;
    return PSA_ERROR_NOT_SUPPORTED;
}

/* No exchange is ever active: what begins one says that there is none. */
#if !defined(PSA_WANT_ALG_SOME_PAKE)

psa_status_t psa_pake_setup(
    psa_pake_operation_t *operation, const psa_pake_cipher_suite_t *cipher_suite)
{
    (void) operation;
    (void) cipher_suite;
    return PSA_ERROR_NOT_SUPPORTED;
}

psa_status_t psa_pake_set_password_key(
    psa_pake_operation_t *operation, mbedtls_svc_key_id_t password)
{
    (void) operation;
    (void) password;
    return PSA_ERROR_BAD_STATE;
}

psa_status_t psa_pake_set_user(
    psa_pake_operation_t *operation, const uint8_t *user_id, size_t user_id_len)
{
    (void) operation;
    (void) user_id;
    (void) user_id_len;
    return PSA_ERROR_BAD_STATE;
}

psa_status_t psa_pake_set_peer(
    psa_pake_operation_t *operation, const uint8_t *peer_id, size_t peer_id_len)
{
    (void) operation;
    (void) peer_id;
    (void) peer_id_len;
    return PSA_ERROR_BAD_STATE;
}

psa_status_t psa_pake_set_role(psa_pake_operation_t *operation, psa_pake_role_t role)
{
    (void) operation;
    (void) role;
    return PSA_ERROR_BAD_STATE;
}

psa_status_t psa_pake_output(
    psa_pake_operation_t *operation, psa_pake_step_t step,
    uint8_t *output, size_t output_size, size_t *output_length)
{
    (void) operation;
    (void) step;
    (void) output;
    (void) output_size;
    *output_length = 0;
    return PSA_ERROR_BAD_STATE;
}

psa_status_t psa_pake_input(
    psa_pake_operation_t *operation, psa_pake_step_t step, const uint8_t *input, size_t input_length)
{
    (void) operation;
    (void) step;
    (void) input;
    (void) input_length;
    return PSA_ERROR_BAD_STATE;
}

psa_status_t psa_pake_get_implicit_key(
    psa_pake_operation_t *operation, psa_key_derivation_operation_t *output)
{
    (void) operation;
    (void) output;
    return PSA_ERROR_BAD_STATE;
}

psa_status_t psa_pake_abort(psa_pake_operation_t *operation)
{
    (void) operation;
    return PSA_SUCCESS;
}

#endif /* !PSA_WANT_ALG_SOME_PAKE */

#endif /* MBEDTLS_PSA_CRYPTO_C */
