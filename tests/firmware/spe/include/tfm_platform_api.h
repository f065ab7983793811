/* The platform service: NV counters, system reset, ioctl. */
#ifndef TFM_PLATFORM_API_H
#define TFM_PLATFORM_API_H

#include <limits.h>
#include <stdint.h>

#include "psa/client.h"

#define TFM_PLATFORM_API_VERSION_MAJOR   (0)
#define TFM_PLATFORM_API_VERSION_MINOR   (3)

#define TFM_PLATFORM_API_ID_NV_READ      (1010)
#define TFM_PLATFORM_API_ID_NV_INCREMENT (1011)
#define TFM_PLATFORM_API_ID_SYSTEM_RESET (1012)
#define TFM_PLATFORM_API_ID_IOCTL        (1013)

/* The service answers with these small positive numbers, not with PSA codes. */
enum tfm_platform_err_t {
    TFM_PLATFORM_ERR_SUCCESS = 0,
    TFM_PLATFORM_ERR_SYSTEM_ERROR,
    TFM_PLATFORM_ERR_INVALID_PARAM,
    TFM_PLATFORM_ERR_NOT_SUPPORTED,
    TFM_PLATFORM_ERR_FORCE_INT_SIZE = INT_MAX
};

typedef int32_t tfm_platform_ioctl_req_t;

enum tfm_platform_err_t tfm_platform_system_reset(void);
enum tfm_platform_err_t tfm_platform_ioctl(tfm_platform_ioctl_req_t request, psa_invec *input,
                                           psa_outvec *output);
enum tfm_platform_err_t tfm_platform_nv_counter_increment(uint32_t counter_id);
enum tfm_platform_err_t tfm_platform_nv_counter_read(uint32_t counter_id, uint32_t size,
                                                     uint8_t *val);

#endif
