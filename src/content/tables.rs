//! CSV tables that stand for parts of a front matter: `expectations: name.csv` and data's `file`.
//!
//! A table becomes the nodes that an editor would have written in YAML, so everything after it
//! (layers, reading, problems with their places) is the same.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::node::{At, Entry, Node, Scalar, Value};
use super::source::SourceFile;
use crate::diagnostic::{Checked, Diagnostic};

/// A table with the place of every cell.
struct Table {
    headings: Vec<Cell>,
    rows: Vec<Vec<Cell>>,
}

struct Cell {
    text: String,
    at: At,
}

/// Expectations from a table with the same names as headings, and `green`, `amber` and `red`;
/// several phases or roles in a cell are parted by `;`.
pub fn expectations(file: &Arc<SourceFile>) -> Checked<Option<Node>> {
    let to_list = |table: Table| {
        let item = |row: &Vec<Cell>| {
            let mut entries = Vec::new();
            let mut indicators = Vec::new();
            for (heading, cell) in table.headings.iter().zip(row) {
                if cell.text.is_empty() {
                    continue;
                }
                let entry =
                    |node| Entry { key: heading.text.clone(), key_at: heading.at.clone(), node };
                match heading.text.as_str() {
                    "green" | "amber" | "red" => indicators.push(entry(scalar(cell))),
                    "phases" | "responsible" => entries.push(entry(parted(cell))),
                    "law" => entries.push(entry(group(cell, "title"))),
                    _ => entries.push(entry(scalar(cell))),
                }
            }
            let at = row.first().map_or_else(|| whole(file), |cell| cell.at.clone());
            if !indicators.is_empty() {
                let node = Node { at: at.clone(), value: Value::Map(indicators) };
                entries.push(Entry { key: "indicators".to_owned(), key_at: at.clone(), node });
            }
            Node { at, value: Value::Map(entries) }
        };
        Node { at: whole(file), value: Value::List(table.rows.iter().map(item).collect()) }
    };
    read(file).map(|table| table.map(to_list))
}

/// The columns and the rows of a table, as two lists.
pub fn columns_and_rows(file: &Arc<SourceFile>) -> Checked<Option<(Node, Node)>> {
    let to_lists = |table: Table| {
        let list = |items| Node { at: whole(file), value: Value::List(items) };
        let columns = list(table.headings.iter().map(scalar).collect());
        let rows = table.rows.iter().map(|row| {
            let at = row.first().map_or_else(|| whole(file), |cell| cell.at.clone());
            Node { at, value: Value::List(row.iter().map(scalar).collect()) }
        });
        (columns, list(rows.collect()))
    };
    read(file).map(|table| table.map(to_lists))
}

fn whole(file: &Arc<SourceFile>) -> At {
    At { file: file.clone(), range: 0..file.text.len() }
}

fn scalar(cell: &Cell) -> Node {
    let scalar = Scalar { text: cell.text.clone(), plain: false };
    Node { at: cell.at.clone(), value: Value::Scalar(scalar) }
}

/// A list from the parts of a cell, each at its own place where the cell stands as it reads.
fn parted(cell: &Cell) -> Node {
    let exact = cell.at.range.len() == cell.text.len();
    let mut items = Vec::new();
    let mut start = 0;
    for part in cell.text.split(';') {
        let word = part.trim();
        let from = cell.at.range.start + start + (part.len() - part.trim_start().len());
        let range = if exact { from..from + word.len() } else { cell.at.range.clone() };
        if !word.is_empty() {
            let at = At { file: cell.at.file.clone(), range };
            items.push(scalar(&Cell { text: word.to_owned(), at }));
        }
        start += part.len() + 1;
    }
    Node { at: cell.at.clone(), value: Value::List(items) }
}

fn group(cell: &Cell, key: &str) -> Node {
    let entry = Entry { key: key.to_owned(), key_at: cell.at.clone(), node: scalar(cell) };
    Node { at: cell.at.clone(), value: Value::Map(vec![entry]) }
}

fn read(file: &Arc<SourceFile>) -> Checked<Option<Table>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(file.text.as_bytes());
    let mut problems = Vec::new();
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        let start = byte(reader.position().byte());
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => rows.push(cells(file, start..byte(reader.position().byte()), &record)),
            Err(error) => {
                let span = file.span(start..start + 1);
                let message = format!("this is not CSV: {error}");
                let help = "save the table as CSV (comma separated, UTF-8)";
                problems.push(Diagnostic::error("csv", span, message).help(help));
                return Checked { value: None, problems };
            }
        }
    }
    if rows.is_empty() {
        let span = file.span(0..0);
        let message = "the table is empty";
        problems.push(Diagnostic::error("csv", span, message).help("give it a line of headings"));
        return Checked { value: None, problems };
    }
    let headings = rows.remove(0);
    for row in rows.iter().filter(|row| row.len() > headings.len()) {
        let cell = &row[headings.len()];
        let message = format!("a row of {} cells under {} headings", row.len(), headings.len());
        let help = "put quotation marks round a cell that holds a comma";
        problems.push(Diagnostic::error("wrong-row", cell.at.span(), message).help(help));
    }
    Checked { value: Some(Table { headings, rows }), problems }
}

fn byte(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

/// Rows as CSV (RFC 4180), with the mark by which spreadsheets know UTF-8 at the start. A cell that
/// a spreadsheet would take for a formula begins with an apostrophe, so that nothing that somebody
/// wrote into a page is ever carried out by whoever opens its table.
pub fn to_csv(rows: &[Vec<String>]) -> Vec<u8> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(&mut bytes);
    for row in rows {
        // Writing to memory cannot fail.
        let _ = writer.write_record(row.iter().map(|cell| harmless(cell).into_owned()));
    }
    let _ = writer.flush();
    drop(writer);
    bytes
}

/// A cell that is no formula. A number is none, even below zero.
fn harmless(cell: &str) -> Cow<'_, str> {
    let suspect = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    match suspect && cell.parse::<f64>().is_err() {
        true => Cow::Owned(format!("'{cell}")),
        false => Cow::Borrowed(cell),
    }
}

/// The cells of one record with their places. The reader only tells where a record stands, so
/// each cell is looked for in the record's text, from left to right.
fn cells(file: &Arc<SourceFile>, range: Range<usize>, record: &csv::StringRecord) -> Vec<Cell> {
    let text = &file.text;
    let end = range.end.min(text.len());
    let start = range.start.min(end);
    let row = text[start..end].trim_start_matches(['\r', '\n']);
    let mut from = end - row.len();
    let end = from + row.trim_end_matches(['\r', '\n']).len();
    let cell = |field: &str| {
        let found = text[from..end].find(field).map(|at| from + at..from + at + field.len());
        if let Some(found) = found.as_ref().filter(|_| !field.is_empty()) {
            from = found.end;
        }
        // A cell with quotation marks inside does not stand there as it reads: it is in this row.
        let place = found.unwrap_or(from..end);
        Cell { text: field.to_owned(), at: At { file: file.clone(), range: place } }
    };
    record.iter().map(cell).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::path::SourcePath;

    fn table(text: &str) -> Arc<SourceFile> {
        Arc::new(SourceFile::new(SourcePath::new("a.csv"), text))
    }

    #[test]
    fn a_cell_after_one_with_quotation_marks_inside_is_told_where_it_stands() {
        let problem = read(&table("id,text\n\"a,\"b,two,three\n")).problems.swap_remove(0);
        assert_eq!(problem.code, "wrong-row");
        assert_eq!((problem.span.line, problem.span.column), (2, 11));
    }

    proptest! {
        #[test]
        fn any_table_is_read_or_refused_and_every_cell_stands_in_it(
            text in "[ab,\";é \r\n]{0,60}",
        ) {
            let file = table(&text);
            let read = read(&file);
            let lines = u32::try_from(text.lines().count().max(1)).unwrap();
            prop_assert!(read.problems.iter().all(|problem| problem.span.line <= lines));
            let Some(table) = read.value else {
                prop_assert!(!read.problems.is_empty());
                return Ok(());
            };
            for cell in table.rows.iter().flatten().chain(&table.headings) {
                prop_assert!(text.get(cell.at.range.clone()).is_some(), "{:?}", cell.at.range);
                prop_assert!(cell.at.span().line <= lines);
            }
            expectations(&file);
        }
    }
}
