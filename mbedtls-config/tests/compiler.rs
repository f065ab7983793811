//! Real compilers agree with what this crate says about a configuration.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use common::{Compiler, HOST, THUMB, each_feature, macros, ours, run, tree};
use mbedtls_config::facts::Version;
use mbedtls_config::source::SourceTree;
use mbedtls_config::{Config, Platform, Profile, Resolved, SecureProfile, build};

fn passes_the_compiler(compiler: &Compiler) {
    all_pass(compiler, each_feature(compiler.platform));
}

fn passes_the_compiler_as_a_client(compiler: &Compiler) {
    let clients = [
        (SecureProfile::Medium, "provisioning"),
        (SecureProfile::Large, "full"),
    ];
    let clients = clients.map(|(core, feature)| {
        let mut config = Config::new(compiler.platform);
        config.client(core.wants()).unwrap();
        let resolved = config.feature(feature).unwrap().resolve().unwrap();
        (feature, resolved)
    });
    all_pass(compiler, clients);
}

#[test]
fn clients_of_tf_m_pass_the_compiler_of_the_host() {
    passes_the_compiler_as_a_client(&HOST);
}

#[test]
fn clients_of_tf_m_pass_the_compiler_of_the_device() {
    passes_the_compiler_as_a_client(&THUMB);
}

fn all_pass<'a>(
    compiler: &Compiler,
    configurations: impl IntoIterator<Item = (&'a str, Resolved)>,
) {
    let tree = tree();
    let folder = tempfile::tempdir().unwrap();
    for (name, resolved) in configurations {
        let files = build::c_files(&tree, &resolved);
        let mut command = compiler.with(&tree, &resolved, folder.path());
        let output = command
            .args(["-fsyntax-only", "-Wall", "-Werror"])
            .args(files)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{name}:\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

#[test]
fn each_feature_passes_the_compiler_of_the_host() {
    passes_the_compiler(&HOST);
}

#[test]
fn each_feature_passes_the_compiler_of_the_device() {
    passes_the_compiler(&THUMB);
}

fn derives_what_the_preprocessor_derives(compiler: &Compiler) {
    let tree = tree();
    let folder = tempfile::tempdir().unwrap();
    let predefined = compiler.predefined();
    for feature in mbedtls_config::FEATURES {
        let mut config = Config::new(compiler.platform);
        for (name, value) in &predefined {
            config.predefine(name, value);
        }
        let resolved = config.feature(feature.name).unwrap().resolve().unwrap();
        let mut command = compiler.with(&tree, &resolved, folder.path());
        let real = macros(&run(command
            .args(["-dM", "-E"])
            .arg(tree.root.join("include/mbedtls/build_info.h"))));
        let own: BTreeMap<String, String> = resolved
            .macros()
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .collect();
        assert_eq!(ours(&own), ours(&real), "{}", feature.name);
    }
}

#[test]
fn the_rules_derive_what_the_preprocessor_of_the_host_derives() {
    derives_what_the_preprocessor_derives(&HOST);
}

#[test]
fn the_rules_derive_what_the_preprocessor_of_the_device_derives() {
    derives_what_the_preprocessor_derives(&THUMB);
}

/// Compiles every file that the configuration names into `folder`.
fn compile(compiler: &Compiler, tree: &SourceTree, resolved: &Resolved, folder: &Path) {
    let files = build::c_files(tree, resolved);
    // Two at a time: this is what a test may take of a machine.
    let halves = [
        files[..files.len() / 2].to_vec(),
        files[files.len() / 2..].to_vec(),
    ];
    std::thread::scope(|scope| {
        for half in halves {
            let mut command = compiler.with(tree, resolved, folder);
            scope.spawn(move || {
                run(command
                    .current_dir(folder)
                    .args(["-c", "-O0", "-ffunction-sections"])
                    .args(half))
            });
        }
    });
}

/// The functions and variables that the objects in a folder define.
fn symbols(folder: &Path) -> BTreeSet<String> {
    let objects = fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|entry| entry.path());
    let objects = objects.filter(|path| path.extension().is_some_and(|ending| ending == "o"));
    let listing = run(Command::new("nm")
        .args(["--defined-only", "--format=posix"])
        .args(objects));
    let text = String::from_utf8(listing.stdout).unwrap();
    text.lines()
        .filter_map(|line| line.split_once(' '))
        .filter(|(_, kind)| kind.starts_with(['T', 'D', 'B', 'R', 'C']))
        .map(|(name, _)| name.to_owned())
        .collect()
}

const JOURNEY: &str = "\
#include \"mbedtls/error.h\"
#include \"mbedtls/pk.h\"
#include \"mbedtls/x509_crt.h\"
#include \"mbedtls/x509_csr.h\"
#include \"mbedtls/psa_util.h\"
#include \"psa/crypto.h\"
int mbedtls_hardware_poll(void *data, unsigned char *output, size_t len, size_t *olen)
{
    (void) data; (void) output; (void) len; *olen = 0;
    return -1;
}
#if defined(MBEDTLS_PSA_CRYPTO_STORAGE_C)
#include \"psa/internal_trusted_storage.h\"
psa_status_t psa_its_set(psa_storage_uid_t uid, size_t len, const void *data, psa_storage_create_flags_t flags)
{
    (void) uid; (void) len; (void) data; (void) flags;
    return PSA_ERROR_STORAGE_FAILURE;
}
psa_status_t psa_its_get(psa_storage_uid_t uid, size_t offset, size_t size, void *data, size_t *len)
{
    (void) uid; (void) offset; (void) size; (void) data; *len = 0;
    return PSA_ERROR_DOES_NOT_EXIST;
}
psa_status_t psa_its_get_info(psa_storage_uid_t uid, struct psa_storage_info_t *info)
{
    (void) uid; (void) info;
    return PSA_ERROR_DOES_NOT_EXIST;
}
psa_status_t psa_its_remove(psa_storage_uid_t uid)
{
    (void) uid;
    return PSA_ERROR_DOES_NOT_EXIST;
}
#endif
int main(void)
{
    unsigned char text[2000];
    mbedtls_pk_context key;
    mbedtls_x509_crt certificate;
    mbedtls_x509write_csr request;
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t id = 0;
    mbedtls_pk_init(&key);
    mbedtls_x509_crt_init(&certificate);
    mbedtls_x509write_csr_init(&request);
    int status = psa_crypto_init() + psa_generate_key(&attributes, &id) + mbedtls_pk_setup_opaque(&key, id);
    status += mbedtls_pk_write_key_pem(&key, text, sizeof text) + mbedtls_pk_parse_public_key(&key, text, sizeof text);
    mbedtls_x509write_csr_set_key(&request, &key);
    status += mbedtls_x509write_csr_pem(&request, text, sizeof text, mbedtls_psa_get_random, MBEDTLS_PSA_RANDOM_STATE);
    status += mbedtls_x509_crt_parse(&certificate, text, sizeof text);
    mbedtls_strerror(status, (char *) text, sizeof text);
    return text[0];
}
";

/// Compiles, links an application, and compares what the objects define with what the tables say they do.
fn builds_and_defines_what_the_tables_say(compiler: &Compiler, profile: Profile) {
    let tree = tree();
    let folder = tempfile::tempdir().unwrap();
    // A build script does not know what the compiler predefines.
    let resolved = Config::with_profile(compiler.platform, profile)
        .resolve()
        .unwrap();
    compile(compiler, &tree, &resolved, folder.path());
    link(compiler, &tree, &resolved, folder.path());
    // Which functions there are may depend on it.
    let mut config = Config::with_profile(compiler.platform, profile);
    for (name, value) in compiler.predefined() {
        config.predefine(&name, &value);
    }
    let resolved = config.resolve().unwrap();
    let defined = symbols(folder.path());
    let promised: BTreeSet<String> = Version::V3_6
        .facts()
        .functions
        .iter()
        .filter(|function| function.kind.is_symbol())
        .filter(|function| resolved.holds(&function.guard))
        .map(|function| function.name.to_owned())
        .collect();
    let lost: Vec<_> = promised.difference(&defined).collect();
    let unknown: Vec<_> = defined.difference(&promised).collect();
    assert!(
        lost.is_empty() && unknown.is_empty(),
        "promised but not there: {lost:?}\nthere but not promised: {unknown:?}"
    );
}

fn link(compiler: &Compiler, tree: &SourceTree, resolved: &Resolved, folder: &Path) {
    fs::write(folder.join("main.c"), JOURNEY).unwrap();
    let objects = fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|entry| entry.path());
    let objects: Vec<_> = objects
        .filter(|path| path.extension().is_some_and(|ending| ending == "o"))
        .collect();
    let mut command = compiler.with(tree, resolved, folder);
    command
        .arg(folder.join("main.c"))
        .args(objects)
        .args(["-o"])
        .arg(folder.join("journey"));
    run(&mut command);
    assert!(folder.join("journey").is_file());
}

#[test]
fn provisioning_is_built_and_linked_on_the_host() {
    builds_and_defines_what_the_tables_say(&HOST, Profile::Provisioning);
}

#[test]
fn full_is_built_and_linked_on_the_host() {
    builds_and_defines_what_the_tables_say(&HOST, Profile::Full);
}

#[test]
fn provisioning_is_built_and_linked_for_the_device() {
    builds_and_defines_what_the_tables_say(&THUMB, Profile::Provisioning);
}

#[test]
fn full_is_built_and_linked_for_the_device() {
    builds_and_defines_what_the_tables_say(&THUMB, Profile::Full);
}

#[test]
fn both_platforms_are_tested() {
    assert_eq!(
        [HOST.platform, THUMB.platform],
        [Platform::Unix, Platform::BareMetal]
    );
}
