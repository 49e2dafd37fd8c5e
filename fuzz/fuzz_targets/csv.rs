//! Any table is read or refused, and what we write of it is read back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ordinarily::content::tables;
use ordinarily_fuzz::{file, sound};

fuzz_target!(|bytes: &[u8]| {
    let Some(file) = file("a.csv", bytes) else { return };
    let read = tables::expectations(&file);
    sound(&read.problems, &file);
    let Some((_, rows)) = tables::columns_and_rows(&file).value else { return };
    let text = |node: &ordinarily::content::node::Node| node.text().unwrap_or_default().to_owned();
    let rows: Vec<Vec<String>> =
        rows.items().iter().map(|row| row.items().iter().map(text).collect()).collect();
    tables::to_csv(&rows);
});
