//! What each step of a build costs, on the hub of a made-up project of 1,000 entries.
//!
//! ```text
//! cargo bench --bench phases
//! cargo bench --bench phases -- render --baseline main      # Criterion's own options
//! ```
//!
//! The steps are those of `src/engine.rs`. All cores work, as in a build; what goes into a step has
//! been made before it is measured.

#![allow(clippy::unwrap_used, reason = "a measurement that cannot go on stops")]

#[path = "shared/corpus.rs"]
mod corpus;

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use jiff::civil::date;
use ordinarily::content::tree::SourceTree;
use ordinarily::digest::Digest;
use ordinarily::engine::{self, Draft, Edition, Output, Wanted};
use ordinarily::io::load;
use ordinarily::io::publish::OutFolder;
use ordinarily::path::OutputPath;
use ordinarily::site::model::Day;
use ordinarily::theme::Theme;
use rayon::prelude::*;

const ENTRIES: usize = 1_000;

/// A project, and its hub.
struct Hub {
    tree: SourceTree,
    theme: Theme,
    edition: Edition,
    day: Day,
}

impl Hub {
    fn new() -> Self {
        let tree = load::load(&corpus::corpus(ENTRIES)).value;
        let day = Day { today: date(2026, 11, 28), drafts: false };
        let project = engine::parse(&tree, None).value.unwrap();
        let theme = engine::load_theme(&tree, &project).value.unwrap();
        let model = engine::resolve(project, day, None).value;
        let wanted = Wanted { day, sites: vec!["hub".to_owned()], base_url: None };
        let edition = engine::lay_out(&model, &theme, &wanted).pop().unwrap();
        Self { tree, theme, edition, day }
    }

    /// Every file but those of search.
    fn files(&self) -> Vec<(OutputPath, Vec<u8>)> {
        let outputs = self.edition.outputs();
        let file = |output: &Output<'_>| {
            let bytes = self.edition.bytes(&self.theme, output).unwrap().into_owned();
            (output.path().unwrap(), bytes)
        };
        outputs.par_iter().map(file).collect()
    }
}

fn phases(criterion: &mut Criterion) {
    let hub = Hub::new();
    let edition = &hub.edition;
    criterion.bench_function("parse", |bench| {
        bench.iter(|| black_box(engine::parse(&hub.tree, None)));
    });
    criterion.bench_function("resolve", |bench| {
        let parsed = || engine::parse(&hub.tree, None).value.unwrap();
        let resolve = |project| engine::resolve(project, hub.day, None);
        bench.iter_batched(parsed, resolve, BatchSize::LargeInput);
    });
    let outputs = edition.outputs();
    criterion.bench_function("view", |bench| {
        let view = |output: &Output<'_>| drop(black_box(edition.draft(output).unwrap()));
        bench.iter(|| outputs.par_iter().for_each(view));
    });
    let drafts: Vec<Draft<'_>> = outputs.iter().map(|o| edition.draft(o).unwrap()).collect();
    criterion.bench_function("render", |bench| {
        let render = |draft: &Draft<'_>| {
            if let Draft::Page(route, view) = draft {
                drop(black_box(edition.render(&hub.theme, route, view).unwrap()));
            }
        };
        bench.iter(|| drafts.par_iter().for_each(render));
    });
    criterion.bench_function("index", |bench| {
        // Laid out for one site, an edition remembers no words: each time is the first.
        bench.iter(|| drop(black_box(edition.search(None).unwrap())));
    });
    let searched = edition.search(None).unwrap();
    criterion.bench_function("export", |bench| {
        bench.iter(|| {
            let export = searched[0].export().unwrap();
            let urls: Vec<_> = export.urls().collect();
            urls.par_iter().for_each(|url| drop(black_box(export.bytes(url))));
        });
    });
    let files = hub.files();
    criterion.bench_function("publish", |bench| {
        let out = tempfile::tempdir().unwrap();
        let mut number = 0_u64;
        bench.iter(|| {
            // Each time into a folder that was never there.
            number += 1;
            let folder = OutFolder::claim(&out.path().join(number.to_string()), || ()).unwrap();
            let publisher = folder.publisher("hub").unwrap();
            files.par_iter().for_each(|(path, bytes)| publisher.put(path, bytes).unwrap());
            publisher.finish(Digest::of(&number.to_le_bytes())).unwrap()
        });
    });
}

criterion_group! {
    name = build;
    config = Criterion::default().sample_size(20);
    targets = phases
}
criterion_main!(build);
