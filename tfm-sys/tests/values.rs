//! Constants, macros and attributes against the headers of the pinned Mbed TLS, through a C program.
//!
//! Miri cannot start a C compiler, so these tests are not for it.
#![cfg(not(miri))]

#[macro_use]
#[path = "values/table.rs"]
mod table;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Any value as C prints it: a 64-bit integer.
trait Number {
    fn number(self) -> i64;
}

macro_rules! numbers {
    ($($type:ty)*) => {$(
        impl Number for $type {
            #[allow(clippy::cast_lossless, clippy::cast_possible_wrap, reason = "as C converts it")]
            fn number(self) -> i64 {
                self as i64
            }
        }
    )*};
}
numbers! { bool u8 u16 u32 usize i32 }

macro_rules! list_constants {
    ($($name:ident)*) => {
        const CONSTANTS: &[(&str, fn() -> i64)] =
            &[$((stringify!($name), || Number::number(tfm_sys::$name)),)*];
    };
}
constants!(list_constants);

struct Function {
    name: &'static str,
    kinds: &'static [&'static str],
    value: fn(&[u64]) -> i64,
}

macro_rules! list_functions {
    ($($name:ident($($kind:ident),*);)*) => {
        const FUNCTIONS: &[Function] = &[$(Function {
            name: stringify!($name),
            kinds: &[$(stringify!($kind)),*],
            value: |arguments| {
                let mut arguments = arguments.iter();
                Number::number(tfm_sys::$name(
                    $({
                        let _kind = stringify!($kind);
                        (*arguments.next().unwrap()).try_into().unwrap()
                    }),*
                ))
            },
        },)*];
    };
}
functions!(list_functions);

/// The arguments that are tried for a kind, and the C type of the kind.
fn grid(kind: &str) -> (&'static str, Vec<u64>) {
    let named = |prefix: &str| -> BTreeSet<u64> {
        let constants = CONSTANTS
            .iter()
            .filter(|(name, _)| name.starts_with(prefix));
        constants.map(|(_, value)| value().unsigned_abs()).collect()
    };
    match kind {
        "alg" => {
            let mut algorithms = named("PSA_ALG_");
            let base: Vec<u64> = algorithms.iter().copied().collect();
            // With a hash, a shortened tag or MAC, and the flag of wildcards.
            algorithms.extend(base.iter().flat_map(|alg| [alg | 0x09, alg | 0x0008_0000]));
            algorithms.extend(base.iter().map(|alg| alg & !0x003f_0000 | 0x8000));
            algorithms.extend([0xffff_ffff, 0x0902_0109]);
            ("psa_algorithm_t", algorithms.into_iter().collect())
        }
        "alg_of_two" => ("psa_algorithm_t", named("PSA_ALG_").into_iter().collect()),
        "key_type" => {
            let mut types = named("PSA_KEY_TYPE_");
            types.extend([
                0x7112, 0x4112, 0x7141, 0x4141, 0x7203, 0x4203, 0xa400, 0xffff,
            ]);
            ("psa_key_type_t", types.into_iter().collect())
        }
        "family" => ("uint8_t", (0..=0xff).collect()),
        "byte" => ("uint8_t", vec![0, 1, 2, 3, 4, 0x7f, 0x80, 0xff]),
        "lifetime" => (
            "psa_key_lifetime_t",
            vec![0, 1, 0xff, 0x100, 0x8000_0001, 0xffff_ffff],
        ),
        "location" => ("psa_key_location_t", vec![0, 1, 0x80_0000, 0xff_ffff]),
        "bits" => (
            "size_t",
            vec![0, 1, 7, 8, 9, 128, 255, 256, 384, 521, 2048, 3071, 8192],
        ),
        // C answers the same for whatever else: its PSA_PAKE_PRIMITIVE has no parentheses around it.
        "jpake" => ("psa_algorithm_t", vec![0x0a00_0100]),
        "p256" => ("psa_pake_primitive_t", vec![0x0112_0100]),
        // For shorter keys C wraps around below zero, where this crate answers 0.
        "rsa_bits" => ("size_t", vec![1152, 2048, 3072, 4096]),
        "block" => ("size_t", vec![1, 8, 16]),
        "tag" => ("size_t", vec![0, 4, 8, 13, 16, 63, 64, 255]),
        "length" => ("size_t", vec![0, 1, 15, 16, 17, 64, 1000]),
        _ => panic!("no grid for {kind}"),
    }
}

/// The kinds of a function's arguments; two algorithms together would be too many combinations.
fn kinds(function: &Function) -> Vec<&'static str> {
    let one = function.kinds.len() == 1;
    function
        .kinds
        .iter()
        .map(|kind| {
            if *kind == "alg" && !one {
                "alg_of_two"
            } else {
                kind
            }
        })
        .collect()
}

fn combinations(lists: &[Vec<u64>]) -> Vec<Vec<u64>> {
    lists.iter().fold(vec![vec![]], |heads, list| {
        heads
            .iter()
            .flat_map(|head| list.iter().map(|last| [&head[..], &[*last]].concat()))
            .collect()
    })
}

fn headers() -> PathBuf {
    let environment = mbedtls_config::source::Environment {
        out_dir: env!("OUT_DIR").into(),
        ..mbedtls_config::source::Environment::from_build_script()
    };
    let tree = mbedtls_config::source::find(&environment).expect("the pinned C sources");
    tree.root.join("include")
}

/// Compiles and runs a C program against the headers, with every algorithm switched on.
fn run_c(name: &str, body: &str) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (source, program) = (folder.path().join("program.c"), folder.path().join(name));
    fs::write(&source, body).unwrap();
    let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
    let output = Command::new(&compiler)
        .args(["-w", "-std=c99", "-DMBEDTLS_PSA_CRYPTO_CONFIG", "-I"])
        .arg(headers())
        .arg(&source)
        .arg("-o")
        .arg(&program)
        .output()
        .unwrap_or_else(|error| {
            panic!(
                "no C compiler ({}: {error}): install one",
                Path::new(&compiler).display()
            )
        });
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let output = Command::new(&program)
        .output()
        .expect("the compiled program");
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

const PROLOGUE: &str =
    "#include <stdio.h>\n#include <string.h>\n#include <psa/crypto.h>\nint main(void) {\n";

#[test]
fn constants_equal_those_of_the_c_headers() {
    let mut body = PROLOGUE.to_owned();
    let mut expected = String::new();
    for (name, value) in CONSTANTS {
        writeln!(body, "printf(\"{name} %lld\\n\", (long long) ({name}));").unwrap();
        writeln!(expected, "{name} {}", value()).unwrap();
    }
    body.push_str("}\n");
    compare(&run_c("constants", &body), &expected);
}

#[test]
fn computing_macros_equal_those_of_the_c_headers_over_a_grid() {
    let mut body = PROLOGUE.to_owned();
    let mut expected = String::new();
    for function in FUNCTIONS {
        let (types, lists): (Vec<_>, Vec<_>) = kinds(function).into_iter().map(grid).unzip();
        let arguments: Vec<String> = (0..types.len()).map(|index| format!("v{index}")).collect();
        body.push_str("{\n");
        for (index, (c_type, list)) in types.iter().zip(&lists).enumerate() {
            let values: Vec<String> = list.iter().map(|value| format!("{value}u")).collect();
            let (values, count) = (values.join(","), list.len());
            writeln!(body, "static const {c_type} a{index}[] = {{{values}}};").unwrap();
            writeln!(
                body,
                "for (int i{index} = 0; i{index} < {count}; i{index}++) {{"
            )
            .unwrap();
            writeln!(body, "{c_type} v{index} = a{index}[i{index}];").unwrap();
        }
        let format = "%llu ".repeat(types.len());
        let printed: Vec<String> = arguments
            .iter()
            .map(|argument| format!("(unsigned long long) {argument}"))
            .collect();
        let (name, call, printed) = (function.name, arguments.join(", "), printed.join(", "));
        writeln!(
            body,
            "printf(\"{name} {format}%lld\\n\", {printed}, (long long) ({name}({call})));"
        )
        .unwrap();
        body.push_str(&"}".repeat(types.len() + 1));
        body.push('\n');
        for arguments in combinations(&lists) {
            let mut printed: Vec<String> = arguments.iter().map(u64::to_string).collect();
            printed.push((function.value)(&arguments).to_string());
            writeln!(expected, "{name} {}", printed.join(" ")).unwrap();
        }
    }
    body.push_str("}\n");
    compare(&run_c("functions", &body), &expected);
}

fn compare(c: &str, rust: &str) {
    assert_eq!(c.lines().count(), rust.lines().count());
    let different: Vec<String> = c
        .lines()
        .zip(rust.lines())
        .filter(|(c, rust)| c != rust)
        .map(|(c, rust)| format!("C: {c}, Rust: {rust}"))
        .take(20)
        .collect();
    assert!(different.is_empty(), "{different:#?}");
}

#[test]
fn every_value_that_the_headers_define_has_its_name_here() {
    // Initializers, deprecated names, and parts of other macros: C syntax, not values.
    const NOT_VALUES: [&str; 4] = [
        "PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG_CASE",
        "PSA_DH_FAMILY_CUSTOM",
        "PSA_KEY_DOMAIN_PARAMETERS_SIZE",
        "PSA_KEY_ATTRIBUTES_MAYBE_SLOT_NUMBER",
    ];
    let known: BTreeSet<&str> = CONSTANTS
        .iter()
        .map(|(name, _)| *name)
        .chain(FUNCTIONS.iter().map(|function| function.name))
        .collect();
    let mut missing = BTreeSet::new();
    for header in ["values", "sizes", "types", "struct", "extra"] {
        let text = fs::read_to_string(headers().join(format!("psa/crypto_{header}.h"))).unwrap();
        for line in text.lines() {
            let Some(rest) = line.strip_prefix("#define PSA_") else {
                continue;
            };
            let end = rest
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            let name = format!("PSA_{}", &rest[..end]);
            let inner = ["_INIT", "_H"].iter().any(|suffix| name.ends_with(suffix))
                || ["PSA_JPAKE", "PSA_PAKE_OPERATION_STAGE", "PSA_CRYPTO_"]
                    .iter()
                    .any(|prefix| name.starts_with(prefix));
            if !inner && !NOT_VALUES.contains(&&*name) && !known.contains(&*name) {
                missing.insert(name);
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn setters_leave_the_same_bytes_as_those_of_the_c_headers() {
    let body = format!(
        "{PROLOGUE}
        psa_key_attributes_t a = psa_key_attributes_init();
        psa_set_key_type(&a, 0x7112);
        psa_set_key_bits(&a, 256);
        psa_set_key_usage_flags(&a, PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_EXPORT);
        psa_set_key_algorithm(&a, 0x06000609);
        psa_set_key_enrollment_algorithm(&a, 0x09020000);
        psa_set_key_id(&a, 0x1234);
        unsigned char *p = (unsigned char *) &a;
        for (size_t i = 0; i < sizeof(a); i++) printf(\"%02x\", p[i]);
        psa_set_key_usage_flags(&a, PSA_KEY_USAGE_VERIFY_HASH);
        psa_set_key_bits(&a, 0xfff9);
        psa_set_key_lifetime(&a, 0x100);
        printf(\" \");
        for (size_t i = 0; i < sizeof(a); i++) printf(\"%02x\", p[i]);
        }}"
    );
    let mut attributes = tfm_sys::psa_key_attributes_init();
    let a = &raw mut attributes;
    let mut rust = String::new();
    // SAFETY: `a` points to the attributes above, which nothing else uses.
    unsafe {
        tfm_sys::psa_set_key_type(a, 0x7112);
        tfm_sys::psa_set_key_bits(a, 256);
        let usage = tfm_sys::PSA_KEY_USAGE_SIGN_HASH | tfm_sys::PSA_KEY_USAGE_EXPORT;
        tfm_sys::psa_set_key_usage_flags(a, usage);
        tfm_sys::psa_set_key_algorithm(a, 0x0600_0609);
        tfm_sys::psa_set_key_enrollment_algorithm(a, 0x0902_0000);
        tfm_sys::psa_set_key_id(a, 0x1234);
        write_bytes(&mut rust, a);
        tfm_sys::psa_set_key_usage_flags(a, tfm_sys::PSA_KEY_USAGE_VERIFY_HASH);
        tfm_sys::psa_set_key_bits(a, 0xfff9);
        tfm_sys::psa_set_key_lifetime(a, 0x100);
        rust.push(' ');
        write_bytes(&mut rust, a);
    }
    assert_eq!(run_c("attributes", &body), rust);
}

/// # Safety
/// `attributes` may be read.
unsafe fn write_bytes(text: &mut String, attributes: *const tfm_sys::psa_key_attributes_t) {
    // SAFETY: attributes are 24 bytes without padding, and the caller promises that they may be read.
    let bytes = unsafe { attributes.cast::<[u8; 24]>().read() };
    for byte in bytes {
        write!(text, "{byte:02x}").unwrap();
    }
}

/// Prototypes as bindgen reads them, against the declarations of this crate.
#[test]
fn prototypes_equal_those_of_the_c_headers() {
    let bindings = bindgen::Builder::default()
        .header_contents("psa.h", "#include <psa/crypto.h>")
        .clang_args(["-I".to_owned(), headers().display().to_string()])
        .clang_arg("-DMBEDTLS_PSA_CRYPTO_CONFIG")
        .allowlist_function("psa_.*")
        .use_core()
        .layout_tests(false)
        .formatter(bindgen::Formatter::None)
        .generate()
        .expect("bindings; is libclang installed?")
        .to_string();
    let theirs = prototypes(&bindings);
    let declared = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/declared/crypto.rs");
    let ours = prototypes(&fs::read_to_string(declared).unwrap());
    assert!(ours.len() > 80, "{}", ours.len());
    let different: Vec<_> = ours.difference(&theirs).collect();
    assert!(different.is_empty(), "{different:#?}");
    // What else the headers have: superseded forms, inline functions, and hooks of drivers.
    let ours: BTreeSet<&str> = ours.iter().map(|prototype| name_of(prototype)).collect();
    let missing: Vec<&str> = theirs
        .iter()
        .map(|prototype| name_of(prototype))
        .filter(|name| !ours.contains(name))
        .filter(|name| !name.ends_with("_ext") && !name.contains("_driver_"))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

fn name_of(prototype: &str) -> &str {
    prototype.split('(').next().unwrap()
}

/// `name(types)->type` of every declared function, without spaces and argument names.
fn prototypes(source: &str) -> BTreeSet<String> {
    let text: String = source.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text
        .replace(":: core :: ffi :: ", "")
        .replace("* const", "*const")
        .replace("* mut", "*mut");
    text.split("pub fn ")
        .skip(1)
        .filter_map(|rest| {
            let (prototype, _) = rest.split_once(';')?;
            let (name, rest) = prototype.split_once('(')?;
            let (arguments, result) = rest.rsplit_once(')')?;
            if !name.starts_with("psa_") {
                return None;
            }
            let types: Vec<String> = arguments
                .split(',')
                .filter_map(|argument| argument.split_once(':'))
                .map(|(_, c_type)| c_type.replace(' ', ""))
                .collect();
            Some(format!(
                "{}({}){}",
                name.trim(),
                types.join(","),
                result.replace(' ', "")
            ))
        })
        .collect()
}
