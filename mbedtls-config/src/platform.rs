//! What a configuration is for: the target decides which options are on before anybody asks.

use crate::rules::Macros;

/// The kind of target that the library is compiled for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Platform {
    /// A Unix: files, time, POSIX threads and the system's random source.
    Unix,
    /// No operating system: memory and randomness come from the application, through Rust.
    BareMetal,
}

impl Platform {
    /// From `CARGO_CFG_TARGET_OS` and `CARGO_CFG_TARGET_FAMILY`. What is no Unix is treated as bare metal: nothing is
    /// assumed about it.
    pub fn from_cargo_target(os: &str, family: &str) -> Self {
        let unix = family.split(',').any(|name| name == "unix");
        if unix && os != "none" {
            Self::Unix
        } else {
            Self::BareMetal
        }
    }

    /// The options that every configuration for this platform has.
    pub fn options(self) -> &'static [&'static str] {
        match self {
            Self::Unix => &[
                "MBEDTLS_FS_IO",
                "MBEDTLS_HAVE_ASM",
                "MBEDTLS_HAVE_TIME",
                "MBEDTLS_HAVE_TIME_DATE",
                "MBEDTLS_PLATFORM_C",
                "MBEDTLS_THREADING_C",
                "MBEDTLS_THREADING_PTHREAD",
            ],
            Self::BareMetal => &[
                // One table of 1 KiB in flash, not ten in 10 KiB of RAM: as fast, see benches/results.md.
                "MBEDTLS_AES_FEWER_TABLES",
                "MBEDTLS_AES_ROM_TABLES",
                "MBEDTLS_ENTROPY_HARDWARE_ALT",
                "MBEDTLS_HAVE_ASM",
                "MBEDTLS_NO_PLATFORM_ENTROPY",
                "MBEDTLS_PLATFORM_C",
                "MBEDTLS_PLATFORM_MEMORY",
                // No heap of a C runtime: without one from the application, allocation fails.
                "MBEDTLS_PLATFORM_NO_STD_FUNCTIONS",
            ],
        }
    }

    /// The options with values that every configuration for this platform has.
    pub fn values(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Unix => &[],
            Self::BareMetal => &[
                // The application's random source and one of the root package's (src/sys/entropy.c); there is no place to
                // name another. Room for 20 would be 360 bytes of RAM.
                ("MBEDTLS_ENTROPY_MAX_SOURCES", "2"),
                // Of standard functions, only those that format text.
                ("MBEDTLS_PLATFORM_SNPRINTF_MACRO", "snprintf"),
                ("MBEDTLS_PLATFORM_STD_MEM_HDR", "<stdio.h>"),
                ("MBEDTLS_PLATFORM_VSNPRINTF_MACRO", "vsnprintf"),
            ],
        }
    }

    /// What a compiler for this platform predefines, as far as conditions of Mbed TLS read it.
    pub(crate) fn predefined(self) -> Macros {
        let common = [
            ("CHAR_BIT", "8"),
            ("UINT32_MAX", "4294967295"),
            ("__GNUC__", "12"),
        ];
        let own: &[(&str, &str)] = match self {
            Self::Unix => &[
                ("__unix__", "1"),
                ("_POSIX_VERSION", "200809"),
                ("SIZE_MAX", "9223372036854775807"),
            ],
            Self::BareMetal => &[
                ("__arm__", "1"),
                ("__thumb__", "1"),
                ("__ARM_ARCH", "8"),
                ("SIZE_MAX", "4294967295"),
            ],
        };
        common
            .iter()
            .chain(own)
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }
}
