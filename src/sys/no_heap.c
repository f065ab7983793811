/* newlib's formatted print can ask for memory, for streams that nobody opens here. There is none: the heap is the
 * application's, in Rust. An application with a newlib heap of its own brings its own function, which is found first. */
#include <stddef.h>

void *_sbrk(ptrdiff_t increment);
void *_sbrk(ptrdiff_t increment)
{
    (void) increment;
    return (void *) -1;
}
