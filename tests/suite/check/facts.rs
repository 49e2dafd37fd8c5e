//! Rules about what a page must say: owner, source, contact, whom to ask, files.

use super::{finds, guide, told};
use crate::support::{provision, reviewed};

const PLACE: &str = "boroughs/barnet/places/base.md";
const SERVICE: &str = "boroughs/barnet/services/outreach.md";

fn place(more: &str) -> String {
    format!("---\ntitle: A base\nsummary: A base in a school.\ntype: arp\n{more}---\n")
}

#[test]
fn a_page_must_have_an_owner_and_a_source() {
    let right = place("owner: SEND team\nsources: [{title: A list, date: 2026}]\n");
    finds("no-owner", &[(PLACE, &place(""))], &[(PLACE, &right)]);
    finds("no-source", &[(PLACE, &place("owner: SEND team\n"))], &[(PLACE, &right)]);
    let news = "---\ntitle: News\nsummary: Something new.\ndate: 2026-11-01\n---\n";
    let said = told(&[("boroughs/barnet/news/one.md", news)]);
    assert!(!said.contains("no-owner") && !said.contains("no-source"), "{said}");
}

#[test]
fn a_boroughs_service_must_be_reached_and_a_shared_one_need_not() {
    let page = |more: &str| reviewed("Outreach", more);
    let right = page("contact: {email: a@example.org}\n");
    finds("no-contact", &[(SERVICE, &page("contact: {name: Team}\n"))], &[(SERVICE, &right)]);
    assert!(!told(&[("london/services/outreach.md", &page(""))]).contains("no-contact"));
}

#[test]
fn provision_about_a_need_must_say_whom_to_ask() {
    let page = "london/provision/autism.md";
    let service = ("london/services/outreach.md", reviewed("Outreach", ""));
    let right = provision("Autism", "ask_next: [outreach]\n");
    let whole_school = provision("Autism", "").replace("needs: [autism]\n", "");
    finds(
        "no-one-to-ask",
        &[(page, &provision("Autism", "")), (service.0, &service.1)],
        &[(page, &right), (service.0, &service.1)],
    );
    assert!(!told(&[(page, &whole_school)]).contains("no-one-to-ask"));
}

#[test]
fn contacts_that_cannot_be_right_are_told() {
    let page = |contact: &str| reviewed("Outreach", &format!("contact: {{{contact}}}\n"));
    for (code, wrong, right) in [
        ("wrong-phone", "phone: 020 7946 00", "phone: 020 7946 0000"),
        (
            "wrong-phone",
            "phones: [{label: Day, number: 0207}]",
            "phones: [{label: Day, number: 0800 111 999}]",
        ),
        ("wrong-email", "email: send at example.org", "email: send@example.org"),
    ] {
        finds(code, &[(SERVICE, &page(wrong))], &[(SERVICE, &page(right))]);
    }
    finds(
        "wrong-postcode",
        &[(PLACE, &place("postcode: NW4\n"))],
        &[(PLACE, &place("postcode: NW4 4BG\n"))],
    );
}

#[test]
fn contacts_in_running_text_are_looked_at_too() {
    let path = "london/guides/help.md";
    for (code, wrong, right) in [
        ("wrong-phone", "Ring 020 7946 00.", "Ring 020 7946 0000, from 0900-1700 or in 2019-2020."),
        ("wrong-phone", "[Ring us](tel:02079460)", "[Ring us](tel:+442079460000)"),
        ("wrong-phone", "Ring **01632 960**, then 1.", "In 0.05 of 1 000 000 schools, 05 in all."),
        ("wrong-email", "Write to send@barnet.", "Write to <send@barnet.example.org>, or ask @us."),
        ("wrong-email", "[Write](mailto:send@barnet)", "[Write](mailto:a@b.org,c@d.org?subject=x)"),
        ("wrong-postcode", "At NW4 4B6, ground floor.", "At NW4 4BG, in KS1 KS2 or class 1ST."),
    ] {
        finds(code, &[(path, &guide("", wrong))], &[(path, &guide("", right))]);
    }
    let said = told(&[(path, &guide("", "Ring us on\n020 7946 00 now."))]);
    assert!(said.contains("   |\n10 | 020 7946 00 now.\n   | ^^^^^^^^^^^"), "{said}");
}

#[test]
fn a_boroughs_own_file_is_looked_at_as_well() {
    let borough = |contact: &str, colour: &str| {
        format!(
            "official_name: London Borough of Barnet\nname: Barnet\nons_code: E09000003\n\
             contacts: [{{phone: {contact}}}]\nbrand: {{colour: \"{colour}\"}}\n"
        )
    };
    let file = "boroughs/barnet/borough.yaml";
    let right = borough("020 7946 0000", "#00566b");
    finds("wrong-phone", &[(file, &borough("12", "#00566b"))], &[(file, &right)]);
    finds("brand-contrast", &[(file, &borough("020 7946 0000", "#ffcc00"))], &[(file, &right)]);
}

#[test]
fn a_fact_of_2019_must_carry_its_year() {
    let source = "sources: [{title: Inclusive practice, date: 2019-06}]\n";
    let page = |summary: &str, sources: &str| {
        let page = reviewed("Outreach", &format!("{sources}contact: {{phone: 020 7946 0000}}\n"));
        page.replace("About Outreach.", summary)
    };
    let wrong = page("There are 19 people.", source);
    let right = page("In June 2019 there were 19 people.", source);
    finds("undated-fact", &[(SERVICE, &wrong)], &[(SERVICE, &right)]);
    let newer = page("There are 19 people.", "sources: [{title: A list, date: 2026}]\n");
    finds("undated-fact", &[(SERVICE, &wrong)], &[(SERVICE, &newer)]);
}

#[test]
fn a_page_for_families_should_have_an_easy_read_version() {
    let audiences = (
        "vocabulary/audiences.yaml",
        "- {id: parents, title: Parents, reading_age: 11}\n- {id: schools, title: Schools}\n",
    );
    let path = "london/guides/help.md";
    let page = guide("audiences: parents\n", "Help.");
    let easy = "---\ntitle: Help\n---\nWe help.\n";
    finds(
        "no-easy-read",
        &[(path, &page), audiences],
        &[(path, &page), audiences, ("london/guides/help.easy-read.md", easy)],
    );
    let for_schools = guide("audiences: schools\n", "Help.");
    assert!(!told(&[(path, &for_schools), audiences]).contains("no-easy-read"));
}

#[test]
fn files_that_are_too_large_or_lead_nowhere_are_told() {
    let path = "london/files/plan.svg";
    let page = ("london/guides/help.md", guide("", "![A plan](../files/plan.svg)"));
    let svg = |more: usize| format!("<svg viewBox=\"0 0 9 9\">{}</svg>", " ".repeat(more));
    finds(
        "large-image",
        &[(path, &svg(300_001)), (page.0, &page.1)],
        &[(path, &svg(10)), (page.0, &page.1)],
    );
    finds("unused-file", &[(path, &svg(10))], &[(path, &svg(10)), (page.0, &page.1)]);
}
