/* For tests. */
#define TFM_ITS_SET 1001
#define TFM_ITS_GET 1002
#define TFM_ITS_GET_INFO 1003
#define TFM_ITS_REMOVE 1004
