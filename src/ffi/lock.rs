//! Who may be inside the library.
pub(super) use imp::{Guard, take};

/// Another context is inside the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Busy;

/// Runs `call`, which calls the C library and nothing else of this crate, while no other context is inside it.
///
/// For crates that call [`sys`](crate::sys) themselves. Where the library has threads, its own mutexes guard what is
/// shared: this waits for nobody but [`alone`]. Where it has none, one context at a time is let in: an interrupt handler
/// or a second thread is refused, never made to wait, and so is `call` itself when it comes back to this crate.
///
/// # Errors
/// [`Busy`] while another context is inside, only without threads.
#[inline]
pub fn exclusive<T>(call: impl FnOnce() -> T) -> Result<T, Busy> {
    let _guard = take()?;
    Ok(call())
}

/// Runs `call`, as [`exclusive`] does, with nobody else inside the library, not even where it has threads.
///
/// For what no mutex of the library guards: the limit of restartable ECC, which one step of a signature sets and every
/// other multiplication on a curve reads. With threads, and only where ECC is restartable, this waits until every other
/// thread has left the library, and makes those wait that come while `call` runs.
///
/// # Errors
/// [`Busy`] while another context is inside, only without threads.
#[inline]
pub fn alone<T>(call: impl FnOnce() -> T) -> Result<T, Busy> {
    let _guard = imp::take_alone()?;
    Ok(call())
}

#[cfg(all(mbedtls = "THREADING_C", not(zephyr)))]
#[allow(clippy::unnecessary_wraps)] // without threads it can fail
mod imp {
    //! The library's own mutexes guard what its contexts share, but for the limit of restartable ECC.
    use super::Busy;

    pub(crate) struct Guard {
        _order: order::Shared,
        #[cfg(all(test, feature = "std"))]
        _inside: tested::Inside,
    }

    #[inline]
    pub(crate) fn take() -> Result<Guard, Busy> {
        Ok(Guard {
            #[cfg(all(test, feature = "std"))]
            _inside: tested::Inside::enter(),
            _order: order::shared(),
        })
    }

    #[inline]
    pub(super) fn take_alone() -> Result<order::Alone, Busy> {
        Ok(order::alone())
    }

    /// A variable of C (`ecp_max_ops`) that some write and all read.
    #[cfg(mbedtls = "ECP_RESTARTABLE")]
    mod order {
        use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

        static LIMIT: RwLock<()> = RwLock::new(());

        pub(super) type Shared = RwLockReadGuard<'static, ()>;
        pub(in super::super) type Alone = RwLockWriteGuard<'static, ()>;

        // A thread that panicked has left the library in order: C does not unwind.
        #[inline]
        pub(super) fn shared() -> Shared {
            LIMIT.read().unwrap_or_else(PoisonError::into_inner)
        }

        #[inline]
        pub(super) fn alone() -> Alone {
            LIMIT.write().unwrap_or_else(PoisonError::into_inner)
        }
    }

    #[cfg(not(mbedtls = "ECP_RESTARTABLE"))]
    mod order {
        pub(super) struct Shared;
        pub(in super::super) struct Alone;

        #[inline]
        pub(super) fn shared() -> Shared {
            Shared
        }

        #[inline]
        pub(super) fn alone() -> Alone {
            Alone
        }
    }

    /// Tests see what the other build would refuse: who is inside already and wants in again.
    #[cfg(all(test, feature = "std"))]
    mod tested {
        use std::cell::Cell;

        std::thread_local!(static INSIDE: Cell<bool> = const { Cell::new(false) });

        pub(super) struct Inside(());

        impl Inside {
            pub(super) fn enter() -> Self {
                assert!(
                    !INSIDE.replace(true),
                    "without threads this would be refused"
                );
                Self(())
            }
        }

        impl Drop for Inside {
            fn drop(&mut self) {
                INSIDE.set(false);
            }
        }
    }
}

#[cfg(all(not(mbedtls = "THREADING_C"), not(zephyr)))]
mod imp {
    //! One context at a time: an interrupt handler or a second thread is refused, never let in, never made to wait.
    use core::marker::PhantomData;
    use core::sync::atomic::{AtomicBool, Ordering};

    use super::Busy;

    static BUSY: AtomicBool = AtomicBool::new(false);

    /// Stays in the context that took it.
    pub(crate) struct Guard(PhantomData<*mut ()>);

    pub(crate) fn take() -> Result<Guard, Busy> {
        if BUSY.swap(true, Ordering::Acquire) {
            return Err(Busy);
        }
        Ok(Guard(PhantomData))
    }

    /// Whoever is inside is alone.
    pub(super) fn take_alone() -> Result<Guard, Busy> {
        take()
    }

    impl Drop for Guard {
        fn drop(&mut self) {
            BUSY.store(false, Ordering::Release);
        }
    }
}

#[cfg(zephyr)]
mod imp {
    //! Zephyr's rules: the lock, where one is needed, is a mutex of the kernel, which waits; an interrupt handler is refused.
    use core::marker::PhantomData;

    use super::Busy;
    use crate::sys;

    /// Refers to the symbols that the C shim has for its own view of each size: a difference fails at the link.
    macro_rules! sizes {
        ($($name:ident)*) => {
            unsafe extern "C" {
                $(fn $name();)*
            }

            /// Makes the linker look for each of them; no instruction, no byte.
            #[inline]
            fn same_sizes() {
                $(
                    // SAFETY: an annotation for the linker that changes nothing.
                    unsafe {
                        core::arch::asm!(
                            ".reloc ., BFD_RELOC_NONE, {}",
                            sym $name,
                            options(nomem, nostack, preserves_flags)
                        );
                    }
                )*
            }
        };
    }

    include!(concat!(env!("OUT_DIR"), "/sizes.rs"));

    /// Stays in the context that took it.
    pub(crate) struct Guard(PhantomData<*mut ()>);

    pub(crate) fn take() -> Result<Guard, Busy> {
        same_sizes();
        // SAFETY: takes no arguments and may be called in every context.
        match unsafe { sys::mbedtls_psa_rs_enter() } {
            0 => Ok(Guard(PhantomData)),
            _ => Err(Busy),
        }
    }

    /// Whoever is inside is alone, unless there is nothing that wants it.
    pub(super) fn take_alone() -> Result<Guard, Busy> {
        take()
    }

    impl Drop for Guard {
        fn drop(&mut self) {
            // SAFETY: in the context that entered, once.
            unsafe { sys::mbedtls_psa_rs_leave() };
        }
    }
}

#[cfg(all(
    test,
    feature = "std",
    // A client's keys are TF-M's, and there is none here.
    not(feature = "tfm"),
    mbedtls = "THREADING_C",
    mbedtls = "PK_PARSE_C",
    mbedtls = "PK_WRITE_C",
    mbedtls = "X509_CRT_PARSE_C",
    mbedtls = "X509_CSR_PARSE_C",
    mbedtls = "X509_CSR_WRITE_C"
))]
mod tests {
    use crate::pk::{Curve, KeyType, Pk};
    use crate::x509::csr::{Csr, CsrBuilder};
    use crate::x509::{AltName, Certificate, Name};

    const CERTIFICATE: &str = include_str!("../../psa/tests/data/certificate.pem");

    /// The guard of tests panics where the other build would refuse, and a drop that is refused leaks what it holds.
    #[test]
    fn nobody_enters_twice_not_even_to_free_what_an_error_leaves() {
        let key = Pk::generate(KeyType::Ec(Curve::P256)).unwrap();
        let other = Pk::generate(KeyType::Ec(Curve::P256)).unwrap();
        let mut halves = key.key_der().unwrap();
        let point = halves.len() - 65;
        halves[point..].copy_from_slice(&other.key_der().unwrap()[point..]);
        assert!(Pk::parse_key(&halves, None).is_err());
        assert!(Pk::parse_key(b"no key", None).is_err());
        assert!(Pk::parse_public_key(b"no key").is_err());
        assert!(Pk::generate(KeyType::Rsa { bits: 7 }).is_err());
        assert!(Pk::opaque(0x3fff_ffff).is_err());
        assert!(key.check_pair(&other).is_err());

        let half_bad = [CERTIFICATE, &CERTIFICATE.replace("MII", "AII")].concat();
        assert!(Certificate::parse(half_bad.as_bytes()).is_err());
        assert!(Certificate::parse(b"no certificate").is_err());
        let certificate = Certificate::parse(CERTIFICATE.as_bytes()).unwrap();
        assert!(certificate.check_key(&key).is_err());
        assert!(certificate.verify(&certificate, Some("a\0b")).is_err());
        assert!(!std::format!("{certificate:?} {key:?}").is_empty());

        let name = Name::parse("CN=device").unwrap();
        let request = CsrBuilder::new(&key, &name);
        let bad = [AltName::Dns("")];
        assert!(request.clone().alt_names(&bad).der().is_err());
        let csr = Csr::parse(&request.der().unwrap()).unwrap();
        csr.verify().unwrap();
        csr.public_key().unwrap();
        assert!(Csr::parse(b"no request").is_err());
    }
}
