//! What an address of the preview means. The one door for paths from outside: what comes through
//! it can no longer lead anywhere but to a page in memory.

use crate::path::{UrlPath, decoded};

/// The folder of the preview's own files and events.
pub const OWN: &str = "_preview";

/// The address of the list of all problems, without slashes.
pub const PROBLEMS: &str = "_problems";

/// What an address means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// The list of all sites.
    Sites,
    /// The list of all problems.
    Problems,
    /// One of the preview's own files.
    Own(UrlPath),
    /// News of a page.
    Events,
    /// A page or a file of a site.
    Site(String, UrlPath),
    /// The same with a slash at its end.
    Folder(String),
}

impl Address {
    /// Reads a path as it was sent: it begins with `/`, and is percent-decoded once. `None` for
    /// what no honest browser sends: `.`, `..`, an empty part, a backslash, a control character,
    /// or bytes that are not UTF-8, encoded or not.
    pub fn parse(path: &str) -> Option<Self> {
        let path = decoded(path)?;
        let inside = path.strip_prefix('/')?;
        let (first, rest) = match inside.split_once('/') {
            Some((first, rest)) => (first, Some(rest)),
            None => (inside, None),
        };
        if inside.is_empty() {
            return Some(Self::Sites);
        }
        let parts: Vec<&str> = inside.split('/').collect();
        let sound = |(at, part): (usize, &&str)| {
            let is_end = at + 1 == parts.len() && at > 0;
            let hollow = (part.is_empty() && !is_end) || *part == "." || *part == "..";
            !hollow && !part.contains(|c: char| c == '\\' || c.is_control())
        };
        if !parts.iter().enumerate().all(sound) {
            return None;
        }
        Some(match (first, rest) {
            (site, None) => Self::Folder(site.to_owned()),
            (OWN, Some("events")) => Self::Events,
            (OWN, Some(rest)) => Self::Own(UrlPath::new(rest)),
            (PROBLEMS, Some("")) => Self::Problems,
            // Hosts answer both in the same way, and the links in the page work in both.
            (site, Some(rest)) => {
                let rest = match rest.strip_suffix("index.html") {
                    Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
                    _ => rest,
                };
                Self::Site(site.to_owned(), UrlPath::new(rest))
            }
        })
    }
}

/// The value of a field in a query string.
pub fn field(query: &str, name: &str) -> Option<String> {
    let mut fields = query.split('&').filter_map(|field| field.split_once('='));
    let (_, value) = fields.find(|(key, _)| *key == name)?;
    Some(decoded(value)?.into_owned())
}

/// The media type of a file by its name, with its encoding where it is text.
pub fn media_type(name: &str) -> String {
    let guess = mime_guess::from_path(name).first_or_octet_stream();
    let is_text = guess.type_() == "text"
        || ["javascript", "json", "xml"].contains(&guess.subtype().as_str());
    match is_text {
        true => format!("{guess}; charset=utf-8"),
        false => guess.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn site(path: &str) -> Option<Address> {
        Some(Address::Site("barnet".to_owned(), UrlPath::new(path)))
    }

    #[test]
    fn an_address_means_one_thing() {
        assert_eq!(Address::parse("/"), Some(Address::Sites));
        assert_eq!(Address::parse("/barnet"), Some(Address::Folder("barnet".to_owned())));
        assert_eq!(Address::parse("/barnet/"), site(""));
        assert_eq!(Address::parse("/barnet/needs/autism/"), site("needs/autism/"));
        assert_eq!(Address::parse("/barnet/needs/%61utism/index.html"), site("needs/autism/"));
        assert_eq!(Address::parse("/barnet/xindex.html"), site("xindex.html"));
        assert_eq!(Address::parse("/_problems/"), Some(Address::Problems));
        assert_eq!(Address::parse("/_preview/events"), Some(Address::Events));
    }

    #[test]
    fn no_address_leads_out_of_its_site() {
        for bad in [
            "",
            "barnet/",
            "//",
            "//barnet/",
            "/barnet//a",
            "/../etc/passwd",
            "/barnet/../x",
            "/barnet/%2e%2e/x",
            "/barnet/..%2fx",
            "/barnet/./x",
            "/barnet/a%00b",
            "/barnet/a%5cb",
            "/barnet/a\\b",
            "/barnet/%ff",
            "/barnet/a%0d%0ab",
            "/barnet/a%7f",
        ] {
            assert_eq!(Address::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_field_of_a_query_is_decoded() {
        assert_eq!(field("a=1&page=%2Fbarnet%2F", "page"), Some("/barnet/".to_owned()));
        assert_eq!(field("a=1&page", "page"), None);
        assert_eq!(field("page=%ff", "page"), None);
    }

    #[test]
    fn text_says_its_encoding() {
        assert_eq!(media_type("a/index.html"), "text/html; charset=utf-8");
        assert_eq!(media_type("site.1a2b3c4d.js"), "text/javascript; charset=utf-8");
        assert_eq!(media_type("a.pdf"), "application/pdf");
        assert_eq!(media_type("a.svg"), "image/svg+xml");
    }

    proptest! {
        #[test]
        fn whatever_is_asked_means_a_page_in_memory_or_nothing(
            path in "(/|[a-c]|\\.|%2e|%2f|%5c|%25|%00|%|\\\\|\\PC){0,12}",
        ) {
            let meant = Address::parse(&format!("/{path}"));
            let (Some(Address::Site(_, url)) | Some(Address::Own(url))) = meant else {
                return Ok(());
            };
            let climbs = url.as_str().split('/').any(|part| part == "." || part == "..");
            prop_assert!(!climbs && !url.as_str().contains(['\\', '\0']), "{}", url);
            prop_assert!(field(&path, "a").is_none_or(|value| value.len() <= path.len()));
        }
    }
}
