//! Any words may be searched for: the answer is a list, best first, of documents that are there.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use ordinarily::search::Searchable;
use ordinarily::search::query::{Mode, Question};
use ordinarily_fuzz::{lay_out, on_one_thread, project};

static INDEX: OnceLock<Vec<Searchable>> = OnceLock::new();

fn index() -> Vec<Searchable> {
    on_one_thread();
    let arabic = "---\ntitle: مساعدة\nsummary: اسأل SENCo.\n---\nكلمات عن المدرسة.\n";
    let tree = project(&[("london/services/help.ar.md", arabic.as_bytes())]).unwrap();
    let (edition, _) = lay_out(&tree);
    edition.unwrap().search(None).unwrap()
}

fuzz_target!(|text: &str| {
    for searchable in INDEX.get_or_init(index) {
        let question = Question::new(searchable, text);
        for mode in [Mode::And, Mode::Or] {
            let found = question.top(&searchable.index, mode, 10).unwrap();
            assert!(found.is_sorted_by(|a, b| a.score >= b.score), "{found:?}");
            assert!(found.iter().all(|one| searchable.page(one).is_some()), "{found:?}");
        }
    }
});
