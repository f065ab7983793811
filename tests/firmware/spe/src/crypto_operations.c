/* The eight multi-part operations that may be open at a time. */
#include <string.h>

#include "crypto.h"

#define OPERATIONS 8

static struct {
    enum crypto_kind kind;
    union crypto_operation operation;
} open_operations[OPERATIONS];

psa_status_t crypto_operation_open(enum crypto_kind kind, uint32_t *handle,
                                   union crypto_operation **op)
{
    if (*handle != 0) {
        return PSA_ERROR_BAD_STATE;
    }
    for (uint32_t i = 0; i < OPERATIONS; i++) {
        if (open_operations[i].kind == KIND_NONE) {
            open_operations[i].kind = kind;
            *handle = i + 1;
            *op = &open_operations[i].operation;
            return PSA_SUCCESS;
        }
    }
    return PSA_ERROR_NOT_PERMITTED;
}

psa_status_t crypto_operation_find(enum crypto_kind kind, uint32_t handle,
                                   union crypto_operation **op)
{
    if (handle == 0 || handle > OPERATIONS || open_operations[handle - 1].kind != kind) {
        return PSA_ERROR_BAD_STATE;
    }
    *op = &open_operations[handle - 1].operation;
    return PSA_SUCCESS;
}

void crypto_operation_close(uint32_t *handle)
{
    memset(&open_operations[*handle - 1], 0, sizeof(open_operations[0]));
    *handle = 0;
}
