//! Pictures and documents: which of them a site passes on, and under which address.
//!
//! Only files that a page refers to are passed on. A picture's name carries the digest of its
//! bytes, so it may be kept for ever by a browser; a document keeps its name, because people send
//! its address to each other.

use std::collections::BTreeMap;

use super::links::{Finder, Target};
use super::logo;
use super::place::Place;
use super::routes::Routes;
use crate::content::kinds::{EntryId, Payload};
use crate::content::layer::{Layer, LayerFile};
use crate::content::markdown::{Body, Link, LinkTarget, Piece};
use crate::content::tree::Loaded;
use crate::digest::Digest;
use crate::path::{UrlPath, normalise};

/// A picture with its size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its address.
    pub url: UrlPath,
    /// Width and height in pixels, where the file says them.
    pub size: Option<(usize, usize)>,
}

/// The address of a document.
pub fn document_url(place: &Place, layer: &Layer, path: &str) -> UrlPath {
    let prefix = place.scopes.iter().find(|scope| scope.owner == *layer);
    match prefix {
        Some(scope) => scope.prefix.join(path),
        None => UrlPath::new(path),
    }
}

/// The address of a picture, and its size.
pub fn picture(place: &Place, layer: &Layer, file: &LayerFile, path: &str) -> Picture {
    let bytes = file.loaded.bytes();
    let digest = Digest::of(bytes).short();
    let named = match path.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.{digest}.{ending}"),
        None => format!("{path}.{digest}"),
    };
    Picture { url: document_url(place, layer, &named), size: measure(path, bytes) }
}

/// Width and height of a picture in pixels, where the file says them.
pub fn measure(path: &str, bytes: &[u8]) -> Option<(usize, usize)> {
    if path.ends_with(".svg") {
        return svg_size(std::str::from_utf8(bytes).ok()?);
    }
    imagesize::blob_size(bytes).ok().map(|size| (size.width, size.height))
}

/// The last two numbers of an SVG's `viewBox`.
fn svg_size(text: &str) -> Option<(usize, usize)> {
    let element = &text[text.find("<svg")?..];
    let element = &element[..element.find('>')?];
    let view_box = element.split_once("viewBox=")?.1;
    let quote = view_box.chars().next()?;
    let numbers = view_box[1..].split(quote).next()?.split([' ', ',']);
    let numbers: Vec<f64> = numbers.filter_map(|number| number.parse().ok()).collect();
    match numbers.as_slice() {
        // Pixels of a page: far below 2⁵³.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        [_, _, width, height] if *width > 0.0 && *height > 0.0 => {
            Some((width.ceil() as usize, height.ceil() as usize))
        }
        _ => None,
    }
}

/// All files that the pages of a site refer to, by their addresses.
pub fn files(place: &Place, routes: &Routes) -> BTreeMap<UrlPath, Loaded> {
    let mut collector = Collector { place, files: BTreeMap::new() };
    for (scope, home) in place.pages() {
        let finder = Finder { place, routes, scope };
        let entry = &home.entry;
        collector.body(finder, &entry.id, &entry.body);
        for version in entry.easy_read.iter().chain(entry.translations.values()) {
            collector.body(finder, &entry.id, &version.body);
        }
        let named: Vec<&str> = match entry.payload() {
            Payload::Toolkit(toolkit) => {
                let files = toolkit.items.iter().filter_map(|item| item.file.as_ref());
                files.map(|file| file.value.as_str()).collect()
            }
            Payload::Service(service) => {
                let form = service.referral.as_ref().and_then(|referral| referral.form.as_ref());
                form.map(|form| form.value.as_str()).into_iter().collect()
            }
            _ => Vec::new(),
        };
        for path in named {
            collector.document(&finder.file(&entry.id, path));
        }
    }
    if let Some(Ok(logo)) = logo::logo(place) {
        collector.files.insert(logo.picture.url, logo.file.loaded.clone());
    }
    collector.files
}

/// Whether a link may lead to a file: most lead to pages, and are not looked up for their sake.
fn may_be_file(link: &Link) -> bool {
    match &link.target {
        LinkTarget::Here | LinkTarget::Entry(_) => false,
        LinkTarget::File(path) => !path.ends_with(".md"),
        LinkTarget::Site(_) => true,
    }
}

struct Collector<'a> {
    place: &'a Place,
    files: BTreeMap<UrlPath, Loaded>,
}

impl Collector<'_> {
    fn body(&mut self, finder: Finder<'_>, id: &EntryId, body: &Body) {
        let notes = body.footnotes.iter().flat_map(|note| &note.pieces);
        for piece in body.pieces.iter().chain(notes) {
            match piece {
                Piece::LinkStart(link) | Piece::LinkTitle(link) if may_be_file(link) => {
                    self.document(&finder.link(id, link));
                }
                Piece::Image(image) => {
                    if let Target::File(layer, file, path) = finder.image(id, image) {
                        let picture = picture(self.place, layer, file, &path);
                        self.files.insert(picture.url, file.loaded.clone());
                    }
                }
                _ => {}
            }
        }
    }

    fn document(&mut self, target: &Target<'_>) {
        let Target::File(layer, file, path) = target else { return };
        let url = document_url(self.place, layer, path);
        if self.files.insert(url, file.loaded.clone()).is_none()
            && let Loaded::Text(text) = &file.loaded
            && path.ends_with(".html")
        {
            self.companions(layer, path, &text.text);
        }
    }

    /// A document in HTML brings along the style sheet and the pictures beside it that it names.
    fn companions(&mut self, layer: &Layer, path: &str, html: &str) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let values = html.split(['"', '\'']).skip(1).step_by(2);
        let beside = values.filter_map(|value| normalise(folder, value));
        for named in beside.filter(|named| !named.ends_with(".html")) {
            let content = self.place.model.project.layers.get(layer);
            if let Some(file) = content.and_then(|content| content.files.get(&named)) {
                let url = document_url(self.place, layer, &named);
                self.files.insert(url, file.loaded.clone());
            }
        }
    }
}
