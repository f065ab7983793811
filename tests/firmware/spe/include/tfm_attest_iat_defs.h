/* Claim labels of an attestation token, profile PSA_IOT_PROFILE_1 (the default of TF-M 2.1). */
#ifndef TFM_ATTEST_IAT_DEFS_H
#define TFM_ATTEST_IAT_DEFS_H

#define IAT_PROFILE_DEFINITION             (-75000)
#define IAT_CLIENT_ID                      (-75001)
#define IAT_SECURITY_LIFECYCLE             (-75002)
#define IAT_IMPLEMENTATION_ID              (-75003)
#define IAT_BOOT_SEED                      (-75004)
#define IAT_CERTIFICATION_REFERENCE        (-75005)
#define IAT_SW_COMPONENTS                  (-75006)
#define IAT_NO_SW_COMPONENTS               (-75007)
#define IAT_NONCE                          (-75008)
#define IAT_INSTANCE_ID                    (-75009)
#define IAT_VERIFICATION_SERVICE           (-75010)

#define IAT_SW_COMPONENT_MEASUREMENT_TYPE  (1)
#define IAT_SW_COMPONENT_MEASUREMENT_VALUE (2)
#define IAT_SW_COMPONENT_VERSION           (4)
#define IAT_SW_COMPONENT_SIGNER_ID         (5)
#define IAT_SW_COMPONENT_MEASUREMENT_DESC  (6)

#endif
