//! Binds the Mbed TLS that a Zephyr build links: nothing is compiled or linked here.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::{env, fs};

use mbedtls_config::build;
use mbedtls_config::facts::Version;
use mbedtls_config::zephyr::{Handover, Library, size_symbols};

/// Storage is Zephyr's, or TF-M's; the driver for P-256 is the image's own.
const NOT_OURS: [&str; 2] = [
    "MBEDTLS_PSA_CRYPTO_STORAGE_C",
    "MBEDTLS_PSA_P256M_DRIVER_ENABLED",
];

/// Types of Mbed TLS that this crate makes or reads, beside those of the PSA Crypto API, and what brings them.
const TYPES: [(&str, &str); 12] = [
    ("mbedtls_pk_context", "1"),
    ("mbedtls_pk_type_t", "1"),
    ("mbedtls_md_type_t", "1"),
    ("mbedtls_asn1_buf", "1"),
    ("mbedtls_asn1_sequence", "1"),
    ("mbedtls_asn1_named_data", "1"),
    ("mbedtls_x509_time", "1"),
    ("mbedtls_x509_crt", "defined(MBEDTLS_X509_CRT_PARSE_C)"),
    (
        "mbedtls_x509write_cert",
        "defined(MBEDTLS_X509_CRT_WRITE_C)",
    ),
    ("mbedtls_x509_csr", "defined(MBEDTLS_X509_CSR_PARSE_C)"),
    ("mbedtls_x509write_csr", "defined(MBEDTLS_X509_CSR_WRITE_C)"),
    (
        "mbedtls_x509_san_list",
        "defined(MBEDTLS_X509_USE_C) || defined(MBEDTLS_X509_CREATE_C)",
    ),
];

/// Writes the bindings of Mbed TLS 3.6; of another version there are none, which a warning says.
pub fn bind(handover: &Handover, out: &Path) -> Result<(), Box<dyn Error>> {
    if env::var_os("CARGO_FEATURE_TFM").is_some() {
        return Err("the feature `tfm` compiles a client of TF-M, and Zephyr has one: leave the feature out".into());
    }
    for path in handover.watched() {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    println!("cargo::rustc-cfg=zephyr");
    build::libclang()?;
    let arguments = handover.clang_args(&super::variable("TARGET")?)?;
    let wrapper = PathBuf::from(super::variable("CARGO_MANIFEST_DIR")?).join("src/sys/wrapper.h");
    let options = &Version::V3_6.facts().options;
    let facts = facts(&arguments, options.iter().map(|option| option.name))?;
    let library = Library::of(|name| facts.get(name).copied())
        .map_err(|reason| format!("{}: {reason}", handover.file.display()))?;
    let (bindings, sizes) = (out.join("bindings.rs"), out.join("sizes.rs"));
    if !library.is_3_6 {
        println!(
            "cargo::warning=this Zephyr has {}: `pk` and `x509` of mbedtls-psa bind Mbed TLS 3.6 only and are left out; \
             psa-client works without them",
            library.name
        );
        fs::write(bindings, "")?;
        fs::write(sizes, "")?;
        return Ok(());
    }
    super::builder(&wrapper, out)?
        .clang_args(&arguments)
        .parse_callbacks(Box::new(bindgen::CargoCallbacks::new()))
        .generate()?
        .write_to_file(bindings)?;
    fs::write(sizes, size_symbols(&facts))?;
    for option in options {
        if !NOT_OURS.contains(&option.name) && facts.contains_key(option.name) {
            let name = option.name.trim_start_matches("MBEDTLS_");
            println!("cargo::rustc-cfg=mbedtls=\"{name}\"");
        }
    }
    let on = |name: &str| facts.contains_key(name);
    if on("MBEDTLS_USE_PSA_CRYPTO") && on("MBEDTLS_PK_C") {
        println!("cargo::metadata=pk=1");
    }
    Ok(())
}

/// Which macros the headers define, and the sizes of types that they have.
fn facts<'a>(
    arguments: &[String],
    macros: impl Iterator<Item = &'a str>,
) -> Result<BTreeMap<String, i64>, Box<dyn Error>> {
    let mut text =
        String::from("#include <mbedtls_psa_shim_3_6.h>\nenum mbedtls_psa_facts {\nFACT_none,\n");
    for name in ["MBEDTLS_VERSION_NUMBER", "TF_PSA_CRYPTO_VERSION_NUMBER"] {
        writeln!(text, "#ifdef {name}\nFACT_{name} = (long)({name}),\n#endif")?;
    }
    for name in macros.chain(["PSA_CRYPTO_API_VERSION_MAJOR"]) {
        writeln!(text, "#ifdef {name}\nFACT_{name} = 1,\n#endif")?;
    }
    text.push_str("#ifdef MBEDTLS_PSA_SHIM_BINDS_3_6\n");
    for (name, condition) in TYPES {
        let sizes =
            format!("FACT_size_{name} = sizeof({name}), FACT_align_{name} = _Alignof({name}),");
        writeln!(text, "#if {condition}\n{sizes}\n#endif")?;
    }
    text.push_str("#endif\n");
    text.push_str("};\n");
    let facts = Facts::default();
    bindgen::Builder::default()
        .header_contents("mbedtls_psa_facts.h", &text)
        .clang_args(arguments)
        .allowlist_type("mbedtls_psa_facts")
        .formatter(bindgen::Formatter::None)
        .parse_callbacks(Box::new(facts.clone()))
        .generate()?;
    let facts = facts.0.lock().map_err(|_| "bindgen failed")?;
    Ok(facts.clone())
}

/// Collects the values of the enumeration by their names.
#[derive(Clone, Debug, Default)]
struct Facts(Arc<Mutex<BTreeMap<String, i64>>>);

impl bindgen::callbacks::ParseCallbacks for Facts {
    fn enum_variant_behavior(
        &self,
        _enum_name: Option<&str>,
        variant: &str,
        value: bindgen::callbacks::EnumVariantValue,
    ) -> Option<bindgen::callbacks::EnumVariantCustomBehavior> {
        use bindgen::callbacks::EnumVariantValue::{Boolean, Signed, Unsigned};
        let value = match value {
            Signed(value) => value,
            Unsigned(value) => i64::try_from(value).ok()?,
            Boolean(value) => value.into(),
        };
        let name = variant.strip_prefix("FACT_")?.to_owned();
        self.0.lock().ok()?.insert(name, value);
        Some(bindgen::callbacks::EnumVariantCustomBehavior::Hide)
    }
}
