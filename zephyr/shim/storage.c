/* Zephyr's own storage (CONFIG_SECURE_STORAGE) has the functions of the PSA Secure Storage API inline only, and identifiers of
 * 32 bits unless asked for more. Here they are functions, with identifiers of 64 bits as everywhere else.
 */

#if defined(CONFIG_SECURE_STORAGE)

#define psa_its_set inline_its_set
#define psa_its_get inline_its_get
#define psa_its_get_info inline_its_get_info
#define psa_its_remove inline_its_remove
#define psa_ps_set inline_ps_set
#define psa_ps_get inline_ps_get
#define psa_ps_get_info inline_ps_get_info
#define psa_ps_remove inline_ps_remove
#define psa_ps_create inline_ps_create
#define psa_ps_set_extended inline_ps_set_extended
#define psa_ps_get_support inline_ps_get_support
#include <psa/internal_trusted_storage.h>
#include <psa/protected_storage.h>
#undef psa_its_set
#undef psa_its_get
#undef psa_its_get_info
#undef psa_its_remove
#undef psa_ps_set
#undef psa_ps_get
#undef psa_ps_get_info
#undef psa_ps_remove
#undef psa_ps_create
#undef psa_ps_set_extended
#undef psa_ps_get_support

/* An identifier that does not fit is nobody's. */
#define FITS(uid) ((psa_storage_uid_t)(uid) == (uid))

#define STORAGE(name) \
	psa_status_t psa_##name##_set(uint64_t uid, size_t length, const void *data, uint32_t flags); \
	psa_status_t psa_##name##_set(uint64_t uid, size_t length, const void *data, uint32_t flags) \
	{ \
		return FITS(uid) ? inline_##name##_set((psa_storage_uid_t)uid, length, data, flags) \
				 : PSA_ERROR_INVALID_ARGUMENT; \
	} \
	psa_status_t psa_##name##_get(uint64_t uid, size_t offset, size_t size, void *data, size_t *length); \
	psa_status_t psa_##name##_get(uint64_t uid, size_t offset, size_t size, void *data, size_t *length) \
	{ \
		return FITS(uid) ? inline_##name##_get((psa_storage_uid_t)uid, offset, size, data, length) \
				 : PSA_ERROR_DOES_NOT_EXIST; \
	} \
	psa_status_t psa_##name##_get_info(uint64_t uid, struct psa_storage_info_t *info); \
	psa_status_t psa_##name##_get_info(uint64_t uid, struct psa_storage_info_t *info) \
	{ \
		return FITS(uid) ? inline_##name##_get_info((psa_storage_uid_t)uid, info) \
				 : PSA_ERROR_DOES_NOT_EXIST; \
	} \
	psa_status_t psa_##name##_remove(uint64_t uid); \
	psa_status_t psa_##name##_remove(uint64_t uid) \
	{ \
		return FITS(uid) ? inline_##name##_remove((psa_storage_uid_t)uid) : PSA_ERROR_DOES_NOT_EXIST; \
	}

STORAGE(its)
STORAGE(ps)

uint32_t psa_ps_get_support(void);
uint32_t psa_ps_get_support(void)
{
	return inline_ps_get_support();
}

#endif

/* TF-M has them as functions; what it fills must be what Rust reads. */
#if defined(CONFIG_BUILD_WITH_TFM) && !defined(CONFIG_SECURE_STORAGE) && __has_include(<psa/internal_trusted_storage.h>)
#include <psa/internal_trusted_storage.h>
#define HAS_STORAGE
#elif defined(CONFIG_SECURE_STORAGE)
#define HAS_STORAGE
#endif

#if defined(HAS_STORAGE)
#include <stddef.h>
#include <stdint.h>

/* As tfm-sys declares it. */
struct storage_info_of_rust {
	size_t capacity;
	size_t size;
	uint32_t flags;
};
_Static_assert(sizeof(struct psa_storage_info_t) == sizeof(struct storage_info_of_rust),
	       "psa_storage_info_t has another size than in tfm-sys");
_Static_assert(offsetof(struct psa_storage_info_t, size) == offsetof(struct storage_info_of_rust, size) &&
		       offsetof(struct psa_storage_info_t, flags) == offsetof(struct storage_info_of_rust, flags),
	       "psa_storage_info_t has other members than in tfm-sys");
#endif
