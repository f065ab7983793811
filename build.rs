//! Compiles Mbed TLS from the generated configuration and binds it.
use std::path::{Path, PathBuf};
use std::{env, fs};

// PROVISIONAL until mbedtls-config lands.
const HEADER: &str = "
#define MBEDTLS_HAVE_ASM
#define MBEDTLS_PLATFORM_C
#define MBEDTLS_PSA_CRYPTO_C
#define MBEDTLS_USE_PSA_CRYPTO
#define MBEDTLS_AES_C
#define MBEDTLS_CIPHER_C
#define MBEDTLS_CTR_DRBG_C
#define MBEDTLS_ENTROPY_C
#define MBEDTLS_SHA256_C
#define MBEDTLS_MD_C
#define MBEDTLS_BIGNUM_C
#define MBEDTLS_ECP_C
#define MBEDTLS_ECP_NIST_OPTIM
#define MBEDTLS_ECDSA_C
#define MBEDTLS_ECDH_C
#define MBEDTLS_ECP_DP_SECP256R1_ENABLED
#define MBEDTLS_ASN1_PARSE_C
#define MBEDTLS_ASN1_WRITE_C
#define MBEDTLS_OID_C
#define MBEDTLS_BASE64_C
#define MBEDTLS_PEM_PARSE_C
#define MBEDTLS_PEM_WRITE_C
#define MBEDTLS_PK_C
#define MBEDTLS_PK_PARSE_C
#define MBEDTLS_PK_WRITE_C
#define MBEDTLS_X509_USE_C
#define MBEDTLS_X509_CRT_PARSE_C
#define MBEDTLS_X509_CSR_PARSE_C
#define MBEDTLS_X509_CREATE_C
#define MBEDTLS_X509_CSR_WRITE_C
#define MBEDTLS_X509_CRT_WRITE_C
#define MBEDTLS_ERROR_C
";
const HEADER_FULL: &str = "
#define MBEDTLS_ECP_DP_SECP384R1_ENABLED
#define MBEDTLS_ECP_DP_SECP521R1_ENABLED
#define MBEDTLS_ECP_DP_SECP256K1_ENABLED
#define MBEDTLS_ECP_DP_CURVE25519_ENABLED
#define MBEDTLS_SHA224_C
#define MBEDTLS_SHA384_C
#define MBEDTLS_SHA512_C
#define MBEDTLS_SHA1_C
#define MBEDTLS_MD5_C
#define MBEDTLS_RSA_C
#define MBEDTLS_GENPRIME
#define MBEDTLS_PKCS1_V15
#define MBEDTLS_PKCS1_V21
#define MBEDTLS_PKCS5_C
#define MBEDTLS_PKCS12_C
#define MBEDTLS_DES_C
#define MBEDTLS_CIPHER_MODE_CBC
#define MBEDTLS_CIPHER_PADDING_PKCS7
#define MBEDTLS_CIPHER_MODE_CTR
#define MBEDTLS_GCM_C
#define MBEDTLS_CCM_C
#define MBEDTLS_HKDF_C
#define MBEDTLS_HMAC_DRBG_C
#define MBEDTLS_ECDSA_DETERMINISTIC
#define MBEDTLS_X509_CRL_PARSE_C
";

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap());
    let full = env::var_os("CARGO_FEATURE_FULL").is_some();
    let bare = env::var("CARGO_CFG_TARGET_OS").unwrap() == "none";
    let mut h = String::from(HEADER);
    if full {
        h += HEADER_FULL;
    }
    if bare {
        h += "#define MBEDTLS_NO_PLATFORM_ENTROPY\n#define MBEDTLS_ENTROPY_HARDWARE_ALT\n#define MBEDTLS_PLATFORM_MEMORY\n";
    } else {
        h += "#define MBEDTLS_THREADING_C\n#define MBEDTLS_THREADING_PTHREAD\n#define MBEDTLS_FS_IO\n#define MBEDTLS_HAVE_TIME\n#define MBEDTLS_HAVE_TIME_DATE\n";
    }
    println!("cargo::rustc-check-cfg=cfg(mbedtls, values(any()))");
    for option in h.lines().filter_map(|l| l.strip_prefix("#define MBEDTLS_")) {
        println!("cargo::rustc-cfg=mbedtls=\"{option}\"");
    }
    let inc = out.join("include");
    fs::create_dir_all(&inc).unwrap();
    fs::write(inc.join("mbedtls_psa_config.h"), h).unwrap();
    let home = env::var("CARGO_HOME").unwrap_or_else(|_| env::var("HOME").unwrap() + "/.cargo");
    let tree = fs::read_dir(Path::new(&home).join("registry/src"))
        .unwrap()
        .filter_map(Result::ok)
        .map(|d| d.path().join("mbedtls-rs-sys-0.3.1/mbedtls"))
        .find(|p| p.exists())
        .expect("run cargo fetch in mbedtls-src");
    compile(&out, &root, &tree, &inc);
}

fn compile(out: &Path, root: &Path, tree: &Path, inc: &Path) {
    let includes = [
        inc.to_path_buf(),
        tree.join("include"),
        root.join("src/sys"),
    ];
    let define = "\"mbedtls_psa_config.h\"";
    let mut b = bindgen::Builder::default()
        .use_core()
        .rust_edition(bindgen::RustEdition::Edition2024)
        .rust_target("1.85".parse().unwrap())
        .header(root.join("src/sys/wrapper.h").display().to_string())
        .clang_arg(format!("-DMBEDTLS_CONFIG_FILE={define}"))
        .clang_arg("-resource-dir=/usr/lib/llvm-14/lib/clang/14.0.6")
        .allowlist_function("(mbedtls|psa)_.*")
        .allowlist_type("(mbedtls|psa)_.*")
        .allowlist_var("(MBEDTLS|PSA)_.*")
        .default_enum_style(bindgen::EnumVariation::Consts)
        .prepend_enum_name(false)
        .parse_callbacks(Box::new(Comments))
        .generate_cstr(true)
        .blocklist_var("MBEDTLS_PK_SIGNATURE_MAX_SIZE")
        .clang_macro_fallback()
        .clang_macro_fallback_build_dir(out)
        .wrap_static_fns(true)
        .wrap_static_fns_path(out.join("static_fns"));
    for i in &includes {
        b = b.clang_arg(format!("-I{}", i.display()));
    }
    if env::var("TARGET").unwrap().ends_with("eabi") {
        b = b
            .clang_arg("-fshort-enums")
            .clang_arg("-isystem/usr/include/newlib");
    }
    b.generate()
        .unwrap()
        .write_to_file(out.join("bindings.rs"))
        .unwrap();
    let mut c = cc::Build::new();
    c.includes(&includes)
        .include(tree.join("library"))
        .include(root.join("src/sys"))
        .define("MBEDTLS_CONFIG_FILE", define)
        .warnings(false);
    for f in fs::read_dir(tree.join("library"))
        .unwrap()
        .map(|f| f.unwrap().path())
    {
        if f.extension().is_some_and(|e| e == "c") {
            c.file(f);
        }
    }
    c.file(out.join("static_fns.c"));
    c.compile("mbedtls_psa");
}

/// Keeps the C library's comments as they are laid out: they are Doxygen, not Markdown, and their samples are C.
#[derive(Debug)]
struct Comments;

impl bindgen::callbacks::ParseCallbacks for Comments {
    fn process_comment(&self, comment: &str) -> Option<String> {
        Some(format!("````text\n{comment}\n````"))
    }
}
