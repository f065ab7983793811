//! Real objects: small ones for the causes, and the library's own files for forty functions.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use mbedtls_config::readers::Build;
use mbedtls_config::source::{Environment, SourceTree, find};
use mbedtls_diag::why::Archive;

fn run(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| {
        panic!("these tests need a C compiler and `ar`: {command:?}: {error}")
    });
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}");
}

/// An archive of small objects, each with its source.
pub fn bytes_of(objects: &[(&str, &str)]) -> Vec<u8> {
    static SAME: OnceLock<Vec<u8>> = OnceLock::new();
    let build = || {
        let folder = tempfile::tempdir().unwrap();
        let mut archive = Command::new("ar");
        archive.current_dir(folder.path()).args(["rc", "x.a"]);
        for (name, source) in objects {
            std::fs::write(folder.path().join("x.c"), source).unwrap();
            run(Command::new("cc")
                .current_dir(folder.path())
                .args(["-c", "x.c", "-o", name]));
            archive.arg(name);
        }
        run(&mut archive);
        std::fs::read(folder.path().join("x.a")).unwrap()
    };
    match objects {
        // What a property asks for again and again is compiled once.
        [("error.c.o", "void mbedtls_strerror(void) {}")] => SAME.get_or_init(build).clone(),
        _ => build(),
    }
}

pub fn archive_of(objects: &[(&str, &str)]) -> Archive {
    Archive::read("libx.a", &bytes_of(objects)).unwrap()
}

/// Forty public functions from all over the library.
const FUNCTIONS: [&str; 40] = [
    // PK
    "mbedtls_pk_write_key_pem",
    "mbedtls_pk_write_key_der",
    "mbedtls_pk_write_pubkey_pem",
    "mbedtls_pk_parse_key",
    "mbedtls_pk_parse_public_key",
    "mbedtls_pk_sign",
    "mbedtls_pk_setup_opaque",
    // X.509
    "mbedtls_x509write_csr_pem",
    "mbedtls_x509write_csr_der",
    "mbedtls_x509_csr_parse",
    "mbedtls_x509_crt_parse_der",
    "mbedtls_x509_crt_parse_file",
    "mbedtls_x509write_crt_pem",
    "mbedtls_x509_crl_parse",
    // SSL
    "mbedtls_ssl_init",
    "mbedtls_ssl_handshake",
    "mbedtls_ssl_cookie_write",
    "mbedtls_ssl_cache_set",
    "mbedtls_debug_set_threshold",
    "mbedtls_net_connect",
    // PSA
    "psa_crypto_init",
    "psa_generate_key",
    "psa_sign_hash",
    "psa_hash_compute",
    "mbedtls_psa_crypto_free",
    // ECP and what stands on it
    "mbedtls_ecp_group_load",
    "mbedtls_ecp_mul",
    "mbedtls_ecdsa_write_signature",
    "mbedtls_ecdh_calc_secret",
    "mbedtls_mpi_exp_mod",
    "mbedtls_rsa_gen_key",
    // MD and KDF
    "mbedtls_md_hmac",
    "mbedtls_md_info_from_type",
    "mbedtls_sha256",
    "mbedtls_hkdf",
    "mbedtls_pkcs5_pbkdf2_hmac",
    // Cipher, and the rest
    "mbedtls_cipher_setup",
    "mbedtls_gcm_setkey",
    "mbedtls_ctr_drbg_seed",
    "mbedtls_strerror",
];

/// Compiles the file that defines a function under some options, and looks for the symbol.
fn has_symbol(
    tree: &SourceTree,
    folder: &Path,
    file: &str,
    options: &[String],
    symbol: &str,
) -> bool {
    let lines: Vec<String> = options
        .iter()
        .map(|option| format!("#define {option}\n"))
        .collect();
    let header = lines.concat();
    let config = folder.join("config.h");
    let object = folder.join("x.o");
    std::fs::write(&config, header).unwrap();
    let _ = std::fs::remove_file(&object);
    let include = |name: &str| -> PathBuf { tree.root.join(name) };
    // `-fsyntax-only` would do for refusals, but the symbol is what counts.
    let output = Command::new("cc")
        .arg("-c")
        .arg("-O0")
        .arg("-w")
        .arg(format!("-DMBEDTLS_CONFIG_FILE=\"{}\"", config.display()))
        .arg("-I")
        .arg(include("include"))
        .arg("-I")
        .arg(include("library"))
        .arg(tree.root.join(file))
        .arg("-o")
        .arg(&object)
        .output()
        .expect("this test needs a C compiler, `cc`");
    if !output.status.success() {
        return false;
    }
    let bytes = std::fs::read(&object).unwrap();
    Archive::read("x.o", &bytes).is_ok_and(|archive| archive.defines(symbol))
}

/// One function: all of its options bring it, and without any one of them it is not there.
fn check(function: &str) {
    let tree = find(&Environment::from_build_script()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let answer = crate::bare(function);
    let file = answer
        .defined_in
        .unwrap_or_else(|| panic!("{function} is not known"));
    let options =
        Build::requirements(function).unwrap_or_else(|| panic!("{function} cannot be had"));
    assert_eq!(
        {
            let mut named = answer.requires.clone();
            named.sort();
            named
        },
        {
            let mut needed = options.clone();
            needed.sort();
            needed
        },
        "{function}"
    );
    assert!(
        has_symbol(&tree, folder.path(), &file, &options, function),
        "{function} is not there with {options:?}"
    );
    for left_out in &options {
        let fewer: Vec<String> = options
            .iter()
            .filter(|option| *option != left_out)
            .cloned()
            .collect();
        assert!(
            !has_symbol(&tree, folder.path(), &file, &fewer, function),
            "{function} is there without {left_out}"
        );
    }
}

/// Two halves, so that two processors can share the work.
#[test]
fn the_named_options_bring_the_function_and_none_is_too_many_first_half() {
    FUNCTIONS[..20].iter().for_each(|function| check(function));
}

#[test]
fn the_named_options_bring_the_function_and_none_is_too_many_second_half() {
    FUNCTIONS[20..].iter().for_each(|function| check(function));
}
