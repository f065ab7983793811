/* Sizes that Rust compares with its own at the link. */
#ifndef MBEDTLS_PSA_SIZES_H
#define MBEDTLS_PSA_SIZES_H

/*
 * The size and the alignment of a type as the name of a symbol. Rust refers to the names that bindgen's view of the
 * headers gives, so a difference fails at the link, with a name that says which type and what Rust took it for.
 *
 * "%c" prints a number without the mark of an immediate operand.
 */
#define MBEDTLS_PSA_RS_SIZE(type)                                                                         \
	__asm__ volatile(".globl mbedtls_psa_sizeof_" #type "_is_%c0_aligned_%c1\n"                       \
			 "mbedtls_psa_sizeof_" #type "_is_%c0_aligned_%c1:"                               \
			 :                                                                                \
			 : "i"(sizeof(type)), "i"(_Alignof(type)))

/* For a function with such lines: written out once, since a copy would define the names again. */
#define MBEDTLS_PSA_RS_SIZES __attribute__((used, noinline))

#endif
