//! Readers of other people's configurations: what a build that is described by `mbedtls_config.h`, by Zephyr's
//! `.config`, by `prj.conf`, by `autoconf.h` or by ESP-IDF's `sdkconfig` gives Mbed TLS.
//!
//! Nothing is followed: what a header includes counts only when that file is given as well. Every reader takes any text,
//! refuses what is far too long or nested too deep, and takes time in proportion to the text.

mod build;
mod detect;
mod file;
mod headers;
mod lines;
mod port;
mod refusal;
mod requirements;
mod state;

pub use build::{Build, Setting, Source};
pub use file::FileKind;
pub use lines::Line;
pub use port::{Port, System};

/// Why a file cannot be read as a configuration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// Longer than any configuration.
    #[error("{file} is longer than any configuration ({MAX_TEXT} bytes): is it the right file?")]
    TooLong {
        /// The file.
        file: String,
    },
    /// Nothing in it is a setting.
    #[error(
        "{file} holds no setting of Mbed TLS, PSA or Kconfig; expected are mbedtls_config.h, crypto_config.h, .config, \
         prj.conf, autoconf.h or sdkconfig"
    )]
    Nothing {
        /// The file.
        file: String,
    },
    /// A line that no preprocessor accepts, or that is nested deeper than any header.
    #[error("{file}, line {line}: {reason}")]
    Line {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
}

/// More bytes than any configuration has.
const MAX_TEXT: usize = 4 << 20;
