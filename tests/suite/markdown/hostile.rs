//! Whatever may be typed: no panic, sound output, and time in proportion.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use ordinarily::content::markdown::{Body, Piece};
use ordinarily::diagnostic::Checked;
use proptest::prelude::*;

use super::{check, fill};

/// Checks what holds for every body, whatever was written, and gives its HTML.
fn sound_html(markdown: &str) -> String {
    let Checked { value: body, problems } = check(markdown);
    let lines = u32::try_from(markdown.lines().count().max(1)).unwrap();
    for problem in &problems {
        assert!((1..=lines).contains(&problem.span.line), "{problem:?}");
        assert!(problem.help.is_some(), "{problem:?}");
    }
    let mut html = sound_pieces(&body, &body.pieces);
    for footnote in &body.footnotes {
        html.push_str(&sound_pieces(&body, &footnote.pieces));
    }
    html
}

fn sound_pieces(body: &Body, pieces: &[Piece]) -> String {
    let anchors: BTreeSet<&str> = body.anchors.iter().map(|anchor| anchor.name.as_str()).collect();
    assert_eq!(anchors.len(), body.anchors.len());
    let (mut in_link, mut in_heading) = (false, None);
    for piece in pieces {
        match piece {
            Piece::Html(html) => sound_tags(html),
            Piece::LinkStart(_) => assert!(!std::mem::replace(&mut in_link, true)),
            Piece::LinkEnd => assert!(std::mem::replace(&mut in_link, false)),
            Piece::LinkTitle(_) => assert!(!in_link),
            Piece::FootnoteReference(index) => assert!(!in_link && *index < body.footnotes.len()),
            Piece::HeadingStart { level, anchor } => {
                assert!(anchors.contains(anchor.as_str()));
                assert_eq!(in_heading.replace(*level), None);
            }
            Piece::HeadingEnd { level } => assert_eq!(in_heading.take(), Some(*level)),
            _ => {}
        }
    }
    assert!(!in_link && in_heading.is_none());
    fill(pieces)
}

/// No tag but those we write, no style, no scheme that runs code, no mark left.
fn sound_tags(html: &str) {
    const TAGS: &str = " a blockquote br caption code dd del details div dl dt em hr li ol p pre \
                        span strong summary table tbody td th thead tr ul ";
    assert!(!html.contains('\0'), "{html:?}");
    for tag in html.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap();
        let name = tag.trim_start_matches('/').split([' ', '>']).next().unwrap();
        assert!(TAGS.contains(&format!(" {name} ")), "<{tag}>");
        assert!(!tag.contains("style=") && !tag.contains(" on"), "<{tag}>");
        if let Some((_, href)) = tag.split_once("href=\"") {
            assert!(["http:", "https:", "mailto:", "tel:"].iter().any(|scheme| {
                href.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            }));
        }
    }
}

/// Pieces of Markdown whose mixtures are hard: openers without ends, blocks within blocks.
fn token() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "\n",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        " ",
        "    ",
        "\t",
        "a",
        "é",
        "A. ",
        "\\",
        "{borough}",
        "# ",
        "## ",
        "\n===\n",
        "\n---\n",
        "> ",
        "> [!NOTE]\n",
        "- ",
        "1. ",
        "- [x] ",
        ": ",
        ":",
        "```",
        "~~~\n",
        "`",
        "*",
        "**",
        "_",
        "~~",
        "'",
        "\"",
        "--",
        "...",
        "[",
        "]",
        "(",
        ")",
        "](",
        "[[",
        "]]",
        "[[a|b",
        "|",
        "\n|---|\n",
        "| a |\n|--:|\n",
        "Table: ",
        "![",
        "[^1]",
        "\n[^1]: ",
        "[a]: ",
        "\n[a]:\n",
        "[a]",
        "<",
        ">",
        "</",
        "<b",
        "<div>",
        "<script>",
        "<https://a.org>",
        "&amp;",
        "&#9;",
        "javascript:",
        "//",
        "http://a",
        "data:",
        "%0a",
        "alt: none",
        "\n::: steps\n",
        "\n:::\n",
        "\n::: details {borough} & <b>\n",
        "\n::: contact a\n",
        "\n::: entries kind=",
        "\n::: x\n",
        " ::: inherit\n",
        "\n::: inherit\n",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_bytes_taken_for_text_compile(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        // `SourceFile::decode` lets no NUL through.
        sound_html(&String::from_utf8_lossy(&bytes).replace('\0', " "));
    }

    #[test]
    fn any_printable_text_compiles(text in "\\PC*") {
        sound_html(&text);
    }

    #[test]
    fn any_mixture_of_markdown_compiles_and_no_hidden_line_shows(
        tokens in prop::collection::vec(token(), 0..60)
    ) {
        let html = sound_html(&tokens.concat());
        prop_assert!(!html.contains("??"), "{}", html);
    }

    #[test]
    fn no_directive_line_is_lost(tokens in prop::collection::vec(token(), 0..40)) {
        // Leaves out what has a place for text that is never shown.
        let is_shown = |token: &&str| {
            !token.contains("[^1]: ") && !token.contains("kind=") && !token.starts_with(" :::")
        };
        let markdown: String = tokens.into_iter().filter(is_shown).collect();
        let written = markdown.matches("::: inherit").count();
        let body = check(&markdown).value;
        let acted = body.pieces.iter().filter(|piece| matches!(piece, Piece::Inherit(_))).count();
        let shown = fill(&body.pieces).matches("::: inherit").count();
        prop_assert_eq!(acted + shown, written, "{:?}", markdown);
    }
}

#[test]
fn hostile_input_takes_about_as_long_as_it_is() {
    let lines = |line: &str, count: usize| line.repeat(count);
    let inputs = [
        lines(">", 10_000),
        lines("> ", 10_000),
        lines("- ", 10_000),
        lines("[", 100_000),
        lines("![", 100_000),
        lines("[[", 100_000),
        lines("[[a|", 100_000),
        lines("[a](", 100_000),
        lines("*", 1_000_000),
        lines("*a_ ", 100_000),
        lines("`", 1_000_000),
        lines("<", 1_000_000),
        lines("<!--", 100_000),
        lines("<!-- ", 1) + &lines("::: inherit\n", 100_000),
        lines("<div>\n::: x\n", 50_000),
        lines("::: details a\n", 50_000),
        lines(":::\n", 100_000),
        lines(":", 1_000_000),
        lines("# a\n", 100_000),
        lines("[^a]", 100_000) + "\n\n[^a]: b",
        lines("[^a]: b\n\n", 50_000),
        lines("{borough}", 100_000),
        lines("| a ", 2_000) + "|\n" + &lines("|---", 2_000) + "|\n" + &lines("|\n", 2_000),
        lines("Table: a\n\n", 50_000),
        lines("\"'", 300_000),
        lines("[a]: b\n[a]\n", 50_000),
        lines("[a](b) ", 150_000),
        lines("![", 3_000) + &lines("](a)", 3_000),
        lines("<b> ", 200_000),
    ];
    for input in inputs {
        let start = Instant::now();
        sound_html(&input);
        let took = start.elapsed();
        println!("{:>9} bytes of {:?} took {took:?}", input.len(), &input[..input.len().min(12)]);
        assert!(took < Duration::from_secs(20), "{:?}…", &input[..12]);
    }
}
