#![doc = "wip"]
pub mod path;
pub mod digest;
pub mod diagnostic;
pub mod content;
pub mod site;
pub mod io;
