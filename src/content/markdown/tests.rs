//! What an editor writes, beside what a page shows.

use super::*;
use crate::path::SourcePath;

mod directives;

/// The body as a page would show it, with the plainest filling there is: links keep the address
/// as it was written, and every hole says what it is.
fn html(markdown: &str) -> String {
    let checked = check(markdown);
    assert_eq!(checked.problems, [], "{markdown}");
    fill_all(&checked.value)
}

/// The problems of a body: severity, code, line, column, length.
fn problems(markdown: &str) -> Vec<String> {
    let told = |problem: &crate::diagnostic::Diagnostic| {
        let span = &problem.span;
        format!(
            "{:?} {} {}:{}+{}",
            problem.severity, problem.code, span.line, span.column, span.len
        )
        .to_lowercase()
    };
    check(markdown).problems.iter().map(told).collect()
}

fn check(markdown: &str) -> Checked<Body> {
    let file = SourceFile::new(SourcePath::new("a.md"), markdown);
    compile(&file, 0..markdown.len())
}

fn fill_all(body: &Body) -> String {
    let mut html = fill(&body.pieces);
    for (number, footnote) in body.footnotes.iter().enumerate() {
        html.push_str(&format!("[note {}]{}", number + 1, fill(&footnote.pieces)));
    }
    html.trim().to_owned()
}

fn fill(pieces: &[Piece]) -> String {
    pieces.iter().map(fill_one).collect()
}

fn fill_one(piece: &Piece) -> String {
    match piece {
        Piece::Html(html) => html.clone(),
        Piece::Borough { starts_sentence: true } => "Your borough".to_owned(),
        Piece::Borough { starts_sentence: false } => "your borough".to_owned(),
        Piece::HeadingStart { level, anchor } => format!("<h{level} id={anchor}>"),
        Piece::HeadingEnd { level } => format!("</h{level}>"),
        Piece::LinkStart(link) => format!("<a {}>", target(link)),
        Piece::LinkEnd => "</a>".to_owned(),
        Piece::LinkTitle(link) => format!("<a {}/>", target(link)),
        Piece::Image(image) if image.decorative => format!("<img {}>", image.address),
        Piece::Image(image) => format!("<img {} {:?}>", image.address, image.alt),
        Piece::FootnoteReference(index) => format!("[{}]", index + 1),
        Piece::Message(word) => format!("({word})"),
        Piece::Directive(directive) => {
            let given = |argument: &Argument| format!(" {}={}", argument.name, argument.value);
            let arguments: String = directive.arguments.iter().map(given).collect();
            format!("<{:?}{arguments}>", directive.shows)
        }
        Piece::Inherit(_) => "<inherit>".to_owned(),
    }
}

fn target(link: &Link) -> String {
    let anchor = link.anchor.as_ref().map(|anchor| format!("#{anchor}")).unwrap_or_default();
    match &link.target {
        LinkTarget::File(path) => format!("file:{path}{anchor}"),
        LinkTarget::Entry(entry) => format!("entry:{entry}{anchor}"),
        LinkTarget::Site(path) => format!("site:{path}{anchor}"),
        LinkTarget::Here => format!("here{anchor}"),
    }
}

#[test]
fn a_blank_body_is_empty_and_so_is_one_of_comments() {
    for blank in ["", " \n\n\t\n", "<!-- to do -->\n", "<!-- a\n\nb -->", "[a]: b\n"] {
        assert!(check(blank).value.is_empty(), "{blank:?}");
    }
    assert!(!check("::: inherit").value.is_empty());
    assert!(!check("::: steps\n:::").value.is_empty());
}

#[test]
fn a_borough_is_a_hole_that_knows_whether_it_begins_a_sentence() {
    assert_eq!(
        html("{borough} helps. {borough} pays; *{borough}*.\nIn {borough}!\n{borough}."),
        "<p>Your borough helps. Your borough pays; <em>your borough</em>.\nIn your borough!\nYour borough.</p>"
    );
    assert_eq!(
        html("- {borough}\n- in **{borough}**"),
        "<ul>\n<li>Your borough</li>\n<li>in <strong>your borough</strong></li>\n</ul>"
    );
    assert_eq!(
        html("> In x\n\n{borough}"),
        "<blockquote>\n<p>In x</p>\n</blockquote>\n<p>Your borough</p>"
    );
}

#[test]
fn a_borough_in_code_or_behind_a_backslash_is_text() {
    assert_eq!(
        html("`{borough}` \\{borough} \\\\{borough}"),
        "<p><code>{borough}</code> {borough} \\your borough</p>"
    );
    assert_eq!(html("```\n{borough}\n```"), "<pre><code>{borough}\n</code></pre>");
}

#[test]
fn a_heading_has_an_anchor_of_its_own() {
    assert_eq!(html("## What’s new?"), "<h2 id=whats-new>What’s new?</h2>");
    assert_eq!(html("## Help in {borough}"), "<h2 id=help-in>Help in your borough</h2>");
    assert_eq!(
        html("## {borough}: `help` & [more](a.md)"),
        "<h2 id=help-more>Your borough: <code>help</code> &amp; <a file:a.md>more</a></h2>"
    );
    assert_eq!(html("## …"), "<h2 id=section>…</h2>");
    let anchors = check("## A\n## A-2\n## A\n## A\n").value.anchors;
    let names: Vec<&str> = anchors.iter().map(|anchor| anchor.name.as_str()).collect();
    assert_eq!(names, ["a", "a-2", "a-3", "a-4"]);
}

#[test]
fn a_heading_of_the_first_level_becomes_one_of_the_second() {
    let checked = check("# A\n\nB\n===\n\n### C");
    assert_eq!(fill_all(&checked.value).matches("<h2").count(), 2);
    assert_eq!(
        problems("# A\n\nB\n===\n\n### C"),
        ["warning second-h1 1:1+3", "warning second-h1 3:1+1"]
    );
}

#[test]
fn a_link_out_of_the_site_is_finished() {
    assert_eq!(
        html("[a](https://a.org/?b&c \"d\") <https://e.org> <f@g.org> [h](tel:020)"),
        "<p><a href=\"https://a.org/?b&amp;c\" title=\"d\">a</a> <a href=\"https://e.org\">https://e.org</a> \
         <a href=\"mailto:f@g.org\">f@g.org</a> <a href=\"tel:020\">h</a></p>"
    );
}

#[test]
fn a_link_inside_the_site_is_a_hole() {
    assert_eq!(
        html("[a *b*](../services/x.md#who)"),
        "<p><a file:../services/x.md#who>a <em>b</em></a></p>"
    );
    assert_eq!(
        html("[a](<files/a b.pdf>) [b](/needs/x/) [c](#d)"),
        "<p><a file:files/a b.pdf>a</a> <a site:/needs/x/>b</a> <a here#d>c</a></p>"
    );
    assert_eq!(html("[a][b] [b]\n\n[b]: c.md"), "<p><a file:c.md>a</a> <a file:c.md>b</a></p>");
}

#[test]
fn double_brackets_link_to_an_entry_by_its_title_or_by_words() {
    assert_eq!(
        html("[[services/x]], [[services/x#who|the *team*]]"),
        "<p><a entry:services/x/>, <a entry:services/x#who>the <em>team</em></a></p>"
    );
    assert_eq!(
        html("[[services/x|]] [[#who]]"),
        "<p><a entry:services/x/> <a here#who>#who</a></p>"
    );
    assert!(
        html("| a |\n|---|\n| [[services/x\\|the team]] |")
            .contains("<td><a entry:services/x>the team</a></td>")
    );
}

#[test]
fn a_forbidden_link_is_an_error_and_keeps_its_words() {
    for address in [
        "javascript:a",
        "JAVASCRIPT&colon;a",
        "java&Tab;script:a",
        "&#1;vbscript:a",
        "data:text/html,a",
        "ftp:a",
        "//a.org",
        "/\\a.org",
    ] {
        let markdown = format!("so [words]({address})");
        let length = markdown.len() - 3;
        assert_eq!(problems(&markdown), [format!("error forbidden-link 1:4+{length}")]);
        assert_eq!(fill_all(&check(&markdown).value), "<p>so words</p>");
    }
    assert_eq!(problems("[a][b]\n\n[b]: javascript:a"), ["error forbidden-link 1:1+6"]);
    assert_eq!(problems("<javascript:a>"), ["error forbidden-link 1:1+14"]);
    assert_eq!(problems("[[javascript:a|b]]"), ["error forbidden-link 1:1+18"]);
    assert_eq!(problems("[a]()"), ["warning empty-link 1:1+5"]);
}

#[test]
fn a_picture_is_a_hole_with_words_for_those_who_cannot_see_it() {
    assert_eq!(
        html("![Two *children* & `a`\ntable](a%20b.jpg)"),
        "<p><img a b.jpg \"Two children & a table\"></p>"
    );
    assert_eq!(
        html("![](line.svg \"alt: none\")![x](line.svg \"alt: none\")"),
        "<p><img line.svg><img line.svg></p>"
    );
    assert_eq!(html("![Out![in](a.png)er](b.png)"), "<p><img b.png \"Outiner\"></p>");
    assert_eq!(problems("a ![](b.png)"), ["error missing-alt 1:3+10"]);
    assert_eq!(problems("![[b.png]]"), ["error missing-alt 1:1+10"]);
}

#[test]
fn a_picture_on_another_site_is_an_error() {
    for address in ["https://a.org/b.png", "//a.org/b.png", "http:b"] {
        assert!(problems(&format!("![a]({address})"))[0].starts_with("error outside-image 1:1"));
    }
    assert!(
        problems("![a](data:image/png;base64,AAAA)")[0].starts_with("error forbidden-link 1:1")
    );
}

#[test]
fn html_is_shown_as_text_with_one_warning_for_a_block() {
    let markdown = "a <b>c</b>\n\n<div>\n{borough} & *d*\n</div>\n\n- <i>e</i>";
    assert_eq!(
        fill_all(&check(markdown).value),
        "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n<p>&lt;div&gt;\n{borough} &amp; *d*\n&lt;/div&gt;</p>\n\
         <ul>\n<li>&lt;i&gt;e&lt;/i&gt;</li>\n</ul>"
    );
    assert_eq!(
        problems(markdown),
        ["warning raw-html 1:3+3", "warning raw-html 3:1+5", "warning raw-html 7:3+3"]
    );
}

#[test]
fn a_comment_is_left_out_but_not_what_follows_it() {
    assert_eq!(
        html("a <!-- b --> c\n\n<!-- d\n\n::: contact e\n-->\n\nf"),
        "<p>a  c</p>\n<p>f</p>"
    );
    let after = "<!-- a --> b & c";
    assert_eq!(fill_all(&check(after).value), "<p>b &amp; c</p>");
    assert_eq!(problems(after), ["warning raw-html 1:1+16"]);
    assert_eq!(problems("a\n\n<!-- b\n\nc"), ["error unclosed-comment 3:1+6"]);
    assert_eq!(html("<!-->\na"), "<p>a</p>");
}

#[test]
fn a_table_scrolls_and_has_a_caption_scopes_and_no_style() {
    assert_eq!(
        html("Table: Places in *{borough}*\n\n| a | b | c |\n|---|--:|:-:|\n| 1 | 2 | 3 |"),
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Places in your borough\"><table>\n\
         <caption>Places in <em>your borough</em></caption>\n\
         <thead><tr><th scope=\"col\">a</th><th scope=\"col\" class=\"align-right\">b</th><th scope=\"col\" class=\"align-center\">c</th></tr></thead>\n\
         <tbody>\n<tr><td>1</td><td class=\"align-right\">2</td><td class=\"align-center\">3</td></tr>\n</tbody></table></div>"
    );
    let unnamed = "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"(table)\"><table>\n<thead>";
    assert!(html("| a |\n|---|").starts_with(unnamed));
    assert_eq!(html("Table: of contents"), "<p>Table: of contents</p>");
    assert!(
        html("Table: `\"<a>\"` & b\n\n| c |\n|---|")
            .contains("=\"&quot;&lt;a>&quot; &amp; b\"><table>")
    );
}

#[test]
fn footnotes_are_set_apart_and_referred_to() {
    assert_eq!(
        html("A[^1] b[^law].\n\n::: steps\n[^Law]: See *c*[^1].\n:::\n\n[^1]: {borough}.\n"),
        "<p>A[2] b[1].</p>\n<div class=\"steps\">\n</div>\n[note 1]\n<p>See <em>c</em>[2].</p>\n[note 2]\n<p>Your borough.</p>"
    );
    assert_eq!(html("a[^b]"), "<p>a[^b]</p>");
    assert_eq!(
        html("[[a|b[^1] c]]\n\n[^1]: c"),
        "<p><a entry:a>b c</a>[1]</p>\n[note 1]\n<p>c</p>"
    );
    assert_eq!(problems("a\n\n[^b]: c"), ["warning unused-footnote 3:1+7"]);
    assert_eq!(problems("a[^b]\n\n[^b]: c\n\n[^B]: d"), ["warning repeated-footnote 5:1+7"]);
}

#[test]
fn an_alert_has_a_label_in_the_pages_language() {
    assert_eq!(
        html("> [!NOTE]\n> {borough}"),
        "<div class=\"alert note\" role=\"note\"><p class=\"label\">(alert-note)</p>\n<p>Your borough</p>\n</div>"
    );
    assert_eq!(html("> a"), "<blockquote>\n<p>a</p>\n</blockquote>");
}

#[test]
fn a_task_says_its_state_in_words() {
    assert_eq!(
        html("- [x] a\n- [ ] {borough}"),
        "<ul>\n<li><span class=\"task done\" role=\"img\" aria-label=\"(task-done)\"></span> a</li>\n\
         <li><span class=\"task open\" role=\"img\" aria-label=\"(task-open)\"></span> Your borough</li>\n</ul>"
    );
}

#[test]
fn definition_lists_strikethrough_and_smart_punctuation_work() {
    assert_eq!(
        html("SENCO\n: The person who plans -- \"help\""),
        "<dl>\n<dt>SENCO</dt>\n<dd>The person who plans – “help”</dd>\n</dl>"
    );
    assert_eq!(html("~~a~~ it's..."), "<p><del>a</del> it’s…</p>");
}
