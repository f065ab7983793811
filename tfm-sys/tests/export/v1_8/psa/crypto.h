/* For tests: attributes as TF-M 1.8 has them. */
#include <stdint.h>
typedef uint32_t psa_key_id_t;
typedef uint32_t psa_algorithm_t;
typedef struct {
    uint16_t type;
    uint16_t bits;
    uint32_t lifetime;
    psa_key_id_t id;
    uint32_t usage;
    psa_algorithm_t alg;
} psa_key_attributes_t;
