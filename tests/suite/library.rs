//! The library: what guidance must hold before a borough can start from it, and what a machine can
//! find of its faults.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use ordinarily::check::readability::{grade, sentences, words};
use ordinarily::content::common::TranslationState;
use ordinarily::content::kinds::{EntryId, Kind, Payload};
use ordinarily::content::markdown::Piece;
use ordinarily::engine::{self, Wanted};
use ordinarily::io::load;
use ordinarily::site::model::{Entry, Model};

use super::support::today;

fn model() -> &'static Arc<Model> {
    static MODEL: OnceLock<Arc<Model>> = OnceLock::new();
    MODEL.get_or_init(|| {
        let mut problems = Vec::new();
        let tree = load::load(Path::new(env!("CARGO_MANIFEST_DIR"))).into_value(&mut problems);
        let project = engine::parse(&tree, None).into_value(&mut problems).unwrap();
        let wanted = Wanted { day: today(), sites: Vec::new(), base_url: None };
        engine::resolve(project, wanted.day, None).value
    })
}

fn shared(path: &str) -> &'static Arc<Entry> {
    let id = EntryId::parse(path).unwrap();
    model().shared.entries.get(&id).unwrap_or_else(|| panic!("there is no {path}"))
}

/// Every entry of every layer, each once.
fn entries() -> Vec<&'static Arc<Entry>> {
    let views = model().boroughs.values().chain(model().partners.values());
    let mut seen = BTreeSet::new();
    views
        .chain([&model().shared])
        .flat_map(|view| view.entries.values())
        .filter(|entry| seen.insert((entry.id.clone(), entry.provenance.top().clone())))
        .collect()
}

fn name(entry: &Entry) -> String {
    format!("{} of {}", entry.id, entry.provenance.top())
}

#[test]
fn every_need_has_provision_with_enough_to_expect_and_all_its_parts() {
    let main = [
        "autism",
        "speech-language-communication",
        "adhd",
        "anxiety",
        "attachment",
        "demand-avoidance",
        "dyslexia",
        "dyscalculia",
        "dyspraxia",
        "moderate-learning-difficulty",
        "hearing",
        "vision",
        "physical",
    ];
    let others = [
        "severe-learning-difficulty",
        "profound-multiple-learning-difficulty",
        "multi-sensory",
        "medical-needs",
        "down-syndrome",
        "english-as-an-additional-language",
        // The topics of whole-school provision.
        "assessment",
        "partnership",
        "pastoral-care",
        "environment",
        "teaching-and-learning",
        "resources",
        "staff-skills",
        "transition",
    ];
    let wanted = main.iter().map(|slug| (slug, 12)).chain(others.iter().map(|slug| (slug, 8)));
    for (slug, least) in wanted {
        let entry = shared(&format!("provision/{slug}"));
        let Payload::Provision(provision) = entry.payload() else { panic!("{slug}") };
        let count = provision.expectations.len();
        let topic = entry.common().needs.is_empty();
        assert!(count >= least, "{slug} has {count} expectations");
        let tiers: BTreeSet<_> =
            provision.expectations.iter().filter_map(|e| e.tier.as_ref()).collect();
        assert!(tiers.len() >= 2, "{slug} has {} tiers", tiers.len());
        for item in &provision.expectations {
            let seen = item.indicators.as_ref().unwrap();
            let all = [&seen.green, &seen.amber, &seen.red].into_iter().all(Option::is_some);
            assert!(all, "{slug}#{}: green, amber and red", item.id);
        }
        assert!(!provision.evidence.is_empty(), "{slug}: evidence");
        assert!(!provision.ask_the_school.is_empty(), "{slug}: questions");
        assert!(!provision.ask_next.is_empty() || topic, "{slug}: whom to ask next");
        if !topic {
            assert!(!provision.strategies.is_empty(), "{slug}: strategies");
            assert!(!provision.presents_as.is_empty(), "{slug}: how it may show");
            assert!(provision.parent_summary.is_some(), "{slug}: parents' summary");
        }
    }
}

#[test]
fn every_guide_toolkit_and_course_that_families_and_schools_need_is_there() {
    for slug in [
        "sen-support",
        "what-schools-must-do",
        "getting-help",
        "ehc-needs-assessment",
        "ehc-plan",
        "annual-review",
        "sendiass",
        "disagreeing",
        "exclusion-and-off-rolling",
        "starting-nursery",
        "moving-to-secondary",
        "moving-on-at-16",
        "preparing-for-adulthood",
        "travel",
        "short-breaks",
        "personal-budgets",
        "money-for-sen",
        "inclusion-bases-and-arps",
        "trips-and-clubs",
        "accessibility-statement",
        "how-this-site-is-made",
        "layers-explained",
        "recommendations-2019",
        "evidence-and-survey",
    ] {
        shared(&format!("guides/{slug}"));
    }
    for slug in [
        "one-page-profile",
        "assess-plan-do-review",
        "reasonable-adjustments-checklist",
        "transition-passport",
        "parent-meeting-notes",
        "reflection-sheet",
        "sen-support-record",
    ] {
        let Payload::Toolkit(toolkit) = shared(&format!("toolkits/{slug}")).payload() else {
            panic!()
        };
        let files: Vec<&str> =
            toolkit.items.iter().filter_map(|item| item.file.as_ref()).map(|f| &*f.value).collect();
        assert!(files.iter().any(|file| file.ends_with(".html")), "{slug}: one to print");
        assert!(files.iter().any(|file| !file.ends_with(".html")), "{slug}: one to edit");
    }
    for slug in [
        "autism",
        "speech-and-language",
        "educational-psychology",
        "sensory",
        "physical",
        "attachment",
        "complex-needs",
    ] {
        shared(&format!("training/{slug}"));
    }
}

#[test]
fn the_vocabulary_is_rich_and_explains_nothing_in_two_ways() {
    let vocabulary = &model().project.vocabulary;
    assert!(vocabulary.glossary.len() >= 80, "{} terms", vocabulary.glossary.len());
    let groups = vocabulary.synonyms.same.len() + vocabulary.synonyms.leads_to.len();
    assert!(groups >= 150, "{groups} groups of words");
    let mut meaning: BTreeMap<String, &str> = BTreeMap::new();
    for term in &vocabulary.glossary {
        for spelling in std::iter::once(&term.term).chain(&term.aliases) {
            let other = meaning.insert(spelling.to_lowercase(), &term.term);
            assert!(
                other.is_none() || other == Some(&*term.term),
                "`{spelling}` is explained at {other:?} and `{}`",
                term.term
            );
        }
    }
    let mut group_of: BTreeMap<String, usize> = BTreeMap::new();
    for (at, group) in vocabulary.synonyms.same.iter().enumerate() {
        for word in group {
            let other = group_of.insert(word.to_lowercase(), at);
            assert!(other.is_none() || other == Some(at), "`{word}` is in two groups");
        }
    }
    assert!(
        vocabulary
            .local_offer
            .iter()
            .all(|heading| heading.citation.is_some() && !heading.covered_by.is_empty())
    );
}

#[test]
fn the_three_pages_that_matter_most_are_easy_to_read_and_in_two_languages_marked_as_drafts() {
    for path in ["provision/autism", "guides/getting-help"] {
        let entry = shared(path);
        assert!(entry.easy_read.is_some(), "{path}");
        assert!(entry.translations.len() >= 2, "{path}");
        for version in entry.translations.values() {
            for page in &version.pages {
                assert_eq!(page.part.translation, Some(TranslationState::MachineDraft), "{path}");
            }
        }
    }
    let welcome =
        model().shared.entries.values().find(|entry| entry.id.kind == Kind::Welcome).unwrap();
    assert!(welcome.easy_read.is_some() && welcome.translations.len() >= 2);
}

#[test]
fn no_page_is_a_dead_end() {
    for entry in entries() {
        let linked = entry.body.pieces.iter().any(|piece| {
            matches!(piece, Piece::LinkStart(_) | Piece::LinkTitle(_) | Piece::Directive(_))
        });
        let asks = matches!(entry.payload(), Payload::Provision(provision) if !provision.ask_next.is_empty());
        let about = !entry.common().needs.is_empty();
        assert!(linked || asks || about, "{} leads nowhere", name(entry));
    }
}

/// What parents read on a page.
fn parents_text(entry: &Entry) -> String {
    let html: String = entry
        .body
        .pieces
        .iter()
        .map(|piece| match piece {
            Piece::Html(html) => html
                .replace("</li>", ".\n")
                .replace("</p>", "\n")
                .replace("</th>", ".\n")
                .replace("</td>", ".\n"),
            Piece::HeadingEnd { .. } => ".\n".to_owned(),
            _ => String::new(),
        })
        .collect();
    let document = scraper::Html::parse_fragment(&html);
    let mut text: Vec<String> = vec![document.root_element().text().collect()];
    text.push(entry.common().summary.clone());
    match entry.payload() {
        Payload::Provision(provision) => {
            text.extend(provision.parent_summary.clone());
            text.extend(provision.ask_the_school.clone());
        }
        Payload::Guide(guide) => {
            text.extend(guide.steps.iter().filter_map(|step| step.text.clone()))
        }
        _ => {}
    }
    text.join(".\n")
}

#[test]
fn pages_for_parents_can_be_read_at_eleven_and_have_short_sentences() {
    let mut read = 0;
    for entry in entries() {
        let for_parents =
            entry.common().audiences.iter().any(|audience| audience.as_str() == "parents");
        if !for_parents {
            continue;
        }
        read += 1;
        let text = parents_text(entry);
        let grade = grade([&*text]).unwrap();
        assert!(grade <= 6.0, "{}: reading age {:.1}", name(entry), grade + 5.0);
        let sentences = sentences(&text);
        let long =
            sentences.iter().filter(|range| words(&text[(*range).clone()]).count() > 20).count();
        assert!(
            long <= (sentences.len() / 10).max(1),
            "{}: {long} of {} sentences are long",
            name(entry),
            sentences.len()
        );
    }
    assert!(read > 30, "only {read} pages were read");
}
