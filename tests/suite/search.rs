//! Search: the real client, in Node, on the files that a build writes, against tantivy itself.

mod behaviour;
pub(crate) mod client;
mod command_line;
mod damaged;
mod kept;
mod made_up_corpus;
mod ranking;
mod relevance;
mod targets;
