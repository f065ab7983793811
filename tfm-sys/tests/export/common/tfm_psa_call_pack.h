/* For tests. */
#define PARAM_PACK(type, in_len, out_len) \
    (((uint32_t) (type) & 0xFFFF) | ((uint32_t) (in_len) & 7) << 24 | ((uint32_t) (out_len) & 7) << 16)
