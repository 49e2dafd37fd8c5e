//! Groups of made-up documents in two parts, beside a count by hand.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::search::document::Analysed;
use crate::search::part::Part;

/// The stems of a document, field by field.
type Stems = [Vec<&'static str>; FIELDS];

fn index(documents: &[Stems], cut: usize) -> Index {
    let cut = cut.min(documents.len());
    let mut parts = Vec::new();
    for (start, some) in [(0, &documents[..cut]), (cut, &documents[cut..])] {
        let analysed = some.iter().map(|document| {
            let fields = document.each_ref().map(|stems| stems.join(" "));
            Arc::new(Analysed { fields, surfaces: Box::default() })
        });
        let analysed: Vec<_> = analysed.collect();
        if !analysed.is_empty() {
            parts.push((start as u32, Arc::new(Part::new(&analysed).unwrap())));
        }
    }
    Index { parts }
}

fn stems() -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(prop::sample::select(vec!["a", "b", "c", "d", "e"]), 0..20)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn a_group_has_the_documents_that_were_counted_and_says_what_is_in_each(
        documents in prop::collection::vec([stems(), stems(), stems()], 1..30),
        cut in 0..30_usize,
    ) {
        let mut wanted: BTreeMap<&str, BTreeMap<u32, [u32; FIELDS]>> = BTreeMap::new();
        for (number, document) in documents.iter().enumerate() {
            for (field, stems) in document.iter().enumerate() {
                for stem in stems {
                    let of_stem = wanted.entry(stem).or_default();
                    of_stem.entry(number as u32).or_default()[field] += 1;
                }
            }
        }
        let groups = Groups::of(&index(&documents, cut)).unwrap();
        prop_assert_eq!(groups.by_stem.len(), wanted.len());
        for (stem, wanted) in wanted {
            let found = groups.find(stem).unwrap();
            let group = groups.read(found, &mut Cursors::default()).unwrap();
            prop_assert_eq!(found.documents, wanted.len());
            prop_assert_eq!(group.documents, wanted.keys().copied().collect::<Vec<_>>());
            prop_assert_eq!(group.codes, wanted.values().copied().map(code).collect::<Vec<_>>());
            for field in 0..2 {
                let having = wanted.values().filter(|frequencies| frequencies[field] > 0);
                prop_assert_eq!(group.norms[field].len(), having.count());
            }
            for field in 0..FIELDS {
                let rests = wanted.values().filter_map(|of| of[field].checked_sub(HIGHEST[field]));
                prop_assert_eq!(&group.rests[field], &rests.collect::<Vec<_>>());
            }
        }
    }
}
