//! Publishing: what is built appears in `dist/<id>/` all at once or not at all.
//!
//! 1. [`OutFolder::claim`] takes the output folder, finishes what a killed run left half done, and
//!    holds the folder's lock, so that a second build waits.
//! 2. [`OutFolder::publisher`] opens a site: its spare tree will become the published one.
//! 3. [`Publisher::put`] brings one file of the spare tree up to date, from any thread;
//!    [`Publisher::put_made`] does without making the file where that is as it was, or moves it
//!    within the spare tree if only its address is new.
//! 4. [`Publisher::finish`] removes what was not put, writes the manifest, and exchanges the trees.
//!
//! ```text
//! dist/barnet/                       what people see, and nothing else
//! dist/.ordinarily/README.txt        the mark that this output folder is ours
//!                  lock              held by the build that is running
//!                  barnet/spare/             the tree to write into: the site before the last
//!                         live.manifest      what is in dist/barnet
//!                         spare.manifest     what is in spare/; absent while that changes
//!                         next.manifest      what is in spare/, ready to be published
//!                         writing/           files on their way over an existing one
//!                         kept/              what took long to make, for the next build
//!                         leaving/           the old tree, between two renames (see `exchange`)
//! ```
//!
//! # Killed at any moment
//! The published tree is only ever renamed as a whole, never written to. The only question is what
//! the next run believes, and it believes a manifest's line only while the file's size and
//! modification time are those of the line:
//!
//! - *Before and during `put`*: `spare.manifest` was deleted before the first change, so the spare
//!   tree is a heap of files of unknown content. Each is compared byte by byte with what should be
//!   there; what is not put is removed.
//! - *While a manifest is written*: it is written in `writing/` and renamed, and one without its
//!   last line counts as damaged.
//! - *Between `next.manifest` and the exchange*: both trees are whole, and every manifest is true.
//!   `next.manifest` bears the inode of the folder that it describes. That is the spare's, so it
//!   becomes `spare.manifest`.
//! - *Between the exchange and the renaming of manifests*: now that inode is the published
//!   folder's, so `live.manifest` (or it was renamed already) becomes `spare.manifest`, and
//!   `next.manifest` becomes `live.manifest`. Done again after a second kill, it ends the same.
//! - *Between the two renames of a file system without exchange*: the site is absent for as long
//!   as that takes. Then only can a kill leave it absent; the next [`OutFolder::claim`], for
//!   whichever site, puts the new tree there, and goes on as above.
//!
//! A full disk or a folder that cannot be written to is an error before the exchange. After a full
//! disk the spare tree is deleted, to give back what was left of the room.
//!
//! # What is not promised
//! There is no `fsync`: all this holds when the process dies, not when the power fails. A program
//! that keeps the *folder* open, rather than its path, over two publications sees the spare tree
//! being rewritten (single files it has open stay whole: they are replaced by a rename). What
//! somebody puts into a published folder is refused, but not in the instant between the last look
//! and the exchange. The lock is advisory, and where the file system has no locks there is none.

mod error;
mod exchange;
mod kept;
mod listing;
mod manifest;
mod out_folder;
mod places;
mod publisher;
mod spare;

pub use error::PublishError;
pub use kept::Kept;
pub use out_folder::OutFolder;
pub use publisher::{Published, Publisher};

#[cfg(test)]
mod tests;
