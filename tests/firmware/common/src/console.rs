//! Words to the host and files from it, by semihosting.
use core::ffi::CStr;
use core::fmt;

use semihosting::fs::File;
use semihosting::io::{Read as _, Write as _};

/// Words of a line that is put together with `core::fmt`.
pub struct Console;

impl fmt::Write for Console {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        write(text.as_bytes());
        Ok(())
    }
}

/// Prints the text as a line, without `core::fmt`.
pub fn say(text: &str) {
    write(text.as_bytes());
    write(b"\n");
}

/// Prints how a test ended, as the line `ok   <name>` or `FAIL <name>`.
pub fn outcome(name: &str, holds: bool) {
    write(if holds { b"ok   " } else { b"FAIL " });
    say(name);
}

/// Prints a text and a number as a line, without `core::fmt`: `say_number("ticks: ", 5)`.
pub fn say_number(text: &str, number: i32) {
    let mut digits = [0; 11];
    let mut begin = digits.len();
    let mut rest = number.unsigned_abs();
    loop {
        begin -= 1;
        digits[begin] = b"0123456789"[(rest % 10) as usize];
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if number < 0 {
        begin -= 1;
        digits[begin] = b'-';
    }
    write(text.as_bytes());
    write(&digits[begin..]);
    write(b"\n");
}

/// Prints a text and a number in hexadecimal as a line: `say_hex("pc = 0x", 0x1000_0040)`.
pub fn say_hex(text: &str, number: u32) {
    write(text.as_bytes());
    for shift in (0..8).rev() {
        let digit = (number >> (4 * shift)) as usize & 15;
        write(&b"0123456789abcdef"[digit..=digit]);
    }
    write(b"\n");
}

/// Ends QEMU with this exit status.
pub fn exit(status: i32) -> ! {
    semihosting::process::exit(status)
}

/// Hands the `n`th argument that the host gave the image to `use_it`; `None` when there are fewer. The first, number 0,
/// is the image's name.
pub fn argument<T>(n: usize, use_it: impl FnOnce(&str) -> T) -> Option<T> {
    let arguments = semihosting::experimental::env::args::<256>().ok()?;
    let mut list = &arguments;
    list.nth(n)?.ok().map(use_it)
}

/// Reads a file of the folder that QEMU runs in, up to the end of `buffer`; `None` while there is none. It is whole when
/// the host moves it there.
pub fn read_file<'b>(name: &CStr, buffer: &'b mut [u8]) -> Option<&'b [u8]> {
    let mut file = File::open(name).ok()?;
    let mut length = 0;
    while length < buffer.len() {
        match file.read(&mut buffer[length..]).ok()? {
            0 => break,
            more => length += more,
        }
    }
    Some(&buffer[..length])
}

/// A host that does not listen cannot be told so.
fn write(bytes: &[u8]) {
    if let Ok(mut stdout) = semihosting::io::stdout() {
        let _ = stdout.write_all(bytes);
    }
}
