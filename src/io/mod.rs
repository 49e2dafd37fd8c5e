//! The only place that touches the world: files in ([`load`]), sites out ([`publish`]), problems
//! on a terminal ([`terminal`]). It knows trees of bytes, never a site.

pub mod clock;
pub mod load;
pub mod machine;
pub mod publish;
pub mod terminal;
