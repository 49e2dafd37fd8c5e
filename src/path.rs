//! Paths and addresses, each with a type of its own.
//!
//! A [`SourcePath`] names a file that an editor wrote, an [`OutputPath`] names a file of a built
//! site, a [`UrlPath`] is the address of a page inside one site, and a [`Slug`] is the one segment
//! of an address that a file name gives. Text becomes one of these at one door each (`parse`),
//! and nothing here touches a disk.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What stands for itself in an address (RFC 3986, section 2.3), and what parts folders.
const KEPT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A path as it may stand in an address.
pub fn encoded(path: &str) -> String {
    utf8_percent_encode(path, KEPT).to_string()
}

/// A path or a value out of an address; `None` if its bytes are no UTF-8.
pub fn decoded(text: &str) -> Option<Cow<'_, str>> {
    percent_decode_str(text).decode_utf8().ok()
}

/// The path of an input file, relative to the project's root, with `/` between its parts:
/// `content/boroughs/barnet/provision/autism.md`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    /// Takes a path that is already relative and `/`-separated.
    pub fn new(path: &str) -> Self {
        Self(Arc::from(path))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part: `autism.md`.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// Everything before the last part, without the slash; empty at the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The path of a file named relative to this file's folder, with `.` and `..` worked out.
    /// `None` when it would leave the project.
    pub fn join_sibling(&self, relative: &str) -> Option<Self> {
        normalise(self.folder(), relative).map(|path| Self::new(&path))
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Joins `relative` to `folder` and works out `.` and `..`; `None` when `..` climbs out of the top.
pub fn normalise(folder: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The path of a file inside one built site, `/`-separated: `provision/autism/index.html`.
/// It never starts with `/` and never holds `.` or `..`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

impl OutputPath {
    /// The one door: `None` for an absolute path, an empty part, `.`, `..`, a backslash or NUL.
    pub fn parse(path: &str) -> Option<Self> {
        let sound = |part: &str| {
            !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', '\0'])
        };
        path.split('/').all(sound).then(|| Self(Arc::from(path)))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The address of a page inside one site, without the leading slash: `needs/autism/`, empty for
/// the home page. A folder address ends in `/`; a file address (`404.html`) does not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UrlPath(Arc<str>);

impl UrlPath {
    /// Takes an address without its leading slash.
    pub fn new(path: &str) -> Self {
        Self(Arc::from(path.trim_start_matches('/')))
    }

    /// The address of the home page.
    pub fn home() -> Self {
        Self::new("")
    }

    /// The address as text, without a leading slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address below this one: `needs/` and `autism/` give `needs/autism/`.
    pub fn join(&self, below: &str) -> Self {
        Self::new(&format!("{}{below}", self.0))
    }

    /// The file that a static host answers this address with.
    pub fn output(&self) -> Option<OutputPath> {
        if self.0.is_empty() || self.0.ends_with('/') {
            OutputPath::parse(&format!("{}index.html", self.0))
        } else {
            OutputPath::parse(&self.0)
        }
    }

    /// What a link on this page puts before an address from the site's root: `../../`, or `./`
    /// on the home page. Links inside a site are relative, so a built folder works under any path.
    pub fn to_root(&self) -> String {
        match self.0.matches('/').count() {
            0 => "./".to_owned(),
            depth => "../".repeat(depth),
        }
    }
}

impl fmt::Display for UrlPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}", self.0)
    }
}

/// One segment of an address: small letters, digits and hyphens, 1 to 80 of them.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(Arc<str>);

impl Slug {
    /// The longest slug we take, in bytes; longer file names break on some file systems once a
    /// language and an ending are added.
    pub const LONGEST: usize = 80;

    /// The one door. `Err` holds the name that would do instead.
    pub fn parse(text: &str) -> Result<Self, String> {
        let sound = !text.is_empty()
            && text.len() <= Self::LONGEST
            && !text.starts_with('-')
            && !text.ends_with('-')
            && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        if sound { Ok(Self(Arc::from(text))) } else { Err(slugify(text)) }
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl serde::Serialize for Slug {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// The slug that a piece of text would have: `SaLT & OT` gives `salt-ot`. Letters outside ASCII
/// are kept in words where they have a plain form; text without any gives `page`.
pub fn slugify(text: &str) -> String {
    slug_of(text).unwrap_or_else(|| "page".to_owned())
}

/// The slug of a text, if any of its letters has a plain form.
pub fn slug_of(text: &str) -> Option<String> {
    let mut slug = slug::slugify(text);
    if slug.len() > Slug::LONGEST {
        slug.truncate(Slug::LONGEST);
        slug.truncate(slug.trim_end_matches('-').len());
    }
    (!slug.is_empty()).then_some(slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_refused_with_the_name_to_use() {
        assert_eq!(Slug::parse("Speech & Language"), Err("speech-language".to_owned()));
        assert_eq!(Slug::parse("-a"), Err("a".to_owned()));
        assert!(Slug::parse("post-16").is_ok());
    }

    #[test]
    fn an_output_path_never_leaves_its_site() {
        for bad in ["", "/a", "a//b", "../a", "a/../b", "a\\b", "a/\0", "./a", "a/"] {
            assert_eq!(OutputPath::parse(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn an_address_knows_its_file_and_its_way_to_the_root() {
        let need = UrlPath::new("/needs/autism/");
        assert_eq!(need.output().unwrap().as_str(), "needs/autism/index.html");
        assert_eq!(need.to_root(), "../../");
        assert_eq!(UrlPath::home().output().unwrap().as_str(), "index.html");
        assert_eq!(UrlPath::home().to_root(), "./");
        assert_eq!(UrlPath::new("404.html").to_root(), "./");
    }

    #[test]
    fn a_relative_path_never_climbs_out_of_the_project() {
        let file = SourcePath::new("content/london/guides/help.md");
        let joined = file.join_sibling("../services/a.md").unwrap();
        assert_eq!(joined.as_str(), "content/london/services/a.md");
        assert_eq!(file.join_sibling("../../../../etc/passwd"), None);
    }
}
