//! Storage of the application: the service's, or this image's own, which is Rust already.

#[cfg(not(provider = "mbedtls"))]
macro_rules! service {
    ($set:ident, $get:ident, $get_info:ident, $remove:ident) => {
        use crate::Result;
        use crate::ffi::{c, check, written};
        use crate::storage::{Flags, Info};

        pub(crate) fn set(uid: u64, data: &[u8], flags: u32) -> Result<()> {
            // SAFETY: pointer and length describe `data`.
            check(|| unsafe { c::$set(uid, data.len(), data.as_ptr().cast(), flags) })
        }

        pub(crate) fn get(uid: u64, offset: usize, output: &mut [u8]) -> Result<usize> {
            // SAFETY: `written` gives a pointer with the room that it says, and a length that lives through the call.
            written(output, |data, size, len| unsafe {
                c::$get(uid, offset, size, data.cast(), len)
            })
        }

        pub(crate) fn info(uid: u64) -> Result<Info> {
            let mut info = c::psa_storage_info_t::default();
            // SAFETY: the information lives through the call.
            check(|| unsafe { c::$get_info(uid, &raw mut info) })?;
            Ok(Info {
                capacity: info.capacity,
                size: info.size,
                flags: Flags::from_raw(info.flags),
            })
        }

        pub(crate) fn remove(uid: u64) -> Result<()> {
            // SAFETY: no pointers; a number without an item is answered with an error.
            check(|| unsafe { c::$remove(uid) })
        }
    };
}

#[cfg(not(provider = "mbedtls"))]
pub(crate) mod internal {
    service!(psa_its_set, psa_its_get, psa_its_get_info, psa_its_remove);
}

#[cfg(not(provider = "mbedtls"))]
pub(crate) mod protected {
    service!(psa_ps_set, psa_ps_get, psa_ps_get_info, psa_ps_remove);

    pub(crate) fn support() -> u32 {
        // SAFETY: the function takes no arguments.
        unsafe { c::psa_ps_get_support() }
    }
}

#[cfg(provider = "mbedtls")]
pub(crate) mod internal {
    use crate::Result;
    use crate::storage::{Flags, Info};
    use mbedtls_psa::storage;

    pub(crate) fn set(uid: u64, data: &[u8], flags: u32) -> Result<()> {
        Ok(storage::set(uid, data, flags)?)
    }

    pub(crate) fn get(uid: u64, offset: usize, output: &mut [u8]) -> Result<usize> {
        Ok(storage::get_into(uid, offset, output)?.len())
    }

    pub(crate) fn info(uid: u64) -> Result<Info> {
        let info = storage::info(uid)?;
        Ok(Info {
            capacity: info.size,
            size: info.size,
            flags: Flags::from_raw(info.flags),
        })
    }

    pub(crate) fn remove(uid: u64) -> Result<()> {
        Ok(storage::remove(uid)?)
    }
}
