//! The source tree: every file of `content/` and `themes/`, in memory, by its path.
//!
//! It does not read the disk: `io::load` fills it, and tests fill it by hand.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::source::SourceFile;
use crate::diagnostic::Diagnostic;
use crate::digest::{Digest, Digester};
use crate::path::SourcePath;

/// One file.
#[derive(Clone, Debug)]
pub enum Loaded {
    /// A file that people write: pages, YAML, tables, templates.
    Text(Arc<SourceFile>),
    /// A file that is only passed on: pictures, documents.
    Bytes(Arc<[u8]>),
}

/// All files, in the order of their paths.
#[derive(Clone, Debug, Default)]
pub struct SourceTree {
    files: BTreeMap<SourcePath, Loaded>,
}

impl SourceTree {
    /// A tree without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file; text is decoded, and refused where it is none.
    pub fn insert(&mut self, path: SourcePath, bytes: &[u8]) -> Result<(), Diagnostic> {
        let loaded = load(&path, bytes)?;
        self.files.insert(path, loaded);
        Ok(())
    }

    /// Adds a file that is already decoded.
    pub fn insert_loaded(&mut self, path: SourcePath, loaded: Loaded) {
        self.files.insert(path, loaded);
    }

    /// Takes a file away.
    pub fn remove(&mut self, path: &SourcePath) {
        self.files.remove(path);
    }

    /// Takes all files below a folder away.
    pub fn remove_below(&mut self, folder: &str) {
        let prefix = format!("{folder}/");
        self.files.retain(|path, _| !path.as_str().starts_with(&prefix));
    }

    /// The file at a path.
    pub fn get(&self, path: &SourcePath) -> Option<&Loaded> {
        self.files.get(path)
    }

    /// The text at a path.
    pub fn text(&self, path: &SourcePath) -> Option<&Arc<SourceFile>> {
        match self.files.get(path) {
            Some(Loaded::Text(file)) => Some(file),
            _ => None,
        }
    }

    /// The files below a folder, with the rest of their paths.
    pub fn below<'a>(
        &'a self,
        folder: &str,
    ) -> impl Iterator<Item = (&'a str, &'a SourcePath, &'a Loaded)> + use<'a> {
        let prefix = format!("{folder}/");
        let first = SourcePath::new(&prefix);
        self.files.range(first..).map_while(move |(path, loaded)| {
            let rest = path.as_str().strip_prefix(&prefix)?;
            Some((rest, path, loaded))
        })
    }

    /// The first file that is at a path or comes after it, in the order of the paths.
    pub fn first_from(&self, path: &SourcePath) -> Option<&SourcePath> {
        self.files.range(path..).next().map(|(path, _)| path)
    }

    /// The digest of every path and every byte: the inputs of a build.
    pub fn digest(&self) -> Digest {
        let one = |(path, loaded): (&SourcePath, &Loaded)| {
            Digester::new().part(path.as_str().as_bytes()).part(loaded.bytes()).finish()
        };
        let files: Vec<Digest> = self.files.par_iter().map(one).collect();
        let mut digester = Digester::new();
        for file in files {
            digester.part(file.bytes());
        }
        digester.finish()
    }
}

impl Loaded {
    /// The file's bytes (of text: without a byte order mark).
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(file) => file.text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
}

/// Decodes one file by its ending.
pub fn load(path: &SourcePath, bytes: &[u8]) -> Result<Loaded, Diagnostic> {
    let ending = path.file_name().rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending {
        "md" | "yaml" | "yml" | "csv" | "html" => {
            SourceFile::decode(path.clone(), bytes).map(|file| Loaded::Text(Arc::new(file)))
        }
        _ => Ok(Loaded::Bytes(Arc::from(bytes))),
    }
}
