//! From the address in a link or an image to what it means.
//!
//! An address is judged as a browser would read it: without tabs and line breaks, which browsers
//! drop (`java\tscript:`), and with `\` for `/`.

use super::piece::LinkTarget;

/// Schemes a link may lead to. Everything else with a scheme either runs code or opens a program.
const ALLOWED: [&str; 4] = ["http", "https", "mailto", "tel"];

/// What the address of a link means.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// A link out of the site.
    Outside(String),
    /// A link inside the site.
    Inside(LinkTarget, Option<String>),
    /// A scheme we do not link to.
    Scheme(String),
    /// `//host/…`: another site under whichever scheme this one has.
    OtherHost,
    /// Nothing at all.
    Empty,
}

/// Reads the address of a link or an image.
pub(super) fn read(written: &str) -> Address {
    let address = as_a_browser_reads_it(written);
    if let Some(scheme) = scheme(&address) {
        let scheme = scheme.to_ascii_lowercase();
        let is_allowed = ALLOWED.contains(&scheme.as_str());
        return if is_allowed { Address::Outside(address) } else { Address::Scheme(scheme) };
    }
    if names_a_host(&address) {
        return Address::OtherHost;
    }
    let (path, anchor) = split_anchor(&address);
    let target = match path {
        "" if address.is_empty() => return Address::Empty,
        "" => LinkTarget::Here,
        path if path.starts_with('/') => LinkTarget::Site(path.to_owned()),
        path => LinkTarget::File(percent_decode(path)),
    };
    Address::Inside(target, anchor)
}

/// Reads what stands between `[[` and `]]`, before any `|`.
pub(super) fn read_wiki(written: &str) -> Address {
    // In a table the bar is written `\|`, and the parser leaves the backslash here.
    let written = written.trim_end_matches('\\').trim();
    if scheme(written).is_some() || names_a_host(written) {
        return read(written);
    }
    let (path, anchor) = split_anchor(written);
    let path = path.trim_matches('/');
    match path.strip_suffix(".md").unwrap_or(path) {
        "" if anchor.is_none() => Address::Empty,
        "" => Address::Inside(LinkTarget::Here, anchor),
        entry => Address::Inside(LinkTarget::Entry(entry.to_owned()), anchor),
    }
}

fn as_a_browser_reads_it(written: &str) -> String {
    let is_dropped = |c: char| c <= ' ';
    written.trim_matches(is_dropped).replace(['\t', '\n', '\r'], "")
}

/// The scheme of an address (RFC 3986, section 3.1), if it has one.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let mut letters = scheme.bytes();
    let is_scheme = letters.next()?.is_ascii_alphabetic()
        && letters.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    is_scheme.then_some(scheme)
}

fn names_a_host(address: &str) -> bool {
    let mut bytes = address.bytes();
    let mut slash = || matches!(bytes.next(), Some(b'/' | b'\\'));
    slash() && slash()
}

fn split_anchor(address: &str) -> (&str, Option<String>) {
    let (path, anchor) = address.split_once('#').unwrap_or((address, ""));
    (path, (!anchor.is_empty()).then(|| percent_decode(anchor)))
}

/// `a%20b` as `a b`; as it was if that would not be text, or would hold control characters.
pub(super) fn percent_decode(written: &str) -> String {
    let mut bytes = Vec::with_capacity(written.len());
    let mut rest = written.as_bytes();
    while let [first, after @ ..] = rest {
        match (first, after) {
            (b'%', [high, low, after @ ..]) => match (hex_digit(*high), hex_digit(*low)) {
                (Some(high), Some(low)) => {
                    bytes.push(high * 16 + low);
                    rest = after;
                    continue;
                }
                _ => bytes.push(b'%'),
            },
            _ => bytes.push(*first),
        }
        rest = after;
    }
    let decoded = String::from_utf8(bytes).ok();
    decoded.filter(|text| !text.contains(char::is_control)).unwrap_or_else(|| written.to_owned())
}

fn hex_digit(digit: u8) -> Option<u8> {
    (digit as char).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(target: LinkTarget, anchor: &str) -> Address {
        Address::Inside(target, (!anchor.is_empty()).then(|| anchor.to_owned()))
    }

    #[test]
    fn an_address_leads_out_of_the_site_or_somewhere_in_it() {
        for outside in ["https://a.org", "HTTP://a", "mailto:a@b.org", "tel:020"] {
            assert_eq!(read(outside), Address::Outside(outside.to_owned()));
        }
        assert_eq!(read(" \thttps://\na"), Address::Outside("https://a".to_owned()));
        let file = |path: &str| LinkTarget::File(path.to_owned());
        assert_eq!(read("../services/x.md#who"), inside(file("../services/x.md"), "who"));
        assert_eq!(read("files/a%20b.pdf"), inside(file("files/a b.pdf"), ""));
        assert_eq!(read("a/b:c.md"), inside(file("a/b:c.md"), ""));
        assert_eq!(read("/needs/x/#y"), inside(LinkTarget::Site("/needs/x/".to_owned()), "y"));
        assert_eq!(read("#y%20z"), inside(LinkTarget::Here, "y z"));
        assert_eq!(read("#"), inside(LinkTarget::Here, ""));
        assert_eq!(read(" "), Address::Empty);
    }

    #[test]
    fn a_scheme_that_runs_code_is_found_in_every_disguise() {
        for address in [
            "javascript:x",
            "JavaScript:x",
            " \u{1}javascript:x",
            "java\tscript:x",
            "java\nscript:x",
        ] {
            assert_eq!(read(address), Address::Scheme("javascript".to_owned()), "{address:?}");
        }
        assert_eq!(read("data:text/html,x"), Address::Scheme("data".to_owned()));
    }

    #[test]
    fn another_host_is_found_in_every_disguise() {
        for address in ["//a.org", "/\\a.org", "\\\\a.org", "/\t/a.org", " //a.org"] {
            assert_eq!(read(address), Address::OtherHost, "{address:?}");
        }
    }

    #[test]
    fn double_brackets_name_an_entry() {
        let entry = |name: &str| LinkTarget::Entry(name.to_owned());
        assert_eq!(read_wiki("services/x#who"), inside(entry("services/x"), "who"));
        assert_eq!(read_wiki(" /services/x.md\\"), inside(entry("services/x"), ""));
        assert_eq!(read_wiki("#who"), inside(LinkTarget::Here, "who"));
        assert_eq!(read_wiki(" "), Address::Empty);
        assert_eq!(read_wiki("javascript:x"), Address::Scheme("javascript".to_owned()));
        assert_eq!(read_wiki("//a.org"), Address::OtherHost);
    }

    #[test]
    fn percent_signs_that_stand_for_nothing_are_kept() {
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%zz%4"), "%zz%4");
        assert_eq!(percent_decode("%ff"), "%ff");
        assert_eq!(percent_decode("%00"), "%00");
        assert_eq!(percent_decode("%C3%A9"), "é");
    }
}
