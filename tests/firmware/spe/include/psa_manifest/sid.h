/* The services of this secure image: id, version and stateless handle
 * (0x40000000 | version << 8 | index). */
#ifndef PSA_MANIFEST_SID_H
#define PSA_MANIFEST_SID_H

#define TFM_CRYPTO_SID                               (0x00000080U)
#define TFM_CRYPTO_VERSION                           (1U)
#define TFM_CRYPTO_HANDLE                            (0x40000100U)

#define TFM_PROTECTED_STORAGE_SERVICE_SID            (0x00000060U)
#define TFM_PROTECTED_STORAGE_SERVICE_VERSION        (1U)
#define TFM_PROTECTED_STORAGE_SERVICE_HANDLE         (0x40000101U)

#define TFM_INTERNAL_TRUSTED_STORAGE_SERVICE_SID     (0x00000070U)
#define TFM_INTERNAL_TRUSTED_STORAGE_SERVICE_VERSION (1U)
#define TFM_INTERNAL_TRUSTED_STORAGE_SERVICE_HANDLE  (0x40000102U)

#define TFM_ATTESTATION_SERVICE_SID                  (0x00000020U)
#define TFM_ATTESTATION_SERVICE_VERSION              (1U)
#define TFM_ATTESTATION_SERVICE_HANDLE               (0x40000103U)

#define TFM_PLATFORM_SERVICE_SID                     (0x00000040U)
#define TFM_PLATFORM_SERVICE_VERSION                 (1U)
#define TFM_PLATFORM_SERVICE_HANDLE                  (0x40000105U)

#endif
