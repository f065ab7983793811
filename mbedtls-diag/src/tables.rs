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

        pub(crate) fn is_mbedtls(&self) -> bool {
            self.name.starts_with("MBEDTLS_") && self.kind != Kind::Alias
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

    /// Every macro with this value.
    pub(crate) fn by_value(value: i32) -> &'static [Code] {
        let from = CODES.partition_point(|code| code.value < value);
        let length = CODES[from..].partition_point(|code| code.value == value);
        &CODES[from..from + length]
    }

    /// Every value that a macro has had.
    pub(crate) fn by_name(name: &str) -> impl Iterator<Item = &'static Code> {
        let code = |&i: &u16| &CODES[usize::from(i)];
        let from = BY_NAME.partition_point(|i| code(i).name < name);
        let length = BY_NAME[from..].partition_point(|i| code(i).name == name);
        BY_NAME[from..from + length].iter().map(code)
    }
}
