/* Request types of the Initial Attestation service. */
#ifndef TFM_ATTEST_DEFS_H
#define TFM_ATTEST_DEFS_H

#define TFM_ATTEST_GET_TOKEN      1001
#define TFM_ATTEST_GET_TOKEN_SIZE 1002

#endif
