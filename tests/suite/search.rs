//! Search: the real client, in Node, on the files that a build writes, against tantivy itself.

pub(crate) mod client;
mod ranking;
mod relevance;
mod targets;
