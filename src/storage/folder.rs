//! A folder of a host as a storage.
use std::boxed::Box;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::string::String;
use std::{fmt, format};

use super::{Error, Kind, Name, Result, Storage};
use crate::ffi::its;

/// The name of the file that says who has the folder.
const LOCK: &str = "lock";
/// How the name of a file ends that is still being written.
const UNFINISHED: &str = ".new";

/// Why a folder cannot be used.
#[derive(Debug)]
#[non_exhaustive]
pub enum FolderError {
    /// There is a storage already.
    AlreadySet,
    /// Another process has this folder.
    InUse,
    /// The folder is another user's, or other users may write to it: they could replace keys.
    NotPrivate,
    /// The folder cannot be made, read or written.
    Io(io::Error),
}

impl fmt::Display for FolderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AlreadySet => "there is a storage already: set it once, at start",
            Self::InUse => "another process keeps its keys in this folder: give each its own",
            Self::NotPrivate => {
                "other users may replace keys in the folder: make it this user's own (chown), and take their rights away (chmod go-w)"
            }
            Self::Io(_) => "the folder for keys cannot be made, read or written",
        })
    }
}

impl std::error::Error for FolderError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            _ => None,
        }
    }
}

impl From<io::Error> for FolderError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

pub(super) fn set(path: &Path) -> core::result::Result<(), FolderError> {
    if its::get().is_ok() {
        return Err(FolderError::AlreadySet);
    }
    let folder = Box::leak(Box::new(Folder::open(path)?));
    // Another thread was faster: then this one had the folder's lock for nothing, until the process ends.
    its::set(folder).map_err(|_| FolderError::AlreadySet)
}

#[derive(Debug)]
struct Folder {
    /// Whole: the working directory may change.
    path: PathBuf,
    /// Open as long as this process has the folder.
    _lock: File,
}

impl Folder {
    fn open(path: &Path) -> core::result::Result<Self, FolderError> {
        match private_folder().create(path) {
            Ok(()) => {
                // An empty path component means the working directory.
                let parent = path.parent().filter(|path| !path.as_os_str().is_empty());
                sync_folder(parent.unwrap_or(Path::new(".")))?;
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error.into()),
        }
        let path = fs::canonicalize(path)?;
        check_private(&path)?;
        let lock = lock(&path.join(LOCK))?;
        let folder = Self { path, _lock: lock };
        folder.remove_unfinished()?;
        Ok(folder)
    }

    /// Removes what a process that was killed was writing, and nothing else.
    fn remove_unfinished(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.path)? {
            let entry = entry?;
            if is_unfinished(&entry.file_name()) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    fn file(&self, name: Name) -> PathBuf {
        self.path.join(file_name(name))
    }

    fn write_file(&self, name: Name, parts: &[&[u8]]) -> io::Result<()> {
        let target = self.file(name);
        let unfinished = self.path.join(file_name(name) + UNFINISHED);
        remove_if_there(&unfinished)?;
        let written = (|| {
            let mut file = private_file().create_new(true).open(&unfinished)?;
            for part in parts {
                file.write_all(part)?;
            }
            // Before the name: whoever sees it sees all of the file.
            file.sync_all()?;
            fs::rename(&unfinished, &target)
        })();
        if written.is_err() {
            // The first failure is the one to tell.
            let _ = remove_if_there(&unfinished);
            return written;
        }
        sync_folder(&self.path)
    }

    fn read_file(&self, name: Name, offset: usize, buffer: &mut [u8]) -> io::Result<usize> {
        let mut file = File::open(self.file(name))?;
        if offset > 0 {
            file.seek(SeekFrom::Start(offset as u64))?;
        }
        let mut filled = 0;
        while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match file.read(rest) {
                Ok(0) => break,
                Ok(len) => filled += len,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(filled)
    }
}

impl Storage for Folder {
    fn read(&self, name: Name, offset: usize, buffer: &mut [u8]) -> Result<usize> {
        self.read_file(name, offset, buffer).map_err(|e| error(&e))
    }

    fn write(&self, name: Name, parts: &[&[u8]]) -> Result<()> {
        self.write_file(name, parts).map_err(|e| error(&e))
    }

    fn remove(&self, name: Name) -> Result<()> {
        fs::remove_file(self.file(name))
            .and_then(|()| sync_folder(&self.path))
            .map_err(|e| error(&e))
    }
}

fn error(error: &io::Error) -> Error {
    match error.kind() {
        ErrorKind::NotFound => Error::DoesNotExist,
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Error::Full,
        _ => Error::Failed,
    }
}

fn file_name(name: Name) -> String {
    let kind = match name.kind {
        Kind::Key => "key",
        Kind::Item => "item",
    };
    format!("{kind}-{:016x}", name.uid)
}

fn is_unfinished(name: &OsStr) -> bool {
    let uid = name
        .to_str()
        .and_then(|name| name.strip_suffix(UNFINISHED))
        .and_then(|name| name.strip_prefix("key-").or(name.strip_prefix("item-")));
    uid.is_some_and(|uid| uid.len() == 16 && uid.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(unix)]
mod system {
    use std::fs::{DirBuilder, File, OpenOptions};
    use std::io;
    use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
    use std::path::Path;

    use rustix::fs::{FlockOperation, flock};
    use rustix::io::Errno;
    use rustix::process::geteuid;

    use super::FolderError;

    pub(super) fn private_folder() -> DirBuilder {
        let mut builder = DirBuilder::new();
        builder.mode(0o700);
        builder
    }

    pub(super) fn private_file() -> OpenOptions {
        let mut options = OpenOptions::new();
        options.write(true).mode(0o600);
        options
    }

    pub(super) fn check_private(path: &Path) -> Result<(), FolderError> {
        const WRITE_OF_OTHERS: u32 = 0o022;
        let metadata = path.metadata()?;
        let ours = metadata.uid() == geteuid().as_raw();
        if ours && metadata.permissions().mode() & WRITE_OF_OTHERS == 0 {
            Ok(())
        } else {
            Err(FolderError::NotPrivate)
        }
    }

    /// The kernel gives the lock back when the process ends, however it ends.
    pub(super) fn lock(path: &Path) -> Result<File, FolderError> {
        let file = private_file().create(true).truncate(false).open(path)?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(file),
            Err(Errno::WOULDBLOCK) => Err(FolderError::InUse),
            Err(error) => Err(FolderError::Io(error.into())),
        }
    }

    /// Makes names last that were made or removed in a folder.
    pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }
}

#[cfg(not(unix))]
mod system {
    //! Rights are those that the folder inherits, and the file system orders changes of names by itself.
    use std::fs::{DirBuilder, File, OpenOptions};
    use std::io;
    use std::path::Path;

    use super::FolderError;

    pub(super) fn private_folder() -> DirBuilder {
        DirBuilder::new()
    }

    pub(super) fn private_file() -> OpenOptions {
        let mut options = OpenOptions::new();
        options.write(true);
        options
    }

    #[allow(clippy::unnecessary_wraps)] // the other system can fail
    pub(super) fn check_private(_: &Path) -> Result<(), FolderError> {
        Ok(())
    }

    pub(super) fn lock(path: &Path) -> Result<File, FolderError> {
        let mut options = private_file();
        #[cfg(windows)]
        std::os::windows::fs::OpenOptionsExt::share_mode(&mut options, 0);
        const SHARING_VIOLATION: i32 = 32;
        let file = options.create(true).truncate(false).open(path);
        file.map_err(|error| match error.raw_os_error() {
            Some(SHARING_VIOLATION) => FolderError::InUse,
            _ => FolderError::Io(error),
        })
    }

    #[allow(clippy::unnecessary_wraps)] // the other system can fail
    pub(super) fn sync_folder(_: &Path) -> io::Result<()> {
        Ok(())
    }
}

use system::{check_private, lock, private_file, private_folder, sync_folder};
