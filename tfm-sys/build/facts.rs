//! The facts of an export's headers, as clang reads them for the target, against the tables in `data/`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::{Arc, Mutex};

const FUNCTIONS: &str = include_str!("../data/functions.tsv");
const LAYOUT: &str = include_str!("../data/layout.tsv");

/// A number that the client depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is, such as `offset nonce`.
    pub name: String,
    /// What the client speaks.
    pub value: i64,
    /// The constant expression that has it in C.
    pub expression: String,
    /// A preprocessor condition without which the headers do not have it.
    pub condition: Option<String>,
}

/// Every fact of the tables.
pub fn expected() -> Vec<Fact> {
    let layout = rows(LAYOUT).map(|[kind, name, value, expression, condition]| Fact {
        name: format!("{kind} {name}"),
        value: number(value),
        expression: expression.to_owned(),
        condition: (!condition.is_empty()).then(|| match condition.strip_prefix("header ") {
            Some(header) => format!("__has_include(\"{header}\")"),
            None => condition.to_owned(),
        }),
    });
    let functions = rows(FUNCTIONS)
        .filter(|[name, ..]| !["open_key", "close_key"].contains(name)) // renamed in 2.3
        .map(|[name, id, ..]| Fact {
            name: format!("id of psa_{name}"),
            value: number(id),
            expression: function_id(name),
            condition: None,
        });
    layout.chain(functions).collect()
}

fn rows(table: &'static str) -> impl Iterator<Item = [&'static str; 5]> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let columns: Vec<_> = line.split('\t').collect();
            columns
                .try_into()
                .expect("five columns in a table of facts")
        })
}

fn number(text: &str) -> i64 {
    let parsed = match text.strip_prefix("0x") {
        Some(hex) => i64::from_str_radix(hex, 16),
        None => text.parse(),
    };
    parsed.expect("a number in a table of facts")
}

fn function_id(name: &str) -> String {
    let family = if name.starts_with("sign_") || name.starts_with("verify_") {
        "ASYMMETRIC_"
    } else {
        ""
    };
    format!("TFM_CRYPTO_{family}{}_SID", name.to_uppercase())
}

/// A header whose one enumeration has every fact as a value.
fn header(facts: &[Fact]) -> String {
    let mut text = String::from(
        "#include <stddef.h>\n#include <stdint.h>\n#include \"psa/client.h\"\n#include \"psa/crypto.h\"\n\
         #include \"psa_manifest/sid.h\"\n#include \"tfm_crypto_defs.h\"\n#include \"tfm_psa_call_pack.h\"\n",
    );
    for header in ["its_defs", "ps_defs", "attest_defs", "platform_api"] {
        let header = format!("\"tfm_{header}.h\"");
        writeln!(
            text,
            "#if __has_include({header})\n#include {header}\n#endif"
        )
        .unwrap();
    }
    text.push_str("enum tfm_sys_facts {\n");
    for (index, fact) in facts.iter().enumerate() {
        let condition = fact.condition.as_deref().unwrap_or("1");
        writeln!(
            text,
            "#if {condition}\nTFM_SYS_FACT_{index} = {},\n#endif",
            fact.expression
        )
        .unwrap();
    }
    text.push_str("};\n");
    text
}

/// Collects the values of the enumeration.
#[derive(Clone, Debug, Default)]
struct Values(Arc<Mutex<BTreeMap<usize, i64>>>);

impl bindgen::callbacks::ParseCallbacks for Values {
    fn enum_variant_behavior(
        &self,
        _enum_name: Option<&str>,
        variant: &str,
        value: bindgen::callbacks::EnumVariantValue,
    ) -> Option<bindgen::callbacks::EnumVariantCustomBehavior> {
        use bindgen::callbacks::EnumVariantValue::{Boolean, Signed, Unsigned};
        let index = variant
            .strip_prefix("TFM_SYS_FACT_")
            .and_then(|index| index.parse().ok())?;
        let value = match value {
            Signed(value) => value,
            Unsigned(value) => i64::try_from(value).ok()?,
            Boolean(value) => value.into(),
        };
        self.0.lock().unwrap().insert(index, value);
        None
    }
}

/// What the headers below `include` say of `facts`; those that they do not have are left out.
pub fn read(
    facts: &[Fact],
    include: &Path,
    client_config: &Path,
    target: &str,
) -> Result<BTreeMap<String, i64>, String> {
    mbedtls_config::build::libclang().map_err(|error| error.to_string())?;
    let values = Values::default();
    let config = |macro_name: &str, file: &str| {
        format!("-D{macro_name}=\"{}\"", client_config.join(file).display())
    };
    bindgen::Builder::default()
        .header_contents("tfm_sys_facts.h", &header(facts))
        .clang_args([format!("--target={target}"), "-w".to_owned()])
        .clang_args(["-I".to_owned(), include.display().to_string()])
        // libclang may be there without the headers of its compiler.
        .clang_arg(format!(
            "-idirafter{}",
            client_config.join("freestanding").display()
        ))
        // 2.1 and 2.2 leave these two files out of an export.
        .clang_arg(config("MBEDTLS_CONFIG_FILE", "mbedtls_config.h"))
        .clang_arg(config("MBEDTLS_PSA_CRYPTO_CONFIG_FILE", "crypto_config.h"))
        // 2.3.
        .clang_arg("-DTFM_PSA_CRYPTO_CLIENT_ONLY")
        .clang_arg("-DTF_PSA_CRYPTO_CONFIG_FILE=\"mbedtls/tf_psa_crypto_config.h\"")
        // All; the last one gives fields of attributes their plain names.
        .clang_args([
            "-DPLATFORM_DEFAULT_CRYPTO_KEYS",
            "-DCONFIG_TFM_USE_TRUSTZONE",
        ])
        .clang_args([
            "-DTFM_PARTITION_CRYPTO",
            "-DDOMAIN_NS=1",
            "-DMBEDTLS_ALLOW_PRIVATE_ACCESS",
        ])
        .allowlist_type("tfm_sys_facts")
        .layout_tests(false)
        .formatter(bindgen::Formatter::None)
        .parse_callbacks(Box::new(values.clone()))
        .generate()
        // One line is enough: the rest follows from it.
        .map_err(|error| {
            error
                .to_string()
                .lines()
                .next()
                .unwrap_or_default()
                .to_owned()
        })?;
    let values = values.0.lock().unwrap();
    Ok(values
        .iter()
        .map(|(index, value)| (facts[*index].name.clone(), *value))
        .collect())
}

/// The lines in which an export differs from what the client speaks.
pub fn differences(facts: &[Fact], found: &BTreeMap<String, i64>) -> Vec<String> {
    facts
        .iter()
        .filter_map(|fact| match found.get(&fact.name) {
            Some(value) if *value == fact.value => None,
            None if fact.condition.is_some() => None,
            Some(value) => Some(format!(
                "{}: {value}, the client speaks {}",
                fact.name, fact.value
            )),
            None => Some(format!(
                "{}: missing, the client speaks {}",
                fact.name, fact.value
            )),
        })
        .collect()
}
