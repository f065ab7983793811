//! Generated tables of facts, and how to look things up in them.
#![allow(
    clippy::unreadable_literal,
    reason = "generated: bits of versions, values as they are in the headers, hashes"
)]

#[cfg(feature = "explain")]
mod codes;
#[cfg(feature = "describe")]
pub(crate) mod constants;
#[cfg(feature = "explain")]
pub(crate) mod foreign;
pub(crate) mod names;
#[cfg(feature = "explain")]
pub(crate) mod strerror;

#[cfg(feature = "explain")]
pub(crate) use lookup::{Code, Kind, by_name, by_value};

#[cfg(feature = "explain")]
mod lookup {
    use super::codes::{BY_NAME, CODES};
    use crate::explain::Versions;

    /// A macro and the versions in which it has this value.
    #[derive(Debug)]
    pub(crate) struct Code {
        pub value: i32,
        pub name: &'static str,
        pub versions: Versions,
        pub header: &'static str,
        pub kind: Kind,
        is_mbedtls: bool,
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) enum Kind {
        Plain,
        /// Another name for a PSA status (Mbed TLS 4.x).
        Alias,
        /// Defined in no public header of 3.6.
        Private,
    }

    impl Code {
        pub(in crate::tables) const fn plain(
            value: i32,
            name: &'static str,
            versions: u16,
            header: &'static str,
        ) -> Self {
            Self {
                value,
                name,
                versions: Versions::from_bits(versions),
                header,
                kind: Kind::Plain,
                is_mbedtls: begins_with(name, "MBEDTLS_"),
            }
        }

        pub(in crate::tables) const fn alias(
            value: i32,
            name: &'static str,
            versions: u16,
            header: &'static str,
        ) -> Self {
            let mut code = Self::plain(value, name, versions, header);
            code.kind = Kind::Alias;
            code.is_mbedtls = false;
            code
        }

        pub(in crate::tables) const fn private(
            value: i32,
            name: &'static str,
            versions: u16,
            header: &'static str,
        ) -> Self {
            let mut code = Self::plain(value, name, versions, header);
            code.kind = Kind::Private;
            code
        }

        pub(crate) fn is_psa(&self) -> bool {
            self.name.starts_with("PSA_")
        }

        pub(crate) const fn is_mbedtls(&self) -> bool {
            self.is_mbedtls
        }

        /// The module: `X509` of `MBEDTLS_ERR_X509_INVALID_FORMAT`.
        pub(crate) fn module(&self) -> &'static str {
            let rest = self.name.strip_prefix("MBEDTLS_ERR_");
            let rest = rest.unwrap_or(self.name);
            ["CTR_DRBG", "HMAC_DRBG"]
                .into_iter()
                .find(|module| rest.starts_with(module))
                .or_else(|| rest.split('_').next())
                .unwrap_or(rest)
        }
    }

    const fn begins_with(text: &str, prefix: &str) -> bool {
        let (text, prefix) = (text.as_bytes(), prefix.as_bytes());
        let mut i = 0;
        while i < prefix.len() {
            if i >= text.len() || text[i] != prefix[i] {
                return false;
            }
            i += 1;
        }
        true
    }

    /// Values that share all but the lowest seven bits are one step.
    const STEP_BITS: u32 = 7;
    /// The steps of the values from -0x8000 on; a last one for all that is not negative.
    const STEPS: usize = 0x8000 >> STEP_BITS;

    /// The step of a value. Beyond both ends are the first and the last one.
    const fn step(value: i32) -> usize {
        match value {
            i32::MIN..-0x8000 => 0,
            -0x8000..0 => (value + 0x8000).unsigned_abs() as usize >> STEP_BITS,
            _ => STEPS,
        }
    }

    /// Where the macros of each step begin.
    #[allow(
        clippy::cast_possible_truncation,
        reason = "there are some hundred macros; no conversion is const yet"
    )]
    static FIRST: [u16; STEPS + 2] = {
        let mut first = [0; STEPS + 2];
        let mut i = 0;
        while i < CODES.len() {
            first[step(CODES[i].value) + 1] = i as u16 + 1;
            i += 1;
        }
        let mut at = 1;
        while at < first.len() {
            if first[at] < first[at - 1] {
                first[at] = first[at - 1];
            }
            at += 1;
        }
        first
    };

    /// Every macro with this value.
    pub(crate) fn by_value(value: i32) -> &'static [Code] {
        let step = step(value);
        let codes = &CODES[usize::from(FIRST[step])..usize::from(FIRST[step + 1])];
        let from = codes.partition_point(|code| code.value < value);
        let codes = &codes[from..];
        let length = codes.iter().take_while(|code| code.value == value).count();
        &codes[..length]
    }

    /// Every value that a macro has had.
    pub(crate) fn by_name(name: &str) -> impl Iterator<Item = &'static Code> {
        let code = |&i: &u16| &CODES[usize::from(i)];
        let from = BY_NAME.partition_point(|i| code(i).name < name);
        let length = BY_NAME[from..].partition_point(|i| code(i).name == name);
        BY_NAME[from..from + length].iter().map(code)
    }
}
