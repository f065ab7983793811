/* Request types of the Internal Trusted Storage service. */
#ifndef TFM_ITS_DEFS_H
#define TFM_ITS_DEFS_H

#define TFM_ITS_INVALID_UID 0

#define TFM_ITS_SET         1001
#define TFM_ITS_GET         1002
#define TFM_ITS_GET_INFO    1003
#define TFM_ITS_REMOVE      1004

#endif
