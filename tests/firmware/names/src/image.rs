use core::hint::black_box;

use firmware_common::{entry, exit, println};

#[entry]
fn main() -> ! {
    // No compiler knows which code it is.
    let code = black_box(-0x7280_i32);
    println!("{code} {}", black_box("code"));
    #[cfg(feature = "names")]
    for name in [
        mbedtls_diag::name(code),
        mbedtls_diag::high(code),
        mbedtls_diag::low(code),
    ]
    .into_iter()
    .flatten()
    {
        println!("{name}");
        #[cfg(feature = "describe")]
        println!("{}", name.describe());
    }
    exit(0)
}
