/* Ids of keys that a platform is born with. The stand-in has none: the first id bounds the range. */
#ifndef TFM_BUILTIN_KEY_IDS_H
#define TFM_BUILTIN_KEY_IDS_H

enum tfm_key_id_builtin_t {
    TFM_BUILTIN_KEY_ID_MIN = 0x7FFF815Bu,
    TFM_BUILTIN_KEY_ID_HUK,
    TFM_BUILTIN_KEY_ID_IAK,
    TFM_BUILTIN_KEY_ID_MAX = 0x7FFF817Bu,
};

#endif
