//! The small files: `site.yaml`, `borough.yaml`, `partner.yaml`.

use std::collections::BTreeMap;

use super::fields::{Placed, Read, Reader, record};
use super::kinds::directory::Contact;
use super::names::BoroughId;
use super::node::Node;
use super::shape::{Form, Shape};
use crate::path::Slug;

record! {
    /// `site.yaml`: what all sites share.
    pub struct Config {
        /// The name of the whole.
        pub name: String,
        /// The pan-London site.
        pub hub: Hub,
        /// Where boroughs' sites are published, by borough.
        pub base_urls: BTreeMap<String, BaseUrl>,
        /// The languages of the interface and of translations, English first.
        pub languages: Vec<Slug>,
        /// The theme's folder in `themes/`; `london` unless said.
        pub theme: Option<Slug>,
        /// A line at the top of every page.
        pub notice: Option<String>,
        /// How severe each rule of `check` is.
        pub rules: BTreeMap<String, String>,
    }
}

record! {
    /// The pan-London site.
    pub struct Hub {
        /// Its title.
        pub title: String,
        /// Where it is published.
        pub base_url: Option<BaseUrl>,
    }
}

/// The address a site is published at, without a slash at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// The one door: `http` or `https`, a host, perhaps a path; no query and no fragment.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let host = rest.split('/').next().unwrap_or_default();
        let sound = !host.is_empty()
            && text.bytes().all(|b| b.is_ascii_graphic() && !b"\"'<>\\?#`{}|".contains(&b));
        sound.then(|| Self(text.trim_end_matches('/').to_owned()))
    }

    /// The whole address of a path of the site.
    pub fn join(&self, path: &str) -> String {
        format!("{}/{}", self.0, path.trim_start_matches('/'))
    }

    /// Only the path, with a slash at both ends: what `404.html` puts before its links.
    pub fn path(&self) -> String {
        let rest = self.0.split_once("://").map_or("", |(_, rest)| rest);
        match rest.split_once('/') {
            Some((_, path)) => format!("/{path}/"),
            None => "/".to_owned(),
        }
    }
}

impl Read for BaseUrl {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let read = node.text().and_then(Self::parse);
        read.or_else(|| reader.unfit(node, "an address such as https://example.org/send"))
    }

    fn shape() -> Shape {
        Shape::Form(Form {
            what: "the address of a site, with a path perhaps",
            pattern: "^https?://[^/?#]+[^?#]*$",
            example: "https://example.org/send",
            may_be_number: false,
        })
    }
}

record! {
    /// `borough.yaml`: one authority.
    pub struct BoroughFile {
        /// Its full name, such as `London Borough of Barnet`.
        pub official_name: String,
        /// Its short name, such as `Barnet`: what `{borough}` becomes.
        pub name: String,
        /// Its code of the Office for National Statistics.
        pub ons_code: OnsCode,
        /// Its place on a map of equal tiles.
        pub tile: Option<Tile>,
        /// The council's website.
        pub website: Option<String>,
        /// Whom people can reach, and how.
        pub contacts: Vec<Contact>,
        /// The independent advice service for families (SENDIASS).
        pub sendiass: Option<Contact>,
        /// The languages of its site; those of `site.yaml` unless said.
        pub languages: Vec<super::names::Language>,
        /// Its colour and logo.
        pub brand: Option<Brand>,
        /// The partner layers between the shared one and its own, lowest first.
        pub layers: Vec<Placed<String>>,
        /// Entries of lower layers that it does not show, such as `guides/getting-help`.
        pub hide: Vec<Placed<String>>,
        /// The boroughs beside it.
        pub neighbours: Vec<BoroughId>,
    }
}

record! {
    /// A borough's place on a map on which all are equally large.
    pub struct Tile {
        /// A few letters that stand for it: `BRN`.
        pub code: String,
        /// From the left, from 1.
        pub column: u32,
        /// From the top, from 1.
        pub row: u32,
    }
}

record! {
    /// `partner.yaml`: a provider that serves several boroughs.
    pub struct PartnerFile {
        /// Its name.
        pub name: String,
        /// Its website.
        pub website: Option<String>,
        /// Whom people can reach, and how.
        pub contacts: Vec<Contact>,
        /// Partner layers below its own.
        pub layers: Vec<Placed<String>>,
    }
}

record! {
    /// A borough's colour and logo.
    pub struct Brand {
        /// The colour everything else is derived from.
        pub colour: Option<Placed<Colour>>,
        /// A picture beside the borough's files.
        pub logo: Option<Placed<String>>,
    }
}

/// A colour as `#rrggbb`, in small letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colour(String);

impl Colour {
    /// Reads `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix('#')?;
        let sound = hex.len() == 6 && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
        sound.then(|| Self(text.to_lowercase()))
    }

    /// The colour as `#rrggbb`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Read for Colour {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match node.text().and_then(Self::parse) {
            Some(colour) => Some(colour),
            None => reader.unfit(node, "a colour such as \"#00566b\" (in quotation marks)"),
        }
    }

    fn shape() -> Shape {
        Shape::Form(Form {
            what: "a colour, in quotation marks",
            pattern: "^#[0-9a-fA-F]{6}$",
            example: "#00566b",
            may_be_number: false,
        })
    }
}

/// A code of the Office for National Statistics for an English authority.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OnsCode(String);

impl OnsCode {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Read for OnsCode {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = node.text().unwrap_or_default();
        let digits = ["E06", "E08", "E09", "E10"].iter().find_map(|kind| text.strip_prefix(kind));
        match digits.filter(|rest| rest.len() == 6 && rest.bytes().all(|b| b.is_ascii_digit())) {
            Some(rest) => {
                let london = rest.parse().is_ok_and(|number: u32| (1..=33).contains(&number));
                if text.starts_with("E09") && !london {
                    let message = format!("{text} is not on the list of London authorities");
                    let help = "the 33 codes run from E09000001 to E09000033";
                    reader.warn("unknown-ons-code", &node.at, message, help);
                }
                Some(Self(text.to_owned()))
            }
            None => {
                reader.unfit(node, "a code such as E09000003 (E06, E08, E09 or E10, six digits)")
            }
        }
    }

    fn shape() -> Shape {
        Shape::Form(Form {
            what: "a code of the Office for National Statistics",
            pattern: "^E(06|08|09|10)[0-9]{6}$",
            example: "E09000003",
            may_be_number: false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_gives_whole_addresses_and_its_path() {
        let url = BaseUrl::parse("https://example.org/send/").unwrap();
        assert_eq!(url.join("needs/autism/"), "https://example.org/send/needs/autism/");
        assert_eq!(url.path(), "/send/");
        assert_eq!(BaseUrl::parse("https://example.org").unwrap().path(), "/");
        for bad in ["example.org", "ftp://a", "https://", "https://a?b", "https://a\"b"] {
            assert_eq!(BaseUrl::parse(bad), None, "{bad}");
        }
    }
}
