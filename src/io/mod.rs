//! The only place that touches the world.
pub mod load;
pub mod terminal;
