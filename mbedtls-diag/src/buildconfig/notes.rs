//! What a configuration does that its author may not expect.

use mbedtls_config::expr::Expr;
use mbedtls_config::readers::{Build, System};

/// Something to know when a condition holds.
struct Note {
    /// Over macros and settings, in the notation of the tables of mbedtls-config.
    condition: &'static str,
    /// The needs that it is about; for none, it is about the build.
    needs: &'static [&'static str],
    /// True when it ceased to matter with Mbed TLS 3.6.
    before_3_6: bool,
    text: &'static str,
}

const WRITING: &[&str] = &["pk-write-der", "pk-write-pem", "pk-write-pubkey-pem"];

const NOTES: &[Note] = &[
    Note {
        condition: "!MBEDTLS_ECP_C && !MBEDTLS_PK_HAVE_ECC_KEYS && (MBEDTLS_PK_WRITE_C || MBEDTLS_ECP_DP_SECP256R1_ENABLED || PSA_WANT_ECC_SECP_R1_256)",
        needs: WRITING,
        before_3_6: false,
        text: "mbedtls_pk_write_key_* and mbedtls_pk_write_pubkey_* answer -0x3980 (0xc680, FEATURE_UNAVAILABLE) for an EC key, because MBEDTLS_ECP_C is off: a curve alone does not bring it",
    },
    Note {
        condition: "MBEDTLS_PSA_CRYPTO_CLIENT || MBEDTLS_PSA_CRYPTO_C",
        needs: WRITING,
        before_3_6: true,
        text: "a key that lives in PSA (opaque, from mbedtls_pk_setup_opaque) can be written from Mbed TLS 3.5.2 on, when its policy has PSA_KEY_USAGE_EXPORT (without it: -0x4F80, ECP_BAD_INPUT_DATA); before, the answer is -0x3980 (0xc680, FEATURE_UNAVAILABLE). psa_export_key gives the bare key in every version",
    },
    Note {
        condition: "PSA_WANT_ECC_SECP_R1_256 && !MBEDTLS_ECP_C",
        needs: &[],
        before_3_6: false,
        text: "PSA_WANT_ECC_SECP_R1_256 alone does not give MBEDTLS_ECP_C: P-256 is there for psa_* calls, not for mbedtls_ecp_*, mbedtls_ecdsa_* and mbedtls_ecdh_*",
    },
    Note {
        condition: "MBEDTLS_ECP_DP_SECP256R1_ENABLED && !MBEDTLS_ECP_C && !PSA_WANT_ECC_SECP_R1_256",
        needs: &[],
        before_3_6: false,
        text: "MBEDTLS_ECP_DP_SECP256R1_ENABLED has no effect without MBEDTLS_ECP_C",
    },
    Note {
        condition: "MBEDTLS_ECP_C && MBEDTLS_PSA_CRYPTO_CLIENT && !MBEDTLS_PSA_CRYPTO_C",
        needs: &[],
        before_3_6: false,
        text: "the PSA core is not in this image: psa_* calls go to the secure side, while mbedtls_ecp_* and mbedtls_pk_* with keys of their own are computed here",
    },
    Note {
        condition: "MBEDTLS_ERROR_STRERROR_DUMMY && !MBEDTLS_ERROR_C",
        needs: &["strerror"],
        before_3_6: false,
        text: "mbedtls_strerror is compiled as a stub that answers nothing: MBEDTLS_ERROR_STRERROR_DUMMY is on and MBEDTLS_ERROR_C is off",
    },
    Note {
        condition: "MBEDTLS_PK_WRITE_C && MBEDTLS_BASE64_C && !MBEDTLS_PEM_WRITE_C",
        needs: &["pk-write-pem", "pk-write-pubkey-pem", "csr-pem"],
        before_3_6: false,
        text: "DER can be written, PEM cannot: MBEDTLS_PEM_WRITE_C is off. Base64 of the DER between two lines is all that PEM adds",
    },
    Note {
        condition: "MBEDTLS_CTR_DRBG_C && !MBEDTLS_ENTROPY_C && !MBEDTLS_PSA_CRYPTO_EXTERNAL_RNG",
        needs: &["random"],
        before_3_6: false,
        text: "the generator CTR_DRBG has no source of its own (MBEDTLS_ENTROPY_C is off): the application must seed it",
    },
];

/// The notes about one need.
pub(super) fn about(build: &Build, need: &str) -> Vec<&'static str> {
    let notes = NOTES.iter().filter(|note| note.needs.contains(&need));
    notes
        .filter(|note| holds(build, note))
        .map(|note| note.text)
        .collect()
}

/// The notes about the build.
pub(super) fn general(build: &Build) -> Vec<String> {
    let notes = NOTES.iter().filter(|note| note.needs.is_empty());
    let mut found: Vec<String> = notes
        .filter(|note| holds(build, note))
        .map(|note| note.text.to_string())
        .collect();
    found.extend(psa_without_effect(build));
    found.extend(
        build
            .unknown()
            .into_iter()
            .map(|(name, meant)| unknown(build, name, &meant)),
    );
    for file in build.missing_includes() {
        found.push(format!(
            "{file} is included and was not given: what it sets is not known here"
        ));
    }
    if build
        .port()
        .is_some_and(|port| port.mbedtls.starts_with('4'))
    {
        found.push(
            "this environment has Mbed TLS 4.x, whose options are fewer; it was judged by the rules of 3.6"
                .to_string(),
        );
    }
    if !build.is_whole() && build.system() != System::Plain {
        found.push(
            "only a part of Kconfig's input was given: defaults that depend on the board are not known here; the whole is in build/zephyr/.config (ESP-IDF: sdkconfig)"
                .to_string(),
        );
    }
    found
}

fn holds(build: &Build, note: &Note) -> bool {
    // The table is part of this module; a test reads all of it.
    let matters = !note.before_3_6 || !build.facts().version.starts_with("3.6");
    matters && Expr::parse(note.condition).is_ok_and(|expr| build.holds(&expr))
}

fn unknown(build: &Build, name: &str, meant: &[String]) -> String {
    let meant = meant.join(" or ");
    match (name.strip_prefix("CONFIG_"), meant.as_str()) {
        (Some(option), "") => {
            format!("{name} is no setting here: nothing in Kconfig sets {option}")
        }
        (Some(option), lines) => {
            format!(
                "{name} is no setting of {}: {option} is set by {lines}",
                environment(build)
            )
        }
        (None, "") => format!("{name} is no option of Mbed TLS: it does nothing"),
        (None, names) => format!("{name} is no option of Mbed TLS: did you mean {names}?"),
    }
}

pub(super) fn environment(build: &Build) -> &'static str {
    build.port().map_or("Mbed TLS", |port| port.name)
}

fn psa_without_effect(build: &Build) -> Option<String> {
    let wanted = build
        .configured()
        .find(|name| name.starts_with("PSA_WANT_"))?;
    let psa = build.is_on("MBEDTLS_PSA_CRYPTO_C") || build.is_on("MBEDTLS_PSA_CRYPTO_CLIENT");
    if !psa {
        return Some(format!(
            "{wanted} and its like have no effect: the PSA core is not in this build (MBEDTLS_PSA_CRYPTO_C is off)"
        ));
    }
    let plain = build.system() == System::Plain;
    (plain && !build.is_on("MBEDTLS_PSA_CRYPTO_CONFIG")).then(|| {
        format!(
            "{wanted} and its like have no effect: they are read only with MBEDTLS_PSA_CRYPTO_CONFIG"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_note_can_be_read_and_is_about_known_needs() {
        for note in NOTES {
            assert!(Expr::parse(note.condition).is_ok(), "{}", note.condition);
            for need in note.needs {
                assert!(super::super::find(need).is_ok(), "{need}");
            }
        }
    }
}
