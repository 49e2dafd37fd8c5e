//! The small parts that pages of several kinds show. Plain data; the theme's components turn each
//! into HTML. Every `href` is ready to use on the page it was made for.

use serde::Serialize;

/// A link.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LinkView {
    /// Its words.
    pub title: String,
    /// Where it leads.
    pub href: String,
}

/// One choice among several; the current one has `current`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChoiceView {
    /// Its words.
    pub title: String,
    /// Where it leads.
    pub href: String,
    /// Whether it is the page one is on.
    pub current: bool,
    /// How many entries it leads to, where that is worth saying.
    pub count: Option<usize>,
}

/// An entry in a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CardView {
    /// Its title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// Its summary.
    pub summary: String,
    /// Its kind's folder: `training`. The theme names it (`m.kind[…]`).
    pub kind: &'static str,
    /// A school or a provider, if it has one.
    pub who: Option<String>,
    /// The date of its newest source, if it tells of a school or a place: `2019-06`.
    pub as_of: Option<String>,
    /// `core`, `traded` or `free`, for training.
    pub offer: Option<&'static str>,
    /// Who says it.
    pub from: FromView,
    /// Its number on the map above the list, if it is on one.
    pub pin: Option<usize>,
}

/// Who says something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FromView {
    /// `london` (shared by all), `adapted` (a shared text changed by `name`) or `own` (only
    /// `name` has it).
    pub style: &'static str,
    /// The borough or partner; empty for `london`.
    pub name: String,
}

/// The line under a heading that says who says so and how fresh it is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrustView {
    /// Who says it.
    pub from: FromView,
    /// When it was last checked, as `2026-09-01`.
    pub reviewed: Option<String>,
    /// By when it is checked again.
    pub review_by: Option<String>,
    /// Whether that day has passed.
    pub overdue: bool,
    /// Whether it is a draft, shown only because drafts were asked for.
    pub draft: bool,
    /// Whom it is written for, in words.
    pub audiences: Vec<String>,
    /// Its Easy Read version.
    pub easy_read: Option<String>,
    /// Its other languages.
    pub languages: Vec<LanguageView>,
}

/// A page in another language.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LanguageView {
    /// The language's code: `pl`.
    pub code: String,
    /// Its page.
    pub href: String,
    /// Whether it is the page one is on.
    pub current: bool,
}

/// The foot of an entry: where its words come from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SourceView {
    /// Who says it.
    pub from: FromView,
    /// Who wrote the text of the body, lowest layer first; empty name for London-wide.
    pub body_from: Vec<FromView>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// When it was last checked, as `2026-09-01`.
    pub reviewed: Option<String>,
    /// By when it is checked again.
    pub review_by: Option<String>,
    /// How many items the highest layer changed.
    pub changed: usize,
    /// How many items the highest layer added.
    pub added: usize,
    /// The sources.
    pub sources: Vec<CitationView>,
    /// The London-wide page that this one adapts, where it has an address of its own.
    pub shared_page: Option<String>,
    /// Whom to tell that something is wrong: an address for email, or the page of the team.
    pub tell: Option<String>,
}

/// One source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CitationView {
    /// What it is called.
    pub title: String,
    /// Where it is on the web.
    pub url: Option<String>,
    /// `2019`, `2019-06` or `2019-06-30`.
    pub date: Option<String>,
    /// The page in it.
    pub page: Option<String>,
}

/// Expectations of one tier.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TierView {
    /// The tier's id, for anchors.
    pub id: String,
    /// 1 for the first tier; the theme has pictures for 1 to 3.
    pub level: usize,
    /// Its name: "Universal".
    pub title: String,
    /// "every classroom".
    pub plain_title: Option<String>,
    /// A sentence on it.
    pub description: Option<String>,
    /// What schools are expected to do.
    pub expectations: Vec<ExpectationView>,
}

/// One expectation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExpectationView {
    /// Its anchor on this page.
    pub anchor: String,
    /// Its home: the page and anchor that it always has.
    pub href: String,
    /// `must`, `should` or `could`.
    pub modal: &'static str,
    /// What it says.
    pub text: String,
    /// A sentence more.
    pub detail: Option<String>,
    /// The law behind a must: "Equality Act 2010, section 20".
    pub law: Option<LawView>,
    /// Its ages in words; empty means all.
    pub phases: Vec<String>,
    /// The ids of its ages; empty means all.
    pub phase_ids: Vec<String>,
    /// Who does it, in words.
    pub responsible: Vec<String>,
    /// What a school would see, from best to worst; any may be missing.
    pub indicators: Option<IndicatorsView>,
    /// Who says it, if it is not the page's own layer: what differs is marked, not what is alike.
    pub from: Option<FromView>,
    /// What a higher layer changed.
    pub change: Option<ChangeView>,
}

/// The law behind a must.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LawView {
    /// The Act or Regulations.
    pub title: String,
    /// Section or duty.
    pub provision: Option<String>,
    /// Its text.
    pub url: Option<String>,
    /// When somebody read its text; none is shown as "citation to be checked".
    pub checked: Option<String>,
}

/// What a school would see at each rating.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IndicatorsView {
    /// Done well.
    pub green: Option<String>,
    /// Partly done.
    pub amber: Option<String>,
    /// Not done.
    pub red: Option<String>,
}

/// What a higher layer changed in an expectation's words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangeView {
    /// Who changed it.
    pub name: String,
    /// The words of `text`, in order, each kept, removed or added.
    pub text: Vec<DiffView>,
    /// The words of `detail`.
    pub detail: Vec<DiffView>,
}

/// A run of words of a changed text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DiffView {
    /// `same`, `removed` or `added`.
    pub change: &'static str,
    /// The words.
    pub words: String,
}

/// How to reach somebody. What is not published is `None`, and the page says so.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ContactView {
    /// Who: a name, or the service's title.
    pub title: String,
    /// The page about it.
    pub href: Option<String>,
    /// A sentence on it.
    pub summary: Option<String>,
    /// What they do.
    pub role: Option<String>,
    /// Telephone numbers: a label (may be empty), the number, and the number as `tel:` wants it.
    pub phones: Vec<PhoneView>,
    /// An email address.
    pub email: Option<String>,
    /// A web address.
    pub url: Option<String>,
    /// When they answer.
    pub hours: Option<String>,
    /// Whether nothing to reach them by is published.
    pub missing: bool,
}

/// A telephone number.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PhoneView {
    /// What it is for.
    pub label: String,
    /// As people read it.
    pub number: String,
    /// As a telephone dials it.
    pub dial: String,
}

/// A part of a body: the theme writes them one after the other.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum BlockView {
    /// Finished HTML. A `<details>` opened in one may close in a later one.
    Html {
        /// The HTML.
        html: String,
    },
    /// `::: contact`.
    Contact {
        /// How to reach it.
        contact: ContactView,
    },
    /// `::: expectations`.
    Expectations {
        /// By tier.
        tiers: Vec<TierView>,
    },
    /// `::: entries`.
    Entries {
        /// The entries.
        cards: Vec<CardView>,
    },
    /// `::: chart`, and a data entry's own table.
    Chart {
        /// The figures.
        chart: ChartView,
    },
}

/// Figures: a table, and bars where its last column holds numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChartView {
    /// What they are about; the table's caption.
    pub title: String,
    /// The page they come from.
    pub href: Option<String>,
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
    /// A bar for each row; empty where no chart is asked for or a cell is no number.
    pub bars: Vec<BarView>,
    /// The longest bar.
    pub max: f64,
    /// What the figures do not tell.
    pub caveat: Option<String>,
    /// Whether there are no figures, and the caveat says why.
    pub missing: bool,
}

/// One bar.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BarView {
    /// What it stands for.
    pub label: String,
    /// The number as written.
    pub text: String,
    /// The number.
    pub value: f64,
}

/// Cards under a heading.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupView {
    /// An anchor.
    pub id: String,
    /// The heading: words from the content (a need, a borough), or empty where `kind` names it.
    pub title: String,
    /// A kind's folder, where the group is of one kind; else empty.
    pub kind: &'static str,
    /// A link to all of them, where only the first few are shown.
    pub all: Option<LinkView>,
    /// How many there are in all.
    pub total: usize,
    /// The entries.
    pub cards: Vec<CardView>,
}
