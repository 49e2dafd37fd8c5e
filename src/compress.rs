//! Compression: gzip for what the browser inflates itself, brotli and gzip for what a server sends
//! in place of a file. The same bytes always come out the same, on every machine.

use std::io::Write as _;

use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, GzBuilder};

/// A way of compressing that servers and browsers agree on (RFC 9110, section 8.4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// RFC 7932.
    Brotli,
    /// RFC 1952.
    Gzip,
}

impl Coding {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Brotli, Self::Gzip];

    /// What is added to a file's name, and where servers look for it.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
        }
    }

    /// Compresses.
    pub fn compress(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Brotli => brotli(bytes),
            Self::Gzip => gzip([bytes]),
        }
    }
}

/// Compresses parts, each coded for itself, without a name and without a time.
pub fn gzip<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Vec<u8> {
    // Level 9 takes longer and saves no byte in five hundred.
    let mut encoder = GzBuilder::new().write(Vec::new(), Compression::new(6));
    for (at, part) in parts.into_iter().filter(|part| !part.is_empty()).enumerate() {
        // Writing to memory does not fail.
        if at > 0 {
            let _ = encoder.flush();
        }
        let _ = encoder.write_all(part);
    }
    encoder.finish().unwrap_or_default()
}

/// Quality 5 of 11: pages become a tenth smaller than with gzip. The highest saves another tenth,
/// and takes dozens of times as long. A window as long as the file finds as much as a longer one, and
/// costs less memory; below 17 a slower search would be taken.
fn brotli(mut bytes: &[u8]) -> Vec<u8> {
    let window = (17..22).find(|bits| bytes.len() <= 1 << bits).unwrap_or(22);
    let params = BrotliEncoderParams {
        quality: 5,
        lgwin: window,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut compressed = Vec::new();
    // Nor does reading from it.
    let _ = brotli::BrotliCompress(&mut bytes, &mut compressed, &params);
    compressed
}

/// Endings of files that are text, whatever they say.
const TEXT: [&str; 14] = [
    "atom",
    "css",
    "csv",
    "html",
    "ics",
    "js",
    "json",
    "map",
    "md",
    "mjs",
    "svg",
    "txt",
    "webmanifest",
    "xml",
];

/// A packet holds about so many bytes: what fits into one arrives no sooner for being smaller.
const PACKET: u64 = 1400;

/// Whether a file of this name is text. Pictures and documents are compressed already, and the
/// files of search, which have no ending, too.
pub fn is_text(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').is_some_and(|(_, ending)| TEXT.contains(&&*ending.to_ascii_lowercase()))
}

/// Whether readers wait less for a file of so many bytes if it is compressed.
pub fn pays(size: u64) -> bool {
    size > PACKET
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_told_by_its_ending_alone() {
        for text in ["index.html", "a.b/c.CSV", "sitemap.xml", "x.1a2b3c4d.svg"] {
            assert!(is_text(text), "{text}");
        }
        for other in ["search/root", "a.html/b", "photo.jpg", "form.pdf", "x.csv.gz", "_headers"] {
            assert!(!is_text(other), "{other}");
        }
    }
}
