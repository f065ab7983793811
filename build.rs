//! Compiles Mbed TLS from the configuration that the features ask for, and binds it; or binds the one that Zephyr links.
//!
//! What there is to decide is decided in mbedtls-config; here stand the calls of the compiler and of bindgen.
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs, process, thread};

use mbedtls_config::build::Compiler;
use mbedtls_config::source::{self, Environment, SourceTree};
use mbedtls_config::zephyr::Handover;
use mbedtls_config::{Resolved, build};

#[path = "build/zephyr.rs"]
mod zephyr;

/// The name under which the C code includes the configuration.
const HEADER: &str = "mbedtls_psa_config.h";

fn main() {
    if let Err(error) = run() {
        for line in error.to_string().lines() {
            println!("cargo::error={line}");
        }
        process::exit(1);
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/sys");
    let watched = ["LIBCLANG_PATH", "BINDGEN_EXTRA_CLANG_ARGS"];
    let watched = watched.iter().chain(&Environment::VARIABLES);
    for name in watched
        .chain(&Handover::VARIABLES)
        .copied()
        .chain(build::numbers())
    {
        println!("cargo::rerun-if-env-changed={name}");
    }
    println!("cargo::rustc-check-cfg=cfg(mbedtls, values(any()))");
    println!("cargo::rustc-check-cfg=cfg(zephyr)");
    if let Some(handover) = Handover::find()? {
        return zephyr::bind(&handover, &PathBuf::from(variable("OUT_DIR")?));
    }

    let out = PathBuf::from(variable("OUT_DIR")?);
    let environment = Environment::from_build_script();
    let tree = source::find(&environment)?;
    if environment.source_dir.is_some() {
        // The pinned tree does not change, somebody's own may.
        println!("cargo::rerun-if-changed={}", tree.root.display());
    }
    let target = variable("TARGET")?;
    let compiler = Compiler::ask(cc::Build::new().try_get_compiler()?.to_command(), &target)?;
    let resolved = build::config(&compiler)?.resolve()?;
    let library = Library::new(target, &out, &tree, &resolved)?;
    if resolved.is_client() {
        let hashes: Vec<_> = resolved
            .core_hashes()
            .map(|hash| format!("tfm_sys::PSA_ALG_{hash}"))
            .collect();
        let list = format!("[{}]", hashes.join(", "));
        fs::write(out.join("core_hashes.rs"), list)?;
    }
    build::libclang()?;
    // The compiler and bindgen work side by side; the wrappers that bindgen writes are compiled last.
    thread::scope(|scope| {
        let bindings = scope.spawn(|| library.bind(&compiler).map_err(|error| error.to_string()));
        library.compile("mbedtls_psa", &build::c_files(&tree, &resolved))?;
        bindings
            .join()
            .map_err(|_| "bindgen could not read the headers")??;
        library.compile(
            "mbedtls_psa_inline",
            &[
                library.wrappers.with_extension("c"),
                library.wrapper.with_file_name("absent.c"),
                library.wrapper.with_file_name("entropy.c"),
            ],
        )
    })?;
    library.link_c_library()?;
    library.tell(&resolved);
    Ok(())
}

fn variable(name: &str) -> Result<String, Box<dyn Error>> {
    env::var(name).map_err(|_| format!("{name} is not set: cargo runs this").into())
}

/// What the compiler and bindgen need alike.
struct Library {
    target: String,
    wrapper: PathBuf,
    wrappers: PathBuf,
    bindings: PathBuf,
    header: PathBuf,
    include: Vec<PathBuf>,
    out: PathBuf,
    is_client: bool,
}

impl Library {
    /// Writes the configuration's header and collects the folders.
    fn new(
        target: String,
        out: &Path,
        tree: &SourceTree,
        resolved: &Resolved,
    ) -> Result<Self, Box<dyn Error>> {
        let folder = out.join("include");
        let sys = PathBuf::from(variable("CARGO_MANIFEST_DIR")?).join("src/sys");
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(HEADER), resolved.header())?;
        let mut include = vec![folder.clone(), sys.clone()];
        include.extend(build::include_dirs(tree, resolved));
        Ok(Self {
            target,
            wrapper: sys.join("wrapper.h"),
            wrappers: out.join("static_fns"),
            bindings: out.join("bindings.rs"),
            header: folder.join(HEADER),
            include,
            out: out.to_owned(),
            is_client: resolved.is_client(),
        })
    }

    fn cc(&self) -> cc::Build {
        let mut cc = cc::Build::new();
        cc.includes(&self.include)
            .define("MBEDTLS_CONFIG_FILE", format!("<{HEADER}>").as_str())
            .warnings(false);
        for flag in build::compile_flags(&self.target) {
            cc.flag(flag);
        }
        cc
    }

    fn compile(&self, name: &str, files: &[PathBuf]) -> Result<(), Box<dyn Error>> {
        let mut library = self.cc();
        for (flag, files) in build::by_optimization(&self.target, files) {
            let mut cc = self.cc();
            library.objects(cc.flags(flag).files(files).try_compile_intermediates()?);
        }
        Ok(library.try_compile(name)?)
    }

    /// On bare metal nobody links a C library unless we do: the code needs `snprintf` and some functions of `<string.h>`.
    fn link_c_library(&self) -> Result<(), Box<dyn Error>> {
        let compiler = self.cc().try_get_compiler()?;
        let found = build::c_library(|| compiler.to_command(), &self.target);
        let Some((folder, name)) = found else {
            return Ok(());
        };
        println!("cargo::rustc-link-search=native={}", folder.display());
        println!("cargo::rustc-link-lib=static:-bundle={name}");
        // After it, for linkers that look for a symbol to the right of who wants it only.
        let sbrk = "mbedtls_psa_no_heap";
        self.cc()
            .file(self.wrapper.with_file_name("no_heap.c"))
            .cargo_metadata(false)
            .try_compile(sbrk)?;
        println!("cargo::rustc-link-search=native={}", self.out.display());
        println!("cargo::rustc-link-lib=static:-bundle={sbrk}");
        Ok(())
    }

    fn bind(&self, compiler: &Compiler) -> Result<(), Box<dyn Error>> {
        let mut builder = builder(&self.wrapper, &self.out)?
            .clang_arg(format!("-DMBEDTLS_CONFIG_FILE=<{HEADER}>"))
            .clang_args(build::clang_args(&self.target, compiler))
            .clang_args(
                self.include
                    .iter()
                    .map(|folder| format!("-I{}", folder.display())),
            )
            .wrap_static_fns(true)
            .wrap_static_fns_path(&self.wrappers);
        if !self.is_client {
            // Stands in sys.rs: it is ours of entropy.c that begins the PSA core.
            builder = builder.blocklist_function("psa_crypto_init");
        }
        builder.generate()?.write_to_file(&self.bindings)?;
        Ok(())
    }

    /// Tells rustc which options are on, and the build scripts of dependents where the headers are.
    fn tell(&self, resolved: &Resolved) {
        for (option, _) in resolved.options() {
            println!(
                "cargo::rustc-cfg=mbedtls=\"{}\"",
                option.trim_start_matches("MBEDTLS_")
            );
        }
        let include: Vec<_> = self
            .include
            .iter()
            .map(|folder| folder.display().to_string())
            .collect();
        if resolved.is_client() {
            println!("cargo::metadata=client=1");
        }
        println!("cargo::metadata=header={}", self.header.display());
        println!("cargo::metadata=include={}", include.join(";"));
        println!("cargo::metadata=defines=MBEDTLS_CONFIG_FILE=<{HEADER}>");
    }
}

/// What the bindings are, wherever the headers are.
fn builder(wrapper: &Path, out: &Path) -> Result<bindgen::Builder, Box<dyn Error>> {
    Ok(bindgen::Builder::default()
        .use_core()
        .rust_edition(bindgen::RustEdition::Edition2024)
        .rust_target(bindgen::RustTarget::stable(85, 0).map_err(|error| error.to_string())?)
        .header(wrapper.display().to_string())
        .allowlist_item("(mbedtls|psa|MBEDTLS|PSA)_.*")
        // Defined several times over; bindgen takes the first, see wrapper.h.
        .blocklist_var("MBEDTLS_PK_SIGNATURE_MAX_SIZE")
        .default_enum_style(bindgen::EnumVariation::Consts)
        .prepend_enum_name(false)
        .generate_cstr(true)
        .clang_macro_fallback()
        .clang_macro_fallback_build_dir(out)
        .parse_callbacks(Box::new(Comments)))
}

/// Keeps the C library's comments as they are laid out: they are Doxygen, not Markdown, and their samples are C.
#[derive(Debug)]
struct Comments;

impl bindgen::callbacks::ParseCallbacks for Comments {
    fn process_comment(&self, comment: &str) -> Option<String> {
        Some(format!("````text\n{comment}\n````"))
    }
}
