//! Directive lines: what they show, where they count, and what is said of wrong ones.

use super::{check, fill_all, html, problems};
use crate::content::markdown::{Piece, compile};
use crate::content::source::SourceFile;
use crate::path::SourcePath;

#[test]
fn steps_and_details_hold_text_and_each_other() {
    assert_eq!(
        html("::: details The {borough} way & <more>\na\n::: steps\n1. b\n2. c\n:::\n:::\nd"),
        "<details class=\"more-text\"><summary>The your borough way &amp; &lt;more&gt;</summary><div class=\"flow\">\n\
         <p>a</p>\n<div class=\"steps\">\n<ol>\n<li>b</li>\n<li>c</li>\n</ol>\n</div>\n</div></details>\n<p>d</p>"
    );
    assert_eq!(
        html("a\n:::steps\nb\n::::\nc"),
        "<p>a</p>\n<div class=\"steps\">\n<p>b</p>\n</div>\n<p>c</p>"
    );
}

#[test]
fn a_directive_says_what_to_show() {
    assert_eq!(html("::: contact autism-outreach"), "<Contact service=autism-outreach>");
    assert_eq!(html(":::chart data=\"places\""), "<Chart data=places>");
    assert_eq!(
        html(":::: Expectations need=autism phase=primary tier=a topic=b  \t"),
        "<Expectations need=autism phase=primary tier=a topic=b>"
    );
    assert_eq!(html("::: entries Kind=training limit=3"), "<Entries kind=training limit=3>");
    assert_eq!(html("a\r\n::: inherit\r\nb\r\n"), "<p>a</p>\n<inherit>\n<p>b</p>");
}

#[test]
fn a_directive_knows_its_place_in_the_whole_file() {
    let text = "---\r\ntitle: é\r\n---\r\né\r\n::: contact  å-b\r\n";
    let start = text.rfind("---\r\n").unwrap() + 5;
    let body = compile(&SourceFile::new(SourcePath::new("a.md"), text), start..text.len()).value;
    let Some(Piece::Directive(directive)) = body.pieces.get(1) else { panic!("{body:?}") };
    assert_eq!(directive.span.to_string(), "a.md:5:1");
    let service = directive.argument("service").unwrap();
    assert_eq!((service.span.to_string().as_str(), service.span.len), ("a.md:5:14", 3));
}

#[test]
fn a_directive_in_code_is_text() {
    assert_eq!(
        html("```\n::: contact a\n\n:::\n```"),
        "<pre><code>::: contact a\n\n:::\n</code></pre>"
    );
    assert_eq!(html("~~~\r\n::: contact a\r\n~~~"), "<pre><code>::: contact a\n</code></pre>");
    assert_eq!(
        html("- a\n  ```\n::: inherit"),
        "<ul>\n<li>a\n<pre><code></code></pre>\n</li>\n</ul>\n<inherit>"
    );
}

#[test]
fn an_indented_directive_is_text_with_a_warning() {
    for (markdown, shown, column) in [
        ("- a\n  ::: inherit", "<ul>\n<li>a\n::: inherit</li>\n</ul>", 3),
        ("a\n ::: inherit", "<p>a\n::: inherit</p>", 2),
        ("> a\n> ::: inherit", "<blockquote>\n<p>a\n::: inherit</p>\n</blockquote>", 3),
    ] {
        assert_eq!(fill_all(&check(markdown).value), shown);
        assert_eq!(problems(markdown), [format!("warning indented-directive 2:{column}+11")]);
    }
    assert_eq!(html("    ::: inherit"), "<pre><code>::: inherit</code></pre>");
    assert_eq!(html("- ::: b"), "<ul>\n<li>::: b</li>\n</ul>");
}

#[test]
fn a_directive_interrupts_whatever_stands_before_it() {
    for before in [
        "a",
        "- a",
        "> a",
        "| a |\n|---|\n| b |",
        "> [!TIP]",
        "a\n: b",
        "[^1]: a",
        "1. a\n\n   b",
        "`a",
        "[a](b \"",
        "[a]: b \"c",
    ] {
        let checked = check(&format!("{before}\n::: inherit\nd\" `"));
        let inherits = |piece: &Piece| matches!(piece, Piece::Inherit(span) if span.column == 1);
        assert!(checked.value.pieces.iter().any(inherits), "{before:?}");
    }
}

#[test]
fn a_wrong_directive_is_an_error_at_its_place() {
    assert_eq!(problems("a\n::: stesp\nb\n:::"), ["error unknown-directive 2:5+5"]);
    assert_eq!(problems("::: steps\na"), ["error unclosed-directive 1:1+9"]);
    assert_eq!(problems("::: contact a\n:::"), ["error nothing-to-close 2:1+3"]);
    assert_eq!(problems("::: contact"), ["error missing-argument 1:12+1"]);
    assert_eq!(problems("::: contact service="), ["error missing-argument 1:21+1"]);
    assert_eq!(problems("::: details\n:::"), ["error missing-argument 1:12+1"]);
    assert_eq!(problems("::: expectations"), ["error missing-argument 1:17+1"]);
    assert_eq!(problems("::: entries need=a"), ["error missing-argument 1:12+1"]);
    assert_eq!(problems("::: entries kind=a ned=b"), ["error unknown-argument 1:20+3"]);
    assert_eq!(problems("::: steps now\n:::"), ["error unknown-argument 1:11+3"]);
    assert_eq!(problems("::: contact a b"), ["error repeated-argument 1:15+1"]);
    assert_eq!(problems("::: entries kind=a limit=0"), ["error bad-argument 1:26+1"]);
    assert_eq!(problems("::: steps\n<div>\n:::\n"), ["warning raw-html 2:1+5"]);
}

#[test]
fn a_wrong_directive_is_told_what_to_write() {
    let help = |markdown: &str| check(markdown).problems.remove(0).help.unwrap();
    assert_eq!(help("::: contct a"), "did you mean `contact`?");
    assert_eq!(help("::: entries kind=a ned=b"), "did you mean `need=`?");
    assert_eq!(
        help("::: entries training"),
        "write it like this: ::: entries kind=training need=autism"
    );
}
