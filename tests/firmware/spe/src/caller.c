/* Whether the caller could access memory itself, as the hardware says. */
#include <arm_cmse.h>

#include "spe.h"

/* Wrapped lengths, secure addresses and memory that the caller's MPU denies are refused. */
bool spe_caller_may(const void *start, size_t length, enum spe_access access)
{
    uint32_t control;
    __asm volatile("mrs %0, control_ns" : "=r"(control));
    if (length == 0) {
        return true;
    }
    int flags = CMSE_NONSECURE | (access == SPE_READ ? CMSE_MPU_READ : CMSE_MPU_READWRITE) |
                ((control & 1u) != 0 ? CMSE_MPU_UNPRIV : 0);
    return cmse_check_address_range((void *)start, length, flags) != NULL;
}
