//! What is wrong is refused, by a message that names file and option.
use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};

use super::miniature::{Board, Miniature};
use crate::scratch::Scratch;
use crate::shell::Workspace;

fn says(text: &str, words: &[&str]) -> Result<()> {
    for word in words {
        ensure!(text.contains(word), "`{word}` is not in: {text}");
    }
    Ok(())
}

/// C and bindgen's clang see different headers, as after half a rebuild.
pub fn other_sizes(workspace: &Workspace) -> Result<()> {
    let text = Miniature::new(workspace, "3.4", Board::Native)?
        .in_folder("other-sizes")
        .features("shape")
        .define("SHAPE_OF_CLANG", "35")
        .refused_by_build()?;
    // (11 + 35) words of 8 bytes.
    says(
        &text,
        &["mbedtls_psa_sizeof_psa_hash_operation_t_is_368_aligned_8"],
    )
}

/// A need that the features of the crates bring, or that has no meaning.
fn application(scratch: &Scratch, rest: &str) -> Result<()> {
    fs::create_dir_all(scratch.path("src"))?;
    fs::write(scratch.path("src/lib.rs"), "")?;
    let manifest = format!(
        "[package]\nname = \"rustapp\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n{rest}"
    );
    Ok(fs::write(scratch.path("Cargo.toml"), manifest)?)
}

pub fn by_cmake(workspace: &Workspace) -> Result<()> {
    let configure = |era| {
        let miniature = Miniature::new(workspace, era, Board::Native)?.in_folder("refused");
        miniature.fresh()?;
        Ok::<_, anyhow::Error>(miniature)
    };
    // An option that the application's `needs` name, in the words of each era.
    let text = configure("3.7")?
        .option("CONFIG_PSA_WANT_ALG_CCM=n")
        .refused_by_cmake()?;
    says(
        &text,
        &[
            "app/Cargo.toml",
            "refused/zephyr/.config",
            "CONFIG_PSA_WANT_ALG_CCM=y (aes-ccm)",
        ],
    )?;
    ensure!(!text.contains("PSA_WANT_ALG_ECDSA"), "{text}");
    let text = configure("3.4")?
        .option("CONFIG_MBEDTLS_ECDSA_C=n")
        .refused_by_cmake()?;
    says(&text, &["CONFIG_MBEDTLS_ECDSA_C=y (secp256r1)"])?;

    // Nobody has the headers.
    let text = configure("3.7")?
        .option("CONFIG_MBEDTLS=n")
        .refused_by_cmake()?;
    says(&text, &["CONFIG_MBEDTLS=y", "CONFIG_BUILD_WITH_TFM=y"])?;

    let scratch = Scratch::new()?;
    application(
        &scratch,
        "[package.metadata.mbedtls-psa]\nneeds = [\"p256\"]\n",
    )?;
    let text = configure("3.7")?
        .define("APP", scratch.folder())
        .refused_by_cmake()?;
    says(&text, &["Cargo.toml", "`p256`", "secp256r1"])?;

    application(&scratch, "[dependencies]\npsa-client = \"0.1\"\n")?;
    let by_features = || {
        let options = [
            "CONFIG_PSA_WANT_ECC_SECP_R1_256=n",
            "CONFIG_PSA_WANT_ALG_CCM=n",
        ];
        let miniature = configure("3.7")?.define("APP", scratch.folder());
        Ok::<_, anyhow::Error>(options.into_iter().fold(miniature, Miniature::option))
    };
    let text = by_features()?.refused_by_cmake()?;
    says(&text, &["CONFIG_PSA_WANT_ECC_SECP_R1_256=y (provisioning)"])?;
    ensure!(!text.contains("CCM"), "{text}");
    application(
        &scratch,
        "[dependencies]\npsa-client = { version = \"0.1\", default-features = false }\n",
    )?;
    by_features()?.configure()
}

pub fn by_build_scripts(workspace: &Workspace) -> Result<()> {
    let miniature = Miniature::new(workspace, "3.7", Board::Native)?.in_folder("handover");
    miniature.fresh()?;
    miniature.configure()?;
    let file = miniature.handover();
    let shown = file.display().to_string();
    let whole = fs::read_to_string(&file)?;
    let with = |text: &str, words: &[&str]| {
        fs::write(&file, text)?;
        let said = miniature.refused_by_cargo(miniature.folder(), &[])?;
        says(&said, &[&shown])?;
        says(&said, words)
    };

    with(
        &whole.replace("handover 1", "handover 2"),
        &["mbedtls-psa handover 2", "--pristine"],
    )?;
    with(whole.trim_end_matches("end\n"), &["does not end"])?;
    with(
        &whole.replace("include=", "folder="),
        &["folder=", "does not know"],
    )?;
    with(
        &whole.replace("\nbuild=", "\nbuild=/elsewhere"),
        &["written for /elsewhere", "moved"],
    )?;
    with(
        &whole.replace("autoconf.h", "other.h"),
        &["autoconf=", "other.h is not there"],
    )?;
    let mbedtls = |line: &&str| !line.contains("mbedtls-rs-sys") && !line.contains("MBEDTLS");
    let without: Vec<_> = whole.lines().filter(mbedtls).collect();
    with(&(without.join("\n") + "\n"), &["psa/crypto.h"])?;
    with(
        &whole.replace("compiler=", "compiler=/no"),
        &["no C compiler"],
    )?;

    // The headers say otherwise than Kconfig, as with a file of the application's own.
    let off = miniature.folder().join("off.h");
    fs::write(&off, "#undef PSA_WANT_ALG_CCM\n")?;
    let user_config = format!(
        "\ndefine=MBEDTLS_PSA_CRYPTO_USER_CONFIG_FILE=\"{}\"\ninclude=",
        off.display()
    );
    fs::write(&file, whole.replacen("\ninclude=", &user_config, 1))?;
    let said = miniature.refused_by_cargo(miniature.folder(), &[])?;
    says(
        &said,
        &[
            "zephyr/.config",
            "PSA_WANT_ALG_CCM is off",
            "`aes-ccm` needs",
            "CONFIG_PSA_WANT_ALG_CCM=y",
        ],
    )?;

    fs::write(&file, &whole)?;
    let said = miniature.refused_by_cargo(miniature.folder(), &["tfm"])?;
    says(&said, &["feature `tfm`"])?;
    let said = miniature.refused_by_cargo(Path::new("/nowhere"), &[])?;
    says(
        &said,
        &[
            "/nowhere/mbedtls_psa/handover.txt",
            "CONFIG_MBEDTLS_PSA_RUST=y",
        ],
    )?;

    let unknown = Miniature::new(workspace, "3.4", Board::Native)?
        .in_folder("unknown")
        .define("SHAPE", "22");
    unknown.fresh()?;
    unknown.configure()?;
    let said = unknown.refused_by_cargo(unknown.folder(), &[])?;
    says(
        &said,
        &["unknown/mbedtls_psa/handover.txt", "Mbed TLS 2.28", "3.6"],
    )
}
