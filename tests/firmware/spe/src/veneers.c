/* The doors. Each is entered from the non-secure state, in thread mode, one call at a time. */
#include <arm_cmse.h>
#include <stdatomic.h>

#include "spe.h"
#include "tfm_veneers.h"

#define VENEER __attribute__((cmse_nonsecure_entry, used))

static atomic_flag busy = ATOMIC_FLAG_INIT;

static void enter(void)
{
    uint32_t exception;
    __asm volatile("mrs %0, ipsr" : "=r"(exception));
    if (exception != 0) {
        spe_panic("called from an interrupt handler (SecureFault in TF-M)");
    }
    if (atomic_flag_test_and_set(&busy)) {
        spe_panic("called while another call is in progress (SecureFault in TF-M)");
    }
}

static void leave(void)
{
    atomic_flag_clear(&busy);
}

VENEER uint32_t tfm_psa_framework_version_veneer(void)
{
    enter();
    leave();
    return PSA_FRAMEWORK_VERSION;
}

VENEER uint32_t tfm_psa_version_veneer(uint32_t sid)
{
    enter();
    uint32_t version = spe_service_version(sid);
    leave();
    return version;
}

/* All services are connection-less. */
VENEER psa_handle_t tfm_psa_connect_veneer(uint32_t sid, uint32_t version)
{
    (void)sid;
    (void)version;
    enter();
    leave();
    return PSA_ERROR_NOT_SUPPORTED;
}

VENEER psa_status_t tfm_psa_call_veneer(psa_handle_t handle, uint32_t ctrl_param,
                                        const psa_invec *in_vec, psa_outvec *out_vec)
{
    enter();
    psa_status_t status = spe_call(handle, ctrl_param, in_vec, out_vec);
    leave();
    return status;
}

VENEER void tfm_psa_close_veneer(psa_handle_t handle)
{
    (void)handle;
    enter();
    leave();
}
