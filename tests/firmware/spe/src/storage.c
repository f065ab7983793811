/* Internal Trusted Storage and Protected Storage, both in RAM: gone after a reset. */
#include <string.h>

#include "psa/internal_trusted_storage.h"
#include "spe.h"
#include "tfm_its_defs.h"
#include "tfm_ps_defs.h"

/* TF-M's limits. */
#define ASSETS         10
#define ITS_ASSET_SIZE 512
#define PS_ASSET_SIZE  2048

struct asset {
    bool used;
    int32_t owner;
    psa_storage_uid_t uid;
    psa_storage_create_flags_t flags;
    size_t size;
};

struct store {
    struct asset assets[ASSETS];
    size_t room;
    uint8_t *data; /* ASSETS times `room` bytes */
};

static uint8_t its_data[ASSETS][ITS_ASSET_SIZE], ps_data[ASSETS][PS_ASSET_SIZE];
static struct store its = { .room = ITS_ASSET_SIZE, .data = its_data[0] };
static struct store ps = { .room = PS_ASSET_SIZE, .data = ps_data[0] };

static uint8_t *data_of(struct store *store, const struct asset *asset)
{
    return store->data + (size_t)(asset - store->assets) * store->room;
}

static psa_status_t find(struct store *store, int32_t owner, psa_storage_uid_t uid,
                         struct asset **found)
{
    if (uid == TFM_ITS_INVALID_UID) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    for (size_t i = 0; i < ASSETS; i++) {
        struct asset *asset = &store->assets[i];
        if (asset->used && asset->owner == owner && asset->uid == uid) {
            *found = asset;
            return PSA_SUCCESS;
        }
    }
    return PSA_ERROR_DOES_NOT_EXIST;
}

/* Makes, or replaces, an asset of `size` bytes that the caller then fills. */
static psa_status_t reserve(struct store *store, int32_t owner, psa_storage_uid_t uid, size_t size,
                            psa_storage_create_flags_t flags, uint8_t **data)
{
    const psa_storage_create_flags_t known = PSA_STORAGE_FLAG_WRITE_ONCE |
                                             PSA_STORAGE_FLAG_NO_CONFIDENTIALITY |
                                             PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION;
    struct asset *asset = NULL;
    psa_status_t status = find(store, owner, uid, &asset);

    if (status == PSA_ERROR_INVALID_ARGUMENT) {
        return status;
    }
    if ((flags & ~known) != 0) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (size > store->room) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (status == PSA_SUCCESS && (asset->flags & PSA_STORAGE_FLAG_WRITE_ONCE) != 0) {
        return PSA_ERROR_NOT_PERMITTED;
    }
    for (size_t i = 0; asset == NULL && i < ASSETS; i++) {
        if (!store->assets[i].used) {
            asset = &store->assets[i];
        }
    }
    if (asset == NULL) {
        return PSA_ERROR_INSUFFICIENT_STORAGE;
    }
    *asset = (struct asset){ .used = true, .owner = owner, .uid = uid, .flags = flags, .size = size };
    *data = data_of(store, asset);
    return PSA_SUCCESS;
}

/* What lies from `offset` on, at most `*length` bytes. */
static psa_status_t locate(struct store *store, int32_t owner, psa_storage_uid_t uid, size_t offset,
                           const uint8_t **data, size_t *length)
{
    struct asset *asset;
    psa_status_t status = find(store, owner, uid, &asset);

    if (status != PSA_SUCCESS) {
        return status;
    }
    if (offset > asset->size) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (*length > asset->size - offset) {
        *length = asset->size - offset;
    }
    *data = data_of(store, asset) + offset;
    return PSA_SUCCESS;
}

static psa_status_t info(struct store *store, int32_t owner, psa_storage_uid_t uid,
                         struct psa_storage_info_t *into)
{
    struct asset *asset;
    psa_status_t status = find(store, owner, uid, &asset);
    if (status == PSA_SUCCESS) {
        *into = (struct psa_storage_info_t){ asset->size, asset->size, asset->flags };
    }
    return status;
}

static psa_status_t discard(struct store *store, int32_t owner, psa_storage_uid_t uid)
{
    struct asset *asset;
    psa_status_t status = find(store, owner, uid, &asset);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if ((asset->flags & PSA_STORAGE_FLAG_WRITE_ONCE) != 0) {
        return PSA_ERROR_NOT_PERMITTED;
    }
    memset(data_of(store, asset), 0, store->room);
    *asset = (struct asset){ 0 };
    return PSA_SUCCESS;
}

/* What both services answer alike; anything else is the caller's to refuse. */
static bool serve(struct store *store, struct spe_message *message, psa_status_t *status)
{
    psa_storage_uid_t uid = TFM_ITS_INVALID_UID;
    psa_storage_create_flags_t flags = 0;
    struct psa_storage_info_t found;
    uint32_t offset = 0;
    const uint8_t *from;
    uint8_t *to;
    size_t length = message->out_size[0];

    *status = PSA_ERROR_PROGRAMMER_ERROR;
    bool sizes_right = message->in_size[0] == sizeof(uid);
    spe_read(message, 0, &uid, sizeof(uid));

    switch (message->type) {
    case TFM_ITS_SET:
        if (sizes_right && message->in_size[2] == sizeof(flags)) {
            spe_read(message, 2, &flags, sizeof(flags));
            *status = reserve(store, message->client, uid, message->in_size[1], flags, &to);
            if (*status == PSA_SUCCESS) {
                spe_read(message, 1, to, store->room);
            }
        }
        return true;
    case TFM_ITS_GET:
        if (sizes_right && message->in_size[1] == sizeof(offset)) {
            spe_read(message, 1, &offset, sizeof(offset));
            *status = locate(store, message->client, uid, offset, &from, &length);
            if (*status == PSA_SUCCESS) {
                spe_write(message, 0, from, length);
            }
        }
        return true;
    case TFM_ITS_GET_INFO:
        if (sizes_right && message->out_size[0] == sizeof(found)) {
            *status = info(store, message->client, uid, &found);
            if (*status == PSA_SUCCESS) {
                spe_write(message, 0, &found, sizeof(found));
            }
        }
        return true;
    case TFM_ITS_REMOVE:
        if (sizes_right) {
            *status = discard(store, message->client, uid);
        }
        return true;
    default:
        return false;
    }
}

psa_status_t spe_its_service(struct spe_message *message)
{
    psa_status_t status;
    return serve(&its, message, &status) ? status : PSA_ERROR_NOT_SUPPORTED;
}

psa_status_t spe_ps_service(struct spe_message *message)
{
    const uint32_t no_optional_feature = 0;
    psa_status_t status;

    if (message->type == TFM_PS_GET_SUPPORT && message->out_size[0] == sizeof(uint32_t)) {
        spe_write(message, 0, &no_optional_feature, sizeof(no_optional_feature));
        return PSA_SUCCESS;
    }
    return serve(&ps, message, &status) ? status : PSA_ERROR_PROGRAMMER_ERROR;
}

/* Persistent keys of the PSA core: the same store, another owner. */
psa_status_t psa_its_set(psa_storage_uid_t uid, size_t data_length, const void *p_data,
                         psa_storage_create_flags_t create_flags)
{
    uint8_t *data;
    psa_status_t status =
        reserve(&its, SPE_CLIENT_CRYPTO, uid, data_length, create_flags, &data);
    if (status == PSA_SUCCESS) {
        memcpy(data, p_data, data_length);
    }
    return status;
}

psa_status_t psa_its_get(psa_storage_uid_t uid, size_t data_offset, size_t data_size, void *p_data,
                         size_t *p_data_length)
{
    const uint8_t *data;
    *p_data_length = data_size;
    psa_status_t status = locate(&its, SPE_CLIENT_CRYPTO, uid, data_offset, &data, p_data_length);
    if (status == PSA_SUCCESS) {
        memcpy(p_data, data, *p_data_length);
    } else {
        *p_data_length = 0;
    }
    return status;
}

psa_status_t psa_its_get_info(psa_storage_uid_t uid, struct psa_storage_info_t *p_info)
{
    return info(&its, SPE_CLIENT_CRYPTO, uid, p_info);
}

psa_status_t psa_its_remove(psa_storage_uid_t uid)
{
    return discard(&its, SPE_CLIENT_CRYPTO, uid);
}
