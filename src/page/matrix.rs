//! What schools should provide, as a whole: how much is expected for each need and age, and the
//! list behind each number, which prints as a checklist.

use serde::Serialize;

use super::expectations::{self, Filter};
use super::maker::Maker;
use super::parts::{ChoiceView, TierView};
use crate::path::{Slug, UrlPath};
use crate::site::expected::{self, Subject};
use crate::site::routes::Page;

/// How many expectations there are for each need and age.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MatrixView {
    /// The ages, across.
    pub phases: Vec<String>,
    /// The needs, down, by area; the first group is what every pupil gets and has no title.
    pub groups: Vec<MatrixGroup>,
    /// How many there are in all.
    pub total: usize,
    /// The same as files.
    pub downloads: Downloads,
    /// Where a school rates itself.
    pub self_evaluation: String,
}

/// The rows of one area.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MatrixGroup {
    /// The area.
    pub title: Option<String>,
    /// Its needs.
    pub rows: Vec<MatrixRow>,
}

/// One need.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MatrixRow {
    /// Its name for people.
    pub title: String,
    /// Its formal name, where that is another.
    pub also: Option<String>,
    /// All of its expectations; nothing where none are published.
    pub href: Option<String>,
    /// How many there are of all ages.
    pub total: usize,
    /// One for each age.
    pub cells: Vec<MatrixCell>,
}

/// One need at one age.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MatrixCell {
    /// How many expectations there are.
    pub n: usize,
    /// How dark it is drawn: 0 for none, else 1 to 3, by thirds of the largest.
    pub level: usize,
    /// The list behind it.
    pub href: Option<String>,
    /// The age.
    pub phase: String,
}

/// Everything as files.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Downloads {
    /// For spreadsheets.
    pub csv: String,
    /// For programs.
    pub json: String,
}

/// The expectations of one subject, perhaps at one age.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChecklistView {
    /// What it is about.
    pub title: String,
    /// The age; none means all.
    pub phase: Option<String>,
    /// How many are shown.
    pub shown: usize,
    /// How many there are of all ages.
    pub total: usize,
    /// The ages to choose from, the first being all of them.
    pub ages: Vec<ChoiceView>,
    /// Other subjects to choose from.
    pub subjects: Vec<ChoiceView>,
    /// The expectations.
    pub tiers: Vec<TierView>,
    /// The page of the need.
    pub need: Option<String>,
    /// Everything as files.
    pub downloads: Downloads,
    /// Where a school rates itself.
    pub self_evaluation: String,
}

/// The address of a list.
pub fn address(subject: &Subject, phase: Option<&Slug>) -> UrlPath {
    let subject = UrlPath::new(&format!("expectations/{}/", subject.slug()));
    match phase {
        Some(phase) => subject.join(&format!("{phase}/")),
        None => subject,
    }
}

/// Links to the lists of a subject for each age that has any.
pub fn ages(maker: &Maker<'_>, subject: &Subject, current: Option<&Slug>) -> Vec<ChoiceView> {
    let phases = maker.place.model.project.vocabulary.phases.iter();
    let age = |item: &crate::content::vocabulary::Item| {
        let count = expected::count(maker.scope, subject, Some(&item.id));
        (count > 0).then(|| ChoiceView {
            title: item.title.clone(),
            href: maker.href(&address(subject, Some(&item.id))),
            current: Some(&item.id) == current,
            count: Some(count),
        })
    };
    phases.filter_map(age).collect()
}

/// The overview.
pub fn view(maker: &Maker<'_>) -> MatrixView {
    let vocabulary = &maker.place.model.project.vocabulary;
    let row = |subject: Subject, also: Option<String>| {
        let count = |phase| expected::count(maker.scope, &subject, phase);
        let link = |n: usize, phase| (n > 0).then(|| maker.href(&address(&subject, phase)));
        let total = count(None);
        let cells = vocabulary.phases.iter().map(|phase| {
            let n = count(Some(&phase.id));
            let href = link(n, Some(&phase.id));
            MatrixCell { n, level: 0, href, phase: phase.title.clone() }
        });
        MatrixRow {
            title: title(maker, &subject),
            also,
            href: link(total, None),
            total,
            cells: cells.collect(),
        }
    };
    let whole_school = MatrixGroup { title: None, rows: vec![row(Subject::WholeSchool, None)] };
    let of_area = |area: &crate::content::vocabulary::Item| {
        let needs = vocabulary.needs.iter().filter(|need| *need.area.slug() == area.id);
        let rows = needs.map(|need| {
            let title = need.item.plain();
            let also = (need.item.title != title).then(|| need.item.title.clone());
            row(Subject::Need(need.id.slug().clone()), also)
        });
        MatrixGroup { title: Some(area.title.clone()), rows: rows.collect() }
    };
    let groups = std::iter::once(whole_school).chain(vocabulary.areas.iter().map(of_area));
    let mut groups: Vec<MatrixGroup> = groups.filter(|group| !group.rows.is_empty()).collect();
    // What every pupil gets is so much more that all needs would look alike beside it.
    let (every_pupil, needs) = groups.split_at_mut(1);
    shade(every_pupil);
    shade(needs);
    MatrixView {
        phases: vocabulary.phases.iter().map(|phase| phase.title.clone()).collect(),
        total: groups.iter().flat_map(|group| &group.rows).map(|row| row.total).sum(),
        groups,
        downloads: downloads(maker),
        self_evaluation: self_evaluation(maker),
    }
}

fn shade(groups: &mut [MatrixGroup]) {
    let cells = groups.iter().flat_map(|group| &group.rows).flat_map(|row| &row.cells);
    let most = cells.map(|cell| cell.n).max().unwrap_or(0);
    let rows = groups.iter_mut().flat_map(|group| &mut group.rows);
    for cell in rows.flat_map(|row| &mut row.cells) {
        cell.level = (cell.n * 3).div_ceil(most.max(1));
    }
}

/// One list.
pub fn checklist(maker: &Maker<'_>, subject: &Subject, phase: Option<&Slug>) -> ChecklistView {
    let vocabulary = &maker.place.model.project.vocabulary;
    let filter = Filter { phase: phase.map(Slug::as_str), ..Filter::default() };
    let entries = expected::provision(maker.scope, subject);
    let tiers = expectations::tiers(maker, entries, &filter, true);
    let total = expected::count(maker.scope, subject, None);
    let all_ages = ChoiceView {
        title: maker.word("expectations.all").to_owned(),
        href: maker.href(&address(subject, None)),
        current: phase.is_none(),
        count: Some(total),
    };
    let choice = |known: Subject| {
        let page = Page::Checklist(known.clone(), phase.cloned());
        let same_age = maker.routes.get(&address(&known, phase)) == Some(&page);
        ChoiceView {
            title: title(maker, &known),
            href: maker.href(&address(&known, phase.filter(|_| same_age))),
            current: known == *subject,
            count: None,
        }
    };
    let phase_title = phase.and_then(|id| {
        let phase = crate::content::vocabulary::find(&vocabulary.phases, id)?;
        Some(phase.title.clone())
    });
    ChecklistView {
        title: title(maker, subject),
        phase: phase_title,
        shown: tiers.iter().map(|tier| tier.expectations.len()).sum(),
        total,
        ages: std::iter::once(all_ages).chain(ages(maker, subject, phase)).collect(),
        subjects: expected::subjects(maker.place).into_iter().map(choice).collect(),
        tiers,
        need: match subject {
            Subject::WholeSchool => None,
            Subject::Need(need) => Some(maker.href(&UrlPath::new(&format!("needs/{need}/")))),
        },
        downloads: downloads(maker),
        self_evaluation: self_evaluation(maker),
    }
}

/// The name of a subject for people.
pub fn title(maker: &Maker<'_>, subject: &Subject) -> String {
    let needs = &maker.place.model.project.vocabulary.needs;
    let need = needs.iter().find(|need| need.id.slug().as_str() == subject.slug());
    need.map_or(maker.word("expectations.whole_school"), |need| need.item.plain()).to_owned()
}

fn downloads(maker: &Maker<'_>) -> Downloads {
    Downloads {
        csv: maker.href(&UrlPath::new("expectations/expectations.csv")),
        json: maker.href(&UrlPath::new("expectations/expectations.json")),
    }
}

fn self_evaluation(maker: &Maker<'_>) -> String {
    maker.href(&UrlPath::new("self-evaluation/"))
}
