//! The words of linkers and compilers.

use mbedtls_diag::why::{Cause, Evidence, Log, read_log, why};
use proptest::prelude::*;

/// One undefined symbol of an application, in the words of each tool.
const WORDS: &[(&str, &str)] = &[
    (
        "GNU ld",
        "/usr/bin/ld: main.o: in function `main':\nmain.c:(.text+0x1c): undefined reference to `mbedtls_strerror'\ncollect2: error: ld returned 1 exit status\n",
    ),
    (
        "GNU ld with source lines",
        "/opt/zephyr-sdk/arm-zephyr-eabi/bin/ld.bfd: app/libapp.a(main.c.obj): in function `report':\n/home/x/app/src/main.c:40: undefined reference to `mbedtls_strerror'\n",
    ),
    (
        "GNU ld, one line",
        "main.c:(.text.startup.main+0x5): undefined reference to 'mbedtls_strerror'\n",
    ),
    (
        "GNU ld, more",
        "main.c:12: more undefined references to `mbedtls_strerror' follow\n",
    ),
    (
        "gold",
        "main.o:main.c:function main: error: undefined reference to 'mbedtls_strerror'\n",
    ),
    (
        "lld",
        "ld.lld: error: undefined symbol: mbedtls_strerror\n>>> referenced by main.c:12 (src/main.c:12)\n>>>               main.o:(main)\n",
    ),
    (
        "rust-lld",
        "  = note: rust-lld: error: undefined symbol: mbedtls_strerror\n          >>> referenced by lib.rs:3\n          >>>               app-1234.o:(app::main)\n",
    ),
    (
        "mold",
        "mold: error: undefined symbol: mbedtls_strerror\n>>> referenced by main.c\n>>>               main.o:(main)\n",
    ),
    (
        "armlink",
        "Error: L6218E: Undefined symbol mbedtls_strerror (referred from main.o).\n",
    ),
    (
        "ld64",
        "Undefined symbols for architecture arm64:\n  \"_mbedtls_strerror\", referenced from:\n      _main in main.o\nld: symbol(s) not found for architecture arm64\n",
    ),
    (
        "IAR",
        "Error[Li005]: no definition for \"mbedtls_strerror\" [referenced from C:\\app\\main.o]\n",
    ),
    (
        "MSVC",
        "main.obj : error LNK2019: unresolved external symbol mbedtls_strerror referenced in function main\n",
    ),
];

#[test]
fn the_words_of_every_linker_are_understood() {
    for (tool, text) in WORDS {
        let log = read_log(text);
        assert_eq!(log.mentions.len(), 1, "{tool}: {log:?}");
        let mention = &log.mentions[0];
        let answer = why(&mention.symbol, &Evidence::default(), &log);
        assert_eq!(answer.symbol, "mbedtls_strerror", "{tool}");
        assert_eq!(answer.cause, Cause::OptionOff, "{tool}");
        if *tool != "GNU ld, more" {
            let file = &mention
                .referrers
                .first()
                .unwrap_or_else(|| panic!("{tool}: {mention:?}"))
                .file;
            assert!(
                file.starts_with("main.") || file.starts_with("app-") || file == "lib.rs",
                "{tool}: {file}"
            );
        }
        assert!(!mention.from_compiler, "{tool}");
    }
}

#[test]
fn the_words_of_compilers_are_understood() {
    for text in [
        "main.c:3:5: warning: implicit declaration of function 'mbedtls_strerror' [-Wimplicit-function-declaration]\n",
        "main.c:3:5: warning: implicit declaration of function ‘mbedtls_strerror’; did you mean ‘strerror’?\n",
        "main.c:3:5: error: call to undeclared function 'mbedtls_strerror'; ISO C99 and later do not support implicit function declarations\n",
        "main.cpp:3:5: error: 'mbedtls_strerror' was not declared in this scope\n",
        "main.cpp:3:5: error: ‘mbedtls_strerror’ was not declared in this scope; did you mean ‘strerror’?\n",
        "error[E0425]: cannot find function `mbedtls_strerror` in module `sys`\n",
    ] {
        let log = read_log(text);
        assert_eq!(log.mentions.len(), 1, "{text}");
        assert_eq!(log.mentions[0].symbol, "mbedtls_strerror", "{text}");
        assert!(log.mentions[0].from_compiler, "{text}");
        let answer = why("mbedtls_strerror", &Evidence::default(), &log);
        assert!(
            answer
                .notes
                .iter()
                .any(|note| note.contains("the complaint is the compiler's")),
            "{text}"
        );
    }
}

#[test]
fn names_of_cxx_are_taken_apart() {
    for text in [
        "main.cpp:(.text+0x1c): undefined reference to `mbedtls_strerror(int, char*, unsigned long)'\n",
        "ld.lld: error: undefined symbol: mbedtls_strerror(int, char*, unsigned long)\n>>> referenced by main.cpp:12\n",
        "Error: L6218E: Undefined symbol _Z16mbedtls_strerroriPcj (referred from main.o).\n",
        "main.obj : error LNK2019: unresolved external symbol ?mbedtls_strerror@@YAXHPEAD_K@Z referenced in function main\n",
    ] {
        let log = read_log(text);
        let answer = why(&log.mentions[0].symbol, &Evidence::default(), &log);
        assert_eq!(answer.cause, Cause::CxxLinkage, "{text}");
        assert_eq!(answer.symbol, "mbedtls_strerror", "{text}");
    }
}

#[test]
fn each_symbol_is_reported_once_with_those_who_ask() {
    let text = "a.o: in function `f':\na.c:1: undefined reference to `mbedtls_hkdf'\na.c:2: undefined reference to `mbedtls_hkdf'\n\
        b.o: in function `g':\nb.c:1: undefined reference to `mbedtls_hkdf'\nb.c:9: undefined reference to `mbedtls_strerror'\n";
    let log = read_log(text);
    let symbols: Vec<&str> = log
        .mentions
        .iter()
        .map(|mention| mention.symbol.as_str())
        .collect();
    assert_eq!(symbols, ["mbedtls_hkdf", "mbedtls_strerror"]);
    let files: Vec<&str> = log.mentions[0]
        .referrers
        .iter()
        .map(|referrer| referrer.file.as_str())
        .collect();
    assert_eq!(files, ["a.o", "b.o"]);
}

#[test]
fn a_mebibyte_of_log_is_read_in_bounded_time() {
    let line = "/usr/bin/ld: lib/libmbedx509.a(x509.c.obj): in function `f': main.c:(.text+0x1c): undefined reference to `mbedtls_x'\n";
    let text: String = (0..(1 << 20) / line.len())
        .map(|number| line.replace("mbedtls_x", &format!("mbedtls_x{number}")))
        .collect();
    let started = std::time::Instant::now();
    let log = read_log(&text);
    assert_eq!(log.mentions.len(), 500);
    // Unoptimized, on a busy machine; optimized it takes a hundredth.
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        let _ = read_log(&text);
    }

    #[test]
    fn any_order_of_the_words_of_linkers_is_read(
        parts in proptest::collection::vec(
            "(undefined reference to |undefined symbol: |>>> referenced by |: in function |_in |in archive |`|'|\"|\\(|\\)|:|main.o|lib.a|mbedtls_hkdf|‘|’|\n| )", 0..30),
    ) {
        let log = read_log(&parts.concat());
        for mention in log.mentions.iter().take(2) {
            let _ = why(&mention.symbol, &Evidence::default(), &log);
        }
    }

    #[test]
    fn any_symbol_gets_an_answer(symbol in "\\PC{0,40}") {
        let _ = why(&symbol, &Evidence::default(), &Log::default());
    }

    #[test]
    fn any_mangled_name_gets_an_answer(symbol in "(_Z|\\?)[0-9]{0,25}[a-z_0-9@]{0,20}") {
        let _ = why(&symbol, &Evidence::default(), &Log::default());
    }
}
