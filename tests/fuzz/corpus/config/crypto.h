1#define PSA_WANT_ALG_SHA_256 1
#if defined(PSA_WANT_ALG_SHA_256) && !defined(X)
#undef PSA_WANT_ALG_ECDSA
#else
#define PSA_WANT_ALG_ECDSA 1 /* c */
#endif
