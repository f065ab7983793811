/* The five doors into the secure side. Their addresses are in s_veneers.o. */
#ifndef TFM_VENEERS_H
#define TFM_VENEERS_H

#include "psa/client.h"

uint32_t tfm_psa_framework_version_veneer(void);
uint32_t tfm_psa_version_veneer(uint32_t sid);
psa_handle_t tfm_psa_connect_veneer(uint32_t sid, uint32_t version);
psa_status_t tfm_psa_call_veneer(psa_handle_t handle, uint32_t ctrl_param,
                                 const psa_invec *in_vec, psa_outvec *out_vec);
void tfm_psa_close_veneer(psa_handle_t handle);

#endif
