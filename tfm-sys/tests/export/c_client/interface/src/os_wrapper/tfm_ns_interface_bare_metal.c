/* For tests: one thread, no lock. */
#include <stdint.h>

typedef uint32_t (*veneer)(uint32_t, uint32_t, uint32_t, uint32_t);

uint32_t dispatch(veneer function, uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
    return function(a, b, c, d);
}
