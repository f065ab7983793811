//! Has the linker lead calls of some functions to the module `ffi`: of those that may fail, to functions that count and fail;
//! of all that the safe API calls in C, to a mark and on to the function.
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Each call of `x` in a test program goes to `__wrap_x`, which finds the function itself as `__real_x`.
const WRAPPED: [&str; 10] = [
    "calloc",
    "free",
    "mbedtls_ctr_drbg_random",
    "mbedtls_platform_entropy_poll",
    "open64",
    "read",
    "write",
    "fsync",
    "rename",
    "unlink",
];

/// The modules whose functions of C are marked.
const CALLERS: [(&str, &str); 2] = [
    ("psa", "../../psa/src/ffi"),
    ("mbedtls-psa", "../../src/ffi"),
];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str| env::var_os(format!("CARGO_FEATURE_{name}")).is_some();
    let on_linux = env::var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "linux");
    let mut called = BTreeMap::new();
    if on_linux && is("MBEDTLS") && is("FULL") {
        called = functions();
    }
    let names = called.values().map(|function| function.symbol.as_str());
    if on_linux {
        for function in WRAPPED.into_iter().chain(names) {
            println!("cargo::rustc-link-arg-tests=-Wl,--wrap={function}");
        }
    }
    write(&called);
}

/// A function of C that one of our modules names.
struct Function {
    symbol: String,
    callers: BTreeSet<&'static str>,
}

/// The functions that the modules name and the bindings declare.
fn functions() -> BTreeMap<String, Function> {
    let mut symbols = BTreeMap::new();
    // The bindings stand beside the folder of the configuration that they were made from.
    let header = PathBuf::from(env::var("DEP_MBEDTLS_PSA_HEADER").expect("the crate below says"));
    let out = header.ancestors().nth(2).expect("a folder");
    for file in [out.join("bindings.rs"), "../../src/sys.rs".into()] {
        declared(&read(&file), &mut symbols);
    }
    let mut functions = BTreeMap::new();
    for (caller, module) in CALLERS {
        let mut text = library(&read(format!("{module}.rs"))).to_owned();
        sources(Path::new(module), &mut text);
        let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        for name in words {
            let Some(symbol) = symbols
                .get(name)
                .filter(|name| !WRAPPED.contains(&name.as_str()))
            else {
                continue;
            };
            let new = || Function {
                symbol: symbol.clone(),
                callers: BTreeSet::new(),
            };
            let function = functions.entry(name.to_owned()).or_insert_with(new);
            function.callers.insert(caller);
        }
    }
    functions
}

/// The functions that bindings declare, by their names there, and the symbols that they are.
fn declared(bindings: &str, symbols: &mut BTreeMap<String, String>) {
    let mut symbol = None;
    for line in bindings.lines().map(str::trim_start) {
        if let Some(name) = line.strip_prefix("#[link_name = \"") {
            symbol = name.split('"').next().map(str::to_owned);
        } else if let Some((name, _)) = line
            .strip_prefix("pub fn ")
            .and_then(|rest| rest.split_once('('))
        {
            let symbol = symbol.take().unwrap_or_else(|| name.to_owned());
            // Not the methods of bit fields.
            if name.starts_with("psa_") || name.starts_with("mbedtls_") {
                symbols.insert(name.to_owned(), symbol);
            }
        }
    }
}

fn read(file: impl AsRef<Path>) -> String {
    let file = file.as_ref();
    println!("cargo::rerun-if-changed={}", file.display());
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// A source without its tests, which call what the library does not.
fn library(source: &str) -> &str {
    source
        .split_once("\nmod tests {")
        .map_or(source, |(library, _)| library)
}

/// The sources in a folder, one after the other.
fn sources(folder: &Path, text: &mut String) {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, text);
        } else if !path.ends_with("tests.rs") {
            text.push_str(library(&read(&path)));
        }
    }
}

/// The list, and what the calls come by: it marks a byte and goes on to the function with all registers as they were.
fn write(called: &BTreeMap<String, Function>) {
    let architecture = env::var("CARGO_CFG_TARGET_ARCH").expect("cargo says");
    let (mut list, mut code) = (String::new(), String::new());
    for (index, (name, function)) in called.iter().enumerate() {
        let callers = &function.callers;
        writeln!(
            list,
            "Function {{ name: {name:?}, callers: &{callers:?} }},"
        )
        .expect("a string");
        let (symbol, mark) = (&function.symbol, format!("psa_faults_marks + {index}"));
        let body = match architecture.as_str() {
            "x86_64" => format!("mov byte ptr [rip + {mark}], 1\njmp __real_{symbol}"),
            "aarch64" => format!(
                "adrp x16, {mark}\nmov w17, #1\nstrb w17, [x16, #:lo12:{mark}]\nb __real_{symbol}"
            ),
            other => {
                panic!("which calls are made is counted on x86_64 and aarch64, not on {other}")
            }
        };
        writeln!(code, ".globl __wrap_{symbol}\n__wrap_{symbol}:\n{body}").expect("a string");
    }
    let list = list.replace("&{", "&[").replace("} },", "] },");
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo says"));
    fs::write(out.join("functions.rs"), format!("&[\n{list}]\n")).expect("the folder is ours");
    fs::write(out.join("marks.s"), code).expect("the folder is ours");
}
