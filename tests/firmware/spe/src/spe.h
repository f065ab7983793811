/* What the parts of the stand-in secure side know of each other. */
#ifndef SPE_H
#define SPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "psa/client.h"
#include "psa/storage_common.h"

/* Who asks. Non-secure callers are negative, as in the PSA Firmware Framework. */
#define SPE_CLIENT_NON_SECURE (-1)
#define SPE_CLIENT_CRYPTO     (1)

/* console.c */
void spe_console_init(void);
void spe_console_use_non_secure_alias(void);
void spe_print(const char *text);
void spe_print_hex(uint32_t value);

/* board.c */
void spe_board_protect(void);
_Noreturn void spe_board_reset(void);
_Noreturn void spe_board_start_non_secure(void);

/* caller.c: could the caller itself access all of this? An empty range may point anywhere. */
enum spe_access { SPE_READ, SPE_READ_WRITE };
bool spe_caller_may(const void *start, size_t length, enum spe_access access);

/* faults.c: says why on the console, then resets, as TF-M does. */
_Noreturn void spe_panic(const char *why);

/* One checked call. The pointers were found to lie in memory that the caller may use; what stands
 * there can still change while the call runs, so each input is read once, into secure memory. */
struct spe_message {
    int32_t client;
    int32_t type;
    const void *in[PSA_MAX_IOVEC];
    size_t in_size[PSA_MAX_IOVEC];
    void *out[PSA_MAX_IOVEC];
    size_t out_size[PSA_MAX_IOVEC];
    size_t written[PSA_MAX_IOVEC];
};

/* call.c */
uint32_t spe_service_version(uint32_t sid);
psa_status_t spe_call(psa_handle_t handle, uint32_t ctrl, const psa_invec *in, psa_outvec *out);
size_t spe_read(const struct spe_message *message, unsigned index, void *to, size_t room);
void spe_write(struct spe_message *message, unsigned index, const void *from, size_t length);

/* The services. */
psa_status_t spe_crypto_init(void);
psa_status_t spe_crypto_service(struct spe_message *message);
psa_status_t spe_its_service(struct spe_message *message);
psa_status_t spe_ps_service(struct spe_message *message);
psa_status_t spe_attestation_service(struct spe_message *message);
psa_status_t spe_platform_service(struct spe_message *message);

#endif
