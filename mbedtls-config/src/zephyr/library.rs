//! Whose headers they are, and what C and Rust compare.

use std::collections::BTreeMap;

/// Whose headers they are, by what their macros say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Library {
    /// Its name and version, such as `Mbed TLS 3.6`.
    pub name: String,
    /// The PSA core is behind the interface of TF-M, and an operation is a handle.
    pub is_client: bool,
    /// It is Mbed TLS 3.6, whose `pk.h` and `x509.h` the package `mbedtls-psa` binds.
    pub is_3_6: bool,
    /// Its password-authenticated key exchange is that of PSA Crypto API 1.2 PAKE Extension: `psa_pake_setup` takes the key.
    pub has_other_pake: bool,
}

impl Library {
    /// From the values of macros; a macro without a value is 1.
    ///
    /// Fails with the reason when the headers are of no known version.
    ///
    /// ```
    /// use mbedtls_config::zephyr::Library;
    ///
    /// let of = |defined: &'static [(&str, i64)]| {
    ///     Library::of(|name| defined.iter().find(|(known, _)| *known == name).map(|(_, value)| *value))
    /// };
    /// let library = of(&[("MBEDTLS_VERSION_NUMBER", 0x0306_0500), ("MBEDTLS_PSA_CRYPTO_C", 1)])?;
    /// assert_eq!(library.name, "Mbed TLS 3.6");
    /// assert!(of(&[("MBEDTLS_VERSION_NUMBER", 0x021c_0a00)]).unwrap_err().contains("Mbed TLS 2.28"));
    /// # Ok::<(), String>(())
    /// ```
    pub fn of(value: impl Fn(&str) -> Option<i64>) -> Result<Self, String> {
        const KNOWN: &str = "known are Mbed TLS 3.4 to 3.6 and 4 with TF-PSA-Crypto 1 (Zephyr 3.4 to 4.4), and TF-M from 1.8 on";
        let parts = |number: i64| (number >> 24 & 0xff, number >> 16 & 0xff);
        let has_core = value("MBEDTLS_PSA_CRYPTO_C").is_some();
        let (name, version, known) = if let Some(number) = value("TF_PSA_CRYPTO_VERSION_NUMBER") {
            let version = parts(number);
            ("TF-PSA-Crypto", version, version.0 == 1)
        } else if let Some(number) = value("MBEDTLS_VERSION_NUMBER") {
            let version = parts(number);
            (
                "Mbed TLS",
                version,
                version.0 == 3 && (4..=6).contains(&version.1),
            )
        } else if value("PSA_CRYPTO_API_VERSION_MAJOR") == Some(1) {
            return Ok(Self {
                name: "TF-M before 2.1".to_owned(),
                is_client: true,
                is_3_6: false,
                has_other_pake: false,
            });
        } else {
            return Err(format!("psa/crypto.h says no version; {KNOWN}"));
        };
        let (major, minor) = version;
        if !known {
            return Err(format!(
                "psa/crypto.h is that of {name} {major}.{minor}; {KNOWN}"
            ));
        }
        Ok(Self {
            name: format!("{name} {major}.{minor}"),
            is_client: !has_core,
            is_3_6: name == "Mbed TLS" && minor == 6,
            has_other_pake: name != "Mbed TLS",
        })
    }
}

/// The symbols that the C shim has for its own view of sizes, by the facts `size_T` and `align_T` of each type `T` that a
/// binding has, as the call of a macro `sizes`.
///
/// ```
/// let facts = [("align_psa_status_t", 4), ("size_psa_status_t", 4)];
/// let facts = facts.map(|(name, value)| (name.to_owned(), value)).into();
/// let symbols = mbedtls_config::zephyr::size_symbols(&facts);
/// assert_eq!(symbols, "sizes! { mbedtls_psa_sizeof_psa_status_t_is_4_aligned_4 }\n");
/// ```
pub fn size_symbols(facts: &BTreeMap<String, i64>) -> String {
    let symbol = |(fact, size): (&String, &i64)| {
        let name = fact.strip_prefix("size_")?;
        let align = facts.get(&format!("align_{name}"))?;
        Some(format!(
            "mbedtls_psa_sizeof_{name}_is_{size}_aligned_{align}"
        ))
    };
    let symbols: Vec<_> = facts.iter().filter_map(symbol).collect();
    format!("sizes! {{ {} }}\n", symbols.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_told_by_its_macros() {
        let of = |defined: &[(&str, i64)]| {
            Library::of(|name| {
                defined
                    .iter()
                    .find(|(known, _)| *known == name)
                    .map(|(_, value)| *value)
            })
        };
        let core = ("MBEDTLS_PSA_CRYPTO_C", 1);
        let version = |number| ("MBEDTLS_VERSION_NUMBER", number);
        let old = of(&[version(0x0304_0000), core]).unwrap();
        assert!(!old.is_client && !old.is_3_6 && !old.has_other_pake);
        let client = of(&[version(0x0306_0500)]).unwrap();
        assert!(client.is_client && client.is_3_6);
        let new = of(&[
            version(0x0400_0000),
            ("TF_PSA_CRYPTO_VERSION_NUMBER", 0x0100_0000),
            core,
        ])
        .unwrap();
        assert!(!new.is_client && !new.is_3_6 && new.has_other_pake);
        assert_eq!(new.name, "TF-PSA-Crypto 1.0");
        let tfm = of(&[("PSA_CRYPTO_API_VERSION_MAJOR", 1)]).unwrap();
        assert!(tfm.is_client);
        for unknown in [
            &[version(0x0303_0000)][..],
            &[version(0x0307_0000)],
            &[version(0x0400_0000)],
            &[("TF_PSA_CRYPTO_VERSION_NUMBER", 0x0200_0000)],
            &[],
        ] {
            assert!(of(unknown).unwrap_err().contains("Mbed TLS 3.4 to 3.6"));
        }
    }
}
