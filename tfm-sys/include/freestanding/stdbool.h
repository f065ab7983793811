/* What a freestanding C compiler has, for a libclang that was installed without its headers. */
#ifndef TFM_SYS_STDBOOL_H
#define TFM_SYS_STDBOOL_H
#define bool _Bool
#define true 1
#define false 0
#endif
