//! Under valgrind, with secrets marked as memory whose contents are not known: a branch or an address that depends on one
//! is reported as an error (the method of ctgrind). Run by `cargo xtask test "constant time"`.
//!
//! What comes out of a secret and is public (a public key, a signature, whether a key is valid) is unmarked where it is
//! made, in psa-p256, or here, where it is looked at.
#![deny(unsafe_code)]

mod curve;
mod ffi;
mod files;
mod leaks;

/// Something that handles a secret.
struct Case {
    name: &'static str,
    run: fn(),
}

/// A copy that is marked.
fn secret<const N: usize>(bytes: &[u8; N]) -> [u8; N] {
    let mut copy = *bytes;
    ffi::mark(&mut copy);
    copy
}

/// Bytes that may be seen from now on.
fn public<T: AsMut<[u8]>>(mut bytes: T) -> T {
    let slice = bytes.as_mut();
    ffi::unmark(slice.as_mut_ptr(), slice.len());
    bytes
}

fn main() {
    if !ffi::is_there() {
        eprintln!("this runs under valgrind: cargo xtask test \"constant time\"");
        std::process::exit(2);
    }
    psa_p256::set_public_hook(ffi::unmark);
    psa::init().expect("the provider");
    let mut failed = 0;
    let mut check = |case: &Case, leaks: bool| {
        let before = ffi::errors();
        (case.run)();
        let errors = ffi::errors() - before;
        let holds = (errors != 0) == leaks;
        failed += i32::from(!holds);
        println!(
            "{} {}: {errors} reports{}",
            if holds { "ok  " } else { "FAIL" },
            case.name,
            if leaks { ", which it must have" } else { "" },
        );
    };
    for case in curve::CASES.iter().chain(files::CASES) {
        check(case, false);
    }
    for case in leaks::CASES {
        check(case, true);
    }
    std::process::exit(failed);
}
