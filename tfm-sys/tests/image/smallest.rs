//! The smallest image, to be linked: asks the secure side for everything that there is a veneer for.
#![no_std]
#![no_main]

use tfm_sys::{Error, framework_version, psa_close, psa_connect, psa_generate_random, psa_version};

fn ask() -> Result<[u8; 32], Error> {
    framework_version()?;
    let mut bytes = [0; 32];
    // SAFETY: the buffer is writable for its length; the rest takes no pointers.
    let status = unsafe {
        if psa_version(tfm_sys::sid::CRYPTO) == tfm_sys::PSA_VERSION_NONE {
            psa_close(psa_connect(tfm_sys::sid::CRYPTO, 1));
        }
        psa_generate_random(bytes.as_mut_ptr(), bytes.len())
    };
    Error::check(status).map(|()| bytes)
}

#[unsafe(no_mangle)]
extern "C" fn _start() -> ! {
    let answer = ask();
    core::hint::black_box(answer.is_ok());
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
