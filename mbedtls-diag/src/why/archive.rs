//! What is in a library: its objects and what they define.

use std::collections::BTreeSet;

use object::read::archive::ArchiveFile;
use object::{Object as _, ObjectSymbol as _};

use super::index::{is_library_stem, stem};

/// A library, an object or a linked image.
#[derive(Clone, Debug, Default)]
pub struct Archive {
    /// Its name, for messages.
    pub name: String,
    /// Its objects; a linked image counts as one.
    members: Vec<Member>,
}

#[derive(Clone, Debug, Default)]
struct Member {
    name: String,
    /// What it defines for others.
    defined: BTreeSet<String>,
    /// What it defines for itself.
    local: BTreeSet<String>,
    /// What it asks for.
    wanted: BTreeSet<String>,
}

/// Why a file cannot be looked into.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// Neither an archive nor an object.
    #[error("{0} is no archive, object or ELF file that can be read")]
    Format(String),
    /// An archive that only names its members.
    #[error("{0} is a thin archive, which holds no objects; give the objects themselves")]
    Thin(String),
}

/// More members and symbols than any library has; they bound the memory.
const MOST_MEMBERS: usize = 20_000;
const MOST_SYMBOLS: usize = 2_000_000;

impl Archive {
    /// Reads a file.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, ArchiveError> {
        let mut archive = Self {
            name: name.to_owned(),
            members: Vec::new(),
        };
        let mut symbols = 0;
        if let Ok(file) = ArchiveFile::parse(bytes) {
            if file.is_thin() {
                return Err(ArchiveError::Thin(name.to_owned()));
            }
            for member in file.members().take(MOST_MEMBERS).flatten() {
                let Ok(data) = member.data(bytes) else {
                    continue;
                };
                let own = String::from_utf8_lossy(member.name());
                if symbols < MOST_SYMBOLS {
                    archive.members.extend(read_object(&own, data));
                    symbols += archive.members.last().map_or(0, Member::size);
                }
            }
        } else {
            archive.members.extend(read_object(name, bytes));
        }
        if archive.members.is_empty() {
            return Err(ArchiveError::Format(name.to_owned()));
        }
        Ok(archive)
    }

    /// True when an object defines the symbol for others.
    pub fn defines(&self, symbol: &str) -> bool {
        self.members
            .iter()
            .any(|member| member.defined.contains(symbol))
    }

    /// True when an object defines the symbol for itself only.
    pub fn hides(&self, symbol: &str) -> bool {
        self.members
            .iter()
            .any(|member| member.local.contains(symbol))
    }

    /// The objects of this library that ask for the symbol.
    pub fn askers(&self, symbol: &str) -> Vec<String> {
        let asking = self
            .members
            .iter()
            .filter(|member| member.wanted.contains(symbol));
        asking.map(|member| member.name.clone()).collect()
    }

    /// What the object that was compiled from `file` defines, as far as it can be told; nothing when there is none.
    pub(super) fn object_of(&self, file: &str) -> Option<Compiled> {
        let mut own = self
            .members
            .iter()
            .filter(|member| stem(&member.name) == stem(file));
        let first = own.next()?;
        let empty = first.defined.is_empty() && own.all(|member| member.defined.is_empty());
        Some(if empty {
            Compiled::Empty
        } else {
            Compiled::Something
        })
    }

    /// How many of its objects are files of Mbed TLS.
    pub(super) fn library_objects(&self) -> usize {
        let members = self.members.iter();
        members
            .filter(|member| is_library_stem(stem(&member.name)))
            .count()
    }

    /// A definition of C++ that stands for the symbol.
    pub(super) fn mangled(&self, symbol: &str) -> Option<&str> {
        let wanted = format!("{}{symbol}", symbol.len());
        let defined = self.members.iter().flat_map(|member| &member.defined);
        defined
            .map(String::as_str)
            .find(|name| name.starts_with("_Z") && name.contains(&wanted))
    }

    /// Its name without its folder.
    pub(super) fn base_name(&self) -> &str {
        self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name)
    }
}

/// What came of a source file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compiled {
    /// An object that defines nothing.
    Empty,
    /// An object that defines something.
    Something,
}

impl Member {
    fn size(&self) -> usize {
        self.defined.len() + self.local.len() + self.wanted.len()
    }
}

fn read_object(name: &str, bytes: &[u8]) -> Option<Member> {
    let file = object::File::parse(bytes).ok()?;
    let mut member = Member {
        name: name.to_owned(),
        ..Member::default()
    };
    // What ld64 and 32-bit Windows put before every name of C.
    let prefixed = matches!(file.format(), object::BinaryFormat::MachO);
    let symbols = file.symbols().chain(file.dynamic_symbols());
    for symbol in symbols.take(MOST_SYMBOLS) {
        let Ok(name) = symbol.name() else {
            continue;
        };
        let name = if prefixed {
            name.strip_prefix('_').unwrap_or(name)
        } else {
            name
        };
        if name.is_empty() {
            continue;
        }
        let list = if symbol.is_undefined() {
            &mut member.wanted
        } else if !symbol.is_definition() && !symbol.is_common() {
            continue;
        } else if symbol.is_global() {
            &mut member.defined
        } else {
            &mut member.local
        };
        list.insert(name.to_owned());
    }
    Some(member)
}
