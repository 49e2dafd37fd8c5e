//! Fills a compiled body's holes for one page: links, names, pictures, footnotes, directives.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::expectations;
use super::maker::Maker;
use super::parts::{BarView, BlockView, CardView, ChartView};
use crate::content::kinds::reading::{ChartType, Data};
use crate::content::kinds::{EntryId, Kind, Payload};
use crate::content::markdown::{Body, Directive, Image, Link, Piece, Shows};
use crate::path::Slug;
use crate::site::files;
use crate::site::links::Target;
use crate::site::place::Home;

/// The blocks of a body on a page, and the links of its table of contents: level, anchor, words.
pub fn fill(maker: &Maker<'_>, id: &EntryId, body: &Body) -> Filled {
    let mut filler = Filler {
        maker,
        id,
        body,
        html: String::new(),
        intro: 0,
        blocks: Vec::new(),
        anchors: BTreeMap::new(),
        open_links: Vec::new(),
        notes: Vec::new(),
        headings: Vec::new(),
    };
    filler.pieces(&body.pieces);
    filler.footnotes();
    filler.flush();
    let words = body.anchors.iter().map(|anchor| maker.text(&anchor.words));
    let headings = filler.headings.into_iter().zip(words);
    let headings = headings.map(|((level, anchor), words)| Heading { level, anchor, words });
    Filled { intro: filler.intro, blocks: filler.blocks, headings: headings.collect() }
}

/// A filled body.
pub struct Filled {
    /// How many of the blocks stand before the first heading; none where there is no heading.
    pub intro: usize,
    /// Its blocks.
    pub blocks: Vec<BlockView>,
    /// Its headings, in order.
    pub headings: Vec<Heading>,
}

/// A heading of a filled body.
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// Its anchor on the page.
    pub anchor: String,
    /// Its words.
    pub words: String,
}

struct Filler<'a> {
    maker: &'a Maker<'a>,
    id: &'a EntryId,
    body: &'a Body,
    html: String,
    intro: usize,
    blocks: Vec<BlockView>,
    /// How often each anchor was used: composed bodies may bring the same one twice.
    anchors: BTreeMap<String, usize>,
    /// Whether each open link has a tag.
    open_links: Vec<bool>,
    /// The footnotes referred to so far, in their order, each with its number of references.
    notes: Vec<(usize, usize)>,
    headings: Vec<(u8, String)>,
}

impl Filler<'_> {
    fn pieces(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            self.piece(piece);
        }
    }

    fn piece(&mut self, piece: &Piece) {
        match piece {
            Piece::Html(html) => self.html.push_str(html),
            Piece::Borough { starts_sentence } => {
                let name = self.maker.borough(*starts_sentence);
                self.html.push_str(&escape(&name));
            }
            Piece::HeadingStart { level, anchor } => {
                if self.headings.is_empty() {
                    self.flush();
                    self.intro = if self.is_closed() { self.blocks.len() } else { 0 };
                }
                let anchor = self.unique(anchor);
                self.write(format_args!("<h{level} id=\"{}\">", escape(&anchor)));
                self.headings.push((*level, anchor));
            }
            Piece::HeadingEnd { level } => {
                self.write(format_args!("</h{level}>"));
            }
            Piece::LinkStart(link) => {
                self.link_start(link);
            }
            Piece::LinkEnd => {
                if self.open_links.pop() == Some(true) {
                    self.html.push_str("</a>");
                }
            }
            Piece::LinkTitle(link) => self.link_title(link),
            Piece::Image(image) => self.image(image),
            Piece::FootnoteReference(index) => self.footnote_reference(*index),
            Piece::Message(key) => {
                let word = escape(self.maker.word(&format!("body.{key}")));
                self.html.push_str(&word);
            }
            Piece::Directive(directive) => self.directive(directive),
            Piece::Inherit(_) => {}
        }
    }

    fn write(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a String cannot fail.
        let _ = self.html.write_fmt(text);
    }

    /// Whether everything that was opened so far is closed, so that the text may be parted here.
    fn is_closed(&self) -> bool {
        let count = |tag: &str| -> usize {
            let html = |block: &BlockView| match block {
                BlockView::Html { html } => html.matches(tag).count(),
                _ => 0,
            };
            self.blocks.iter().map(html).sum()
        };
        ["details", "blockquote", "div", "ul", "ol"]
            .iter()
            .all(|tag| count(&format!("<{tag}")) == count(&format!("</{tag}")))
    }

    fn unique(&mut self, anchor: &str) -> String {
        let times = self.anchors.entry(anchor.to_owned()).or_insert(0);
        *times += 1;
        match times {
            1 => anchor.to_owned(),
            times => format!("{anchor}-again-{times}"),
        }
    }

    fn link_start(&mut self, link: &Link) {
        let target = self.maker.finder().link(self.id, link);
        let href = self.href(&target, link.anchor.as_deref());
        self.open_links.push(href.is_some());
        if let Some(href) = href {
            self.write(format_args!("<a href=\"{}\"", escape(&href)));
            if !link.title.is_empty() {
                self.write(format_args!(" title=\"{}\"", escape(&link.title)));
            }
            self.html.push('>');
        }
    }

    fn href(&self, target: &Target<'_>, anchor: Option<&str>) -> Option<String> {
        let href = self.maker.target_href(target)?;
        Some(match anchor {
            Some(anchor) => format!("{href}#{anchor}"),
            None => href,
        })
    }

    fn link_title(&mut self, link: &Link) {
        let target = self.maker.finder().link(self.id, link);
        let words = match &target {
            Target::Page(_, Some(home)) => self.maker.text(&home.entry.common().title),
            Target::Hidden(id) => id.slug.as_str().replace('-', " "),
            _ => link.anchor.clone().unwrap_or_default(),
        };
        match self.href(&target, link.anchor.as_deref()) {
            Some(href) => {
                self.write(format_args!("<a href=\"{}\">{}</a>", escape(&href), escape(&words)))
            }
            None => self.html.push_str(&escape(&words)),
        }
    }

    fn image(&mut self, image: &Image) {
        let target = self.maker.finder().image(self.id, image);
        let Target::File(layer, file, path) = target else { return };
        let picture = files::picture(self.maker.place, layer, file, &path);
        let alt = self.maker.text(&image.alt);
        let src = self.maker.href(&picture.url);
        self.write(format_args!("<img src=\"{}\" alt=\"{}\"", escape(&src), escape(&alt)));
        if let Some((width, height)) = picture.size {
            self.write(format_args!(" width=\"{width}\" height=\"{height}\""));
        }
        if !image.title.is_empty() && !image.decorative {
            self.write(format_args!(" title=\"{}\"", escape(&image.title)));
        }
        self.html.push_str(" loading=\"lazy\" decoding=\"async\">");
    }

    fn footnote_reference(&mut self, index: usize) {
        let place = match self.notes.iter().position(|(note, _)| *note == index) {
            Some(place) => place,
            None => {
                self.notes.push((index, 0));
                self.notes.len() - 1
            }
        };
        self.notes[place].1 += 1;
        let (number, time) = (place + 1, self.notes[place].1);
        let suffix = if time > 1 { format!("-{time}") } else { String::new() };
        self.write(format_args!(
            "<sup><a href=\"#note-{number}\" id=\"note-{number}-ref{suffix}\" \
             role=\"doc-noteref\">{number}</a></sup>"
        ));
    }

    /// The notes below the text, each with a link back. A note may refer to another one.
    fn footnotes(&mut self) {
        let mut next = 0;
        while next < self.notes.len() {
            let (index, _) = self.notes[next];
            let number = next + 1;
            if next == 0 {
                let title = escape(self.maker.word("body.footnotes"));
                self.write(format_args!(
                    "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{title}\"><ol>"
                ));
            }
            self.write(format_args!("<li id=\"note-{number}\">"));
            if let Some(note) = self.body.footnotes.get(index) {
                self.pieces(&note.pieces);
            }
            let back = escape(self.maker.word("body.footnote-back"));
            self.write(format_args!(
                "<a class=\"footnote-back\" href=\"#note-{number}-ref\" role=\"doc-backlink\" \
                 aria-label=\"{back}\">↩</a></li>"
            ));
            next += 1;
        }
        if next > 0 {
            self.html.push_str("</ol></section>");
        }
    }

    fn flush(&mut self) {
        if !self.html.is_empty() {
            let html = std::mem::take(&mut self.html);
            self.blocks.push(BlockView::Html { html });
        }
    }

    fn directive(&mut self, directive: &Directive) {
        let block = match directive.shows {
            Shows::Contact => self.contact(directive),
            Shows::Expectations => self.expectations(directive),
            Shows::Entries => Some(BlockView::Entries { cards: self.entries(directive) }),
            Shows::Chart => self.chart(directive),
        };
        if let Some(block) = block {
            self.flush();
            self.blocks.push(block);
        }
    }

    fn named(&self, directive: &Directive, kind: Kind) -> Option<&Home> {
        let name = directive.arguments.first()?;
        let id = EntryId { kind, slug: Slug::parse(&name.value).ok()? };
        self.maker.scope.homes.get(&id)
    }

    fn contact(&self, directive: &Directive) -> Option<BlockView> {
        let home = self.named(directive, Kind::Service)?;
        Some(BlockView::Contact { contact: self.maker.service_contact(home) })
    }

    fn expectations(&self, directive: &Directive) -> Option<BlockView> {
        let wanted = |name: &str| directive.argument(name).map(|a| a.value.as_str());
        let homes = self.maker.scope.homes.values().filter(|home| {
            let needs = &home.entry.common().needs;
            wanted("need").is_none_or(|need| needs.iter().any(|id| id.as_str() == need))
        });
        let filter = expectations::Filter {
            phase: wanted("phase"),
            tier: wanted("tier"),
            topic: wanted("topic"),
        };
        let entries = homes.filter_map(expectations::provision_of);
        let tiers = expectations::tiers(self.maker, entries, &filter, true);
        (!tiers.is_empty()).then_some(BlockView::Expectations { tiers })
    }

    fn entries(&self, directive: &Directive) -> Vec<CardView> {
        let wanted = |name: &str| directive.argument(name).map(|a| a.value.as_str());
        let kind = wanted("kind").and_then(Kind::parse);
        let limit = wanted("limit").and_then(|limit| limit.parse().ok()).unwrap_or(usize::MAX);
        let fits = |home: &Home| {
            let common = home.entry.common();
            let (need, phase) = (wanted("need"), wanted("phase"));
            need.is_none_or(|need| common.needs.iter().any(|id| id.as_str() == need))
                && phase.is_none_or(|phase| {
                    common.phases.is_empty() || common.phases.iter().any(|id| id.as_str() == phase)
                })
        };
        let kinds = Kind::listed().filter(|known| kind.is_none_or(|kind| kind == *known));
        kinds
            .flat_map(|kind| self.maker.place.catalogue.of_kind(kind).iter())
            .filter(|line| fits(&line.home) && line.home.entry.id != *self.id)
            .take(limit)
            .map(|line| self.maker.card(line))
            .collect()
    }

    fn chart(&self, directive: &Directive) -> Option<BlockView> {
        let home = self.named(directive, Kind::Data)?;
        let Payload::Data(data) = home.entry.payload() else { return None };
        let title = self.maker.text(&home.entry.common().title);
        let mut chart = chart(self.maker, title, data);
        chart.href = Some(self.maker.href(&home.url));
        Some(BlockView::Chart { chart })
    }
}

/// A data entry as a table, with bars if it asks for a chart and its last column holds numbers.
pub fn chart(maker: &Maker<'_>, title: String, data: &Data) -> ChartView {
    let number = |cell: &String| cell.replace([',', ' '], "").trim_end_matches('%').parse().ok();
    let bar = |row: &crate::content::kinds::reading::Row| {
        let value: f64 = row.0.last().and_then(number)?;
        let finite = value.is_finite() && value >= 0.0;
        let label = row.0.first()?.clone();
        finite.then(|| BarView { label, text: row.0.last().cloned().unwrap_or_default(), value })
    };
    let drawn = data.chart == Some(ChartType::Bar) && data.columns.len() > 1;
    let bars: Option<Vec<BarView>> = if drawn { data.rows.iter().map(bar).collect() } else { None };
    let bars = bars.unwrap_or_default();
    ChartView {
        title,
        href: None,
        columns: data.columns.clone(),
        rows: data.rows.iter().map(|row| row.0.clone()).collect(),
        max: bars.iter().map(|bar| bar.value).fold(0.0, f64::max),
        bars,
        caveat: maker.some_text(data.caveat.as_ref()),
        missing: data.rows.is_empty(),
    }
}

/// A text as it may stand between tags and in quotation marks.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            character => escaped.push(character),
        }
    }
    escaped
}
