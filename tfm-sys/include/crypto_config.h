/* No PSA_WANT_ option: sizes of attributes and operations do not depend on one in a client. */
