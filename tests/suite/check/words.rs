//! Rules about words: links, headings, short forms, how hard a page is to read.

use super::{check, count, finds, guide, told};
use crate::support::{reviewed, with};

const PAGE: &str = "london/guides/help.md";

/// Checks a rule on the body of a guide.
#[track_caller]
fn body(code: &str, wrong: &str, right: &str) {
    finds(code, &[(PAGE, &guide("", wrong))], &[(PAGE, &guide("", right))]);
}

#[test]
fn a_link_must_say_where_it_leads() {
    let right = "Read [about help](/glossary/), or [[guides/help]], or <mailto:a@example.org>.";
    body("link-text", "For help [click here](/glossary/).", right);
    body("link-text", "For help [](/glossary/).", right);
    body("link-text", "See [https://example.org/a](https://example.org/a).", right);
    body("link-text", "See <https://example.org/a>.", "See `https://example.org/a`.");
}

#[test]
fn a_heading_must_not_leave_out_a_level() {
    body("heading-order", "## One\n\n#### Two", "## One\n\n### Two\n\n#### Three\n\n## Four");
    body("heading-order", "### First", "## First");
}

#[test]
fn a_short_form_must_be_explained() {
    let right = "Ask the SENCo about ASD, KS1 and Part IV. `XYZ` is code. The EP (educational \
                 psychologist) comes. The team for reading (TFR) helps; ask TFR.";
    body("unexplained-acronym", "Ask the QXZ.", right);
    let said = told(&[(PAGE, &guide("", "Ask the QXZ. Then ask the QXZs."))]);
    assert!(said.contains("Ask the QXZ.") && said.contains("        ^^^"), "{said}");
    let polish = guide("translated_from: 2026-09-01\ntranslation: reviewed\n", "To jest QXZ.");
    let files = [(PAGE, guide("", "Help.")), ("london/guides/help.pl.md", polish)];
    let said = told(&[(files[0].0, &files[0].1), (files[1].0, &files[1].1)]);
    assert_eq!(count(&said, "unexplained-acronym", "help.pl.md"), 0);
}

#[test]
fn a_long_sentence_is_told_as_advice() {
    let long = format!("We {} help.", "very ".repeat(26));
    let list = "- We help.\n".repeat(30);
    body("long-sentence", &long, &list);
    assert!(told(&[(PAGE, &guide("", &long))]).contains("advice[long-sentence]"));
}

#[test]
fn a_word_with_a_plainer_one_is_told() {
    body("plain-words", "We utilise a timetable.", "We use it for the unutilised. `utilise`");
}

#[test]
fn what_somebody_left_to_be_written_is_told_where_it_stands() {
    let right = "A plan has to be written within 20 weeks. The law asks the council to supply it. \
                 `TODO` is code. TODOs, TBCs and A_TBD are other words. A todo list helps. \
                 The *TBCX* is a form. To be confirmed as a member, ask.";
    let right = right.replace("To be confirmed as", "To be known as");
    for wrong in [
        "To be written.",
        "**Council to supply:** whom to ask.",
        "Ring us on TBC.",
        "- TODO write about lunch",
        "Lorem ipsum dolor sit amet.",
        "Dates: to follow (TBD).",
        "The time is: To be confirmed",
    ] {
        body("unfinished", wrong, &right);
    }
    let said = told(&[(PAGE, &guide("", "Ask *Ann*. Ring TBC."))]);
    assert!(said.contains("advice[unfinished]: “TBC”"), "{said}");
    assert!(!said.contains("unexplained-acronym"), "{said}");
    assert!(said.contains("Ring TBC.") && said.contains("                ^^^"), "{said}");
}

#[test]
fn fields_that_were_left_to_be_written_are_told_too() {
    let summary = |words: &str| guide("", "Help.").replace("What help there is.", words);
    finds(
        "unfinished",
        &[(PAGE, &summary("To be written"))],
        &[(PAGE, &summary("The to-do list."))],
    );
    let service = |name: &str| {
        reviewed("Help", &format!("does: Help\ncontact: {{role: {name}, text: 'Line one'}}\n"))
    };
    let path = "london/services/help.md";
    finds("unfinished", &[(path, &service("TBC"))], &[(path, &service("SENCo"))]);
    let file = "boroughs/barnet/borough.yaml";
    let borough = |website: &str| {
        format!(
            "official_name: London Borough of Barnet\nname: Barnet\nons_code: E09000003\n\
             contacts: [{{name: {website}}}]\n# Council to supply: a comment is no field.\n"
        )
    };
    finds("unfinished", &[(file, &borough("TBC"))], &[(file, &borough("SEND team"))]);
    // Folded over two lines in the file.
    let folded = summary("What help there is. To be\n  confirmed");
    assert_eq!(count(&told(&[(PAGE, &folded)]), "unfinished", PAGE), 1);
}

#[test]
fn a_draft_and_a_page_that_says_why_may_be_unfinished() {
    for more in
        ["draft: true\n", "allow: [{rule: unfinished, because: TBC is the name of a form}]\n"]
    {
        let said = told(&[(PAGE, &guide(more, "The form TBC."))]);
        assert!(!said.contains("unfinished") && !said.contains("unused-allow"), "{said}");
    }
}

#[test]
fn a_page_for_parents_must_be_easy_to_read() {
    let audiences = (
        "vocabulary/audiences.yaml",
        "- {id: parents, title: Parents, reading_age: 11}\n- {id: schools, title: Schools}\n",
    );
    let hard = "Multidisciplinary consideration of individual circumstances necessitates \
                comprehensive documentation. "
        .repeat(8);
    let easy =
        "The school helps your child. You can ask for more. They will talk with you. ".repeat(8);
    let for_parents = |text: &str| guide("audiences: parents\n", text);
    let for_schools = guide("audiences: schools\n", &hard);
    finds(
        "reading-age",
        &[(PAGE, &for_parents(&hard)), audiences],
        &[(PAGE, &for_parents(&easy)), audiences],
    );
    let said = told(&[(PAGE, &for_schools), audiences]);
    assert_eq!(count(&said, "reading-age", PAGE), 0, "{said}");
    let said = told(&[(PAGE, &for_parents(&hard)), audiences]);
    assert!(said.contains("the hardest sentences are: “Multidisciplinary"), "{said}");
}

#[test]
fn a_body_that_is_gone_must_not_be_named_as_if_it_existed() {
    let right = "The clinical commissioning group has since been abolished.";
    body("abolished-body", "Ask the Clinical Commissioning Group.", right);
    body("abolished-body", "Ask the Regional Schools Commissioner.", "Ask the council.");
}

#[test]
fn a_place_in_the_front_matter_is_shown_with_its_caret() {
    let page = guide("", "Help.").replace("What help there is.", "\"We utilise it.\"");
    let said = check(&with(&[(PAGE, &page)]), &[]).err;
    assert!(said.contains(r#"3 | summary: "We utilise it.""#), "{said}");
    assert!(said.contains("  |              ^^^^^^^"), "{said}");
}

#[test]
fn a_link_that_leads_nowhere_is_told_once_for_all_boroughs() {
    let page = guide("", "See [words](../services/nowhere.md) and [part](#nothing).");
    let run = check(&with(&[(PAGE, &page)]), &[]);
    assert_eq!(run.status, 1);
    assert_eq!(count(&run.err, "broken-link", PAGE), 1, "{}", run.err);
    assert_eq!(count(&run.err, "broken-anchor", PAGE), 1, "{}", run.err);
}
