//! Meanings, usual causes and what to do, as data: one file a domain.
mod errno;
mod esp_idf;
mod keys;
mod modem;
mod old;
mod other;
mod platform;
mod psa;
mod tls;
mod wolfssl;
mod x509;

use alloc::format;
use alloc::string::{String, ToString};

use super::Domain;
use crate::tables::Code;

/// What people usually find behind a code, and what they then do.
pub(super) struct Advice {
    /// The names that it is for, without `MBEDTLS_ERR_`.
    names: &'static [&'static str],
    causes: &'static [&'static str],
    actions: &'static [&'static str],
}

/// Every piece of advice.
fn all() -> impl Iterator<Item = &'static Advice> {
    let groups = [
        keys::ADVICE,
        platform::ADVICE,
        psa::ADVICE,
        tls::ADVICE,
        x509::ADVICE,
        errno::ADVICE,
        esp_idf::ADVICE,
        wolfssl::ADVICE,
        other::ADVICE,
    ];
    groups.into_iter().flatten()
}

/// Causes and actions of a name.
pub(super) fn of(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    let name = name.strip_prefix("MBEDTLS_ERR_").unwrap_or(name);
    let advice = all().find(|advice| advice.names.contains(&name));
    advice.map_or((&[], &[]), |advice| (advice.causes, advice.actions))
}

/// What a macro of Mbed TLS, PSA or TF-M means.
pub(super) fn meaning(code: &Code) -> String {
    match crate::name(code.value) {
        Some(name) if name == code.name || code.kind == crate::tables::Kind::Alias => {
            name.describe().to_string()
        }
        _ => old::meaning(code.name),
    }
}

/// What a name of another owner means.
pub(super) fn foreign(domain: Domain, name: &str) -> String {
    let others = [other::AXTLS, other::LWIP, other::WINSOCK];
    if let Some((_, meaning)) = others
        .into_iter()
        .flatten()
        .find(|(known, _)| *known == name)
    {
        return (*meaning).to_string();
    }
    let (table, fallback) = match domain {
        Domain::Errno => (errno::MEANINGS, "a system error of the C library"),
        Domain::Wolfssl => (
            wolfssl::MEANINGS,
            "an error of wolfSSL, which is another TLS library than Mbed TLS",
        ),
        _ => (esp_idf::MEANINGS, "an error of ESP-IDF"),
    };
    let row = table.iter().find(|(other, _)| *other == name);
    row.map_or_else(
        || format!("{fallback}, by its name: {}", in_words(name)),
        |(_, meaning)| (*meaning).to_string(),
    )
}

/// A macro's name as words: `ESP_ERR_NVS_PAGE_FULL` becomes "nvs page full".
fn in_words(name: &str) -> String {
    let name = name.strip_prefix("ESP_ERR_").unwrap_or(name);
    let name = name.strip_suffix("_E").unwrap_or(name);
    name.to_lowercase().replace('_', " ")
}

pub(super) use modem::cme;

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;
    use crate::tables::foreign::{
        AXTLS, ERRNO_LINUX, ERRNO_NEWLIB, ERRNO_ZEPHYR_2018, ESP_IDF, ESP_IDF_4_2, GETADDRINFO,
        GETADDRINFO_LWIP, LWIP, WINSOCK, WOLFSSL,
    };
    use crate::tables::{by_name, by_value};

    #[test]
    fn every_code_of_every_version_has_a_meaning() {
        let codes: Vec<&Code> = (-0x8000..=64).flat_map(by_value).collect();
        assert!(codes.len() > 400);
        for code in codes {
            let meaning = meaning(code);
            assert!(
                !meaning.is_empty() && !meaning.ends_with('.'),
                "{}: {meaning:?}",
                code.name
            );
        }
    }

    #[test]
    fn every_errno_has_a_meaning() {
        let errno = [ERRNO_LINUX, ERRNO_NEWLIB, ERRNO_ZEPHYR_2018];
        let lists = errno.into_iter().chain([GETADDRINFO, GETADDRINFO_LWIP]);
        for (_, name) in lists.flatten() {
            assert!(
                errno::MEANINGS.iter().any(|(other, _)| other == name),
                "{name}"
            );
        }
    }

    #[test]
    fn every_name_of_axtls_lwip_and_windows_has_a_meaning() {
        for (names, meanings) in [
            (AXTLS, other::AXTLS),
            (LWIP, other::LWIP),
            (WINSOCK, other::WINSOCK),
        ] {
            assert_eq!(names.len(), meanings.len());
            for (_, name) in names {
                assert!(meanings.iter().any(|(other, _)| other == name), "{name}");
            }
        }
    }

    #[test]
    fn every_name_in_the_advice_exists_and_has_one_advice() {
        let foreign: Vec<&str> = [
            ERRNO_LINUX,
            ERRNO_NEWLIB,
            ERRNO_ZEPHYR_2018,
            GETADDRINFO,
            GETADDRINFO_LWIP,
            ESP_IDF,
            ESP_IDF_4_2,
            WOLFSSL,
            AXTLS,
            LWIP,
            WINSOCK,
        ]
        .into_iter()
        .flatten()
        .map(|(_, name)| *name)
        .collect();
        let mut seen = Vec::new();
        for name in all().flat_map(|advice| advice.names) {
            let known = |prefix: &str| by_name(&format!("{prefix}{name}")).next().is_some();
            assert!(
                known("MBEDTLS_ERR_") || known("") || foreign.contains(name),
                "{name}"
            );
            assert!(!seen.contains(name), "{name} has two pieces of advice");
            seen.push(*name);
        }
        for table in [errno::MEANINGS, esp_idf::MEANINGS, wolfssl::MEANINGS] {
            for (name, _) in table {
                assert!(foreign.contains(name) || *name == "ESP_FAIL", "{name}");
            }
        }
    }
}
