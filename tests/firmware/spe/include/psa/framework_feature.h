/* Optional parts of the framework: the stand-in copies vectors, it does not map them. */
#ifndef PSA_FRAMEWORK_FEATURE_H
#define PSA_FRAMEWORK_FEATURE_H

#define PSA_FRAMEWORK_HAS_MM_IOVEC    (0)
#define PSA_FRAMEWORK_ISOLATION_LEVEL (1)

#endif
