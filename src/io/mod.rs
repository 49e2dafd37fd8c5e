//! The only place that touches the world: files in ([`load`], [`disk`], [`watch`]), single [`files`] and sites out
//! ([`publish`]), pages to a browser ([`http`], [`browser`]), problems on a terminal ([`terminal`]). It knows
//! trees of bytes, never a site.

pub mod browser;
pub mod clock;
pub mod disk;
pub mod files;
pub mod http;
pub mod load;
pub mod machine;
pub mod outside;
pub mod publish;
pub mod terminal;
pub mod watch;
