//! What home pages and lists tell of dates and numbers.

use scraper::{Html, Selector};

use super::support::{page, reviewed, with};

/// The texts of what a selector finds, each as one line.
fn texts(html: &str, selector: &str) -> Vec<String> {
    let document = Html::parse_document(html);
    let selector = Selector::parse(selector).unwrap();
    let line = |element: scraper::ElementRef<'_>| {
        element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    document.select(&selector).map(line).collect()
}

fn news(title: &str, date: &str) -> String {
    format!("---\ntitle: {title}\nsummary: About it.\ndate: {date}\n---\n")
}

#[test]
fn the_home_page_tells_what_changed_lately_newest_first_and_what_is_local_before_what_is_shared() {
    let guide = reviewed("A shared guide", "");
    let own = reviewed("Our guide", "");
    let (old, new) = (news("Old news", "2026-01-05"), news("Fresh news", "2026-11-01"));
    let files = with(&[
        ("london/guides/shared.md", &guide),
        ("boroughs/barnet/guides/own.md", &own),
        ("boroughs/barnet/news/old.md", &old),
        ("boroughs/barnet/news/new.md", &new),
    ]);
    let html = page(&files, "barnet", "index.html");
    assert_eq!(
        texts(&html, ".recent li"),
        [
            "1 November 2026Fresh news News, From Barnet",
            "1 September 2026Our guide Guide, From Barnet",
            "1 September 2026A shared guide Guide",
            "5 January 2026Old news News, From Barnet",
        ]
    );
}

#[test]
fn news_are_listed_newest_first() {
    let news = [("Apples", "2026-01-05"), ("Pears", "2026-10-01"), ("Plums", "2026-03-02")];
    let texts_of = news.map(|(title, date)| {
        (format!("boroughs/barnet/news/{}.md", title.to_lowercase()), self::news(title, date))
    });
    let files = texts_of.each_ref().map(|(path, text)| (path.as_str(), text.as_str()));
    let html = page(&with(&files), "barnet", "news/index.html");
    assert_eq!(texts(&html, "main h2 a, main h3 a"), ["Pears", "Plums", "Apples"]);
}

fn place(title: &str, needs: &str, more: &str) -> String {
    reviewed(title, &format!("needs: [{needs}]\ntype: arp\n{more}"))
}

#[test]
fn places_are_counted_by_need_where_there_are_several() {
    let one = place("One", "autism", "places: 12\n");
    let two = place("Two", "autism, hearing", "");
    let files = with(&[("boroughs/barnet/places/one.md", &one)]);
    let html = page(&files, "barnet", "places/index.html");
    assert!(texts(&html, ".bars li").is_empty(), "one place needs no figures");
    let files =
        with(&[("boroughs/barnet/places/one.md", &one), ("boroughs/barnet/places/two.md", &two)]);
    let html = page(&files, "barnet", "places/index.html");
    assert_eq!(texts(&html, ".bars li"), ["Autism2", "Hearing1"]);
    let rows = texts(&html, ".chart tbody tr");
    assert_eq!(rows, ["Autism122", "HearingNot published1"], "need, planned number, places");
}

#[test]
fn what_is_held_next_stands_first_and_what_is_over_is_left_out() {
    let course = reviewed(
        "Course",
        "sessions:\n- {start: 2027-02-09T13:00, end: 2027-02-09T16:00, place: A hall, places_left: 3}\n\
         - {start: 2026-01-12T09:30}\n",
    );
    let fair = reviewed("Fair", "start: 2027-01-05T10:00\n");
    let files =
        with(&[("london/training/course.md", &course), ("boroughs/barnet/events/fair.md", &fair)]);
    let dates = |path: &str| texts(&page(&files, "barnet", path), "ul.dates li");
    let course = "Course9 February 2027, 1pm to 4pmA hall 3 places left";
    assert_eq!(dates("training/index.html"), [course]);
    let home = dates("index.html");
    assert_eq!(home, ["Fair From Barnet5 January 2027, 10am", course]);
    assert!(dates("guides/index.html").is_empty());
}

#[test]
fn a_page_says_whom_to_tell_of_a_mistake() {
    let team = reviewed("SEN team", "");
    let borough = "official_name: London Borough of Barnet\nname: Barnet\nons_code: E09000003\n\
                   contacts: [{name: Team, email: sen@example.org}]\n";
    let guide = reviewed("Ask", "");
    let files = with(&[
        ("london/services/sen-team.md", &team),
        ("london/guides/a.md", &guide),
        ("boroughs/barnet/borough.yaml", borough),
    ]);
    let tell = |site: &str| {
        let html = page(&files, site, "guides/a/index.html");
        let document = Html::parse_document(&html);
        let selector = Selector::parse("#part-source a").unwrap();
        let link = document.select(&selector).next().unwrap();
        link.attr("href").unwrap().to_owned()
    };
    assert_eq!(tell("barnet"), "mailto:sen@example.org");
    assert_eq!(tell("kingston"), "../../services/sen-team/");
}

#[test]
fn a_place_of_the_borough_stands_once_on_its_home_page() {
    let unit = "---\ntitle: The Alder unit\nsummary: A unit.\nneeds: autism\ntype: arp\n---\n";
    let home = page(&with(&[("boroughs/barnet/places/a.md", unit)]), "barnet", "index.html");
    assert_eq!(home.matches("The Alder unit</a></h3>").count(), 1, "{home}");
}
