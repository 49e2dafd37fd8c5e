//! `--compress`: beside each file of text its compressed forms, for servers that send those.
//!
//! What a form is made from decides whether it is made: the program and the file. So it is compared
//! without being made, and only files that changed cost their compression again.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::compress::{self, Coding};
use crate::diagnostic::{Diagnostic, Span};
use crate::digest::{Digest, Digester};
use crate::engine::{Edition, Output};
use crate::io::publish::{PublishError, Publisher};
use crate::path::{OutputPath, SourcePath};
use crate::site::files::document_url;

/// The compressed forms of one site.
#[derive(Default)]
pub(super) struct Compressed {
    /// How many there are.
    all: AtomicUsize,
    /// How many had to be made.
    made: AtomicUsize,
}

impl Compressed {
    /// How many there are.
    pub(super) fn all(&self) -> usize {
        self.all.load(Ordering::Relaxed)
    }

    /// How many had to be made.
    pub(super) fn made(&self) -> usize {
        self.made.load(Ordering::Relaxed)
    }

    /// Puts the compressed forms of a file that was put, if readers wait less for them. What the
    /// file was made `from` decides them, and its `size` whether they pay.
    pub(super) fn put(
        &self,
        publisher: &Publisher<'_>,
        path: &OutputPath,
        (from, size): (Digest, u64),
    ) -> Result<(), PublishError> {
        if !compress::is_text(path.as_str()) || !compress::pays(size) {
            return Ok(());
        }
        for coding in Coding::ALL {
            let Some(beside) = OutputPath::parse(&format!("{path}{}", coding.ending())) else {
                continue;
            };
            let from = Digester::new().part(coding.ending().as_bytes()).part(from.bytes()).finish();
            publisher.put_made(&beside, from, || {
                self.made.fetch_add(1, Ordering::Relaxed);
                Ok::<_, PublishError>(coding.compress(&publisher.read(path)?))
            })?;
            self.all.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    }
}

/// Files of editors that servers would send in place of others. Even where we write no compressed
/// form ourselves, a server that is told to look for one takes whatever lies there.
pub(super) fn clashes(editions: &[Edition]) -> Vec<Diagnostic> {
    editions.iter().flat_map(of_site).collect()
}

fn of_site(edition: &Edition) -> Vec<Diagnostic> {
    let outputs = edition.outputs();
    let path = |output| Some((Output::path(output)?, output));
    let by_path: BTreeMap<OutputPath, &Output<'_>> = outputs.iter().filter_map(path).collect();
    let clash = |(path, output): (&OutputPath, &&Output<'_>)| {
        let mut endings = Coding::ALL.into_iter().map(Coding::ending);
        let name = endings.find_map(|ending| path.as_str().strip_suffix(ending))?;
        let is_taken = compress::is_text(name) && by_path.contains_key(&OutputPath::parse(name)?);
        is_taken.then(|| {
            let message = format!("servers would send `{path}` in place of `{name}`");
            Diagnostic::error("compressed-name", Span::file(&source(edition, output)), message).help(
                "with --compress this is the name of what the program makes of the other: rename \
                 one of the two files",
            )
        })
    };
    by_path.iter().filter_map(clash).collect()
}

/// Where an editor's file lies.
fn source(edition: &Edition, output: &Output<'_>) -> SourcePath {
    let lost = || SourcePath::new("content");
    let Output::File(url, bytes) = output else { return lost() };
    let layers = &edition.place.model.project.layers;
    let files = layers.iter().flat_map(|(layer, content)| {
        content.files.iter().map(move |(path, file)| (layer, path, file))
    });
    let mut same = files.filter(|(layer, path, file)| {
        document_url(&edition.place, layer, path) == **url && file.loaded.bytes() == *bytes
    });
    same.next().map_or_else(lost, |(_, _, file)| file.path.clone())
}
