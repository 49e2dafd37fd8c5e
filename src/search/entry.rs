//! An entry as a document: every word that its page shows, by the weight that it has there.

use super::document::Document;
use crate::content::common::{Common, Fields};
use crate::content::kinds::Payload;
use crate::content::kinds::directory::{Place, Service};
use crate::content::kinds::meeting::Meeting;
use crate::content::kinds::provision::Provision;
use crate::content::kinds::reading::{Data, Feedback, Practice};
use crate::content::kinds::training::Training;
use crate::content::markdown::Body;

/// What a title or a sentence leaves open for the borough's name: nothing that anybody searches
/// by on the borough's own site.
const BOROUGH: &str = "{borough}";

/// The document of an entry or of a version of it: its fields, and its body with the `text` that
/// stands for it. `names` are further names of what it is about. `stands_behind` says that a need's
/// page stands before it: that page has its title and its keywords, and who types them wants that
/// page first.
pub(super) fn document<'a>(
    fields: &Fields,
    (body, text): (&Body, String),
    names: impl Iterator<Item = &'a str>,
    stands_behind: bool,
) -> Document {
    let Common { title, summary, keywords, owner, sources, .. } = &fields.common;
    let mut document = Document {
        title: without_borough(title),
        headings: body.anchors.iter().map(|anchor| without_borough(&anchor.words)).collect(),
        keywords: keywords.clone(),
        body: vec![without_borough(summary), text],
        is_need: false,
    };
    if stands_behind {
        document.keywords.clear();
        document.headings.push(std::mem::take(&mut document.title));
    }
    document.body.extend(names.map(str::to_owned));
    document.body.extend(owner.clone());
    document.body.extend(sources.iter().map(|source| source.title.clone()));
    document.payload(&fields.payload);
    document
}

fn without_borough(text: &str) -> String {
    // Nearly all texts are told by this one byte.
    if text.contains('{') { text.replace(BOROUGH, "") } else { text.to_owned() }
}

impl Document {
    fn says<'a>(&mut self, texts: impl IntoIterator<Item = &'a String>) {
        self.body.extend(texts.into_iter().map(|text| without_borough(text)));
    }

    fn heads<'a>(&mut self, texts: impl IntoIterator<Item = &'a String>) {
        self.headings.extend(texts.into_iter().map(|text| without_borough(text)));
    }

    fn payload(&mut self, payload: &Payload) {
        match payload {
            Payload::Welcome | Payload::News(_) => {}
            Payload::Provision(provision) => self.provision(provision),
            Payload::Guide(guide) => {
                for step in &guide.steps {
                    self.says([&step.title]);
                    self.says(step.text.iter().chain(&step.who).chain(&step.when));
                }
            }
            Payload::Service(service) => self.service(service),
            Payload::Place(place) => self.place(place),
            Payload::Training(training) => self.training(training),
            Payload::Toolkit(toolkit) => {
                self.heads(toolkit.items.iter().map(|item| &item.title));
                self.says(&toolkit.coproduced_with);
            }
            Payload::Practice(practice) => {
                let Practice { school, what, why, result, strategies, .. } = practice.as_ref();
                self.heads(school);
                self.says(what.iter().chain(why).chain(result).chain(strategies));
            }
            Payload::Meeting(meeting) => {
                let Meeting { place, open_to, meets, .. } = meeting.as_ref();
                self.says(place.iter().chain(open_to));
                self.says(meets.iter().filter_map(|meets| meets.on.as_ref()));
            }
            Payload::Feedback(feedback) => {
                let Feedback { you_said, we_did, .. } = feedback.as_ref();
                self.says(std::iter::once(you_said).chain(we_did));
            }
            Payload::Data(data) => {
                let Data { columns, rows, caveat, .. } = data.as_ref();
                self.says(columns.iter().chain(rows.iter().flat_map(|row| &row.0)).chain(caveat));
            }
        }
    }

    fn provision(&mut self, provision: &Provision) {
        for expectation in &provision.expectations {
            self.says([&expectation.text]);
            self.says(&expectation.detail);
            self.says(expectation.law.iter().map(|law| &law.title));
            if let Some(indicators) = &expectation.indicators {
                self.says(indicators.green.iter().chain(&indicators.amber).chain(&indicators.red));
            }
        }
        self.says(provision.strategies.iter().map(|strategy| &strategy.title));
        self.says(provision.strategies.iter().filter_map(|strategy| strategy.text.as_ref()));
        self.says(&provision.presents_as);
        self.says(&provision.evidence);
        self.says(&provision.ask_the_school);
        self.says(&provision.parent_summary);
    }

    fn service(&mut self, service: &Service) {
        self.says(&service.does);
        self.says(&service.cost);
        if let Some(referral) = &service.referral {
            self.says(referral.route.iter().chain(&referral.threshold));
        }
        if let Some(contact) = &service.contact {
            self.says(contact.name.iter().chain(&contact.role).chain(&contact.hours));
        }
    }

    fn place(&mut self, place: &Place) {
        self.heads(&place.school);
        self.keywords.push(place.place_type.word().replace('-', " "));
        self.says(place.address.iter().chain(&place.postcode));
        self.says(place.commissioned.iter().chain(&place.admission));
    }

    fn training(&mut self, training: &Training) {
        self.keywords.extend(training.areas.iter().cloned());
        let Training { provider, format, duration, cost, .. } = training;
        self.says(provider.iter().chain(format).chain(duration).chain(cost));
        self.says(training.sessions.iter().filter_map(|session| session.place.as_ref()));
    }
}
