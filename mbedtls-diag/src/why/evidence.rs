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

    /// True when the configuration, or a person, says 4.x.
    pub(super) fn is_4(&self) -> bool {
        let port = self.build.as_ref().and_then(Build::port);
        self.is_4 || port.is_some_and(|port| port.mbedtls.starts_with('4'))
    }
}
