//! What the page of an entry shows, as plain data: what its kind does not have is empty.

use serde::Serialize;

use crate::page::diary::SessionView;
use crate::page::need::{AskStep, StrategyView};
use crate::page::parts::{
    BlockView, ChartView, ContactView, GroupView, LinkView, SourceView, TierView, TrustView,
};

/// One entry.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EntryView {
    /// Its kind's folder.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// Its summary.
    pub summary: String,
    /// Who says so and how fresh it is.
    pub trust: TrustView,
    /// What its text says before the first heading, where steps follow.
    pub intro: Vec<BlockView>,
    /// Its text.
    pub body: Vec<BlockView>,
    /// The parts of the page.
    pub toc: Vec<LinkView>,
    /// Short facts.
    pub facts: Vec<FactView>,
    /// A map of where it is, on another website.
    pub map: Option<String>,
    /// The needs it is about.
    pub needs: Vec<LinkView>,
    /// What an adult may see.
    pub signs: Vec<String>,
    /// Questions that parents can ask.
    pub questions: Vec<String>,
    /// What to keep as evidence.
    pub evidence: Vec<String>,
    /// Ways of helping.
    pub strategies: Vec<StrategyView>,
    /// The whole in short, for parents.
    pub parent_summary: Option<String>,
    /// What schools are expected to do.
    pub tiers: Vec<TierView>,
    /// Whom to ask next.
    pub ask: Vec<AskStep>,
    /// What to do, one step after the other.
    pub steps: Vec<StepView>,
    /// What a service does.
    pub does: Vec<String>,
    /// How to reach it.
    pub contact: Option<ContactView>,
    /// How to be referred.
    pub referral: Option<ReferralView>,
    /// Documents of a toolkit.
    pub items: Vec<ItemView>,
    /// Times of training and events.
    pub sessions: Vec<SessionView>,
    /// How to book.
    pub book: Option<BookView>,
    /// When a group meets again and again.
    pub meets: Option<MeetsView>,
    /// What a school does, why, and what came of it.
    pub story: Vec<StoryView>,
    /// Figures.
    pub chart: Option<ChartView>,
    /// You said, we did.
    pub feedback: Option<FeedbackView>,
    /// The day of news and feedback.
    pub date: Option<String>,
    /// Other entries about the same needs. Many pages have the same of them, so the theme renders
    /// each group once, apart from the page.
    #[serde(skip)]
    pub related: Vec<GroupView>,
    /// Where its words come from.
    pub source: SourceView,
    /// Which version this is, if it is not the entry itself.
    pub version: Option<VersionView>,
}

/// A short fact: its name's key, and words that may be links.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FactView {
    /// The key of its name.
    pub key: &'static str,
    /// Its values; an empty `href` is plain words.
    pub values: Vec<LinkView>,
}

/// A step of a guide.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StepView {
    /// Its anchor.
    pub anchor: String,
    /// Its title.
    pub title: String,
    /// What happens.
    pub text: Option<String>,
    /// Who does it.
    pub who: Option<String>,
    /// When.
    pub when: Option<String>,
}

/// How to be referred to a service.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReferralView {
    /// Who asks, and how.
    pub route: Option<String>,
    /// What must have been done before.
    pub threshold: Vec<String>,
    /// The form.
    pub form: Option<LinkView>,
}

/// A document of a toolkit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ItemView {
    /// Its anchor.
    pub anchor: String,
    /// Its title.
    pub title: String,
    /// Where it is.
    pub href: String,
    /// Its format, measured: "PDF".
    pub format: Option<String>,
    /// Its size, measured: "40 KB".
    pub size: Option<String>,
    /// `assess`, `plan`, `do` or `review`.
    pub purpose: Option<&'static str>,
}

/// How to book.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BookView {
    /// On the web.
    pub url: Option<String>,
    /// By email.
    pub email: Option<String>,
}

/// When a group meets again and again.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MeetsView {
    /// `week`, `2 weeks`, `month`, `half-term` or `term`.
    pub every: &'static str,
    /// "first Tuesday".
    pub on: Option<String>,
    /// `16:00–17:30`.
    pub time: Option<String>,
    /// The first day.
    pub from: Option<String>,
    /// The last day.
    pub until: Option<String>,
}

/// A part of a school's story.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StoryView {
    /// `what`, `why` or `result`.
    pub key: &'static str,
    /// The words.
    pub text: String,
}

/// You said, we did.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FeedbackView {
    /// What families said.
    pub you_said: String,
    /// What was done.
    pub we_did: Option<String>,
    /// How far it has come.
    pub status: Option<&'static str>,
}

/// Which version of an entry a page is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VersionView {
    /// Its language, if it is a translation.
    pub language: Option<String>,
    /// Whether it is the Easy Read version.
    pub easy_read: bool,
    /// Whether a machine made it and nobody has checked it.
    pub machine_draft: bool,
    /// Whether its text stands in English: no file of the translation has one.
    pub english_body: bool,
    /// Whether the original changed since.
    pub outdated: bool,
    /// The original's page.
    pub original: String,
}
