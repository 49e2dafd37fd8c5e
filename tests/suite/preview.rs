//! The live preview, as whoever writes meets it: over HTTP from the real program, but for the law
//! that it shows what a build writes, which is tried on many more edits in memory.

mod equality;
mod guarding;
mod problems;
mod served;
mod soak;
mod watching;
