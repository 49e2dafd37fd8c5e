//! A council's colour and logo: what is picked is used as far as it can be read, and told of.

use std::io::Write as _;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use ordinarily::diagnostic::{Diagnostic, has_errors};
use ordinarily::path::SourcePath;

use super::support::{Files, build_on, build_tree, said, today, tree, with};

fn barnet(brand: &str, more: &[(&str, &str)]) -> Files {
    let borough = format!(
        "official_name: London Borough of Barnet\nname: Barnet\nons_code: E09000003\nbrand: {brand}\n"
    );
    let mut files = with(&[("boroughs/barnet/borough.yaml", &borough)]);
    files.extend(
        more.iter()
            .map(|(path, text)| (format!("content/boroughs/barnet/{path}"), (*text).to_owned())),
    );
    files
}

/// The site with what is told of it.
fn built(files: &Files) -> (Files, String) {
    let (built, problems, _) = build_on(files, "barnet", today());
    assert!(!has_errors(&problems));
    let told = problems.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>();
    (built, told.join("\n"))
}

fn sheet(built: &Files) -> &str {
    let (_, css) = built.iter().find(|(path, _)| path.starts_with("assets/brand.")).unwrap();
    css
}

const LOGO: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 120 40\"><style>.a{fill:url(#g)}</style>\
    <defs><linearGradient id=\"g\"/></defs><path class=\"a\" d=\"M0 0h120v40z\"/></svg>";

#[test]
fn a_colour_that_can_be_read_is_used_as_it_is() {
    let (site, told) = built(&barnet("{colour: \"#00566B\"}", &[]));
    assert_eq!(told, "");
    assert!(sheet(&site).contains("--accent:#00566b;"), "{}", sheet(&site));
    assert!(site["index.html"].contains("<link rel=\"stylesheet\" href=\"./assets/brand."));
}

#[test]
fn a_colour_that_cannot_be_read_is_told_with_what_stands_in_for_it() {
    let (site, told) = built(&barnet("{colour: \"#ffd500\"}", &[]));
    assert!(
        told.contains("text in #ffd500 cannot be read: its contrast on the page is 1.4 to 1"),
        "{told}"
    );
    assert!(!sheet(&site).contains("#ffd500"), "{}", sheet(&site));
    let said = said(&barnet("{colour: \"#ffd500\"}", &[]));
    assert!(said.contains("content/boroughs/barnet/borough.yaml:4:17"), "{said}");
    assert!(said.contains("links and buttons are #"), "{said}");
}

#[test]
fn a_colour_that_is_too_light_for_tinted_parts_is_told_as_advice() {
    // 4.8 to 1 on the page, and less on what is tinted with it.
    let files = barnet("{colour: \"#d4351c\"}", &[]);
    let (site, told) = built(&files);
    assert!(told.contains("text in #d4351c can be read on the page, but not on its tinted parts"));
    assert!(!sheet(&site).contains("--accent:#d4351c"), "{}", sheet(&site));
    let said = said(&files);
    assert!(
        said.contains("advice[brand-contrast]") && said.contains("borough.yaml:4:17"),
        "{said}"
    );
    assert!(said.contains("nothing needs doing if that will do"), "{said}");
}

#[test]
fn whoever_takes_the_colour_that_is_proposed_is_told_nothing_more() {
    for light in ["#ffff00", "#808080", "#ffd500", "#00b050", "#ff8000", "#d4351c"] {
        let told_of = |colour: &str| said(&barnet(&format!("{{colour: \"{colour}\"}}"), &[]));
        let told = told_of(light);
        let (_, proposed) = told.split_once("links and buttons are ").unwrap();
        assert_eq!(told_of(&proposed[..7]), "", "{light} and {}", &proposed[..7]);
    }
}

#[test]
fn nonsense_is_told_at_its_place() {
    for nonsense in ["teal", "\"#12345\"", "\"#gggggg\"", "12", "[\"#00566b\"]"] {
        let said = said(&barnet(&format!("{{colour: {nonsense}}}"), &[]));
        assert!(said.contains("borough.yaml:4:17"), "{nonsense}: {said}");
        assert!(said.contains("a colour such as \"#00566b\""), "{nonsense}: {said}");
    }
}

#[test]
fn a_logo_stands_before_the_name_with_its_size() {
    let (site, told) = built(&barnet("{logo: files/logo.svg}", &[("files/logo.svg", LOGO)]));
    assert_eq!(told, "");
    let page = &site["index.html"];
    let (_, image) = page.split_once("<a class=\"brand\" href=\"./\"><img src=\"./").unwrap();
    let (path, rest) = image.split_once('"').unwrap();
    assert!(rest.starts_with(" width=\"120\" height=\"40\" alt=\"\">"), "{rest:.80}");
    assert_eq!(site[path], LOGO);
}

#[test]
fn a_logo_that_cannot_be_shown_or_trusted_is_told_at_its_place() {
    let svg = |inside: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:x=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 9 9\">{inside}</svg>"
        )
    };
    let huge = svg(&"<path d=\"M0 0\"/>".repeat(5_000));
    let cases = [
        (svg("<script>1</script>"), "the logo has a <script> in it"),
        (svg("<path onclick=\"x()\"/>"), "the logo has a script in it: `onclick`"),
        (
            svg("<image x:href=\"https://example.org/a.png\"/>"),
            "the logo names something outside it",
        ),
        (
            svg("<style>@import 'a.css';</style>"),
            "the styles of the logo name something outside it",
        ),
        (
            svg("<rect fill=\"url(https://example.org/#a)\"/>"),
            "the logo names something outside it",
        ),
        (svg("<foreignObject/>"), "which is more than a drawing"),
        (
            format!("<?xml-stylesheet href=\"https://example.org/a.css\"?>{}", svg("")),
            "the logo has an instruction `xml-stylesheet`",
        ),
        (svg("<set attributeName=\"href\" to=\"//example.org\"/>"), "the logo has a <set> in it"),
        (
            svg("<style>.a{fill:ur\\6c(//example.org)}</style>"),
            "the styles of the logo name something outside it",
        ),
        (
            svg("<image href=\"data:image/svg+xml,x\"/>"),
            "the logo names something outside it: `data:image/svg+xml",
        ),
        ("<svg".to_owned(), "the logo is no sound SVG"),
        (
            format!("<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>{}", svg("")),
            "the logo is no sound SVG",
        ),
        ("<html/>".to_owned(), "the logo is no SVG"),
        (
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_owned(),
            "the logo does not say its size",
        ),
        (huge, "the logo has 80 KB"),
    ];
    for (text, wrong) in cases {
        let said = said(&barnet("{logo: files/logo.svg}", &[("files/logo.svg", &text)]));
        assert!(said.contains(wrong), "{text:.90}: {said}");
        assert!(said.contains("borough.yaml:4:15") && said.contains("help:"), "{said}");
    }
    let broken = said(&barnet("{logo: files/logo.png}", &[("files/logo.png", "no picture")]));
    assert!(broken.contains("cannot be read as a picture"), "{broken}");
    let missing = said(&barnet("{logo: files/lgo.svg}", &[("files/logo.svg", LOGO)]));
    assert!(missing.contains("there is no file `files/lgo.svg`"), "{missing}");
    assert!(missing.contains("did you mean `files/logo.svg`?"), "{missing}");
    let other = said(&barnet("{logo: files/logo.pdf}", &[("files/logo.pdf", "%PDF")]));
    assert!(other.contains("is no picture that can be a logo"), "{other}");
}

/// A black picture, one bit for each of its points.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8; 4], content: &[u8]| {
        let mut checksum = Crc::new();
        checksum.update(kind);
        checksum.update(content);
        bytes.extend(u32::try_from(content.len()).unwrap().to_be_bytes());
        bytes.extend(kind);
        bytes.extend(content);
        bytes.extend(checksum.sum().to_be_bytes());
    };
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    chunk(b"IHDR", &[&*size, &[1, 0, 0, 0, 0]].concat());
    let rows = vec![0; (1 + width.div_ceil(8) as usize) * height as usize];
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    packed.write_all(&rows).unwrap();
    chunk(b"IDAT", &packed.finish().unwrap());
    chunk(b"IEND", &[]);
    bytes
}

/// Barnet's home page with bytes as its logo, and what is told of it.
fn with_logo(name: &str, bytes: &[u8]) -> (Option<String>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let mut tree = tree(&barnet(&format!("{{logo: files/{name}}}"), &[]), &mut problems);
    let path = SourcePath::new(&format!("content/boroughs/barnet/files/{name}"));
    tree.insert(path, bytes).unwrap();
    let (mut built, problems) = build_tree(&tree, "barnet", today(), problems);
    (built.remove("index.html"), problems)
}

#[test]
fn a_logo_of_2_000_pixels_is_shown_and_one_of_2_001_is_not() {
    let (home, problems) = with_logo("logo.png", &png(2_000, 700));
    assert!(problems.is_empty(), "{problems:?}");
    assert!(home.unwrap().contains("width=\"2000\" height=\"700\" alt=\"\">"));
    for (width, height) in [(2_001, 700), (700, 2_001), (100_000, 100)] {
        let (home, problems) = with_logo("logo.png", &png(width, height));
        assert!(home.is_none() && has_errors(&problems));
        let size = format!("the logo is {width} by {height} pixels, and is shown 38 pixels high");
        assert_eq!(problems[0].message, size);
    }
}

#[test]
fn a_logo_of_which_the_end_is_missing_is_told_wherever_it_is_cut() {
    let whole = png(400, 120);
    assert!(with_logo("logo.png", &whole).1.is_empty());
    for length in 0..whole.len() {
        let (home, problems) = with_logo("logo.png", &whole[..length]);
        assert!(home.is_none() && problems[0].code == "logo", "{length}: {problems:?}");
    }
    let jpeg =
        [b"\xff\xd8\xff\xc0\0\x11\x08\0\x28\0\x78\x03\x01\x22\0\x02\x11\x01".as_slice(), &[0; 40]];
    let (_, problems) = with_logo("logo.jpg", &jpeg.concat());
    assert!(problems[0].message.contains("ends in the middle"), "{problems:?}");
}
