//! What is known besides the symbol.

use mbedtls_config::facts::Version;
use mbedtls_config::readers::{Build, System};

use super::archive::Archive;

/// Who asks for a symbol, as far as the linker says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Referrer {
    /// The object or source file, without its folder.
    pub file: String,
    /// The archive that the object comes from, without its folder.
    pub archive: Option<String>,
    /// The function.
    pub function: Option<String>,
}

impl Referrer {
    /// `/tmp/ccPgS6Bt.o`: a compiler that compiles and links in one step, on a host, where the library is built with
    /// most of its options.
    pub(super) fn is_one_step(&self) -> bool {
        let stem = self
            .file
            .strip_prefix("cc")
            .and_then(|file| file.strip_suffix(".o"));
        stem.is_some_and(|stem| {
            stem.len() == 6 && stem.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
    }
}

/// Everything that was given.
#[derive(Debug, Default)]
pub struct Evidence {
    /// What the configuration files say together.
    pub build: Option<Build>,
    /// Each header by itself, when several were given that do not include each other.
    pub headers: Vec<(String, Build)>,
    /// The libraries and objects.
    pub archives: Vec<Archive>,
    /// Whose build it is.
    pub system: Option<System>,
    /// The version of Mbed TLS.
    pub version: Option<Version>,
    /// True when it is Mbed TLS 4.0 or later.
    pub is_4: bool,
}

impl Evidence {
    /// Whose build it is, by what was said and by the configuration.
    pub(super) fn system(&self) -> Option<System> {
        let built = self.build.as_ref().map(Build::system);
        self.system
            .or(built)
            .filter(|system| *system != System::Plain)
    }

    /// The version that is used, as far as it is said: by a person, or by the environment whose settings were given.
    pub(super) fn used_version(&self) -> Option<Version> {
        let port = self.build.as_ref().and_then(Build::port);
        self.version.or_else(|| {
            let series = port?.mbedtls;
            Version::ALL
                .into_iter()
                .find(|version| super::index::series(*version) == series)
        })
    }

    /// True when the configuration, or a person, says 4.x.
    pub(super) fn is_4(&self) -> bool {
        let port = self.build.as_ref().and_then(Build::port);
        self.is_4 || port.is_some_and(|port| port.mbedtls.starts_with('4'))
    }
}
