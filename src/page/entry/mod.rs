//! The page of one entry, of any kind: what the kind does not have is empty.

mod view;

pub use view::*;

use crate::content::common::{Common, Fields};
use crate::content::kinds::directory::{Area, Place, Service};
use crate::content::kinds::meeting::{Meeting, Meets};
use crate::content::kinds::provision::Provision;
use crate::content::kinds::reading::Guide;
use crate::content::kinds::training::{Booking, Toolkit, Training};
use crate::content::kinds::{Kind, Payload};
use crate::content::markdown::Body;
use crate::content::vocabulary::find;
use crate::page::body::{self, Filled};
use crate::page::diary;
use crate::page::expectations::{self, Filter};
use crate::page::maker::{Maker, contact};
use crate::page::need::{ask_steps, asked};
use crate::page::parts::{ContactView, GroupView, LinkView};
use crate::page::places::map;
use crate::path::UrlPath;
use crate::site::catalogue::Line;
use crate::site::links::Target;
use crate::site::model::Version;
use crate::site::place::Home;

/// How many related entries of a kind an entry's page shows.
const RELATED: usize = 3;

/// The page of an entry, or of a version of it.
pub fn view(
    maker: &Maker<'_>,
    home: &Home,
    version: Option<(&Version, Option<&str>)>,
) -> EntryView {
    let entry = &home.entry;
    let (fields, text): (&Fields, &Body) = match version {
        Some((version, _)) => (&version.fields, &version.body),
        None => (&entry.fields, &entry.body),
    };
    let common = &fields.common;
    let filled = body::fill(maker, &entry.id, text);
    let intro = filled.intro;
    let mut view = EntryView {
        kind: match entry.id.kind {
            Kind::Welcome => Kind::Welcome.name(),
            kind => kind.folder(),
        },
        title: maker.text(&common.title),
        summary: maker.text(&common.summary),
        trust: maker.trust(home),
        toc: toc(&filled),
        intro: Vec::new(),
        body: filled.blocks,
        facts: facts(maker, common),
        map: None,
        needs: need_links(maker, common),
        signs: Vec::new(),
        questions: Vec::new(),
        evidence: Vec::new(),
        strategies: Vec::new(),
        parent_summary: None,
        tiers: Vec::new(),
        ask: Vec::new(),
        steps: Vec::new(),
        does: Vec::new(),
        contact: None,
        referral: None,
        items: Vec::new(),
        sessions: Vec::new(),
        book: None,
        meets: None,
        story: Vec::new(),
        chart: None,
        feedback: None,
        date: None,
        related: related(maker, home),
        source: maker.source(entry),
        version: version.map(|(version, language)| VersionView {
            language: language.map(str::to_owned),
            easy_read: language.is_none(),
            machine_draft: version.pages.last().and_then(|page| page.part.translation)
                == Some(crate::content::common::TranslationState::MachineDraft),
            english_body: language.is_some()
                && version.pages.iter().all(|page| page.body.pieces.is_empty()),
            outdated: version.outdated,
            original: maker.href(&home.url),
        }),
    };
    if let Some(VersionView { language: Some(current), .. }) = &view.version {
        view.trust.languages.retain(|language| language.code != *current);
    }
    if view.version.as_ref().is_some_and(|version| version.easy_read) {
        view.trust.easy_read = None;
        view.related.clear();
    }
    view.add_payload(maker, home, &fields.payload);
    if !view.steps.is_empty() {
        let rest = view.body.split_off(intro);
        view.intro = std::mem::replace(&mut view.body, rest);
    }
    view
}

impl EntryView {
    fn add_payload(&mut self, maker: &Maker<'_>, home: &Home, payload: &Payload) {
        match payload {
            Payload::Welcome => {}
            Payload::Provision(provision) => self.add_provision(maker, home, provision),
            Payload::Guide(guide) => self.steps = steps(maker, guide),
            Payload::Service(service) => self.add_service(maker, home, service),
            Payload::Place(place) => self.add_place(maker, place),
            Payload::Training(training) => self.add_training(maker, training),
            Payload::Toolkit(toolkit) => self.add_toolkit(maker, home, toolkit),
            Payload::Practice(practice) => {
                let parts = [
                    ("what", &practice.what),
                    ("why", &practice.why),
                    ("result", &practice.result),
                ];
                let told = parts.into_iter().filter_map(|(key, text)| {
                    Some(StoryView { key, text: maker.some_text(text.as_ref())? })
                });
                self.story = told.collect();
                self.fact("school", practice.school.iter().map(|school| plain(school)).collect());
                let borough = practice.borough.as_ref().map(|id| borough_link(maker, id.slug()));
                self.fact("borough", borough.into_iter().collect());
                let strategies = practice.strategies.iter().map(|text| plain(text)).collect();
                self.fact("strategies", strategies);
            }
            Payload::Meeting(meeting) => self.add_meeting(maker, meeting),
            Payload::News(news) => self.date = Some(news.date.to_string()),
            Payload::Feedback(feedback) => {
                self.date = Some(feedback.date.to_string());
                self.feedback = Some(FeedbackView {
                    you_said: maker.text(&feedback.you_said),
                    we_did: maker.some_text(feedback.we_did.as_ref()),
                    status: feedback.status.map(|status| status.word()),
                });
            }
            Payload::Data(data) => {
                self.chart = Some(body::chart(maker, self.title.clone(), data));
            }
        }
    }

    fn fact(&mut self, key: &'static str, values: Vec<LinkView>) {
        if !values.is_empty() {
            self.facts.push(FactView { key, values });
        }
    }

    fn add_provision(&mut self, maker: &Maker<'_>, home: &Home, provision: &Provision) {
        self.signs = maker.texts(&provision.presents_as);
        self.questions = maker.texts(&provision.ask_the_school);
        self.evidence = maker.texts(&provision.evidence);
        self.strategies = crate::page::need::strategies(maker, provision, "");
        self.parent_summary = maker.some_text(provision.parent_summary.as_ref());
        let entry = std::iter::once((home, provision));
        self.tiers = expectations::tiers(maker, entry, &Filter::default(), false);
        self.ask = ask_steps(maker, &[provision]);
    }

    fn add_service(&mut self, maker: &Maker<'_>, home: &Home, service: &Service) {
        self.does = maker.texts(&service.does);
        let mut reach = ContactView { summary: None, ..maker.service_contact(home) };
        if reach.title == self.title {
            // The heading of the page says it already.
            reach.title.clear();
        }
        self.contact = Some(reach);
        self.referral = service.referral.as_ref().map(|referral| ReferralView {
            route: maker.some_text(referral.route.as_ref()),
            threshold: maker.texts(&referral.threshold),
            form: referral.form.as_ref().and_then(|form| {
                let outside = form.value.contains("://").then(|| form.value.clone());
                let target = || maker.finder().file(&home.entry.id, &form.value);
                let href = outside.or_else(|| maker.target_href(&target()))?;
                Some(LinkView { title: String::new(), href })
            }),
        });
        let covers = service.covers.iter().map(|area| match area {
            Area::Borough(id) => borough_link(maker, id.slug()),
            Area::Named(name) => plain(name),
        });
        self.fact("covers", covers.collect());
        self.fact("cost", service.cost.iter().map(|cost| plain(cost)).collect());
    }

    fn add_place(&mut self, maker: &Maker<'_>, place: &Place) {
        let one = |text: &Option<String>| -> Vec<LinkView> {
            maker.some_text(text.as_ref()).iter().map(|text| plain(text)).collect()
        };
        self.fact("place-type", vec![plain(place.place_type.word())]);
        self.fact("school", one(&place.school));
        self.fact("places", place.places.iter().map(|n| plain(&n.to_string())).collect());
        let address: Vec<&str> =
            [&place.address, &place.postcode].into_iter().flatten().map(String::as_str).collect();
        let address = (!address.is_empty()).then(|| plain(&address.join(", ")));
        self.fact("address", address.into_iter().collect());
        self.map = map::elsewhere(place);
        self.fact("commissioned", one(&place.commissioned));
        self.fact("admission", one(&place.admission));
    }

    fn add_training(&mut self, maker: &Maker<'_>, training: &Training) {
        let one = |text: &Option<String>| -> Vec<LinkView> {
            maker.some_text(text.as_ref()).iter().map(|text| plain(text)).collect()
        };
        self.fact("offer", training.offer.iter().map(|offer| plain(offer.word())).collect());
        self.fact("areas", training.areas.iter().map(|area| plain(area)).collect());
        let roles = &maker.place.model.project.vocabulary.roles;
        let roles = maker.titles(roles, training.for_roles.iter().map(|role| role.slug()));
        self.fact("for-roles", roles.iter().map(|role| plain(role)).collect());
        self.fact("provider", one(&training.provider));
        self.fact("format", one(&training.format));
        self.fact("duration", one(&training.duration));
        self.fact("cost", one(&training.cost));
        let cascade = training.cascade == Some(true);
        self.fact("cascade", cascade.then(|| plain("")).into_iter().collect());
        self.sessions = diary::of_training(training).map(|(_, session)| session).collect();
        self.book = training.book.as_ref().map(book);
    }

    fn add_meeting(&mut self, maker: &Maker<'_>, meeting: &Meeting) {
        self.sessions =
            diary::of_meeting(meeting).map(|(_, session)| session).into_iter().collect();
        self.meets = meeting.meets.as_ref().map(meets);
        let one = |text: &Option<String>| -> Vec<LinkView> {
            maker.some_text(text.as_ref()).iter().map(|text| plain(text)).collect()
        };
        self.fact("open-to", one(&meeting.open_to));
        if meeting.start.is_none() {
            self.fact("place", one(&meeting.place));
        }
        self.book = meeting.book.as_ref().map(book);
    }

    fn add_toolkit(&mut self, maker: &Maker<'_>, home: &Home, toolkit: &Toolkit) {
        let made_with = toolkit.coproduced_with.iter().map(|with| plain(with)).collect();
        self.fact("coproduced-with", made_with);
        for item in &toolkit.items {
            let target =
                item.file.as_ref().map(|file| maker.finder().file(&home.entry.id, &file.value));
            let (size, format) = match &target {
                Some(Target::File(_, file, path)) => {
                    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_uppercase());
                    (Some(size_in_words(file.loaded.bytes().len())), ending)
                }
                _ => (None, None),
            };
            let href = target
                .as_ref()
                .and_then(|target| maker.target_href(target))
                .or_else(|| item.url.clone());
            self.items.push(ItemView {
                anchor: item.id.to_string(),
                title: maker.text(&item.title),
                href: href.unwrap_or_default(),
                format,
                size,
                purpose: item.purpose.map(|purpose| purpose.word()),
            });
        }
    }
}

fn plain(text: &str) -> LinkView {
    LinkView { title: text.to_owned(), href: String::new() }
}

/// A borough's name, linked to its section in the hub.
fn borough_link(maker: &Maker<'_>, slug: &crate::path::Slug) -> LinkView {
    let boroughs = &maker.place.model.project.boroughs;
    let name = boroughs.get(slug).map_or_else(|| slug.to_string(), |b| b.file.name.clone());
    let url = UrlPath::new(&format!("boroughs/{slug}/"));
    let href = maker.routes.get(&url).map(|_| maker.href(&url));
    LinkView { title: name, href: href.unwrap_or_default() }
}

fn book(booking: &Booking) -> BookView {
    BookView { url: booking.url.clone(), email: booking.email.clone() }
}

fn meets(meets: &Meets) -> MeetsView {
    let clock = |time: jiff::civil::Time| format!("{:02}:{:02}", time.hour(), time.minute());
    MeetsView {
        every: meets.every.word(),
        on: meets.on.clone(),
        time: meets.time.map(|time| format!("{}–{}", clock(time.start), clock(time.end))),
        from: meets.from.map(|date| date.to_string()),
        until: meets.until.map(|date| date.to_string()),
    }
}

fn size_in_words(bytes: usize) -> String {
    match bytes {
        0..1_000_000 => format!("{} KB", bytes.div_ceil(1000)),
        _ => format!("{} MB", bytes.div_ceil(1_000_000)),
    }
}

fn steps(maker: &Maker<'_>, guide: &Guide) -> Vec<StepView> {
    let step = |step: &crate::content::kinds::reading::Step| StepView {
        anchor: step.id.to_string(),
        title: maker.text(&step.title),
        text: maker.some_text(step.text.as_ref()),
        who: maker.some_text(step.who.as_ref()),
        when: maker.some_text(step.when.as_ref()),
    };
    guide.steps.iter().map(step).collect()
}

fn toc(filled: &Filled) -> Vec<LinkView> {
    let second = filled.headings.iter().filter(|heading| heading.level == 2);
    second
        .map(|heading| LinkView {
            title: heading.words.clone(),
            href: format!("#{}", heading.anchor),
        })
        .collect()
}

fn facts(maker: &Maker<'_>, common: &Common) -> Vec<FactView> {
    let vocabulary = &maker.place.model.project.vocabulary;
    let mut facts = Vec::new();
    let phases = common.phases.iter().filter_map(|id| find(&vocabulary.phases, id.slug()));
    let phases = phases.map(|phase| LinkView {
        title: phase.title.clone(),
        href: maker.href(&UrlPath::new(&format!("ages/{}/", phase.id))),
    });
    let phases: Vec<LinkView> = phases.collect();
    if !phases.is_empty() {
        facts.push(FactView { key: "phases", values: phases });
    }
    facts
}

fn need_links(maker: &Maker<'_>, common: &Common) -> Vec<LinkView> {
    let needs = &maker.place.model.project.vocabulary.needs;
    let named = common.needs.iter().filter_map(|id| needs.iter().find(|need| need.id == *id));
    named
        .map(|need| LinkView {
            title: need.item.plain().to_owned(),
            href: maker.href(&UrlPath::new(&format!("needs/{}/", need.id.as_str()))),
        })
        .collect()
}

/// A few other entries about the same needs, by kind, but for services that the page says to ask.
fn related(maker: &Maker<'_>, home: &Home) -> Vec<GroupView> {
    let needs = &home.entry.common().needs;
    let asked = match home.entry.payload() {
        Payload::Provision(provision) => asked(maker, &[provision]),
        _ => Vec::new(),
    };
    crate::page::list::groups_by_kind(maker, Kind::listed(), |kind| {
        let mut lines: Vec<&Line> = Vec::new();
        for need in needs {
            // More than are shown, in case the entry itself and services to ask are among them.
            let most = RELATED + 1 + asked.len();
            for line in maker.place.catalogue.about(need.slug(), kind).iter().take(most) {
                let shown = lines.iter().any(|known| known.home.url == line.home.url)
                    || asked.iter().any(|known| known.url == line.home.url);
                if !shown && line.home.entry.id != home.entry.id {
                    lines.push(line);
                }
            }
        }
        lines.truncate(RELATED);
        (lines, 0)
    })
}

/// The contact of a borough or partner that stands under no service.
pub fn loose_contact(contact_data: &crate::content::kinds::directory::Contact) -> ContactView {
    contact(Some(contact_data), String::new())
}
