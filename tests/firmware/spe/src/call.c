/* psa_call: which service, may the caller use this memory, then the service. */
#include <string.h>

#include "psa_manifest/sid.h"
#include "spe.h"
#include "tfm_psa_call_pack.h"

static const struct service {
    uint32_t sid;
    uint32_t version;
    psa_handle_t handle;
    psa_status_t (*serve)(struct spe_message *message);
} services[] = {
    { TFM_CRYPTO_SID, TFM_CRYPTO_VERSION, TFM_CRYPTO_HANDLE, spe_crypto_service },
    { TFM_PROTECTED_STORAGE_SERVICE_SID, TFM_PROTECTED_STORAGE_SERVICE_VERSION,
      TFM_PROTECTED_STORAGE_SERVICE_HANDLE, spe_ps_service },
    { TFM_INTERNAL_TRUSTED_STORAGE_SERVICE_SID, TFM_INTERNAL_TRUSTED_STORAGE_SERVICE_VERSION,
      TFM_INTERNAL_TRUSTED_STORAGE_SERVICE_HANDLE, spe_its_service },
    { TFM_ATTESTATION_SERVICE_SID, TFM_ATTESTATION_SERVICE_VERSION, TFM_ATTESTATION_SERVICE_HANDLE,
      spe_attestation_service },
    { TFM_PLATFORM_SERVICE_SID, TFM_PLATFORM_SERVICE_VERSION, TFM_PLATFORM_SERVICE_HANDLE,
      spe_platform_service },
};

#define SERVICES (sizeof(services) / sizeof(services[0]))

uint32_t spe_service_version(uint32_t sid)
{
    for (size_t i = 0; i < SERVICES; i++) {
        if (services[i].sid == sid) {
            return services[i].version;
        }
    }
    return PSA_VERSION_NONE;
}

/* Of nothing, the pointer may be any. */
static void copy(void *to, const void *from, size_t length)
{
    if (length != 0) {
        memcpy(to, from, length);
    }
}

static bool overlap(const psa_invec *a, const psa_invec *b)
{
    uintptr_t a_start = (uintptr_t)a->base, b_start = (uintptr_t)b->base;
    return a_start < b_start + b->len && b_start < a_start + a->len;
}

/* Takes the caller's descriptors, once, and checks everything they say. */
static bool accept(struct spe_message *message, uint32_t ctrl, const psa_invec *in,
                   const psa_outvec *out)
{
    size_t inputs = PARAM_UNPACK_IN_LEN(ctrl), outputs = PARAM_UNPACK_OUT_LEN(ctrl);
    psa_invec in_copy[PSA_MAX_IOVEC];
    psa_outvec out_copy[PSA_MAX_IOVEC];

    message->type = PARAM_UNPACK_TYPE(ctrl);
    if (message->type < 0 || inputs + outputs > PSA_MAX_IOVEC ||
        !spe_caller_may(in, inputs * sizeof(*in), SPE_READ) ||
        !spe_caller_may(out, outputs * sizeof(*out), SPE_READ_WRITE)) {
        return false;
    }
    copy(in_copy, in, inputs * sizeof(*in));
    copy(out_copy, out, outputs * sizeof(*out));

    for (size_t i = 0; i < inputs; i++) {
        if (!spe_caller_may(in_copy[i].base, in_copy[i].len, SPE_READ)) {
            return false;
        }
        for (size_t j = 0; j < i; j++) {
            if (overlap(&in_copy[i], &in_copy[j])) {
                return false;
            }
        }
        message->in[i] = in_copy[i].base;
        message->in_size[i] = in_copy[i].len;
    }
    for (size_t i = 0; i < outputs; i++) {
        if (!spe_caller_may(out_copy[i].base, out_copy[i].len, SPE_READ_WRITE)) {
            return false;
        }
        message->out[i] = out_copy[i].base;
        message->out_size[i] = out_copy[i].len;
    }
    return true;
}

psa_status_t spe_call(psa_handle_t handle, uint32_t ctrl, const psa_invec *in, psa_outvec *out)
{
    struct spe_message message = { .client = SPE_CLIENT_NON_SECURE };
    const struct service *service = NULL;

    for (size_t i = 0; i < SERVICES; i++) {
        if (services[i].handle == handle) {
            service = &services[i];
        }
    }
    if (service == NULL || !accept(&message, ctrl, in, out)) {
        return PSA_ERROR_PROGRAMMER_ERROR;
    }
    psa_status_t status = service->serve(&message);
    for (size_t i = 0; i < PARAM_UNPACK_OUT_LEN(ctrl); i++) {
        out[i].len = message.written[i];
    }
    return status;
}

size_t spe_read(const struct spe_message *message, unsigned index, void *to, size_t room)
{
    size_t length = message->in_size[index] < room ? message->in_size[index] : room;
    copy(to, message->in[index], length);
    return length;
}

void spe_write(struct spe_message *message, unsigned index, const void *from, size_t length)
{
    if (length > message->out_size[index] - message->written[index]) {
        spe_panic("a service writes more than the caller has room for");
    }
    if (length != 0) {
        memcpy((uint8_t *)message->out[index] + message->written[index], from, length);
        message->written[index] += length;
    }
}
