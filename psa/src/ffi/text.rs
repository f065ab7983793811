//! ASCII as text, without the standard library's look at UTF-8: 700 bytes of an image.

/// The bytes as text, if they are ASCII.
pub(crate) fn ascii(bytes: &[u8]) -> Option<&str> {
    // SAFETY: ASCII is UTF-8, and each byte was found to be ASCII; nobody changes them while they are borrowed.
    is_ascii(bytes).then(|| unsafe { core::str::from_utf8_unchecked(bytes) })
}

/// The same of bytes that may be changed; what is no text comes back.
pub(crate) fn ascii_mut(bytes: &mut [u8]) -> Result<&mut str, &mut [u8]> {
    if is_ascii(bytes) {
        // SAFETY: ASCII is UTF-8, each byte was found to be ASCII, and from here on they are changed as text only.
        Ok(unsafe { core::str::from_utf8_unchecked_mut(bytes) })
    } else {
        Err(bytes)
    }
}

fn is_ascii(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii)
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use super::*;
    use alloc::string::String;

    #[test]
    fn only_ascii_is_text() {
        assert_eq!(ascii(b""), Some(""));
        assert_eq!(ascii(b"\x00 -----\x7f"), Some("\0 -----\x7f"));
        assert_eq!(ascii(b"a\x80"), None);
        assert_eq!(ascii_mut(&mut [b'a', b'b']), Ok(&mut *String::from("ab")));
        assert_eq!(ascii_mut(&mut [0xff]), Err(&mut [0xff][..]));
    }
}
