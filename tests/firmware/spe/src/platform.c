/* The platform service: three counters that only go up (until the next reset), reset, no ioctl. */
#include <string.h>

#include "spe.h"
#include "tfm_platform_api.h"

#define COUNTERS 3

static uint32_t counters[COUNTERS];

/* Only input 0, of four bytes, and the given outputs may be there. */
static bool counter_id(const struct spe_message *message, bool output, uint32_t *id)
{
    if (message->in_size[0] != sizeof(*id) || message->in_size[1] != 0 ||
        message->out_size[1] != 0 || (message->out_size[0] != 0) != output) {
        return false;
    }
    spe_read(message, 0, id, sizeof(*id));
    return *id < COUNTERS;
}

static psa_status_t read_counter(struct spe_message *message)
{
    uint32_t id;
    if (!counter_id(message, true, &id) || message->out_size[0] != sizeof(counters[id])) {
        return TFM_PLATFORM_ERR_SYSTEM_ERROR;
    }
    spe_write(message, 0, &counters[id], sizeof(counters[id]));
    return TFM_PLATFORM_ERR_SUCCESS;
}

static psa_status_t increment_counter(struct spe_message *message)
{
    uint32_t id;
    if (!counter_id(message, false, &id) || counters[id] == UINT32_MAX) {
        return TFM_PLATFORM_ERR_SYSTEM_ERROR;
    }
    counters[id]++;
    return TFM_PLATFORM_ERR_SUCCESS;
}

/* AN521 has no platform function to offer, in TF-M as here. */
static psa_status_t platform_function(struct spe_message *message)
{
    tfm_platform_ioctl_req_t request;
    if (message->in_size[0] == 0) {
        return TFM_PLATFORM_ERR_SYSTEM_ERROR;
    }
    if (spe_read(message, 0, &request, sizeof(request)) != sizeof(request)) {
        return PSA_ERROR_PROGRAMMER_ERROR;
    }
    return TFM_PLATFORM_ERR_NOT_SUPPORTED;
}

psa_status_t spe_platform_service(struct spe_message *message)
{
    switch (message->type) {
    case TFM_PLATFORM_API_ID_NV_READ:
        return read_counter(message);
    case TFM_PLATFORM_API_ID_NV_INCREMENT:
        return increment_counter(message);
    case TFM_PLATFORM_API_ID_SYSTEM_RESET:
        spe_print("\r\n[stand-in SPE] reset requested by the non-secure side\r\n");
        spe_board_reset();
    case TFM_PLATFORM_API_ID_IOCTL:
        return platform_function(message);
    default:
        return PSA_ERROR_NOT_SUPPORTED;
    }
}
