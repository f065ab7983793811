//! The smallest image over TF-M's client in C, to be linked.
#![no_std]
#![no_main]

use tfm_sys::{Error, psa_generate_random, psa_version, sid};

#[unsafe(no_mangle)]
extern "C" fn _start() -> ! {
    let mut bytes = [0; 32];
    // SAFETY: the buffer is writable for its length; the rest takes no pointers.
    let status = unsafe { psa_generate_random(bytes.as_mut_ptr(), bytes.len()) };
    // SAFETY: it takes no pointers.
    let version = unsafe { psa_version(sid::CRYPTO) };
    core::hint::black_box((Error::check(status).is_ok(), version));
    loop {
        core::hint::spin_loop();
    }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    loop {
        core::hint::spin_loop();
    }
}
