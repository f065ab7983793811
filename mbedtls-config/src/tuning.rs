//! Small or quick, where both cannot be had: what an application is built for decides, not a second switch.
//!
//! The figures behind each choice are in `benches/results.md`, `options`.

use crate::platform::Platform;

/// What a library for a device is built for. On a host it is always speed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Tuning {
    /// The smallest of flash and RAM together; nothing takes more than twice as long for it.
    Size,
    /// The fastest, but for what costs kilobytes and brings less than a twentieth.
    Speed,
}

impl Tuning {
    /// The C files in which the time is spent, and which a compiler makes faster: SHA-256 takes longer by `-O2`.
    pub const HOT: &[&str] = &[
        "aes.c",
        "bignum.c",
        "bignum_core.c",
        "bignum_mod_raw.c",
        "ecp.c",
        "ecp_curves.c",
    ];

    /// How these are compiled on a device for speed.
    pub const HOT_FLAG: &str = "-O2";
    /// How everything else is compiled on a device.
    pub const FLAG: &str = "-Os";

    /// From cargo's `OPT_LEVEL`, the `opt-level` of the profile: speed from 2 on, else size.
    ///
    /// ```
    /// use mbedtls_config::Tuning;
    ///
    /// assert_eq!(Tuning::from_opt_level("3"), Tuning::Speed);
    /// assert_eq!(Tuning::from_opt_level("s"), Tuning::Size);
    /// ```
    pub fn from_opt_level(level: &str) -> Self {
        match level {
            "2" | "3" => Self::Speed,
            _ => Self::Size,
        }
    }

    /// The options, and their values.
    pub(crate) fn options(
        self,
        platform: Platform,
    ) -> &'static [(&'static str, Option<&'static str>)] {
        match (self, platform) {
            (Self::Size, Platform::BareMetal) => &[
                ("MBEDTLS_ECP_WINDOW_SIZE", Some("2")),
                ("MBEDTLS_SHA256_SMALLER", None),
                ("MBEDTLS_SHA512_SMALLER", None),
            ],
            _ => &[],
        }
    }

    /// The flag for a C file of the library on a device.
    pub(crate) fn flag(self, file: &str) -> &'static str {
        match self {
            Self::Speed if Self::HOT.contains(&file) => Self::HOT_FLAG,
            _ => Self::FLAG,
        }
    }
}
