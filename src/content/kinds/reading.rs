//! Kinds that are mostly read: guides, school practice, news, feedback and data.

use jiff::civil::Date;

use super::words;
use crate::content::fields::{Placed, Reader, record};
use crate::content::names::BoroughId;
use crate::content::node::Node;
use crate::content::shape::Shape;
use crate::path::Slug;

record! {
    /// The fields of a guide.
    pub struct Guide {
        /// What to do, one step after the other.
        pub steps: Vec<Step>,
    }
}

record! {
    /// One step of a guide.
    pub struct Step {
        /// Its name within the guide, and its anchor.
        pub id: Slug,
        /// In a layer that adds it: the item that it comes after.
        pub after: Option<Slug>,
        /// Its name for people.
        pub title: String,
        /// What happens.
        pub text: Option<String>,
        /// Who does it.
        pub who: Option<String>,
        /// When, or how long it takes.
        pub when: Option<String>,
    }
}

record! {
    /// The fields of school practice.
    pub struct Practice {
        /// The school.
        pub school: Option<String>,
        /// Where it is.
        pub borough: Option<BoroughId>,
        /// What it does.
        pub what: Option<String>,
        /// Why.
        pub why: Option<String>,
        /// What came of it.
        pub result: Option<String>,
        /// The strategies it uses, in short words.
        pub strategies: Vec<String>,
    }
}

record! {
    /// The fields of news.
    pub struct News {
        /// The day that it is of.
        pub date: Date,
    }
}

record! {
    /// The fields of feedback: what families said and what was done.
    pub struct Feedback {
        /// The day that it is of.
        pub date: Date,
        /// What they said.
        pub you_said: String,
        /// What was done.
        pub we_did: Option<String>,
        /// How far it has come.
        pub status: Option<Status>,
    }
}

words! {
    /// How far the answer to feedback has come.
    pub enum Status {
        /// It is done.
        Done = "done",
        /// It is being done.
        Doing = "in progress",
        /// It is planned.
        Planned = "planned",
        /// It will not be done, and the page says why.
        Declined = "declined",
    }
}

record! {
    /// The fields of data: a table, and a chart of it.
    pub struct Data {
        /// The names of the columns.
        pub columns: Vec<String>,
        /// The rows, each with as many cells as there are columns.
        pub rows: Vec<Row>,
        /// A CSV file with the columns' names in its first line, instead of both.
        pub file: Option<Placed<String>>,
        /// What the figures do not tell.
        pub caveat: Option<String>,
        /// How to draw them.
        pub chart: Option<ChartType>,
    }
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row(pub Vec<String>);

impl crate::content::fields::Read for Row {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let cells = node.items().iter().map(|cell| match cell.text() {
            Some(text) => Some(text.to_owned()),
            None if cell.is_null() => Some(String::new()),
            None => reader.unfit(cell, "one cell of a table"),
        });
        // Collect before giving up, so that every wrong cell is told.
        let cells: Vec<Option<String>> = cells.collect();
        cells.into_iter().collect::<Option<_>>().map(Self)
    }

    fn shape() -> Shape {
        Shape::List(Box::new(Shape::Text))
    }
}

words! {
    /// How figures are drawn.
    pub enum ChartType {
        /// A bar for each row.
        Bar = "bar",
        /// A line over the rows.
        Line = "line",
        /// A square for each borough.
        Grid = "grid",
    }
}

impl Data {
    /// Reads data, and tells rows with too few or too many cells.
    pub fn read_checked(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let data = Self::read_fields(node, reader)?;
        let rows = node.get("rows").map_or(&[] as &[Node], Node::items);
        for (row, at) in data.rows.iter().zip(rows) {
            if row.0.len() != data.columns.len() {
                let (cells, columns) = (row.0.len(), data.columns.len());
                let message = format!("a row of {cells} cells in a table of {columns} columns");
                reader.error("wrong-row", &at.at, message, "give each column one cell");
            }
        }
        Some(data)
    }
}
