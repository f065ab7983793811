/* For tests: the pack as TF-M 1.8 has it, and one of its functions. */
#include <stddef.h>
struct tfm_crypto_pack_iovec {
    psa_key_id_t key_id;
    psa_algorithm_t alg;
    uint32_t op_handle;
    size_t capacity;
    size_t ad_length;
    size_t plaintext_length;
    struct {
        uint8_t nonce[16];
        uint32_t nonce_length;
    } aead_in;
    uint16_t function_id;
    uint16_t step;
};
enum { TFM_CRYPTO_GENERATE_RANDOM_SID = 0 };
