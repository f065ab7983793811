//! A certificate as it comes over a console: pasted by a person, or written by a program.

use psa::{Error, Result};

const BEGIN: &[u8] = b"-----BEGIN CERTIFICATE-----";
const END: &[u8] = b"-----END CERTIFICATE-----";

/// Reads a certificate's PEM byte by byte into the buffer, and answers its length.
///
/// What stands before it is passed over. A line may end with `\n`, with `\r` as terminals send it, or with both; it is
/// written with `\n`.
///
/// ```
/// let pasted = "noise\r\n-----BEGIN CERTIFICATE-----\rMIIB\r-----END CERTIFICATE-----\r";
/// let mut bytes = pasted.bytes();
/// let mut buffer = [0; 100];
/// let length = provision_journey::read_certificate(&mut buffer, || bytes.next().ok_or(psa::Error::DoesNotExist))?;
/// assert_eq!(&buffer[..length], b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
/// # Ok::<(), psa::Error>(())
/// ```
///
/// # Errors
/// What `next` fails with, and [`Error::BufferTooSmall`] when the certificate is longer than the buffer.
pub fn read_certificate(buffer: &mut [u8], mut next: impl FnMut() -> Result<u8>) -> Result<usize> {
    // Where the line that is being read begins, and where it ends so far.
    let (mut line, mut end) = (0, 0);
    loop {
        let byte = next()?;
        if byte != b'\r' && byte != b'\n' {
            match buffer.get_mut(end) {
                Some(place) => *place = byte,
                // Only within the certificate a line that is too long matters.
                None if line == 0 => continue,
                None => return Err(Error::BufferTooSmall),
            }
            end += 1;
            continue;
        }
        let text = &buffer[line..end];
        let last = line != 0 && text == END;
        if text.is_empty() {
            continue;
        }
        if line == 0 && text != BEGIN {
            end = 0;
            continue;
        }
        *buffer.get_mut(end).ok_or(Error::BufferTooSmall)? = b'\n';
        end += 1;
        line = end;
        if last {
            return Ok(end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    extern crate std;
    use std::{format, string::String, vec};

    fn read(text: &str, size: usize) -> Result<String> {
        let mut bytes = text.bytes();
        let mut buffer = vec![0; size];
        let length = read_certificate(&mut buffer, || bytes.next().ok_or(Error::DoesNotExist))?;
        buffer.truncate(length);
        Ok(String::from_utf8(buffer).unwrap())
    }

    const PEM: &str = "-----BEGIN CERTIFICATE-----\nMIIB\nAAAA\n-----END CERTIFICATE-----\n";

    #[test]
    fn whatever_ends_a_line_the_text_is_the_same() {
        for end in ["\n", "\r", "\r\n", "\r\r", "\n\n"] {
            assert_eq!(read(&PEM.replace('\n', end), 200).unwrap(), PEM, "{end:?}");
        }
    }

    #[test]
    fn what_stands_before_it_is_passed_over_however_long() {
        let noise = "x".repeat(300);
        for before in [
            "$ cat it\n",
            "-----END CERTIFICATE-----\n",
            &format!("{noise}\n"),
        ] {
            assert_eq!(
                read(&format!("{before}{PEM}"), 200).unwrap(),
                PEM,
                "{before}"
            );
        }
    }

    #[test]
    fn a_buffer_of_its_length_suffices_and_a_shorter_one_does_not() {
        assert_eq!(read(PEM, PEM.len()).unwrap(), PEM);
        for size in BEGIN.len()..PEM.len() {
            assert_eq!(read(PEM, size), Err(Error::BufferTooSmall), "{size}");
        }
    }

    #[test]
    fn a_console_that_ends_is_an_error() {
        for end in 0..PEM.len() {
            assert_eq!(read(&PEM[..end], 200), Err(Error::DoesNotExist));
        }
    }
}
