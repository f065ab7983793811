//! The PSA API of a Zephyr build, bound to the headers that it hands over.

use mbedtls_config::zephyr::{Handover, Library, size_symbols};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::{env, fs};

/// Functions with the prototypes that `declared` has.
const FUNCTIONS: &str = "crypto_init purge_key destroy_key export_key export_public_key hash_compute hash_compare hash_setup \
    hash_update hash_finish hash_verify hash_abort hash_clone mac_compute mac_verify mac_sign_setup mac_verify_setup \
    mac_update mac_sign_finish mac_verify_finish mac_abort cipher_encrypt cipher_decrypt cipher_encrypt_setup \
    cipher_decrypt_setup cipher_generate_iv cipher_set_iv cipher_update cipher_finish cipher_abort aead_encrypt aead_decrypt \
    aead_encrypt_setup aead_decrypt_setup aead_generate_nonce aead_set_nonce aead_set_lengths aead_update_ad aead_update \
    aead_finish aead_verify aead_abort sign_message verify_message sign_hash verify_hash asymmetric_encrypt \
    asymmetric_decrypt key_derivation_setup key_derivation_get_capacity key_derivation_set_capacity \
    key_derivation_input_bytes key_derivation_input_integer key_derivation_input_key key_derivation_key_agreement \
    key_derivation_output_bytes key_derivation_abort raw_key_agreement generate_random";
/// Those that older or newer headers lack: there they answer `PSA_ERROR_NOT_SUPPORTED`.
const OPTIONAL: &str = "key_derivation_verify_bytes key_derivation_verify_key interruptible_set_max_ops \
    interruptible_get_max_ops sign_hash_get_num_ops verify_hash_get_num_ops sign_hash_start sign_hash_complete \
    sign_hash_abort verify_hash_start verify_hash_complete verify_hash_abort pake_setup pake_set_password_key pake_set_user \
    pake_set_peer pake_set_role pake_output pake_input pake_get_implicit_key pake_abort";
/// Functions with attributes among their arguments, which the crate wraps.
const WITH_ATTRIBUTES: &str = "get_key_attributes reset_key_attributes copy_key import_key generate_key \
    key_derivation_output_key";
const OPTIONAL_WITH_ATTRIBUTES: &str = "generate_key_custom key_derivation_output_key_custom";

/// Operations that every version has, and those that TF-M's headers lacked before 2.1.
const OPERATIONS: &str = "hash mac cipher aead key_derivation";
const OPTIONAL_OPERATIONS: &str = "sign_hash_interruptible verify_hash_interruptible pake";
/// Types that are the same in every version, and their sizes in bytes.
const FIXED: [(&str, i64); 10] = [
    ("psa_status_t", 4),
    ("psa_algorithm_t", 4),
    ("psa_key_type_t", 2),
    ("psa_key_usage_t", 4),
    ("psa_key_lifetime_t", 4),
    ("psa_key_id_t", 4),
    ("mbedtls_svc_key_id_t", 4),
    ("psa_key_derivation_step_t", 2),
    ("psa_pake_cipher_suite_t", 12),
    ("mbedtls_psa_rs_attributes", 24),
];
/// Writes the bindings below `out` and tells rustc and dependents what they are.
pub fn bind(handover: &Handover, out: &Path) -> Result<(), String> {
    for path in handover.watched() {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    let target = env::var("TARGET").map_err(|error| error.to_string())?;
    mbedtls_config::build::libclang().map_err(|error| error.to_string())?;
    let arguments = handover
        .clang_args(&target)
        .map_err(|error| error.to_string())?;
    let facts = Facts::default();
    let text = generate(handover, &arguments, &facts)?;
    let facts = facts.0.lock().expect("bindgen is done").clone();
    let library = Library::of(|name| facts.get(name).copied());
    let library = library.map_err(|reason| format!("{}: {reason}", handover.file.display()))?;
    if !library.is_client {
        let known = |option: &str| facts.contains_key(option);
        handover
            .check_needs(known)
            .map_err(|error| error.to_string())?;
    }
    check_fixed(handover, &facts)?;
    let names = names(&text, &library)?;
    fs::write(out.join("zephyr_bound.rs"), text).map_err(|error| error.to_string())?;
    fs::write(out.join("zephyr_names.rs"), names + &size_symbols(&facts))
        .map_err(|error| error.to_string())?;
    println!("cargo::rustc-cfg=zephyr");
    // For psa: whose operations are handles, and whose hold keys.
    let operations = if library.is_client {
        "handles"
    } else {
        "structs"
    };
    println!("cargo::metadata=zephyr={operations}");
    Ok(())
}

fn words(list: &str) -> impl Iterator<Item = &str> {
    list.split_whitespace()
}

/// The headers, and an enumeration whose values are what must be known of them.
fn header(handover: &Handover) -> String {
    let mut text = String::from("#include <mbedtls_psa_shim.h>\nenum mbedtls_psa_facts {\n");
    let macros = [
        "MBEDTLS_VERSION_NUMBER",
        "TF_PSA_CRYPTO_VERSION_NUMBER",
        "PSA_CRYPTO_API_VERSION_MAJOR",
    ];
    for name in macros {
        writeln!(text, "#ifdef {name}\nFACT_{name} = (long)({name}),\n#endif").unwrap();
    }
    let options = handover.needs.iter().flat_map(|need| &need.macros);
    let options = options.map(String::as_str);
    let options = options.chain(["MBEDTLS_PSA_CRYPTO_C", "MBEDTLS_PSA_CRYPTO_CLIENT"]);
    let mut options: Vec<&str> = options.collect();
    options.sort_unstable();
    options.dedup();
    for name in options {
        writeln!(text, "#ifdef {name}\nFACT_{name} = 1,\n#endif").unwrap();
    }
    let of_mbedtls = "defined(MBEDTLS_VERSION_NUMBER) || defined(TF_PSA_CRYPTO_VERSION_NUMBER)";
    let mut sizes = |name: &str, optional: bool| {
        let condition = if optional { of_mbedtls } else { "1" };
        writeln!(
            text,
            "#if {condition}\nFACT_size_{name} = sizeof({name}), FACT_align_{name} = _Alignof({name}),\n#endif"
        )
        .unwrap();
    };
    for (name, _) in FIXED {
        sizes(name, name == "psa_pake_cipher_suite_t");
    }
    sizes("psa_key_attributes_t", false);
    for name in words(OPERATIONS) {
        sizes(&format!("psa_{name}_operation_t"), false);
    }
    for name in words(OPTIONAL_OPERATIONS) {
        sizes(&format!("psa_{name}_operation_t"), true);
    }
    text.push_str("};\n");
    text
}

fn generate(handover: &Handover, arguments: &[String], facts: &Facts) -> Result<String, String> {
    let functions: Vec<_> = [
        FUNCTIONS,
        OPTIONAL,
        WITH_ATTRIBUTES,
        OPTIONAL_WITH_ATTRIBUTES,
    ]
    .into_iter()
    .flat_map(words)
    .collect();
    bindgen::Builder::default()
        .use_core()
        .rust_edition(bindgen::RustEdition::Edition2024)
        .rust_target(bindgen::RustTarget::stable(85, 0).map_err(|error| error.to_string())?)
        .header_contents("mbedtls_psa_zephyr.h", &header(handover))
        .clang_args(arguments)
        .allowlist_function(format!("psa_({})", functions.join("|")))
        .allowlist_function("mbedtls_psa_rs_.*")
        .allowlist_type("psa_.*_operation_t|psa_key_attributes_t")
        .allowlist_type("psa_.*(_operation|_derivation|_attributes)_s")
        .allowlist_type("mbedtls_psa_facts|mbedtls_psa_rs_attributes")
        // Integers are the crate's own, and what is in a struct nobody sees.
        .allowlist_recursively(false)
        .raw_line("#[allow(unused_imports)]\nuse crate::*;")
        // What is in an operation or in attributes is C's alone.
        .opaque_type("psa_.*(_operation|_derivation|_attributes)_s")
        .blocklist_item(".*__bindgen_ty_.*")
        .default_enum_style(bindgen::EnumVariation::Consts)
        .generate_comments(false)
        .derive_copy(false)
        .derive_debug(false)
        .layout_tests(true)
        .formatter(bindgen::Formatter::None)
        .parse_callbacks(Box::new(bindgen::CargoCallbacks::new()))
        .parse_callbacks(Box::new(facts.clone()))
        .generate()
        .map(|bindings| bindings.to_string())
        .map_err(|error| {
            let reason = error.to_string();
            let first = reason.lines().next().unwrap_or_default();
            format!(
                "{}: the headers that it names cannot be read: {first}",
                handover.file.display()
            )
        })
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

/// Types that the crate declares itself have the sizes that it gives them.
fn check_fixed(handover: &Handover, facts: &BTreeMap<String, i64>) -> Result<(), String> {
    for (name, size) in FIXED {
        match facts.get(&format!("size_{name}")) {
            Some(found) if *found != size => {
                return Err(format!(
                    "{}: {name} has {found} bytes in the headers that it names, and {size} in tfm-sys",
                    handover.file.display()
                ));
            }
            _ => {}
        }
    }
    Ok(())
}

/// What the crate takes from the bindings; a function that is not there and has no stand-in is an error.
fn names(bindings: &str, library: &Library) -> Result<String, String> {
    let is_there = |name: &str| {
        // Since 4.0 an exchange has other functions, some of the same names.
        let other = library.has_other_pake && name.starts_with("psa_pake_");
        // With a space where bindgen does not format, without where something else does.
        let declared = ["", " "].map(|space| format!("pub fn {name}{space}("));
        !other && declared.iter().any(|words| bindings.contains(words))
    };
    let full = |name: &str| format!("psa_{name}");
    let mut found = Vec::new();
    for name in words(FUNCTIONS).chain(words(WITH_ATTRIBUTES)).map(full) {
        if !is_there(&name) {
            return Err(format!("the headers of this Zephyr do not declare {name}"));
        }
        found.push(name);
    }
    found.retain(|name| {
        !words(WITH_ATTRIBUTES)
            .map(full)
            .any(|wrapped| wrapped == *name)
    });
    let optional = words(OPTIONAL).map(|name| (full(name), true));
    let wrapped = words(OPTIONAL_WITH_ATTRIBUTES).map(|name| (full(name), false));
    for (name, exported) in optional.chain(wrapped) {
        if !is_there(&name) {
            println!("cargo::rustc-cfg=absent=\"{name}\"");
        } else if exported {
            found.push(name);
        }
    }
    for operation in words(OPERATIONS).chain(words(OPTIONAL_OPERATIONS)) {
        let name = format!("psa_{operation}_operation_t");
        if bindings.contains(&format!("pub type {name}")) {
            found.push(name);
        } else {
            println!("cargo::rustc-cfg=absent=\"{name}\"");
        }
    }
    Ok(format!("pub use bound::{{{}}};\n", found.join(", ")))
}
