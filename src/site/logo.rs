//! A council's logo: a picture of its own files, which stands on every page, so it must be sound
//! and small.

use roxmltree::{Document, Node, ParsingOptions};

use super::files::{Picture, picture};
use super::place::Place;
use crate::content::fields::Placed;
use crate::content::layer::{Layer, LayerFile};
use crate::diagnostic::{Diagnostic, did_you_mean};

/// How many bytes a logo may have: it is fetched with the first page that somebody opens.
const MOST_BYTES: usize = 50_000;
/// How many pixels wide and high a picture may be that is shown 38 high.
const MOST_PIXELS: usize = 2_000;

/// A logo that can be shown.
#[derive(Debug)]
pub struct Logo<'a> {
    /// Its address and size.
    pub picture: Picture,
    /// Its file.
    pub file: &'a LayerFile,
}

/// The logo of a site's borough; nothing where it has none.
///
/// # Errors
/// What is wrong with it, at its place in `borough.yaml`.
pub fn logo(place: &Place) -> Option<Result<Logo<'_>, Diagnostic>> {
    let Layer::Borough(slug) = &place.main().owner else { return None };
    let named = place.borough()?.brand.as_ref()?.logo.as_ref()?;
    let layer = Layer::Borough(slug.clone());
    let files = place.model.project.layers.get(&layer).map(|content| &content.files);
    let path = named.value.trim_start_matches("./");
    let Some(file) = files.and_then(|files| files.get(path)) else {
        let known: Vec<&str> = files.into_iter().flatten().map(|(path, _)| path.as_str()).collect();
        let help = match known.is_empty() {
            true => {
                "put it beside borough.yaml, in files/, and write `files/` and its name".to_owned()
            }
            false => did_you_mean(path, known),
        };
        return Some(Err(unsound(named, format!("there is no file `{path}`"), &help)));
    };
    let found = picture(place, &layer, file, path);
    Some(match problem(path, file.loaded.bytes(), found.size) {
        Some((message, help)) => Err(unsound(named, message, help)),
        None => Ok(Logo { picture: found, file }),
    })
}

fn unsound(named: &Placed<String>, message: String, help: &str) -> Diagnostic {
    Diagnostic::error("logo", named.span.clone(), message).help(help)
}

/// Why a picture cannot be a logo, and what to do.
fn problem(
    path: &str,
    bytes: &[u8],
    size: Option<(usize, usize)>,
) -> Option<(String, &'static str)> {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let is_svg = ending.as_deref() == Some("svg");
    if !is_svg && !matches!(ending.as_deref(), Some("png" | "jpg" | "jpeg" | "webp")) {
        return Some((
            format!("`{path}` is no picture that can be a logo"),
            "give an SVG or PNG file",
        ));
    }
    if bytes.len() > MOST_BYTES {
        let message =
            format!("the logo has {} KB, and every page would wait for it", bytes.len() / 1000);
        return Some((message, "make it smaller than 50 KB; as SVG most logos take 5 KB"));
    }
    if is_svg && let Some(message) = svg_problem(bytes) {
        return Some((message, "save the logo as a plain SVG, with nothing but shapes in it"));
    }
    if size.is_some() && !is_svg && !is_whole(bytes) {
        return Some((
            "the logo ends in the middle: its file was not copied whole".to_owned(),
            "copy it again, or open it in a program for pictures and save it again",
        ));
    }
    match size {
        None if is_svg => {
            Some(("the logo does not say its size".to_owned(), "give its <svg> a viewBox"))
        }
        None => Some((
            "the logo cannot be read as a picture".to_owned(),
            "open it in a program for pictures, and save it again",
        )),
        Some((width, height)) if width > MOST_PIXELS || height > MOST_PIXELS => Some((
            format!("the logo is {width} by {height} pixels, and is shown 38 pixels high"),
            "make it at most 2,000 pixels wide and high",
        )),
        Some(_) => None,
    }
}

/// Whether a picture has its end. Its size stands at its beginning, so a file of which half is
/// missing has one too, and browsers would show half a logo or none.
fn is_whole(bytes: &[u8]) -> bool {
    if let Some(chunks) = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n") {
        return ends_png(chunks);
    }
    if let Some(segments) = bytes.strip_prefix(b"\xff\xd8") {
        return ends_jpeg(segments);
    }
    match bytes.strip_prefix(b"RIFF").and_then(|rest| rest.split_first_chunk::<4>()) {
        Some((length, rest)) => u32::from_le_bytes(*length) as usize <= rest.len(),
        None => true,
    }
}

/// Whether the chunks of a PNG (PNG, third edition, section 5.3) go on to its last, IEND.
fn ends_png(mut chunks: &[u8]) -> bool {
    while let Some((length, rest)) = chunks.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        // Type, content, checksum.
        let Some(next) = rest.get(length.saturating_add(8)..) else { return false };
        if rest.starts_with(b"IEND") {
            return true;
        }
        chunks = next;
    }
    false
}

/// Whether the segments of a JPEG (ITU-T T.81, annex B) go on to the end of the picture, EOI. A
/// thumbnail's end is none: it lies within a segment. What cameras write after the end is theirs.
fn ends_jpeg(mut segments: &[u8]) -> bool {
    loop {
        // What is drawn lies between segments. In it 0xFF is followed by zero or by a restart.
        let marker = segments
            .windows(2)
            .position(|pair| pair[0] == 0xff && !matches!(pair[1], 0 | 1 | 0xd0..=0xd7 | 0xff));
        let Some(at) = marker else { return false };
        if segments[at + 1] == 0xd9 {
            return true;
        }
        let rest = &segments[at + 2..];
        // A segment's length counts the two bytes that say it.
        let Some(length) = rest.first_chunk::<2>() else { return false };
        let Some(next) = rest.get(usize::from(u16::from_be_bytes(*length))..) else { return false };
        segments = next;
    }
}

/// Elements that do something, change others, or bring in what is not a drawing.
const ACTIVE: [&str; 13] = [
    "animate",
    "animateMotion",
    "animateTransform",
    "audio",
    "discard",
    "embed",
    "foreignObject",
    "handler",
    "iframe",
    "object",
    "script",
    "set",
    "video",
];

/// Pictures that a drawing may hold: none that could hold a drawing in turn.
const HELD: [&str; 4] = ["data:image/png", "data:image/jpeg", "data:image/webp", "data:image/gif"];

fn svg_problem(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok();
    let Some(text) = text else { return Some("the logo is no text, as SVG is".to_owned()) };
    // A document type could name files of the reader's machine.
    let options = ParsingOptions { allow_dtd: false, ..ParsingOptions::default() };
    let document = match Document::parse_with_options(text, options) {
        Ok(document) => document,
        Err(error) => return Some(format!("the logo is no sound SVG: {error}")),
    };
    if document.root_element().tag_name().name() != "svg" {
        return Some("the logo is no SVG: its first element is another".to_owned());
    }
    document.descendants().find_map(|node| element_problem(&node))
}

fn element_problem(node: &Node<'_, '_>) -> Option<String> {
    if let Some(instruction) = node.pi() {
        return Some(format!(
            "the logo has an instruction `{}` for its reader",
            instruction.target
        ));
    }
    let name = node.tag_name().name();
    if ACTIVE.iter().any(|active| active.eq_ignore_ascii_case(name)) {
        return Some(format!("the logo has a <{name}> in it, which is more than a drawing"));
    }
    let reaches_out = |text: &str| {
        let text = text.to_ascii_lowercase();
        let urls = text.split("url(").skip(1).map(|rest| rest.trim_start_matches(['"', '\'', ' ']));
        // A backslash may spell any of these otherwise.
        urls.into_iter().any(|url| !url.starts_with('#'))
            || text.contains("@import")
            || text.contains('\\')
    };
    if name == "style" && node.text().is_some_and(reaches_out) {
        return Some("the styles of the logo name something outside it".to_owned());
    }
    node.attributes().find_map(|attribute| {
        let (name, value) = (attribute.name(), attribute.value());
        let outside = name == "href"
            && !value.starts_with('#')
            && !HELD.iter().any(|held| value.starts_with(held));
        match () {
            () if name.to_ascii_lowercase().starts_with("on") => {
                Some(format!("the logo has a script in it: `{name}`"))
            }
            () if outside || reaches_out(value) => {
                Some(format!("the logo names something outside it: `{value}`"))
            }
            () => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jpeg_is_whole_up_to_its_own_end_and_not_to_that_of_its_thumbnail() {
        let thumbnail = b"\xff\xd8\xff\xda\x00\x02a\xff\xd9";
        let drawn = b"\xff\xda\x00\x03\x01ab\xff\x00c\xff\xd0d\xff\xff\xd9";
        let exif = [b"\xff\xe1\x00\x0b".as_slice(), thumbnail].concat();
        let picture = [b"\xff\xd8".as_slice(), &exif, drawn].concat();
        assert!(is_whole(&picture));
        assert!(is_whole(&[&picture, b"of the camera".as_slice()].concat()));
        for end in 2..picture.len() {
            assert!(!is_whole(&picture[..end]), "cut after {end} bytes");
        }
    }
}
