//! Symbols that are not the library's: ports, secure side, bootloader, other libraries.

use super::answer::{Answer, Cause};

/// A family of symbols.
struct Owner {
    /// What their names begin with.
    prefixes: &'static [&'static str],
    /// Whole names: `psa_close` is the client's, `psa_close_key` is not.
    names: &'static [&'static str],
    /// Who defines them.
    name: &'static str,
    /// Where that is.
    defined_in: &'static str,
    /// What they are switched on by, in words.
    requires: &'static [&'static str],
    zephyr: &'static [&'static str],
    ncs: &'static [&'static str],
    esp_idf: &'static [&'static str],
    action: &'static str,
}

const NONE: Owner = Owner {
    prefixes: &[],
    names: &[],
    name: "",
    defined_in: "",
    requires: &[],
    zephyr: &[],
    ncs: &[],
    esp_idf: &[],
    action: "",
};

/// Longer beginnings stand before shorter ones.
const OWNERS: &[Owner] = &[
    Owner {
        prefixes: &["esp_mpi_"],
        name: "the MPI accelerator of ESP-IDF's port",
        defined_in: "components/mbedtls/port (ESP-IDF)",
        requires: &["hardware MPI"],
        esp_idf: &["CONFIG_MBEDTLS_HARDWARE_MPI=y"],
        action: "Switch the accelerator on, or switch off what calls it (wpa_supplicant: CONFIG_ESP_WIFI_MBEDTLS_CRYPTO, formerly CONFIG_WPA_MBEDTLS_CRYPTO).",
        ..NONE
    },
    Owner {
        prefixes: &["esp_aes_"],
        name: "the AES accelerator of ESP-IDF's port",
        defined_in: "components/mbedtls/port (ESP-IDF)",
        requires: &["hardware AES"],
        esp_idf: &["CONFIG_MBEDTLS_HARDWARE_AES=y"],
        action: "Switch the accelerator on, or call mbedtls_aes_* instead, which works with and without it.",
        ..NONE
    },
    Owner {
        prefixes: &["esp_sha_", "esp_sha1_", "esp_sha256_", "esp_sha512_"],
        name: "the SHA accelerator of ESP-IDF's port",
        defined_in: "components/mbedtls/port (ESP-IDF)",
        requires: &["hardware SHA"],
        esp_idf: &["CONFIG_MBEDTLS_HARDWARE_SHA=y"],
        action: "Switch the accelerator on, or call mbedtls_sha256_* instead, which works with and without it.",
        ..NONE
    },
    Owner {
        prefixes: &["esp_md5_"],
        name: "the MD5 of the chip's ROM, through ESP-IDF's port",
        defined_in: "components/mbedtls/port (ESP-IDF)",
        requires: &["MD5 in ROM"],
        esp_idf: &["CONFIG_MBEDTLS_ROM_MD5=y"],
        action: "Switch it on, or call mbedtls_md5_* instead.",
        ..NONE
    },
    Owner {
        prefixes: &["esp_ecc_", "esp_ecdsa_"],
        name: "the elliptic-curve accelerator of ESP-IDF's port",
        defined_in: "components/mbedtls/port (ESP-IDF)",
        requires: &["hardware ECC"],
        esp_idf: &["CONFIG_MBEDTLS_HARDWARE_ECC=y"],
        action: "Switch the accelerator on; not every chip has one.",
        ..NONE
    },
    Owner {
        prefixes: &["esp_crt_bundle_"],
        name: "ESP-IDF's certificate bundle",
        defined_in: "components/mbedtls/esp_crt_bundle (ESP-IDF)",
        requires: &["the certificate bundle"],
        esp_idf: &["CONFIG_MBEDTLS_CERTIFICATE_BUNDLE=y"],
        action: "Switch the bundle on, and name mbedtls among the REQUIRES of the component that calls it.",
        ..NONE
    },
    Owner {
        prefixes: &["esp_mbedtls_"],
        name: "ESP-IDF's port of Mbed TLS",
        defined_in: "components/mbedtls/port (ESP-IDF)",
        action: "Name mbedtls among the REQUIRES of the component that calls it; functions for dynamic buffers need CONFIG_MBEDTLS_DYNAMIC_BUFFER=y.",
        ..NONE
    },
    Owner {
        prefixes: &["esp_tls_"],
        name: "ESP-IDF's component esp-tls",
        defined_in: "components/esp-tls (ESP-IDF)",
        action: "Name esp-tls among the REQUIRES of the component that calls it.",
        ..NONE
    },
    Owner {
        prefixes: &[
            "ecdsa_pub_key",
            "rsa_pub_key",
            "ed25519_pub_key",
            "enc_ec256_",
            "enc_x25519_",
            "enc_rsa_",
            "bootutil_",
        ],
        name: "MCUboot",
        defined_in: "the key file that MCUboot generates (imgtool getpub)",
        requires: &["MCUboot's signature type"],
        zephyr: &[
            "CONFIG_BOOT_SIGNATURE_TYPE_ECDSA_P256=y (for an EC key; in MCUboot's own configuration)",
        ],
        ncs: &["SB_CONFIG_BOOT_SIGNATURE_TYPE_ECDSA_P256=y (for an EC key)"],
        action: "Let the key file fit the signature type that MCUboot is configured for: an RSA key with ECDSA selected leaves ecdsa_pub_key undefined, and the other way round.",
        ..NONE
    },
    Owner {
        prefixes: &["psa_its_", "psa_ps_"],
        name: "the PSA storage service",
        defined_in: "TF-M's client (tfm_its_api.c, tfm_ps_api.c), or library/psa_its_file.c on a host",
        zephyr: &[
            "CONFIG_TFM_PARTITION_INTERNAL_TRUSTED_STORAGE=y (with TF-M: psa_its_*)",
            "CONFIG_TFM_PARTITION_PROTECTED_STORAGE=y (with TF-M: psa_ps_*)",
            "CONFIG_SECURE_STORAGE=y (without TF-M, from 4.0)",
        ],
        ncs: &[
            "CONFIG_TFM_PARTITION_INTERNAL_TRUSTED_STORAGE=y (psa_its_*)",
            "CONFIG_TFM_PARTITION_PROTECTED_STORAGE=y (psa_ps_*)",
        ],
        action: "Include the storage partition in TF-M's profile, or bring a storage of your own: on a device without TF-M nobody else does.",
        ..NONE
    },
    Owner {
        prefixes: &["psa_initial_attest_"],
        name: "TF-M's attestation service",
        defined_in: "TF-M's client (tfm_attest_api.c)",
        zephyr: &["CONFIG_TFM_PARTITION_INITIAL_ATTESTATION=y"],
        ncs: &["CONFIG_TFM_PARTITION_INITIAL_ATTESTATION=y"],
        action: "Include the attestation partition in TF-M's profile.",
        ..NONE
    },
    Owner {
        prefixes: &["psa_fwu_"],
        name: "TF-M's firmware update service",
        defined_in: "TF-M's client (tfm_fwu_api.c)",
        zephyr: &["CONFIG_TFM_PARTITION_FIRMWARE_UPDATE=y"],
        ncs: &["CONFIG_TFM_PARTITION_FIRMWARE_UPDATE=y"],
        action: "Include the firmware update partition in TF-M's profile.",
        ..NONE
    },
    Owner {
        prefixes: &["tfm_"],
        names: &[
            "psa_call",
            "psa_connect",
            "psa_close",
            "psa_version",
            "psa_framework_version",
        ],
        name: "TF-M's client",
        defined_in: "TF-M's export: api_ns/interface, and its veneers s_veneers.o",
        zephyr: &["CONFIG_BUILD_WITH_TFM=y"],
        ncs: &["CONFIG_BUILD_WITH_TFM=y"],
        action: "Link the client of the TF-M export (tfm_api) and its s_veneers.o, and build TF-M before the application.",
        ..NONE
    },
    Owner {
        prefixes: &["ocrypto_"],
        name: "Nordic's nrf_oberon",
        defined_in: "nrfxlib/crypto/nrf_oberon",
        ncs: &["CONFIG_NRF_OBERON=y"],
        action: "Link nrf_oberon, or let nrf_security choose another driver.",
        ..NONE
    },
    Owner {
        prefixes: &[
            "nrf_cc3xx_",
            "nrf_cc310_",
            "cc3xx_",
            "CC_",
            "CRYS_",
            "SaSi_",
        ],
        name: "Nordic's CryptoCell libraries",
        defined_in: "nrfxlib/crypto/nrf_cc3xx_*",
        ncs: &["CONFIG_NRF_CC3XX_PLATFORM=y"],
        action: "Link the CryptoCell platform library; on a device over TF-M it belongs to the secure side only.",
        ..NONE
    },
    Owner {
        prefixes: &["cracen_", "sx_", "ba4xx_"],
        name: "Nordic's CRACEN driver",
        defined_in: "subsys/nrf_security/src/drivers/cracen",
        ncs: &["CONFIG_PSA_CRYPTO_DRIVER_CRACEN=y"],
        action: "Switch the driver on; on a device over TF-M it belongs to the secure side only.",
        ..NONE
    },
    Owner {
        prefixes: &[
            "z_impl_sys_csrand_get",
            "sys_csrand_get",
            "z_impl_sys_rand_get",
            "sys_rand_get",
        ],
        name: "Zephyr's random subsystem",
        defined_in: "subsys/random",
        zephyr: &[
            "CONFIG_ENTROPY_GENERATOR=y",
            "CONFIG_TEST_RANDOM_GENERATOR=y (for tests on boards without a source: not random)",
        ],
        ncs: &["CONFIG_ENTROPY_GENERATOR=y"],
        action: "Give Zephyr a source of randomness: an entropy driver of the board.",
        ..NONE
    },
    Owner {
        prefixes: &["wolfSSL_", "wc_"],
        name: "wolfSSL",
        defined_in: "wolfSSL",
        action: "This is another library: link wolfSSL, or call the functions of Mbed TLS.",
        ..NONE
    },
    Owner {
        prefixes: &[
            "SSL_", "EVP_", "BIO_", "X509_", "RSA_", "PEM_", "ERR_", "OPENSSL_", "CRYPTO_",
            "EC_KEY_",
        ],
        name: "OpenSSL",
        defined_in: "OpenSSL (libssl, libcrypto)",
        action: "This is another library: link OpenSSL, or call the functions of Mbed TLS.",
        ..NONE
    },
    Owner {
        prefixes: &[
            "__aeabi_",
            "__gnu_",
            "_sbrk",
            "_exit",
            "_write",
            "_close",
            "_lseek",
            "_read",
            "_kill",
            "_getpid",
            "__stack_chk",
        ],
        name: "the compiler's own libraries",
        defined_in: "libgcc, newlib or picolibc",
        action: "Link libgcc (-lgcc), or bring the system calls that newlib asks for (--specs=nosys.specs for a start).",
        ..NONE
    },
];

/// The answer about a symbol that is not the library's.
pub(super) fn answer(symbol: &str) -> Option<Answer> {
    let owner = OWNERS.iter().find(|owner| {
        owner.names.contains(&symbol)
            || owner
                .prefixes
                .iter()
                .any(|prefix| symbol.starts_with(prefix))
    })?;
    // What a port brings under an option of Mbed TLS's own configuration is a matter of that option.
    let cause = if owner.esp_idf.is_empty() {
        Cause::NotMbedtls
    } else {
        Cause::OptionOff
    };
    let texts = |lines: &[&str]| lines.iter().map(ToString::to_string).collect();
    let mut answer = Answer::new(symbol, cause);
    answer.shown = true;
    answer.defined_in = Some(owner.defined_in.to_owned());
    answer.requires = texts(owner.requires);
    answer.zephyr = texts(owner.zephyr);
    answer.ncs = texts(owner.ncs);
    answer.esp_idf = texts(owner.esp_idf);
    answer.actions = vec![owner.action.to_owned()];
    answer.notes = vec![format!(
        "{symbol} is not a function of Mbed TLS: it belongs to {}",
        owner.name
    )];
    Some(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_owner_says_what_to_do() {
        for owner in OWNERS {
            assert!(!owner.name.is_empty() && !owner.defined_in.is_empty());
            assert!(owner.action.ends_with('.'), "{}", owner.action);
        }
    }

    #[test]
    fn no_function_of_the_library_is_taken_for_somebody_elses() {
        let functions = &mbedtls_config::facts::Version::V3_6.facts().functions;
        for function in functions
            .iter()
            .filter(|function| !function.name.starts_with("psa_its_"))
        {
            assert!(answer(function.name).is_none(), "{}", function.name);
        }
    }
}
