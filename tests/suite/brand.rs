//! A council's colour and logo: what is picked is used as far as it can be read, and told of.

use ordinarily::diagnostic::has_errors;

use super::support::{Files, build_on, said, today, with};

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
