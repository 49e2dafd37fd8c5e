//! The paper edition: a whole site as one document to print, and the pass that makes one document
//! of what were many pages.
//!
//! The sheet of an entry is made of the same parts as its page. Put after each other, their ids
//! would clash, their headings be too high, and their links lead away: [`bind`] gives each id the
//! name of its sheet, sets headings two levels down, and leads links to the sheet that is meant.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::entry::{self, EntryView};
use super::home::site_name;
use super::maker::Maker;
use super::reference::{TermView, glossary};
use crate::content::kinds::Kind;
use crate::path::UrlPath;

/// The chapters, in the order in which somebody would read them.
const CHAPTERS: [Kind; 12] = [
    Kind::Guide,
    Kind::Provision,
    Kind::Service,
    Kind::Place,
    Kind::Training,
    Kind::Toolkit,
    Kind::Practice,
    Kind::Network,
    Kind::Event,
    Kind::News,
    Kind::Feedback,
    Kind::Data,
];

/// A whole site as one document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PaperView {
    /// What this site is, in one sentence.
    pub lead: String,
    /// The day of this edition.
    pub date: String,
    /// Where the site is published.
    pub address: Option<String>,
    /// The chapters that have anything in them.
    pub chapters: Vec<ChapterView>,
    /// Words explained.
    pub terms: Vec<TermView>,
    /// Which sheet an address leads to.
    #[serde(skip)]
    pub places: BTreeMap<String, String>,
}

/// A chapter: everything of a kind.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChapterView {
    /// The kind's folder; the theme has its title.
    pub kind: &'static str,
    /// Its sheets.
    pub sheets: Vec<SheetView>,
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SheetView {
    /// Its anchor: `guides-sen-support`.
    pub anchor: String,
    /// What it says.
    pub entry: EntryView,
}

/// The paper edition of a site; the hub's is what all boroughs share.
pub fn view(maker: &Maker<'_>) -> PaperView {
    let mut places = BTreeMap::new();
    let chapters = CHAPTERS.into_iter().filter_map(|kind| {
        let lines = maker.place.catalogue.of_kind(kind).iter().filter(|line| line.scope == 0);
        let sheets = lines.map(|line| {
            let anchor = format!("{}-{}", kind.folder(), line.home.entry.id.slug);
            places.insert(line.home.url.as_str().to_owned(), anchor.clone());
            let entry = entry::view(maker, &line.home, None);
            SheetView { anchor, entry }
        });
        let sheets: Vec<SheetView> = sheets.collect();
        (!sheets.is_empty()).then_some(ChapterView { kind: kind.folder(), sheets })
    });
    let chapters = chapters.collect();
    // A need's page is put together from its provision: on paper the first of it stands for it.
    for need in &maker.place.model.project.vocabulary.needs {
        let provision = super::need::provision_for(maker.scope, need).next();
        if let Some(anchor) = provision.and_then(|home| places.get(home.url.as_str())) {
            places.insert(format!("needs/{}/", need.id.as_str()), anchor.clone());
        }
    }
    places.insert("glossary/".to_owned(), "glossary".to_owned());
    let lead = super::home::welcome(maker.scope).map(|home| home.entry.common().summary.clone());
    PaperView {
        lead: lead.map_or_else(|| site_name(maker), |lead| maker.text(&lead)),
        date: maker.place.model.day.today.to_string(),
        address: maker.place.base_url.as_ref().map(|url| url.join("")),
        chapters,
        terms: glossary(maker).terms,
        places,
    }
}

/// The address of the paper edition.
pub fn url() -> UrlPath {
    UrlPath::new("paper/")
}

/// Makes one document of the rendered sheets.
pub fn bind(html: &str, view: &PaperView, root: &str) -> String {
    let mut ids = BTreeSet::new();
    walk(html, &mut |sheet, piece| {
        if let Piece::Attribute("id", value) = piece {
            ids.insert(named(sheet, value));
        }
        Change::Keep
    });
    walk(html, &mut |sheet, piece| match piece {
        // A part of a page is a landmark, and so is a wide table; a hundred of them in one document
        // mark nothing.
        Piece::Attribute("aria-labelledby", _) if sheet.is_some() => Change::Drop,
        Piece::Attribute("role", "region") if sheet.is_some() => Change::To("group".to_owned()),
        Piece::Attribute("id", value) => Change::To(named(sheet, value)),
        Piece::Attribute("href", value) => match value.strip_prefix('#') {
            Some(anchor) => Change::To(format!("#{}", named(sheet, anchor))),
            None => value
                .strip_prefix(root)
                .and_then(|address| within(address, view, &ids))
                .map_or(Change::Keep, Change::To),
        },
        Piece::Heading(level) if sheet.is_some() => Change::To((level + 2).min(6).to_string()),
        Piece::Attribute(..) | Piece::Heading(_) => Change::Keep,
    })
}

/// The id in the document of what has an id on a page of its own.
fn named(sheet: Option<&str>, id: &str) -> String {
    match sheet {
        Some(sheet) if sheet != id => format!("{sheet}--{id}"),
        _ => id.to_owned(),
    }
}

/// The link to a sheet, and to a place in it, if the address is that of one.
fn within(address: &str, view: &PaperView, ids: &BTreeSet<String>) -> Option<String> {
    let (path, anchor) = address.split_once('#').unwrap_or((address, ""));
    let sheet = view.places.get(path)?;
    let inner = named(Some(sheet), anchor);
    Some(match ids.contains(&inner) {
        true => format!("#{inner}"),
        false => format!("#{sheet}"),
    })
}

/// A piece of a tag that may be written otherwise.
enum Piece<'a> {
    /// A name and its value.
    Attribute(&'a str, &'a str),
    /// The level of a heading.
    Heading(u8),
}

/// What becomes of a piece.
enum Change {
    Keep,
    Drop,
    To(String),
}

/// Goes over all tags with the sheet that they are in, and does what `change` says.
fn walk(html: &str, change: &mut impl FnMut(Option<&str>, Piece<'_>) -> Change) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut sheet: Option<&str> = None;
    // Within a sheet there may be other articles.
    let mut depth = 0_usize;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
        let tag = &rest[at..end];
        out.push_str(&rest[..at]);
        if tag.starts_with("<article") {
            if sheet.is_none() {
                sheet = tag.split_once(" id=\"").and_then(|(_, id)| id.split('"').next());
            }
            depth += 1;
        }
        change_tag(tag, &mut |piece| change(sheet, piece), &mut out);
        if tag == "</article>" {
            depth = depth.saturating_sub(1);
            sheet = sheet.filter(|_| depth > 0);
        }
        rest = &rest[end..];
    }
    out + rest
}

fn change_tag(tag: &str, change: &mut impl FnMut(Piece<'_>) -> Change, out: &mut String) {
    let (name, mut rest) = tag.split_at(tag.find([' ', '>']).unwrap_or(tag.len()));
    let level = name.trim_start_matches(['<', '/']).strip_prefix('h');
    let level = level.and_then(|level| level.parse::<u8>().ok());
    match level.map(|level| change(Piece::Heading(level))) {
        Some(Change::To(level)) => {
            out.push_str(name.trim_end_matches(|c: char| c.is_ascii_digit()));
            out.push_str(&level);
        }
        _ => out.push_str(name),
    }
    // ` key="value"`, one after the other.
    while let Some((before, after)) = rest.split_once("=\"")
        && let Some((value, after)) = after.split_once('"')
    {
        let (others, key) = before.rsplit_once(' ').unwrap_or(("", before));
        out.push_str(others);
        let changed = change(Piece::Attribute(key, value));
        let value = match &changed {
            Change::Drop => None,
            Change::Keep => Some(value),
            Change::To(value) => Some(value.as_str()),
        };
        if let Some(value) = value {
            out.extend([" ", key, "=\"", value, "\""]);
        }
        rest = after;
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_become_one_document() {
        let view = PaperView {
            lead: String::new(),
            date: String::new(),
            address: None,
            chapters: Vec::new(),
            terms: Vec::new(),
            places: BTreeMap::from([
                ("guides/a/".to_owned(), "guides-a".to_owned()),
                ("guides/b/".to_owned(), "guides-b".to_owned()),
            ]),
        };
        let html = "<h2 id=\"top\">x</h2><a href=\"#guides-a\">a</a>\
            <article id=\"guides-a\"><h3>A</h3><h2 id=\"one\" class=\"x\">1</h2><h6>6</h6>\
            <article class=\"card\"><a href=\"../guides/b/\">b</a></article>\
            <a href=\"../guides/b/#two\">b</a><a href=\"#one\">1</a></article>\
            <article id=\"guides-b\"><a href=\"../guides/a/#lost\">a</a><i id=\"two\"></i>\
            <section hidden aria-labelledby=\"two\" class=\"y\"></section><a href=\"../search/\">s</a></article>";
        assert_eq!(
            bind(html, &view, "../"),
            "<h2 id=\"top\">x</h2><a href=\"#guides-a\">a</a>\
             <article id=\"guides-a\"><h5>A</h5><h4 id=\"guides-a--one\" class=\"x\">1</h4><h6>6</h6>\
             <article class=\"card\"><a href=\"#guides-b\">b</a></article>\
             <a href=\"#guides-b--two\">b</a><a href=\"#guides-a--one\">1</a></article>\
             <article id=\"guides-b\"><a href=\"#guides-a\">a</a><i id=\"guides-b--two\"></i>\
             <section hidden class=\"y\"></section><a href=\"../search/\">s</a></article>"
        );
    }
}
