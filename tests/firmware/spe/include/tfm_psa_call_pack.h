/* How type and vector counts of psa_call share one word (TF-M 2.0 and later):
 * bits 0..15 type, 16..18 number of outputs, 24..26 number of inputs. */
#ifndef TFM_PSA_CALL_PACK_H
#define TFM_PSA_CALL_PACK_H

#include "psa/client.h"

#define TYPE_MASK      0xFFFFUL
#define OUT_LEN_OFFSET 16
#define OUT_LEN_MASK   (0x7UL << OUT_LEN_OFFSET)
#define IN_LEN_OFFSET  24
#define IN_LEN_MASK    (0x7UL << IN_LEN_OFFSET)

#define PARAM_PACK(type, in_len, out_len)                   \
    (((uint32_t)(type) & TYPE_MASK) |                       \
     (((uint32_t)(in_len) << IN_LEN_OFFSET) & IN_LEN_MASK) | \
     (((uint32_t)(out_len) << OUT_LEN_OFFSET) & OUT_LEN_MASK))

#define PARAM_UNPACK_TYPE(ctrl)    ((int32_t)(int16_t)((ctrl) & TYPE_MASK))
#define PARAM_UNPACK_IN_LEN(ctrl)  ((size_t)(((ctrl) & IN_LEN_MASK) >> IN_LEN_OFFSET))
#define PARAM_UNPACK_OUT_LEN(ctrl) ((size_t)(((ctrl) & OUT_LEN_MASK) >> OUT_LEN_OFFSET))

#endif
