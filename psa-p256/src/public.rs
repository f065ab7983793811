//! What may be seen of that which was made of a secret.
//!
//! Under valgrind secrets are marked, and a branch on something marked is an error. What is public by design says so by
//! [`public`], where it is made; without the feature `constant-time-test` that does nothing.

#[cfg(feature = "constant-time-test")]
mod hook {
    use std::sync::OnceLock;

    type Hook = fn(start: *mut u8, len: usize);

    static HOOK: OnceLock<Hook> = OnceLock::new();

    /// Sets what is told of memory that may be seen, once. For tests under valgrind.
    #[doc(hidden)]
    pub fn set_public_hook(hook: Hook) {
        HOOK.get_or_init(|| hook);
    }

    pub(crate) fn call<T>(value: &mut T) {
        if let Some(hook) = HOOK.get() {
            hook(core::ptr::from_mut(value).cast(), size_of::<T>());
        }
    }
}

#[cfg(feature = "constant-time-test")]
pub use hook::set_public_hook;

/// The same value, which may be seen: each caller says why.
#[inline]
#[cfg_attr(
    not(feature = "constant-time-test"),
    allow(unused_mut, reason = "the hook takes it")
)]
pub(crate) fn public<T>(mut value: T) -> T {
    #[cfg(feature = "constant-time-test")]
    hook::call(&mut value);
    value
}
