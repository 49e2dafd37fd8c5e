//! Expectations by tier, as need pages, provision pages and the `::: expectations` directive show
//! them.

use similar::{ChangeTag, TextDiff};

use super::maker::Maker;
use super::parts::{ChangeView, DiffView, ExpectationView, IndicatorsView, LawView, TierView};
use crate::content::kinds::Payload;
use crate::content::kinds::provision::{Expectation, Provision};
use crate::content::names::TierId;
use crate::site::expected;
use crate::site::model::Entry;
use crate::site::place::Home;

/// Which expectations are wanted; `None` takes all.
#[derive(Clone, Copy, Default)]
pub struct Filter<'a> {
    /// Of this age, or of all ages.
    pub phase: Option<&'a str>,
    /// Of this tier.
    pub tier: Option<&'a str>,
    /// Of this topic.
    pub topic: Option<&'a str>,
}

impl Filter<'_> {
    fn takes(&self, expectation: &Expectation, tier: Option<&TierId>) -> bool {
        let phase = self.phase.is_none_or(|wanted| expected::is_for(expectation, wanted));
        let tier = self.tier.is_none_or(|wanted| tier.is_some_and(|tier| tier.as_str() == wanted));
        let topic = expectation.topic.as_ref();
        phase
            && tier
            && self.topic.is_none_or(|wanted| topic.is_some_and(|topic| topic.as_str() == wanted))
    }
}

/// What an entry says as provision, if it is that.
pub fn provision_of(home: &Home) -> Option<(&Home, &Provision)> {
    match home.entry.payload() {
        Payload::Provision(provision) => Some((home, provision)),
        _ => None,
    }
}

/// The expectations of some entries, by tier, in the order of the vocabulary. On a page that puts
/// several entries together (`assembled`) each anchor carries its entry's slug.
pub fn tiers<'a>(
    maker: &Maker<'a>,
    entries: impl Iterator<Item = (&'a Home, &'a Provision)>,
    filter: &Filter<'_>,
    assembled: bool,
) -> Vec<TierView> {
    let vocabulary = &maker.place.model.project.vocabulary;
    let mut tiers: Vec<TierView> = vocabulary
        .tiers
        .iter()
        .enumerate()
        .map(|(at, tier)| TierView {
            id: tier.id.to_string(),
            level: at + 1,
            title: tier.title.clone(),
            plain_title: tier.plain_title.clone(),
            description: tier.description.clone(),
            expectations: Vec::new(),
        })
        .collect();
    for (home, provision) in entries {
        for expectation in &provision.expectations {
            let tier = tier_of(provision, expectation);
            if !filter.takes(expectation, tier) {
                continue;
            }
            let view = view(maker, home, expectation, assembled);
            let place = tier.and_then(|id| tiers.iter().position(|tier| tier.id == id.as_str()));
            if let Some(tier) = tiers.get_mut(place.unwrap_or(0)) {
                tier.expectations.push(view);
            }
        }
    }
    tiers.retain(|tier| !tier.expectations.is_empty());
    tiers
}

/// The tier of an expectation: its own, or that of its entry.
fn tier_of<'a>(provision: &'a Provision, expectation: &'a Expectation) -> Option<&'a TierId> {
    expectation.tier.as_ref().or(provision.tier.as_ref())
}

fn view(
    maker: &Maker<'_>,
    home: &Home,
    expectation: &Expectation,
    assembled: bool,
) -> ExpectationView {
    let vocabulary = &maker.place.model.project.vocabulary;
    let entry = &home.entry;
    let id = expectation.id.as_str();
    let origin = entry.provenance.item("expectations", id);
    let from =
        origin.filter(|_| entry.provenance.is_adapted()).map(|origin| match &origin.adapted {
            Some((layer, _)) => maker.from_layer(layer, true),
            None => maker.from_layer(&origin.layer, false),
        });
    let phases = || expectation.phases.iter().map(|phase| phase.slug());
    let law = expectation.law.as_ref().map(|law| LawView {
        title: law.title.clone(),
        provision: law.provision.clone(),
        url: law.url.clone(),
        checked: law.checked.map(|date| date.to_string()),
    });
    let indicators = expectation.indicators.as_ref().map(|seen| IndicatorsView {
        green: maker.some_text(seen.green.as_ref()),
        amber: maker.some_text(seen.amber.as_ref()),
        red: maker.some_text(seen.red.as_ref()),
    });
    let roles = expectation.responsible.iter().map(|role| role.slug());
    ExpectationView {
        anchor: match assembled {
            true => format!("{}--{id}", entry.id.slug),
            false => id.to_owned(),
        },
        href: format!("{}#{id}", maker.href(&home.url)),
        modal: expectation.modal.word(),
        text: maker.text(&expectation.text),
        detail: maker.some_text(expectation.detail.as_ref()),
        law,
        phases: maker.titles(&vocabulary.phases, phases()),
        phase_ids: phases().map(ToString::to_string).collect(),
        responsible: maker.titles(&vocabulary.roles, roles),
        indicators,
        // What a page's readers take for granted is not said on every line.
        from: from.filter(|from| from.style != "london"),
        change: change(maker, entry, expectation),
    }
}

/// What the highest layer changed in an expectation's words.
pub fn change(maker: &Maker<'_>, entry: &Entry, expectation: &Expectation) -> Option<ChangeView> {
    let id = expectation.id.as_str();
    let origin = entry.provenance.item("expectations", id)?;
    let (layer, _) = origin.adapted.as_ref()?;
    let Payload::Provision(base) = entry.base.as_ref()?.payload() else { return None };
    let before = base.expectations.iter().find(|known| known.id == expectation.id)?;
    let detail = |expectation: &Expectation| {
        maker.some_text(expectation.detail.as_ref()).unwrap_or_default()
    };
    let text = diff(&maker.text(&before.text), &maker.text(&expectation.text));
    let detail = diff(&detail(before), &detail(expectation));
    let name = maker.place.model.layer_name(layer)?.to_owned();
    let any = !text.is_empty() || !detail.is_empty();
    any.then_some(ChangeView { name, text, detail })
}

/// The words of two texts side by side; nothing when they are alike.
fn diff(before: &str, after: &str) -> Vec<DiffView> {
    if before == after {
        return Vec::new();
    }
    let mut runs: Vec<DiffView> = Vec::new();
    for change in TextDiff::from_words(before, after).iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => "same",
            ChangeTag::Delete => "removed",
            ChangeTag::Insert => "added",
        };
        match runs.last_mut() {
            Some(last) if last.change == kind => last.words.push_str(change.value()),
            _ => runs.push(DiffView { change: kind, words: change.value().to_owned() }),
        }
    }
    let words = |text: &str| text.split_whitespace().count();
    let kept = runs.iter().filter(|run| run.change == "same").map(|run| words(&run.words));
    // Another sentence, not a changed one: word by word nobody could read either.
    if kept.sum::<usize>() * 2 < words(before).min(words(after)) {
        let whole = [("removed", before), ("same", " "), ("added", after)];
        return whole.map(|(change, words)| DiffView { change, words: words.to_owned() }).into();
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::diff;

    fn shown(before: &str, after: &str) -> String {
        let runs = diff(before, after).into_iter();
        runs.map(|run| format!("{}[{}]", run.change, run.words)).collect()
    }

    #[test]
    fn a_changed_sentence_is_shown_word_by_word_and_another_one_whole() {
        assert_eq!(
            shown("Write a plan for the child.", "Write a plan with the family."),
            "same[Write a plan ]removed[for]added[with]same[ the ]removed[child.]added[family.]"
        );
        assert_eq!(
            shown("Say with whom, and the date.", "The toolkit and more has documents."),
            "removed[Say with whom, and the date.]same[ ]added[The toolkit and more has documents.]"
        );
        assert_eq!(shown("", "New."), "added[New.]");
        assert_eq!(shown("Same.", "Same."), "");
    }
}
