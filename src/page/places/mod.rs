//! Places: how many there are for each need, and where they are.

mod drawing;
pub mod map;

use super::maker::Maker;
use super::parts::{BarView, ChartView};
use crate::content::kinds::{Kind, Payload};
use crate::site::catalogue::Listed;

/// How many places a list must have before figures tell more than the list itself.
const ENOUGH: usize = 2;

/// The places of a site by need, in the order of the vocabulary.
pub fn by_need(maker: &Maker<'_>, places: &Listed<'_>) -> Option<ChartView> {
    if places.len() < ENOUGH {
        return None;
    }
    let vocabulary = &maker.place.model.project.vocabulary;
    let catalogue = &maker.place.catalogue;
    let counted = vocabulary.needs.iter().filter_map(|need| {
        let about = catalogue.about(need.id.slug(), Kind::Place);
        let numbers = about.iter().filter_map(|line| match line.home.entry.payload() {
            Payload::Place(place) => place.places,
            _ => None,
        });
        let number = numbers.map(u64::from).reduce(|a, b| a + b);
        (!about.is_empty()).then(|| (need.item.plain().to_owned(), number, about.len()))
    });
    let counted: Vec<(String, Option<u64>, usize)> = counted.collect();
    let word = |key: &str| maker.word(&format!("places_chart.{key}")).to_owned();
    let row = |(need, number, listed): &(String, Option<u64>, usize)| {
        let number = number.map_or_else(|| word("unknown"), |number| number.to_string());
        vec![need.clone(), number, listed.to_string()]
    };
    #[allow(clippy::cast_precision_loss, reason = "a number of pages is far below 2^52")]
    let bar = |(need, _, listed): &(String, Option<u64>, usize)| BarView {
        label: need.clone(),
        text: listed.to_string(),
        value: *listed as f64,
    };
    let bars: Vec<BarView> = counted.iter().map(bar).collect();
    (!bars.is_empty()).then(|| ChartView {
        title: word("title"),
        href: None,
        columns: ["need", "number", "listed"].map(word).into(),
        rows: counted.iter().map(row).collect(),
        max: bars.iter().map(|bar| bar.value).fold(0.0, f64::max),
        bars,
        caveat: Some(word("caveat")),
        missing: false,
    })
}
