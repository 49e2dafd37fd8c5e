//! Places and training as tables for spreadsheets.

use crate::content::kinds::{Kind, Payload};
use crate::content::tables::to_csv;
use crate::page::maker::Maker;
use crate::site::catalogue::Line;
use crate::site::place::Home;

/// The columns that both have, at the end.
const SHARED: [&str; 6] = ["needs", "ages", "from", "reviewed", "review_by", "address"];

/// Every place, with what its page says of it.
pub fn places(maker: &Maker<'_>) -> Vec<u8> {
    let own = [
        "title",
        "summary",
        "school",
        "type",
        "places",
        "street",
        "postcode",
        "latitude",
        "longitude",
        "commissioned",
        "admission",
    ];
    let mut rows = vec![headings(&own)];
    for line in maker.place.catalogue.of_kind(Kind::Place).iter() {
        let maker = of_line(maker, line);
        let Payload::Place(place) = line.home.entry.payload() else { continue };
        let common = line.home.entry.common();
        let kind = place.place_type.word();
        let kind_in_words = maker.word(&format!("fact_value.place-type.{kind}"));
        let text = |text: &Option<String>| maker.some_text(text.as_ref()).unwrap_or_default();
        let degrees = |degrees: Option<f64>| degrees.map(|d| d.to_string()).unwrap_or_default();
        let mut row = vec![
            maker.text(&common.title),
            maker.text(&common.summary),
            text(&place.school),
            if kind_in_words.is_empty() { kind } else { kind_in_words }.to_owned(),
            place.places.map(|places| places.to_string()).unwrap_or_default(),
            text(&place.address),
            text(&place.postcode),
            degrees(place.latitude),
            degrees(place.longitude),
            text(&place.commissioned),
            text(&place.admission),
        ];
        row.extend(shared(&maker, &line.home));
        rows.push(row);
    }
    to_csv(&rows)
}

/// Every session of training in a row of its own; training without one has one row.
pub fn training(maker: &Maker<'_>) -> Vec<u8> {
    let own = [
        "title",
        "summary",
        "start",
        "end",
        "place",
        "places_left",
        "provider",
        "offer",
        "cost",
        "format",
        "duration",
        "for",
        "areas",
        "book_url",
        "book_email",
    ];
    let mut rows = vec![headings(&own)];
    for line in maker.place.catalogue.of_kind(Kind::Training).iter() {
        let maker = of_line(maker, line);
        let Payload::Training(training) = line.home.entry.payload() else { continue };
        let common = line.home.entry.common();
        let text = |text: &Option<String>| maker.some_text(text.as_ref()).unwrap_or_default();
        let roles = &maker.place.model.project.vocabulary.roles;
        let roles = maker.titles(roles, training.for_roles.iter().map(|role| role.slug()));
        let offer = training.offer.map(|offer| maker.word(&format!("offer.{}", offer.word())));
        let book = training.book.as_ref();
        let sessions: Vec<[String; 4]> = match training.sessions.is_empty() {
            true => vec![Default::default()],
            false => training
                .sessions
                .iter()
                .map(|session| {
                    let moment =
                        |at: jiff::civil::DateTime| at.strftime("%Y-%m-%d %H:%M").to_string();
                    let left = session.places_left.map(|left| left.to_string());
                    [
                        moment(session.start),
                        session.end.map(moment).unwrap_or_default(),
                        text(&session.place),
                        left.unwrap_or_default(),
                    ]
                })
                .collect(),
        };
        for session in sessions {
            let mut row = vec![maker.text(&common.title), maker.text(&common.summary)];
            row.extend(session);
            row.extend([
                text(&training.provider),
                offer.unwrap_or_default().to_owned(),
                text(&training.cost),
                text(&training.format),
                text(&training.duration),
                roles.join("; "),
                training.areas.join("; "),
                book.and_then(|book| book.url.clone()).unwrap_or_default(),
                book.and_then(|book| book.email.clone()).unwrap_or_default(),
            ]);
            row.extend(shared(&maker, &line.home));
            rows.push(row);
        }
    }
    to_csv(&rows)
}

fn headings(own: &[&str]) -> Vec<String> {
    own.iter().chain(&SHARED).map(|heading| (*heading).to_owned()).collect()
}

/// A line is told as its own scope tells it.
fn of_line<'a>(maker: &Maker<'a>, line: &Line) -> Maker<'a> {
    let scope = maker.place.scopes.get(line.scope).map_or(maker.scope, AsRef::as_ref);
    maker.in_scope(scope)
}

fn shared(maker: &Maker<'_>, home: &Home) -> [String; 6] {
    let common = home.entry.common();
    let vocabulary = &maker.place.model.project.vocabulary;
    let needs = vocabulary.needs.iter().filter(|need| common.needs.contains(&need.id));
    let needs: Vec<&str> = needs.map(|need| need.item.title.as_str()).collect();
    let phases = maker.titles(&vocabulary.phases, common.phases.iter().map(|id| id.slug()));
    let from = maker.from(&home.entry);
    let from = match from.name.is_empty() {
        true => maker.word("from.london").to_owned(),
        false => from.name,
    };
    let path = home.url.as_str();
    [
        needs.join("; "),
        phases.join("; "),
        from,
        common.reviewed.map(|date| date.to_string()).unwrap_or_default(),
        common.review_by.map(|date| date.to_string()).unwrap_or_default(),
        maker.place.base_url.as_ref().map_or_else(|| path.to_owned(), |base| base.join(path)),
    ]
}
