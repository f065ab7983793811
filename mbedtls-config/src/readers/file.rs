//! One file: what kind it is and what it says.

use crate::cpp::{Line, lines};
use crate::readers::{MAX_TEXT, ReadError};

/// The kinds of files that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileKind {
    /// `mbedtls_config.h`, or a header that is included into it: C.
    ConfigHeader,
    /// `psa/crypto_config.h`: C that sets `PSA_WANT_` macros only.
    CryptoConfig,
    /// Kconfig's whole result: `.config`.
    DotConfig,
    /// A part of what is asked of Kconfig: `prj.conf`, `sdkconfig.defaults`.
    Fragment,
    /// Kconfig's whole result as C: `autoconf.h`, `sdkconfig.h`.
    Autoconf,
    /// ESP-IDF's whole result: `sdkconfig`.
    Sdkconfig,
}

impl FileKind {
    /// True for the kinds that carry Kconfig's settings.
    pub fn is_kconfig(self) -> bool {
        !matches!(self, Self::ConfigHeader | Self::CryptoConfig)
    }

    /// True when settings that are not in the file are known to be off.
    pub fn is_whole(self) -> bool {
        matches!(self, Self::DotConfig | Self::Autoconf | Self::Sdkconfig)
    }
}

/// A setting of Kconfig.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: String,
    /// `y`, `n`, or a text without its quotation marks.
    pub(super) value: String,
    pub(super) line: usize,
}

/// A file after reading.
#[derive(Debug)]
pub(super) struct File {
    pub(super) kind: FileKind,
    /// What Kconfig set.
    pub(super) entries: Vec<Entry>,
}

/// Finds out what a text is. The name decides only what the text leaves open.
pub(super) fn read(name: &str, text: &str) -> Result<File, ReadError> {
    if text.len() > MAX_TEXT {
        return Err(ReadError::TooLong {
            file: name.to_owned(),
        });
    }
    let nothing = || ReadError::Nothing {
        file: name.to_owned(),
    };
    let entries = kconfig_entries(text);
    if !entries.is_empty() {
        let kind = kconfig_kind(name, text);
        return Ok(File { kind, entries });
    }
    let defined = defined_names(text);
    let entries = autoconf_entries(text);
    let own = |name: &&&str| name.starts_with("MBEDTLS_") || name.starts_with("TF_PSA_CRYPTO_");
    let wanted = |name: &&&str| name.starts_with("PSA_WANT_");
    let counts = [
        entries.len(),
        defined.iter().filter(own).count(),
        defined.iter().filter(wanted).count(),
    ];
    let kind = match counts {
        [0, 0, 0] if is_c(name, text) => FileKind::ConfigHeader,
        [0, 0, 0] => return Err(nothing()),
        [kconfig, own, wanted] if kconfig >= own + wanted => FileKind::Autoconf,
        [_, own, wanted] if own >= wanted => FileKind::ConfigHeader,
        _ => FileKind::CryptoConfig,
    };
    let entries = if kind == FileKind::Autoconf {
        entries
    } else {
        Vec::new()
    };
    Ok(File { kind, entries })
}

/// A header without a single option is a configuration too: one where everything is off.
fn is_c(name: &str, text: &str) -> bool {
    is_header(name) && text.contains("MBEDTLS_")
}

pub(super) fn is_header(name: &str) -> bool {
    std::path::Path::new(name)
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("h"))
}

fn kconfig_kind(name: &str, text: &str) -> FileKind {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let generated = text.contains("Automatically generated file; DO NOT EDIT")
        || text.contains("# Automatically generated file");
    match name {
        _ if name.starts_with("sdkconfig") && !name.starts_with("sdkconfig.defaults") => {
            FileKind::Sdkconfig
        }
        ".config" => FileKind::DotConfig,
        _ if generated && text.contains("Espressif") => FileKind::Sdkconfig,
        _ if generated => FileKind::DotConfig,
        // Nobody writes "is not set" by the dozen by hand.
        _ if text.matches(" is not set\n").count() > 40 => FileKind::DotConfig,
        _ => FileKind::Fragment,
    }
}

/// `CONFIG_X=y`, `CONFIG_X="text"`, `# CONFIG_X is not set`.
fn kconfig_entries(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim().trim_start_matches('\u{feff}');
        let (name, value) = if let Some(rest) = line.strip_prefix('#') {
            match rest.trim().strip_suffix(" is not set") {
                Some(name) => (name, "n"),
                None => continue,
            }
        } else if let Some((name, value)) = line.split_once('=') {
            (name.trim(), value.trim())
        } else {
            continue;
        };
        if is_config_name(name) {
            entries.push(Entry {
                name: name.to_owned(),
                value: plain(value).to_owned(),
                line: number,
            });
        }
    }
    entries
}

/// A value without the comment that follows it and without its quotation marks.
fn plain(value: &str) -> &str {
    match value.strip_prefix('"') {
        Some(rest) => rest.split('"').next().unwrap_or(rest),
        None => value.split(['#', ' ', '\t']).next().unwrap_or(value),
    }
}

fn is_config_name(name: &str) -> bool {
    name.strip_prefix("CONFIG_").is_some_and(|rest| {
        !rest.is_empty() && rest.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_')
    })
}

/// `#define CONFIG_X 1`
fn autoconf_entries(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    each_define(text, &mut |name, value, line| {
        if is_config_name(name) {
            let value = match plain(value) {
                "1" => "y",
                other => other,
            };
            entries.push(Entry {
                name: name.to_owned(),
                value: value.to_owned(),
                line,
            });
        }
    });
    entries
}

fn defined_names(text: &str) -> Vec<&str> {
    text.lines()
        .filter_map(|line| {
            let rest = line.trim_start().strip_prefix('#')?.trim_start();
            rest.strip_prefix("define")?.split_whitespace().next()
        })
        .collect()
}

/// Calls `visit` with the name, the text and the line of every `#define`.
pub(super) fn each_define(text: &str, visit: &mut impl FnMut(&str, &str, usize)) {
    for line in lines(text) {
        if let Line::Directive { name, rest, number } = line {
            if name == "define" {
                let end = rest
                    .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                    .unwrap_or(rest.len());
                let (name, value) = rest.split_at(end);
                visit(name, value.trim(), number);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(name: &str, text: &str) -> FileKind {
        read(name, text).unwrap().kind
    }

    #[test]
    fn the_text_says_what_a_file_is() {
        let generated = "#\n# Automatically generated file; DO NOT EDIT.\n# Espressif IoT Development Framework (ESP-IDF) 5.3.1 Project Configuration\n#\nCONFIG_IDF_TARGET=\"esp32\"\n";
        for (name, text, expected) in [
            ("prj.conf", "CONFIG_MBEDTLS=y\n", FileKind::Fragment),
            (
                "build/zephyr/.config",
                "CONFIG_MBEDTLS=y\n",
                FileKind::DotConfig,
            ),
            ("x", generated, FileKind::Sdkconfig),
            (
                "sdkconfig",
                "CONFIG_MBEDTLS_HKDF_C=y\n",
                FileKind::Sdkconfig,
            ),
            (
                "sdkconfig.defaults",
                "CONFIG_MBEDTLS_HKDF_C=y\n",
                FileKind::Fragment,
            ),
            (
                "autoconf.h",
                "#define CONFIG_MBEDTLS 1\n#define CONFIG_X \"y\"\n",
                FileKind::Autoconf,
            ),
            (
                "mbedtls_config.h",
                "#define MBEDTLS_AES_C\n#define PSA_WANT_ALG_GCM 1\n",
                FileKind::ConfigHeader,
            ),
            (
                "x.h",
                "#define PSA_WANT_ALG_GCM 1\n",
                FileKind::CryptoConfig,
            ),
            ("my.h", "//#define MBEDTLS_AES_C\n", FileKind::ConfigHeader),
        ] {
            assert_eq!(kind(name, text), expected, "{name}");
        }
        assert!(read("main.c", "int main(void) { return 0; }").is_err());
        assert!(read("empty", "").is_err());
    }

    #[test]
    fn settings_are_read_as_kconfig_writes_them() {
        let file = read(
            ".config",
            "CONFIG_A=y\r\n# CONFIG_B is not set\nCONFIG_C=\"a # b\"\nCONFIG_D=0x10 # why\n#CONFIG_E=y\n CONFIG_F = n\nCONFIG_=y\n",
        )
        .unwrap();
        let entries: Vec<_> = file
            .entries
            .iter()
            .map(|entry| (entry.name.as_str(), entry.value.as_str(), entry.line))
            .collect();
        assert_eq!(
            entries,
            [
                ("CONFIG_A", "y", 1),
                ("CONFIG_B", "n", 2),
                ("CONFIG_C", "a # b", 3),
                ("CONFIG_D", "0x10", 4),
                ("CONFIG_F", "n", 6),
            ]
        );
    }
}
