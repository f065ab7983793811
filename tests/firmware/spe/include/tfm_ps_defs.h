/* Request types of the Protected Storage service. */
#ifndef TFM_PS_DEFS_H
#define TFM_PS_DEFS_H

#define TFM_PS_INVALID_UID 0

#define TFM_PS_SET         1001
#define TFM_PS_GET         1002
#define TFM_PS_GET_INFO    1003
#define TFM_PS_REMOVE      1004
#define TFM_PS_GET_SUPPORT 1005

#endif
