//! The journey alone, and then what it took of the stack and of the heap.
#![cfg_attr(target_os = "none", no_std, no_main)]

#[cfg(all(target_os = "none", feature = "hybrid"))]
#[path = "../../hybrid/src/heap.rs"]
mod heap;

#[cfg(all(target_os = "none", any(feature = "local", feature = "ns")))]
#[firmware_common::entry]
fn main() -> ! {
    use firmware_common::{exit, measure, say_number};

    #[cfg(feature = "local")]
    firmware_local::plainly().expect("set up once");
    #[cfg(feature = "hybrid")]
    heap::set();
    #[cfg(not(feature = "hybrid"))]
    let status = firmware_checks::journey(None);
    #[cfg(feature = "hybrid")]
    let status = firmware_pk::journey();
    let say = |text, bytes: usize| say_number(text, bytes.try_into().unwrap_or(i32::MAX));
    #[cfg(feature = "local")]
    say("heap, room: ", firmware_local::HEAP);
    #[cfg(feature = "hybrid")]
    say("heap, room: ", heap::HEAP);
    #[cfg(any(feature = "local", feature = "hybrid"))]
    say(
        "heap, most in use: ",
        mbedtls_psa::platform::heap_use().peak,
    );
    say("stack, most in use: ", measure::stack_peak());
    exit(status)
}

#[cfg(not(target_os = "none"))]
fn main() {
    println!("this image is built for a Cortex-M33: cargo xtask bench --only size");
}
