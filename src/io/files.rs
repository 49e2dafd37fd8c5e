//! Single files that a command writes for somebody: never over what is there, unless it is ours to
//! write anew.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::Path;

/// Makes a folder and those above it.
///
/// # Errors
/// What the machine says, with the path.
pub fn make_folder(folder: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))
}

/// Writes a file, over what was there.
///
/// # Errors
/// What the machine says, with the path.
pub fn write(file: &Path, bytes: &[u8]) -> Result<(), String> {
    fs::write(file, bytes).map_err(|error| format!("cannot write {}: {error}", file.display()))
}

/// Writes a file that is not there yet, and the folders above it.
///
/// # Errors
/// That there is one already, or what the machine says, with the path.
pub fn write_new(file: &Path, bytes: &[u8]) -> Result<(), String> {
    file.parent().map_or(Ok(()), make_folder)?;
    let mut opened = match OpenOptions::new().write(true).create_new(true).open(file) {
        Ok(opened) => opened,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            return Err(format!("{} is there already, and is left as it is", file.display()));
        }
        Err(error) => return Err(format!("cannot write {}: {error}", file.display())),
    };
    opened.write_all(bytes).map_err(|error| format!("cannot write {}: {error}", file.display()))
}

/// Whether a folder holds nothing, or is not there. What lies in it counts whatever it is called.
///
/// # Errors
/// What the machine says, with the path: that it is a file, for instance.
pub fn is_empty(folder: &Path) -> Result<bool, String> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
        Err(error) => Err(format!("cannot read {}: {error}", folder.display())),
    }
}

/// A folder as a path from `root`, with `/` between its parts and `./` before it; as a whole path
/// where it lies elsewhere. Both must be there.
pub fn path_from(root: &Path, folder: &Path) -> String {
    let whole = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let (root, folder) = (whole(root), whole(folder));
    match folder.strip_prefix(&root) {
        Ok(rest) => {
            let parts = rest.components().map(|part| part.as_os_str().to_string_lossy());
            std::iter::once(".".into()).chain(parts).collect::<Vec<_>>().join("/")
        }
        Err(_) => folder.display().to_string(),
    }
}
