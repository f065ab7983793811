//! Whose Kconfig is it, and of which era?

use crate::readers::Build;
use crate::readers::port::{Port, System};

/// The port that fits best. Kconfig's files rarely name their version, but settings come and go: the table that knows
/// most of them wins, and of several equals the one that is most in use.
pub(super) fn port(build: &Build, system: Option<System>, comment: &str) -> &'static Port {
    let system = system
        .filter(|system| *system != System::Plain)
        .unwrap_or_else(|| detect_system(build, comment));
    let candidates: Vec<&'static Port> = Port::all()
        .iter()
        .filter(|port| port.system == system)
        .collect();
    let named = named_era(build, system, comment);
    let score = |port: &Port| {
        let known = build
            .asked
            .keys()
            .chain(&build.refused)
            .filter(|name| port.knows(name))
            .count();
        let usual = matches!(port.name, "Zephyr 3.7 to 4.3" | "ESP-IDF 5.x");
        (Some(port.name) == named, known, usual)
    };
    candidates
        .into_iter()
        .max_by_key(|port| score(port))
        .unwrap_or(&Port::all()[0])
}

fn detect_system(build: &Build, comment: &str) -> System {
    let named = |prefixes: &[&str]| {
        build
            .asked
            .keys()
            .chain(&build.refused)
            .any(|name| prefixes.iter().any(|prefix| name.starts_with(prefix)))
    };
    if comment.contains("Espressif") || named(&["CONFIG_IDF_", "CONFIG_ESPTOOLPY_", "CONFIG_ESP_"])
    {
        System::EspIdf
    } else if named(&[
        "CONFIG_NRF_SECURITY",
        "CONFIG_NORDIC_SECURITY_BACKEND",
        "CONFIG_NCS_",
        "CONFIG_NRF_MODEM_LIB",
        "CONFIG_NRF_OBERON",
        "CONFIG_MBEDTLS_LEGACY_CRYPTO_C",
        "CONFIG_PSA_CRYPTO_DRIVER_OBERON",
        "CONFIG_PSA_CRYPTO_DRIVER_CC3XX",
        "CONFIG_PSA_CRYPTO_DRIVER_CRACEN",
        "CONFIG_MBEDTLS_X509_LIBRARY",
        "CONFIG_MBEDTLS_TLS_LIBRARY",
    ]) {
        System::Ncs
    } else if named(&[
        "CONFIG_MBEDTLS_TLS_ENABLED",
        "CONFIG_MBEDTLS_CERTIFICATE_BUNDLE",
        "CONFIG_MBEDTLS_HARDWARE_",
    ]) {
        System::EspIdf
    } else {
        System::Zephyr
    }
}

/// The era, where a file names it.
fn named_era(build: &Build, system: System, comment: &str) -> Option<&'static str> {
    match system {
        System::Zephyr => match build.asked.get("CONFIG_MBEDTLS_CFG_FILE")?.as_str() {
            "config-tls-generic.h" => Some("Zephyr 3.4 to 3.6"),
            "config-mbedtls.h" if build.is_asked("CONFIG_TF_PSA_CRYPTO_CFG_FILE") => {
                Some("Zephyr 4.4 on")
            }
            "config-mbedtls.h" => Some("Zephyr 3.7 to 4.3"),
            _ => None,
        },
        System::EspIdf => {
            let version = build
                .asked
                .get("CONFIG_IDF_INIT_VERSION")
                .map(String::as_str)
                .or_else(|| comment.split("(ESP-IDF)").nth(1))?;
            match version
                .trim()
                .trim_start_matches(['v', '"'])
                .chars()
                .next()?
            {
                '0'..='4' => Some("ESP-IDF 4.4"),
                '5' => Some("ESP-IDF 5.x"),
                _ => Some("ESP-IDF 6.x"),
            }
        }
        System::Plain | System::Ncs => None,
    }
}
