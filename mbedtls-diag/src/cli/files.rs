//! Input: the files that were named, and standard input.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read, Write as _};
use std::path::Path;

use zeroize::Zeroizing;

use super::Error;

/// The bytes of a file, at most `most` of them. They may hold a private key.
pub(super) fn bytes(path: &Path, most: u64) -> Result<Zeroizing<Vec<u8>>, Error> {
    let fail =
        |error: io::Error| Error::Message(format!("cannot read {}: {error}", path.display()));
    let file = File::open(path).map_err(fail)?;
    let size = file.metadata().map_err(fail)?.len();
    // One buffer from the start: none that grows leaves a copy behind.
    let room = usize::try_from(size.min(most)).unwrap_or(0) + 1;
    let mut bytes = Zeroizing::new(Vec::with_capacity(room));
    file.take(most + 1).read_to_end(&mut bytes).map_err(fail)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > most) {
        return Err(Error::Message(format!(
            "{} is larger than {most} bytes: is it the right file?",
            path.display()
        )));
    }
    Ok(bytes)
}

/// The text of a file; what is not UTF-8 is replaced.
pub(super) fn text(path: &Path, most: u64) -> Result<String, Error> {
    Ok(String::from_utf8_lossy(&bytes(path, most)?).into_owned())
}

/// Standard input, at most `most` bytes of it.
pub(super) fn standard_input(most: u64) -> Result<String, Error> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        let _ = writeln!(
            anstream::stderr(),
            "Paste the text, then press Ctrl-D on a line of its own."
        );
    }
    let mut bytes = Vec::new();
    stdin.take(most).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
